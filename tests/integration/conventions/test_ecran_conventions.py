"""The list of conventions collectives on screen."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.conventions.service import lister_conventions
from app.socle.listes import Vue


@pytest.mark.exigence("O1")
def test_conventions_are_searched_by_number_and_by_words(programme: Programme) -> None:
    """The beginning of the number, words whatever their accents, both filters."""
    with programme.transaction() as t:
        par_numero = lister_conventions(t, Vue(recherche="2511"))
        par_mots = lister_conventions(t, Vue(recherche="SPORT nationale"))
        closes = lister_conventions(t, Vue(filtres=(("etat", "clôturée"),)))
        courantes = lister_conventions(t, Vue(filtres=(("associatives", "1"),)))
    assert [c.idcc for c in par_numero.lignes] == ["2511"]
    assert "2511" in {c.idcc for c in par_mots.lignes}
    assert {c.etat for c in closes.lignes} == {"clôturée"}
    assert 0 < courantes.total < 100
    assert all(c.associative for c in courantes.lignes)


def test_conventions_are_sorted(programme: Programme) -> None:
    """By number downwards, by title without accents."""
    with programme.transaction() as t:
        bas = lister_conventions(t, Vue(tri="idcc", descendant=True))
    assert bas.lignes[0].idcc == "9999"
    assert bas.total > 1_000


def test_the_list_and_a_convention_are_shown(client: Any) -> None:
    """O1: number, title, state, OPCO with its dates; an unknown one is refused."""
    assert "Convention collective nationale du sport" in client.get("/conventions/?q=2511").text
    sport = client.get("/opco/conventions/2511").text
    assert "AFDAS" in sport
    assert "depuis le 01/04/2019" in sport
    assert "Aucune convention ne répond" in client.get("/conventions/?q=zzzz").text
    refus = client.get("/opco/conventions/0000")
    assert refus.status_code == 404
    assert "OPC-102" in refus.text
