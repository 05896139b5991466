"""`clairpaie serveur`, the real command: its address, its end, a folder that is open already."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from app import cli
from app.socle.base import NOM_FICHIER

Servir = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def servir(dossier_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servir]:
    """Start `clairpaie serveur` on the demonstration data; killed at the end if need be."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    partis: list[subprocess.Popen[str]] = []

    def faire(*arguments: str, avant: tuple[str, ...] = (), **env: str) -> subprocess.Popen[str]:
        commande = [sys.executable, "-m", "app", "--donnees", str(dossier_demo), *avant, "serveur"]
        partis.append(
            subprocess.Popen(
                [*commande, *arguments],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=os.environ | env,
            )
        )
        return partis[-1]

    yield faire
    for processus in partis:
        processus.kill()
        processus.communicate()


def adresse_dite(processus: subprocess.Popen[str]) -> str:
    """Read what is said until the address."""
    assert processus.stdout is not None
    return next(ligne.strip() for ligne in processus.stdout if ligne.startswith("http://"))


def ouvrir(adresse: str) -> str:
    """Open an address as a browser does, cookie kept; returns the page."""
    navigateur = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))
    with navigateur.open(adresse, timeout=20) as reponse:
        return str(reponse.read().decode())


@pytest.mark.exigence("G1")
@pytest.mark.parametrize("signe", [signal.SIGINT, signal.SIGTERM])
def test_the_address_opens_the_program_until_it_is_asked_to_stop(
    servir: Servir, dossier_demo: Path, signe: signal.Signals
) -> None:
    """Ctrl + C and the system's request end it cleanly: exit 0, base closed, nothing left."""
    processus = servir("--sans-fenetre")

    accueil = ouvrir(adresse_dite(processus))
    processus.send_signal(signe)
    _, erreur = processus.communicate(timeout=20)

    assert "Employeurs" in accueil
    assert (processus.returncode, erreur) == (0, "")
    assert not (dossier_demo / "instance.json").exists()
    assert [f.name for f in dossier_demo.glob("*.sqlite3*")] == [NOM_FICHIER]


def test_a_machine_reads_the_address(servir: Servir) -> None:
    """With --json; the port asked for is the port taken."""
    processus = servir("--sans-fenetre", avant=("--json",))
    assert processus.stdout is not None

    texte = ""
    while not texte.endswith("}\n"):
        texte += processus.stdout.readline()

    assert "Employeurs" in ouvrir(json.loads(texte)["adresse"])


def test_a_folder_that_is_open_is_not_opened_twice(
    servir: Servir, dossier_demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second server is refused with the folder's name; commands of the night still work."""
    processus = servir("--sans-fenetre")
    adresse = adresse_dite(processus)

    refus = cli.executer(["--donnees", str(dossier_demo), "serveur", "--sans-fenetre"])
    dit = capsys.readouterr().err
    demo = cli.executer(["--donnees", str(dossier_demo), "demo", "--si-vide"])

    assert refus == 2
    assert dit.startswith("TEC-208 ")
    assert str(dossier_demo) in dit
    assert demo == 0
    assert "Employeurs" in ouvrir(adresse)


def test_the_browser_opens_on_a_screen(servir: Servir, tmp_path: Path) -> None:
    """Without --sans-fenetre, the system's browser is given the address."""
    vu = tmp_path / "vu"
    navigateur = tmp_path / "navigateur"
    navigateur.write_text(f'#!/bin/sh\nprintf %s "$1" > {vu}.tmp && mv {vu}.tmp {vu}\n')
    navigateur.chmod(0o755)

    processus = servir(DISPLAY=":987", BROWSER=str(navigateur))
    adresse = adresse_dite(processus)
    fin = time.monotonic() + 20
    while not vu.exists() and time.monotonic() < fin:
        time.sleep(0.05)

    assert vu.read_text() == adresse
