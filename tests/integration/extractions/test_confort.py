"""Sets of parameters, pinned queries, last runs, columns: kept, found again, forgotten."""

import json
from typing import Any

import pytest

from app.extractions import service
from app.extractions.errors import DispositionIllisible, JeuIntrouvable
from app.extractions.service import confort
from app.noyau.champs import ChampObligatoire
from tests.integration.extractions.test_ecrans_extractions import resultat_de

HTMX = {"HX-Request": "true", "HX-Target": "jeux"}


@pytest.mark.exigence("E9")
def test_a_set_is_kept_under_its_name_and_replaced_by_the_same(atelier: Any) -> None:
    """Case and accents aside; what the query does not ask is not kept."""
    requete = service.trouver_requete(35)
    with atelier.programme.transaction() as t:
        premier = service.garder_jeu(t, requete, " Été ", {"au": "01/07/2026", "intrus": "x"})
        second = service.garder_jeu(t, requete, "ete", {"au": "01/08/2026", "dossier": "tous"})
        autre = service.garder_jeu(t, requete, "Autre", {"au": "faux"})
    with atelier.programme.transaction() as t:
        jeux = service.lister_jeux(t, requete)
        assert service.lister_jeux(t, service.trouver_requete(20)) == []
        assert premier.saisies == {"au": "01/07/2026"}
        assert second.id == premier.id
        assert [(j.nom, j.saisies) for j in jeux] == [
            ("Autre", {"au": "faux"}),
            ("ete", {"dossier": "tous", "au": "01/08/2026"}),
        ]
        assert service.supprimer_jeu(t, requete, autre.id) == "Autre"
        with pytest.raises(JeuIntrouvable):
            service.lire_jeu(t, requete, autre.id)
        with pytest.raises(ChampObligatoire):
            service.garder_jeu(t, requete, "  ", {})


@pytest.mark.exigence("E9")
def test_a_query_is_pinned_once_and_detached(atelier: Any) -> None:
    """In the order of numbers; one that is no more in the catalogue is left out."""
    with atelier.programme.transaction() as t:
        for numero in (35, 1, 35):
            service.epingler(t, service.trouver_requete(numero))
            t.session.flush()
        service.epingler(t, atelier.ecrire("SELECT 1 AS a ORDER BY 1", numero=999))
    with atelier.programme.transaction() as t:
        assert [r.numero for r in service.lister_epinglees(t)] == [1, 35]
        service.detacher(t, service.trouver_requete(1))
        assert [r.numero for r in service.lister_epinglees(t)] == [35]


@pytest.mark.exigence("E9")
def test_the_last_runs_are_kept_the_same_values_once(atelier: Any) -> None:
    """The latest first, ten at most; their values can be typed again."""
    requete = service.trouver_requete(35)
    with atelier.programme.transaction() as t:
        for jour in [*range(1, 13), 5]:
            valeurs = service.lire_demande(t, requete, {"dossier": "tous", "au": f"{jour}/06/2026"})
            service.noter_execution(t, requete, valeurs, jour)
    with atelier.programme.transaction() as t:
        dernieres = service.lister_executions(t)
        assert [e.lignes for e in dernieres] == [5, 12, 11, 10, 9, 8, 7, 6, 4, 3]
        assert len(dernieres) == confort.EXECUTIONS_GARDEES
        assert dernieres[0].saisies == {"dossier": "tous", "au": "05/06/2026"}
        assert dernieres[0].texte.startswith("Dossier de travail : Tous les dossiers, Situation")
        relues = service.lire_demande(t, requete, dernieres[0].saisies)
        assert [v.valeur for v in relues] == [None, "2026-06-05"]


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "{",
        "3",
        '[["nom", 10]]',
        '[["nom", "10", true]]',
        '[["nom", 0, true]]',
        "[[1, 10, true]]",
    ],
)
def test_columns_that_cannot_be_kept_are_refused(atelier: Any, texte: str) -> None:
    """What stood before stays."""
    with atelier.programme.transaction() as t:
        service.garder_disposition(t, 35, '[["idcc", 90, false]]')
    with atelier.programme.transaction() as t:
        with pytest.raises(DispositionIllisible):
            service.garder_disposition(t, 35, texte)
        assert service.lire_disposition(t, 35) == '[["idcc", 90, false]]'


@pytest.mark.exigence("E9")
def test_the_screen_keeps_takes_again_and_deletes_a_set(client_demo: Any) -> None:
    """A name is asked for; the window opens with the values; the page lists pins and runs."""
    saisie = {"dossier": "tous", "au": "15/06/2026"}
    vide = client_demo.post("/extractions/35/jeux", data=saisie, headers=HTMX)
    assert (vide.status_code, "à remplir" in vide.text) == (422, True)
    garde = client_demo.post(
        "/extractions/35/jeux", data={**saisie, "_nom_du_jeu": "Juin"}, headers=HTMX
    )
    assert "Reprendre ces valeurs" in garde.text
    assert "enregistré" in json.loads(garde.headers["HX-Trigger"])["clairpaie:message"]["texte"]
    fenetre = client_demo.get("/extractions/35/parametres?jeu=1").text
    assert 'value="15/06/2026"' in fenetre
    assert 'value="Juin"' in fenetre
    supprime = client_demo.post("/extractions/35/jeux/1/supprimer", headers=HTMX)
    assert "Reprendre ces valeurs" not in supprime.text
    assert client_demo.get("/extractions/35/parametres?jeu=1").status_code == 404

    assert client_demo.post("/extractions/35/epingler").status_code == 303
    resultat_de(client_demo, 35, **saisie)
    page = client_demo.get("/extractions/?requete=35").text
    assert "Détacher cette requête" in page
    assert "Requêtes épinglées" in page
    assert "Dernières exécutions" in page
    assert "/extractions/35/parametres?dossier=tous&amp;au=15%2F06%2F2026" in page


@pytest.mark.exigence("E5")
def test_columns_are_found_as_they_were_left(client_demo: Any) -> None:
    """By the next result of the query; exports follow the order."""
    adresse = resultat_de(client_demo, 35, dossier="tous", au="15/06/2026")
    disposition = '[["siret", 120, true], ["idcc", 80, false]]'
    envoi = client_demo.post(f"{adresse}/disposition", data={"colonnes": disposition})
    assert envoi.status_code == 204
    suivante = resultat_de(client_demo, 35, dossier="tous", au="16/06/2026")
    page = client_demo.get(suivante).text
    assert 'data-disposition="[[&#34;siret&#34;, 120, true]' in page
    faux = client_demo.post(f"{adresse}/disposition", data={"colonnes": "["})
    assert faux.status_code == 422


@pytest.mark.exigence("E6")
def test_an_export_has_the_columns_in_the_order_shown(atelier: Any) -> None:
    """And the lines too."""
    resultat = atelier.executer(35, dossier="tous", au="15/06/2026")
    noms = [c.nom for c in resultat.colonnes]
    vue = atelier.vue(resultat, montrees=[noms[3], noms[1]])
    assert [c.nom for c in service.extraction_de(resultat, vue).colonnes] == [noms[3], noms[1]]
    brutes = atelier.lignes(resultat)
    assert list(resultat.parcourir(vue)) == [(x[noms[3]], x[noms[1]]) for x in brutes]
