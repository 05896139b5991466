/* A text field with a list of options under it (ARIA combobox with a listbox).
   The caller says what the list holds; this module opens, closes, moves and chooses.
   Keys: ↓↑ open and move, Page ten at a time, Enter choose, Échap close. */
export const normaliser = (texte) =>
  texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").trim();

export function combiner(champ, liste, { filtrer, choisir, preferer = () => null }) {
  let active = null;
  let tour = 0;
  let cherche = false;
  const visibles = () => [...liste.querySelectorAll("[role='option']:not([hidden])")];

  const viser = (option) => {
    active?.classList.remove("active");
    active = option ?? null;
    active?.classList.add("active");
    active?.scrollIntoView({ block: "nearest" });
    if (active) champ.setAttribute("aria-activedescendant", active.id);
    else champ.removeAttribute("aria-activedescendant");
  };
  const fermer = () => {
    tour += 1;
    cherche = false;
    liste.hidden = true;
    champ.setAttribute("aria-expanded", "false");
    viser(null);
  };
  const ouvrir = async (texte) => {
    const ce = ++tour;
    cherche = true;
    await filtrer(texte);
    if (ce !== tour) return;
    cherche = false;
    const options = visibles();
    if (!options.length) { fermer(); return; }
    liste.hidden = false;
    champ.setAttribute("aria-expanded", "true");
    viser(texte ? preferer(texte, options) ?? options[0] : options.find((o) => o.ariaSelected === "true"));
  };
  const prendre = (option) => {
    champ.value = option.dataset.valeur;
    liste.querySelectorAll("[aria-selected='true']").forEach((o) => o.setAttribute("aria-selected", "false"));
    option.setAttribute("aria-selected", "true");
    fermer();
    choisir(option);
  };
  const bouger = (pas) => {
    const options = visibles();
    const rang = options.indexOf(active);
    const suivant = rang < 0 ? (pas > 0 ? 0 : options.length - 1) : rang + pas;
    viser(options[Math.max(0, Math.min(options.length - 1, suivant))]);
  };

  champ.addEventListener("input", () => ouvrir(champ.value.trim()));
  champ.addEventListener("focus", () => champ.select());
  champ.addEventListener("blur", fermer);
  champ.addEventListener("click", () => { if (liste.hidden) ouvrir(""); });
  champ.addEventListener("keydown", (e) => {
    const pas = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[e.key];
    if (pas && !e.ctrlKey) {
      if (liste.hidden) ouvrir("").then(() => { if (!active) bouger(pas); });
      else bouger(pas);
    } else if (e.key === "Enter" && active) prendre(active);
    else if (e.key === "Escape" && (cherche || !liste.hidden)) fermer();
    else return;
    e.preventDefault();
  });
  liste.addEventListener("mousedown", (e) => e.preventDefault());
  liste.addEventListener("click", (e) => {
    const option = e.target.closest("[role='option']");
    if (option) prendre(option);
  });
  // What was typed before this module arrived is searched all the same.
  if (document.activeElement === champ && champ.value !== champ.defaultValue) ouvrir(champ.value.trim());
  return { ouvrir: () => ouvrir(""), fermer, estOuverte: () => !liste.hidden };
}
