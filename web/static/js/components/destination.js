/* Shows the fields of the chosen kind of destination alone. */
export function installer(bloc) {
  const montrer = () => {
    const choisi = bloc.querySelector("[name='genre']:checked")?.value;
    bloc.querySelectorAll("[data-genre]").forEach((lieu) => { lieu.hidden = lieu.dataset.genre !== choisi; });
  };
  bloc.addEventListener("change", (e) => { if (e.target.name === "genre") montrer(); });
  montrer();
}
