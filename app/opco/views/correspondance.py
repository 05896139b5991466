"""Screen « Correspondance OPCO »: before and after for each employer, apply, undo, report."""

from dataclasses import dataclass

from flask import Response

from app.noyau.typographie import accorder
from app.opco import service
from app.opco.rules.application import Decision
from app.opco.service import ApplicationResume, Depot, Examen, LigneResume
from app.opco.views.racine import bp
from app.socle.listes import Page
from app.socle.web import aller, message, page, programme, transaction, vue_demandee

OBJETS = {
    "employeur": "Formation professionnelle",
    "organisme": "Identification des organismes",
    "salarie": "Caisse de formation du salarié",
}
ORIGINES = {"mise_a_jour": "Mise à jour des données", "demande": "Demandée"}
ISSUES = {"": "", "rendue": "Rétablie", "laissee": "Modifiée depuis, laissée"}


@dataclass(frozen=True, slots=True)
class PageCorrespondance:
    """What the correspondence makes of each employer, and the applications so far."""

    examen: Examen
    liste: Page[Decision]
    filtres: tuple[tuple[str, str], ...]
    dossiers: tuple[tuple[int, str], ...]
    applications: tuple[ApplicationResume, ...]
    origines: dict[str, str]


@dataclass(frozen=True, slots=True)
class PageApplication:
    """An application: what it wrote, record by record."""

    application: ApplicationResume
    lignes: tuple[LigneResume, ...]
    objets: dict[str, str]
    origines: dict[str, str]
    issues: dict[str, str]


@bp.get("/correspondance")
def montrer_la_correspondance() -> Response:
    """Show what applying the correspondence would change; nothing is written."""
    vue = vue_demandee(("etat", "dossier"))
    with transaction() as t:
        examen = service.examiner(t)
        applications = tuple(service.lister_applications(t))
    dossiers = {d.employeur.dossier_id: d.employeur.dossier for d in examen.decisions}
    modele = PageCorrespondance(
        examen=examen,
        liste=service.lister_decisions(examen, vue),
        filtres=service.FILTRES,
        dossiers=tuple(dossiers.items()),
        applications=applications,
        origines=ORIGINES,
    )
    return page("opco/correspondance.html", modele)


def _deposer(texte: str) -> Depot:
    ouvert = programme()
    return service.deposer(texte, ouvert.dossier, service.bureau(ouvert.reglages["bureau"]))


def _dire(texte: str, depot: Depot) -> Response:
    """Go back to the screen and say what was done, and where the report lies."""
    ou = f" Rapport : {depot.fichiers[-1].parent}." if depot.fichiers else ""
    tout = " ".join((texte + ou, *depot.avis))
    genre = "alerte" if depot.avis else "succes"
    return message(aller("/opco/correspondance"), tout, genre=genre)


@bp.post("/correspondance/appliquer")
def appliquer_la_correspondance() -> Response:
    """Write the OPCO of each employer, and lay the report."""
    with transaction() as t:
        application = service.appliquer(t)
    examen = application.examen
    depot = _deposer(service.texte_du_rapport(examen, simulation=False))
    if application.id is None:
        return _dire("Tout était déjà à jour : rien n'a changé.", depot)
    with transaction() as t:
        service.noter_avis(t, application.id, depot.avis)
    combien = accorder(len(examen.changees), "employeur mis à jour", "employeurs mis à jour")
    return _dire(f"{combien}.", depot)


@bp.post("/correspondance/rapport")
def deposer_le_rapport() -> Response:
    """Lay the report of the employers without a match; nothing else is written."""
    with transaction() as t:
        examen = service.examiner(t)
    return _dire("Rapport écrit.", _deposer(service.texte_du_rapport(examen, simulation=True)))


@bp.get("/applications/<int:numero>")
def montrer_une_application(numero: int) -> Response:
    """Show what an application wrote."""
    with transaction() as t:
        modele = PageApplication(
            service.lire_resume(t, numero),
            tuple(service.lister_lignes(t, numero)),
            OBJETS,
            ORIGINES,
            ISSUES,
        )
    return page("opco/application.html", modele)


@bp.post("/applications/<int:numero>/annuler")
def annuler_une_application(numero: int) -> Response:
    """Give back what an application changed; say what was left alone."""
    with transaction() as t:
        annulee = service.annuler_application(t, numero)
    texte = f"{accorder(annulee.rendues, 'ligne rétablie', 'lignes rétablies')}."
    if annulee.laissees:
        combien = accorder(len(annulee.laissees), "ligne modifiée", "lignes modifiées")
        texte += f" {combien} depuis : laissées telles quelles, voyez le détail."
    return message(aller(f"/opco/applications/{numero}"), texte)
