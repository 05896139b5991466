/* Search box and filters of a list: asks the server again while the person types, and follows
   the list's own links (sort, pages). Only #liste is replaced; the address is kept true. */
function charger(adresse) {
  window.htmx.ajax("GET", adresse, { target: "#liste", select: "#liste", swap: "outerHTML" })
    .then(() => history.replaceState(history.state, "", adresse));
}

export function installer(formulaire) {
  let attente;
  const envoyer = () => {
    const valeurs = new URLSearchParams(new FormData(formulaire));
    charger(`${formulaire.getAttribute("action")}?${valeurs}`);
  };
  const champs = [...formulaire.querySelectorAll("[type='search']")];
  if (champs.some((c) => c.value !== c.defaultValue)) envoyer(); // typed before this module came
  formulaire.addEventListener("input", (e) => {
    clearTimeout(attente);
    attente = setTimeout(envoyer, e.target.type === "search" ? 160 : 0);
  });
  formulaire.addEventListener("submit", (e) => {
    e.preventDefault();
    clearTimeout(attente);
    envoyer();
  });
  formulaire.querySelector("[type='search']")?.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") {
      document.querySelector("#liste tbody a")?.focus();
      e.preventDefault();
    }
  });
  formulaire.closest("#page").addEventListener("click", (e) => {
    const lien = e.target.closest("a[data-zone='liste']");
    if (!lien || e.ctrlKey || e.metaKey) return;
    e.preventDefault();
    const tri = new URL(lien.href).searchParams.get("tri");
    formulaire.elements.tri.value = tri ?? "";
    charger(lien.getAttribute("href"));
  });
}
