"""Second command of the README: install what the tests need, then check everything.

`build/check` runs every step; `build/check ruff mypy` some; `build/check unit` or a path of
tests, or anything after `--`, hands these to pytest alone; `build/check --fix` repairs the form.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass, field

import _amorce
import _paquets
from _terminal import RACINE, Echec, Terminal, duree, lancer

_COMMANDES = [
    *(f"build/{nom}" for nom in ("setup", "check", "bench", "lock", "openfisca")),
    "packaging/construire",
]  # Python without a suffix
_MODE_D_EMPLOI = """\
python3 build/check                    tout vérifier
python3 build/check --fix              remettre le code en forme, corriger ce qui peut l’être
python3 build/check ruff mypy imports  quelques étapes (ruff, format, mypy, imports)
python3 build/check unit               un dossier de tests (unit, integration, e2e)
python3 build/check tests/unit/x.py    des chemins de tests
python3 build/check -- -k bulletin     des arguments de pytest"""
_SANS_TEST = 5  # pytest's code when nothing was collected
_COMPTE = re.compile(
    r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?)\b"
)
_CLOTURE = re.compile(r"^(?:=+ )?(?:\d+ \w+(?:, )?)+ in [\d.]+s.*$", re.MULTILINE)
_ORDRE = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")


@dataclass(frozen=True)
class Etape:
    """One tool to run."""

    nom: str
    commandes: tuple[tuple[str, ...], ...]
    env: dict[str, str] = field(default_factory=dict)
    tests: bool = False


@dataclass(frozen=True)
class Resultat:
    """How a step ended."""

    etape: Etape
    code: int
    secondes: float
    comptes: dict[str, int]


def etapes_de_forme() -> list[Etape]:
    """Return the steps that read the code without running it."""
    return [
        Etape("ruff", (("ruff", "check", ".", *_COMMANDES),)),
        Etape("format", (("ruff", "format", "--check", ".", *_COMMANDES),)),
        Etape("mypy", (("mypy",), ("mypy", "build")), {"MYPYPATH": str(RACINE / "build")}),
        Etape("imports", (("lint-imports",),)),
    ]


def etapes_de_tests(arguments: list[str]) -> list[Etape]:
    """Return pytest's steps: both cores for the fast tests, then the real browser by itself."""
    if arguments:
        return [Etape("tests", (("pytest", *arguments),), tests=True)]
    return [
        Etape("tests", (("pytest", "-n", "2", "-m", "not e2e and not bundle"),), tests=True),
        Etape("e2e", (("pytest", "-n", "2", "--dist", "loadfile", "-m", "e2e"),), tests=True),
    ]


def choisir(arguments: list[str]) -> list[Etape]:
    """Return the steps that the arguments ask for; all of them without arguments."""
    separes = "--" in arguments
    place = arguments.index("--") if separes else len(arguments)
    mots, pytest = arguments[:place], arguments[place + 1 :]
    forme = {etape.nom: etape for etape in etapes_de_forme()}
    choisies = [forme[mot] for mot in mots if mot in forme]
    chemins = [_chemin(mot) for mot in mots if mot not in forme]
    if not mots and not pytest:
        return [*forme.values(), *etapes_de_tests([])]
    if chemins or pytest:
        choisies += etapes_de_tests([*chemins, *pytest])
    return choisies


def _chemin(mot: str) -> str:
    raccourci = f"tests/{mot}"
    if (RACINE / raccourci).is_dir():
        return raccourci
    if mot.startswith("-") or (RACINE / mot.partition("::")[0]).exists():
        return mot
    raise Echec(f"« {mot} » n’est ni une étape ni un chemin.", f"Au choix :\n{_MODE_D_EMPLOI}")


def compter(sortie: str) -> dict[str, int]:
    """Return the figures of pytest's closing line."""
    clotures = _CLOTURE.findall(sortie)
    if not clotures:
        return {}
    return {mot.removesuffix("s") if mot.startswith("error") else mot: int(nombre)
            for nombre, mot in _COMPTE.findall(clotures[-1])}  # fmt: skip


def totaliser(resultats: list[Resultat]) -> str:
    """Return the closing line of all test steps together, as pytest words it."""
    tests = [r for r in resultats if r.etape.tests]
    sommes = {mot: sum(r.comptes.get(mot, 0) for r in tests) for mot in _ORDRE}
    sommes["passed"] = sommes["passed"] or 0
    mots = [f"{n} {mot}" for mot, n in sommes.items() if n or mot == "passed"]
    return f"{', '.join(mots)} in {sum(r.secondes for r in tests):.2f}s"


def main() -> int:
    """Run `build/check`."""
    arguments = sys.argv[1:]
    if {"-h", "--help"} & set(arguments):
        print(_MODE_D_EMPLOI)
        return 0
    return lancer("check", lambda terminal: _controler(terminal, arguments))


def _controler(terminal: Terminal, arguments: list[str]) -> int:
    debut = time.monotonic()
    _amorce.exiger_python(sys.version_info[:3])
    corriger = "--fix" in arguments
    etapes = [] if corriger else choisir(arguments)
    systeme = _paquets.TESTS if any(etape.tests for etape in etapes) else ()
    _amorce.installer(terminal, _amorce.VERROU_TESTS, systeme)
    if corriger:
        return _corriger(terminal)
    resultats = [_jouer(terminal, etape) for etape in etapes]
    _resumer(terminal, resultats, time.monotonic() - debut)
    return int(any(r.code for r in resultats))


def _corriger(terminal: Terminal) -> int:
    env = _amorce.environnement()
    codes = [
        terminal.executer(_outil(*commande, ".", *_COMMANDES), env=env, montrer=True)[0]
        for commande in (("ruff", "check", "--fix"), ("ruff", "format"))
    ]
    return int(any(codes))


def _outil(nom: str, *arguments: str) -> list[str]:
    return [str(_amorce.BIN / nom), *arguments]


def _jouer(terminal: Terminal, etape: Etape) -> Resultat:
    terminal.dire(f"\n── {etape.nom} : {' ; '.join(' '.join(c) for c in etape.commandes)}")
    debut, codes, sortie = time.monotonic(), [], ""
    env = {**_amorce.environnement(), **etape.env}
    for commande in etape.commandes:
        code, sortie = terminal.executer(_outil(*commande), env=env, montrer=True)
        codes.append(code)
    pire = max(codes, key=abs)
    if etape.tests and pire == _SANS_TEST:
        terminal.dire("Aucun test n’a été trouvé.")
    return Resultat(etape, pire, time.monotonic() - debut, compter(sortie))


def _resumer(terminal: Terminal, resultats: list[Resultat], secondes: float) -> None:
    terminal.dire(f"\n{'Étape':<12}{'Résultat':<12}Durée")
    for r in resultats:
        verdict = "ÉCHEC" if r.code else "réussi"
        terminal.dire(f"{r.etape.nom:<12}{verdict:<12}{duree(r.secondes)}")
    rates = sum(1 for r in resultats if r.code)
    bilan = f"{rates} étape(s) en échec" if rates else "tout est vérifié"
    terminal.dire(f"{'Total':<12}{bilan}, en {duree(secondes)} ; journal : {terminal.journal}")
    if any(r.etape.tests for r in resultats):
        terminal.dire(totaliser(resultats))
