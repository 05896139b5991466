/* Toasts. The server announces them by HX-Trigger « clairpaie:message » {texte, annuler, genre}. */
export function installer(zone) {
  const montrer = ({ texte, annuler, genre, lien }) => {
    const boite = document.createElement("div");
    boite.className = `message ${genre || "succes"}`;
    const p = document.createElement("p");
    p.textContent = texte;
    boite.append(p);
    if (lien) {
      const suite = document.createElement("a");
      suite.href = lien.adresse;
      suite.textContent = lien.texte;
      p.append(" ", suite);
    }
    if (annuler) {
      const bouton = document.createElement("button");
      bouton.type = "button";
      bouton.className = "bouton petit";
      bouton.textContent = "Annuler";
      bouton.addEventListener("click", () => {
        boite.remove();
        window.htmx.ajax("POST", `/maintenance/journal/${annuler}/annuler`, { target: "#page", select: "#page", swap: "outerHTML", values: { retour: location.pathname + location.search } });
      });
      boite.append(bouton);
    }
    const fermer = document.createElement("button");
    fermer.type = "button";
    fermer.className = "fermer";
    fermer.setAttribute("aria-label", "Fermer ce message");
    fermer.textContent = "×";
    fermer.addEventListener("click", () => boite.remove());
    boite.append(fermer);
    zone.append(boite);
    const duree = genre === "erreur" ? 15000 : annuler || lien ? 12000 : 6000;
    setTimeout(() => boite.remove(), duree);
  };
  document.addEventListener("clairpaie:message", (e) => montrer(e.detail));
  document.addEventListener("htmx:sendError", () => montrer({ texte: "Clairpaie ne répond plus : le programme a été fermé. Rouvrez-le ; vos enregistrements sont faits.", genre: "erreur" }));
}
