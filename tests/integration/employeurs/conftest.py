"""A base with one dossier and one employer, written by the services."""

from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.organismes.service import trouver_ou_creer
from app.socle.transaction import Transaction

Lecteur = Callable[[str], list[tuple[Any, ...]]]


def ligne(t: Transaction, nature: str, nom: str, **autres: str) -> dict[str, str]:
    """The form of a line whose caisse is in the table, where it is put if need be."""
    numero = trouver_ou_creer(t, nature, nom)
    return {"nature": nature, "organisme_id": str(numero), "reference": "R1", **autres}


@pytest.fixture
def dossier(programme: Programme) -> int:
    """The dossier « Sport »."""
    with programme.transaction() as t:
        return service.creer_dossier(t, {"nom": "Sport", "note": ""})


@pytest.fixture
def employeur(programme: Programme, dossier: int) -> int:
    """An employer of the dossier."""
    saisie = {"raison_sociale": "Judo club de Brest", "siret": "732 829 320 00074", "naf": "93.12Z"}
    with programme.transaction() as t:
        return service.creer_employeur(t, dossier, saisie)


@pytest.fixture
def lire(programme: Programme) -> Lecteur:
    """Rows of the base, as a person would check them."""

    def executer(requete: str) -> list[tuple[Any, ...]]:
        with programme.magasin.moteur.connect() as connexion:
            return [tuple(ligne) for ligne in connexion.exec_driver_sql(requete)]

    return executer
