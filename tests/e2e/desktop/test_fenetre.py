"""The desktop window: the real program on a screen, from start to end."""

import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from app.socle.base import NOM_FICHIER
from tests.e2e.desktop.conftest import Ecran, Ouvrir
from tests.e2e.desktop.pilote import jusqua

pytestmark = pytest.mark.e2e
PRET = """import('/static/js/components/fenetre.js').then(
    () => new Promise(fini => setTimeout(fini, 300))).then(() => true)"""
"""The behaviours of the page are there: a link to a window opens it, instead of the page."""
MAINTENANCE = ".volet a[href='/maintenance/']"
ACCUEIL = "document.querySelector('h1')?.textContent === 'Accueil'"


def reste(dossier: Path) -> list[str]:
    """List what a start leaves in the data folder beside the base, the lock and the logs."""
    attendus = {NOM_FICHIER, "clairpaie.verrou", "journaux"}
    return sorted(f.name for f in dossier.iterdir() if f.name not in attendus)


@pytest.mark.exigence("G1", "F3")
def test_the_window_opens_comes_forward_and_quits(ecran: Ecran, ouvrir: Ouvrir) -> None:
    """Painted; a second start brings it forward; « Fichier » › « Quitter » ends it."""
    fenetre = ouvrir()
    with fenetre.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
        jusqua(lambda: ecran.photographier() > 100, "la fenêtre n'est pas peinte")
        assert ecran.photographier("fenetre") > 100
        assert page.evaluer("[innerWidth, innerHeight]") == [1366, 768]
        assert page.evaluer("navigator.language").startswith("fr")
        assert page.evaluer("location.href.includes('jeton') || document.cookie") == ""

        seconde = ouvrir()
        assert seconde.finir()[0:2] == (
            0,
            "Clairpaie est déjà ouvert\xa0: sa fenêtre passe au premier plan.\n",
        )

        page.cliquer(".bouton-menu")
        page.cliquer("[data-dialogue=quitter]")
        page.evaluer("document.querySelector('#quitter form').requestSubmit()")
    assert fenetre.finir() == (0, "", "")
    assert reste(fenetre.dossier) == []


def test_the_maintenance_centre_has_a_window_of_its_own(ouvrir: Ouvrir, tmp_path: Path) -> None:
    """One, however often it is asked for; it closes with the main window, which SIGTERM closes."""
    fenetre = ouvrir()
    with fenetre.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
        page.attendre(PRET)
        page.cliquer(MAINTENANCE)
        with fenetre.page("/maintenance/") as seconde:
            seconde.attendre("document.title.includes('maintenance')")
            jeton = fenetre.dossier.joinpath("instance.json").read_text().split("=")[1][:43]
        page.cliquer(MAINTENANCE)
        page.evaluer("new Promise(fini => setTimeout(fini, 500))")
        assert len(fenetre.pages()) == 2

    assert fenetre.finir(signal.SIGTERM) == (0, "", "")
    assert reste(fenetre.dossier) == []
    conserves = [f for f in tmp_path.rglob("*") if f.is_file() and jeton.encode() in f.read_bytes()]
    assert conserves == []


def test_links_to_elsewhere_go_to_the_browser(ouvrir: Ouvrir, tmp_path: Path) -> None:
    """The window only ever shows our pages, whatever a link or a script asks."""
    fenetre = ouvrir()
    ailleurs = tmp_path / "ailleurs"
    with fenetre.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
        ici = page.evaluer("location.href")
        for numero, geste in enumerate(
            (
                "location.href = 'https://un.example/'",
                "window.open('https://deux.example/')",
                "location.href = 'http://127.0.0.1:1/trois'",
                "location.href = 'mailto:quatre@example.org'",
            )
        ):
            page.evaluer(f"{geste}; 0")
            jusqua(
                lambda n=numero: len(ailleurs.read_text().splitlines()) > n,
                f"le navigateur n'a pas reçu : {geste}",
            )
        page.evaluer("location.href = 'file:///etc/passwd'; 0")
        page.evaluer("window.open('file:///etc/passwd'); 0")
        page.evaluer("new Promise(fini => setTimeout(fini, 300))")
        assert page.evaluer("location.href") == ici

        page.evaluer("window.open('/aide/'); 0")
        page.attendre("location.pathname === '/aide/'")

    assert ailleurs.read_text().splitlines() == [
        "https://un.example/",
        "https://deux.example/",
        "http://127.0.0.1:1/trois",
        "mailto:quatre@example.org",
    ]


