"""Contracts that give a bulletin for a month: who is to be paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.employeurs.service import designations, employeurs_du_dossier
from app.noyau.periodes import FIN_OUVERTE, Mois
from app.salaries.models import Contrat, Salarie
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction

_NOM = func.coalesce(func.nullif(Salarie.nom_usage, ""), Salarie.nom_naissance)
TRIS: dict[str, ColumnElement[Any]] = {
    "nom": func.sans_accents(_NOM),
    "emploi": func.sans_accents(Contrat.emploi),
    "heures": Contrat.heures_centiemes.expression,
    "salaire": Contrat.salaire_centimes.expression,
    "debut_le": Contrat.debut_le.expression,
}


@dataclass(frozen=True, slots=True)
class ContratDuMois:
    """A contract in force during a month, with what a bulletin needs of the employee.

    Hours in hundredths, salary in centimes, PAS rate in millionths (None: default grid);
    `fin_le` is None while the end is not known.
    """

    contrat_id: int
    salarie_id: int
    employeur_id: int
    employeur: str
    nom: str
    prenoms: str
    nir: str
    ne_le: date | None
    code_postal: str
    iban: str
    nature: str
    emploi: str
    debut_le: date
    fin_le: date | None
    heures_centiemes: int
    salaire_centimes: int
    taux_pas_millioniemes: int | None


def lister_contrats_du_mois(
    t: Transaction,
    mois: Mois,
    vue: Vue,
    *,
    parmi: Requete | None = None,
    hors: Requete | None = None,
) -> Page[ContratDuMois]:
    """Return a page of the contracts in force on at least one day of a month.

    Filters: `employeur`, `dossier` (numbers). Archived employees are left out. `parmi`, `hors`:
    queries of contract numbers to keep, to leave out.
    """
    requete = _contrats(mois, vue, parmi, hors)
    ordre = TRIS.get(vue.tri, TRIS["nom"])
    ordres = [ordre.desc() if vue.descendant else ordre, func.sans_accents(Salarie.prenoms)]
    lignes, total, vue = paginer(t, requete, vue, [*ordres, Contrat.id.expression])
    noms = designations(t, [s.employeur_id for _, s in lignes])
    return Page([_ligne(c, s, noms) for c, s in lignes], total, vue)


def compter_contrats_du_mois(
    t: Transaction,
    mois: Mois,
    vue: Vue,
    *,
    parmi: Requete | None = None,
    hors: Requete | None = None,
) -> int:
    """Count the contracts that `lister_contrats_du_mois` would list."""
    requete = _contrats(mois, vue, parmi, hors).with_only_columns(func.count())
    return int(t.session.scalar(requete) or 0)


def _contrats(mois: Mois, vue: Vue, parmi: Requete | None, hors: Requete | None) -> Requete:
    requete: Requete = (
        select(Contrat, Salarie)
        .join(Salarie, Salarie.id == Contrat.salarie_id)
        .where(
            Contrat.debut_le <= mois.fin,
            Contrat.fin_le >= mois.debut,
            Salarie.archive_le.is_(None),
            *mots(Salarie.recherche.expression, vue.recherche),
        )
    )
    if (employeur := vue.numero("employeur")) is not None:
        requete = requete.where(Salarie.employeur_id == employeur)
    elif (dossier := vue.numero("dossier")) is not None:
        numeros = employeurs_du_dossier(dossier)
        requete = requete.where(Salarie.employeur_id.in_(numeros))
    if parmi is not None:
        requete = requete.where(Contrat.id.in_(parmi))
    if hors is not None:
        requete = requete.where(Contrat.id.not_in(hors))
    return requete


def _ligne(c: Contrat, s: Salarie, noms: dict[int, str]) -> ContratDuMois:
    return ContratDuMois(
        contrat_id=c.id,
        salarie_id=s.id,
        employeur_id=s.employeur_id,
        employeur=noms.get(s.employeur_id, ""),
        nom=s.nom_usage or s.nom_naissance,
        prenoms=s.prenoms,
        nir=s.nir,
        ne_le=s.ne_le,
        code_postal=s.code_postal,
        iban=s.iban,
        nature=c.nature,
        emploi=c.emploi,
        debut_le=c.debut_le,
        fin_le=None if c.fin_le == FIN_OUVERTE else c.fin_le,
        heures_centiemes=c.heures_centiemes,
        salaire_centimes=c.salaire_centimes,
        taux_pas_millioniemes=c.taux_pas_millioniemes,
    )


@dataclass(frozen=True, slots=True)
class ContratAPayer:
    """What the payroll needs of a contract in force during a month, many at once.

    Hours in hundredths, salary in centimes, PAS rate in millionths (None: default grid);
    `usage`: a CDD d'usage; `statut_paie`: a key of `STATUTS_PAIE`.
    """

    contrat_id: int
    salarie_id: int
    employeur_id: int
    nom: str
    nature: str
    cadre: bool
    usage: bool
    statut_paie: str
    debut_le: date
    fin_le: date
    heures_centiemes: int
    salaire_centimes: int
    taux_pas_millioniemes: int | None


def contrats_a_payer(
    t: Transaction, mois: Mois, employeurs: Collection[int] | None = None
) -> list[ContratAPayer]:
    """Return every contract in force on at least one day of a month, by employer and name.

    `employeurs`: of these employers only. Archived employees are left out.
    """
    requete = (
        select(Contrat, Salarie.employeur_id, _NOM.label("nom"), Salarie.prenoms)
        .join(Salarie, Salarie.id == Contrat.salarie_id)
        .where(
            Contrat.debut_le <= mois.fin,
            Contrat.fin_le >= mois.debut,
            Salarie.archive_le.is_(None),
        )
        .order_by(Salarie.employeur_id, func.sans_accents(_NOM), Contrat.id)
    )
    if employeurs is not None:
        requete = requete.where(Salarie.employeur_id.in_(employeurs))
    return [
        ContratAPayer(
            contrat_id=c.id,
            salarie_id=c.salarie_id,
            employeur_id=int(employeur),
            nom=f"{nom} {prenoms}",
            nature=c.nature,
            cadre=c.categorie == "cadre",
            usage=c.motif == "usage",
            statut_paie=c.statut_paie,
            debut_le=c.debut_le,
            fin_le=c.fin_le,
            heures_centiemes=c.heures_centiemes,
            salaire_centimes=c.salaire_centimes,
            taux_pas_millioniemes=c.taux_pas_millioniemes,
        )
        for c, employeur, nom, prenoms in t.session.execute(requete)
    ]
