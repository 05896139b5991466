/* The grid of a result: any number of lines, only those in sight in the page.
   Attributes: data-adresse (of the result), data-total, data-presentation (sort, filters and
   shown columns as in the address; kept true: exports read it), data-disposition (columns as kept).
   Keys: see grille/curseur.js (lines), grille/tetes.js (headings, filters), grille/colonnes.js. */
import { Colonnes } from "../grille/colonnes.js";
import { Curseur } from "../grille/curseur.js";
import { Defilement } from "../grille/defilement.js";
import { Fenetres } from "../grille/fenetres.js";
import { Lignes } from "../grille/lignes.js";
import { Tetes } from "../grille/tetes.js";

const NOMBRE = new Intl.NumberFormat("fr-FR");
const TETES = 3;
const RECHARGE = 40;
const accorder = (n) => `${NOMBRE.format(n)} ligne${n > 1 ? "s" : ""}`;
const dire = (texte, genre) =>
  document.dispatchEvent(new CustomEvent("clairpaie:message", { detail: { texte, genre } }));

class Grille {
  constructor(element) {
    this.element = element;
    this.un = (quoi) => element.querySelector(quoi);
    this.cadre = this.un(".grille-cadre");
    this.corps = this.un(".grille-corps");
    this.plan = this.un(".grille-plan");
    this.complet = Number(element.dataset.total);
    this.defilement = new Defilement(this.cadre);
    this.fenetres = new Fenetres(element.dataset.adresse, {
      arrivee: () => this.peindre(),
      change: () => this.changer(),
      refus: (filtres) => this.tetes.refuser(filtres),
      attente: (etape) => this.attendre(etape),
      echec: (texte) => dire(texte || "Ces lignes n’ont pas pu être lues. Rechargez la page.", "erreur"),
    });
    this.colonnes = new Colonnes(element, {
      largeurs: () => this.mesurer(),
      montrees: () => this.recomposer(),
      dire: (texte) => this.annoncer(texte),
      garder: (disposition) => this.garder(disposition),
    });
    this.tetes = new Tetes(element, this.colonnes, {
      demander: () => this.demander(),
      descendre: (colonne) => { this.cadre.focus(); this.curseur.aller(this.curseur.ligne, colonne); },
    });
    this.lignes = new Lignes(this.corps, {
      ligne: (rang) => this.fenetres.ligne(rang),
      montrees: () => this.colonnes.montrees,
    });
    this.curseur = new Curseur(this.cadre, {
      total: () => this.fenetres.total,
      colonnes: () => this.colonnes.montrees.length,
      page: () => Math.max(1, Math.floor(this.hauteur / this.ligne) - 1),
      voir: () => this.voir(),
      copier: () => this.copier(),
      sortir: (colonne) => this.colonnes.montrees[colonne].filtre.focus(),
    });
    this.ligne = this.un(".grille-filtres").getBoundingClientRect().height;
    this.ecouter();
  }

  ecouter() {
    this.cadre.addEventListener("scroll", () => {
      this.defilement.suivre();
      this.programmer();
    }, { passive: true });
    this.cadre.addEventListener("mouseover", ({ target }) => {
      if (target.dataset?.rang) target.title = target.scrollWidth > target.clientWidth ? target.textContent : "";
    });
    this.un("[data-arreter]").addEventListener("click", () => {
      this.fenetres.arreter();
      this.tetes.lire(this.fenetres.presentation);
    });
    new ResizeObserver(() => this.mesurer()).observe(this.cadre);
  }

  ouvrir() {
    const presentation = new URLSearchParams(this.element.dataset.presentation);
    this.tetes.lire(presentation);
    const gardee = JSON.parse(this.element.dataset.disposition || "[]");
    const reprises = this.colonnes.reprendre(gardee);
    if (!gardee.length) this.colonnes.remplir(this.cadre.clientWidth);
    const demandees = (presentation.get("colonnes") ?? "").split(",").filter(Boolean);
    this.colonnes.montrer(demandees.length ? demandees : reprises);
    this.demander();
    if (!document.activeElement || document.activeElement === document.body) this.cadre.focus();
  }

  demander() {
    const presentation = new URLSearchParams();
    this.tetes.ecrire(presentation);
    this.fenetres.changer(presentation);
  }

  /* New order, new filters: from the top. */
  changer() {
    this.tetes.refuser({});
    const { total, sommes } = this.fenetres;
    const filtre = total !== this.complet;
    this.un("[data-compte]").textContent = filtre ? `${accorder(total)} sur ${NOMBRE.format(this.complet)}` : accorder(total);
    this.sommer();
    this.un(".grille-pied").hidden = !Object.keys(sommes).length || !total;
    this.un(".grille-pied [role='row']").setAttribute("aria-rowindex", total + TETES);
    this.cadre.setAttribute("aria-rowcount", total + TETES);
    this.un("[data-vide]").hidden = total > 0;
    this.un("[data-vide-requete]").hidden = this.complet > 0;
    this.un("[data-vide-filtres]").hidden = this.complet === 0;
    this.curseur.aller(0, this.curseur.colonne);
    this.defilement.y = 0;
    this.mesurer();
    this.defilement.aller(0);
    this.noter();
  }

  sommer() {
    const { sommes } = this.fenetres;
    const premiere = this.colonnes.montrees[0];
    for (const c of this.colonnes.toutes) {
      c.cellules.at(-1).textContent = sommes[c.nom] ?? (c === premiere && !c.estNombre ? "Total" : "");
    }
  }

