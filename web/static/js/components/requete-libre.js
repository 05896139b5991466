/* The editor of one's own query and the dictionary beside it: a column chosen is inserted where
   the cursor stands; what was refused is selected. Keys: Ctrl+Entrée runs; Tab leaves the field. */
import { normaliser } from "../liste-options.js";

function viser(zone) {
  const { ligne, colonne } = zone.dataset;
  if (!ligne) return;
  const lignes = zone.value.split("\n");
  const debut = lignes.slice(0, ligne - 1).reduce((n, l) => n + l.length + 1, 0) + Number(colonne) - 1;
  const mot = /^[\w"']+/.exec(zone.value.slice(debut))?.[0] ?? "";
  zone.focus();
  zone.setSelectionRange(debut, debut + mot.length);
}

function chercher(element, texte) {
  const mots = normaliser(texte).split(/\s+/).filter(Boolean);
  const repond = (e) => mots.every((m) => e.dataset.recherche.includes(m));
  let trouvees = 0;
  for (const vue of element.querySelectorAll("[data-vue]")) {
    const elle = repond(vue);
    let colonnes = 0;
    for (const ligne of vue.querySelectorAll("li[data-recherche]")) {
      ligne.hidden = !elle && !repond(ligne);
      colonnes += !ligne.hidden;
    }
    vue.hidden = !elle && !colonnes;
    vue.open = mots.length > 0 && !elle && colonnes > 0;
    trouvees += !vue.hidden;
  }
  element.querySelector("[data-annonce]").textContent =
    mots.length ? (trouvees ? `${trouvees} vue${trouvees > 1 ? "s" : ""}` : "Aucune vue ne répond.") : "";
}

export function installer(element) {
  const zone = element.querySelector("textarea");
  zone.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      element.querySelector("[data-executer]").click();
      e.preventDefault();
    }
  });
  element.addEventListener("click", (e) => {
    const bouton = e.target.closest("[data-inserer]");
    if (!bouton) return;
    zone.focus();
    zone.setRangeText(bouton.dataset.inserer, zone.selectionStart, zone.selectionEnd, "end");
  });
  element.querySelector("[data-chercher]").addEventListener("input", (e) => chercher(element, e.target.value));
  viser(zone);
}
