"""Rows of contracts of prévoyance as values: what the rules and the screens read."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.noyau.periodes import FIN_OUVERTE, Periode
from app.prevoyance.errors import ContratPrevoyanceIntrouvable
from app.prevoyance.models import (
    ContratPrevoyance,
    PeriodePrevoyance,
    Rattachement,
    TauxPrevoyance,
)
from app.prevoyance.rules.fiches import LIBELLES_NATURE, PARAMETREE
from app.prevoyance.rules.lignes import ContratLu, PeriodeLue, manque_aujourd_hui
from app.prevoyance.rules.regimes import Options, Regime
from app.prevoyance.rules.taux import TauxSaisi
from app.prevoyance.service.caisses import noms_des_caisses
from app.prevoyance.service.regimes import lire as lire_regime
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FichePrevoyance:
    """A contract of prévoyance with its periods, in order of date.

    `rattaches` counts the employees attached today or later; `manque` says in French which
    rates of a paramétrée nobody knows today, empty when all are known.
    """

    id: int
    employeur_id: int
    version: int
    genre: str
    regime: Regime | None
    nature: str
    organisme_id: int
    caisse: str
    reference: str
    libelle: str
    population: str
    periode: Periode
    note: str
    periodes: tuple[PeriodeLue, ...]
    rattaches: int
    manque: str

    @property
    def designation(self) -> str:
        """Its name on screen: its own, or nature and reference."""
        return self.libelle or f"{LIBELLES_NATURE[self.nature]} {self.reference}"

    @property
    def est_parametree(self) -> bool:
        """Tell whether its rates come from the program."""
        return self.genre == PARAMETREE

    @property
    def est_clos(self) -> bool:
        """Tell whether its end is known."""
        return not self.periode.est_ouverte

    @property
    def derniere(self) -> PeriodeLue:
        """The period that is closed to open another."""
        return self.periodes[-1]


def contrat(t: Transaction, contrat_id: int) -> ContratPrevoyance:
    """Return the row of a contract of prévoyance.

    Raises:
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = t.session.get(ContratPrevoyance, contrat_id)
    if ligne is None:
        raise ContratPrevoyanceIntrouvable
    return ligne


def jours_du_contrat(ligne: ContratPrevoyance) -> Periode:
    """Return the days of a contract of prévoyance."""
    return Periode(ligne.debut_le, ligne.fin_le)


def periodes_du_contrat(t: Transaction, contrat_id: int) -> list[PeriodePrevoyance]:
    """Return the rows of the periods of a contract, in order of date."""
    requete = (
        select(PeriodePrevoyance)
        .where(PeriodePrevoyance.contrat_id == contrat_id)
        .order_by(PeriodePrevoyance.debut_le, PeriodePrevoyance.id)
    )
    return list(t.session.scalars(requete))


def rattachements_de(
    t: Transaction,
    *,
    contrats: Collection[int] | None = None,
    travail: Collection[int] | None = None,
) -> list[Rattachement]:
    """Return rattachements by contracts of prévoyance, or by contrats de travail."""
    colonne = Rattachement.contrat_prevoyance_id if travail is None else Rattachement.contrat_id
    numeros = contrats if travail is None else travail
    return [
        r
        for morceau in en_chunks(sorted(set(numeros or ())))
        for r in t.session.scalars(
            select(Rattachement).where(colonne.in_(morceau)).order_by(Rattachement.id)
        )
    ]


def taux_de(t: Transaction, periodes: Collection[int]) -> dict[int, list[TauxPrevoyance]]:
    """Return the rows of rates by period."""
    par_periode: dict[int, list[TauxPrevoyance]] = defaultdict(list)
    for morceau in en_chunks(sorted(set(periodes))):
        requete = select(TauxPrevoyance).where(TauxPrevoyance.periode_id.in_(morceau))
        for taux in t.session.scalars(requete.order_by(TauxPrevoyance.id)):
            par_periode[taux.periode_id].append(taux)
    return par_periode


def _saisi(ligne: TauxPrevoyance) -> TauxSaisi:
    return TauxSaisi(
        ligne.population,
        ligne.base,
        ligne.salarial_millioniemes,
        ligne.patronal_millioniemes,
        ligne.salarial_centimes,
        ligne.patronal_centimes,
    )


