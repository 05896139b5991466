/* A button and its list. Keys: Enter/↓ open, ↑↓ move, Échap close. */
export function installer(menu) {
  const bouton = menu.querySelector("button");
  const liste = menu.querySelector("[role='menu']");
  const choix = () => [...liste.querySelectorAll("[role='menuitem']")];
  const ouvrir = (ouvert) => {
    liste.hidden = !ouvert;
    bouton.setAttribute("aria-expanded", String(ouvert));
    if (ouvert) choix()[0]?.focus();
  };
  bouton.addEventListener("click", () => ouvrir(liste.hidden));
  menu.addEventListener("keydown", (e) => {
    const rang = choix().indexOf(document.activeElement);
    if (e.key === "Escape") { ouvrir(false); bouton.focus(); }
    else if (e.key === "ArrowDown") {
      if (liste.hidden) ouvrir(true);
      else choix()[(rang + 1) % choix().length].focus();
    } else if (e.key === "ArrowUp" && !liste.hidden) {
      choix()[(rang - 1 + choix().length) % choix().length].focus();
    } else return;
    e.preventDefault();
  });
  document.addEventListener("click", (e) => { if (!menu.contains(e.target)) ouvrir(false); });
  liste.addEventListener("click", () => ouvrir(false));
  menu.addEventListener("focusout", (e) => {
    if (e.relatedTarget && !menu.contains(e.relatedTarget)) ouvrir(false);
  });
}
