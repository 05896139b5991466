/* Exports of the grid's view. On the menu: adds to each request the sort, filters and columns
   that the grid shows. On what an export answers: downloads the file once, closes. */
export function installer(element) {
  if (element.getAttribute("role") === "menu") {
    element.addEventListener("htmx:configRequest", (e) => {
      const { presentation } = document.querySelector("[data-component='grille']").dataset;
      if (presentation) e.detail.path += `?${presentation}`;
    });
    return;
  }
  element.querySelector("[data-auto]")?.click();
  element.querySelector("[data-fermer]")?.addEventListener("click", () => {
    element.remove();
    document.querySelector(".grille-cadre")?.focus();
  });
}
