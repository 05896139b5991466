/* One registry: data-component="name" → components/name.js, which exports installer(element).
   Installed at load and again on whatever htmx brings in. */
const COMPOSANTS = new Set([
  "choix-employeur", "choix-salaries", "date", "destination", "explications", "exporter", "fenetre", "filtres", "graphique", "grille", "menu",
  "messages", "onglets", "ouvre-dialogue", "parametres", "parcourir", "requete-libre", "requetes", "saisie", "saisie-mois", "selection", "suggestions",
]);

function installer(racine) {
  const elements = [...racine.querySelectorAll("[data-component]")];
  if (racine.matches?.("[data-component]")) elements.unshift(racine);
  for (const element of elements) {
    const nom = element.dataset.component;
    if (element.dataset.installe === "oui" || !COMPOSANTS.has(nom)) continue;
    element.dataset.installe = "oui";
    import(`./components/${nom}.js`).then((module) => module.installer(element));
  }
}

/* Alt+1…7: modules; Alt+letter: what bears it as accesskey in the page; « / »: search; Échap closes menus (menu.js). */
document.addEventListener("keydown", (e) => {
  const champ = e.target.closest("input, select, textarea");
  if (e.key === "/" && !champ && !e.ctrlKey && !e.altKey) {
    const recherche = document.querySelector("[data-raccourci='/']");
    if (recherche) { recherche.focus(); recherche.select(); e.preventDefault(); }
  }
  if (e.altKey && !e.ctrlKey && /^[1-7]$/.test(e.key)) {
    document.querySelector(`.volet a[accesskey="${e.key}"]`)?.click();
    e.preventDefault();
  }
  if (e.altKey && !e.ctrlKey && /^[a-z]$/.test(e.key)) {
    const action = document.querySelector(`#page [accesskey="${e.key}"]`);
    if (action) { action.click(); e.preventDefault(); }
  }
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "s") {
    const formulaire = document.querySelector("form[data-enregistrable]");
    if (formulaire) { formulaire.requestSubmit(); e.preventDefault(); }
  }
  const lien = e.target.closest(".tableau tbody a, .tableau tbody button");
  if (lien && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
    const ligne = lien.closest("tr");
    const voisine = e.key === "ArrowDown" ? ligne.nextElementSibling : ligne.previousElementSibling;
    voisine?.querySelector("a, button")?.focus();
    e.preventDefault();
  }
});

/* A double click on a line of a list opens what it names, as Entrée does. */
document.addEventListener("dblclick", (e) => {
  if (e.target.closest("a, button, input, select")) return;
  e.target.closest(".tableau tbody tr")?.querySelector("a.principal")?.click();
});

/* A refused form puts the cursor where the correction starts. */
function viserErreur(racine) {
  racine.querySelector?.("[aria-invalid='true']")?.focus();
}

document.addEventListener("htmx:afterSettle", (e) => { installer(e.target); viserErreur(e.target); });
installer(document);
viserErreur(document);
