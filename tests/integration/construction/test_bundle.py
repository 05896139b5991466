"""What the build of the bundle stands on: its lock, its recipe's inputs, its bill of materials."""

import re
import shutil
from email.message import Message
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import pytest

from tests.unit.maison import RACINE

bundle: Any = import_module("_bundle")
inventaire: Any = import_module("_inventaire")
_BLOC = re.compile(r"^([a-z0-9-]+==.*(?:\n    --hash=.*)*)", re.MULTILINE)


def test_its_tools_are_those_of_the_other_lock() -> None:
    """Both locks pin the same versions with the same hashes; no address of a registry."""
    outils, tests = (
        (RACINE / nom).read_text(encoding="utf-8") for nom in (bundle.VERROU, "build/tests.lock")
    )
    blocs = {bloc.rstrip() for bloc in _BLOC.findall(outils)}
    assert len(blocs) == 7
    assert blocs <= {bloc.rstrip() for bloc in _BLOC.findall(tests)}
    assert "http" not in outils


def test_the_version_resource_has_four_numbers() -> None:
    """Windows wants four; a French reader finds the name of the product."""
    ressource = bundle._ressource_de_version("2.10.3")
    assert "filevers=(2, 10, 3, 0)" in ressource
    assert "la paie des associations" in ressource


def test_the_bill_of_materials_is_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its date and its number follow the code's date and the versions, nothing else."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")
    presents = [metadata.distribution("flask"), metadata.distribution("sqlalchemy")]
    faite = inventaire.composer("1.0.0", presents)
    assert faite == inventaire.composer("1.0.0", presents)
    assert faite["metadata"]["timestamp"] == "2025-11-25T00:00:00+00:00"
    assert [c["name"] for c in faite["components"]] == ["flask", "sqlalchemy", "python"]
    assert inventaire.composer("1.0.1", presents)["serialNumber"] != faite["serialNumber"]


_SANS_DPKG = "les paquets du système se lisent par dpkg"


class _SansLicence(metadata.Distribution):
    """A library of which nothing is known."""

    files = None

    @property
    def metadata(self) -> Message:  # type: ignore[override]
        entete = Message()
        entete["Name"], entete["Version"] = "inconnue", "1.0"
        return entete

    def read_text(self, filename: str) -> str | None:
        return None

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


def test_a_library_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    """Nothing is shipped of which the licence is unknown."""
    with pytest.raises(SystemExit, match="inconnue"):
        inventaire.ecrire_les_licences(tmp_path, [_SansLicence()])


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason=_SANS_DPKG)
def test_the_libraries_of_the_system_are_named_too(tmp_path: Path) -> None:
    """A library copied from the system bears its package's name, version and licence."""
    (tmp_path / "interne").mkdir()
    (tmp_path / "interne" / "libexpat.so.1").touch()
    (tmp_path / "licences").mkdir()
    paquets = inventaire.paquets_du_systeme(tmp_path)
    assert list(paquets) == ["libexpat1"]
    assert "Expat" in (tmp_path / "licences" / "libexpat1.txt").read_text(encoding="utf-8")
    faite = inventaire.composer("1.0.0", [], paquets)
    assert faite["components"][-1]["purl"] == f"pkg:deb/debian/libexpat1@{paquets['libexpat1']}"
