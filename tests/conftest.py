"""Fixtures that all tests know: an open program, a client of the web floor, a real browser."""

import secrets
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.assemblage import Programme, ouvrir
from app.demonstration.service import remplir
from app.desktop.serveur import Serveur
from app.webapp.fabrique import creer_app

LE_JOUR = date(2026, 6, 15)
"""Day as of which the shared demonstration base was drawn."""
ORIGINE = "http://localhost"


@pytest.fixture(scope="session", autouse=True)
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A desktop of the tests: reports never land on the person's own."""
    dossier = tmp_path_factory.mktemp("bureau")
    with pytest.MonkeyPatch.context() as rustine:
        rustine.setenv("CLAIRPAIE_BUREAU", str(dossier))
        yield dossier


@pytest.fixture
def donnees(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "donnees"


@pytest.fixture(scope="session")
def dossier_neuf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder just after a first start; copied, never opened in place."""
    dossier = tmp_path_factory.mktemp("neuf") / "donnees"
    ouvrir(dossier).fermer()
    return dossier


@pytest.fixture
def programme(dossier_neuf: Path, donnees: Path) -> Iterator[Programme]:
    """The program open on an empty base."""
    shutil.copytree(dossier_neuf, donnees)
    ouvert = ouvrir(donnees)
    yield ouvert
    ouvert.fermer()


@pytest.fixture(scope="session")
def dossier_modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 40 associations and 400 employees; copied, never opened in place."""
    dossier = tmp_path_factory.mktemp("modele") / "donnees"
    ouvert = ouvrir(dossier)
    with ouvert.transaction() as t:
        remplir(t, employeurs=40, salaries=400, aujourd_hui=LE_JOUR, bulletins=False)
    ouvert.fermer()
    return dossier


@pytest.fixture
def dossier_demo(dossier_modele: Path, tmp_path: Path) -> Path:
    """A private copy of the demonstration data folder."""
    copie = tmp_path / "demonstration"
    shutil.copytree(dossier_modele, copie)
    return copie


@pytest.fixture
def programme_demo(dossier_demo: Path) -> Iterator[Programme]:
    """The program open on the demonstration data."""
    ouvert = ouvrir(dossier_demo)
    yield ouvert
    ouvert.fermer()


class ClientDeTest(FlaskClient):
    """Bears the launch's token, and the Origin that our own pages send."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request as our pages do."""
        entetes = dict(kwargs.pop("headers", None) or {})
        entetes.setdefault("Origin", ORIGINE)
        return super().open(*args, headers=entetes, **kwargs)


def client_de(ouvert: Programme) -> FlaskClient:
    """Return a client of the web floor that has the token."""
    jeton = secrets.token_urlsafe(32)
    app = creer_app(ouvert, jeton)
    app.testing = False
    app.test_client_class = ClientDeTest
    client = app.test_client()
    assert client.get(f"/ouvrir?jeton={jeton}").status_code == 303
    return client


@pytest.fixture
def client(programme: Programme) -> FlaskClient:
    """A client on an empty base."""
    return client_de(programme)


@pytest.fixture
def client_demo(programme_demo: Programme) -> FlaskClient:
    """A client on the demonstration data."""
    return client_de(programme_demo)


@pytest.fixture
def serveur(programme_demo: Programme) -> Iterator[Serveur]:
    """The real server, on the demonstration data."""
    actif = Serveur(programme_demo)
    actif.demarrer()
    yield actif
    actif.arreter()
