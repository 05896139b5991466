"""A base with one employer and one employee, written by the services."""

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.salaries import service

CORPS = "2850775116042"
LEA = {
    "civilite": "mme",
    "nom_naissance": "Petit",
    "nom_usage": "Roy",
    "prenoms": "Léa",
    "nir": f"{CORPS}{97 - int(CORPS) % 97:02d}",
    "ne_le": "14/07/1985",
    "matricule": "M-7",
}


@pytest.fixture
def identite() -> dict[str, str]:
    """The form of the employee."""
    return dict(LEA)


@pytest.fixture
def employeur(programme: Programme) -> int:
    """An employer."""
    with programme.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": "Sport"})
        return employeurs.creer_employeur(t, dossier, {"raison_sociale": "Judo club"})


@pytest.fixture
def salarie(programme: Programme, employeur: int) -> int:
    """An employee of that employer, without contract."""
    with programme.transaction() as t:
        return service.creer_salarie(t, employeur, LEA)
