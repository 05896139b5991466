"""The screens of extractions, by the test client."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.extractions.rules import Requete
from app.extractions.views import commun, resultats
from app.socle.web import etage

FENETRE = {"HX-Request": "true", "HX-Target": "fenetre"}
PARAMETRES = {"HX-Request": "true", "HX-Target": "parametres"}
JSON = {"Accept": "application/json"}
LENTE = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :combien)
SELECT i AS nombre_rang, 'École ' || (i % 77) AS nom FROM n ORDER BY i"""
COMBIEN = "[{nom: combien, libelle: Combien, type: entier, defaut: 5}]"


def aller(client: Any, reponse: Any) -> Any:
    """Follow where a form leads, in a page or by htmx."""
    if reponse.status_code == 303:
        return client.get(reponse.headers["Location"])
    assert reponse.status_code == 204
    return client.get(json.loads(reponse.headers["HX-Location"])["path"])


def resultat_de(client: Any, numero: int, **saisie: str) -> str:
    """Run a query and return the address of its result."""
    reponse = client.post(f"/extractions/{numero}/executer", data=saisie)
    assert reponse.status_code == 303, reponse.text
    return str(reponse.headers["Location"])


def attendre(client: Any, tache: int) -> None:
    """Wait for the end of a job."""
    with client.application.app_context():
        etage().programme.taches.attendre(tache, 30)


def numero_de_tache(texte: str) -> int:
    """Return the job that a fragment follows."""
    trouve = re.search(r"/suivi/(\d+)", texte)
    assert trouve
    return int(trouve[1])


@pytest.fixture
def lente(atelier: Any, ajouter: Callable[[Requete], None]) -> Requete:
    """A query as long as one wants, in the catalogue under number 900."""
    requete: Requete = atelier.ecrire(LENTE, parametres=COMBIEN)
    ajouter(requete)
    return requete


@pytest.mark.exigence("E1", "E2", "E3")
def test_the_module_lists_queries_and_waits_for_a_choice(client_demo: Any) -> None:
    """Numbered, searchable; « Exécuter une requête » and the eye are greyed."""
    page = client_demo.get("/extractions/").text
    assert re.search(r'aria-current="page">.*?Extractions de données', page, re.DOTALL)
    assert re.search(r'role="option" id="requete-35".*?data-valeur="35\. Employeurs', page)
    assert re.search(r'data-executer aria-disabled="true"', page)
    assert re.search(r'data-visualiser aria-disabled="true"', page)
    assert 'title="Exécuter et visualiser"' in page


@pytest.mark.exigence("E3")
def test_valider_enables_the_run(client_demo: Any) -> None:
    """The query is named, described, and may be run."""
    page = client_demo.get("/extractions/?requete=35").text
    assert 'hx-get="/extractions/35/parametres"' in page
    assert 'value="35. Employeurs-caisse OPCO"' in page
    assert "Requête validée" in page
    assert "avant et après la mise à jour" in page


@pytest.mark.exigence("E2", "E3")
@pytest.mark.parametrize(
    ("saisie", "message"),
    [("opc", "Aucune requête ne répond"), ("", "Aucune requête n’est choisie")],
)
def test_a_query_that_is_not_there_is_said_beside_the_field(
    client_demo: Any, saisie: str, message: str
) -> None:
    """What was typed stays; nothing may be run."""
    reponse = client_demo.get("/extractions/", query_string={"requete": saisie})
    assert reponse.status_code == 422
    assert message in reponse.text
    assert f'value="{saisie}"' in reponse.text
    assert 'data-executer aria-disabled="true"' in reponse.text
    oeil = client_demo.post("/extractions/visualiser", data={"requete": saisie}, headers=FENETRE)
    assert (oeil.status_code, oeil.headers["HX-Retarget"]) == (422, "#page")


@pytest.mark.exigence("E4")
def test_the_window_asks_for_each_parameter_with_its_default(client_demo: Any) -> None:
    """A table with a « Valeur » column: lists, date, suggestions, amount."""
    fenetre = client_demo.get("/extractions/20/parametres", headers=FENETRE).text
    assert fenetre.startswith("<dialog")
    assert "Paramètres de la requête" in fenetre
    assert '<th scope="col">Valeur</th>' in fenetre
    assert '<option value="tous" selected>Tous les dossiers</option>' in fenetre
    assert 'value="Tous les employeurs"' in fenetre
    assert re.search(
        r'data-component="date">\s*<input id="champ-au"[^>]*value="\d\d/\d\d/20', fenetre
    )
    assert re.search(r'name="salaire"[^>]*value=""', fenetre)
    assert '<option value="tous" selected>CDI et CDD</option>' in fenetre
    entiere = client_demo.get("/extractions/20/parametres?au=01/02/2025").text
    assert "<html" in entiere
    assert 'value="01/02/2025"' in entiere


