/* Columns of the grid: width (mouse on the edge of a heading, Alt+← Alt+→ on it, double click to
   fit), those shown (panel « Colonnes »). Calls back: largeurs(), montrees(), dire(text). */
const MIN = 48;
const MAX = 900;
const PAS = 16;
const MARGE = 26;
const LETTRE = 0.85;
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
    this.toutes.forEach((c) => this.ecouter(c));
    this.choisir(grille);
  }

  get montrees() {
    return this.toutes.filter((c) => c.montree);
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
      this.elargir(colonne, colonne.largeur + (e.key === "ArrowRight" ? PAS : -PAS));
      this.appels.dire(`${colonne.libelle}\u00a0: ${colonne.largeur} pixels`);
      e.preventDefault();
      e.stopPropagation();
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
    const choisies = noms.length ? this.toutes.filter((c) => noms.includes(c.nom)) : this.toutes;
    if (!choisies.length) return;
    for (const c of this.toutes) {
      c.montree = choisies.includes(c);
      c.cellules.forEach((cellule) => { cellule.hidden = !c.montree; });
      this.case(c.nom).checked = c.montree;
    }
    this.appliquer();
    this.appels.montrees();
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
      const cochees = [...this.panneau.querySelectorAll("input:checked")].map((c) => c.value);
      if (cochees.length) this.montrer(cochees);
      else this.montrer(this.montrees.map((c) => c.nom));
    });
    this.panneau.querySelector("[data-toutes]").addEventListener("click", () => this.montrer([]));
    this.panneau.parentElement.addEventListener("keydown", (e) => {
      if (e.key === "Escape" && !this.panneau.hidden) { ouvrir(false); bouton.focus(); }
    });
    document.addEventListener("click", (e) => {
      if (!this.panneau.parentElement.contains(e.target)) ouvrir(false);
    });
  }
}
