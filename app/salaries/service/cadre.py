"""The frame of the « Fiche administrative salarié »: its tabs, what stands around each of them.

A capability above shows a tab of its own within this frame.
"""

from dataclasses import dataclass
from typing import Final

from app.salaries.service.contrats import lister_contrats
from app.salaries.service.fiche import FicheSalarie, lire_fiche_salarie
from app.socle.transaction import Transaction

ONGLETS: Final = (
    ("identite", "Identité", "/salaries/{}/identite"),
    ("coordonnees", "Coordonnées", "/salaries/{}/coordonnees"),
    ("banque", "Coordonnées bancaires", "/salaries/{}/banque"),
    ("contrats", "Contrats de travail", "/salaries/{}/contrats"),
    ("caisses", "Caisses sociales", "/prevoyance/salaries/{}"),
    ("journal", "Journal", "/salaries/{}/journal"),
)
"""Tabs of the fiche: their word, their title, their address for the number of an employee."""


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
        return next(a for cle, _, a in self.onglets if cle == self.onglet)

    @property
    def onglets(self) -> tuple[tuple[str, str, str], ...]:
        """The tabs, with their addresses."""
        return tuple((cle, nom, a.format(self.fiche.id)) for cle, nom, a in ONGLETS)


def cadre(t: Transaction, numero: int, onglet: str) -> Cadre:
    """Read an employee for a tab of the fiche.

    Raises:
        SalarieIntrouvable: no such employee.
    """
    fiche = lire_fiche_salarie(t, numero)
    return Cadre(fiche, onglet, len(lister_contrats(t, numero)))
