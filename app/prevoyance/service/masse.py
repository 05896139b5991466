"""Many contracts of prévoyance and rattachements at once: the demonstration dossier."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.prevoyance.models import (
    ContratPrevoyance,
    PeriodePrevoyance,
    Rattachement,
    TauxPrevoyance,
)
from app.prevoyance.rules.taux import PeriodeSaisie, TauxSaisi
from app.socle.fiches import inserer_en_masse
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ContratNouveau:
    """A contract as columns (`employeur_id` and `organisme_id` among them) and its periods."""

    colonnes: Mapping[str, Any]
    periodes: tuple[PeriodeSaisie, ...]


def ajouter_contrats_en_masse(t: Transaction, contrats: Sequence[ContratNouveau]) -> list[int]:
    """Insert contracts whose values were checked; returns their numbers in order.

    Nothing is announced: nobody is attached yet.
    """
    numeros = inserer_en_masse(t, ContratPrevoyance, [c.colonnes for c in contrats])
    saisies = [(numero, p) for numero, c in zip(numeros, contrats, strict=True) for p in c.periodes]
    colonnes = [
        {"contrat_id": n, "debut_le": p.periode.debut, "fin_le": p.periode.fin} | asdict(p.options)
        for n, p in saisies
    ]
    periodes = inserer_en_masse(t, PeriodePrevoyance, colonnes)
    inserer_en_masse(t, TauxPrevoyance, list(_taux(periodes, [p for _, p in saisies])))
    return numeros


def _taux(numeros: Sequence[int], periodes: Sequence[PeriodeSaisie]) -> Iterator[dict[str, Any]]:
    for numero, p in zip(numeros, periodes, strict=True):
        for ligne in p.taux:
            yield {"periode_id": numero} | colonnes_du_taux(ligne)


def colonnes_du_taux(ligne: TauxSaisi) -> dict[str, Any]:
    """Return a line of rates as the columns of its table."""
    return {
        "population": ligne.population,
        "base": ligne.base,
        "salarial_millioniemes": ligne.salarial,
        "patronal_millioniemes": ligne.patronal,
        "salarial_centimes": ligne.montant_salarial,
        "patronal_centimes": ligne.montant_patronal,
    }


def ajouter_rattachements_en_masse(
    t: Transaction, lignes: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Insert rattachements whose days were cut by both contracts; returns their numbers.

    For contrats de travail that no bulletin was computed for: nothing is announced.
    """
    return inserer_en_masse(t, Rattachement, lignes)
