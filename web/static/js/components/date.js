/* A date typed JJ/MM/AAAA, with the system's calendar beside it. Keys: ↑↓ a day, Alt+↓ calendar. */
const DEUX = (n) => String(n).padStart(2, "0");

function lire(texte) {
  const m = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/.exec(texte.trim()) || /^(\d{2})(\d{2})(\d{4})$/.exec(texte.trim());
  if (!m) return null;
  const d = new Date(Date.UTC(+m[3], +m[2] - 1, +m[1]));
  return d.getUTCDate() === +m[1] && d.getUTCMonth() === +m[2] - 1 ? d : null;
}

const ecrire = (d) => `${DEUX(d.getUTCDate())}/${DEUX(d.getUTCMonth() + 1)}/${d.getUTCFullYear()}`;

export function installer(zone) {
  const champ = zone.querySelector("input");
  const natif = document.createElement("input");
  natif.type = "date";
  natif.className = "date-native";
  natif.tabIndex = -1;
  natif.setAttribute("aria-hidden", "true");
  const bouton = document.createElement("button");
  bouton.type = "button";
  bouton.className = "calendrier";
  bouton.tabIndex = -1;
  bouton.setAttribute("aria-label", "Choisir dans le calendrier");
  const modele = document.querySelector(".marque use")?.getAttribute("href").split("#")[0] ?? "/static/icones.svg";
  bouton.innerHTML = `<svg class="icone" aria-hidden="true"><use href="${modele}#calendrier"></use></svg>`;
  zone.append(natif, bouton);
  const changer = (texte) => {
    champ.value = texte;
    champ.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const ouvrir = () => {
    const d = lire(champ.value);
    natif.value = d ? d.toISOString().slice(0, 10) : "";
    natif.showPicker?.();
  };
  bouton.addEventListener("click", ouvrir);
  natif.addEventListener("change", () => {
    if (natif.value) changer(natif.value.split("-").reverse().join("/"));
    champ.focus();
  });
  champ.addEventListener("blur", () => {
    const d = lire(champ.value);
    if (d) champ.value = ecrire(d);
  });
  champ.addEventListener("keydown", (e) => {
    const d = lire(champ.value);
    if (e.altKey && e.key === "ArrowDown") ouvrir();
    else if (d && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      d.setUTCDate(d.getUTCDate() + (e.key === "ArrowUp" ? 1 : -1));
      changer(ecrire(d));
    } else return;
    e.preventDefault();
  });
}
