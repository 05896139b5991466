"""An employer and its employees, paid month after month, written by the services."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.salaries import service as salaries

FICHE = {
    "raison_sociale": "Judo club",
    "code_postal": "35000",
    "commune": "Rennes",
    "effectif": "3",
    "taux_at": "1,50",
}
CONTRAT = {
    "nature": "cdi",
    "debut_le": "01/01/2025",
    "emploi": "Éducateur sportif",
    "categorie": "non_cadre",
    "heures_centiemes": "151,67",
    "salaire_centimes": "2 400,00",
    "taux_pas_millioniemes": "2,50",
}


@dataclass(frozen=True)
class Maison:
    """The numbers of an employer, of its employees, of their contracts."""

    employeur: int
    salaries: tuple[int, ...]
    contrats: tuple[int, ...]


def creer_employeur(programme: Programme, **fiche: str) -> int:
    """Create an employer in a dossier of its own name."""
    saisie = FICHE | fiche
    saisie["taux_at_millioniemes"] = saisie.pop("taux_at")
    with programme.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": f"Dossier de {saisie['raison_sociale']}"})
        return employeurs.creer_employeur(t, dossier, saisie)


def embaucher(programme: Programme, employeur: int, nom: str, **contrat: str) -> tuple[int, int]:
    """Create an employee with a contract; returns both numbers."""
    with programme.transaction() as t:
        identite = {"civilite": "mme", "nom_naissance": nom, "prenoms": "Anne"}
        salarie = salaries.creer_salarie(t, employeur, identite)
        return salarie, salaries.creer_contrat(t, salarie, CONTRAT | contrat)


@pytest.fixture
def maison(programme: Programme) -> Maison:
    """An employer with three employees since January 2025."""
    employeur = creer_employeur(programme)
    paires = [embaucher(programme, employeur, nom) for nom in ("Abel", "Bruno", "Coste")]
    return Maison(employeur, tuple(s for s, _ in paires), tuple(c for _, c in paires))


@pytest.fixture
def calculer(programme: Programme) -> Callable[..., BilanCalcul]:
    """Compute a month of everybody, in a transaction of its own."""

    def faire(mois: Mois) -> BilanCalcul:
        with programme.transaction() as t:
            return calculer_le_mois(t, mois)

    return faire
