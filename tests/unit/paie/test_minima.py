"""Minima of the conventions: by group, by coefficient, for a part of a full time, by date."""

from datetime import date
from typing import Any

import pytest

from app.paie.errors import BaremeRefuse
from app.paie.rules.minima import lire_minima, minimum
from app.paie.service.minima import minima_par_idcc

FIN = date(2026, 1, 31)
BRUT: dict[str, Any] = {
    "idcc": "1",
    "libelle": "CCN",
    "valeurs": {date(2024, 1, 1): {"groupes": {"1": "1800.00 €"}}},
    "sources": {date(2024, 1, 1): "avenant n° 1"},
    "verifie_le": FIN,
}


@pytest.mark.parametrize(
    ("idcc", "classification", "heures", "attendu"),
    [
        ("2511", "Groupe 4", 15_167, 205_800),
        ("2511", "groupe 3, technicien", 15_167, 195_850),
        ("2511", "", 15_167, 181_200),
        ("2511", "Groupe 4", 7_584, 102_907),
        ("2511", "Groupe 4", 20_000, 205_800),
        ("1518", "Groupe C", 15_167, 285 * 660),
        ("1518", "Coefficient 300", 15_167, 300 * 660),
        ("1518", "animatrice", 15_167, 265 * 660),
    ],
)
def test_the_minimum_follows_the_classification_and_the_hours(
    idcc: str, classification: str, heures: int, attendu: int
) -> None:
    """The group or the coefficient is found in the text; else the lowest group is the floor."""
    trouve = minimum(minima_par_idcc()[idcc], classification, heures, FIN)
    assert trouve is not None
    assert trouve.montant == attendu
    assert "avenant n°" in trouve.texte


def test_nothing_is_said_before_the_first_figure_nor_without_figures() -> None:
    """2023 has none here; a convention that is not listed has none at all."""
    assert minimum(minima_par_idcc()["2511"], "Groupe 1", 15_167, date(2023, 12, 31)) is None
    assert "9999" not in minima_par_idcc()


@pytest.mark.parametrize(
    "change",
    [
        {"libelle": ...},
        {"intrus": 1},
        {"sources": {}},
        {"valeurs": {date(2024, 1, 1): {"groupes": {}}}},
        {"valeurs": {date(2024, 1, 1): {"groupes": {"1": "mille"}}}},
        {"valeurs": {date(2024, 1, 1): {"point": "6.60 €"}}},
    ],
)
def test_a_file_with_a_hole_is_refused_by_name(change: dict[str, Any]) -> None:
    """A missing text, figure or field names the convention."""
    brut = {k: v for k, v in (BRUT | change).items() if v is not ...}
    with pytest.raises(BaremeRefuse) as refus:
        lire_minima(brut)
    assert "minima 1" in refus.value.texte()
