"""What is inside the bundle: its bill of materials (CycloneDX 1.5) and everyone's licence.

Run by the Python of the build's own environment, on the bundle just made. Written here rather
than by cyclonedx-bom, which would add twenty libraries to the build for the hundred lines below,
and would list what is installed instead of what is inside.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

DOSSIER_DES_LICENCES = "licences"
NOMENCLATURE = "nomenclature.cdx.json"
_TEXTES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
_OUTILS = frozenset({"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pip"})
_OUTILS_SEULS = _OUTILS | {"setuptools", "hatchling", "editables", "pathspec", "pluggy"} | {
    "trove-classifiers", "tomlkit", "packaging", "macholib", "pefile", "pywin32-ctypes",
}  # fmt: skip
_SANS_TEXTE = {
    "flask-sqlalchemy": "BSD-3-Clause",
    "pyqt6-qt6": "LGPL-3.0-only",
    "pyqt6-webengine-qt6": "LGPL-3.0-only",
}
"""Libraries whose wheel bears no text: their identifier, from their project's page."""


def main() -> int:
    """Write both into the bundle named by the first argument; the second is our version."""
    bundle, version = Path(sys.argv[1]), sys.argv[2]
    presents = bibliotheques()
    ecrire_les_licences(bundle, presents)
    nomenclature = composer(version, presents)
    texte = json.dumps(nomenclature, ensure_ascii=False, indent=2, sort_keys=True)
    (bundle / NOMENCLATURE).write_text(texte + "\n", encoding="utf-8")
    return 0


def bibliotheques() -> list[metadata.Distribution]:
    """Return the distributions of this environment that go into the bundle, by name."""
    par_nom = {_nom(d): d for d in metadata.distributions()}
    return [d for nom, d in sorted(par_nom.items()) if nom not in _OUTILS_SEULS]


def composer(version: str, presents: list[metadata.Distribution]) -> dict[str, object]:
    """Return the bill of materials; its date and number follow SOURCE_DATE_EPOCH alone."""
    instant = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    composants = [_composant(_nom(d), d.version, _licence(d)) for d in presents]
    composants.append(_composant("python", sys.version.split()[0], "Python-2.0"))
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


def _composant(nom: str, version: str, licence: str) -> dict[str, object]:
    composant: dict[str, object] = {
        "type": "library",
        "name": nom,
        "version": version,
        "licenses": [{"license": {"name": licence}}],
    }
    if nom != "python":
        composant["purl"] = f"pkg:pypi/{nom}@{version}"
    return composant


def ecrire_les_licences(bundle: Path, presents: list[metadata.Distribution]) -> None:
    """Copy each library's own texts under `licences/`; fails when one has neither text nor name.

    Raises:
        SystemExit: a library of which nothing is known.
    """
    dossier = bundle / DOSSIER_DES_LICENCES
    dossier.mkdir()
    inconnues = []
    for distribution in presents:
        textes = _textes(distribution)
        licence = _licence(distribution)
        if not textes and licence == "inconnue":
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
