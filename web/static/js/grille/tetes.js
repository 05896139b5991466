/* Headings and filters of the grid. A click on a heading sorts (up, down, as the query gave);
   a filter is read as it is typed. Keys: ←→ from heading to heading, ↓ to the filter then to
   the lines, ↑ back. Calls back: demander() when sort or filters change, descendre(rank). */
const FRAPPE = 350;
const SENS = { ascending: "▴", descending: "▾", none: "" };

export class Tetes {
  constructor(grille, colonnes, { demander, descendre }) {
    this.colonnes = colonnes;
    this.demander = demander;
    this.descendre = descendre;
    this.bulle = grille.querySelector("#grille-bulle");
    this.effacer = grille.querySelector("[data-effacer]");
    this.tri = "";
    this.refus = {};
    for (const c of colonnes.toutes) {
      c.bouton = c.titre.querySelector("button");
      c.filtre = c.cellules.map((cellule) => cellule.querySelector("input")).find(Boolean);
      c.bouton.addEventListener("click", () => this.trier(c));
      c.bouton.addEventListener("keydown", (e) => this.surTitre(e, c));
      c.filtre.addEventListener("input", () => this.taper());
      c.filtre.addEventListener("keydown", (e) => this.surFiltre(e, c));
      c.filtre.addEventListener("focus", () => this.bulleSur(c));
      c.filtre.addEventListener("blur", () => { this.bulle.hidden = true; });
    }
    this.effacer.addEventListener("click", () => this.toutEffacer());
    colonnes.toutes[0].bouton.tabIndex = 0;
  }

  lire(presentation) {
    this.tri = presentation.get("tri") ?? "";
    for (const c of this.colonnes.toutes) c.filtre.value = presentation.get(`f.${c.nom}`) ?? "";
    this.montrer();
  }

  ecrire(presentation) {
    if (this.tri) presentation.set("tri", this.tri);
    for (const c of this.colonnes.toutes) {
      if (c.filtre.value.trim()) presentation.set(`f.${c.nom}`, c.filtre.value.trim());
    }
  }

  montrer() {
    const nom = this.tri.replace(/^-/, "");
    for (const c of this.colonnes.toutes) {
      const sens = c.nom !== nom ? "none" : this.tri.startsWith("-") ? "descending" : "ascending";
      c.titre.setAttribute("aria-sort", sens);
      c.titre.querySelector(".sens").textContent = SENS[sens];
      c.filtre.classList.toggle("rempli", Boolean(c.filtre.value.trim()));
    }
    this.effacer.hidden = !this.colonnes.toutes.some((c) => c.filtre.value.trim());
  }

  trier({ nom }) {
    this.tri = this.tri === nom ? `-${nom}` : this.tri === `-${nom}` ? "" : nom;
    this.montrer();
    this.demander();
  }

  taper(attente = FRAPPE) {
    clearTimeout(this.frappe);
    this.frappe = setTimeout(() => { this.montrer(); this.demander(); }, attente);
  }

  toutEffacer() {
    for (const c of this.colonnes.toutes) c.filtre.value = "";
    this.taper(0);
    this.descendre(0);
  }

  refuser(refus) {
    this.refus = refus;
    for (const c of this.colonnes.toutes) {
      const faux = c.nom in refus;
      c.filtre.toggleAttribute("aria-invalid", false);
      if (faux) {
        c.filtre.setAttribute("aria-invalid", "true");
        c.filtre.setAttribute("aria-describedby", this.bulle.id);
        this.bulleSur(c);
      } else c.filtre.removeAttribute("aria-describedby");
    }
    if (!Object.keys(refus).length) this.bulle.hidden = true;
  }

  bulleSur({ nom, filtre }) {
    const texte = this.refus[nom];
    this.bulle.hidden = !texte;
    if (!texte) return;
    this.bulle.textContent = texte;
    const cadre = this.bulle.parentElement.getBoundingClientRect();
    const place = filtre.getBoundingClientRect();
    const gauche = Math.min(place.left - cadre.left, cadre.width - this.bulle.offsetWidth - 8);
    this.bulle.style.left = `${Math.max(0, gauche)}px`;
    this.bulle.style.top = `${place.bottom - cadre.top + 4}px`;
  }

  surTitre(e, colonne) {
    const { montrees } = this.colonnes;
    const rang = montrees.indexOf(colonne);
    if (e.altKey || e.ctrlKey) return;
    if (e.key === "ArrowDown") colonne.filtre.focus();
    else if (e.key === "ArrowLeft") this.viser(montrees[Math.max(0, rang - 1)]);
    else if (e.key === "ArrowRight") this.viser(montrees[Math.min(montrees.length - 1, rang + 1)]);
    else if (e.key === "Home") this.viser(montrees[0]);
    else if (e.key === "End") this.viser(montrees.at(-1));
    else return;
    e.preventDefault();
  }

  viser(colonne) {
    for (const c of this.colonnes.toutes) c.bouton.tabIndex = c === colonne ? 0 : -1;
    colonne.bouton.focus();
  }

  surFiltre(e, colonne) {
    if (e.key === "ArrowUp") this.viser(colonne);
    else if (e.key === "ArrowDown") this.descendre(this.colonnes.montrees.indexOf(colonne));
    else if (e.key === "Enter") this.taper(0);
    else if (e.key === "Escape" && colonne.filtre.value) {
      colonne.filtre.value = "";
      this.taper(0);
    } else return;
    e.preventDefault();
  }
}
