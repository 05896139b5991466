"""The screen « Requête libre », by the test client."""

import json
from typing import Any

import pytest

from app.extractions import service
from app.extractions.errors import NomDeRequetePris, RequeteIntrouvable
from app.noyau.champs import ChampObligatoire
from app.socle import journal

SQL = "SELECT raison_sociale, sum(brut) AS total_euros FROM vue_bulletins GROUP BY 1"


@pytest.mark.exigence("E10")
def test_a_query_runs_and_its_text_comes_back(client_demo: Any) -> None:
    """The result has its grid; « Modifier les paramètres » leads back to the text."""
    reponse = client_demo.post("/extractions/libre/executer", data={"sql": SQL})
    assert reponse.status_code == 303, reponse.text
    adresse = reponse.headers["Location"]
    resultat = client_demo.get(adresse)
    assert "Total euros" in resultat.text
    nom = adresse.rsplit("/", 1)[1]
    assert f"/extractions/libre?resultat={nom}" in resultat.text

    editeur = client_demo.get(f"/extractions/libre?resultat={nom}")

    assert "sum(brut) AS total_euros" in editeur.text


@pytest.mark.exigence("E10")
@pytest.mark.parametrize(
    ("sql", "dit"),
    [
        ("DELETE FROM vue_dossiers", "DELETE"),
        ("SELECT * FROM employeur", "employeur"),
        ("SELECT brt\nFROM vue_bulletins", "Ligne 1, colonne 8"),
        ("", "requête"),
    ],
)
def test_what_is_refused_is_said_beside_the_text(client_demo: Any, sql: str, dit: str) -> None:
    """With its place when it has one; the text stays in the editor."""
    reponse = client_demo.post("/extractions/libre/executer", data={"sql": sql})

    assert reponse.status_code == 422
    assert 'id="sql-erreur"' in reponse.text
    assert dit in reponse.text
    assert sql.split("\n", maxsplit=1)[0] in reponse.text


@pytest.mark.exigence("E9", "E10")
def test_a_query_is_kept_changed_deleted_and_brought_back(client_demo: Any, atelier: Any) -> None:
    """Its deletion is undone by the journal."""
    saisie = {"sql": SQL, "nom": "Brut par employeur"}
    reponse = client_demo.post("/extractions/libre/enregistrer", data=saisie)
    assert reponse.status_code == 303, reponse.text
    page = client_demo.get(reponse.headers["Location"])
    assert "Mes requêtes" in page.text
    assert "Brut par employeur" in page.text
    assert "Brut par employeur" in client_demo.get("/extractions/").text
    with atelier.programme.transaction() as t:
        (gardee,) = service.lister_enregistrees(t)
    suite = {"sql": f"{SQL} ORDER BY 2", "nom": "Brut trié", "numero": str(gardee.id)}
    client_demo.post("/extractions/libre/enregistrer", data=suite)
    with atelier.programme.transaction() as t:
        (changee,) = service.lister_enregistrees(t)
    assert (changee.id, changee.nom) == (gardee.id, "Brut trié")

    reponse = client_demo.post(
        f"/extractions/libre/{gardee.id}/supprimer", headers={"HX-Request": "true"}
    )
    entree = json.loads(reponse.headers["HX-Trigger"])["clairpaie:message"]["annuler"]
    with atelier.programme.transaction() as t:
        assert service.lister_enregistrees(t) == []
        journal.annuler_entree(t.session, entree)
    with atelier.programme.transaction() as t:
        assert [e.nom for e in service.lister_enregistrees(t)] == ["Brut trié"]


@pytest.mark.exigence("E10")
def test_names_are_each_one_s_own(atelier: Any) -> None:
    """Case and accents aside; nothing without a name; nothing of a query that is gone."""
    with atelier.programme.transaction() as t:
        service.enregistrer(t, "Été", SQL)
        with pytest.raises(NomDeRequetePris):
            service.enregistrer(t, "ete", SQL)
        with pytest.raises(ChampObligatoire):
            service.enregistrer(t, " ", SQL)
        with pytest.raises(RequeteIntrouvable):
            service.lire_enregistree(t, 999)
