"""What the screens of employers share: the blueprint, the frame of the fiche."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from app.conventions import service as conventions
from app.conventions.rules import CcnProbable
from app.employeurs import rules, service
from app.employeurs.service.fiche import FicheEmployeur
from app.noyau.champs import Champ
from app.socle.transaction import Transaction

bp = Blueprint("employeurs", __name__, url_prefix="/employeurs")

ONGLETS: Final = (
    ("identite", "Identité"),
    ("convention", "Convention collective"),
    ("organismes", "Identification des organismes"),
    ("formation", "Formation professionnelle"),
    ("prevoyance", "Prévoyance/Retraite"),
    ("banque", "Coordonnées bancaires"),
    ("salaries", "Salariés"),
    ("journal", "Journal"),
)
"""Tabs of the fiche: their word in the address, their title."""


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
        return f"{self.adresse}/{self.onglet}"

    @property
    def onglets(self) -> tuple[tuple[str, str, str], ...]:
        """The tabs, with their addresses."""
        return tuple((cle, nom, f"{self.adresse}/{cle}") for cle, nom in ONGLETS)


def cadre(t: Transaction, numero: int, onglet: str) -> Cadre:
    """Read an employer for a tab of its fiche.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    fiche = service.lire_fiche_employeur(t, numero)
    valeurs = fiche.valeurs
    return Cadre(
        fiche,
        onglet,
        sans_formation=rules.sans_formation(valeurs["opco"]),
        ccn_probable=conventions.ccn_probable(valeurs["naf"], valeurs["idcc"], t.aujourd_hui),
    )


def champs_de(groupe: str) -> tuple[Champ, ...]:
    """Return the fields of a tab."""
    return tuple(c for c in rules.CHAMPS_EMPLOYEUR if c.groupe == groupe)
