"""A base with two employers and some caisses, written by the services."""

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.organismes import service


@pytest.fixture
def caisses(programme: Programme) -> dict[str, int]:
    """Two caisses de prévoyance and an Urssaf, by name."""
    noms = (("prevoyance", "Mutex"), ("prevoyance", "Mutex Prévoyance"), ("urssaf", "Urssaf"))
    with programme.transaction() as t:
        return {
            nom: service.creer_organisme(t, {"famille": famille, "nom": nom})
            for famille, nom in noms
        }


@pytest.fixture
def employeur(programme: Programme, caisses: dict[str, int]) -> int:
    """An employer whose prévoyance is « Mutex Prévoyance »."""
    with programme.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": "Sport"})
        numero = employeurs.creer_employeur(t, dossier, {"raison_sociale": "Judo club"})
        caisse = caisses["Mutex Prévoyance"]
        saisie = {"nature": "prevoyance", "organisme_id": str(caisse), "reference": "CT-1"}
        employeurs.ajouter_organisme(t, numero, saisie)
        return numero
