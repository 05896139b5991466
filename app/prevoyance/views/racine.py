"""What the screens of prévoyance share: the blueprint, the two kinds, the frame of a contract."""

from typing import Final

from flask import Blueprint, Response

from app.noyau.typographie import accorder
from app.prevoyance.rules.fiches import AUTRE, PARAMETREE
from app.prevoyance.service.lecture_effets import compter_a_recalculer
from app.socle.transaction import Transaction
from app.socle.web import message

bp = Blueprint("prevoyance", __name__, url_prefix="/prevoyance")

MOTS: Final = {"parametrees": PARAMETREE, "autres": AUTRE}
"""Word of each kind in the address."""
MOTS_DES_GENRES: Final = {genre: mot for mot, genre in MOTS.items()}
TITRES: Final = {PARAMETREE: "Prév. Paramétrées", AUTRE: "Autres prévoyances"}
"""Titles of the sub-tabs."""
AIDES: Final = {
    PARAMETREE: "Régimes collectifs obligatoires des branches : taux et options fournis.",
    AUTRE: "Contrats dont vous saisissez la répartition des taux et les options.",
}
ONGLET: Final = "prevoyance"
"""Tab of the « Fiche administrative employeur »."""
ONGLET_SALARIE: Final = "caisses"
"""Tab of the « Fiche administrative salarié »."""


def adresse_employeur(employeur_id: int, genre: str) -> str:
    """Return the address of the contracts of an employer, of one kind."""
    return f"/prevoyance/employeurs/{employeur_id}/{MOTS_DES_GENRES[genre]}"


def adresse_salarie(salarie_id: int, genre: str) -> str:
    """Return the address of the contracts of an employee, of one kind."""
    return f"/prevoyance/salaries/{salarie_id}/{MOTS_DES_GENRES[genre]}"


def adresse_contrat(contrat_id: int) -> str:
    """Return the address of a contract."""
    return f"/prevoyance/contrats/{contrat_id}"


def annoncer(
    t: Transaction, reponse: Response, texte: str, employeur_id: int, annuler: int | None = None
) -> Response:
    """Add the toast of a change: what was done, and the bulletins that wait for it (P12)."""
    combien = compter_a_recalculer(t, employeur_id)
    if not combien:
        return message(reponse, texte, annuler=annuler)
    texte += f" {accorder(combien, 'bulletin')} de l'employeur à recalculer."
    adresse = f"/bulletins/a-recalculer?employeur={employeur_id}"
    return message(reponse, texte, annuler=annuler, lien=("Voir les bulletins", adresse))
