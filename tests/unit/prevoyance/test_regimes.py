"""Branch regimes: every date sourced, no rate guessed, two versions compared day by day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import FIN_OUVERTE, Mois, Periode, pavage
from app.prevoyance.errors import RegimeIntrouvable, RegimeRefuse, TauxAConfirmer
from app.prevoyance.rules.fiches_regimes import adresse_de, fiche_du_regime, regimes_au
from app.prevoyance.rules.lecture_regimes import lire_regime, lire_taux
from app.prevoyance.rules.regimes import (
    LigneTaux,
    Regime,
    TauxConnus,
    TauxInconnus,
    changements,
)
from app.prevoyance.service.regimes import DOSSIER, charger_regimes, lire, lire_a_l_adresse, regimes
from app.socle.errors import DonneesInternes

TOUS = list(regimes().values())
PRESENT = Mois(2026, 11)
MOIS = [m.fin for m in Mois(2019, 1).jusqu_a(PRESENT)]
JOURS = st.dates(date(2018, 1, 1), date(2027, 12, 31))
HUIT = [
    *("SPORT", "ANIMATION", "CENTRES SOCIAUX", "FAMILLES RURALES", "AIDE A DOMICILE"),
    *("ARTISTE CCN 1285", "ARTISTE CCN 3090", "ARTISTE AUTRE CCN"),
]


@pytest.mark.exigence("P1")
def test_the_eight_regimes_are_there() -> None:
    """In the order of the trade, each with its own address."""
    assert list(regimes()) == HUIT
    assert len({adresse_de(code) for code in HUIT}) == 8
    assert [lire_a_l_adresse(adresse_de(c)).code for c in HUIT] == HUIT
    assert lire("SPORT").idcc == ("2511",)
    with pytest.raises(RegimeIntrouvable):
        lire("sport")
    with pytest.raises(RegimeIntrouvable):
        lire_a_l_adresse("SPORT")


@pytest.mark.exigence("P1")
@pytest.mark.parametrize("regime", TOUS, ids=HUIT)
def test_a_regime_answers_for_every_month_since_2019(regime: Regime) -> None:
    """Contiguous, the last period open; each rate sourced, or what is missing is said."""
    periodes = [p.periode for p in regime.periodes()]
    assert pavage(periodes) == ([], [])
    assert periodes[0].debut <= date(2019, 1, 1)
    assert periodes[-1].fin == FIN_OUVERTE
    assert date(2026, 1, 1) <= regime.verifie_le <= PRESENT.fin
    for p in regime.periodes():
        assert len(p.texte) >= 20
        for taux in p.taux.values():
            if isinstance(taux, TauxInconnus):
                assert len(taux.manque) >= 20
                assert p.a_verifier
            else:
                assert taux.lignes or taux.sans_objet
    for jour in MOIS:
        for population in regime.populations:
            taux = regime.taux(jour, population)
            assert isinstance(taux, TauxConnus) or taux.manque in regime.manque(jour)


@pytest.mark.exigence("P1")
@pytest.mark.parametrize(
    ("code", "jour", "population", "lignes"),
    [
        ("SPORT", date(2022, 6, 30), "non_cadre", {"t1": (0.29, 0.29), "t2": (0.29, 0.29)}),
        ("SPORT", date(2022, 7, 1), "non_cadre", {"t1": (0.365, 0.365), "t2": (0.365, 0.365)}),
        ("SPORT", date(2026, 6, 1), "non_cadre", {"t1": (0.485, 0.485), "t2": (0.485, 0.485)}),
        ("SPORT", date(2026, 6, 1), "cadre", {}),
        ("ANIMATION", date(2020, 8, 31), "cadre", {"t1": (1.50, 0), "t2": (0.478, 0.478)}),
        ("ANIMATION", date(2020, 9, 1), "non_cadre", {"t1": (0.547, 0.547), "t2": (0.547, 0.547)}),
        ("ANIMATION", date(2026, 1, 1), "cadre", {"t1": (1.53, 0.01), "t2": (0.57, 0.57)}),
        (
            "CENTRES SOCIAUX",
            date(2019, 1, 1),
            "non_cadre",
            {"t1": (0.89, 0.55), "t2": (0.89, 0.55)},
        ),
        ("CENTRES SOCIAUX", date(2022, 1, 1), "cadre", {"t1": (2.10, 0), "t2": (2.28, 0.92)}),
        ("AIDE A DOMICILE", date(2021, 5, 31), "cadre", {"t1": (3.27, 1.43), "t2": (3.27, 1.43)}),
        ("AIDE A DOMICILE", date(2021, 6, 1), "cadre", {"t1": (3.41, 1.48), "t2": (3.41, 1.48)}),
        ("AIDE A DOMICILE", date(2023, 6, 1), "cadre", {"t1": (3.61, 1.57), "t2": (3.61, 1.57)}),
        (
            "ARTISTE CCN 1285",
            date(2024, 1, 1),
            "permanent_cadre",
            {"t1": (1.5, 0), "t2": (0.81, 0)},
        ),
        ("ARTISTE CCN 3090", date(2024, 1, 1), "permanent_non_cadre", {"t1": (1.20, 0)}),
        ("ARTISTE AUTRE CCN", date(2026, 1, 1), "non_cadre", {"t1": (0.34, 0.12)}),
    ],
)
def test_rates_are_those_of_the_texts(
    code: str, jour: date, population: str, lignes: dict[str, tuple[float, float]]
) -> None:
    """Employer's then employee's, in percent, the day before and the day of a change."""
    lus = {li.base: (li.patronal, li.salarial) for li in lire(code).lignes(jour, population)}
    attendus = {b: (round(e * 10_000), round(s * 10_000)) for b, (e, s) in lignes.items()}
    assert lus == attendus


@pytest.mark.exigence("P1")
def test_an_unknown_rate_is_never_taken_for_none() -> None:
    """Asked for its lines, a regime without a source refuses and says what to do."""
    rurales = lire("FAMILLES RURALES")
    assert rurales.a_verifier(date(2026, 1, 1))
    with pytest.raises(TauxAConfirmer) as refus:
        rurales.lignes(date(2026, 1, 1), "cadre")
    assert "01/01/2026" in str(refus.value)
    assert "contrat" in refus.value.texte_remede()
    with pytest.raises(TauxAConfirmer) as avant:
        lire("SPORT").lignes(date(2016, 6, 30), "non_cadre")
    assert "01/07/2016" in str(avant.value)


def test_a_known_rate_may_still_be_to_confirm() -> None:
    """The figure is given, the day says what was not read, the population says its own."""
    autre = lire("ARTISTE AUTRE CCN")
    assert autre.lignes(date(2019, 6, 1), "non_cadre") == (LigneTaux("t1", 0, 2200),)
    assert "non-cadres" in autre.manque(date(2019, 6, 1), "non_cadre")
    assert "artistes cadres" not in autre.manque(date(2019, 6, 1), "non_cadre")
    assert "artistes cadres" in autre.manque(date(2019, 6, 1), "cadre")
    assert not lire("SPORT").a_verifier(date(2026, 6, 1))


@pytest.mark.exigence("P2")
@pytest.mark.parametrize("regime", TOUS, ids=HUIT)
def test_a_mandatory_collective_contract_has_its_options(regime: Regime) -> None:
    """The four, each with the article that says so."""
    o = regime.options
    assert (o.forfait_social, o.csg_crds, o.deduction_po, o.deduction_pp) == (True,) * 4
    assert "L137-15" in regime.sources_options["forfait_social"]
    assert "L136-1-1" in regime.sources_options["csg_crds"]
    assert "83, 1° quater" in regime.sources_options["deduction_po"]


def brut() -> dict[str, Any]:
    """Return the data of a small regime, as the strict reader gives them."""
    option = {"valeur": True, "texte": "CSS, art. 1"}
    return {
        "code": "ESSAI",
        "libelle": "Essai",
        "idcc": ["0001"],
        "nature": "prevoyance",
        "article": "art. 1",
        "organismes": [],
        "options": {
            n: dict(option) for n in ("forfait_social", "csg_crds", "deduction_po", "deduction_pp")
        },
        "periodes": {
            date(2019, 1, 1): {
                "texte": "Avenant 1",
                "tous": {"t1": {"employeur": "1.00 %", "salarie": "0.50 %"}},
            },
            date(2021, 1, 1): {
                "texte": "Avenant 2",
                "non_cadre": {"t1": {"employeur": "1.25 %", "salarie": "0.50 %"}},
                "cadre": {"sans_objet": "les cadres ont un autre régime"},
            },
        },
        "verifie_le": date(2026, 1, 1),
    }


def test_a_small_regime_is_read() -> None:
    """« tous » is everybody; a population without rates says why."""
    lu = lire_regime(brut())
    assert lu.lignes(date(2020, 12, 31), "cadre") == (LigneTaux("t1", 5_000, 10_000),)
    assert lu.taux(date(2021, 1, 1), "cadre") == TauxConnus((), "les cadres ont un autre régime")


def _periode(b: dict[str, Any]) -> dict[str, Any]:
    premiere: dict[str, Any] = b["periodes"][date(2019, 1, 1)]
    return premiere


@pytest.mark.parametrize(
    ("abimer", "cause"),
    [
        (lambda b: b.pop("article"), "il manque article"),
        (lambda b: b.update(couleur="bleu"), "champ inconnu : couleur"),
        (lambda b: b.update(nature="obsèques"), "nature inconnue"),
        (lambda b: b.update(verifie_le="hier"), "verifie_le"),
        (lambda b: b.update(idcc="2511"), "n'est pas une liste"),
        (lambda b: b.update(populations={"cadre": "Cadres"}), "il manque non_cadre"),
        (lambda b: b["options"].pop("csg_crds"), "il manque csg_crds"),
        (lambda b: b["options"]["csg_crds"].update(valeur="oui"), "ni vraie ni fausse"),
        (lambda b: b["options"]["csg_crds"].update(texte=" "), "est vide"),
        (lambda b: b.update(periodes={}), "aucune date"),
        (lambda b: b.update(periodes={"2019": _periode(b)}), "n'est pas une date"),
        (
            lambda b: b.update(periodes=dict(reversed(b["periodes"].items()))),
            "ne sont pas dans l'ordre",
        ),
        (lambda b: _periode(b).pop("texte"), "il manque texte"),
        (lambda b: _periode(b).pop("tous"), "il manque cadre, non_cadre"),
        (lambda b: _periode(b).update(cadre={"manque": "tout"}), "à la fois"),
        (lambda b: _periode(b).update(tous={}), "ni raison"),
        (lambda b: _periode(b).update(a_verifier=True), "dit ce qui manque"),
        (lambda b: _periode(b).update(manque="tout"), "dit ce qui manque"),
        (lambda b: _periode(b).update(a_verifier="oui"), "vrai ou faux"),
        (lambda b: _periode(b)["tous"].update(t3={}), "champ inconnu : t3"),
        (lambda b: _periode(b)["tous"].update(manque="tout"), "champ inconnu : t1"),
        (lambda b: _periode(b)["tous"]["t1"].pop("salarie"), "il manque salarie"),
        (lambda b: _periode(b)["tous"]["t1"].update(salarie="0.50"), "son unité"),
        (lambda b: _periode(b)["tous"]["t1"].update(salarie="0,50 %"), "son unité"),
        (lambda b: _periode(b)["tous"]["t1"].update(salarie="0.50001 %"), "son unité"),
        (lambda b: _periode(b)["tous"]["t1"].update(salarie="0.50 €"), "son unité"),
        (lambda b: _periode(b)["tous"]["t1"].update(salarie=5), "son unité"),
    ],
)
def test_a_defect_of_the_data_is_named(abimer: Callable[[Any], Any], cause: str) -> None:
    """Units, keys, dates, sources: the regime is refused and says what is wrong."""
    donnees = brut()
    abimer(donnees)
    with pytest.raises(RegimeRefuse) as refus:
        lire_regime(donnees)
    assert cause in str(refus.value).replace("\u00a0", " ").replace("’", "'")
    assert donnees.get("code", "?") in str(refus.value)


def test_a_file_that_is_no_regime_is_refused(tmp_path: Path) -> None:
    """A list instead of fields; a date twice; one code in two files."""
    (tmp_path / "1.yaml").write_text("- code: A\n", encoding="utf-8")
    with pytest.raises(RegimeRefuse):
        charger_regimes(tmp_path)
    sport = (DOSSIER / "1_sport.yaml").read_text(encoding="utf-8")
    double = sport.replace("  2024-01-01:", "  2022-07-01:")
    (tmp_path / "1.yaml").write_text(double, encoding="utf-8")
    with pytest.raises(DonneesInternes) as refus:
        charger_regimes(tmp_path)
    assert "clé en double" in str(refus.value)
    for nom in ("1.yaml", "2.yaml"):
        (tmp_path / nom).write_text(sport, encoding="utf-8")
    with pytest.raises(RegimeRefuse) as refuse:
        charger_regimes(tmp_path)
    assert "deux fichiers" in str(refuse.value)


@given(st.integers(0, 999_999))
def test_a_rate_is_read_to_the_millionth(taux: int) -> None:
    """What is written with four decimals comes back exact."""
    assert lire_taux(f"{taux // 10_000}.{taux % 10_000:04} %", "ESSAI") == taux


# Two versions of a regime.

DATES = st.dates(date(2019, 1, 1), date(2026, 12, 1))
TAUX = st.sampled_from(["0.50 %", "1.00 %", "1.50 %"])
RATES = st.one_of(
    st.fixed_dictionaries(
        {"t1": st.fixed_dictionaries({"employeur": TAUX, "salarie": TAUX})},
    ),
    st.just({"manque": "rien de public"}),
    st.just({"sans_objet": "un autre régime"}),
)
PERIODES = st.dictionaries(DATES, st.tuples(RATES, RATES), min_size=1, max_size=5)


def regime(periodes: dict[date, tuple[Any, Any]]) -> Regime:
    """Return a regime with rates by date: non-cadres, then cadres."""
    lignes = {
        jour: {"texte": "Avenant", "non_cadre": n, "cadre": c}
        for jour, (n, c) in sorted(periodes.items())
    }
    return lire_regime(brut() | {"periodes": lignes})


def montants(r: Regime, jour: date) -> list[object]:
    """Return what would be withheld on a day, by population."""
    taux = [r.taux(jour, p) for p in r.populations]
    return [None if isinstance(t, TauxInconnus) else t.lignes for t in taux]


@pytest.mark.exigence("P1", "P12")
@given(PERIODES, PERIODES, JOURS)
def test_a_day_is_in_the_changes_when_its_rates_differ(
    avant: dict[date, Any], apres: dict[date, Any], jour: date
) -> None:
    """Exactly then: no bulletin is forgotten, none is touched for nothing."""
    a, b = regime(avant), regime(apres)
    touche = any(p.contient(jour) for p in changements(a, b))
    assert touche == (montants(a, jour) != montants(b, jour))


@given(PERIODES, PERIODES)
def test_changes_are_apart_and_the_same_both_ways(
    avant: dict[date, Any], apres: dict[date, Any]
) -> None:
    """In order, a day at least between two ranges; nothing changes from itself."""
    a, b = regime(avant), regime(apres)
    ranges = changements(a, b)
    assert ranges == changements(b, a)
    assert changements(a, a) == ()
    for un, autre in pairwise(ranges):
        assert autre.debut - un.fin > timedelta(days=1)
    par_population = {p for code in a.populations for p in changements(a, b, code)}
    for p in par_population:
        assert any(r.intersection(p) == p for r in ranges)


@pytest.mark.exigence("P12")
def test_a_new_rate_and_new_options_say_since_when() -> None:
    """A new avenant touches what follows it; an option touches every day with rates."""
    sport = lire("SPORT")
    plus_tard = sport.periodes()[:-1]
    ancien = replace(
        sport,
        tranches=(
            *plus_tard[:-1],
            replace(plus_tard[-1], periode=Periode(date(2024, 1, 1), FIN_OUVERTE)),
        ),
    )
    assert changements(ancien, sport) == (Periode(date(2025, 1, 1)),)
    assert changements(ancien, sport, "cadre") == ()
    autres = replace(sport, options=replace(sport.options, csg_crds=False))
    assert changements(sport, autres) == (Periode(date(2016, 7, 1)),)
    artistes = lire("ARTISTE AUTRE CCN")
    sans = replace(artistes, options=replace(artistes.options, csg_crds=False))
    assert changements(artistes, sans, "cadre") == (Periode(date(2025, 5, 1)),)


@pytest.mark.exigence("P1")
@given(JOURS)
def test_the_screen_says_every_population_of_every_regime(jour: date) -> None:
    """A rate or a reason for each, whatever the day; the history has one current period."""
    for vu, r in zip(regimes_au(TOUS, jour), TOUS, strict=True):
        assert [li.population for li in vu.courante.lignes if li.population] == [
            *r.populations.values()
        ]
        assert all(li.motif or (li.salarial and li.patronal) for li in vu.courante.lignes)
        assert bool(vu.courante.manque) >= any(li.inconnu for li in vu.courante.lignes)
        fiche = fiche_du_regime(r, jour)
        assert sum(p.en_vigueur for p in fiche.historique) == (r.periode(jour) is not None)
        assert len(fiche.options) == 4
