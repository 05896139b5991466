"""The list of employers: search, sort, filters, pages."""

import pytest

from app.assemblage import Programme
from app.employeurs import service
from app.socle.listes import PAR_PAGE, Vue

NOMS = ("Éclair de Brest", "aviron des Crêtes", "Zénith", "Eclat d'Arles")


@pytest.fixture
def peuple(programme: Programme, dossier: int) -> int:
    """Four employers in the dossier « Sport », one in another."""
    with programme.transaction() as t:
        for rang, nom in enumerate(NOMS):
            saisie = {"raison_sociale": nom, "commune": f"Ville {9 - rang}", "idcc": "1518"}
            service.creer_employeur(t, dossier, saisie)
        autre = service.creer_dossier(t, {"nom": "Autre"})
        saisie = {"raison_sociale": "Mille clubs", "siret": "73282932000074", "sigle": "MC"}
        service.creer_employeur(t, autre, saisie)
    return autre


def noms(programme: Programme, vue: Vue) -> list[str]:
    """Return the names that a view shows, in order."""
    with programme.transaction() as t:
        return [e.raison_sociale for e in service.lister_employeurs(t, vue).lignes]


@pytest.mark.exigence("B1")
@pytest.mark.usefixtures("peuple")
@pytest.mark.parametrize(
    ("recherche", "attendus"),
    [
        ("eclair", ["Éclair de Brest"]),
        ("CRETES Aviron", ["aviron des Crêtes"]),
        ("d'arles", ["Eclat d'Arles"]),
        ("732 829 320 00074", ["Mille clubs"]),
        ("73282", ["Mille clubs"]),
        ("mc", ["Mille clubs"]),
        ("ville 9", ["Éclair de Brest"]),
        ("1518 zenith", ["Zénith"]),
        ("100%", []),
        ("_", []),
        ("'; DROP TABLE employeur; --", []),
    ],
)
def test_words_are_found_whatever_their_accents(
    programme: Programme, recherche: str, attendus: list[str]
) -> None:
    """Name, sigle, SIRET with or without spaces, town, IDCC; every word must be there."""
    assert noms(programme, Vue(recherche=recherche)) == attendus


@pytest.mark.usefixtures("peuple")
def test_lists_are_sorted_both_ways(programme: Programme) -> None:
    """By name without accents or capitals, by town, by number; an unknown sort is the name."""
    ordre = ["aviron des Crêtes", "Éclair de Brest", "Eclat d'Arles", "Mille clubs", "Zénith"]
    assert noms(programme, Vue()) == ordre
    assert noms(programme, Vue(tri="raison_sociale", descendant=True)) == ordre[::-1]
    assert noms(programme, Vue(tri="inconnu")) == ordre
    assert noms(programme, Vue(tri="commune"))[1:] == [
        "Eclat d'Arles",
        "Zénith",
        "aviron des Crêtes",
        "Éclair de Brest",
    ]
    assert noms(programme, Vue(tri="siret", descendant=True))[0] == "Mille clubs"
    assert noms(programme, Vue(tri="dossier"))[0] == "Mille clubs"
    assert len(noms(programme, Vue(tri="opco"))) == len(noms(programme, Vue(tri="idcc"))) == 5


def test_a_dossier_filters_the_list(programme: Programme, peuple: int) -> None:
    """A filter that is no number is none."""
    assert noms(programme, Vue(filtres=(("dossier", str(peuple)),))) == ["Mille clubs"]
    assert len(noms(programme, Vue(filtres=(("dossier", "x"),)))) == 5
    assert noms(programme, Vue(filtres=(("dossier", "999"),))) == []


def test_a_page_past_the_end_is_the_last_one(programme: Programme, dossier: int) -> None:
    """Fifty a page; the ranks are those of the lines shown."""
    with programme.transaction() as t:
        fiches = [{"raison_sociale": f"Club {i:03}"} for i in range(PAR_PAGE + 7)]
        service.ajouter_en_masse(t, dossier, fiches)
        page = service.lister_employeurs(t, Vue(page=99))
        premiere = service.lister_employeurs(t, Vue())
    assert (page.vue.page, page.pages, page.premier, page.dernier, page.total) == (2, 2, 51, 57, 57)
    assert page.lignes[-1].raison_sociale == "Club 056"
    assert (len(premiere.lignes), premiere.premier) == (PAR_PAGE, 1)
    with programme.transaction() as t:
        assert service.lister_employeurs(t, Vue(recherche="rien")).premier == 0


@pytest.mark.usefixtures("peuple")
def test_suggestions_are_few_and_in_use(programme: Programme) -> None:
    """What a person is typing, a dozen at most."""
    with programme.transaction() as t:
        assert [e.raison_sociale for e in service.suggerer_employeurs(t, "ecl")] == [
            "Éclair de Brest",
            "Eclat d'Arles",
        ]
