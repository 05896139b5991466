"""The list of employers: search, sort, filter, pages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.employeurs.models import Dossier, Employeur
from app.employeurs.rules import EmployeurResume
from app.employeurs.signals import compter_salaries
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction

TRIS: dict[str, ColumnElement[Any]] = {
    "raison_sociale": func.sans_accents(Employeur.raison_sociale),
    "siret": Employeur.siret.expression,
    "commune": func.sans_accents(Employeur.commune),
    "idcc": Employeur.idcc.expression,
    "opco": func.sans_accents(Employeur.opco),
    "dossier": func.sans_accents(Dossier.nom),
}


def lister_employeurs(t: Transaction, vue: Vue) -> Page[EmployeurResume]:
    """Return a page of employers.

    Filters: `dossier` (number), `archives` (« 1 »: archived ones; else those in use).
    """
    requete: Requete = (
        select(Employeur, Dossier.nom)
        .join(Dossier, Dossier.id == Employeur.dossier_id)
        .where(*mots(Employeur.recherche.expression, vue.recherche))
    )
    if vue.filtre("dossier").isdecimal():
        requete = requete.where(Employeur.dossier_id == int(vue.filtre("dossier")))
    archives = vue.filtre("archives") == "1"
    colonne = Employeur.archive_le
    requete = requete.where(colonne.is_not(None) if archives else colonne.is_(None))
    ordre = TRIS.get(vue.tri, TRIS["raison_sociale"])
    ordres = [ordre.desc() if vue.descendant else ordre, Employeur.id.expression]
    lignes, total, vue = paginer(t, requete, vue, ordres)
    comptes = _salaries(t, [e.id for e, _ in lignes])
    return Page([_resume(e, nom, comptes.get(e.id, 0)) for e, nom in lignes], total, vue)


def _salaries(t: Transaction, employeurs: list[int]) -> dict[int, int]:
    """Ask the capabilities above how many employees each employer has."""
    comptes: dict[int, int] = {}
    for _, reponse in compter_salaries.send(t, employeurs=employeurs):
        comptes.update(reponse)
    return comptes


def _resume(e: Employeur, dossier: str, salaries: int) -> EmployeurResume:
    return EmployeurResume(
        id=e.id,
        dossier_id=e.dossier_id,
        dossier=dossier,
        raison_sociale=e.raison_sociale,
        siret=e.siret,
        commune=e.commune,
        idcc=e.idcc,
        opco=e.opco,
        salaries=salaries,
        est_archive=e.archive_le is not None,
    )


def designations(t: Transaction, numeros: Sequence[int]) -> dict[int, str]:
    """Return the names of employers by number."""
    requete = select(Employeur.id, Employeur.raison_sociale).where(Employeur.id.in_(set(numeros)))
    return {int(numero): nom for numero, nom in t.session.execute(requete)}


def employeurs_du_dossier(dossier_id: int) -> Select[Any]:
    """Return the query of the numbers of a dossier's employers, to filter another list by."""
    return select(Employeur.id).where(Employeur.dossier_id == dossier_id)


def choix_employeurs(t: Transaction, dossier_id: int | None = None) -> list[tuple[int, str]]:
    """Return (number, name) of the employers in use, by name: a drop-down list."""
    requete = select(Employeur.id, Employeur.raison_sociale).where(Employeur.archive_le.is_(None))
    if dossier_id is not None:
        requete = requete.where(Employeur.dossier_id == dossier_id)
    requete = requete.order_by(func.sans_accents(Employeur.raison_sociale))
    return [(int(n), nom) for n, nom in t.session.execute(requete)]
