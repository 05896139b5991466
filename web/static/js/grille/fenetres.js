/* Lines of a result, fetched by windows of BLOC and kept in constant memory (GARDES windows).
   `changer` asks for another sort, filter: the lines shown stay until the new ones are there.
   Calls back: arrivee(), change(), refus({column: text}), attente(step or null), echec(text). */
const BLOC = 200;
const GARDES = 24;
const ENSEMBLE = 2;
const REPRISE = 300;

const patienter = (ms) => new Promise((suite) => setTimeout(suite, ms));

export class Fenetres {
  constructor(adresse, appels) {
    this.adresse = adresse;
    this.appels = appels;
    this.blocs = new Map();
    this.encours = new Map();
    this.voulus = [];
    this.presentation = new URLSearchParams();
    this.total = 0;
    this.sommes = {};
    this.tache = null;
    this.tour = 0;
  }

  ligne(rang) {
    return this.blocs.get(Math.floor(rang / BLOC))?.[rang % BLOC];
  }

  vouloir(premier, dernier) {
    const voulus = [];
    for (let b = Math.floor(premier / BLOC); b <= Math.floor(dernier / BLOC); b += 1) voulus.push(b);
    voulus.push(voulus[0] - 1, voulus.at(-1) + 1);
    this.voulus = voulus.filter((b) => b >= 0 && b * BLOC < this.total);
    for (const [bloc, arret] of this.encours) if (!this.voulus.includes(bloc)) arret.abort();
    for (const bloc of this.voulus) this.rafraichir(bloc);
    this.pomper();
  }

  rafraichir(bloc) {
    const lignes = this.blocs.get(bloc);
    if (!lignes) return;
    this.blocs.delete(bloc);
    this.blocs.set(bloc, lignes);
  }

  pomper() {
    for (const bloc of this.voulus) {
      if (this.encours.size >= ENSEMBLE) return;
      if (!this.blocs.has(bloc) && !this.encours.has(bloc)) this.charger(bloc);
    }
  }

  async charger(bloc) {
    const arret = new AbortController();
    const tour = this.tour;
    this.encours.set(bloc, arret);
    try {
      const reponse = await this.demander(this.presentation, bloc, arret.signal);
      if (tour !== this.tour) return;
      if (reponse.status === 200) {
        this.garder(bloc, (await reponse.json()).lignes);
        this.appels.arrivee();
      } else if (reponse.status === 202) await patienter(REPRISE);
      else {
        this.voulus = [];
        this.appels.echec(await texteDe(reponse));
      }
    } catch (erreur) {
      if (erreur.name === "AbortError") return;
      this.voulus = [];
      this.appels.echec("");
    } finally {
      if (this.encours.get(bloc) === arret) this.encours.delete(bloc);
      this.pomper();
    }
  }

  garder(bloc, lignes) {
    this.blocs.set(bloc, lignes);
    for (const ancien of this.blocs.keys()) {
      if (this.blocs.size <= GARDES) break;
      if (!this.voulus.includes(ancien)) this.blocs.delete(ancien);
    }
  }

  demander(presentation, bloc, signal, tache = null) {
    const question = new URLSearchParams(presentation);
    question.set("debut", bloc * BLOC);
    question.set("nombre", BLOC);
    if (tache) question.set("tache", tache);
    return fetch(`${this.adresse}/lignes?${question}`, { signal, headers: { Accept: "application/json" } });
  }

  async changer(presentation) {
    this.arreter();
    const arret = this.arret = new AbortController();
    const tour = ++this.tour;
    try {
      let reponse = await this.demander(presentation, 0, arret.signal);
      while (reponse.status === 202) {
        const { tache, etape } = await reponse.json();
        this.tache = tache ?? this.tache;
        this.appels.attente(etape);
        await patienter(REPRISE);
        if (tour !== this.tour) return;
        reponse = await this.demander(presentation, 0, arret.signal, this.tache);
      }
      const recu = reponse.status === 200 || reponse.status === 422 ? await reponse.json() : null;
      if (tour !== this.tour) return;
      this.tache = null;
      this.appels.attente(null);
      if (reponse.status === 200) this.remplacer(presentation, recu);
      else if (recu?.filtres) this.appels.refus(recu.filtres);
      else this.appels.echec(recu ? recu.erreur?.message : await texteDe(reponse));
    } catch (erreur) {
      if (erreur.name === "AbortError" || tour !== this.tour) return;
      this.appels.attente(null);
      this.appels.echec("");
    }
  }

  remplacer(presentation, { total, sommes, lignes }) {
    for (const arret of this.encours.values()) arret.abort();
    this.encours.clear();
    this.blocs.clear();
    this.voulus = [0];
    this.presentation = new URLSearchParams(presentation);
    this.total = total;
    this.sommes = sommes;
    this.garder(0, lignes);
    this.appels.change();
  }

  /* Stops the sort or filter being done; what is shown stays. */
  arreter() {
    this.arret?.abort();
    this.tour += 1;
    if (this.tache) fetch(`/taches/${this.tache}/annuler`, { method: "POST", redirect: "manual" });
    this.tache = null;
    this.appels.attente(null);
  }
}

async function texteDe(reponse) {
  const recu = await reponse.json().catch(() => null);
  return recu?.erreur ? `${recu.erreur.message} ${recu.erreur.remede ?? ""}`.trim() : "";
}
