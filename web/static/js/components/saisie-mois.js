/* Entry grid of a month, as a spreadsheet: one line an employee, one column a field.
   Keys: ↑ ↓ Entrée (Maj+Entrée) go from line to line, ← → from column to column once the cursor
   is at the end of the text, Tab as everywhere, Ctrl+Entrée saves and calculates, Échap gives the
   cell its former text back. A cell is selected whole when it is entered. */
export function installer(tableau) {
  const lignes = [...tableau.tBodies[0].rows]
    .map((ligne) => [...ligne.querySelectorAll("input")])
    .filter((cellules) => cellules.length);

  const aller = (ligne, colonne) => {
    const cellule = lignes[ligne]?.[colonne];
    if (!cellule) return false;
    cellule.focus();
    return true;
  };
  const aLaFin = (champ, sens) => {
    const { selectionStart: debut, selectionEnd: fin, value } = champ;
    if (debut === 0 && fin === value.length) return true;
    return debut === fin && debut === (sens > 0 ? value.length : 0);
  };

  lignes.forEach((cellules, ligne) => cellules.forEach((champ, colonne) => {
    let avant = champ.value;
    champ.addEventListener("focus", () => { avant = champ.value; champ.select(); });
    champ.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        champ.form.querySelector("[name='_calculer']")?.click();
      } else if (e.key === "Enter") aller(ligne + (e.shiftKey ? -1 : 1), colonne);
      else if (e.key === "ArrowDown") aller(ligne + 1, colonne);
      else if (e.key === "ArrowUp") aller(ligne - 1, colonne);
      else if (e.key === "Escape") { champ.value = avant; champ.select(); }
      else if ((e.key === "ArrowRight" || e.key === "ArrowLeft") && !e.shiftKey && !e.ctrlKey) {
        const sens = e.key === "ArrowRight" ? 1 : -1;
        if (!aLaFin(champ, sens) || !aller(ligne, colonne + sens)) return;
      } else return;
      e.preventDefault();
    });
  }));
  if (tableau.contains(document.activeElement)) document.activeElement.select?.();
}
