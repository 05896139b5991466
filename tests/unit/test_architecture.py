"""What the import contracts cannot say: doors between capabilities, rooms, sizes."""

from itertools import pairwise

import grimp
import pytest

from tests.unit.maison import APP, PREFIXES, RACINE, WEB

PIECES = {"errors", "rules", "models", "signals", "service", "documents", "views", "commands"}
PORTES = {"service", "rules", "errors", "signals"}
DONNEES = {"data", "requetes", "vues", "baremes", "regimes"}
LIGNES_MAXIMUM = 500


@pytest.fixture(scope="module")
def graphe() -> grimp.ImportGraph:
    """Who imports whom in the program."""
    return grimp.build_graph("app", cache_dir=None)


def test_a_capability_enters_another_only_by_its_doors(graphe: grimp.ImportGraph) -> None:
    """Services, rules, errors and signals are public; models, views and documents are not."""
    fautes = []
    for source in graphe.modules:
        for cible in graphe.find_modules_directly_imported_by(source):
            de, vers = source.split("."), cible.split(".")
            if len(de) < 2 or len(vers) < 3 or de[1] == vers[1]:
                continue
            if {de[1], vers[1]} <= PREFIXES.keys() and vers[2] not in PORTES:
                fautes.append(f"{source} → {cible}")
    assert fautes == []


@pytest.mark.parametrize("capacite", PREFIXES)
def test_a_capability_has_known_rooms_only(capacite: str) -> None:
    """A stray utils.py has no place."""
    inconnues = {
        chemin.stem
        for chemin in (APP / capacite).iterdir()
        if not chemin.name.startswith("__") and chemin.name != "README.md"
    }
    assert inconnues <= PIECES | DONNEES


@pytest.mark.parametrize("capacite", PREFIXES)
def test_a_capability_is_complete(capacite: str) -> None:
    """Its README, its help page, its tests bear its word."""
    lisez_moi = (APP / capacite / "README.md").read_text(encoding="utf-8").splitlines()
    assert lisez_moi[0] == f"# {capacite}"
    assert len(lisez_moi) <= 20
    assert (WEB / "aide" / f"{capacite}.md").is_file()
    dossiers = [RACINE / "tests" / genre / capacite for genre in ("unit", "integration")]
    assert any(list(d.glob("test_*.py")) for d in dossiers)


def test_no_file_grows_long() -> None:
    """A file of more than 500 lines is to be cut."""
    fichiers = [
        *APP.rglob("*.py"),
        *(RACINE / "tests").rglob("*.py"),
        *(RACINE / "build").glob("*.py"),
        *(WEB / "static" / "js").rglob("*.js"),
        *(WEB / "static" / "css").rglob("*.css"),
        *(WEB / "templates").rglob("*.html"),
    ]
    longs = [
        f"{f.relative_to(RACINE)} : {n}"
        for f in fichiers
        if (n := len(f.read_text(encoding="utf-8").splitlines())) > LIGNES_MAXIMUM
    ]
    assert longs == []


def test_paths_stay_short_enough_for_windows() -> None:
    """The bundle unpacks into deep folders: 120 characters at most inside the project."""
    longs = [
        str(chemin.relative_to(RACINE))
        for dossier in (APP, WEB)
        for chemin in dossier.rglob("*")
        if len(str(chemin.relative_to(RACINE))) > 120
    ]
    assert longs == []


def test_migrations_follow_one_another() -> None:
    """Numbered without a hole, from 0001 on."""
    numeros = sorted(int(f.name[:4]) for f in (APP / "migrations" / "versions").glob("0*.py"))
    assert numeros[0] == 1
    assert all(b == a + 1 for a, b in pairwise(numeros))
