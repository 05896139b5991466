"""Helpers of the views: what is read from a request, how a page or a fragment answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from jinja2 import DictLoader
from sqlalchemy.orm import Session

from app.assemblage import Programme
from app.employeurs.models import Dossier
from app.noyau import champs as c
from app.noyau.erreurs import (
    Avertissement,
    ConfirmationRequise,
    Conflit,
    Constat,
    DonneesRefusees,
    Introuvable,
)
from app.socle import web
from app.socle.listes import Vue

CHAMPS = (
    c.Champ("nom", "Nom", c.texte(20), groupe="identite", obligatoire=True, aide="Le nom."),
    c.Champ("forme", "Forme", c.choix(("a", "Association"), ("b", "Autre")), vide="a"),
    c.Champ("taux", "Taux", c.taux(), groupe="paie", vide=None),
)


@pytest.fixture
def app(programme: Programme) -> Iterator[Flask]:
    """A bare application over the open program."""
    nue = Flask("essai")
    nue.jinja_loader = DictLoader({"x.html": "{{ nom }}-{{ combien }}"})
    session = programme.magasin._sessions()
    nue.extensions["clairpaie"] = web.Etage(programme, lambda: session)
    yield nue
    session.close()


@dataclass(frozen=True, slots=True)
class PageX:
    """Data of a template."""

    nom: str
    combien: int


def test_a_page_receives_the_fields_of_its_model(app: Flask) -> None:
    """By name, escaped, with the status asked for."""
    with app.test_request_context("/"):
        reponse = web.page("x.html", PageX("<b>", 2), 409)

    assert reponse.status_code == 409
    assert reponse.get_data(as_text=True) == "&lt;b&gt;-2"


def test_a_transaction_acts_in_the_name_of_the_person(app: Flask, programme: Programme) -> None:
    """On the session of the request."""
    with app.test_request_context("/"), web.transaction() as t:
        t.session.add(Dossier(nom="Par le web"))
        assert t.par == programme.par
        assert isinstance(t.session, Session)

    assert web.Etage(programme, None).bureau is None
    with programme.transaction() as t:
        assert t.session.query(Dossier).one().nom == "Par le web"


@pytest.mark.parametrize(
    ("entetes", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_a_part_of_the_page_is_told_from_a_whole_one(
    app: Flask, entetes: dict[str, str], *, fragment: bool
) -> None:
    """A restored history needs the whole page."""
    with app.test_request_context("/", headers=entetes | {"HX-Target": "liste"}):
        assert web.est_fragment() is fragment
        assert web.cible() == "liste"


def test_a_form_gives_its_fields_version_and_confirmations(app: Flask) -> None:
    """Fields whose name begins with _ are ours; a version that is no number is none."""
    donnees = {"nom": "A", "_version": "12", "_confirmer": ["OPC-1", "OPC-2"]}
    with app.test_request_context("/", method="POST", data=donnees):
        assert web.formulaire() == {"nom": "A"}
        assert web.version_vue() == 12
        assert web.confirmes() == {"OPC-1", "OPC-2"}
    with app.test_request_context("/", method="POST", data={"_version": "x"}):
        assert web.version_vue() is None


@pytest.mark.parametrize(
    ("adresse", "vue"),
    [
        ("/", Vue(filtres=(("dossier", ""),))),
        (
            "/?q=+amis+&tri=-nom&page=3&dossier=7&autre=x",
            Vue("amis", "nom", descendant=True, page=3, filtres=(("dossier", "7"),)),
        ),
        ("/?page=x", Vue(filtres=(("dossier", ""),))),
        ("/?page=99999999", Vue(filtres=(("dossier", ""),))),
        ("/?page=-1", Vue(filtres=(("dossier", ""),))),
        (f"/?q={'a' * 300}", Vue("a" * 100, filtres=(("dossier", ""),))),
    ],
)
def test_a_list_is_read_from_the_address(app: Flask, adresse: str, vue: Vue) -> None:
    """Words, order, page, the filters that the list has; nonsense is the first page."""
    with app.test_request_context(adresse):
        assert web.vue_demandee(("dossier",)) == vue


def test_going_elsewhere_suits_who_asked(app: Flask) -> None:
    """A redirection for the browser, a location for htmx."""
    with app.test_request_context("/"):
        plein = web.aller("/employeurs/1")
    with app.test_request_context("/", headers={"HX-Request": "true"}):
        partiel = web.aller("/employeurs/1")

    assert (plein.status_code, plein.headers["Location"]) == (303, "/employeurs/1")
    assert partiel.status_code == 204
    assert json.loads(partiel.headers["HX-Location"])["path"] == "/employeurs/1"


def test_messages_are_announced_beside_what_is_announced_already(app: Flask) -> None:
    """Typeset, ASCII in the header, with what undoes."""
    with app.test_request_context("/"):
        reponse = web.message(web.aller("/"), "L'employeur est supprimé !", annuler=4)
        reponse = web._annoncer(reponse, autre={"a": 1})

    annonces = json.loads(reponse.headers["HX-Trigger"])
    assert annonces == {
        "clairpaie:message": {
            "texte": "L’employeur est supprimé\u202f!",
            "annuler": 4,
            "genre": "succes",
        },
        "autre": {"a": 1},
    }
    assert reponse.headers["HX-Trigger"].isascii()


def test_a_form_to_fill_in_shows_what_is_given_and_the_default_of_choices() -> None:
    """Other fields are empty; groups and fields are found by name."""
    vu = web.formulaire_vide(CHAMPS, {"nom": "Amis"})

    assert [x.valeur for x in vu.champs] == ["Amis", "a", ""]
    assert vu.champ("nom").obligatoire
    assert vu.champ("nom").aide == "Le nom."
    assert [x.nom for x in vu.groupe("paie")] == ["taux"]
    assert web.formulaire_vide(CHAMPS).champ("nom").valeur == ""


def test_a_form_shows_stored_values_as_they_are_typed() -> None:
    """With the version they were read at; suggestions go under one field."""
    vu = web.formulaire_de(CHAMPS, {"nom": "Amis", "forme": "b", "taux": 21_100}, 3)

    assert [x.valeur for x in vu.champs] == ["Amis", "b", "2,11"]
    assert vu.version == 3
    assert vu.avec_suggestions("nom", ["A", "B"]).champ("nom").suggestions == ("A", "B")
    assert vu.avec_suggestions("nom", ["A"]).champ("taux").suggestions == ()


class _Change(Conflit):
    """A refusal beside a field, or not."""

    code = "TST-020"
    message = "Changé."
    remede = "Rechargez."


def test_a_refused_form_keeps_what_was_typed_and_says_why() -> None:
    """Findings beside their fields (the first of each), refusals on top, warnings to confirm."""
    saisie = {"nom": "A", "taux": "x"}
    constats = (
        Constat("T-1", "Un.", "Faites.", "taux"),
        Constat("T-2", "Deux.", champ="taux"),
    )
    defauts = web.formulaire_refuse(CHAMPS, saisie, DonneesRefusees(constats), 2)
    avertis = web.formulaire_refuse(
        CHAMPS, saisie, ConfirmationRequise((Avertissement("OPC-1", "Sûr ?"),))
    )
    ailleurs = web.formulaire_refuse(CHAMPS, saisie, _Change())
    a_cote = _Change()
    a_cote.champ = "nom"
    dedans = web.formulaire_refuse(CHAMPS, saisie, a_cote)

    assert [x.valeur for x in defauts.champs] == ["A", "a", "x"]
    assert (defauts.champ("taux").erreur, defauts.champ("taux").remede) == ("Un.", "Faites.")
    assert defauts.version == 2
    assert defauts.erreur == "2 champs sont à corriger."
    assert [a.code for a in avertis.a_confirmer] == ["OPC-1"]
    assert avertis.erreur == "Sûr\u202f?"
    assert (ailleurs.erreur, ailleurs.remede) == ("Changé.", "Rechargez.")
    assert all(not x.erreur for x in ailleurs.champs)
    assert dedans.champ("nom").erreur == "Changé."


@pytest.mark.parametrize("erreur", [Introuvable(), ZeroDivisionError()])
def test_what_a_form_cannot_show_is_raised(erreur: Exception) -> None:
    """A record that is gone, and bugs."""
    with pytest.raises(type(erreur)):
        web.formulaire_refuse(CHAMPS, {}, erreur)
