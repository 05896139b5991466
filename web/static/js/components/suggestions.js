/* A field that suggests while one types, answered by the server (JSON at data-adresse?q=…:
   [{valeur, libelle, detail}]). A hidden field beside it, if any, receives the value and the
   text shows the words; else the text itself is the value.
   Event: « change » on the field when something is chosen or emptied.
   Keys: ↓ ↑ move (↓ opens), Entrée chooses, Échap closes. */
export function installer(zone) {
  const champ = zone.querySelector("[role='combobox']");
  const cache = zone.querySelector("input[type='hidden']");
  const liste = zone.querySelector("[role='listbox']");
  const filtre = zone.classList.contains("filtre");
  let choisi = champ.value, actif = -1, attente, demande = 0;

  const options = () => [...liste.children];
  const fermer = () => {
    liste.hidden = true;
    actif = -1;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  };
  const viser = (rang) => {
    const toutes = options();
    if (!toutes.length) return;
    toutes[actif]?.setAttribute("aria-selected", "false");
    actif = (rang + toutes.length) % toutes.length;
    toutes[actif].setAttribute("aria-selected", "true");
    toutes[actif].scrollIntoView({ block: "nearest" });
    champ.setAttribute("aria-activedescendant", toutes[actif].id);
  };
  const annoncer = () => {
    champ.dispatchEvent(new Event("change", { bubbles: true }));
    (cache ?? champ).dispatchEvent(new Event("input", { bubbles: true }));
  };
  const choisir = (option) => {
    champ.value = cache ? option.dataset.libelle : option.dataset.valeur;
    if (cache) cache.value = option.dataset.valeur;
    choisi = champ.value;
    fermer();
    annoncer();
  };
  const montrer = (reponses) => {
    liste.replaceChildren(...reponses.map((r, rang) => {
      const option = document.createElement("li");
      option.id = `${liste.id}-${rang}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.valeur = r.valeur;
      option.dataset.libelle = r.libelle;
      const nom = document.createElement("strong");
      nom.textContent = r.libelle;
      const detail = document.createElement("span");
      detail.textContent = r.detail;
      option.append(nom, detail);
      option.addEventListener("mousedown", (e) => { e.preventDefault(); choisir(option); });
      return option;
    }));
    liste.hidden = !reponses.length;
    actif = -1;
    champ.setAttribute("aria-expanded", String(!liste.hidden));
    champ.removeAttribute("aria-activedescendant");
  };
  const demander = async () => {
    const numero = ++demande;
    const adresse = `${zone.dataset.adresse}?q=${encodeURIComponent(champ.value)}`;
    const reponse = await fetch(adresse, { headers: { Accept: "application/json" } }).catch(() => null);
    if (numero !== demande || !reponse?.ok || document.activeElement !== champ) return;
    montrer(await reponse.json());
  };

  champ.addEventListener("input", (e) => {
    if (!e.isTrusted) return;
    e.stopPropagation();
    clearTimeout(attente);
    if (cache && cache.value && champ.value !== choisi) {
      cache.value = "";
      if (!champ.value) annoncer();
    }
    attente = setTimeout(demander, 120);
  });
  champ.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      if (liste.hidden) demander();
      else viser(actif + (e.key === "ArrowDown" ? 1 : actif < 0 ? 0 : -1));
    } else if (e.key === "Enter" && !liste.hidden && actif >= 0) choisir(options()[actif]);
    else if (e.key === "Escape" && !liste.hidden) fermer();
    else return;
    e.preventDefault();
  });
  champ.addEventListener("blur", () => {
    fermer();
    if (filtre && !cache.value && champ.value) { champ.value = ""; choisi = ""; annoncer(); }
  });
}
