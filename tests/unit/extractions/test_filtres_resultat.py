"""Filters typed above a column, and the sort."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions import rules
from app.extractions.errors import ColonneInconnue, FiltreIllisible
from app.extractions.rules import Colonne, Condition, TypeColonne, afficher
from app.extractions.rules.colonnes import cle_de_tri

TEXTE = Colonne("c", "Nom", TypeColonne.TEXTE)
SIRET = Colonne("c", "SIRET", TypeColonne.IDENTIFIANT)
ENTIER = Colonne("c", "Effectif", TypeColonne.ENTIER)
MONTANT = Colonne("c", "Salaire", TypeColonne.MONTANT)
TAUX = Colonne("c", "Taux", TypeColonne.TAUX)
HEURES = Colonne("c", "Heures", TypeColonne.HEURES)
DATE = Colonne("c", "Début", TypeColonne.DATE)
NOMBRES = [ENTIER, MONTANT, TAUX, HEURES]


def passe(condition: Condition, valeur: int | str | None) -> bool:
    """Tell whether a value answers a condition (the meaning that the SQL has too)."""
    v = condition.valeurs
    if condition.genre in {"vide", "rempli"}:
        return (valeur is None) == (condition.genre == "vide")
    if condition.genre in {"contient", "egal", "sans"}:
        cle = cle_de_tri(valeur) or ""
        dedans = v[0] == cle if condition.genre == "egal" else str(v[0]) in cle
        return not dedans if condition.genre == "sans" else valeur is not None and dedans
    if valeur is None:
        return condition.genre == "hors"
    bas, haut = {"apres": (v[0], None), "avant": (None, v[0])}.get(condition.genre, v)
    dans = (bas is None or valeur >= bas) and (haut is None or valeur <= haut)  # type: ignore[operator]
    if condition.genre == "hors":
        return not dans
    return dans if condition.genre == "entre" else dans and valeur != v[0]


@pytest.mark.parametrize(
    ("colonne", "saisie", "attendu"),
    [
        (TEXTE, "Été  judo", [("contient", ("ete",)), ("contient", ("judo",))]),
        (TEXTE, "=Les Amis", [("egal", ("les amis",))]),
        (TEXTE, "<>judo", [("sans", ("judo",))]),
        (TEXTE, "=", [("vide", ())]),
        (TEXTE, "<>", [("rempli", ())]),
        (TEXTE, ">5 ans", [("contient", (">5",)), ("contient", ("ans",))]),
        (TEXTE, "   ", []),
        (SIRET, "457 727", [("contient", ("457727",))]),
        (SIRET, "=0016", [("egal", ("0016",))]),
        (ENTIER, "1 000", [("entre", (1000, 1000))]),
        (ENTIER, "-5", [("entre", (-5, -5))]),
        (ENTIER, "<>0", [("hors", (0, 0))]),
        (ENTIER, "10..20", [("entre", (10, 20))]),
        (ENTIER, "10 à 20", [("entre", (10, 20))]),
        (ENTIER, "..20", [("entre", (None, 20))]),
        (ENTIER, "10..", [("entre", (10, None))]),
        (MONTANT, ">=1 500,50 €", [("entre", (150050, None))]),
        (MONTANT, "> 1500", [("apres", (150000,))]),
        (MONTANT, "<1500", [("avant", (150000,))]),
        (TAUX, "2,11 %", [("entre", (21100, 21100))]),
        (HEURES, "<=151,67", [("entre", (None, 15167))]),
        (DATE, "15/06/2026", [("entre", ("2026-06-15", "2026-06-15"))]),
        (DATE, "02/2024", [("entre", ("2024-02-01", "2024-02-29"))]),
        (DATE, "2026", [("entre", ("2026-01-01", "2026-12-31"))]),
        (DATE, ">2026", [("apres", ("2026-12-31",))]),
        (DATE, "<2026", [("avant", ("2026-01-01",))]),
        (DATE, "01/2026..06/2026", [("entre", ("2026-01-01", "2026-06-30"))]),
        (DATE, "=", [("vide", ())]),
    ],
)
@pytest.mark.exigence("E5")
def test_a_filter_is_read_as_it_is_written(
    colonne: Colonne, saisie: str, attendu: list[tuple[str, tuple[object, ...]]]
) -> None:
    """Words, whole cells, values, intervals, months and years, empty cells."""
    assert [(c.genre, c.valeurs) for c in rules.lire_filtre(colonne, saisie)] == attendu


@pytest.mark.parametrize(
    ("colonne", "saisie"),
    [
        (ENTIER, "dix"),
        (ENTIER, "1-2"),
        (ENTIER, "9" * 30),
        (ENTIER, ".."),
        (ENTIER, ">"),
        (MONTANT, "12,345"),
        (DATE, "31/02/2026"),
        (DATE, "13/2026"),
        (DATE, "0000"),
    ],
)
@pytest.mark.exigence("E5")
def test_a_filter_that_is_not_understood_says_how_to_write_it(
    colonne: Colonne, saisie: str
) -> None:
    """The message names the column, the remedy gives an example of its type."""
    with pytest.raises(FiltreIllisible) as refus:
        rules.lire_filtre(colonne, saisie)
    assert colonne.libelle in refus.value.texte()
    assert "exemple" in refus.value.texte_remede()


@given(st.sampled_from([TEXTE, SIRET, *NOMBRES, DATE]), st.text(max_size=30))
def test_anything_typed_is_read_or_refused(colonne: Colonne, saisie: str) -> None:
    """No other error, whatever is typed; numbers stay within what SQLite holds."""
    try:
        conditions = rules.lire_filtre(colonne, saisie)
    except FiltreIllisible:
        return
    for condition in conditions:
        assert all(abs(v) < 2**63 for v in condition.valeurs if isinstance(v, int))


@given(st.sampled_from(NOMBRES), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_a_number_shown_typed_as_a_filter_finds_itself(
    colonne: Colonne, valeur: int, autre: int
) -> None:
    """Value, `<>`, `>`, `<`, `>=`, `<=` part the numbers as they should."""
    texte = afficher(valeur, colonne.type)

    def garde(operateur: str) -> bool:
        return all(passe(c, autre) for c in rules.lire_filtre(colonne, operateur + texte))

    assert garde("") == (autre == valeur)
    assert garde("<>") == (autre != valeur)
    assert (garde(">"), garde(">=")) == (autre > valeur, autre >= valeur)
    assert (garde("<"), garde("<=")) == (autre < valeur, autre <= valeur)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_found_by_itself_its_month_and_its_year(jour: date) -> None:
    """Each is an interval that holds the day."""
    for saisie in (f"{jour:%d/%m}/{jour.year:04}", f"{jour:%m}/{jour.year:04}", f"{jour.year:04}"):
        (condition,) = rules.lire_filtre(DATE, saisie)
        assert passe(condition, jour.isoformat())


@given(st.text(alphabet=st.characters(exclude_characters="<>="), min_size=1, max_size=20))
def test_a_text_is_found_by_its_own_words(texte: str) -> None:
    """Case and accents aside, a cell answers to what it holds."""
    for condition in rules.lire_filtre(TEXTE, texte):
        assert passe(condition, texte)
    for condition in rules.lire_filtre(TEXTE, texte.upper()):
        assert passe(condition, texte.upper())


def test_a_presentation_gathers_findings_beside_each_filter() -> None:
    """Good filters are read although others are not."""
    colonnes = [Colonne("a", "A", TypeColonne.ENTIER), Colonne("b", "B", TypeColonne.DATE)]
    vue, constats = rules.lire_presentation(
        colonnes, tri="a", descendant=True, filtres={"a": ">3", "b": "hier"}, montrees=["b"]
    )
    assert (vue.tri, vue.descendant, vue.colonnes) == ("a", True, ("b",))
    assert [c.colonne for c in vue.conditions] == ["a"]
    assert [(c.champ, c.code) for c in constats] == [("b", "EXT-120")]
    assert not vue.est_brute
    assert rules.lire_presentation(colonnes)[0].est_brute


@pytest.mark.parametrize("demande", [{"tri": "z"}, {"filtres": {"z": "1"}}, {"montrees": ["z"]}])
def test_a_column_that_is_not_there_is_refused(demande: dict[str, object]) -> None:
    """The remedy lists those of the result."""
    with pytest.raises(ColonneInconnue) as refus:
        rules.lire_presentation([TEXTE], **demande)  # type: ignore[arg-type]
    assert "c" in refus.value.texte_remede()


@pytest.mark.parametrize("genre", TypeColonne)
def test_the_hint_of_a_column_is_a_filter_that_it_reads(genre: TypeColonne) -> None:
    """What the tooltip proposes for numbers and dates is accepted."""
    exemple = rules.exemple(genre)
    assert exemple
    if genre in {TypeColonne.TEXTE, TypeColonne.IDENTIFIANT}:
        return
    for morceau in exemple.replace(" ou ", "§").replace(", ", "§").split("§"):
        assert rules.lire_filtre(Colonne("c", "C", genre), morceau)
