/* Columns of the grid: width (mouse on the edge of a heading, Alt+← Alt+→ on it, double click to
   fit), those shown and their order (panel « Colonnes », Alt+Maj+← Alt+Maj+→ on a heading).
   Calls back: largeurs(), montrees(), dire(text), garder([[name, width, shown]…], in order). */
const MIN = 48;
const MAX = 900;
const PAS = 16;
const MARGE = 26;
const LETTRE = 0.85;
const ATTENTE = 500;
const regle = document.createElement("canvas").getContext("2d");

function mesurer(element, texte) {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  regle.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return regle.measureText(texte).width;
}

export class Colonnes {
  constructor(grille, appels) {
    this.plan = grille.querySelector(".grille-plan");
    this.corps = grille.querySelector(".grille-corps");
    this.appels = appels;
    const caractere = mesurer(this.plan, "0");
    this.toutes = [...grille.querySelectorAll("[role='columnheader']")].map((titre, rang) => ({
      rang,
      titre,
      nom: titre.dataset.nom,
      libelle: titre.querySelector("button").textContent.trim(),
      estNombre: titre.classList.contains("nombre"),
      estTexte: titre.dataset.type === "texte",
      largeur: Math.round(Number(titre.dataset.largeur) * caractere * (titre.dataset.type === "texte" ? LETTRE : 1) + MARGE),
      montree: true,
      cellules: [...grille.querySelectorAll(`[data-nom="${titre.dataset.nom}"]`)],
    }));
    this.toutes.forEach((c) => { c.naturelle = c.largeur; this.ecouter(c); });
    this.ordre = [...this.toutes];
    this.choisir(grille);
  }

  get montrees() {
    return this.ordre.filter((c) => c.montree);
  }

  /* What was kept the last time: known columns in that order, new ones after them. */
  reprendre(disposition) {
    const parNom = new Map(this.toutes.map((c) => [c.nom, c]));
    const connues = disposition.filter(([nom]) => parNom.has(nom));
    for (const [nom, largeur] of connues) parNom.get(nom).largeur = largeur;
    this.ordonner(connues.map(([nom]) => parNom.get(nom)));
    const montrees = connues.filter(([, , montree]) => montree).map(([nom]) => nom);
    const nouvelles = this.toutes.filter((c) => !connues.some(([nom]) => nom === c.nom));
    return [...montrees, ...nouvelles.map((c) => c.nom)];
  }

  /* Puts these columns first, the others after, in the page as in what is read aloud. */
  ordonner(premieres) {
    this.ordre = [...new Set([...premieres, ...this.ordre])];
    this.ordre.forEach((c, place) => {
      c.place = place;
      for (const cellule of c.cellules) {
        cellule.setAttribute("aria-colindex", place + 1);
        cellule.parentElement.append(cellule);
      }
    });
    const bas = this.panneau.querySelector("[data-toutes]");
    this.ordre.forEach((c) => bas.before(this.case(c.nom).closest(".grille-case")));
  }

  deplacer(colonne, sens) {
    const { montrees } = this;
    const voisine = montrees[montrees.indexOf(colonne) + sens];
    if (!voisine || !colonne.montree) return;
    const sans = this.ordre.filter((c) => c !== colonne);
    sans.splice(sans.indexOf(voisine) + (sens > 0 ? 1 : 0), 0, colonne);
    this.ordonner(sans);
    this.appliquer();
    this.appels.montrees();
    this.garder();
    this.appels.dire(`${colonne.libelle}\u00a0: colonne ${this.montrees.indexOf(colonne) + 1} sur ${montrees.length}`);
  }

  garder() {
    clearTimeout(this.attente);
    this.attente = setTimeout(() => this.appels.garder(this.ordre.map((c) => [c.nom, c.largeur, c.montree])), ATTENTE);
  }

  /* As the query gives them. */
  revenir(place) {
    for (const c of this.toutes) c.largeur = c.naturelle;
    this.ordonner(this.toutes);
    this.remplir(place);
    this.montrer([]);
    clearTimeout(this.attente);
    this.appels.garder([]);
  }

  /* Wide enough a frame: texts share what is left. */
  remplir(place) {
    const reste = place - this.toutes.reduce((somme, c) => somme + c.largeur, 0);
    const textes = this.toutes.filter((c) => c.estTexte);
    const somme = textes.reduce((total, c) => total + c.largeur, 0);
    if (reste > 0) textes.forEach((c) => { c.largeur += Math.floor((reste * c.largeur) / somme); });
    this.appliquer();
  }

