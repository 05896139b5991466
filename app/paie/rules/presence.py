"""What the payroll of a month needs of each contract, before any calculation."""

from dataclasses import dataclass
from datetime import date

from app.noyau.argent import arrondi
from app.noyau.periodes import FIN_OUVERTE, Mois, Periode
from app.paie.rules.faits import TAUX_PLEIN


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


def heures_de_base(heures: int, presence: int) -> int:
    """Return the hours of a contract for the days that it covers, hundredths.

    Args:
        heures: hours of a whole month, hundredths.
        presence: share of the month covered, millionths.
    """
    return arrondi(heures * presence, TAUX_PLEIN)


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
