"""The figures of the branch regimes at one version, as plain data, and what another changes.

Rules:
- What only texts, labels, notes or dates of checking change is no figure.
- A regime that another version lacks changes nothing here: no contract can name it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date, veille
from app.prevoyance.rules.regimes import (
    LigneTaux,
    Options,
    PeriodeRegime,
    Regime,
    Taux,
    TauxConnus,
    TauxInconnus,
    changements,
)

Instantane = Mapping[str, Mapping[str, Any]]
"""Regimes by code: plain JSON."""
_OPTIONS = ("forfait_social", "csg_crds", "deduction_po", "deduction_pp")


class RegimeModifie(NamedTuple):
    """A regime in both versions; `avant` holds figures only, without any text."""

    avant: Regime
    apres: Regime

    def jours(self, population: str) -> tuple[Periode, ...]:
        """Return the days whose amounts differ for a population, apart from one another."""
        return changements(self.avant, self.apres, population)


def instantane(regimes: Mapping[str, Regime]) -> Instantane:
    """Return the figures of regimes as plain data."""
    return {
        code: {
            "libelle": r.libelle,
            "populations": list(r.populations),
            "options": [getattr(r.options, nom) for nom in _OPTIONS],
            "periodes": [
                [p.periode.debut.isoformat(), {qui: _ecrire(x) for qui, x in p.taux.items()}]
                for p in r.periodes()
            ],
        }
        for code, r in regimes.items()
    }


def _ecrire(taux: Taux) -> list[list[Any]] | None:
    if isinstance(taux, TauxInconnus):
        return None
    return [[li.base, li.salarial, li.patronal] for li in taux.lignes]


def _lire(code: str, lu: Mapping[str, Any]) -> Regime:
    """Return a regime with the figures of a snapshot, and no text."""
    debuts = [date.fromisoformat(jour) for jour, _ in lu["periodes"]]
    fins = [*(veille(jour) for jour in debuts[1:]), FIN_OUVERTE]
    tranches = tuple(
        PeriodeRegime(Periode(debut, fin), {q: _lire_taux(x) for q, x in taux.items()}, "")
        for debut, fin, (_, taux) in zip(debuts, fins, lu["periodes"], strict=True)
    )
    return Regime(
        code=code,
        libelle=lu["libelle"],
        populations=dict.fromkeys(lu["populations"], ""),
        idcc=(),
        nature="",
        article="",
        organismes=(),
        options=Options(*lu["options"]),
        sources_options={},
        tranches=tranches,
        note="",
        verifie_le=debuts[0],
    )


def _lire_taux(lignes: Sequence[Sequence[Any]] | None) -> Taux:
    if lignes is None:
        return TauxInconnus("")
    return TauxConnus(tuple(LigneTaux(*li) for li in lignes))


def regimes_modifies(avant: Instantane, apres: Instantane) -> Iterator[RegimeModifie]:
    """Return the regimes whose figures differ between two snapshots."""
    for code in sorted(avant.keys() & apres.keys()):
        ancien, nouveau = _lire(code, avant[code]), _lire(code, apres[code])
        if changements(ancien, nouveau):
            yield RegimeModifie(ancien, nouveau)


def motif(regime: Regime, jours: Periode) -> str:
    """Return why bulletins are to be computed again, as their list shows it."""
    fin = "" if jours.est_ouverte else f" jusqu'au {afficher_date(jours.fin)}"
    debut = afficher_date(jours.debut)
    return f"Régime de prévoyance « {regime.libelle} » : change à partir du {debut}{fin}"
