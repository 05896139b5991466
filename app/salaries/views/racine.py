"""What the screens of employees share: the blueprint, the frame of the fiche."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from app.noyau.champs import Champ
from app.salaries import rules, service
from app.salaries.service.fiche import FicheSalarie
from app.socle.transaction import Transaction

bp = Blueprint("salaries", __name__, url_prefix="/salaries")

ONGLETS: Final = (
    ("identite", "Identité"),
    ("coordonnees", "Coordonnées"),
    ("banque", "Coordonnées bancaires"),
    ("contrats", "Contrats de travail"),
    ("journal", "Journal"),
)
"""Tabs of the fiche: their word in the address, their title."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """What every tab of the fiche shows around its content."""

    fiche: FicheSalarie
    onglet: str
    contrats: int

    @property
    def adresse(self) -> str:
        """Address of the fiche, without tab."""
        return f"/salaries/{self.fiche.id}"

    @property
    def ici(self) -> str:
        """Address of the tab."""
        return f"{self.adresse}/{self.onglet}"

    @property
    def onglets(self) -> tuple[tuple[str, str, str], ...]:
        """The tabs, with their addresses."""
        return tuple((cle, nom, f"{self.adresse}/{cle}") for cle, nom in ONGLETS)


def cadre(t: Transaction, numero: int, onglet: str) -> Cadre:
    """Read an employee for a tab of the fiche.

    Raises:
        SalarieIntrouvable: no such employee.
    """
    fiche = service.lire_fiche_salarie(t, numero)
    return Cadre(fiche, onglet, len(service.lister_contrats(t, numero)))


def champs_de(groupe: str) -> tuple[Champ, ...]:
    """Return the fields of a tab."""
    return tuple(c for c in rules.CHAMPS_SALARIE if c.groupe == groupe)
