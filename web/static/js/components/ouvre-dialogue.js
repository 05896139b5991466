/* Opens the <dialog> named by data-dialogue; any [data-ferme] inside closes it. */
export function installer(bouton) {
  bouton.addEventListener("click", () => {
    const dialogue = document.getElementById(bouton.dataset.dialogue);
    dialogue.querySelectorAll("[data-ferme]").forEach((b) => { b.onclick = () => dialogue.close(); });
    dialogue.querySelectorAll("form").forEach((f) => { f.addEventListener("htmx:beforeRequest", () => dialogue.close(), { once: true }); });
    dialogue.showModal();
  });
}
