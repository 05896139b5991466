"""The list of employees: search, sort, filter, pages."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.employeurs.service import designations, employeurs_archives, employeurs_du_dossier
from app.noyau.periodes import FIN_OUVERTE
from app.salaries.models import Contrat, Salarie
from app.salaries.rules import SalarieResume
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction


def _du_dernier(colonne: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """Return a column of an employee's latest contract, to order the list by."""
    return (
        select(colonne)
        .where(Contrat.salarie_id == Salarie.id)
        .order_by(Contrat.debut_le.desc(), Contrat.id.desc())
        .limit(1)
        .correlate(Salarie)
        .scalar_subquery()
    )


TRIS: dict[str, ColumnElement[Any]] = {
    "nom": Salarie.recherche.expression,
    "matricule": Salarie.matricule.expression,
    "nir": Salarie.nir.expression,
    "emploi": func.sans_accents(_du_dernier(Contrat.emploi)),
    "debut_le": _du_dernier(Contrat.debut_le),
}


def lister_salaries(t: Transaction, vue: Vue) -> Page[SalarieResume]:
    """Return a page of employees with their latest contract.

    Filters: `employeur`, `dossier` (numbers), `presents` (« 1 »: under contract today),
    `archives` (« 1 »: archived ones; else those in use). An employee counts as archived with
    the employer, unless the list is of that employer.
    """
    requete: Requete = select(Salarie).where(*mots(Salarie.recherche.expression, vue.recherche))
    requete = requete.where(*_conditions(t, vue))
    ordre = TRIS.get(vue.tri, TRIS["nom"])
    ordres = [ordre.desc() if vue.descendant else ordre, Salarie.id.expression]
    lignes, total, vue = paginer(t, requete, vue, ordres)
    salaries: list[Salarie] = [s for (s,) in lignes]
    noms = designations(t, [s.employeur_id for s in salaries])
    contrats = _derniers_contrats(t, [s.id for s in salaries])
    return Page([_resume(s, contrats.get(s.id), noms) for s in salaries], total, vue)


def _conditions(t: Transaction, vue: Vue) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    archives = vue.filtre("archives") == "1"
    seul = Salarie.archive_le.is_not(None) if archives else Salarie.archive_le.is_(None)
    if (employeur := vue.numero("employeur")) is not None:
        conditions += [Salarie.employeur_id == employeur, seul]
    else:
        partis = Salarie.employeur_id.in_(employeurs_archives())
        conditions.append(or_(seul, partis) if archives else and_(seul, ~partis))
        if (dossier := vue.numero("dossier")) is not None:
            numeros = employeurs_du_dossier(dossier)
            conditions.append(Salarie.employeur_id.in_(numeros))
    if vue.filtre("presents") == "1":
        jour = t.aujourd_hui
        en_cours = select(Contrat.salarie_id).where(
            Contrat.debut_le <= jour, Contrat.fin_le >= jour
        )
        conditions.append(Salarie.id.in_(en_cours))
    return conditions


def _derniers_contrats(t: Transaction, salaries: Sequence[int]) -> dict[int, Contrat]:
    requete = (
        select(Contrat)
        .where(Contrat.salarie_id.in_(salaries))
        .order_by(Contrat.debut_le, Contrat.id)
    )
    return {c.salarie_id: c for c in t.session.scalars(requete)}


def _resume(s: Salarie, c: Contrat | None, noms: dict[int, str]) -> SalarieResume:
    return SalarieResume(
        id=s.id,
        employeur_id=s.employeur_id,
        employeur=noms.get(s.employeur_id, ""),
        matricule=s.matricule,
        nom=s.nom_usage or s.nom_naissance,
        prenoms=s.prenoms,
        nir=s.nir,
        emploi=c.emploi if c else "",
        nature=c.nature if c else "",
        debut_le=c.debut_le if c else None,
        fin_le=c.fin_le if c and c.fin_le != FIN_OUVERTE else None,
        est_archive=s.archive_le is not None,
    )
