"""The list of employers: search, sort, filter, pages; short lists to choose from."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, func, select

from app.employeurs.models import Dossier, Employeur
from app.employeurs.rules import EmployeurResume, LigneSalarie
from app.employeurs.signals import compter_salaries, salaries_de
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction

TRIS: dict[str, ColumnElement[Any]] = {
    "raison_sociale": Employeur.recherche.expression,
    "siret": Employeur.siret.expression,
    "commune": func.sans_accents(Employeur.commune),
    "idcc": Employeur.idcc.expression,
    "opco": func.sans_accents(Employeur.opco),
    "dossier": func.sans_accents(Dossier.nom),
}
_ARCHIVE_LE = func.coalesce(Employeur.archive_le, Dossier.archive_le)
"""An employer leaves the lists when it is archived, or its dossier."""
SUGGESTIONS = 12
SANS_OPCO, SANS_TAUX_AT = "opco", "taux_at"
MANQUES: dict[str, ColumnElement[bool]] = {
    SANS_OPCO: func.coalesce(Employeur.opco, "") == "",
    SANS_TAUX_AT: Employeur.taux_at_millioniemes.is_(None),
}
"""What a record may lack for the payroll, by the value of the filter `manque`."""


def lister_employeurs(t: Transaction, vue: Vue) -> Page[EmployeurResume]:
    """Return a page of employers.

    Filters: `dossier` (number), `archives` (« 1 »: archived ones, those of archived dossiers
    included; else those in use), `manque` (a key of `MANQUES`).
    """
    requete: Requete = (
        select(Employeur, Dossier.nom, _ARCHIVE_LE)
        .join(Dossier, Dossier.id == Employeur.dossier_id)
        .where(*mots(Employeur.recherche.expression, vue.recherche))
    )
    if (dossier := vue.numero("dossier")) is not None:
        requete = requete.where(Employeur.dossier_id == dossier)
    archives = vue.filtre("archives") == "1"
    requete = requete.where(_ARCHIVE_LE.is_not(None) if archives else _ARCHIVE_LE.is_(None))
    if (manque := MANQUES.get(vue.filtre("manque"))) is not None:
        requete = requete.where(manque)
    ordre = TRIS.get(vue.tri, TRIS["raison_sociale"])
    ordres = [ordre.desc() if vue.descendant else ordre, Employeur.id.expression]
    lignes, total, vue = paginer(t, requete, vue, ordres)
    comptes = _salaries(t, [e.id for e, _, _ in lignes])
    return Page(
        [
            _resume(e, nom, comptes.get(e.id, 0), est_archive=le is not None)
            for e, nom, le in lignes
        ],
        total,
        vue,
    )


def compter_les_manques(t: Transaction) -> dict[str, int]:
    """Count the employers in use whose record lacks something, by key of `MANQUES`."""
    comptes = [func.count().filter(condition) for condition in MANQUES.values()]
    requete = (
        select(*comptes)
        .select_from(Employeur)
        .join(Dossier, Dossier.id == Employeur.dossier_id)
        .where(_ARCHIVE_LE.is_(None))
    )
    return dict(zip(MANQUES, t.session.execute(requete).one(), strict=True))


def _salaries(t: Transaction, employeurs: list[int]) -> dict[int, int]:
    """Ask the capabilities above how many employees each employer has."""
    comptes: dict[int, int] = {}
    for _, reponse in compter_salaries.send(t, employeurs=employeurs):
        comptes.update(reponse)
    return comptes


def _resume(e: Employeur, dossier: str, salaries: int, *, est_archive: bool) -> EmployeurResume:
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
        est_archive=est_archive,
    )


def lister_salaries_de(t: Transaction, employeur_id: int, vue: Vue) -> Page[LigneSalarie]:
    """Return a page of the employees of an employer, as the capability above knows them."""
    reponses = salaries_de.send(t, employeur_id=employeur_id, vue=vue)
    return cast("Page[LigneSalarie]", reponses[0][1]) if reponses else Page([], 0, vue)


def designations(t: Transaction, numeros: Sequence[int]) -> dict[int, str]:
    """Return the names of employers by number."""
    requete = select(Employeur.id, Employeur.raison_sociale).where(Employeur.id.in_(set(numeros)))
    return {int(numero): nom for numero, nom in t.session.execute(requete)}


def employeurs_du_dossier(dossier_id: int) -> Select[Any]:
    """Return the query of the numbers of a dossier's employers, to filter another list by."""
    return select(Employeur.id).where(Employeur.dossier_id == dossier_id)


def employeurs_archives() -> Select[Any]:
    """Return the query of the numbers of employers out of the lists, to filter another by."""
    return (
        select(Employeur.id)
        .join(Dossier, Dossier.id == Employeur.dossier_id)
        .where(_ARCHIVE_LE.is_not(None))
    )


def suggerer_employeurs(t: Transaction, recherche: str) -> list[EmployeurResume]:
    """Return the first employers in use that answer to what is being typed."""
    return list(lister_employeurs(t, Vue(recherche=recherche)).lignes[:SUGGESTIONS])
