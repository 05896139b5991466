"""The livre de paie of a month: a line a bulletin, totals by cotisation and organisme."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from app.noyau.periodes import Mois

MONTANTS = (
    ("brut", "Brut"),
    ("cotisations_salarie", "Cotisations salarié"),
    ("montant_net_social", "Net social"),
    ("net_imposable", "Net imposable"),
    ("impot", "Impôt (PAS)"),
    ("net_a_payer", "Net à payer"),
    ("cotisations_employeur", "Cotisations employeur"),
    ("cout_employeur", "Coût employeur"),
)
"""Amounts of a line, in their order, with their headings."""


class Montants(NamedTuple):
    """Amounts of a bulletin, or of several; centimes."""

    brut: int
    cotisations_salarie: int
    montant_net_social: int
    net_imposable: int
    impot: int
    net_a_payer: int
    cotisations_employeur: int
    cout_employeur: int


class LigneLivre(NamedTuple):
    """A bulletin in the journal of the month."""

    employeur_id: int
    employeur: str
    matricule: str
    nom: str
    emploi: str
    etat: str
    montants: Montants


class TotalCotisation(NamedTuple):
    """A cotisation over all the bulletins; centimes."""

    organisme: str
    libelle: str
    bulletins: int
    assiette: int
    salarial: int
    patronal: int

    @property
    def total(self) -> int:
        """Both parts."""
        return self.salarial + self.patronal


@dataclass(frozen=True, slots=True)
class Livre:
    """The livre de paie of a month; `perimetre` says whose, `fait_a` is France's time."""

    mois: Mois
    perimetre: str
    fait_a: datetime
    lignes: tuple[LigneLivre, ...]
    cotisations: tuple[TotalCotisation, ...]

    @property
    def total(self) -> Montants:
        """Amounts of the whole livre."""
        return additionner(self.lignes)

    def par_employeur(self) -> Iterator[tuple[str, list[LigneLivre]]]:
        """Give the lines of each employer, in the order of the livre."""
        for _, groupe in groupby(self.lignes, key=lambda li: li.employeur_id):
            siennes = list(groupe)
            yield siennes[0].employeur, siennes

    def par_organisme(self) -> Iterator[tuple[str, list[TotalCotisation]]]:
        """Give the cotisations of each organisme."""
        for organisme, groupe in groupby(self.cotisations, key=lambda c: c.organisme):
            yield organisme, list(groupe)


def additionner(lignes: Iterable[LigneLivre]) -> Montants:
    """Return the sum of lines, column by column."""
    colonnes = zip(*(li.montants for li in lignes), strict=True)
    sommes: Sequence[int] = [sum(colonne) for colonne in colonnes]
    return Montants(*sommes) if sommes else Montants(*(0,) * len(MONTANTS))
