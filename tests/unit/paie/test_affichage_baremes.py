"""The barèmes in words and in a drawing: units, conditions, histories, step charts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import DateIllisible
from app.paie.errors import BaremeInconnu, BaremeIntrouvable
from app.paie.rules.affichage import (
    a_verifier,
    afficher_valeur,
    condition_en_mots,
    jour_demande,
)
from app.paie.rules.baremes import Condition, Serie
from app.paie.rules.courbe import HAUTEUR, LARGEUR, tracer
from app.paie.rules.fiches_baremes import (
    cotisations_en_vigueur,
    fiche_de_cotisation,
    fiche_de_parametre,
    grille_au,
)
from app.paie.service.baremes import moteur

AUJOURD_HUI = date(2026, 6, 15)
JOURS = st.dates(date(2015, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("valeur", "unite", "texte"),
    [
        (21_100, "taux", "2,11 %"),
        (1_231, "€/heure", "12,31 € par heure"),
        (400_500, "€/mois", "4 005,00 € par mois"),
        (2_425_600, "€/an", "24 256,00 € par an"),
        (160, "multiple du SMIC", "1,60 SMIC"),
        (175, "coefficient", "1,75"),
        (5_000, "salariés", "50 salariés"),
        (400, "plafonds", "4 plafonds"),
        (None, "taux", "abrogé"),
    ],
)
def test_a_figure_is_shown_in_its_unit(valeur: int | None, unite: str, texte: str) -> None:
    """One way of writing for each unit; repealed is said."""
    assert afficher_valeur(valeur, unite).replace("\u202f", " ") == texte


@pytest.mark.parametrize(
    ("condition", "texte"),
    [
        (Condition(), "tous les salariés"),
        (Condition(cadre=False), "non-cadres"),
        (Condition(nature="cdd", effectif_max=10), "contrats à durée déterminée, moins de 11"),
        (Condition(association=False, alsace_moselle=False), "hors associations, hors Alsace"),
        (Condition(association=True, alsace_moselle=True), "associations, en Alsace-Moselle"),
        (Condition(idcc="2511", effectif_min=10, effectif_max=49), "2511, de 10 à 49 salariés"),
        (Condition(effectif_min=250), "250 salariés et plus"),
    ],
)
def test_a_condition_is_said_in_words(condition: Condition, texte: str) -> None:
    """Whom a cotisation concerns, without a code."""
    assert texte in condition_en_mots(condition)


def test_the_day_asked_for_is_read_or_refused() -> None:
    """Empty is today; nothing before 2019."""
    assert jour_demande(" ", AUJOURD_HUI) == AUJOURD_HUI
    assert jour_demande("1/2/2024", AUJOURD_HUI) == date(2024, 2, 1)
    with pytest.raises(DateIllisible):
        jour_demande("hier", AUJOURD_HUI)
    with pytest.raises(BaremeInconnu):
        jour_demande("31/12/2018", AUJOURD_HUI)


def test_an_entry_checked_before_the_year_is_to_be_checked() -> None:
    """The first of January of the year asked for is the limit."""
    assert not a_verifier(date(2026, 1, 1), AUJOURD_HUI)
    assert a_verifier(date(2025, 12, 31), AUJOURD_HUI)


def test_the_history_of_a_cotisation_says_what_was_due_at_each_date() -> None:
    """Threshold of the FNAL in 2020; full rate of the maladie in 2026, each with its text."""
    b = moteur().baremes
    fnal = fiche_de_cotisation(b, "fnal", AUJOURD_HUI).historique
    assert [e.effet.year for e in fnal] == [2020, 2015]
    assert [e.valeurs[2] for e in fnal] == ["50 salariés et plus", "20 salariés et plus"]
    assert [e.en_vigueur for e in fnal] == [True, False]
    maladie = fiche_de_cotisation(b, "maladie", AUJOURD_HUI)
    passees = {
        e.effet.year: (e.valeurs[1].replace("\u202f", " "), e.texte) for e in maladie.historique
    }
    assert passees[2026][0] == "13,00 %"
    assert "2025-887" in passees[2026][1]
    assert passees[2019][0] == "7,00 % ou 13,00 %"
    assert {p.code for p in maladie.lies} >= {"maladie_taux_reduit", "smic_bandeaux"}


def test_a_repealed_parameter_is_in_force_no_more() -> None:
    """Its last line says « abrogé », and no line says it is in force."""
    fiche = fiche_de_parametre(moteur().baremes, "maladie_taux_reduit", AUJOURD_HUI)
    assert fiche.historique[0].valeurs == ("abrogé",)
    assert not any(e.en_vigueur for e in fiche.historique)
    assert fiche.resume[0][1] == "abrogé"


def test_an_unknown_code_is_refused_by_name() -> None:
    """Of a cotisation and of a parameter."""
    for fiche in (fiche_de_cotisation, fiche_de_parametre):
        with pytest.raises(BaremeIntrouvable) as refus:
            fiche(moteur().baremes, "rien", AUJOURD_HUI)
        assert "rien" in refus.value.texte()


@given(st.dates(date(2019, 1, 1), date(2027, 12, 31)))
def test_any_day_since_2019_has_its_lists(jour: date) -> None:
    """Every heading has a line; the grid of each zone covers every base once."""
    b = moteur().baremes
    rubriques = cotisations_en_vigueur(b, jour)
    assert len(rubriques) == 9
    for lignes in rubriques.values():
        assert all(ligne.effet is not None and ligne.effet <= jour for ligne in lignes)
    for grille in b.grilles.values():
        vue = grille_au(grille, jour)
        assert vue.lignes[0][0] == 0
        assert vue.lignes[-1][1] is None
        assert [fin for _, fin, _ in vue.lignes[:-1]] == [des for des, _, _ in vue.lignes[1:]]


@given(st.dictionaries(JOURS, st.integers(0, 10_000_000), min_size=1, max_size=9), JOURS)
def test_a_chart_stays_in_its_frame(valeurs: dict[date, int], jour: date) -> None:
    """Whatever the values: points inside, years in order, one point a value shown."""
    dates = sorted(valeurs)
    serie = Serie(tuple(dates), tuple(valeurs[d] for d in dates))
    courbe = tracer([("Valeur", serie)], jour, str)
    if courbe is None:
        assert not any(valeurs[d] for d in dates if d <= jour)
        return
    for point in courbe.traits[0].points:
        assert courbe.gauche <= point.x <= courbe.droite <= LARGEUR
        assert 0 <= point.y <= courbe.bas <= HAUTEUR
    assert [r.position for r in courbe.annees] == sorted(r.position for r in courbe.annees)
    assert all(0 <= r.position <= courbe.bas for r in courbe.valeurs)
    assert 2 <= len(courbe.valeurs) <= 10


def test_a_repealed_figure_stops_its_line() -> None:
    """The path is cut where the value is null, and begins again if it comes back."""
    annees = (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))
    trait = tracer([("V", Serie(annees, (100, None, 300)))], AUJOURD_HUI, str)
    assert trait is not None
    assert trait.traits[0].chemin.count("M") == 2
    assert [p.texte for p in trait.traits[0].points] == [
        "depuis le 01/01/2020 : 100",
        "depuis le 01/01/2022 : 300",
    ]
