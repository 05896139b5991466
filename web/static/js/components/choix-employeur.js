/* A field that suggests employers, inside an element that bears data-adresse: the one chosen is
   opened by a link, so that a form being filled in asks before it is left. */
export function installer(zone) {
  zone.addEventListener("input", (e) => {
    if (e.target.type !== "hidden" || !e.target.value) return;
    const lien = document.createElement("a");
    lien.href = zone.dataset.adresse + encodeURIComponent(e.target.value);
    lien.hidden = true;
    zone.append(lien);
    lien.click();
    lien.remove();
  });
}