  appliquer() {
    const { montrees } = this;
    this.plan.style.setProperty("--colonnes", montrees.map((c) => `${c.largeur}px`).join(" "));
    this.plan.style.width = `${montrees.reduce((somme, c) => somme + c.largeur, 0)}px`;
    this.appels.largeurs();
  }

  elargir(colonne, largeur) {
    colonne.largeur = Math.round(Math.max(MIN, Math.min(MAX, largeur)));
    this.appliquer();
    this.garder();
  }

  ecouter(colonne) {
    const poignee = colonne.titre.querySelector(".grille-poignee");
    poignee.addEventListener("pointerdown", (e) => {
      const depart = e.clientX - colonne.largeur;
      poignee.setPointerCapture(e.pointerId);
      const suivre = (m) => this.elargir(colonne, m.clientX - depart);
      poignee.addEventListener("pointermove", suivre);
      poignee.addEventListener("lostpointercapture", () => poignee.removeEventListener("pointermove", suivre), { once: true });
      e.preventDefault();
      e.stopPropagation();
    });
    poignee.addEventListener("dblclick", () => this.ajuster(colonne));
    colonne.titre.addEventListener("keydown", (e) => {
      if (!e.altKey || (e.key !== "ArrowLeft" && e.key !== "ArrowRight")) return;
      e.preventDefault();
      e.stopPropagation();
      if (e.shiftKey) {
        this.deplacer(colonne, e.key === "ArrowRight" ? 1 : -1);
        colonne.titre.querySelector("button").focus();
        return;
      }
      this.elargir(colonne, colonne.largeur + (e.key === "ArrowRight" ? PAS : -PAS));
      this.appels.dire(`${colonne.libelle}\u00a0: ${colonne.largeur} pixels`);
    });
  }

  /* As wide as the widest text in sight. */
  ajuster(colonne) {
    const rang = this.montrees.indexOf(colonne);
    const textes = [...this.corps.querySelectorAll(`[data-colonne="${rang}"]`), colonne.titre.querySelector("button")];
    const largeur = Math.max(...textes.map((t) => mesurer(t, t.textContent)));
    this.elargir(colonne, largeur + MARGE);
  }

  montrer(noms) {
    const parNom = new Map(this.toutes.map((c) => [c.nom, c]));
    const choisies = noms.length ? noms.map((n) => parNom.get(n)).filter(Boolean) : this.ordre;
    if (!choisies.length) return;
    if (noms.length) this.ordonner(choisies);
    for (const c of this.toutes) {
      c.montree = choisies.includes(c);
      c.cellules.forEach((cellule) => { cellule.hidden = !c.montree; });
      this.case(c.nom).checked = c.montree;
    }
    this.appliquer();
    this.appels.montrees();
  }

  /* Shows these, the order of all unchanged. */
  choisirColonnes(voulues) {
    const ordre = [...this.ordre];
    this.montrer(voulues.map((c) => c.nom));
    this.ordonner(ordre);
    this.appels.montrees();
    this.garder();
  }

  case(nom) {
    return this.panneau.querySelector(`[value="${nom}"]`);
  }

  choisir(grille) {
    const bouton = grille.querySelector("[data-choisir]");
    this.panneau = grille.querySelector("#grille-colonnes");
    const ouvrir = (ouvert) => {
      this.panneau.hidden = !ouvert;
      bouton.setAttribute("aria-expanded", String(ouvert));
      if (ouvert) this.panneau.querySelector("input").focus();
    };
    bouton.addEventListener("click", () => ouvrir(this.panneau.hidden));
    this.panneau.addEventListener("change", () => {
      for (const c of this.toutes) c.voulue = this.case(c.nom).checked;
      const voulues = this.ordre.filter((c) => c.voulue);
      this.choisirColonnes(voulues.length ? voulues : this.montrees);
    });
    this.panneau.addEventListener("click", ({ target }) => {
      const { vers } = target.dataset;
      if (!vers) return;
      const { value } = target.closest(".grille-case").querySelector("input");
      this.deplacer(this.toutes.find((c) => c.nom === value), Number(vers));
      target.focus();
    });
    this.panneau.querySelector("[data-toutes]").addEventListener("click", () => this.choisirColonnes(this.ordre));
    this.panneau.querySelector("[data-origine]").addEventListener("click", () => this.revenir(this.plan.parentElement.clientWidth));
    this.panneau.parentElement.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && !this.panneau.hidden) { ouvrir(false); bouton.focus(); }
    });
    document.addEventListener("click", (e) => {
      if (!this.panneau.parentElement.contains(e.target)) ouvrir(false);
    });
  }
}
