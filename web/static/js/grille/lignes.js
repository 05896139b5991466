/* Rows of the grid: only those in sight exist; each is filled again when another comes in. */
const TETES = 3;

export class Lignes {
  constructor(corps, { ligne, montrees }) {
    this.corps = corps;
    this.ligne = ligne;
    this.montrees = montrees;
    this.reserve = [];
  }

  /* Makes the rows again: number of rows in sight, or columns shown, have changed. */
  refaire(combien) {
    const colonnes = this.montrees();
    this.reserve = Array.from({ length: combien }, () => {
      const ligne = document.createElement("div");
      ligne.className = "grille-ligne";
      ligne.setAttribute("role", "row");
      ligne.append(...colonnes.map((c, rang) => {
        const cellule = document.createElement("div");
        cellule.setAttribute("role", "gridcell");
        cellule.setAttribute("aria-colindex", (c.place ?? c.rang) + 1);
        cellule.dataset.colonne = rang;
        if (c.estNombre) cellule.className = "nombre";
        return cellule;
      }));
      return { ligne, cellules: [...ligne.children], rang: -1, donnees: null };
    });
    this.corps.replaceChildren(...this.reserve.map((r) => r.ligne));
  }

  peindre(y, hauteur, total, curseur) {
    const premier = Math.floor(y / hauteur);
    const colonnes = this.montrees();
    for (let k = 0; k < this.reserve.length; k += 1) {
      const rang = premier + k;
      const place = this.reserve[rang % this.reserve.length];
      const hors = rang >= total;
      place.ligne.hidden = hors;
      if (hors) { place.rang = -1; continue; }
      place.ligne.style.transform = `translateY(${rang * hauteur - y}px)`;
      const donnees = this.ligne(rang);
      if (place.rang !== rang || place.donnees !== donnees) this.remplir(place, rang, donnees, colonnes);
      this.marquer(place, rang, curseur);
    }
  }

  remplir(place, rang, donnees, colonnes) {
    place.rang = rang;
    place.donnees = donnees;
    place.ligne.setAttribute("aria-rowindex", rang + TETES);
    place.ligne.classList.toggle("paire", rang % 2 === 1);
    place.cellules.forEach((cellule, i) => {
      cellule.textContent = donnees ? donnees[colonnes[i].rang] : "…";
      cellule.dataset.rang = rang;
    });
  }

  marquer(place, rang, { ligne, colonne, zone }) {
    place.cellules.forEach((cellule, i) => {
      const choisie = rang >= zone.haut && rang <= zone.bas && i >= zone.gauche && i <= zone.droite;
      const active = rang === ligne && i === colonne;
      if (choisie !== (cellule.ariaSelected === "true")) cellule.setAttribute("aria-selected", String(choisie));
      if (active !== cellule.classList.contains("active")) cellule.classList.toggle("active", active);
      if (active) cellule.id = "grille-active";
      else if (cellule.id) cellule.removeAttribute("id");
    });
  }
}
