"""Before and after of a bulletin; what other barèmes change; whom a change touches."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.noyau.periodes import FIN_OUVERTE, Mois
from app.paie.rules.baremes import RUBRIQUES
from app.paie.rules.changements import BulletinVu, Changement, bulletins_touches, touche
from app.paie.rules.comparaison import (
    AJOUTEE,
    IDENTIQUE,
    MODIFIEE,
    RETIREE,
    TOTAUX,
    VIDE,
    Version,
    comparer,
)
from app.paie.rules.imprimes import LigneStockee
from app.paie.rules.instantane import (
    changements_de_baremes,
    instantane,
    plages,
    taux_de_la_grille,
)
from app.paie.service.baremes import moteur

MONTANTS = st.integers(-500_000, 500_000)
CODES = ("maladie", "ags", "csg_deductible", "prevoyance_12_t1", "reduction_generale")


@st.composite
def versions(dessin: st.DrawFn) -> Version:
    """Some lines in the order of the model, with the totals that they add up to."""
    lignes = []
    for code in dessin(st.lists(st.sampled_from(CODES), unique=True)):
        rubrique = list(RUBRIQUES)[CODES.index(code)]
        montants = dessin(st.tuples(*(MONTANTS for _ in range(5))))
        lignes.append(LigneStockee(code, code, rubrique, "urssaf", *montants))
    lignes.sort(key=lambda li: list(RUBRIQUES).index(li.rubrique))
    totaux = {nom: dessin(MONTANTS) for nom in TOTAUX}
    totaux["cotisations_salarie"] = sum(li.salarial for li in lignes)
    totaux["cotisations_employeur"] = sum(li.patronal for li in lignes)
    return Version(tuple(lignes), totaux)


@pytest.mark.exigence("P12")
@given(versions(), versions())
def test_every_line_stands_once_and_differences_add_up(avant: Version, apres: Version) -> None:
    """Those of the lines are those of the totals of contributions; the order is the model's."""
    vue = comparer(avant, apres)
    codes = [li.code for li in vue.lignes]
    assert sorted(codes) == sorted({li.code for li in (*avant.lignes, *apres.lignes)})
    rangs = [list(RUBRIQUES).index(li.rubrique) for li in vue.lignes]
    assert rangs == sorted(rangs)
    assert sum(li.ecart_salarial for li in vue.lignes) == vue.ecart("cotisations_salarie")
    assert sum(li.ecart_patronal for li in vue.lignes) == vue.ecart("cotisations_employeur")
    assert [t.nom for t in vue.totaux] == list(TOTAUX)


@pytest.mark.exigence("P12")
@given(versions(), versions())
def test_the_other_way_round_is_the_opposite(avant: Version, apres: Version) -> None:
    """Added becomes removed, differences change their sign; with itself there are none."""
    aller, retour = comparer(avant, apres), comparer(apres, avant)
    inverses = {AJOUTEE: RETIREE, RETIREE: AJOUTEE, MODIFIEE: MODIFIEE, IDENTIQUE: IDENTIQUE}
    mots = {li.code: li.en_mots for li in retour.lignes}
    assert all(mots[li.code] == inverses[li.en_mots] for li in aller.lignes)
    assert [-t.ecart for t in aller.totaux] == [t.ecart for t in retour.totaux]
    assert comparer(avant, avant).est_vide
    assert aller.est_vide == (avant.totaux == apres.totaux and {*avant.lignes} == {*apres.lignes})


def test_a_month_that_is_covered_no_more_loses_every_line() -> None:
    """Compared with nothing, all that was is removed."""
    ligne = LigneStockee("ags", "AGS", "chomage", "urssaf", 100, 0, 0, 2_500, 1)
    vue = comparer(Version((ligne,), dict.fromkeys(TOTAUX, 1)), VIDE)
    assert [li.en_mots for li in vue.changees] == [RETIREE]
    assert {t.ecart for t in vue.totaux} == {-1}


JOURS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@st.composite
def histoires(dessin: st.DrawFn) -> list[list[Any]]:
    """Values by day of effect, in order; None is repealed."""
    jours = sorted(dessin(st.sets(JOURS, max_size=4)))
    return [[j.isoformat(), dessin(st.none() | st.integers(0, 3))] for j in jours]


def valeur(points: list[list[Any]], jour: date) -> Any:
    """Return the value of a day, written another way than the rule does."""
    connues = {date.fromisoformat(j): v for j, v in points if date.fromisoformat(j) <= jour}
    return connues[max(connues)] if connues else None


@pytest.mark.exigence("P12")
@given(histoires(), histoires(), JOURS)
def test_a_day_lies_in_a_span_when_its_value_differs(
    avant: list[list[Any]], apres: list[list[Any]], jour: date
) -> None:
    """And in one at most; spans follow one another."""
    trouvees = plages(avant, apres)
    dedans = [p for p in trouvees if p.debut <= jour <= p.fin]
    differe = valeur(avant, jour) != valeur(apres, jour)
    assert len(dedans) == differe
    assert all(a.fin < b.debut for a, b in pairwise(trouvees))
    assert plages(apres, apres) == ()


