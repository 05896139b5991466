/* Saves the chart as PNG: the SVG of data-image is drawn twice as large on a canvas. */
const ECHELLE = 2;
const dire = (texte) =>
  document.dispatchEvent(new CustomEvent("clairpaie:message", { detail: { texte, genre: "erreur" } }));

async function enregistrer(adresse) {
  const image = new Image();
  image.src = adresse;
  await image.decode();
  const toile = document.createElement("canvas");
  toile.width = image.naturalWidth * ECHELLE;
  toile.height = image.naturalHeight * ECHELLE;
  toile.getContext("2d").drawImage(image, 0, 0, toile.width, toile.height);
  const fichier = await new Promise((suite) => toile.toBlob(suite, "image/png"));
  const lien = document.createElement("a");
  lien.href = URL.createObjectURL(fichier);
  lien.download = "graphique.png";
  lien.click();
  setTimeout(() => URL.revokeObjectURL(lien.href), 60_000);
}

export function installer(element) {
  element.querySelector("[data-png]").addEventListener("click", () => {
    enregistrer(element.dataset.image).catch(() => dire("L’image n’a pas pu se faire. Enregistrez le graphique en SVG."));
  });
}
