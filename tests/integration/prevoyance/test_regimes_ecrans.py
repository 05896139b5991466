"""The branch regimes on screen: rates of a day, history, what is to be confirmed."""

import re
from typing import Any

import pytest

from app.prevoyance.rules.fiches_regimes import adresse_de
from app.prevoyance.service.regimes import regimes

REGIMES = "/prevoyance/regimes"


def texte(client: Any, adresse: str) -> str:
    """Return what a page says, without tags, spaces and apostrophes made plain."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    nu = re.sub(r"<[^>]+>", " ", reponse.text).replace("&#39;", "'").replace("’", "'")
    return re.sub(r"[\s\u00a0\u202f]+", " ", nu)


@pytest.mark.exigence("P1")
def test_the_regimes_of_a_day_have_their_rates(client: Any) -> None:
    """Before and after an avenant; the tab is the current one."""
    page = client.get(f"{REGIMES}?au=31/12/2024")
    assert re.search(r'aria-current="page"[^>]*>Prévoyances paramétrées', page.text)
    assert "Tranches 1 et 2 0,42 % 0,42 %" in texte(client, f"{REGIMES}?au=31/12/2024")
    assert "Tranches 1 et 2 0,485 % 0,485 %" in texte(client, f"{REGIMES}?au=01/01/2025")
    page_du_jour = texte(client, REGIMES)
    for r in regimes().values():
        assert r.libelle.replace("’", "'") in page_du_jour
        for nom in r.populations.values():
            assert nom in page_du_jour
    assert "taux à confirmer" in page_du_jour
    assert "le régime de branche est celui des non-cadres" in page_du_jour


def test_a_date_that_cannot_be_read_is_said_beside_the_field(client: Any) -> None:
    """Today's rates stay; before the first date everything is to be confirmed."""
    page = texte(client, f"{REGIMES}?au=31/02/2026")
    assert "n'est pas une date du calendrier" in page
    assert "Sport" in page
    assert "aucun taux n'est fourni avant le 01/07/2016" in texte(
        client, f"{REGIMES}?au=01/06/2016"
    )


@pytest.mark.exigence("P1", "P2")
@pytest.mark.parametrize("code", list(regimes()))
def test_each_regime_has_its_page(client: Any, code: str) -> None:
    """Every date of effect, text, option and note is there; one period is in force."""
    regime = regimes()[code]
    page = texte(client, f"{REGIMES}/{adresse_de(code)}")
    for p in regime.periodes():
        assert f"{p.periode.debut:%d/%m/%Y}" in page
    assert page.count("en vigueur") - sum("en vigueur" in p.texte for p in regime.periodes()) == 1
    assert "Forfait social oui" in page
    assert "L137-15" in page
    assert ("à confirmer" in page) == any(p.a_verifier for p in regime.periodes())


def test_an_unknown_regime_is_refused(client: Any) -> None:
    """Not found, with the way back."""
    reponse = client.get(f"{REGIMES}/peche")
    assert reponse.status_code == 404
    assert "PRV-183" in reponse.text