@pytest.mark.exigence("P12")
def test_the_same_baremes_change_nothing_and_texts_neither() -> None:
    """A label is corrected, a day of checking moves: no bulletin is touched."""
    b = moteur().baremes
    renommes = {c: replace(p, libelle="x", sources={}) for c, p in b.parametres.items()}
    assert changements_de_baremes(instantane(b), instantane(b)) == ()
    autre = instantane(replace(b, parametres=renommes))
    assert changements_de_baremes(instantane(b), autre) == ()


@pytest.mark.exigence("P12")
@pytest.mark.parametrize(
    ("code", "lignes", "prevoyance"),
    [
        ("plafond_mensuel", None, False),
        ("rgdu_t_min", None, False),
        ("maladie_taux_reduit", {"maladie"}, False),
        ("csg_abattement", {"csg_deductible", "csg_non_deductible"}, False),
        ("prevoyance_exclusion_plafond", None, True),
    ],
)
def test_a_parameter_touches_the_bulletins_that_bear_it(
    code: str, lignes: set[str] | None, prevoyance: bool
) -> None:
    """From its day on, until the next value; with words for the list."""
    b = moteur().baremes
    p = b.parametres[code]
    dernier = p.serie.dates[-1]
    serie = replace(p.serie, valeurs=(*p.serie.valeurs[:-1], 1))
    autre = replace(b, parametres={**b.parametres, code: replace(p, serie=serie)})
    (change,) = changements_de_baremes(instantane(b), instantane(autre))
    assert (change.depuis, change.jusqu_au) == (dernier, FIN_OUVERTE)
    assert change.lignes == (None if lignes is None else frozenset(lignes))
    assert change.prevoyance == prevoyance
    assert p.libelle in change.motif


@pytest.mark.exigence("P12")
def test_the_tax_on_wages_and_the_smic_alone_touch_no_bulletin() -> None:
    """They make findings and a yearly tax, no line."""
    b = moteur().baremes
    for code in ("taxe_salaires_seuil_1", "smic_horaire"):
        p = b.parametres[code]
        serie = replace(p.serie, valeurs=(*p.serie.valeurs[:-1], 1))
        autre = replace(b, parametres={**b.parametres, code: replace(p, serie=serie)})
        assert changements_de_baremes(instantane(b), instantane(autre)) == ()


@pytest.mark.exigence("P12")
def test_a_new_contribution_of_a_branch_touches_its_employers_only() -> None:
    """Nobody bears its line yet: all under the convention collective may."""
    b = moteur().baremes
    sport = next(c for c in b.cotisations if c.code == "sport_benevoles")
    sans = replace(b, cotisations=tuple(c for c in b.cotisations if c is not sport))
    (change,) = changements_de_baremes(instantane(sans), instantane(b))
    assert (change.lignes, change.idcc) == (None, "2511")
    assert change.depuis == date(2020, 1, 1)


@pytest.mark.exigence("P12")
def test_a_grid_gives_the_rate_of_the_engine() -> None:
    """The snapshot reads a grid as the barèmes do."""
    b = moteur().baremes
    jour = Mois(2026, 3).fin
    for base in (0, 150_000, 250_000, 900_000):
        attendu = b.grilles["pas_neutre_metropole"].taux(base, jour)
        assert taux_de_la_grille(instantane(b), "pas_neutre_metropole", base, jour) == attendu


BULLETINS = st.builds(
    BulletinVu,
    id=st.integers(1, 10**6),
    contrat_id=st.integers(1, 4),
    mois=st.builds(Mois, st.just(2026), st.integers(1, 12)),
    lignes=st.frozensets(st.sampled_from(CODES)),
    prevoyance=st.booleans(),
)
CHANGEMENTS = st.builds(
    Changement,
    motif=st.sampled_from(("a", "b")),
    depuis=st.dates(date(2025, 12, 1), date(2026, 6, 30)),
    jusqu_au=st.dates(date(2026, 6, 30), date(2027, 1, 31)) | st.just(FIN_OUVERTE),
    contrats=st.none() | st.frozensets(st.integers(1, 4)),
    lignes=st.none() | st.frozensets(st.sampled_from(CODES)),
    prevoyance=st.booleans(),
)


@pytest.mark.exigence("P12")
@settings(max_examples=150)
@given(st.lists(BULLETINS, unique_by=lambda b: b.id), st.lists(CHANGEMENTS, max_size=4))
def test_the_set_of_bulletins_touched(
    bulletins: list[BulletinVu], changements: list[Changement]
) -> None:
    """A bulletin is in it when one change at least shares a day with its month and is its own."""
    touches = bulletins_touches(bulletins, changements)
    for b in bulletins:
        attendus = [c for c in changements if touche(c, b)]
        assert list(touches.get(b.id, ())) == attendus
        for c in attendus:
            jour = max(c.depuis, b.mois.debut)
            assert jour <= min(c.jusqu_au, b.mois.fin)
            assert c.contrats is None or b.contrat_id in c.contrats
            plus_loin = replace(c, jusqu_au=FIN_OUVERTE)
            assert touche(plus_loin, b)
            assert not touche(replace(c, depuis=b.mois.fin + timedelta(1)), b)
