"""Build the bundle: the program frozen by PyInstaller into a folder that needs no Python.

`packaging/construire` makes `.cache/bundle/sortie/clairpaie/` from the locks alone, in an
environment of its own; `--comparer` builds twice and says which files differ.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import _amorce
from _terminal import CACHE, RACINE, Echec, Terminal, lancer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERROU = "packaging/construction.lock"
RECETTE = "build/clairpaie.spec"
BUNDLE = CACHE / "bundle"
SORTIE = BUNDLE / "sortie" / "clairpaie"
BUDGET = 500_000_000
"""Bytes that the bundle may weigh: Qt's browser alone is three quarters of it on Linux."""
_VENV = CACHE / "paquet"
_PYTHON = _VENV / ("Scripts" if sys.platform == "win32" else "bin") / "python"
_TEMOIN = _VENV / "verrous.txt"
_DATE_DE_SECOURS = "1764028800"  # where git is absent: any fixed day


def main() -> int:
    """Run `packaging/construire`."""
    analyse = argparse.ArgumentParser(
        prog="python3 packaging/construire",
        description="Construit le programme autonome, à partir des verrous.",
    )
    analyse.add_argument(
        "--comparer", action="store_true", help="construire deux fois et dire ce qui diffère"
    )
    options = analyse.parse_args(sys.argv[1:])
    return lancer("bundle", lambda terminal: _construire(terminal, comparer=options.comparer))


def _construire(terminal: Terminal, *, comparer: bool) -> int:
    _amorce.exiger_python(sys.version_info[:3])
    _preparer_le_venv(terminal)
    _geler(terminal)
    code = _peser(terminal)
    if comparer:
        code |= _refaire_et_comparer(terminal)
    terminal.dire(f"Programme autonome : {SORTIE.relative_to(RACINE)}")
    return code


def lire_la_version() -> str:
    """Return the version that pyproject.toml declares."""
    import tomllib  # noqa: PLC0415 -- absent from the old Python that must be told it is old

    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    return str(projet["project"]["version"])


def _preparer_le_venv(terminal: Terminal) -> None:
    """Bring the build's own environment to what both locks say; nothing when it is there."""
    verrous = (_amorce.VERROU, VERROU)
    contenus = b"".join((RACINE / verrou).read_bytes() for verrou in verrous)
    somme = f"{sys.version_info[:3]} {_VENV} {hashlib.sha256(contenus).hexdigest()}"
    if _TEMOIN.is_file() and _TEMOIN.read_text(encoding="utf-8") == somme:
        return
    sinon = ("L’environnement de construction n’a pas pu être fait.", "Lisez la fin du journal.")
    with terminal.etape("Environnement de construction"):
        terminal.exiger([sys.executable, "-I", "-m", "venv", "--clear", str(_VENV)], sinon=sinon)
        demandes = [option for verrou in verrous for option in ("-r", verrou)]
        pip = [str(_PYTHON), "-I", "-m", "pip", "install", "--no-input", "--progress-bar=off"]
        terminal.exiger([*pip, "--require-hashes", *demandes], sinon=sinon)
    _TEMOIN.write_text(somme, encoding="utf-8")