@pytest.mark.exigence("E4")
def test_a_wrong_value_is_said_beside_its_field_and_nothing_is_lost(client_demo: Any) -> None:
    """422, the form as it was typed, no result."""
    saisie = {"dossier": "", "au": "31/02/2026"}
    reponse = client_demo.post("/extractions/35/executer", data=saisie, headers=PARAMETRES)
    assert reponse.status_code == 422
    assert reponse.text.startswith("<form")
    assert "2 valeurs sont à corriger" in reponse.text
    assert 'value="31/02/2026"' in reponse.text
    assert 'id="champ-au-erreur"' in reponse.text
    assert 'id="champ-dossier-erreur"' in reponse.text
    assert "<html" in client_demo.post("/extractions/35/executer", data=saisie).text


@pytest.mark.exigence("E4", "E5")
def test_valider_leads_to_the_result(client_demo: Any) -> None:
    """Title, parameters in words, count; the window can be opened again with the same values."""
    saisie = {"dossier": "tous", "au": "15/06/2026"}
    reponse = client_demo.post("/extractions/35/executer", data=saisie, headers=PARAMETRES)
    page = aller(client_demo, reponse).text
    assert "Visualisation du résultat de la requête" in page
    assert re.search(r"Dossier de travail\s*:</span> Tous les dossiers", page)
    assert "40 lignes" in page
    adresse = re.search(r'hx-get="(/extractions/35/parametres[^"]*)"', page)
    assert adresse
    fenetre = client_demo.get(adresse[1].replace("&amp;", "&"), headers=FENETRE).text
    assert '<option value="tous" selected>Tous les dossiers' in fenetre
    assert 'value="15/06/2026"' in fenetre


@pytest.mark.exigence("E7")
def test_the_eye_runs_at_once_or_asks_what_is_missing(client_demo: Any) -> None:
    """Query 1 has every default; query 35 wants its dossier."""
    oeil = client_demo.post(
        "/extractions/visualiser", data={"requete": "1. Liste des employeurs"}, headers=FENETRE
    )
    assert "Visualisation du résultat" in aller(client_demo, oeil).text
    demande = client_demo.post("/extractions/visualiser", data={"requete": "35"}, headers=FENETRE)
    assert demande.status_code == 200
    assert 'name="dossier"' in demande.text


