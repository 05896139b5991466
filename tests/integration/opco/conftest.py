"""A base with its tables; associations of every kind in an open program."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.migrations import modeles
from app.salaries import service as salaries
from app.socle.transaction import Magasin

EMPLOYEURS = {
    "sport": {"idcc": "2511", "naf": "93.12Z", "opco": "Uniformation"},
    "animation": {"idcc": "1518", "naf": "93.29Z", "opco": "Uniformation"},
    "vide": {"idcc": "1261", "naf": "88.91A", "taux_at_millioniemes": "1,50"},
    "sans": {"idcc": "", "naf": "93.12Z", "opco": "Agefos PME"},
    "absente": {"idcc": "9999", "naf": "93.12Z", "opco": "Uniformation"},
    "close": {"idcc": "0054", "naf": "94.99Z", "opco": "Opcaim"},
    "inconnue": {"idcc": "4242", "naf": "94.99Z", "opco": "AFDAS"},
    "archivee": {"idcc": "0413", "naf": "88.10C", "opco": "Unifaf"},
}
INTERMITTENT = {"civilite": "mme", "nom_naissance": "Durand", "prenoms": "Anne"}


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Magasin]:
    """An empty base."""
    magasin = Magasin(tmp_path / "base.sqlite3")
    modeles.METADATA.create_all(magasin.moteur)
    yield magasin
    magasin.fermer()


@pytest.fixture
def associations(programme: Programme) -> dict[str, int]:
    """Return the numbers of associations of every kind; one is archived, one dossier too."""
    with programme.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": "Courant"})
        clos = employeurs.creer_dossier(t, {"nom": "Ancien"})
        numeros = {
            nom: employeurs.creer_employeur(
                t, clos if nom == "close" else dossier, {"raison_sociale": nom.title(), **valeurs}
            )
            for nom, valeurs in EMPLOYEURS.items()
        }
        employeurs.archiver_employeur(t, numeros["archivee"], archive=True)
        employeurs.archiver_dossier(t, clos, archive=True)
    return numeros


Etat = Callable[[], dict[str, tuple[str, list[str]]]]


@pytest.fixture
def etat(programme: Programme, associations: dict[str, int]) -> Etat:
    """Return what each association names: its record, its lines « Formation professionnelle »."""

    def lire() -> dict[str, tuple[str, list[str]]]:
        with programme.transaction() as t:
            return {
                nom: (
                    employeurs.lire_fiche_employeur(t, numero).valeurs["opco"],
                    [
                        ligne.nom
                        for ligne in employeurs.lister_organismes(t, numero)
                        if ligne.nature == "formation"
                    ],
                )
                for nom, numero in associations.items()
            }

    return lire


@pytest.fixture
def engager(programme: Programme, associations: dict[str, int]) -> Callable[..., int]:
    """Return how an association engages an employee with a caisse of its own."""

    def faire(nom: str, opco: str, **valeurs: Any) -> int:
        with programme.transaction() as t:
            fiche = INTERMITTENT | {"opco": opco} | valeurs
            return salaries.creer_salarie(t, associations[nom], fiche)

    return faire