def _geler(terminal: Terminal) -> None:
    """Run PyInstaller, then lay the bill of materials and the licences in the bundle."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    version = lire_la_version()
    _ecrire_les_metadonnees(version)
    env = {"SOURCE_DATE_EPOCH": _date_du_code(), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    commande = [
        *(str(_PYTHON), "-m", "PyInstaller", "--noconfirm", "--clean"),
        *("--workpath", str(BUNDLE / "travail"), "--distpath", str(BUNDLE / "sortie")),
        RECETTE,
    ]
    sinon = ("PyInstaller n’a pas pu geler le programme.", "Lisez la fin du journal.")
    with terminal.etape("Gel du programme (une minute)"):
        terminal.exiger(commande, env=env, sinon=sinon)
    with terminal.etape("Nomenclature et licences"):
        script = str(RACINE / "build" / "_inventaire.py")
        sinon = ("Une bibliothèque n’a pas sa licence.", "Complétez build/_inventaire.py.")
        terminal.exiger([str(_PYTHON), script, str(SORTIE), version], env=env, sinon=sinon)


def _date_du_code() -> str:
    """Return the instant of the last commit, in seconds: the date that built files bear."""
    if not shutil.which("git"):
        return _DATE_DE_SECOURS
    vu = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=False,
    )
    return vu.stdout.strip() or _DATE_DE_SECOURS


def _ecrire_les_metadonnees(version: str) -> None:
    """Write what the recipe reads: the program's own metadata, the resource of Windows.

    An editable install's own would bear the path of this checkout.
    """
    dossier = BUNDLE / "metadonnees" / f"clairpaie-{version}.dist-info"
    dossier.mkdir(parents=True)
    texte = f"Metadata-Version: 2.1\nName: clairpaie\nVersion: {version}\n"
    (dossier / "METADATA").write_text(texte, encoding="utf-8")
    (BUNDLE / "version.txt").write_text(_ressource_de_version(version), encoding="utf-8")


def _ressource_de_version(version: str) -> str:
    """Return the version resource that Windows shows in a file's properties."""
    nombres = tuple([*(int(n) for n in version.split(".")), 0, 0, 0][:4])
    textes = {
        "CompanyName": "Clairpaie",
        "FileDescription": "Clairpaie, la paie des associations",
        "FileVersion": version,
        "InternalName": "Clairpaie",
        "OriginalFilename": "Clairpaie.exe",
        "ProductName": "Clairpaie",
        "ProductVersion": version,
    }
    lignes = ", ".join(f"StringStruct({nom!r}, {texte!r})" for nom, texte in textes.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={nombres}, prodvers={nombres}), kids=["
        f"StringFileInfo([StringTable('040c04b0', [{lignes}])]), "
        "VarFileInfo([VarStruct('Translation', [1036, 1200])])])\n"
    )


def _peser(terminal: Terminal) -> int:
    """Say the largest parts; 1 when the bundle is over its budget."""
    parts = {
        entree.name: sum(taille for _, taille in _fichiers(entree))
        for dossier in (SORTIE, SORTIE / "interne")
        for entree in dossier.iterdir()
        if entree.name != "interne"
    }
    total = sum(parts.values())
    for nom, taille in sorted(parts.items(), key=lambda part: -part[1])[:12]:
        terminal.dire(f"  {taille / 1e6:8.1f} Mo  {nom}")
    terminal.dire(f"  {total / 1e6:8.1f} Mo  au total (budget : {BUDGET / 1e6:.0f} Mo)")
    if total > BUDGET:
        terminal.dire("Le programme dépasse son budget : cherchez ci-dessus ce qui n’y sert pas.")
    return int(total > BUDGET)


def _fichiers(entree: Path) -> Iterator[tuple[str, int]]:
    """Yield the files under an entry, links left out, with their size in bytes."""
    if entree.is_file() and not entree.is_symlink():
        yield entree.name, entree.stat().st_size
    for dossier, _, noms in os.walk(entree):
        for nom in noms:
            chemin = os.path.join(dossier, nom)  # noqa: PTH118 -- os.walk speaks in strings
            if not os.path.islink(chemin):  # noqa: PTH114
                yield os.path.relpath(chemin, entree), os.stat(chemin).st_size  # noqa: PTH116


def _refaire_et_comparer(terminal: Terminal) -> int:
    avant = _sommes()
    _geler(terminal)
    apres = _sommes()
    differents = sorted(n for n in avant.keys() | apres.keys() if avant.get(n) != apres.get(n))
    terminal.dire(f"{len(apres)} fichiers, {len(differents)} différents entre deux constructions.")
    for nom in differents:
        terminal.dire(f"  {nom}")
    return int(bool(differents))


def _sommes() -> dict[str, str]:
    if not SORTIE.is_dir():
        raise Echec("Le programme autonome n’existe pas.", "Lancez packaging/construire.")
    return {
        nom: hashlib.sha256((SORTIE / nom).read_bytes()).hexdigest() for nom, _ in _fichiers(SORTIE)
    }
