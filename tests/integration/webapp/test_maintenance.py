"""Centre de maintenance: state, verification, journal with its undoing, settings."""

import re
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.socle import journal
from app.socle.listes import Vue


def _un_employeur(programme: Programme) -> Any:
    with programme.transaction() as t:
        return employeurs.lister_employeurs(t, Vue()).lignes[0]


def test_the_state_names_the_version_and_the_base(client_demo: Any) -> None:
    """Version, data folder, size and last writing."""
    page = client_demo.get("/maintenance/").text
    assert "clairpaie.sqlite3" in page
    assert re.search(r"\d+,\d\s(?:ko|Mo)", page)


@pytest.mark.exigence("G3")
def test_the_base_is_verified_from_the_screen(client_demo: Any, programme_demo: Programme) -> None:
    """The job ends with its three checks."""
    adresse = client_demo.post("/maintenance/verification").headers["Location"]
    programme_demo.taches.attendre(int(adresse.rsplit("/", 1)[1]), 30)
    page = client_demo.get(adresse).text
    assert "La base est saine" in page
    assert "Liens entre les fiches" in page


@pytest.mark.exigence("G5")
def test_a_change_is_in_the_journal_and_can_be_undone(
    client_demo: Any, programme_demo: Programme
) -> None:
    """Who, when, before and after in words; undoing puts the former value back, searchable."""
    association = _un_employeur(programme_demo)
    with programme_demo.transaction() as t:
        employeurs.modifier_employeur(t, association.id, {"raison_sociale": "Zébulon Club"})
    page = client_demo.get("/maintenance/journal?q=zebulon").text
    assert "Zébulon Club" in page
    assert "Raison sociale" in page

    with programme_demo.transaction() as t:
        entree = journal.derniere_entree(t.session, "employeur", association.id)
    reponse = client_demo.post(f"/maintenance/journal/{entree}/annuler", data={"retour": "/x"})
    assert reponse.headers["Location"] == "/x"
    with programme_demo.transaction() as t:
        mots = association.raison_sociale
        trouves = employeurs.lister_employeurs(t, Vue(recherche=mots)).lignes
    assert association.id in {e.id for e in trouves}


def test_an_undoing_never_leads_to_another_site(
    client_demo: Any, programme_demo: Programme
) -> None:
    """The way back is one of our own pages."""
    association = _un_employeur(programme_demo)
    with programme_demo.transaction() as t:
        employeurs.modifier_employeur(t, association.id, {"sigle": "ZC"})
        entree = journal.derniere_entree(t.session, "employeur", association.id)
    ailleurs = {"retour": "//ailleurs.example/"}
    reponse = client_demo.post(f"/maintenance/journal/{entree}/annuler", data=ailleurs)
    assert reponse.headers["Location"] == "/maintenance/journal"


def test_the_journal_is_filtered(client_demo: Any) -> None:
    """By record and by action; an empty answer says so."""
    page = client_demo.get("/maintenance/journal?objet=dossier").text
    assert "Dossier\u00a0:" in page
    assert "Contrat de travail\u00a0:" not in page
    vide = client_demo.get("/maintenance/journal?action=suppression").text
    assert "Aucune modification" in vide


def test_settings_are_kept_and_take_effect(client_demo: Any, programme_demo: Programme) -> None:
    """The dark theme and the name are on the next page; a wrong choice is refused."""
    valeurs = {"theme": "sombre", "par": "Trésorière", "journaux": "INFO"}
    assert client_demo.post("/maintenance/reglages", data=valeurs).status_code == 303
    page = client_demo.get("/").text
    assert 'data-theme="sombre"' in page
    assert "Trésorière" in page
    assert "Trésorière" in (programme_demo.dossier / "reglages.yaml").read_text("utf-8")
    refus = client_demo.post("/maintenance/reglages", data={**valeurs, "theme": "rose"})
    assert refus.status_code == 422
    assert "ne fait pas partie des choix" in refus.text
