"""Lists answered by the base: words, order, pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select

from app.employeurs.models import Employeur
from app.socle import listes
from app.socle.listes import Page, Vue, mots, paginer
from app.socle.transaction import Magasin, Transaction

ORDRES: list[ColumnElement[Any]] = [Employeur.raison_sociale.expression, Employeur.id.expression]


@pytest.fixture
def t(magasin: Magasin) -> Iterator[Transaction]:
    """A transaction over 101 more associations."""
    with magasin.transaction("essai") as ouverte:
        for i in range(1, 102):
            ouverte.session.add(
                Employeur(dossier_id=1, raison_sociale=f"Club {i:03}", siret=f"{i:03}82932000074")
            )
        ouverte.session.flush()
        yield ouverte


def _noms(t: Transaction, recherche: str) -> list[str]:
    requete = select(Employeur).where(*mots(Employeur.recherche.expression, recherche))
    return [e.raison_sociale for e in t.session.scalars(requete.order_by(*ORDRES))]


@pytest.mark.parametrize(
    ("page", "obtenue", "premier", "dernier", "combien"),
    [(1, 1, 1, 50, 50), (3, 3, 101, 102, 2), (99, 3, 101, 102, 2), (0, 1, 1, 50, 50)],
)
def test_a_page_past_the_end_is_the_last_one(
    t: Transaction, page: int, obtenue: int, premier: int, dernier: int, combien: int
) -> None:
    """102 lines make three pages; ranks are counted from 1."""
    lignes, total, vue = paginer(t, select(Employeur), Vue(page=page), ORDRES)
    une = Page([e for (e,) in lignes], total, vue)

    assert (total, vue.page, len(lignes)) == (102, obtenue, combien)
    assert (une.pages, une.premier, une.dernier) == (3, premier, dernier)


def test_an_empty_list_has_one_empty_page(t: Transaction) -> None:
    """Page 1 of 1, from 0 to 0."""
    lignes, total, vue = paginer(t, select(Employeur).where(Employeur.id < 0), Vue(), ORDRES)
    vide: Page[Employeur] = Page([], total, vue)

    assert (lignes, vide.pages, vide.premier, vide.dernier) == ([], 1, 0, 0)


def test_pages_hold_each_line_once(t: Transaction) -> None:
    """Whatever order the query had of its own."""
    requete = select(Employeur).order_by(Employeur.commune)
    vus = [e.id for n in (1, 2, 3) for (e,) in paginer(t, requete, Vue(page=n), ORDRES)[0]]

    assert sorted(vus) == list(range(1, 103))
    assert listes.PAR_PAGE == 50


@pytest.mark.parametrize(
    ("recherche", "trouves"),
    [
        ("amis", ["Les Amis"]),
        ("AMIS les", ["Les Amis"]),
        ("lyon Âmis", ["Les Amis"]),
        ("club 042", ["Club 042"]),
        ("042 829 320 00074", ["Club 042"]),
        ("042 82932", ["Club 042"]),
        ("00074 042", ["Club 042"]),
        ("%", []),
        ("_", []),
        ("amis paris", []),
    ],
)
def test_a_search_finds_every_word(t: Transaction, recherche: str, trouves: list[str]) -> None:
    """Without accents or case, in any order; groups of a number; % and _ are plain signs."""
    assert _noms(t, recherche) == trouves


def test_no_word_finds_all(t: Transaction) -> None:
    """An empty search is no condition."""
    assert len(_noms(t, "  ")) == 102


def test_a_view_keeps_what_is_not_changed() -> None:
    """Filters are read by name, absent ones are empty."""
    vue = Vue(recherche="a", filtres=(("dossier", "3"),))

    assert vue.filtre("dossier") == "3"
    assert vue.filtre("autre") == ""
    assert vue.avec(page=2) == Vue(recherche="a", page=2, filtres=(("dossier", "3"),))
