/* Active cell and selection of the grid.
   Keys: arrows, Page up and down, Home and End (with Ctrl: of the result), Shift extends,
   Ctrl+A all, Ctrl+C copy, Échap one cell again; ↑ on the first line goes to the filters. */
export class Curseur {
  constructor(cadre, { total, colonnes, page, voir, copier, sortir }) {
    Object.assign(this, { cadre, total, colonnes, page, voir, copier, sortir });
    this.ligne = this.colonne = this.ancreLigne = this.ancreColonne = 0;
    cadre.addEventListener("keydown", (e) => this.toucher(e));
    cadre.addEventListener("pointerdown", (e) => this.pointer(e));
    cadre.addEventListener("pointermove", (e) => this.tirer(e));
    window.addEventListener("pointerup", () => { this.tient = false; });
  }

  get zone() {
    return {
      haut: Math.min(this.ligne, this.ancreLigne),
      bas: Math.max(this.ligne, this.ancreLigne),
      gauche: Math.min(this.colonne, this.ancreColonne),
      droite: Math.max(this.colonne, this.ancreColonne),
    };
  }

  aller(ligne, colonne, etendre = false) {
    this.ligne = Math.max(0, Math.min(this.total() - 1, ligne));
    this.colonne = Math.max(0, Math.min(this.colonnes() - 1, colonne));
    if (!etendre) {
      this.ancreLigne = this.ligne;
      this.ancreColonne = this.colonne;
    }
    this.voir();
  }

  toutPrendre() {
    this.ancreLigne = this.total() - 1;
    this.ancreColonne = this.colonnes() - 1;
    this.aller(0, 0, true);
  }

  toucher(e) {
    if (e.target !== this.cadre || e.altKey || !this.total()) return;
    const ctrl = e.ctrlKey || e.metaKey;
    const touche = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (ctrl && touche === "c") this.copier();
    else if (ctrl && touche === "a") this.toutPrendre();
    else if (touche === "Escape") this.aller(this.ligne, this.colonne);
    else if (touche === "ArrowUp" && this.ligne === 0 && !e.shiftKey) this.sortir(this.colonne);
    else if (!this.bouger(touche, ctrl, e.shiftKey)) return;
    e.preventDefault();
  }

  bouger(touche, ctrl, etendre) {
    const { ligne, colonne } = this;
    const derniere = this.colonnes() - 1;
    const fin = this.total() - 1;
    const vers = {
      ArrowUp: [ctrl ? 0 : ligne - 1, colonne],
      ArrowDown: [ctrl ? fin : ligne + 1, colonne],
      ArrowLeft: [ligne, ctrl ? 0 : colonne - 1],
      ArrowRight: [ligne, ctrl ? derniere : colonne + 1],
      PageUp: [ligne - this.page(), colonne],
      PageDown: [ligne + this.page(), colonne],
      Home: [ctrl ? 0 : ligne, 0],
      End: [ctrl ? fin : ligne, derniere],
    }[touche];
    if (vers) this.aller(...vers, etendre);
    return Boolean(vers);
  }

  pointer(e) {
    const cellule = e.target.closest(".grille-corps [role='gridcell']");
    if (!cellule || e.button !== 0) return;
    this.tient = true;
    this.aller(Number(cellule.dataset.rang), Number(cellule.dataset.colonne), e.shiftKey);
  }

  tirer(e) {
    if (!this.tient || e.buttons !== 1) return;
    const cellule = e.target.closest(".grille-corps [role='gridcell']");
    if (!cellule) return;
    const ligne = Number(cellule.dataset.rang);
    const colonne = Number(cellule.dataset.colonne);
    if (ligne !== this.ligne || colonne !== this.colonne) this.aller(ligne, colonne, true);
  }
}
