"""The screens of the payroll: list, entry grid, bulletin, operations."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service.calculer import BilanCalcul
from app.salaries import service as salaries
from tests.conftest import client_de
from tests.integration.paie.conftest import CONTRAT, Maison, creer_employeur, embaucher
from tests.integration.paie.test_versions_bulletin import bulletin_de

JUIN = Mois(2026, 6)
Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def navigateur(programme: Programme) -> Any:
    """A client of the web floor, on the base of the house."""
    return client_de(programme)


def fini(programme: Programme, navigateur: Any, reponse: Any) -> str:
    """Wait for the end of the job that a response leads to; returns its page."""
    adresse = reponse.headers["Location"]
    numero = re.search(r"operations/(\d+)", adresse)
    assert numero
    programme.taches.attendre(int(numero[1]), 30)
    return str(navigateur.get(adresse).text)


@pytest.mark.exigence("B4")
@pytest.mark.usefixtures("maison")
def test_a_month_is_computed_then_validated_from_the_list(
    programme: Programme, navigateur: Any
) -> None:
    """Counts by state follow; the result names what to check; the states filter the list."""
    page = navigateur.get("/bulletins/?mois=2026-01").text
    assert "Calculer le mois" in page
    assert "Valider les brouillons" not in page
    resultat = fini(programme, navigateur, navigateur.post("/bulletins/calculer?mois=2026-01"))
    assert 'id="resultat-calcules">3<' in resultat
    page = navigateur.get("/bulletins/?mois=2026-01&etat=brouillon").text
    assert "Valider 3 bulletins" in page
    assert page.count("Judo club") >= 3
    assert navigateur.post("/bulletins/valider?mois=2026-01").status_code == 303
    assert (
        "Aucun bulletin ne répond"
        in navigateur.get("/bulletins/?mois=2026-01&etat=a_calculer").text
    )
    assert "Abel" in navigateur.get("/bulletins/?mois=2026-01&etat=valide").text


def test_what_could_not_be_computed_is_listed_with_a_link(
    programme: Programme, navigateur: Any
) -> None:
    """The employer without AT/MP rate is one click away."""
    employeur = creer_employeur(programme, taux_at="")
    embaucher(programme, employeur, "Abel")
    reponse = navigateur.post(f"/bulletins/calculer?mois=2026-01&employeur={employeur}")
    page = fini(programme, navigateur, reponse)
    assert "PAI-110" in page
    assert f'href="/employeurs/{employeur}"' in page


@pytest.mark.exigence("P12")
def test_recalculating_shows_the_net_before_and_after(
    programme: Programme, maison: Maison, calculer: Calculer, navigateur: Any
) -> None:
    """The notice says how many and which months; once done, both nets stand side by side."""
    calculer(JUIN)
    navigateur.post("/bulletins/valider?mois=2026-06")
    assert "à recalculer</strong>" not in navigateur.get("/bulletins/?mois=2026-06").text
    with programme.transaction() as t:
        saisie = CONTRAT | {"salaire_centimes": "3 000", "debut_le": "02/01/2025"}
        salaries.modifier_contrat(t, maison.salaries[0], maison.contrats[0], saisie)
    page = navigateur.get("/bulletins/?mois=2026-01").text
    assert "1 bulletin validé est à recalculer" in page.replace("\u00a0", " ")
    assert "juin 2026" in page
    resultat = fini(programme, navigateur, navigateur.post("/bulletins/recalculer?mois=2026-06"))
    assert "Avant et après" in resultat
    assert "Abel Anne" in resultat
    assert re.search(r"\+\d+,\d\d", resultat)


def test_the_grid_refuses_in_the_cell_and_loses_nothing(
    programme: Programme, maison: Maison, navigateur: Any
) -> None:
    """422: absurd, negative, both kinds of hours; good cells are shown as typed."""
    premier, second, troisieme = maison.contrats
    adresse = f"/bulletins/saisie?mois=2026-06&employeur={maison.employeur}"
    reponse = navigateur.post(
        adresse,
        data={
            f"{premier}-heures_sup_25": "-3",
            f"{premier}-primes_centimes": "150,50",
            f"{second}-heures_absence": "400",
            f"{troisieme}-heures_sup_25": "10",
            f"{troisieme}-heures_compl_10": "10",
        },
    )
    assert reponse.status_code == 422
    page = reponse.text
    assert {"TEC-133", "PAI-120", "PAI-122"} <= set(re.findall(r"\(([A-Z]{3}-\d{3})\)", page))
    assert f'aria-describedby="e-{premier}-heures_sup_25"' in page
    assert 'value="150,50"' in page
    with programme.magasin.moteur.connect() as connexion:
        nombre = connexion.exec_driver_sql("SELECT count(*) FROM saisie_mois").scalar_one()
    assert nombre == 0


def test_the_grid_saves_and_computes_at_once(maison: Maison, navigateur: Any) -> None:
    """« Enregistrer et calculer »: the gross of the line holds the bonus; saved for next time."""
    adresse = f"/bulletins/saisie?mois=2026-06&employeur={maison.employeur}"
    donnees = {f"{maison.contrats[0]}-primes_centimes": "100"}
    page = navigateur.post(adresse, data=donnees | {"_calculer": "1"}).text
    assert "3 bulletins calculés" in page.replace("\u00a0", " ")
    assert "500,00" in page
    assert 'value="100,00"' in navigateur.get(adresse).text
    assert navigateur.post(adresse, data=donnees).status_code == 303


def test_nothing_is_entered_before_hiring_or_after_leaving(maison: Maison, navigateur: Any) -> None:
    """The grid has no such line; a form made before the dates changed is refused (PAI-109)."""
    adresse = f"/bulletins/saisie?mois=2024-12&employeur={maison.employeur}"
    assert "Aucun contrat à payer" in navigateur.get(adresse).text
    donnees = {f"{maison.contrats[0]}-primes_centimes": "100"}
    reponse = navigateur.post(adresse, data=donnees)
    assert reponse.status_code == 422
    assert "ne couvre aucun jour de ce mois" in reponse.text


@pytest.mark.usefixtures("maison")
def test_the_employers_with_work_left_follow_one_another(
    programme: Programme, navigateur: Any, calculer: Calculer
) -> None:
    """Without employer, the list of those left; with one, the next; none once all is validated."""
    autre = creer_employeur(programme, raison_sociale="Zumba club")
    embaucher(programme, autre, "Denis")
    page = navigateur.get("/bulletins/saisie?mois=2026-06").text
    assert "2 employeurs dont la paie reste à faire" in page.replace("\u00a0", " ")
    calculer(JUIN)
    navigateur.post(f"/bulletins/valider?mois=2026-06&employeur={autre}")
    assert "Zumba club" not in navigateur.get("/bulletins/saisie?mois=2026-06").text
    navigateur.post("/bulletins/valider?mois=2026-06")
    assert "Tout est validé" in navigateur.get("/bulletins/saisie?mois=2026-06").text


@pytest.mark.exigence("B4", "B5", "B6")
def test_a_bulletin_is_read_explained_and_changed(
    programme: Programme, maison: Maison, calculer: Calculer, navigateur: Any
) -> None:
    """In the order of the legal model; a line's explanation; validate, cancel, former version."""
    calculer(JUIN)
    numero = bulletin_de(programme, maison.contrats[0], JUIN)
    page = navigateur.get(f"/bulletins/{numero}").text
    rangs = [
        page.index(titre) for titre in ("Santé", "Retraite", "CSG et CRDS", "Montant net social")
    ]
    assert rangs == sorted(rangs)
    assert "Salarié suivant" in page
    assert "Salarié précédent" not in page
    explication = navigateur.get(f"/bulletins/{numero}/lignes/vieillesse_plafonnee").text
    assert "CSS, art." in explication
    assert f"/salaries/{maison.salaries[0]}/contrats/{maison.contrats[0]}" in explication
    assert navigateur.get(f"/bulletins/{numero}/lignes/inconnue").status_code == 404
    assert navigateur.post(f"/bulletins/{numero}/valider").status_code == 303
    assert navigateur.post(f"/bulletins/{numero}/annuler", data={"motif": ""}).status_code == 422
    motif = {"motif": "Erreur"}
    assert navigateur.post(f"/bulletins/{numero}/annuler", data=motif).status_code == 303
    nouveau = navigateur.post(f"/bulletins/{numero}/recalculer").headers["Location"]
    assert nouveau != f"/bulletins/{numero}"
    assert "Validation annulée : Erreur" in navigateur.get(nouveau).text.replace("\u00a0", " ")
    assert "a été remplacée" in navigateur.get(f"/bulletins/{numero}").text
    assert "juin 2026" in navigateur.get(f"/bulletins/salarie/{maison.salaries[0]}").text
    assert navigateur.get("/bulletins/999999").status_code == 404
