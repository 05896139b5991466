"""The list of employees: search, sort, filter, pages."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.employeurs.service import designations, employeurs_du_dossier
from app.noyau.periodes import FIN_OUVERTE
from app.salaries.models import Contrat, Salarie
from app.salaries.rules import SalarieResume
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction

_NOM = func.coalesce(func.nullif(Salarie.nom_usage, ""), Salarie.nom_naissance)
TRIS: dict[str, ColumnElement[Any]] = {
    "nom": func.sans_accents(_NOM),
    "prenoms": func.sans_accents(Salarie.prenoms),
    "matricule": Salarie.matricule.expression,
    "nir": Salarie.nir.expression,
    "emploi": func.sans_accents(Contrat.emploi),
    "debut_le": Contrat.debut_le.expression,
}


def lister_salaries(t: Transaction, vue: Vue) -> Page[SalarieResume]:
    """Return a page of employees with their latest contract.

    Filters: `employeur`, `dossier` (numbers), `presents` (« 1 »: under contract today),
    `archives` (« 1 »: archived ones; else those in use).
    """
    autre = aliased(Contrat)
    dernier = (
        select(func.max(autre.debut_le))
        .where(autre.salarie_id == Salarie.id)
        .correlate(Salarie)
        .scalar_subquery()
    )
    requete: Requete = (
        select(Salarie, Contrat)
        .outerjoin(Contrat, (Contrat.salarie_id == Salarie.id) & (Contrat.debut_le == dernier))
        .where(*mots(Salarie.recherche.expression, vue.recherche))
        .group_by(Salarie.id)
    )
    requete = _filtrer(t, requete, vue)
    ordre = TRIS.get(vue.tri, TRIS["nom"])
    ordres = [ordre.desc() if vue.descendant else ordre, func.sans_accents(Salarie.prenoms)]
    lignes, total, vue = paginer(t, requete, vue, [*ordres, Salarie.id.expression])
    noms = designations(t, [s.employeur_id for s, _ in lignes])
    return Page([_resume(s, c, noms) for s, c in lignes], total, vue)


def _filtrer(t: Transaction, requete: Requete, vue: Vue) -> Requete:
    if vue.filtre("employeur").isdecimal():
        requete = requete.where(Salarie.employeur_id == int(vue.filtre("employeur")))
    elif vue.filtre("dossier").isdecimal():
        numeros = employeurs_du_dossier(int(vue.filtre("dossier")))
        requete = requete.where(Salarie.employeur_id.in_(numeros))
    if vue.filtre("presents") == "1":
        jour: date = t.aujourd_hui
        en_cours = aliased(Contrat)
        requete = requete.where(
            select(en_cours.id)
            .where(
                en_cours.salarie_id == Salarie.id,
                en_cours.debut_le <= jour,
                en_cours.fin_le >= jour,
            )
            .exists()
        )
    archives = vue.filtre("archives") == "1"
    colonne = Salarie.archive_le
    return requete.where(colonne.is_not(None) if archives else colonne.is_(None))


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
