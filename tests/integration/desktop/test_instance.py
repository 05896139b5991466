"""Single instance on a data folder: the lock, the announcement, what a second start does."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.assemblage import Programme
from app.desktop.instance import ANNONCE, VERROU, Instance
from app.desktop.serveur import Serveur
from app.socle.errors import DejaOuvert
from app.socle.lancement import Lancement

Tenir = Callable[[Path], Instance]
TENIR = (
    "import sys, time; from pathlib import Path; from app.desktop.instance import Instance;"
    "i = Instance(Path(sys.argv[1])); i.exiger(); print('pris', flush=True); time.sleep(60)"
)


class BureauTemoin:
    """Notes what the pages ask of the desktop."""

    def __init__(self) -> None:
        self.demandes: list[str] = []

    def ouvrir(self, chemin: str, titre: str) -> None:
        """Note a window."""
        self.demandes.append(f"ouvrir {chemin} {titre}")

    def avancer(self) -> None:
        """Note the call."""
        self.demandes.append("avancer")

    def choisir(self, depart: str, *, fichier: bool = False) -> str:
        """Choose what one starts from."""
        self.demandes.append(f"choisir {'fichier' if fichier else 'dossier'}")
        return depart

    def quitter(self) -> None:
        """Note the call."""
        self.demandes.append("quitter")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A data folder that nobody holds."""
    return tmp_path


@pytest.fixture
def tenir() -> Iterator[Tenir]:
    """Make a hold on a folder, freed at the end of the test."""
    tenues: list[Instance] = []

    def faire(dossier: Path) -> Instance:
        tenues.append(Instance(dossier))
        return tenues[-1]

    yield faire
    for instance in tenues:
        instance.rendre()


@pytest.fixture
def teneur(dossier: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the data folder."""
    commande = [sys.executable, "-c", TENIR, str(dossier)]
    with subprocess.Popen(commande, stdout=subprocess.PIPE, text=True) as processus:
        assert processus.stdout is not None
        assert processus.stdout.readline() == "pris\n"
        yield processus
        processus.kill()


def test_a_folder_is_held_by_one_process(dossier: Path, teneur: subprocess.Popen[str]) -> None:
    """The other is refused, with the folder's name."""
    with pytest.raises(DejaOuvert) as refus:
        Instance(dossier).exiger()

    assert teneur.poll() is None
    assert str(dossier) in refus.value.texte()


def test_another_folder_is_free(
    tenir: Tenir, tmp_path: Path, teneur: subprocess.Popen[str]
) -> None:
    """Two data folders can be open at once."""
    autre = tmp_path / "autre"
    autre.mkdir()

    tenir(autre).exiger()

    assert teneur.poll() is None


def test_a_killed_holder_leaves_no_lock(
    tenir: Tenir, dossier: Path, teneur: subprocess.Popen[str]
) -> None:
    """The system frees the lock of a process that ends without a word."""
    teneur.send_signal(signal.SIGKILL)
    teneur.wait()

    instance = tenir(dossier)

    assert instance.prendre()
    assert (dossier / VERROU).exists()


def test_a_stale_announcement_does_not_block(tenir: Tenir, dossier: Path) -> None:
    """What a crash left is neither believed nor kept."""
    (dossier / ANNONCE).write_text(
        json.dumps({"adresse": "http://127.0.0.1:1", "cookie": "x=y", "fenetre": True})
    )
    instance = tenir(dossier)

    assert instance.prendre_ou_avancer()
    assert not (dossier / ANNONCE).exists()


@pytest.mark.parametrize("contenu", ["", "{", "[]", "null", "\x00", '{"fenetre": true}'])
def test_a_spoilt_announcement_is_waited_out(
    dossier: Path, teneur: subprocess.Popen[str], contenu: str
) -> None:
    """The holder may be starting: it is given a moment, then the start is refused."""
    (dossier / ANNONCE).write_text(contenu)

    with pytest.raises(DejaOuvert):
        Instance(dossier).prendre_ou_avancer(attente=0.3)

    assert teneur.poll() is None


def test_a_holder_that_ends_meanwhile_gives_its_place(
    tenir: Tenir, dossier: Path, teneur: subprocess.Popen[str]
) -> None:
    """A start right after « Quitter » opens the program instead of failing."""
    teneur.send_signal(signal.SIGKILL)

    assert tenir(dossier).prendre_ou_avancer(attente=10)


def test_a_second_start_brings_the_window_forward(
    dossier: Path, teneur: subprocess.Popen[str], programme: Programme
) -> None:
    """It asks the holder's own server, with its cookie; a proxy of the session is left aside."""
    bureau = BureauTemoin()
    serveur = Serveur(programme, bureau=bureau)
    serveur.demarrer()
    Instance(dossier).annoncer(serveur.lancement, fenetre=True)
    mandataire = os.environ | {"http_proxy": "http://127.0.0.1:1"}
    demande = (
        "import sys; from pathlib import Path; from app.desktop.instance import Instance;"
        "sys.exit(0 if Instance(Path(sys.argv[1])).prendre_ou_avancer() is False else 1)"
    )

    code = subprocess.run(
        [sys.executable, "-c", demande, str(dossier)], env=mandataire, check=False
    ).returncode

    serveur.arreter()
    assert code == 0
    assert bureau.demandes == ["avancer"]
    assert teneur.poll() is None


def test_a_holder_without_a_window_is_named(dossier: Path, teneur: subprocess.Popen[str]) -> None:
    """`clairpaie serveur` has no window to bring forward: the start is refused at once."""
    lancement = Lancement()
    Instance(dossier).annoncer(lancement, fenetre=False)

    with pytest.raises(DejaOuvert):
        Instance(dossier).prendre_ou_avancer()

    lancement.prise.close()
    assert teneur.poll() is None


def test_the_announcement_is_for_the_person_alone_and_goes_with_the_program(
    tenir: Tenir, dossier: Path
) -> None:
    """It bears the launch's cookie: 0600 from its first byte, removed at the end."""
    instance, lancement = tenir(dossier), Lancement()
    instance.exiger()

    instance.annoncer(lancement, fenetre=True)
    droits = (dossier / ANNONCE).stat().st_mode & 0o777
    instance.rendre()

    lancement.prise.close()
    assert droits == 0o600
    assert not (dossier / ANNONCE).exists()
    assert tenir(dossier).prendre()
