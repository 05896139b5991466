/* Boxes of a list: [data-tout] ticks all, [data-groupe] those that bear data-de of its value;
   the button [data-selection] says how many are ticked, and waits for one. */
export function installer(formulaire) {
  const cases = [...formulaire.querySelectorAll("input[name='bulletin']")];
  const groupes = [...formulaire.querySelectorAll("[data-groupe]")];
  const tout = formulaire.querySelector("[data-tout]");
  const bouton = formulaire.querySelector("[data-selection]");
  const libelle = bouton.textContent;

  const refleter = (boite, siennes) => {
    const cochees = siennes.filter((c) => c.checked).length;
    boite.checked = cochees === siennes.length;
    boite.indeterminate = cochees > 0 && cochees < siennes.length;
  };
  const compter = () => {
    const combien = cases.filter((c) => c.checked).length;
    bouton.disabled = combien === 0;
    bouton.textContent = `${libelle} (${combien})`;
    refleter(tout, cases);
    groupes.forEach((g) => refleter(g, cases.filter((c) => c.dataset.de === g.dataset.groupe)));
  };
  formulaire.addEventListener("change", (e) => {
    const { groupe } = e.target.dataset;
    if (e.target === tout) cases.forEach((c) => { c.checked = tout.checked; });
    else if (groupe) cases.filter((c) => c.dataset.de === groupe).forEach((c) => { c.checked = e.target.checked; });
    compter();
  });
  compter();
}
