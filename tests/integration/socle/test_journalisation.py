"""Logs: one rotating file, nobody's data in it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.employeurs.models import Dossier
from app.socle.journalisation import installer, noter_bogue
from app.socle.transaction import Magasin

_log = logging.getLogger("essai")


@pytest.fixture(autouse=True)
def _remettre() -> Iterator[None]:
    """Take our handler away and give the root logger its level back."""
    racine = logging.getLogger()
    niveau = racine.level
    yield
    for sortie in [h for h in racine.handlers if h.get_name() == "clairpaie"]:
        racine.removeHandler(sortie)
        sortie.close()
    racine.setLevel(niveau)


def test_events_go_to_the_file_of_the_data_folder(tmp_path: Path) -> None:
    """Once, even when logs are set up again; below the level, not at all."""
    installer(tmp_path)
    fichier = installer(tmp_path)

    _log.info("backup.verified script=%s size=%d", "Nuit", 12)
    _log.debug("detail")

    lignes = fichier.read_text(encoding="utf-8").splitlines()
    assert fichier == tmp_path / "journaux" / "clairpaie.log"
    assert [ligne.split(" ", 2)[2] for ligne in lignes] == [
        "INFO essai backup.verified script=Nuit size=12"
    ]


def test_no_nir_and_no_iban_reach_the_file(tmp_path: Path) -> None:
    """Neither in a message, nor in a value, nor in a traceback that a library logs."""
    fichier = installer(tmp_path)

    _log.info("nir=%s", "2 55 08 14 168 025 38")
    _log.info("compte FR7630006000011234567890189")
    try:
        int("255081416802538 de Durand")
    except ValueError:
        _log.exception("import.failed")

    texte = fichier.read_text(encoding="utf-8")
    assert "nir=***" in texte
    assert "compte ***" in texte
    assert "ValueError: invalid literal for int() with base 10: '*** de Durand'" in texte
    assert "14168" not in texte.replace(" ", "")


def test_the_file_turns_and_five_are_kept(tmp_path: Path) -> None:
    """One megabyte each, five at most."""
    fichier = installer(tmp_path)

    for _ in range(70):
        _log.info("x" * 100_000)

    tous = sorted(f.name for f in fichier.parent.iterdir())
    assert tous == ["clairpaie.log", *(f"clairpaie.log.{n}" for n in range(1, 5))]
    assert all(f.stat().st_size <= 1_000_000 for f in fichier.parent.iterdir())


@pytest.mark.parametrize("obstacle", ["journaux", "journaux/clairpaie.log"])
def test_a_folder_that_cannot_be_written_sends_logs_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], obstacle: str
) -> None:
    """The program starts all the same."""
    if obstacle == "journaux":
        (tmp_path / obstacle).write_text("x")
    else:
        (tmp_path / obstacle).mkdir(parents=True)

    installer(tmp_path)
    _log.info("program.opened nir=255081416802538")

    assert capsys.readouterr().err.endswith("program.opened nir=***\n")


def test_statements_are_not_logged(tmp_path: Path, magasin: Magasin) -> None:
    """Nor their values, even when the support asks for every detail."""
    fichier = installer(tmp_path, "DEBUG")

    with magasin.transaction("essai") as t:
        t.session.add(Dossier(nom="Nom de quelqu'un"))

    assert "quelqu'un" not in fichier.read_text(encoding="utf-8")


def test_a_bug_is_noted_by_its_place_only(caplog: pytest.LogCaptureFixture) -> None:
    """Type, reference, file and line: no message, no value."""

    def fautive(nom: str) -> None:
        raise KeyError(nom)

    try:
        fautive("Durand Anne")
    except KeyError as erreur:
        with caplog.at_level(logging.ERROR):
            reference = noter_bogue(_log, erreur)

    assert len(reference) == 6
    assert f"bug reference={reference} type=KeyError" in caplog.text
    assert "test_journalisation.py:" in caplog.text
    assert "fautive" in caplog.text
    assert "Durand" not in caplog.text
    assert noter_bogue(_log, ValueError()) != reference
