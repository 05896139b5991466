"""The frame of the « Fiche administrative employeur »: its tabs, what stands around each of them.

A capability above shows a tab of its own within this frame.
"""

from dataclasses import dataclass
from typing import Final

from app.conventions import service as conventions
from app.conventions.rules import CcnProbable
from app.employeurs import rules
from app.employeurs.service.fiche import FicheEmployeur, lire_fiche_employeur
from app.socle.transaction import Transaction

ONGLETS: Final = (
    ("identite", "Identité", "/employeurs/{}/identite"),
    ("convention", "Convention collective", "/employeurs/{}/convention"),
    ("organismes", "Identification des organismes", "/employeurs/{}/organismes"),
    ("formation", "Formation professionnelle", "/employeurs/{}/formation"),
    ("prevoyance", "Prévoyance/Retraite", "/prevoyance/employeurs/{}"),
    ("banque", "Coordonnées bancaires", "/employeurs/{}/banque"),
    ("salaries", "Salariés", "/employeurs/{}/salaries"),
    ("journal", "Journal", "/employeurs/{}/journal"),
)
"""Tabs of the fiche: their word, their title, their address for the number of an employer."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """What every tab of the fiche shows around its content."""

    fiche: FicheEmployeur
    onglet: str
    sans_formation: bool
    ccn_probable: CcnProbable | None

    @property
    def adresse(self) -> str:
        """Address of the fiche, without tab."""
        return f"/employeurs/{self.fiche.id}"

    @property
    def ici(self) -> str:
        """Address of the tab."""
        return next(a for cle, _, a in self.onglets if cle == self.onglet)

    @property
    def onglets(self) -> tuple[tuple[str, str, str], ...]:
        """The tabs, with their addresses."""
        return tuple((cle, nom, a.format(self.fiche.id)) for cle, nom, a in ONGLETS)


def cadre(t: Transaction, numero: int, onglet: str) -> Cadre:
    """Read an employer for a tab of its fiche.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    fiche = lire_fiche_employeur(t, numero)
    valeurs = fiche.valeurs
    return Cadre(
        fiche,
        onglet,
        sans_formation=rules.sans_formation(valeurs["opco"]),
        ccn_probable=conventions.ccn_probable(valeurs["naf"], valeurs["idcc"], t.aujourd_hui),
    )
