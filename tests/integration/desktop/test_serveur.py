"""The in-process server: its port, its end, the home page before the other screens."""

import socket
import subprocess
import sys
import threading
from contextlib import closing
from http.client import HTTPConnection, HTTPException

import pytest

from app.assemblage import Programme
from app.desktop.serveur import Ecrans, Serveur
from app.socle.errors import PortOccupe
from app.socle.lancement import Lancement
from app.webapp.fabrique import creer_app

LOURDES = (
    *("alembic", "faker", "fpdf", "lxml", "openpyxl", "PIL", "reportlab", "schedule", "webview"),
    *("app.demonstration", "app.extractions", "app.importations", "app.paie"),
)
"""What the first page does without; imported before it, each would delay every start."""


def lire(lancement: Lancement, chemin: str = "/") -> int:
    """Ask for a page; returns its status."""
    with closing(HTTPConnection("127.0.0.1", lancement.port, timeout=20)) as connexion:
        connexion.request("GET", chemin, headers={"Cookie": lancement.cookie})
        reponse = connexion.getresponse()
        reponse.read()
        return reponse.status


def test_a_taken_port_is_refused_in_french() -> None:
    """The message names the port and the way out."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = prise.getsockname()[1]

        with pytest.raises(PortOccupe) as refus:
            Lancement(port)

    assert str(port) in refus.value.texte()
    assert "--port 0" in refus.value.texte_remede()


def test_two_launches_share_neither_port_nor_token() -> None:
    """The token has at least 256 bits of chance."""
    un, deux = Lancement(), Lancement()

    un.prise.close()
    deux.prise.close()
    assert un.port != deux.port
    assert un.jeton != deux.jeton
    assert len(un.jeton) >= 43


def test_a_page_asked_before_the_program_is_open_waits_for_it(programme: Programme) -> None:
    """The window asks at once; the answer comes when the server starts."""
    lancement, statuts = Lancement(), list[int]()
    demande = threading.Thread(target=lambda: statuts.append(lire(lancement)))
    demande.start()
    demande.join(0.2)
    assert statuts == []

    serveur = Serveur(programme, lancement=lancement)
    serveur.demarrer()
    demande.join(20)

    serveur.arreter()
    assert statuts == [200]


def test_the_port_is_free_once_stopped(programme: Programme) -> None:
    """Nothing answers any more, and the port can be taken again at once."""
    serveur = Serveur(programme)
    serveur.demarrer()
    assert lire(serveur.lancement) == 200

    serveur.arreter()

    with pytest.raises(ConnectionError):
        lire(serveur.lancement)
    Lancement(serveur.lancement.port).prise.close()


def test_stopping_leaves_no_connection_to_the_base(programme: Programme) -> None:
    """Once all is closed, SQLite has put its journal back into the base file."""
    serveur = Serveur(programme)
    serveur.demarrer()
    lire(serveur.lancement)
    lire(serveur.lancement, "/employeurs/")

    serveur.arreter()
    programme.fermer()

    restes = [f.name for f in programme.dossier.glob("*.sqlite3-*")]
    assert restes == []


def test_stopping_under_load_never_fails(programme: Programme) -> None:
    """Requests that are being answered meanwhile end well or are cut, nothing else."""
    serveur = Serveur(programme)
    serveur.demarrer()
    lire(serveur.lancement, "/employeurs/")
    fin = threading.Event()

    def insister() -> None:
        while not fin.is_set():
            try:
                lire(serveur.lancement, "/static/js/main.js")
            except (OSError, HTTPException):
                return

    fils = [threading.Thread(target=insister) for _ in range(4)]
    for fil in fils:
        fil.start()

    serveur.arreter()

    fin.set()
    for fil in fils:
        fil.join(20)
    assert not [fil for fil in fils if fil.is_alive()]


def test_the_home_page_comes_before_the_other_screens(programme: Programme) -> None:
    """It is served alone at first; asking for any other page brings them all."""
    ecrans = Ecrans(lambda vues: creer_app(programme, "jeton", None, vues))
    assert ecrans._tout is None

    def statut(chemin: str) -> int:
        recus: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": chemin,
            "HTTP_HOST": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_COOKIE": "clairpaie_80=jeton",
        }
        b"".join(ecrans(environ, lambda etat, _entetes: recus.append(etat)))
        return int(recus[0][:3])

    accueil = statut("/")
    seul = ecrans._tout is None
    liste = statut("/employeurs/")

    ecrans.fermer()
    assert (accueil, seul, liste) == (200, True, 200)
    assert ecrans._tout is not None


def test_the_start_imports_no_heavy_library() -> None:
    """What the home page does without is imported later, by the first use that needs it."""
    essai = (
        "import sys, app.cli, app.desktop.fenetre, app.assemblage, app.desktop.serveur\n"
        "import app.webapp.accueil\n"
        f"print([m for m in {LOURDES} if m in sys.modules])"
    )

    vu = subprocess.run(
        [sys.executable, "-c", essai], capture_output=True, text=True, check=True
    ).stdout

    assert vu.strip() == "[]"


def test_help_and_version_import_neither_database_nor_web() -> None:
    """`clairpaie --help` lists the commands; their libraries come with those that are run."""
    essai = "import sys, app.cli\nprint([m for m in ('sqlalchemy', 'flask') if m in sys.modules])"

    vu = subprocess.run(
        [sys.executable, "-c", essai], capture_output=True, text=True, check=True
    ).stdout

    assert vu.strip() == "[]"
