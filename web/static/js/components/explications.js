/* Lines that explain themselves: a button [data-explication=address] opens a row under its own
   with what the server answers, asked once. Keys: Entrée or Espace opens and closes, ↓↑ go from
   line to line, Échap closes. */
export function installer(tableau) {
  const boutons = [...tableau.querySelectorAll("[data-explication]")];
  const colonnes = tableau.tHead.rows[0].cells.length;

  const fermer = (bouton) => {
    const ouverte = bouton.closest("tr").nextElementSibling;
    if (!ouverte?.classList.contains("explications")) return;
    ouverte.hidden = true;
    bouton.setAttribute("aria-expanded", "false");
  };
  const ouvrir = (bouton, rang) => {
    const ligne = bouton.closest("tr");
    let dessous = ligne.nextElementSibling;
    if (!dessous?.classList.contains("explications")) {
      dessous = document.createElement("tr");
      dessous.className = "explications";
      const cellule = dessous.insertCell();
      cellule.colSpan = colonnes;
      cellule.id = `explication-${rang}`;
      ligne.after(dessous);
      bouton.setAttribute("aria-controls", cellule.id);
      window.htmx.ajax("GET", bouton.dataset.explication, { target: cellule, swap: "innerHTML" });
    }
    dessous.hidden = false;
    bouton.setAttribute("aria-expanded", "true");
  };

  boutons.forEach((bouton, rang) => {
    bouton.addEventListener("click", () => {
      if (bouton.getAttribute("aria-expanded") === "true") fermer(bouton);
      else ouvrir(bouton, rang);
    });
    bouton.addEventListener("keydown", (e) => {
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        boutons[rang + (e.key === "ArrowDown" ? 1 : -1)]?.focus();
      } else if (e.key === "Escape") fermer(bouton);
      else return;
      e.preventDefault();
      e.stopPropagation(); // main.js moves from row to row, open explanations included
    });
  });
}
