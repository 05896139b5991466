"""The core is exact and pure: no float anywhere, examples that run."""

import ast
import doctest
import importlib
from pathlib import Path

import pytest

NOYAU = sorted(Path("app/noyau").glob("*.py"))
REGLES = sorted(
    f
    for f in Path("app").rglob("*.py")
    if "rules" in f.relative_to("app").with_suffix("").parts[1:2] or f.match("app/*/rules/**/*.py")
)


def _flottants(source: str) -> list[str]:
    """Return the lines that hold a float: literal, annotation or call.

    `isinstance(x, float)` is let through: it is how a float is refused.
    """
    trouves: list[str] = []
    admis: set[ast.AST] = set()
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Call) and ast.unparse(noeud.func) == "isinstance":
            admis.update(ast.walk(noeud.args[1]))
        litteral = isinstance(noeud, ast.Constant) and isinstance(noeud.value, float | complex)
        nom = isinstance(noeud, ast.Name) and noeud.id == "float" and noeud not in admis
        if litteral or nom:
            trouves.append(f"line {getattr(noeud, 'lineno', 0)}: {ast.unparse(noeud)}")
    return trouves


@pytest.mark.parametrize("fichier", [*NOYAU, *REGLES], ids=str)
def test_no_float_enters_the_core_or_the_rules(fichier: Path) -> None:
    """Amounts, rates and hours are whole numbers: no float literal, annotation or call."""
    assert _flottants(fichier.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 1.5",
        "def f(x: float) -> int: ...",
        "y = float('1')",
        "def f() -> list[float]: ...",
        "1e3",
    ],
)
def test_the_check_finds_floats(source: str) -> None:
    """The test above would see each of these."""
    assert _flottants(source)


def test_the_check_reads_the_rules_of_several_capabilities() -> None:
    """Rules are found as a file and as a folder."""
    assert Path("app/employeurs/rules.py") in REGLES
    assert any(f.parent.name == "rules" for f in REGLES)


@pytest.mark.parametrize("fichier", NOYAU, ids=lambda f: f.stem)
def test_the_examples_of_the_core_run(fichier: Path) -> None:
    """Docstrings say what the code does."""
    module = importlib.import_module(".".join(fichier.with_suffix("").parts))

    assert doctest.testmod(module).failed == 0
