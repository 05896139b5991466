"""« Restaurer une sauvegarde »: of a script, of a stick that is plugged in, of any file."""

from dataclasses import dataclass
from pathlib import Path

from flask import Response, request

from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import accorder
from app.sauvegardes import service
from app.sauvegardes.service import Lieux, SauvegardeVue, ScriptVu, SupportVu
from app.sauvegardes.views.racine import bp, lancer
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi
from app.socle.web import aller, message, page, programme, transaction


@dataclass(frozen=True, slots=True)
class PageRestaurer:
    """« Restaurer une sauvegarde »: the scripts, the backups of the chosen one."""

    scripts: tuple[ScriptVu, ...]
    choisi: int
    sauvegardes: tuple[SauvegardeVue, ...]
    precautions: tuple[SauvegardeVue, ...]
    supports: tuple[SupportVu, ...]
    distante: bool
    fichier: str
    erreur: str
    remede: str


def _page_restaurer(choisi: int, fichier: str = "", erreur: ErreurMetier | None = None) -> Response:
    supports = service.lister_supports(programme(), contenu=True)
    with transaction() as t:
        service.relever(t, Lieux(programme()))
        vus = service.lister_scripts(t)
        numeros = [vu.script.id for vu in vus]
        choisi = choisi if choisi in numeros else (numeros[0] if numeros else 0)
        modele = PageRestaurer(
            scripts=tuple(vus),
            choisi=choisi,
            sauvegardes=tuple(service.lister_sauvegardes(t, choisi)) if choisi else (),
            precautions=tuple(service.lister_sauvegardes(t, precautions=True)),
            supports=tuple(s for s in supports if s.sauvegardes),
            distante=any(
                vu.script.id == choisi and vu.script.destination.est_distante for vu in vus
            ),
            fichier=fichier,
            erreur=erreur.texte() if erreur else "",
            remede=erreur.texte_remede() if erreur else "",
        )
    return page("sauvegardes/restaurer.html", modele, erreur.statut if erreur else 200)


@bp.get("/restaurer")
def choisir() -> Response:
    """Show the backups of a script, to restore one."""
    demande = request.args.get("script", "")
    return _page_restaurer(int(demande) if demande.isdecimal() and len(demande) < 10 else 0)


@bp.post("/restaurer")
def restaurer() -> Response:
    """Restore a backup of the list, or any file, in the background."""
    numero, cle = request.form.get("sauvegarde", ""), request.form.get("cle", "")
    fichier = request.form.get("fichier", "").strip().strip('"')
    nom = Path(fichier).name
    if numero.isdecimal():
        with transaction() as t:
            nom = service.lire_sauvegarde(t, int(numero)).nom

    def travail(ouvert: ProgrammeOuvert, suivi: Suivi) -> dict[str, object]:
        if numero.isdecimal():
            return service.restaurer_sauvegarde(ouvert, int(numero), cle, suivi).en_donnees()
        return service.restaurer(ouvert, Path(fichier).expanduser(), cle, suivi).en_donnees()

    try:
        adresse = lancer(f"Restauration de « {nom} »", travail)
    except ErreurMetier as erreur:
        return _page_restaurer(0, fichier, erreur)
    return aller(adresse)


@bp.post("/<int:numero>/relire-le-site")
def relire_le_site(numero: int) -> Response:
    """Ask a site again which backups of a script it holds."""
    adresse = f"/sauvegardes/restaurer?script={numero}"
    try:
        combien = service.relever_le_site(programme(), numero)
    except ErreurMetier as erreur:
        return message(aller(adresse), f"{erreur.texte()} {erreur.texte_remede()}", genre="erreur")
    return message(aller(adresse), f"{accorder(combien, 'sauvegarde')} sur le site.")
