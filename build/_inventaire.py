"""What is inside the bundle: its bill of materials (CycloneDX 1.5) and everyone's licence.

Run by the Python of the build's own environment, on the bundle just made. Written here rather
than by cyclonedx-bom, which would add twenty libraries to the build for the hundred lines below,
and would list what is installed instead of what is inside.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

DOSSIER_DES_LICENCES = "licences"
NOMENCLATURE = "nomenclature.cdx.json"
_TRIPLET = f"{os.uname().machine}-linux-gnu" if sys.platform != "win32" else ""
_TEXTES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
_OUTILS = frozenset({"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pip"})
_OUTILS_SEULS = _OUTILS | {"setuptools", "hatchling", "editables", "pathspec", "pluggy"} | {
    "trove-classifiers", "tomlkit", "packaging", "macholib", "pefile", "pywin32-ctypes",
}  # fmt: skip
_SANS_TEXTE = {
    "flask-sqlalchemy": "BSD-3-Clause",
    "pyrage": "MIT",
    "pyqt6-qt6": "LGPL-3.0-only",
    "pyqt6-webengine-qt6": "LGPL-3.0-only",
}
"""Libraries whose wheel declares no licence: its identifier, from their project's page."""


def main() -> int:
    """Write both into the bundle named by the first argument; the second is our version."""
    bundle, version = Path(sys.argv[1]), sys.argv[2]
    presents = bibliotheques()
    ecrire_les_licences(bundle, presents)
    nomenclature = composer(version, presents, paquets_du_systeme(bundle))
    texte = json.dumps(nomenclature, ensure_ascii=False, indent=2, sort_keys=True)
    (bundle / NOMENCLATURE).write_text(texte + "\n", encoding="utf-8")
    return 0


def bibliotheques() -> list[metadata.Distribution]:
    """Return the distributions of this environment that go into the bundle, by name."""
    par_nom = {_nom(d): d for d in metadata.distributions()}
    return [d for nom, d in sorted(par_nom.items()) if nom not in _OUTILS_SEULS]


def paquets_du_systeme(bundle: Path) -> dict[str, str]:
    """Return the system's packages whose libraries are inside, with their version.

    Their licences are copied beside the others; none where the system has no dpkg.

    Raises:
        SystemExit: a package without its licence.
    """
    if not shutil.which("dpkg-query"):
        return {}
    noms = sorted(f.name for f in (bundle / "interne").glob("lib*.so*") if "python" not in f.name)
    trouves = _interroger("--search", *(f"*/{nom}" for nom in noms))
    paquets = sorted({ligne.partition(":")[0] for ligne in trouves if not _est_ailleurs(ligne)})
    versions = dict(
        ligne.split(" ", 1)
        for ligne in _interroger("--show", "--showformat=${Package} ${Version}\n", *paquets)
    )
    for paquet in paquets:
        copie = Path("/usr/share/doc") / paquet / "copyright"
        if not copie.is_file():
            sys.exit(f"licence inconnue : {paquet}")
        shutil.copyfile(copie, bundle / DOSSIER_DES_LICENCES / f"{paquet}.txt")
    return versions


def _est_ailleurs(ligne: str) -> bool:
    """Tell whether dpkg speaks of a private folder of some program, or of a diversion."""
    dossier = ligne.rpartition(" ")[2].rpartition("/")[0]
    public = ("/lib", "/usr/lib", f"/usr/lib/{_TRIPLET}", f"/lib/{_TRIPLET}")
    return ligne.startswith("diversion") or dossier not in (*public, f"/usr/lib/{_TRIPLET}/nss")


def _interroger(*arguments: str) -> list[str]:
    """Return what dpkg-query says; what it does not know is left out."""
    vu = subprocess.run(
        ["dpkg-query", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    return vu.stdout.splitlines()


def composer(
    version: str, presents: list[metadata.Distribution], systeme: dict[str, str] | None = None
) -> dict[str, object]:
    """Return the bill of materials; its date and number follow SOURCE_DATE_EPOCH alone."""
    instant = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    composants = [_composant(_nom(d), d.version, _licence(d)) for d in presents]
    composants.append(_composant("python", sys.version.split()[0], "Python-2.0"))
    composants += [
        _composant(paquet, numero, f"licences/{paquet}.txt", f"pkg:deb/debian/{paquet}@{numero}")
        for paquet, numero in (systeme or {}).items()
    ]
    cle = f"clairpaie {version} {[(c['name'], c['version']) for c in composants]}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, cle)}",
        "metadata": {
            "timestamp": datetime.fromtimestamp(instant, UTC).isoformat(),
            "component": {"type": "application", "name": "clairpaie", "version": version},
        },
        "components": composants,
    }


def _composant(nom: str, version: str, licence: str, purl: str = "") -> dict[str, object]:
    composant: dict[str, object] = {
        "type": "library",
        "name": nom,
        "version": version,
        "licenses": [{"license": {"name": licence}}],
    }
    if nom != "python":
        composant["purl"] = purl or f"pkg:pypi/{nom}@{version}"
    return composant


def ecrire_les_licences(bundle: Path, presents: list[metadata.Distribution]) -> None:
    """Copy each library's own texts under `licences/`; fails when one declares none.

    Raises:
        SystemExit: a library of which nothing is known.
    """
    dossier = bundle / DOSSIER_DES_LICENCES
    dossier.mkdir()
    inconnues = []
    for distribution in presents:
        textes = _textes(distribution)
        licence = _licence(distribution)
        if licence == "inconnue":
            inconnues.append(_nom(distribution))
        entete = f"{_nom(distribution)} {distribution.version}\n{licence}\n"
        corps = [entete, *textes]
        fichier = dossier / f"{_nom(distribution)}.txt"
        fichier.write_text("\n\n".join(corps), encoding="utf-8")
    python = Path(os.__file__).parent / "LICENSE.txt"
    if python.is_file():
        (dossier / "python.txt").write_bytes(python.read_bytes())
    if inconnues:
        sys.exit(f"licence inconnue : {', '.join(inconnues)}")


def _textes(distribution: metadata.Distribution) -> list[str]:
    fichiers = [
        f for f in distribution.files or () if ".dist-info" in str(f) and _est_un_texte(f.name)
    ]
    lus = (Path(str(distribution.locate_file(f))) for f in sorted(fichiers))
    return [f.read_text(encoding="utf-8", errors="replace") for f in lus if f.is_file()]


def _est_un_texte(nom: str) -> bool:
    return nom.upper().startswith(_TEXTES)


def _licence(distribution: metadata.Distribution) -> str:
    """Return the licence that a distribution declares, in one line."""
    entete = distribution.metadata
    classes = [
        c.rpartition(" :: ")[2] for c in entete.get_all("Classifier") or () if "License ::" in c
    ]
    champs = (entete.get_all(champ) for champ in ("License-Expression", "License"))
    declaree = next((valeurs[0].strip() for valeurs in champs if valeurs), "")
    if declaree and "\n" not in declaree:
        return declaree
    return ", ".join(classes) or _SANS_TEXTE.get(_nom(distribution), "inconnue")


def _nom(distribution: metadata.Distribution) -> str:
    return str(distribution.metadata["Name"]).lower().replace("_", "-")


if __name__ == "__main__":
    sys.exit(main())
