"""A screen of its own (Xvfb), and the real `clairpaie` on it."""

import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.desktop.pilote import PageDeFenetre, jusqua, pages, port_libre

VUES = Path(__file__).resolve().parents[3] / ".artefacts" / "ecrans"
LARGEUR, HAUTEUR = 1500, 900


@dataclass(frozen=True)
class Ecran:
    """A virtual screen whose memory is a file (XWD)."""

    nom: str
    memoire: Path

    def photographier(self, nom: str = "") -> int:
        """Return how many colours the screen shows; keep the picture when it is given a name."""
        brut = self.memoire.read_bytes()
        entete = struct.unpack(">25I", brut[:100])
        largeur, hauteur, par_ligne = entete[4], entete[5], entete[12]
        debut = entete[0] + 12 * entete[19]
        lignes: list[bytes] = []
        couleurs: set[bytes] = set()
        for y in range(hauteur):
            bgrx = brut[debut + y * par_ligne :][: 4 * largeur]
            rgb = bytearray(3 * largeur)
            rgb[0::3], rgb[1::3], rgb[2::3] = bgrx[2::4], bgrx[1::4], bgrx[0::4]
            lignes.append(b"\0" + bytes(rgb))
            couleurs.update(bytes(rgb[x : x + 3]) for x in range(0, 3 * largeur, 9))
        if nom:
            VUES.mkdir(parents=True, exist_ok=True)
            (VUES / f"{nom}.png").write_bytes(_png(largeur, hauteur, b"".join(lignes)))
        return len(couleurs)


def _png(largeur: int, hauteur: int, lignes: bytes) -> bytes:
    def bloc(genre: bytes, contenu: bytes) -> bytes:
        somme = zlib.crc32(genre + contenu)
        return struct.pack(">I", len(contenu)) + genre + contenu + struct.pack(">I", somme)

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + bloc(b"IHDR", entete)
        + bloc(b"IDAT", zlib.compress(lignes))
        + bloc(b"IEND", b"")
    )


@pytest.fixture(scope="session")
def ecran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ecran]:
    """A screen that nothing else uses, with a free number."""
    memoire = tmp_path_factory.mktemp("ecran")
    commande = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{LARGEUR}x{HAUTEUR}x24"]
    with subprocess.Popen(
        [*commande, "-fbdir", str(memoire), "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as processus:
        assert processus.stdout is not None
        numero = processus.stdout.readline().strip()
        yield Ecran(f":{numero}", memoire / "Xvfb_screen0")
        processus.terminate()


class Fenetre:
    """The real program, started on the screen."""

    def __init__(self, commande: list[str], env: dict[str, str], dossier: Path) -> None:
        self.dossier = dossier
        self.port = port_libre()
        debogage = {"QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{self.port}"}
        self.processus = subprocess.Popen(
            commande,
            env=env | debogage,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def page(self, chemin: str) -> PageDeFenetre:
        """Wait for the page whose address holds some text, and connect to it."""

        def trouver() -> str:
            return next((p["webSocketDebuggerUrl"] for p in self.pages() if chemin in p["url"]), "")

        return PageDeFenetre(jusqua(trouver, f"aucune page « {chemin} »"))

    def pages(self) -> list[dict[str, str]]:
        """List the pages of the windows."""
        return pages(self.port)

    def finir(self, signe: signal.Signals | None = None) -> tuple[int, str, str]:
        """Wait for the end, asked for by a signal if need be; returns code, output, errors."""
        if signe is not None:
            self.processus.send_signal(signe)
        dit, erreur = self.processus.communicate(timeout=30)
        lignes = [
            ligne for ligne in erreur.splitlines() if ligne and "DevTools listening" not in ligne
        ]
        return self.processus.returncode, dit, "\n".join(lignes)


Ouvrir = Callable[..., Fenetre]


@pytest.fixture
def ouvrir(ecran: Ecran, dossier_demo: Path, tmp_path: Path) -> Iterator[Ouvrir]:
    """Start `clairpaie` on the screen, on the demonstration data; killed at the end if need be.

    What the program would give to the system's browser is written to `ailleurs` in tmp_path.
    """
    faux = tmp_path / "bin"
    faux.mkdir()
    xdg = faux / "xdg-open"
    xdg.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/ailleurs\n')
    xdg.chmod(0o755)
    partis: list[Fenetre] = []
    env = {
        **os.environ,
        "DISPLAY": ecran.nom,
        "HOME": str(tmp_path / "maison"),
        "LANG": "C.UTF-8",
        "PATH": f"{faux}{os.pathsep}{os.environ['PATH']}",
    }
    env.pop("WAYLAND_DISPLAY", None)

    def faire(*programme: str, dossier: Path = dossier_demo, **autres: str) -> Fenetre:
        clairpaie = str(Path(sys.executable).with_name("clairpaie"))
        commande = [*(programme or (clairpaie,)), "--donnees", str(dossier)]
        partis.append(Fenetre(commande, env | autres, dossier))
        return partis[-1]

    yield faire
    for fenetre in partis:
        fenetre.processus.kill()
        fenetre.processus.communicate()
