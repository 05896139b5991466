"""The frozen program, as a person without Python has it: an empty home, nothing in the PATH.

Runs what `packaging/construire` made; skipped, saying so, where nothing was made. Out of the
ordinary suite (`-m bundle`): it takes a minute or so.
"""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.e2e.desktop.conftest import Ecran, Fenetre
from tests.e2e.desktop.conftest import ecran as ecran  # noqa: PLC0414 -- a fixture, shared
from tests.e2e.desktop.pilote import jusqua

pytestmark = pytest.mark.bundle

RACINE = Path(__file__).resolve().parents[2]
SORTIE = Path(os.environ.get("CLAIRPAIE_BUNDLE", RACINE / ".cache/bundle/sortie/clairpaie"))
PROGRAMME = SORTIE / "clairpaie"
MOIS = "2026-05"
COULEURS_D_UNE_PAGE = 20  # a black screen has one, an empty window a few

Lancer = Callable[..., str]


@pytest.fixture(scope="module")
def maison(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an ordinary person: empty."""
    if not PROGRAMME.is_file():
        pytest.skip("aucun programme autonome : lancez packaging/construire")
    return tmp_path_factory.mktemp("maison")


@pytest.fixture(scope="module")
def env(maison: Path) -> dict[str, str]:
    """All that the program is told: no PATH, no Python, nothing of this checkout."""
    return {"HOME": str(maison), "PATH": "/nonexistent", "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def lancer(maison: Path, env: dict[str, str]) -> Lancer:
    """Run a command of the frozen program on the demonstration dossier; returns what it says."""

    def executer(*arguments: str) -> str:
        commande = [str(PROGRAMME), "--donnees", str(maison / "donnees"), *arguments]
        fini = subprocess.run(
            commande, env=env, cwd=maison, capture_output=True, encoding="utf-8", check=False
        )
        assert fini.returncode == 0, fini.stdout + fini.stderr
        return fini.stdout

    executer("demo", "--employeurs", "4", "--salaries", "12", "--annees", "1")
    executer("bulletins", "calculer", "--mois", MOIS)
    return executer


def test_it_says_its_version(lancer: Lancer) -> None:
    """The metadata of the distribution are inside."""
    declaree = re.search(
        r'^version = "(.+)"$', (RACINE / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert declaree is not None
    assert lancer("--version") == f"clairpaie {declaree[1]}\n"


def test_it_prints_bulletins(lancer: Lancer, maison: Path) -> None:
    """Fonts, figures and the model of the bulletin are inside."""
    dit = lancer("bulletins", "imprimer", "--mois", MOIS, "--vers", str(maison / "pdf"))
    faits = sorted((maison / "pdf").rglob("*.pdf"))
    assert faits
    assert f"{len(faits)} bulletins imprimés" in dit
    assert "Net" in PdfReader(faits[0]).pages[0].extract_text()


def test_it_exports_a_query(lancer: Lancer, maison: Path) -> None:
    """The predefined queries and the writer of workbooks are inside."""
    fichier = maison / "employeurs.xlsx"
    lancer("requete", "executer", "1", "--format", "xlsx", "--vers", str(fichier))
    feuille = load_workbook(fichier, read_only=True).worksheets[0]
    assert len(list(feuille.iter_rows(values_only=True))) > 4


def test_it_backs_up_and_restores(lancer: Lancer, maison: Path) -> None:
    """The compressor, age and the migrations of a restored base are inside."""
    lieu = maison / "cle_usb"
    lieu.mkdir()
    tous_les_jours = ("--tous-les", "1 jour", "--a", "23:00", "--depuis", "2026-01-01")
    lancer("sauvegarde", "creer", "quotidienne", *tous_les_jours, "--vers", str(lieu))
    lancer("sauvegarde", "executer", "quotidienne")
    lancer("sauvegarde", "restaurer", "quotidienne")
    lancer("sauvegarde", "verifier")
    lancer("verifier")


@pytest.fixture
def adresse(lancer: Lancer, maison: Path, env: dict[str, str]) -> Iterator[str]:
    """The address, token included, of the program serving without a window."""
    lancer("verifier")
    commande = [str(PROGRAMME), "--donnees", str(maison / "donnees"), "--json"]
    with subprocess.Popen(
        [*commande, "serveur", "--sans-fenetre"], env=env, stdout=subprocess.PIPE, text=True
    ) as processus:
        assert processus.stdout is not None
        lu = ""
        while not lu.rstrip().endswith("}"):
            lu += processus.stdout.readline()
        yield json.loads(lu)["adresse"]
        processus.terminate()
        assert processus.wait(timeout=30) == 0


def test_it_serves_its_pages(adresse: str) -> None:
    """Templates, styles, behaviours and help are inside."""
    origine = adresse.partition("/ouvrir")[0]
    ouvreur = build_opener(ProxyHandler({}), HTTPCookieProcessor())
    with ouvreur.open(adresse, timeout=30) as reponse:
        accueil = reponse.read().decode()
    assert "Clairpaie" in accueil
    for chemin in ("/employeurs/", "/extractions/", "/aide/", "/static/icone.svg"):
        with ouvreur.open(origine + chemin, timeout=30) as reponse:
            assert reponse.status == 200, chemin


@pytest.mark.usefixtures("lancer")
def test_it_opens_its_window(ecran: Ecran, maison: Path, env: dict[str, str]) -> None:
    """Qt and its browser are inside, and show the first page."""
    racine = {"QTWEBENGINE_DISABLE_SANDBOX": "1"} if os.geteuid() == 0 else {}
    commande = [str(PROGRAMME), "--donnees", str(maison / "donnees")]
    fenetre = Fenetre(commande, env | racine | {"DISPLAY": ecran.nom}, maison)
    try:
        with fenetre.page("127.0.0.1") as page:
            page.attendre("document.body?.innerText.includes('Centre de maintenance')")
        jusqua(lambda: ecran.photographier() > COULEURS_D_UNE_PAGE, "rien de peint")
        ecran.photographier("bundle")
    finally:
        fenetre.processus.terminate()
        fenetre.finir()


@pytest.mark.usefixtures("maison")
def test_nothing_inside_names_where_it_was_built() -> None:
    """Neither our own files nor the programs bear the path of the checkout."""
    chemin = str(RACINE).encode()
    propres = [PROGRAMME, *(SORTIE / "interne" / "app").rglob("*"), *SORTIE.glob("*.json")]
    coupables = [f.name for f in propres if f.is_file() and chemin in f.read_bytes()]
    assert coupables == []


@pytest.mark.usefixtures("maison")
def test_all_that_is_inside_is_named_with_its_licence() -> None:
    """The bill of materials names each library; each has its text beside."""
    nomenclature = json.loads((SORTIE / "nomenclature.cdx.json").read_text(encoding="utf-8"))
    noms = {composant["name"] for composant in nomenclature["components"]}
    assert {"flask", "sqlalchemy", "cryptography", "pywebview", "python"} <= noms
    textes = {fichier.stem for fichier in (SORTIE / "licences").iterdir()}
    assert noms - textes <= {"python"}
    systeme = {f.name for f in (SORTIE / "interne").glob("lib*.so*")}
    assert {"libreadline.so.8"}.isdisjoint(systeme)
