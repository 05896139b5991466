/* The drop-down list of queries: searched by number or word; shows the description of the one
   chosen; « Exécuter une requête » waits for « Valider », the eye for a choice. */
import { combiner, normaliser } from "../liste-options.js";

export function installer(formulaire) {
  const champ = formulaire.querySelector("[role='combobox']");
  const liste = formulaire.querySelector("[role='listbox']");
  const annonce = formulaire.querySelector("[data-annonce]");
  const executer = formulaire.querySelector("[data-executer]");
  const oeil = formulaire.querySelector("[data-visualiser]");
  const carte = document.querySelector("[data-description-requete]");
  const options = [...liste.children];
  const validee = champ.value;

  const estChoisie = () => options.some((o) => o.dataset.valeur === champ.value);
  const griser = () => {
    const choisie = estChoisie();
    const permise = choisie && champ.value === validee;
    executer.setAttribute("aria-disabled", String(!permise));
    oeil.setAttribute("aria-disabled", String(!choisie));
    carte.querySelector(".requetes-etat").hidden = !permise;
  };
  const decrire = (option) => {
    carte.hidden = !option;
    if (!option) return;
    const mot = (classe) => option.querySelector(`.${classe}`).textContent;
    carte.querySelector("h2").textContent = `${mot("numero")} ${mot("titre")}`;
    carte.querySelector("p").textContent = option.dataset.description;
  };
  const filtrer = (texte) => {
    const numero = /^\d+$/.test(texte);
    const mots = normaliser(texte).split(/\s+/);
    let trouvees = 0;
    for (const option of options) {
      const { numero: n, recherche } = option.dataset;
      const garde = numero ? n.startsWith(texte) : mots.every((m) => recherche.includes(m));
      option.hidden = !garde;
      trouvees += garde;
    }
    annonce.textContent = texte && (trouvees ? `${trouvees} requête${trouvees > 1 ? "s" : ""}` : "Aucune requête ne répond.");
  };
  const menu = combiner(champ, liste, {
    filtrer: (texte) => filtrer(estChoisie() ? "" : texte),
    preferer: (texte, visibles) => {
      const titre = (o) => normaliser(o.querySelector(".titre").textContent);
      return visibles.find((o) => o.dataset.numero === texte)
        ?? visibles.find((o) => titre(o).includes(normaliser(texte)));
    },
    choisir: (option) => { decrire(option); griser(); },
  });

  champ.addEventListener("input", griser);
  formulaire.querySelector(".derouler").addEventListener("mousedown", (e) => {
    e.preventDefault();
    champ.focus();
    if (menu.estOuverte()) menu.fermer();
    else menu.ouvrir();
  });
  for (const bouton of [executer, oeil]) {
    bouton.addEventListener("htmx:confirm", (e) => {
      if (bouton.getAttribute("aria-disabled") === "true") e.preventDefault();
    });
  }
  griser();
}
