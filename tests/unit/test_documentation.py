"""Documentation is tested: codes, commands, settings, tree, decisions, vendored files."""

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Sequence

import click
import pytest

from app.cli import racine
from app.migrations.modeles import METADATA
from app.noyau.erreurs import ErreurMetier
from app.socle.base import Base
from app.socle.donnees import lire_yaml
from app.socle.reglages import REGLAGES
from app.webapp.aide import codes_expliques, en_html, lire_fiches
from tests.unit.maison import APP, PREFIXES, RACINE, SOCLE, WEB

_CODE = re.compile(r"[A-Z]{3}-\d{3}")
LISEZ_MOI = (APP / "README.md").read_text(encoding="utf-8")


def codes_du_programme() -> set[str]:
    """Return every code written in the program: refusals, warnings, findings."""
    codes = set()
    for fichier in APP.rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str):
                codes |= set(re.findall(r"^([A-Z]{3}-\d{3})\b", noeud.value))
    return codes - {"TEC-000"}


def test_every_code_is_explained_once() -> None:
    """Support asks for the code: each has its heading in the help, and no heading is orphan."""
    expliques = Counter(code for code, _ in codes_expliques(lire_fiches(WEB / "aide")))
    assert [code for code, combien in expliques.items() if combien > 1] == []
    assert sorted(expliques) == sorted(codes_du_programme())


def test_codes_are_unique_and_bear_their_prefix(refus: Sequence[type[ErreurMetier]]) -> None:
    """One class, one code; its three letters name the capability."""
    doubles = [c for c, n in Counter(r.code for r in refus).items() if n > 1]
    assert doubles == []
    prefixes = PREFIXES | SOCLE
    faux = [r.code for r in refus if r.code[:3] != prefixes[r.__module__.split(".")[1]]]
    assert faux == []


def test_every_command_is_in_the_readme() -> None:
    """The command line of `app/README.md` is the program's."""
    contexte = click.Context(racine)
    noms = set(racine.list_commands(contexte))
    decrits = set(re.findall(r"^clairpaie ([a-z-]+)", LISEZ_MOI, re.MULTILINE))
    assert decrits == noms
    for nom in noms:
        commande = racine.get_command(contexte, nom)
        assert commande is not None
        assert commande.help


def test_every_option_of_the_readme_exists() -> None:
    """No option is promised that the program does not know."""
    contexte = click.Context(racine)
    connues = {"--json", "--donnees"}
    groupes: list[click.Command] = [c for n in racine.list_commands(contexte)
                                    if (c := racine.get_command(contexte, n))]  # fmt: skip
    while groupes:
        commande = groupes.pop()
        connues |= {o for p in commande.params for o in p.opts}
        if isinstance(commande, click.Group):
            groupes += list(commande.commands.values())
    ligne_de_commande = LISEZ_MOI.partition("## Command line")[2].partition("## ")[0]
    assert set(re.findall(r"--[a-z-]+", ligne_de_commande)) <= connues


def test_the_tree_of_the_readme_is_the_tree() -> None:
    """Every folder of `app/` has its line, and no line names a missing folder."""
    decrits = set(re.findall(r"^\| `(\w+)/` \|", LISEZ_MOI, re.MULTILINE))
    presents = {d.name for d in APP.iterdir() if d.is_dir() and not d.name.startswith("_")}
    assert decrits == presents


def test_decisions_are_indexed() -> None:
    """Each decision has its line in the index."""
    dossier = APP / "decisions"
    indexees = set(re.findall(r"\]\(([\w-]+\.md)\)", (dossier / "README.md").read_text("utf-8")))
    assert indexees == {f.name for f in dossier.glob("[0-9]*.md")}


def test_settings_are_explained() -> None:
    """Each has a label and a help; the help page names its environment variable."""
    aide = (WEB / "aide" / "programme.md").read_text(encoding="utf-8")
    assert [r.cle for r in REGLAGES if r.variable not in aide] == []
    assert all(r.libelle and r.aide.endswith(".") for r in REGLAGES)


def test_the_glossary_holds_every_table() -> None:
    """A noun of the trade has its words on screen and its meaning."""
    glossaire = lire_yaml((APP / "glossaire.yaml").read_text(encoding="utf-8"), "glossaire.yaml")
    assert METADATA.tables
    manquants = {m.class_.__name__ for m in Base.registry.mappers} - glossaire.keys()
    assert manquants == set()
    for nom, entree in glossaire.items():
        assert set(entree) == {"affiche", "sens", "ou"}, nom


def test_vendored_files_are_as_declared() -> None:
    """Name, version, licence and digest stand in VENDOR.md; nothing else lies there."""
    dossier = WEB / "static" / "vendor"
    table = (dossier / "VENDOR.md").read_text(encoding="utf-8")
    declares = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|", table, re.MULTILINE))
    presents = {
        str(f.relative_to(dossier))
        for f in dossier.rglob("*")
        if f.is_file() and f.name not in {"VENDOR.md", "LICENSE"}
    }
    assert declares.keys() == presents
    for nom, empreinte in declares.items():
        assert hashlib.sha256((dossier / nom).read_bytes()).hexdigest() == empreinte
        assert (dossier / nom).parent.joinpath("LICENSE").is_file()


def test_components_are_all_registered() -> None:
    """main.js lists exactly the modules of components/, and templates name only these."""
    principal = (WEB / "static" / "js" / "main.js").read_text(encoding="utf-8")
    liste = principal.partition("new Set([")[2].partition("]")[0]
    inscrits = set(re.findall(r'"([\w-]+)"', liste))
    exportent = {
        f.stem
        for f in (WEB / "static" / "js" / "components").glob("*.js")
        if "export function installer" in f.read_text(encoding="utf-8")
    }
    assert inscrits == exportent
    nommes = {
        nom
        for gabarit in (WEB / "templates").rglob("*.html")
        for nom in re.findall(r'data-component="([\w-]+)"', gabarit.read_text("utf-8"))
    }
    assert nommes <= inscrits


def test_help_pages_escape_html() -> None:
    """Tags written in a page stay text; headings get the anchor that the codes point to."""
    rendu = en_html("# Titre\n\n<b>gras</b>\n\n### EMP-101\nTexte")
    assert "&lt;b&gt;" in rendu
    assert 'id="EMP-101"' in rendu


@pytest.mark.parametrize("commande", ["python3 build/setup", "python3 build/check"])
def test_the_readme_opens_with_its_two_commands(commande: str) -> None:
    """They come first, in this order, for a fresh machine."""
    blocs = re.findall(r"```sh\n(.*?)```", (RACINE / "README.md").read_text("utf-8"), re.DOTALL)
    lignes = [ligne.partition("#")[0].strip() for ligne in blocs[0].splitlines()]
    assert lignes == ["python3 build/setup", "python3 build/check"]
    assert commande in lignes
