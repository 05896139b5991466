/* A list of people to choose from: case 1 « Désélectionner tous », case 2 « Sélectionner tous », double
   click one by one. Keys on a line: Espace or Entrée choose, ↑↓ move, Ctrl+A all. The foot counts them. */
export function installer(zone) {
  const [aucun, tous] = zone.querySelectorAll("[data-choisir]");
  const compte = zone.querySelector("[data-compte]");
  const cases = [...zone.querySelectorAll("tbody input[type='checkbox']")];
  const libres = cases.filter((c) => !c.disabled);

  const dire = () => {
    const combien = libres.filter((c) => c.checked).length;
    aucun.checked = combien === 0;
    tous.checked = combien === libres.length && combien > 0;
    compte.textContent = combien === 0 ? compte.dataset.aucun
      : `${combien} ${combien > 1 ? "salariés choisis" : "salarié choisi"} sur ${libres.length}`;
    libres.forEach((c) => c.closest("tr").toggleAttribute("data-choisi", c.checked));
  };
  const choisir = (liste, choisi) => { liste.forEach((c) => { c.checked = choisi; }); dire(); };

  aucun.addEventListener("change", () => choisir(libres, false));
  tous.addEventListener("change", () => choisir(libres, true));
  for (const c of libres) {
    const ligne = c.closest("tr");
    c.addEventListener("change", dire);
    ligne.addEventListener("dblclick", (e) => {
      if (e.target === c || e.target.closest("a")) return;
      choisir([c], !c.checked);
      c.focus();
      getSelection().removeAllRanges();
    });
  }
  zone.addEventListener("keydown", (e) => {
    const c = e.target;
    const rang = libres.indexOf(c);
    if (e.key === "Enter" && c.matches("[data-choisir]")) c.click();
    else if (rang < 0) return;
    else if (e.key === "Enter") choisir([c], !c.checked);
    else if (e.key === "ArrowDown") libres[Math.min(rang + 1, libres.length - 1)].focus();
    else if (e.key === "ArrowUp") libres[Math.max(rang - 1, 0)].focus();
    else if (e.key === "a" && (e.ctrlKey || e.metaKey)) choisir(libres, true);
    else return;
    e.preventDefault();
  });
  dire();
}