  /* Keeps the address and what exports read true to what is shown. */
  noter() {
    const presentation = new URLSearchParams(this.fenetres.presentation);
    const noms = (colonnes) => colonnes.map((c) => c.nom).join(",");
    const montrees = noms(this.colonnes.montrees);
    if (montrees !== noms(this.colonnes.toutes)) presentation.set("colonnes", montrees);
    this.element.dataset.presentation = presentation;
    const question = presentation.toString();
    const graphique = document.querySelector("[data-graphique]");
    if (graphique) graphique.href = `${this.element.dataset.adresse}/graphique${question && `?${question}`}`;
    history.replaceState(history.state, "", location.pathname + (question && `?${question}`));
  }

  recomposer() {
    this.curseur.aller(this.curseur.ligne, this.curseur.colonne);
    this.lignes.refaire(this.lignes.reserve.length);
    this.sommer();
    this.noter();
    this.peindre();
  }

  /* Kept for the next results of the query; failing that, only this page has it. */
  garder(disposition) {
    const corps = new URLSearchParams({ colonnes: JSON.stringify(disposition) });
    fetch(`${this.element.dataset.adresse}/disposition`, { method: "POST", body: corps, keepalive: true }).catch(() => null);
  }

  mesurer() {
    if (!this.ligne) return;
    const tete = this.un(".grille-tete").offsetHeight;
    const pied = this.un(".grille-pied").offsetHeight;
    const { total } = this.fenetres;
    this.hauteur = Math.max(this.ligne, Math.min(this.cadre.clientHeight - tete - pied, total * this.ligne));
    this.plan.style.height = `${this.defilement.regler(total, this.ligne, this.hauteur) + tete + pied}px`;
    this.corps.style.height = `${this.hauteur}px`;
    this.corps.style.top = `${tete}px`;
    const combien = Math.ceil(this.hauteur / this.ligne) + 1;
    if (combien !== this.lignes.reserve.length) this.lignes.refaire(combien);
    this.peindre();
  }

  programmer() {
    this.image ??= requestAnimationFrame(() => {
      this.image = null;
      this.peindre();
    });
  }

  peindre() {
    const { total } = this.fenetres;
    this.lignes.peindre(this.defilement.y, this.ligne, total, { ...this.position(), zone: this.curseur.zone });
    const active = total && this.corps.querySelector("#grille-active");
    if (active) this.cadre.setAttribute("aria-activedescendant", active.id);
    else this.cadre.removeAttribute("aria-activedescendant");
    clearTimeout(this.recharge);
    const premier = Math.floor(this.defilement.y / this.ligne);
    const dernier = Math.min(total - 1, premier + this.lignes.reserve.length);
    if (total && this.manque(premier, dernier)) {
      this.recharge = setTimeout(() => this.fenetres.vouloir(premier, dernier), RECHARGE);
    }
  }

  manque(premier, dernier) {
    return !this.fenetres.ligne(premier) || !this.fenetres.ligne(dernier);
  }

  position() {
    return { ligne: this.curseur.ligne, colonne: this.curseur.colonne };
  }

  /* Brings the active cell in sight. */
  voir() {
    const { ligne, colonne } = this.curseur;
    const haut = ligne * this.ligne;
    const { y } = this.defilement;
    if (haut < y) this.defilement.aller(haut);
    else if (haut + this.ligne > y + this.hauteur) this.defilement.aller(haut + this.ligne - this.hauteur);
    const avant = this.colonnes.montrees.slice(0, colonne).reduce((somme, c) => somme + c.largeur, 0);
    const largeur = this.colonnes.montrees[colonne].largeur;
    if (avant < this.cadre.scrollLeft) this.cadre.scrollLeft = avant;
    else if (avant + largeur > this.cadre.scrollLeft + this.cadre.clientWidth) {
      this.cadre.scrollLeft = avant + largeur - this.cadre.clientWidth;
    }
    this.peindre();
  }

  annoncer(texte) {
    this.un("[data-annonce]").textContent = texte;
  }

  attendre(etape) {
    this.un("[data-attente]").hidden = etape === null;
    this.cadre.setAttribute("aria-busy", String(etape !== null));
    if (etape) this.un("[data-etape]").textContent = `${etape}…`;
  }

  async copier() {
    const { haut, bas, gauche, droite } = this.curseur.zone;
    const noms = this.colonnes.montrees.slice(gauche, droite + 1).map((c) => c.nom);
    const question = new URLSearchParams(this.fenetres.presentation);
    question.set("debut", haut);
    question.set("nombre", bas - haut + 1);
    question.set("noms", noms.join(","));
    const adresse = `${this.element.dataset.adresse}/copie?${question}`;
    const reponse = await fetch(adresse, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!reponse?.ok) {
      const refus = await reponse?.json().catch(() => null);
      dire(refus ? `${refus.erreur.message} ${refus.erreur.remede}` : "La copie n’a pas pu se faire.", "erreur");
      return;
    }
    await ecrirePressePapiers(await reponse.text());
    dire(`${accorder(bas - haut + 1)} dans le presse-papiers`);
  }
}

/* Windows without the clipboard interface (Qt) take the old way: a text selected and copied. */
async function ecrirePressePapiers(texte) {
  try {
    await navigator.clipboard.writeText(texte);
  } catch {
    const zone = document.createElement("textarea");
    const avant = document.activeElement;
    zone.value = texte;
    zone.className = "lecteur";
    document.body.append(zone);
    zone.select();
    document.execCommand("copy");
    zone.remove();
    avant?.focus();
  }
}

export function installer(element) {
  new Grille(element).ouvrir();
}
