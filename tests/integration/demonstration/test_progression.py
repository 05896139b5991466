"""The progress of `clairpaie demo` on a terminal."""

from typing import Any

from app.socle.terminal import SuiviTerminal


def test_progress_is_written_over_one_line_then_ended(capsys: Any) -> None:
    """On standard error, in percent, with a line feed at the end only."""
    suivi = SuiviTerminal()
    suivi.etape("Préparation", 20, 60)
    suivi.etape("Terminé", 60, 60)

    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert "Préparation\u00a0: 33\u202f%" in sortie.err
    assert sortie.err.count("\n") == 1
    assert sortie.err.endswith("\n")
