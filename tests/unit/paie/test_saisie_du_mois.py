"""The columns of the month's entry grid."""

from app.paie.rules.saisie import COMPLEMENTAIRES, DU_SPORT, SUPPLEMENTAIRES, champs_utiles


def _noms(heures: list[int], *, idcc: str = "1518", **saisi: str) -> set[str]:
    return {c.nom for c in champs_utiles(idcc, ["general"], heures, [saisi])}


def test_a_grid_shows_the_columns_that_somebody_has_a_use_for() -> None:
    """Complementary hours for a part time, overtime for a full time."""
    assert not _noms([15_167, 15_167]) & COMPLEMENTAIRES
    assert not _noms([10_400]) & SUPPLEMENTAIRES
    assert _noms([10_400, 15_167]) >= SUPPLEMENTAIRES | COMPLEMENTAIRES
    assert not _noms([15_167]) & DU_SPORT
    assert _noms([15_167], idcc="2511") >= DU_SPORT


def test_what_was_typed_is_never_hidden() -> None:
    """A contract that became full time keeps the hours entered before."""
    assert "heures_compl_10" in _noms([15_167], heures_compl_10="2")
    assert "manifestations" in _noms([15_167], manifestations="90")
