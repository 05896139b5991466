/* In the desktop window, opens the link in a window of its own. */
export function installer(lien) {
  lien.addEventListener("click", (e) => {
    e.preventDefault();
    const valeurs = { chemin: lien.getAttribute("href"), titre: lien.dataset.titre };
    window.htmx.ajax("POST", "/fenetre", { swap: "none", values: valeurs });
  });
}
