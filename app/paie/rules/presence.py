"""What the payroll of a month needs of each contract, before any calculation."""

from dataclasses import dataclass
from datetime import date

from app.noyau.periodes import FIN_OUVERTE, Mois, Periode


@dataclass(frozen=True, slots=True)
class Presence:
    """The days of a month that a contract covers, both ends included."""

    periode: Periode
    jours: int
    entre: bool
    sort: bool

    @property
    def est_complete(self) -> bool:
        """Tell whether the contract covers the whole month."""
        return not (self.entre or self.sort)


def presence(mois: Mois, debut: date, fin: date | None) -> Presence:
    """Return the days that a contract covers in a month that it touches.

    Args:
        mois: the pay period.
        debut: first day of the contract.
        fin: last day, None while it is not known.

    Raises:
        ValueError: the contract does not touch the month.
    """
    commune = mois.periode.intersection(Periode(debut, fin or FIN_OUVERTE))
    if commune is None:
        raise ValueError(str(mois))
    return Presence(
        commune, commune.jours(), entre=debut > mois.debut, sort=(fin or FIN_OUVERTE) < mois.fin
    )


def ce_qui_manque(*, nir: str, ne_le: date | None, code_postal: str, iban: str) -> tuple[str, ...]:
    """Return what an employee's record still lacks for the payroll, in the words of the form.

    Source:
        Code du travail, art. R3243-1 (bulletin); DSN, S21.G00.30 (NIR, naissance, adresse).
    """
    manques = (
        (nir, "NIR"),
        (ne_le, "date de naissance"),
        (code_postal, "adresse"),
        (iban, "IBAN"),
    )
    return tuple(libelle for valeur, libelle in manques if not valeur)
