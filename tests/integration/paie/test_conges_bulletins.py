"""Paid leave in the base: carried from bulletin to bulletin, brought in, shown, printed."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.erreurs import DonneesRefusees
from app.noyau.periodes import Mois
from app.paie.errors import ContratHorsDuMois
from app.paie.service.calculer import BilanCalcul
from app.paie.service.conges import enregistrer_reprise, lister_conges
from app.paie.service.imprimer import imprimer_un_bulletin
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.valider import valider_le_mois
from app.salaries import service as salaries
from tests.conftest import client_de
from tests.integration.paie.conftest import Maison, creer_employeur, embaucher
from tests.integration.paie.test_calculer_le_mois import lire
from tests.integration.paie.test_versions_bulletin import bulletin_de

Calculer = Callable[..., BilanCalcul]
MAI, JUIN, JUILLET = (Mois(2026, m) for m in (5, 6, 7))


def soldes(programme: Programme, contrat: int) -> list[tuple[int, ...]]:
    """Return month, acquired, taken, N-1 and N of each current bulletin of a contract."""
    lignes = lire(
        programme,
        "SELECT mois, conges_acquis, conges_pris, conges_anterieurs, conges_en_cours "
        "FROM bulletin WHERE contrat_id = ? AND etat <> 'remplace' ORDER BY annee, mois",
        contrat,
    )
    return [tuple(ligne) for ligne in lignes]


def saisir(programme: Programme, maison: Maison, mois: Mois, **champs: str) -> None:
    """Enter something for the first employee."""
    with programme.transaction() as t:
        enregistrer_saisies(t, mois, maison.employeur, {maison.contrats[0]: champs})


@pytest.mark.exigence("B4")
def test_leave_goes_from_bulletin_to_bulletin(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Acquired in May, N-1 in June, taken in July; the year does not matter."""
    saisir(programme, maison, JUILLET, conges_pris="2,5")
    for mois in (Mois(2025, 12), Mois(2026, 1), MAI, JUIN, JUILLET):
        calculer(mois)
    assert soldes(programme, maison.contrats[0]) == [
        (12, 250, 0, 0, 250),
        (1, 250, 0, 0, 500),
        (5, 250, 0, 0, 750),
        (6, 250, 0, 800, 250),
        (7, 250, 250, 550, 500),
    ]


