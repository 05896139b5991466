/* Vertical scroll of any length. Browsers cap the height of an element (16 to 33 million px), so
   beyond MAX the scroll bar is scaled: `y` is the true position, the bar only shows it.
   Small moves (wheel, touch) advance `y` by as much; large ones (the bar dragged) by proportion;
   the bar is set right again when the movement stops. */
const MAX = 8_000_000;
const CALME = 120;

export class Defilement {
  constructor(cadre) {
    this.cadre = cadre;
    this.y = 0;
    this.etendue = 0;
    this.course = 0;
    this.corps = 0;
    this.dernier = 0;
  }

  /* Returns the height that the content must have. */
  regler(total, ligne, corps) {
    const hauteur = Math.min(total * ligne, MAX);
    this.corps = corps;
    this.etendue = Math.max(0, total * ligne - corps);
    this.course = Math.max(0, hauteur - corps);
    this.y = Math.min(this.y, this.etendue);
    return hauteur;
  }

  suivre() {
    const haut = this.cadre.scrollTop;
    const pas = haut - this.dernier;
    this.dernier = haut;
    if (this.etendue === this.course) this.y = haut;
    else if (Math.abs(pas) < this.corps) this.y += pas;
    else this.y = (haut * this.etendue) / this.course;
    this.y = Math.max(0, Math.min(this.etendue, this.y));
    clearTimeout(this.attente);
    this.attente = setTimeout(() => this.placer(), CALME);
  }

  aller(y) {
    this.y = Math.max(0, Math.min(this.etendue, y));
    this.placer();
  }

  placer() {
    const voulu = this.etendue ? (this.y * this.course) / this.etendue : 0;
    if (Math.abs(voulu - this.cadre.scrollTop) > 1) this.cadre.scrollTop = voulu;
    this.dernier = this.cadre.scrollTop;
  }
}
