/* The window « Paramètres de la requête »: opens at once, proposes employers while typing.
   Keys: Enter validates, Échap closes. */
import { combiner } from "../liste-options.js";

const ATTENTE = 150;

function proposer(cellule, dialogue) {
  const champ = cellule.querySelector("input");
  const liste = document.createElement("ul");
  liste.className = "liste-options";
  liste.id = `${champ.id}-liste`;
  liste.hidden = true;
  liste.setAttribute("role", "listbox");
  liste.setAttribute("aria-label", "Employeurs proposés");
  champ.after(liste);
  champ.setAttribute("role", "combobox");
  champ.setAttribute("aria-expanded", "false");
  champ.setAttribute("aria-controls", liste.id);
  champ.setAttribute("aria-autocomplete", "list");
  const propre = champ.value;
  let derniere = 0;

  const filtrer = async (texte) => {
    const tour = ++derniere;
    if (texte) await new Promise((suite) => setTimeout(suite, ATTENTE));
    if (tour !== derniere) return;
    const dossier = dialogue.querySelector("[name='dossier']")?.value ?? "";
    const question = new URLSearchParams({ q: texte === propre ? "" : texte, dossier });
    const reponse = await fetch(`${cellule.dataset.suggestions}?${question}`, { headers: { Accept: "application/json" } });
    if (!reponse.ok || tour !== derniere) return;
    const trouves = await reponse.json();
    liste.replaceChildren(...trouves.map(({ saisie, precision }, rang) => {
      const option = document.createElement("li");
      option.id = `${liste.id}-${rang}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.valeur = saisie;
      const titre = document.createElement("span");
      titre.className = "titre";
      titre.textContent = saisie;
      const theme = document.createElement("span");
      theme.className = "theme";
      theme.textContent = precision;
      option.append(titre, theme);
      return option;
    }));
  };
  combiner(champ, liste, { filtrer, choisir: () => {} });
}

function preparer(dialogue) {
  dialogue.querySelectorAll("[data-ferme]").forEach((b) => b.addEventListener("click", () => dialogue.close()));
  dialogue.querySelectorAll("[data-suggestions]").forEach((c) => proposer(c, dialogue));
  const champ = dialogue.querySelector("[aria-invalid='true']") ?? dialogue.querySelector("[autofocus]")
    ?? dialogue.querySelector("button.principal, [data-annuler]");
  champ?.focus();
}

export function installer(dialogue) {
  dialogue.showModal();
  preparer(dialogue);
  dialogue.addEventListener("htmx:afterSettle", () => preparer(dialogue));
  dialogue.addEventListener("close", () => {
    const tache = dialogue.querySelector("[data-annuler]");
    if (tache) window.htmx.ajax("POST", tache.getAttribute("hx-post"), { swap: "none" });
    dialogue.remove();
  });
}
