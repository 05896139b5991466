"""French typography: what is set, what is left alone, inside HTML too."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from app.noyau.typographie import (
    ESPACE_FINE,
    ESPACE_INSECABLE,
    accorder,
    grouper,
    sans_accents,
    typographier,
)
from app.webapp.gabarits import Typographie
from tests import strategies

GABARITS = sorted(Path("web/templates").rglob("*.html"))


@given(st.one_of(strategies.phrases, strategies.textes))
def test_typesetting_twice_changes_nothing(texte: str) -> None:
    """Idempotent, whatever the text."""
    une = typographier(texte)

    assert typographier(une) == une


@given(st.one_of(strategies.phrases, strategies.textes))
def test_typesetting_only_touches_spaces_and_apostrophes(texte: str) -> None:
    """No letter, digit or sign is lost, added or moved."""

    def nu(t: str) -> str:
        return "".join(c for c in t.replace("’", "'") if not c.isspace())

    assert nu(typographier(texte)) == nu(texte)


@pytest.mark.parametrize(
    ("plat", "attendu"),
    [
        ("L'œuvre d'Éva", "L’œuvre d’Éva"),
        ("L'<strong>ami</strong>", "L’<strong>ami</strong>"),
        ("Sûr ? Oui ! Non ;", "Sûr_? Oui_! Non_;"),
        ("À : b", "À~: b"),
        ("« Les Amis »", "«_Les Amis_»"),
        ("«Les Amis»", "«_Les Amis»"),
        ("100 % de 5 €", "100_% de 5_€"),
        ("le n° 5", "le n°~5"),
        (" », suite", "_», suite"),
        (" : suite", "~: suite"),
        ("fin »", "fin_»"),
    ],
)
def test_french_spaces_are_set(plat: str, attendu: str) -> None:
    """Narrow no-break before ; ! ? » % €, no-break before : and after n°."""
    pose = attendu.replace("_", ESPACE_FINE).replace("~", ESPACE_INSECABLE)

    assert typographier(plat) == pose


@pytest.mark.parametrize(
    "texte",
    [
        "à 23:00",
        "http://localhost:8080/a?b=c",
        "https://exemple.fr/?q=x;y",
        "C:\\Users\\paie",
        "1'234",
        "JJ/MM/AAAA",
        "a:b",
        "rock 'n roll",
        "Wow!",
    ],
)
def test_addresses_times_and_codes_are_left_alone(texte: str) -> None:
    """A sign that touches its neighbour is not French punctuation."""
    assert typographier(texte) == texte


MACHINE = [
    """<div content='{"a":1}' data-x="{&quot;b&quot;: [1, 2]}"></div>""",
    """<a href="/liste?tri=nom&amp;page=2" hx-get="/liste?q=a" hx-target="#page">x</a>""",
    """<input hx-trigger="keyup changed delay:300ms, search" hx-vals='{"a": "b"}' value='x'>""",
    """<p class="a b" id='c'>l&nbsp;: m&#8239;; n&eacute;</p>""",
    """<button hx-headers='{"X-Y":"z"}' hx-swap="outerHTML show:top"></button>""",
    """<link rel="stylesheet" href='/static/css/base.css?v=1'>""",
    """<!doctype html><!-- l:x --><svg viewBox="0 0 24 24"><path d="M4 4h16v2H4z"/></svg>""",
]


@pytest.mark.parametrize("balises", MACHINE)
def test_markup_for_machines_is_left_alone(balises: str) -> None:
    """JSON in attributes, addresses, htmx's words, entities."""
    assert typographier(balises) == balises


class _Relever(HTMLParser):
    """Writes down the tags with the attributes that a machine reads."""

    HUMAINS = ("aria-label", "title", "placeholder", "alt", "hx-confirm", "content", "value")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.vu: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.vu.append((tag, [(n, None if n in self.HUMAINS else v) for n, v in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.vu.append(tag)


def _relever(source: str) -> list[object]:
    lecteur = _Relever()
    lecteur.feed(source)
    lecteur.close()
    return lecteur.vu


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: str(g.relative_to("web/templates")))
def test_the_tags_of_each_template_survive(gabarit: Path) -> None:
    """The same tags with the same attributes, before and after typesetting."""
    env = Environment(extensions=[Typographie], autoescape=True)
    jetons = list(env.lexer.tokenize(gabarit.read_text(encoding="utf-8")))
    avant = "".join(str(j.value) if j.type == "data" else "" for j in jetons)
    poses = env.extensions[f"{Typographie.__module__}.Typographie"].filter_stream(iter(jetons))  # type: ignore[arg-type]

    apres = "".join(str(j.value) if j.type == "data" else "" for j in poses)

    assert _relever(apres) == _relever(avant)


def test_punctuation_after_a_value_is_set_in_templates() -> None:
    """« {{ nom }} » has its narrow spaces on both sides, and {{ nom }} : its no-break one."""
    env = Environment(extensions=[Typographie], autoescape=True)

    page = env.from_string("« {{ nom }} » : {{ n }} % ? {{ nom }} : oui").render(nom="Amis", n=5)

    assert page == ("«\u202fAmis\u202f»\u00a0: 5\u202f%\u202f? Amis\u00a0: oui")


@given(strategies.textes)
def test_a_search_key_is_a_key_of_itself(texte: str) -> None:
    """Looking for what the key says finds the key."""
    cle = sans_accents(texte)

    assert sans_accents(cle) == cle


@pytest.mark.parametrize(
    ("texte", "cle"),
    [
        ("  Éducation   Populaire ", "education populaire"),
        ("L’Œuvre", "l'oeuvre"),
        ("L'OEUVRE", "l'oeuvre"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Lætitia\u00a0Noël", "laetitia noel"),
        ("Straße", "strasse"),
        ("e\u0301te\u0301", "ete"),
        ("ÎLE-DE-FRANCE", "ile-de-france"),
        ("\u210c", "h"),
        ("", ""),
    ],
)
def test_a_search_key_forgets_accents_case_and_kinds_of_apostrophe(texte: str, cle: str) -> None:
    """So that what is typed finds what is written."""
    assert sans_accents(texte) == cle


@given(st.integers(-(10**12), 10**12))
def test_grouped_integers_keep_their_digits(nombre: int) -> None:
    """Groups of three, true minus in front."""
    texte = grouper(nombre)

    assert int(texte.replace(ESPACE_FINE, "").replace("−", "-")) == nombre
    assert all(len(g) == 3 for g in texte.split(ESPACE_FINE)[1:])


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [
        (0, "0 cheval"),
        (1, "1 cheval"),
        (-1, "−1 cheval"),
        (2, "2 chevaux"),
        (1500, "1_500 chevaux"),
    ],
)
def test_a_noun_takes_the_plural_from_two_on(nombre: int, attendu: str) -> None:
    """French: zero is singular."""
    assert accorder(nombre, "cheval", "chevaux") == attendu.replace("_", ESPACE_FINE)
    assert accorder(2, "salarié") == "2 salariés"