def test_more_than_the_balance_is_pointed_out_and_paid(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """A warning in French with the balance, not a wall."""
    saisir(programme, maison, JUIN, conges_pris="6")
    bilan = calculer(JUIN)
    [constat] = [c for c in bilan.constats if c.constat.code == "PAI-117"]
    assert bilan.calcules == 3
    assert constat.salarie_id == maison.salaries[0]
    assert "le solde est de −3,5" in constat.constat.message
    assert "par anticipation" in constat.constat.remede


def test_sickness_is_part_of_the_absence(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """A month sick gives two days; sick hours beyond the absence are refused in their cell."""
    saisir(programme, maison, JUIN, heures_absence="151,67", heures_maladie="151,67")
    calculer(JUIN)
    assert soldes(programme, maison.contrats[0])[0][1] == 200
    with pytest.raises(DonneesRefusees) as refus:
        saisir(programme, maison, JUIN, heures_absence="7", heures_maladie="8")
    assert [c.code for c in refus.value.constats] == ["PAI-123"]


def test_what_another_program_counted_is_brought_in(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """From its month on; validated bulletins are to be recalculated; a later one replaces it."""
    for mois in (MAI, JUIN):
        calculer(mois)
    salarie, contrat = maison.salaries[0], maison.contrats[0]
    with programme.transaction() as t:
        valider_le_mois(t, JUIN)
        saisie = {"mois": "2026-06", "anterieurs": "18", "en_cours": "0"}
        assert enregistrer_reprise(t, salarie, contrat, saisie)
        assert not enregistrer_reprise(t, salarie, contrat, saisie)
    etats = lire(programme, "SELECT etat FROM bulletin WHERE contrat_id = ? AND mois = 6", contrat)
    assert etats == [("a_recalculer",)]
    calculer(JUIN)
    calculer(JUILLET)
    assert [s[3:] for s in soldes(programme, contrat)] == [(0, 250), (1_800, 250), (1_800, 500)]
    with programme.transaction() as t:
        [vu] = lister_conges(t, salarie)
        with pytest.raises(ContratHorsDuMois):
            enregistrer_reprise(t, salarie, contrat, saisie | {"mois": "2024-12"})
        with pytest.raises(DonneesRefusees):
            enregistrer_reprise(t, salarie, contrat, saisie | {"anterieurs": "-1"})
    assert (vu.anterieurs, vu.en_cours, vu.repris) == (1_800, 500, True)


def test_a_contract_takes_its_leave_along(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Deleted with its drafts, its entry and what it brought in."""
    calculer(JUIN)
    salarie, contrat = maison.salaries[0], maison.contrats[0]
    with programme.transaction() as t:
        enregistrer_reprise(t, salarie, contrat, {"mois": "2026-06", "anterieurs": "3"})
        salaries.supprimer_contrat(t, salarie, contrat)
    assert lire(programme, "SELECT count(*) FROM reprise_conges") == [(0,)]


@pytest.mark.exigence("B4")
def test_leave_is_shown_entered_and_printed(programme: Programme, maison: Maison) -> None:
    """Grid, bulletin, list of the person, form, PDF."""
    navigateur = client_de(programme)
    adresse = f"/bulletins/saisie?mois=2026-06&employeur={maison.employeur}"
    donnees = {f"{maison.contrats[0]}-conges_pris": "1,5", "_calculer": "1"}
    assert "Congés pris (jours)" in navigateur.get(adresse).text
    assert 'value="1,50"' in navigateur.post(adresse, data=donnees).text
    numero = bulletin_de(programme, maison.contrats[0], JUIN)
    page = navigateur.get(f"/bulletins/{numero}").text.replace("\u202f", " ")
    assert "<h2>Congés</h2>" in page
    assert "<dt>Pris ce mois</dt><dd>1,5 j</dd>" in page
    assert "<dt>Solde N</dt><dd>1 j</dd>" in page
    with programme.transaction() as t:
        pdf = imprimer_un_bulletin(t, numero).contenu
    [feuille] = PdfReader(io.BytesIO(pdf)).pages
    texte = feuille.extract_text()
    assert "Congés payés" in texte
    assert "Solde N-1" in texte
    du_salarie = navigateur.get(f"/bulletins/salarie/{maison.salaries[0]}").text
    assert "Saisir une reprise" in du_salarie
    formulaire = f"/bulletins/salarie/{maison.salaries[0]}/contrats/{maison.contrats[0]}/conges"
    assert "Reprise des congés" in navigateur.get(formulaire).text
    refuse = navigateur.post(formulaire, data={"mois": "juin", "anterieurs": "3"})
    assert refuse.status_code == 422
    assert "2026-01" in refuse.text
    bon = navigateur.post(formulaire, data={"mois": "2026-06", "anterieurs": "3"})
    assert bon.status_code == 303
    assert "Modifier la reprise" in navigateur.get(f"/bulletins/salarie/{maison.salaries[0]}").text


def test_a_salary_under_the_minimum_of_its_convention_is_pointed_out(
    programme: Programme, calculer: Calculer
) -> None:
    """Above the SMIC, under group 4 of the sport: a warning; a convention without figures: none."""
    sport = creer_employeur(programme, raison_sociale="Judo", idcc="2511")
    embaucher(programme, sport, "Abel", salaire_centimes="1 900", classification="Groupe 4")
    embaucher(programme, sport, "Bruno", salaire_centimes="2 100", classification="Groupe 4")
    autre = creer_employeur(programme, raison_sociale="Danse")
    embaucher(programme, autre, "Coste", salaire_centimes="1 900", classification="Groupe 4")
    bilan = calculer(Mois(2026, 1))
    assert bilan.calcules == 3
    [constat] = bilan.constats
    assert constat.constat.code == "PAI-116"
    message = constat.constat.message.replace("\u202f", " ")
    assert "Abel Anne : 1 900,00 € de brut, sous le minimum conventionnel" in message
    assert "groupe 4, CCN du sport, avenant n° 189" in message


def test_hours_of_a_part_of_a_month_are_those_paid(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Entered on the 16th: half of the hours in the base, on screen and on paper."""
    _, contrat = embaucher(programme, maison.employeur, "Denis", debut_le="16/06/2026")
    with programme.transaction() as t:
        saisie = {contrat: {"heures_absence": "10"}}
        enregistrer_saisies(t, JUIN, maison.employeur, saisie)
    calculer(JUIN)
    heures = lire(
        programme,
        "SELECT heures_centiemes, heures_absence FROM bulletin WHERE contrat_id = ?",
        contrat,
    )
    assert [tuple(h) for h in heures] == [(6_584, 1_000)]
    numero = bulletin_de(programme, contrat, JUIN)
    page = client_de(programme).get(f"/bulletins/{numero}").text.replace("\u202f", " ")
    assert ">75,84 h<" in page
    assert ">−10,00 h<" in page
    with programme.transaction() as t:
        pdf = imprimer_un_bulletin(t, numero).contenu
    texte = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "75,84" in texte
    assert "65,84" in texte


@pytest.mark.exigence("B2")
def test_amounts_add_up_by_organisme(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """The réduction générale is shared; the screen reads one line with its two parts."""
    calculer(JUIN)
    numero = bulletin_de(programme, maison.contrats[0], JUIN)
    totaux = dict(
        tuple(ligne)
        for ligne in lire(
            programme,
            "SELECT organisme, sum(montant_patronal_centimes) FROM ligne_bulletin "
            "WHERE bulletin_id = ? AND rubrique = 'exonerations' GROUP BY organisme",
            numero,
        )
    )
    assert set(totaux) == {"urssaf", "agirc_arrco"}
    assert totaux["urssaf"] < totaux["agirc_arrco"] < 0
    [(employeur,)] = lire(
        programme, "SELECT cotisations_employeur_centimes FROM bulletin WHERE id = ?", numero
    )
    [(somme,)] = lire(
        programme,
        "SELECT sum(montant_patronal_centimes) FROM ligne_bulletin WHERE bulletin_id = ?",
        numero,
    )
    assert somme == employeur
    navigateur = client_de(programme)
    page: Any = navigateur.get(f"/bulletins/{numero}").text
    assert page.count("dont Urssaf") == page.count("dont Agirc-Arrco") == 1
    assert "part Agirc-Arrco" not in page
    explication = navigateur.get(f"/bulletins/{numero}/lignes/reduction_generale").text
    assert "dont Urssaf" in explication


def test_an_employer_leaves_nothing_behind(programme: Programme) -> None:
    """Its habits go with it."""
    employeur = creer_employeur(programme)
    navigateur = client_de(programme)
    navigateur.post(f"/bulletins/paiement/{employeur}?mois=2026-06", data={"jour_paiement": "5"})
    with programme.transaction() as t:
        employeurs.supprimer_employeur(t, employeur)
    assert lire(programme, "SELECT count(*) FROM reglage_paie") == [(0,)]
