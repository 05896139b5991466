/* Asks before a link leaves a form whose changes are not saved. Nothing to declare: the fields are
   compared with what the server sent, and a refused form counts as changed. « Annuler » leaves
   at once. */
function modifie(champ) {
  if (champ.type === "checkbox" || champ.type === "radio") return champ.checked !== champ.defaultChecked;
  if (champ.options) {
    const depart = [...champ.options].findIndex((o) => o.defaultSelected);
    return champ.selectedIndex !== Math.max(0, depart);
  }
  return champ.defaultValue !== undefined && champ.value !== champ.defaultValue;
}

function demander(quitter) {
  const dialogue = document.createElement("dialog");
  dialogue.className = "dialogue";
  dialogue.setAttribute("aria-labelledby", "quitter-la-saisie");
  const titre = document.createElement("h2");
  titre.id = "quitter-la-saisie";
  titre.textContent = "Quitter sans enregistrer\u202f?";
  const explication = document.createElement("p");
  explication.textContent = "Vos dernières modifications de cette page ne sont pas enregistrées.";
  const actions = document.createElement("div");
  actions.className = "actions";
  const bouton = (libelle, classe, action) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = `bouton ${classe}`;
    b.textContent = libelle;
    b.addEventListener("click", () => { dialogue.close(); action(); });
    return b;
  };
  actions.append(bouton("Quitter sans enregistrer", "danger", quitter), bouton("Continuer la saisie", "principal", () => {}));
  dialogue.append(titre, explication, actions);
  dialogue.addEventListener("close", () => dialogue.remove());
  document.body.append(dialogue);
  dialogue.showModal();
  actions.lastChild.focus();
}

export function installer(formulaire) {
  const refuse = formulaire.querySelector(":scope > .bandeau, [aria-invalid='true']") !== null;
  const surveiller = (e) => {
    if (!formulaire.isConnected) { document.removeEventListener("click", surveiller, true); return; }
    const lien = e.target.closest("a[href]");
    const reste = !lien || lien.target || lien.hasAttribute("download") || lien.dataset.component === "fenetre"
      || lien.getAttribute("href").startsWith("#") || formulaire.contains(lien) || e.ctrlKey || e.metaKey || e.shiftKey;
    if (reste || !(refuse || [...formulaire.elements].some(modifie))) return;
    e.preventDefault();
    e.stopPropagation();
    demander(() => { location.href = lien.href; });
  };
  document.addEventListener("click", surveiller, true);
}