def test_a_killed_program_starts_again(ouvrir: Ouvrir) -> None:
    """Neither lock nor announcement of the dead one stands in the way, and the base is sound."""
    fenetre = ouvrir()
    with fenetre.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
    fenetre.finir(signal.SIGKILL)
    assert (fenetre.dossier / "instance.json").exists()

    relance = ouvrir()
    with relance.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
    assert relance.finir(signal.SIGINT) == (0, "", "")
    with sqlite3.connect(fenetre.dossier / NOM_FICHIER) as connexion:
        assert connexion.execute("PRAGMA quick_check").fetchone() == ("ok",)
    connexion.close()


def test_a_base_that_cannot_be_opened_is_said_in_the_window(
    ecran: Ecran, ouvrir: Ouvrir, dossier_demo: Path
) -> None:
    """Message, remedy and code; « Fermer » closes; exit 2, the base as it was."""
    base = dossier_demo / NOM_FICHIER
    base.write_bytes(b"\xff" * 10_000)

    fenetre = ouvrir()
    with fenetre.page("about:blank") as page:
        texte = page.attendre("document.querySelector('main')?.innerText.includes('TEC-201')")
        texte = page.evaluer("document.querySelector('main').innerText")
        ecran.photographier("fenetre-refus")
        page.attendre("!!window.pywebview?.api?.fermer")
        page.evaluer("document.querySelector('button').click()")

    code, dit, erreur = fenetre.finir()
    assert "restaurez votre dernière" in texte
    assert (code, dit) == (2, "")
    assert erreur.startswith("TEC-201 ")
    assert base.read_bytes() == b"\xff" * 10_000
    assert not (dossier_demo / "instance.json").exists()


def test_a_screen_that_does_not_answer_is_said(ouvrir: Ouvrir) -> None:
    """Qt alone would abort in English; nothing stays locked."""
    code, _, erreur = ouvrir(DISPLAY=":987").finir()

    assert code == 2
    assert erreur.startswith("TEC-217 ")
    assert "« :987 »" in erreur.replace("\u202f", " ")
    assert "clairpaie serveur --sans-fenetre" in erreur


def test_a_late_program_says_that_it_is_opening(ecran: Ecran, ouvrir: Ouvrir) -> None:
    """Another program holds the base for a while: the window tells, then shows the home page."""
    fenetre = ouvrir()
    base = sqlite3.connect(fenetre.dossier / NOM_FICHIER, isolation_level=None)
    base.execute("BEGIN IMMEDIATE")

    with fenetre.page("about:blank") as page:
        page.attendre("document.body.innerText.includes('Ouverture de Clairpaie…')")
        jusqua(lambda: ecran.photographier() > 10, "l'attente n'est pas peinte")
        ecran.photographier("fenetre-attente")
    base.execute("ROLLBACK")
    base.close()

    with fenetre.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
    assert fenetre.finir(signal.SIGTERM) == (0, "", "")


@pytest.mark.parametrize("garde", [True, False])
def test_a_download_asks_where_to_save(ouvrir: Ouvrir, tmp_path: Path, *, garde: bool) -> None:
    """The dialogue is French and proposes the file's name; given up, nothing is written."""
    choisi = tmp_path / "Mes modèles" / "salariés.xlsx"
    choisi.parent.mkdir()
    lanceur = str(Path(__file__).with_name("choix.py"))

    fenetre = ouvrir(sys.executable, lanceur, CHOIX=str(choisi) if garde else "")
    with fenetre.page("127.0.0.1") as page:
        page.attendre(ACCUEIL)
        page.evaluer("location.href = '/importations/modele/salaries.xlsx'; 0")
        assert fenetre.processus.stdout is not None
        demande = fenetre.processus.stdout.readline()
        if garde:
            jusqua(lambda: choisi.stat().st_size > 1_000, "le fichier n'est pas enregistré")
        assert page.evaluer("document.querySelector('h1').textContent") == "Accueil"

    assert demande == "Enregistrer le fichier|modele-salaries.xlsx\n"
    assert fenetre.finir(signal.SIGTERM) == (0, "", "")
    assert [f.name for f in choisi.parent.iterdir()] == ([choisi.name] if garde else [])
    assert not garde or choisi.read_bytes()[:2] == b"PK"
