"""The file that waits between preview and import."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.importations.errors import DepotIntrouvable
from app.importations.service import deposer, nettoyer, noter, retirer, retrouver


def test_a_file_is_found_again_with_what_was_chosen(tmp_path: Path) -> None:
    """Kind, name, dossier and columns come back; the name on disk is random."""
    depot = deposer(tmp_path, "salaries", "C:\\Paie\\personnel 2026.xlsx", b"octets", "Sport")
    noter(replace(depot, correspondance={0: "nir", 3: ""}))

    relu = retrouver(tmp_path, depot.jeton)

    assert (
        relu.nom,
        relu.dossier,
        relu.correspondance,
    ) == ("personnel 2026.xlsx", "Sport", {0: "nir", 3: ""})
    assert relu.fichier.read_bytes() == b"octets"
    assert "personnel" not in str(relu.fichier)


@pytest.mark.parametrize("jeton", ["../../etc/passwd", "", "a" * 32, "..", "%2e%2e"])
def test_an_invented_mark_finds_nothing(tmp_path: Path, jeton: str) -> None:
    """No path can be asked for."""
    with pytest.raises(DepotIntrouvable):
        retrouver(tmp_path, jeton)


def test_a_file_is_removed_once_it_has_served_and_leftovers_at_start(tmp_path: Path) -> None:
    """Personal data do not linger."""
    premier = deposer(tmp_path, "salaries", "a.xlsx", b"1")
    deposer(tmp_path, "salaries", "b.xlsx", b"2")

    retirer(premier)

    with pytest.raises(DepotIntrouvable):
        retrouver(tmp_path, premier.jeton)
    assert nettoyer(tmp_path) == 1
    assert nettoyer(tmp_path) == 0
    assert list((tmp_path / "importations").iterdir()) == []
