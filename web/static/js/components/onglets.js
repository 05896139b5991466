/* Tabs that are addresses: ←→ move from one to the next. */
export function installer(barre) {
  const liens = [...barre.querySelectorAll("a")];
  barre.addEventListener("keydown", (e) => {
    const rang = liens.indexOf(document.activeElement);
    if (rang < 0 || (e.key !== "ArrowRight" && e.key !== "ArrowLeft")) return;
    const pas = e.key === "ArrowRight" ? 1 : -1;
    liens[(rang + pas + liens.length) % liens.length].focus();
    e.preventDefault();
  });
}