def test_the_eye_says_when_the_query_runs_already(
    client_demo: Any, lente: Requete, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the window, where it can be tried again; in a whole page too."""
    monkeypatch.setattr(commun, "DELAI", 0.0)
    suivi = client_demo.post("/extractions/900/executer", data={"combien": "20000000"})
    assert "<progress" in suivi.text
    oeil = {"requete": "900"}
    encore = client_demo.post("/extractions/visualiser", data=oeil, headers=FENETRE)
    assert (encore.status_code, encore.text[:7]) == (422, "<dialog")
    assert "déjà en cours" in encore.text
    entiere = client_demo.post("/extractions/visualiser", data=oeil).text
    assert "<html" in entiere
    assert "déjà en cours" in entiere
    tache = numero_de_tache(suivi.text)
    client_demo.post(f"/extractions/{lente.numero}/suivi/{tache}/annuler")
    attendre(client_demo, tache)


@pytest.mark.exigence("E8")
def test_a_long_run_shows_its_progress_and_can_be_cancelled(
    client_demo: Any, lente: Requete
) -> None:
    """The application answers meanwhile; what was typed is one step away."""
    saisie = {"combien": "20000000"}
    reponse = client_demo.post(
        f"/extractions/{lente.numero}/executer", data=saisie, headers=PARAMETRES
    )
    assert "<progress" in reponse.text
    assert "Annuler l’opération" in reponse.text
    tache = numero_de_tache(reponse.text)
    suivi = f"/extractions/900/suivi/{tache}"
    encours = client_demo.get(f"{suivi}?combien=20000000", headers=PARAMETRES).text
    assert re.search(r"Interrogation de la base|Lecture des lignes", encours)
    assert "<dialog" in client_demo.get(suivi).text
    assert "Liste" in client_demo.get("/extractions/").text
    encore = client_demo.post("/extractions/900/executer", data=saisie, headers=PARAMETRES)
    assert (encore.status_code, "déjà en cours" in encore.text) == (422, True)

    fin = client_demo.post(f"{suivi}/annuler?combien=20000000", headers=PARAMETRES)
    for _ in range(50):
        if "<progress" not in fin.text:
            break
        time.sleep(0.1)
        fin = client_demo.get(f"{suivi}?combien=20000000", headers=PARAMETRES)

    assert "annulée" in fin.text
    assert "/extractions/900/parametres?combien=20000000" in fin.text


@pytest.mark.exigence("E5")
def test_first_lines_show_while_the_others_come(
    client_demo: Any, atelier: Any, ajouter: Callable[[Requete], None]
) -> None:
    """A query that gives its lines as it goes: the answer already bears the first twelve."""
    au_fil = LENTE.replace(":combien)", ":combien ORDER BY 1)").replace(" ORDER BY i", "")
    ajouter(atelier.ecrire(au_fil, parametres=COMBIEN))
    saisie = {"combien": "20000000"}
    reponse = client_demo.post("/extractions/900/executer", data=saisie, headers=PARAMETRES)
    tache = numero_de_tache(reponse.text)
    encours = client_demo.get(f"/extractions/900/suivi/{tache}", headers=PARAMETRES).text
    client_demo.post(f"/extractions/900/suivi/{tache}/annuler")
    attendre(client_demo, tache)
    for texte in (reponse.text, encours):
        lues = re.findall(r"<td>(École \d+)</td>", texte)
        assert lues == [f"École {i}" for i in range(1, 13)]
        assert "<caption>Premières lignes</caption>" in texte


def test_a_run_that_ends_later_leads_to_its_result(
    client_demo: Any, lente: Requete, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The progress asked again says where to go; by the eye too."""
    monkeypatch.setattr(commun, "DELAI", 0.0)
    reponse = client_demo.post("/extractions/visualiser", data={"requete": "900"}, headers=FENETRE)
    assert reponse.text.startswith("<dialog")
    tache = numero_de_tache(reponse.text)
    attendre(client_demo, tache)
    fin = client_demo.get(
        f"/extractions/{lente.numero}/suivi/{tache}",
        headers={"HX-Request": "true", "HX-Target": "tache"},
    )
    assert "5 lignes" in aller(client_demo, fin).text


@pytest.mark.exigence("E5")
def test_windows_of_lines_are_sorted_filtered_and_summed(client_demo: Any) -> None:
    """Texts as the grid shows them, by rank."""
    adresse = resultat_de(client_demo, 20, au="15/06/2026")
    tout = client_demo.get(f"{adresse}/lignes?debut=0&nombre=500", headers=JSON).json
    assert tout["total"] == len(tout["lignes"])
    assert tout["sommes"]["salaire_centimes"].endswith("€")
    page = {"f.nature": "=cdd", "tri": "-nom", "debut": "1", "nombre": "2"}
    vue = client_demo.get(f"{adresse}/lignes", query_string=page, headers=JSON).json
    cdd = [ligne for ligne in tout["lignes"] if ligne[4] == "CDD"]
    assert (vue["total"], vue["debut"], len(vue["lignes"])) == (len(cdd), 1, 2)


@pytest.mark.exigence("E5")
def test_a_filter_that_is_not_understood_is_said_beside_it(client_demo: Any) -> None:
    """422 with a text for each column; an unknown column is another refusal."""
    adresse = resultat_de(client_demo, 20, au="15/06/2026")
    refus = client_demo.get(f"{adresse}/lignes?f.salaire_centimes=abc", headers=JSON)
    assert refus.status_code == 422
    assert "par exemple" in refus.json["filtres"]["salaire_centimes"]
    inconnue = client_demo.get(f"{adresse}/lignes?tri=couleur", headers=JSON)
    assert inconnue.json["erreur"]["code"] == "EXT-121"
    for suite in ("copie?f.salaire_centimes=abc&noms=nom", "copie?noms=rien"):
        assert client_demo.get(f"{adresse}/{suite}", headers=JSON).status_code == 422
    copie = client_demo.get(f"{adresse}/copie?debut=0&nombre=2&noms=nom,debut_le", headers=JSON)
    assert len(copie.text.split("\n")) == 2


@pytest.mark.exigence("E5", "E8")
def test_a_long_sort_is_a_job_that_can_be_cancelled(
    client_demo: Any, lente: Requete, monkeypatch: pytest.MonkeyPatch
) -> None:
    """202 while it is done; the same question asked again gets the lines."""
    monkeypatch.setattr(resultats, "DIRECT", 10)
    monkeypatch.setattr(commun, "DELAI", 30.0)
    adresse = resultat_de(client_demo, lente.numero, combien="120000")
    monkeypatch.setattr(commun, "DELAI", 0.0)

    attente = client_demo.get(f"{adresse}/lignes?tri=nom", headers=JSON)
    assert attente.status_code == 202
    autre = client_demo.get(f"{adresse}/lignes?tri=nom", headers=JSON)
    assert autre.status_code in {200, 202}
    tache = attente.json["tache"]
    attendre(client_demo, tache)
    lignes = client_demo.get(f"{adresse}/lignes?tri=nom&tache={tache}", headers=JSON)
    assert lignes.json["lignes"][0][1] == "École 0"

    attente = client_demo.get(f"{adresse}/lignes?f.nom=7", headers=JSON)
    client_demo.post(f"/taches/{attente.json['tache']}/annuler")
    attendre(client_demo, attente.json["tache"])
    arret = client_demo.get(f"{adresse}/lignes?f.nom=7&tache={attente.json['tache']}", headers=JSON)
    assert arret.status_code in {200, 409}


@pytest.mark.exigence("E6")
@pytest.mark.parametrize("code", ["xlsx", "xml", "txt", "csv"])
def test_an_export_is_prepared_then_downloaded(client_demo: Any, code: str) -> None:
    """With a name in French; it follows what the grid shows."""
    adresse = resultat_de(client_demo, 35, dossier="tous", au="15/06/2026")
    pret = client_demo.post(
        f"{adresse}/exporter?f.idcc=2511&colonnes=raison_sociale", data={"format": code}
    ).text
    lien = re.search(r'href="([^"]*/exports/[^"]*)"', pret)
    assert lien
    with client_demo.get(lien[1]) as fichier:
        assert fichier.headers["Content-Disposition"].startswith("attachment")
        assert "35. Employeurs-caisse OPCO - " in fichier.headers["Content-Disposition"]
        if code in {"txt", "csv"}:
            tete, *lignes = fichier.data.decode("utf-8-sig").splitlines()
            assert tete == "Employeur"
            assert len(lignes) < 40
    assert client_demo.get(f"{adresse}/exports/absent.{code}", headers=JSON).status_code == 404


@pytest.mark.exigence("E6")
def test_the_schema_of_the_xml_is_downloaded(client_demo: Any) -> None:
    """It names the columns of the result."""
    adresse = resultat_de(client_demo, 1)
    schema = client_demo.get(f"{adresse}/schema.xsd")
    assert "extraction-1.xsd" in schema.headers["Content-Disposition"]
    assert '<xs:element name="raison_sociale"' in schema.text


@pytest.mark.exigence("E8")
def test_a_long_export_shows_its_progress_and_can_be_cancelled(
    client_demo: Any, lente: Requete, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong format or filter is refused before anything starts."""
    monkeypatch.setattr(commun, "DELAI", 30.0)
    adresse = resultat_de(client_demo, lente.numero, combien="60000")
    assert (
        client_demo.post(f"{adresse}/exporter", data={"format": "pdf"}, headers=JSON).status_code
        == 422
    )
    assert (
        client_demo.post(
            f"{adresse}/exporter?f.nombre_rang=x", data={"format": "csv"}, headers=JSON
        ).status_code
        == 422
    )
    monkeypatch.setattr(commun, "DELAI", 0.0)
    suivi = client_demo.post(f"{adresse}/exporter", data={"format": "xlsx"}).text
    assert "<progress" in suivi
    tache = numero_de_tache(suivi)
    client_demo.post(f"{adresse}/exports/suivi/{tache}/annuler")
    attendre(client_demo, tache)
    fin = client_demo.get(f"{adresse}/exports/suivi/{tache}").text
    assert "annulée" in fin or "est prêt" in fin


def test_employers_are_proposed_while_typing(client_demo: Any) -> None:
    """What the parameter reads, and where the employer is."""
    proposes = client_demo.get("/extractions/employeurs?q=judo", headers=JSON).json
    assert proposes
    assert re.search(r"\(n° \d+\)$", proposes[0]["saisie"])
    assert "Démonstration" in proposes[0]["precision"]
    assert client_demo.get("/extractions/employeurs?q=judo&dossier=99", headers=JSON).json == []


def test_a_result_that_was_cleaned_up_says_to_run_again(client_demo: Any) -> None:
    """As a page, and as an answer to the grid."""
    adresse = f"/extractions/resultats/{'0' * 24}"
    assert client_demo.get(adresse).status_code == 404
    assert client_demo.get(f"{adresse}/lignes", headers=JSON).json["erreur"]["code"] == "EXT-105"
    assert client_demo.get("/extractions/9999/parametres").status_code == 404


def test_names_of_the_base_never_become_markup(client_demo: Any) -> None:
    """A dossier with a tag in its name is shown as text."""
    client_demo.post("/employeurs/dossiers", data={"nom": "<b>Gras</b>"})
    fenetre = client_demo.get("/extractions/35/parametres", headers=FENETRE).text
    assert "<b>" not in fenetre
