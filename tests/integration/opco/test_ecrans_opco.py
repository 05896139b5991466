"""The OPCO and the former OPCA on screen."""

from datetime import date
from typing import Any

import pytest

from app.assemblage import Programme
from app.opco.service import lister_opco, periodes_d_une_convention


@pytest.mark.exigence("O1")
def test_the_eleven_opco_are_listed_with_their_conventions(programme: Programme) -> None:
    """Eleven; nothing corresponds before the reform."""
    with programme.transaction() as t:
        aujourd_hui = lister_opco(t, date(2026, 6, 1))
        avant = lister_opco(t, date(2019, 3, 31))
        sport = periodes_d_une_convention(t, "2511")
    assert len(aujourd_hui) == 11
    assert all(o.conventions > 0 for o in aujourd_hui)
    assert {o.conventions for o in avant} == {0}
    assert [(str(p), libelle) for p, libelle in sport] == [("depuis le 01/04/2019", "AFDAS")]


@pytest.mark.exigence("O1")
def test_both_lists_are_shown(client: Any) -> None:
    """With official names, and what became of Uniformation's like on 01/04/2019."""
    assert "Opérateur de compétences" in client.get("/opco/").text
    anciens = client.get("/opco/anciens").text
    assert "Actalians" in anciens
    assert "01/04/2019" in anciens
