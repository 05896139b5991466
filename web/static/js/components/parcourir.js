/* « Parcourir »: the system's own window in the desktop, else a list of folders served by the program.
   Keys in the list: Tab or arrows between folders, Enter goes in, Échap closes. */
function poser(champ, chemin) {
  champ.value = chemin;
  champ.dispatchEvent(new Event("input", { bubbles: true }));
  champ.dispatchEvent(new Event("change", { bubbles: true }));
  champ.focus();
}

async function lire(adresse, options) {
  const reponse = await fetch(adresse, options);
  return reponse.ok ? reponse.text() : "";
}

async function montrer(dialogue, champ, chemin, quoi) {
  const question = new URLSearchParams({ chemin, quoi });
  dialogue.innerHTML = await lire(`/parcourir/?${question}`);
  dialogue.querySelector("[autofocus]")?.focus();
}

export function installer(bouton) {
  const champ = document.getElementById(bouton.dataset.champ);
  const { quoi } = bouton.dataset;
  bouton.addEventListener("click", async () => {
    const corps = new URLSearchParams({ chemin: champ.value, quoi });
    const reponse = await fetch("/parcourir/fenetre", { method: "POST", body: corps });
    if (reponse.status === 200) {
      const { chemin } = await reponse.json();
      if (chemin) poser(champ, chemin);
      return;
    }
    const dialogue = document.createElement("dialog");
    dialogue.className = "dialogue parcourir";
    dialogue.setAttribute("aria-label", "Parcourir");
    document.body.append(dialogue);
    dialogue.addEventListener("close", () => { dialogue.remove(); bouton.focus(); });
    dialogue.addEventListener("click", (e) => {
      const cible = e.target.closest("button");
      if (!cible) return;
      if ("ferme" in cible.dataset) dialogue.close();
      if (cible.dataset.entrer !== undefined) montrer(dialogue, champ, cible.dataset.entrer, quoi);
      if (cible.dataset.choisir !== undefined) { dialogue.close(); poser(champ, cible.dataset.choisir); }
    });
    dialogue.addEventListener("keydown", (e) => {
      if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
      const lignes = [...dialogue.querySelectorAll(".dossiers button")];
      const rang = lignes.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
      lignes[Math.max(0, Math.min(lignes.length - 1, rang))]?.focus();
      e.preventDefault();
    });
    dialogue.showModal();
    montrer(dialogue, champ, champ.value, quoi);
  });
}