def _periodes(t: Transaction, contrats: Collection[int]) -> dict[int, list[PeriodeLue]]:
    lignes = [
        p
        for morceau in en_chunks(sorted(set(contrats)))
        for p in t.session.scalars(
            select(PeriodePrevoyance).where(PeriodePrevoyance.contrat_id.in_(morceau))
        )
    ]
    taux = taux_de(t, [p.id for p in lignes])
    par_contrat: dict[int, list[PeriodeLue]] = defaultdict(list)
    for p in sorted(lignes, key=lambda p: (p.contrat_id, p.debut_le, p.id)):
        options = Options(p.forfait_social, p.csg_crds, p.deduction_po, p.deduction_pp)
        saisis = tuple(_saisi(li) for li in taux.get(p.id, ()))
        lue = PeriodeLue(p.id, Periode(p.debut_le, p.fin_le), options, saisis)
        par_contrat[p.contrat_id].append(lue)
    return par_contrat


def lus(t: Transaction, lignes: Sequence[ContratPrevoyance]) -> dict[int, ContratLu]:
    """Return contracts as the rules of the month need them, by number.

    Raises:
        RegimeIntrouvable: a contract names a regime that the program lost; never taken for zero.
    """
    periodes = _periodes(t, [ligne.id for ligne in lignes])
    return {
        ligne.id: ContratLu(
            ligne.id,
            ligne.nature,
            ligne.libelle,
            ligne.reference,
            ligne.population,
            lire_regime(ligne.regime) if ligne.regime else None,
            tuple(periodes.get(ligne.id, ())),
        )
        for ligne in lignes
    }


def _rattaches(t: Transaction, contrats: Collection[int], jour: date) -> dict[int, int]:
    requete = (
        select(Rattachement.contrat_prevoyance_id, func.count())
        .where(Rattachement.contrat_prevoyance_id.in_(contrats), Rattachement.fin_le >= jour)
        .group_by(Rattachement.contrat_prevoyance_id)
    )
    return {int(numero): int(n) for numero, n in t.session.execute(requete)}


def fiches(t: Transaction, lignes: Sequence[ContratPrevoyance]) -> list[FichePrevoyance]:
    """Return contracts as the screens show them, in the same order."""
    valeurs = lus(t, lignes)
    caisses = noms_des_caisses(t, [ligne.organisme_id for ligne in lignes])
    rattaches = _rattaches(t, list(valeurs), t.aujourd_hui)
    return [
        FichePrevoyance(
            id=ligne.id,
            employeur_id=ligne.employeur_id,
            version=ligne.version,
            genre=ligne.genre,
            regime=valeurs[ligne.id].regime,
            nature=ligne.nature,
            organisme_id=ligne.organisme_id,
            caisse=caisses.get(ligne.organisme_id, ""),
            reference=ligne.reference,
            libelle=ligne.libelle,
            population=ligne.population,
            periode=jours_du_contrat(ligne),
            note=ligne.note,
            periodes=valeurs[ligne.id].periodes,
            rattaches=rattaches.get(ligne.id, 0),
            manque=manque_aujourd_hui(valeurs[ligne.id], t.aujourd_hui),
        )
        for ligne in lignes
    ]


def lister_contrats(
    t: Transaction, employeur_id: int, genre: str | None = None
) -> list[FichePrevoyance]:
    """Return the contracts of prévoyance of an employer, those still open first."""
    requete = select(ContratPrevoyance).where(ContratPrevoyance.employeur_id == employeur_id)
    if genre is not None:
        requete = requete.where(ContratPrevoyance.genre == genre)
    lignes = sorted(
        t.session.scalars(requete),
        key=lambda c: (c.fin_le != FIN_OUVERTE, -c.debut_le.toordinal(), c.id),
    )
    return fiches(t, lignes)


def lire_contrat(t: Transaction, contrat_id: int) -> FichePrevoyance:
    """Return a contract of prévoyance.

    Raises:
        ContratPrevoyanceIntrouvable: no such contract.
    """
    [fiche] = fiches(t, [contrat(t, contrat_id)])
    return fiche
