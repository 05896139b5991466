"""The barèmes on screen: figures of a day, history of an entry, neutral rates."""

import re
from typing import Any

import pytest

from app.paie.service.baremes import moteur

COTISATIONS = "/bulletins/baremes/cotisations"
PARAMETRES = "/bulletins/baremes/parametres"
NEUTRES = "/bulletins/baremes/neutres"


def texte(client: Any, adresse: str) -> str:
    """Return what a page says, without tags, spaces made plain."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    nu = re.sub(r"<[^>]+>", " ", reponse.text).replace("&#39;", "'")
    return re.sub(r"[\s\u00a0\u202f]+", " ", nu)


@pytest.mark.exigence("B2")
def test_the_cotisations_of_a_day_are_those_of_its_law(client: Any) -> None:
    """Rates before and after a decree, thresholds of 2020, reduced rates until 2025."""
    fin_2025 = texte(client, f"{COTISATIONS}?au=31/12/2025")
    debut_2026 = texte(client, f"{COTISATIONS}?au=01/01/2026")
    assert "0,40 % 2,02 % Brut" in fin_2025
    assert "0,40 % 2,11 % Brut" in debut_2026
    assert "7,00 % ou 13,00 %" in fin_2025
    assert "7,00 % ou" not in debut_2026
    assert "moins de 50 salariés" in debut_2026
    assert "moins de 20 salariés" in texte(client, f"{COTISATIONS}?au=31/12/2019")


def test_every_cotisation_of_today_is_listed_with_its_text(client: Any) -> None:
    """Heading, label, legal text and date of the check, for each."""
    page = texte(client, COTISATIONS).replace("’", "'")
    for c in moteur().baremes.cotisations:
        assert c.libelle.replace("’", "'") in page
    assert "24/11/2026" in page
    assert "Assurance chômage" in page


def test_a_date_that_cannot_be_read_is_said_beside_the_field(client: Any) -> None:
    """Today's figures stay; nothing before 2019 is guessed."""
    page = texte(client, f"{COTISATIONS}?au=31/02/2026")
    assert "n’est pas une date du calendrier" in page.replace("'", "’")
    assert "Vieillesse" in page or "Sécurité sociale plafonnée" in page
    assert "n’a pas de valeur au 01/06/2018" in texte(
        client, f"{PARAMETRES}?au=01/06/2018"
    ).replace("'", "’")


@pytest.mark.exigence("B2")
def test_the_parameters_of_a_day_bear_their_unit(client: Any) -> None:
    """SMIC, plafond, thresholds; repealed is said, not begun is « — »."""
    page = texte(client, f"{PARAMETRES}?au=15/06/2026")
    assert "SMIC horaire brut 12,31 € par heure 01/06/2026" in page
    assert "4 005,00 € par mois" in page
    assert "50 salariés" in page
    assert "abrogé" in page
    assert "Tmin —" in texte(client, f"{PARAMETRES}?au=15/06/2025")


def test_every_entry_has_its_page_with_its_history(client: Any) -> None:
    """Each date of effect and each legal text is there; a chart when there is a figure."""
    baremes = moteur().baremes
    for p in baremes.parametres.values():
        page = texte(client, f"{PARAMETRES}/{p.code}").replace("’", "'")
        for jour, source in p.sources.items():
            assert f"{jour:%d/%m/%Y}" in page
            assert re.sub(r"[\s\u00a0\u202f]+", " ", source)[:20].replace("’", "'") in page
    for c in baremes.cotisations:
        page = texte(client, f"{COTISATIONS}/{c.code}")
        assert "Historique" in page
        assert page.count("en vigueur") == 1, c.code


def test_a_cotisation_with_a_formula_shows_the_figures_it_asks_for(client: Any) -> None:
    """The réduction générale leads to Tmin, Tdelta and its exit point; and back in words."""
    page = client.get(f"{COTISATIONS}/reduction_generale").text
    assert f'href="{PARAMETRES}/rgdu_t_min"' in page
    assert "Évolution" not in page
    retour = texte(client, f"{PARAMETRES}/rgdu_t_min")
    assert "Réduction générale des cotisations patronales" in retour


def test_the_chart_has_no_inline_style(client: Any) -> None:
    """Drawn by attributes and classes, as the security policy wants; it says what it is."""
    page = client.get(f"{PARAMETRES}/smic_horaire").text
    assert 'role="img"' in page
    assert " style=" not in page
    assert page.count("<circle") == 13


@pytest.mark.exigence("B2")
def test_the_neutral_rates_follow_the_zone_and_the_day(client: Any) -> None:
    """Grid of May 2025 from that month on; one zone apart from another."""
    assert "1 858,00 €" in texte(client, f"{NEUTRES}?zone=antilles_reunion&au=01/05/2025")
    assert "1 825,00 €" in texte(client, f"{NEUTRES}?zone=antilles_reunion&au=30/04/2025")
    metropole = texte(client, NEUTRES)
    assert "Taux neutre, métropole et hors de France" in metropole
    assert "43,00 %" in metropole


@pytest.mark.parametrize(
    "adresse", [f"{COTISATIONS}/inconnue", f"{PARAMETRES}/inconnu", f"{NEUTRES}?zone=lune"]
)
def test_an_unknown_entry_says_so(client: Any, adresse: str) -> None:
    """With the code of the refusal and the way back."""
    refus = client.get(adresse)
    assert refus.status_code == 404
    assert "PAI-130" in refus.text


def test_figures_checked_in_a_former_year_are_to_be_checked(
    client: Any,
) -> None:
    """Asked for the next year, an entry checked in 2026 is said to be checked again."""
    assert "à vérifier" not in texte(client, COTISATIONS)
    assert "à vérifier" in texte(client, f"{COTISATIONS}?au=01/01/2027")
