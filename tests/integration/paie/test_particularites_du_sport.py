"""From the contract and the grid to the bulletin: base forfaitaire, match bonuses, artistes."""

from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.erreurs import DonneesRefusees
from app.noyau.periodes import Mois
from app.paie.service.calculer import BilanCalcul
from app.paie.service.expliquer import expliquer_bulletin, expliquer_une_ligne
from app.paie.service.saisir import enregistrer_saisies, lister_saisies
from app.salaries import service as salaries
from tests.conftest import client_de
from tests.integration.paie.conftest import CONTRAT, Maison, creer_employeur, embaucher

MARS = Mois(2026, 3)
Calculer = Callable[..., BilanCalcul]
DOUZE_HEURES = {"heures_centiemes": "52", "salaire_centimes": "800"}


@pytest.fixture
def club(programme: Programme) -> Maison:
    """A sports club with somebody on a base forfaitaire and somebody of the common law."""
    employeur = creer_employeur(programme, raison_sociale="Club de handball", idcc="2511")
    paires = [
        embaucher(programme, employeur, "Abel", statut_paie="sport_forfait", **DOUZE_HEURES),
        embaucher(programme, employeur, "Bruno", **DOUZE_HEURES),
    ]
    return Maison(employeur, tuple(s for s, _ in paires), tuple(c for _, c in paires))


def lignes(programme: Programme, contrat: int) -> dict[str, tuple[int, int]]:
    """Return base and employer's amount of each line of a contract's bulletin."""
    requete = (
        "SELECT l.code, l.assiette_centimes, l.montant_patronal_centimes FROM ligne_bulletin l "
        "JOIN bulletin b ON b.id = l.bulletin_id WHERE b.contrat_id = ?"
    )
    with programme.magasin.moteur.connect() as connexion:
        return {code: (a, p) for code, a, p in connexion.exec_driver_sql(requete, (contrat,))}


def numero_du_bulletin(programme: Programme, contrat: int) -> int:
    """Return the bulletin of a contract."""
    with programme.magasin.moteur.connect() as connexion:
        requete = "SELECT id FROM bulletin WHERE contrat_id = ?"
        return int(connexion.exec_driver_sql(requete, (contrat,)).scalar_one())


def saisir(programme: Programme, club: Maison, rang: int, texte: str) -> int:
    """Enter the match bonuses of a contract; returns how many lines changed."""
    with programme.transaction() as t:
        saisie = {club.contrats[rang]: {"manifestations": texte}}
        return enregistrer_saisies(t, MARS, club.employeur, saisie)


@pytest.mark.exigence("B3")
def test_the_regime_of_the_contract_reaches_the_bulletin(
    programme: Programme, club: Maison, calculer: Calculer
) -> None:
    """25 SMIC of January for 800 €; chômage on the whole; the explanation says so."""
    calculer(MARS)
    forfait, commun = (lignes(programme, contrat) for contrat in club.contrats)
    assert forfait["maladie"] == (30_050, 3_907)
    assert forfait["chomage"] == (80_000, 3_200)
    assert "reduction_generale" not in forfait
    assert commun["maladie"] == (80_000, 10_400)
    assert "reduction_generale" in commun
    with programme.transaction() as t:
        numero = numero_du_bulletin(programme, club.contrats[0])
        une = expliquer_une_ligne(t, numero, "maladie")
        toutes = expliquer_bulletin(t, numero)
        voisin = expliquer_bulletin(t, numero_du_bulletin(programme, club.contrats[1]))
    assert "base forfaitaire du sport (25 SMIC horaires" in une.assiette
    assert toutes["maladie"] == une
    assert "forfaitaire" not in voisin["maladie"].assiette


def test_a_changed_regime_touches_the_year(
    programme: Programme, club: Maison, calculer: Calculer
) -> None:
    """The bulletin of a contract whose regime changes is to be computed again, and is."""
    calculer(MARS)
    with programme.transaction() as t:
        saisie = CONTRAT | DOUZE_HEURES | {"statut_paie": "Artiste du spectacle, taux réduits"}
        salaries.modifier_contrat(t, club.salaries[0], club.contrats[0], saisie)
    calculer(MARS)
    assert lignes(programme, club.contrats[0])["maladie"] == (80_000, 7_280)
    with programme.transaction() as t:
        numero = numero_du_bulletin(programme, club.contrats[0])
        assert "taux réduit" in expliquer_une_ligne(t, numero, "maladie").taux


@pytest.mark.exigence("B4")
def test_match_bonuses_are_entered_one_by_one_and_franchised(
    programme: Programme, club: Maison, calculer: Calculer
) -> None:
    """« 90 + 2 x 200 » is 90 + 200 + 200 of gross, of which 90 + 154 + 154 are franchised."""
    assert saisir(programme, club, 1, "90 + 2 x 200") == 1
    assert saisir(programme, club, 1, "90,00 + 200 + 200,00") == 0
    with programme.transaction() as t:
        ecrit = lister_saisies(t, MARS, club.employeur)[1].textes["manifestations"]
    assert ecrit == "90,00 + 200,00 + 200,00"
    calculer(MARS)
    siennes = lignes(programme, club.contrats[1])
    assert siennes["maladie"][0] == 80_000 + 49_000 - 39_800
    assert siennes["chomage"][0] == 80_000 + 49_000
    with programme.transaction() as t:
        numero = numero_du_bulletin(programme, club.contrats[1])
        assert "après franchise" in expliquer_une_ligne(t, numero, "csg_deductible").assiette
        assert "manifestations" in expliquer_une_ligne(t, numero, "primes").assiette


@pytest.mark.parametrize("texte", ["90 +", "0 x 90", "40 x 10", "90 - 10", "-5", "0"])
def test_a_wrong_bonus_is_refused_in_its_cell(
    programme: Programme, club: Maison, texte: str
) -> None:
    """Nothing is written."""
    with pytest.raises(DonneesRefusees) as refus:
        saisir(programme, club, 0, texte)
    assert [c.champ for c in refus.value.constats] == [f"{club.contrats[0]}-manifestations"]
    with programme.magasin.moteur.connect() as connexion:
        assert connexion.exec_driver_sql("SELECT count(*) FROM saisie_mois").scalar_one() == 0


@pytest.mark.parametrize(
    "contrat",
    [
        {"nature": "cdd", "motif": "usage", "debut_le": "01/03/2026", "fin_le": "31/03/2026"},
        {
            "nature": "cdd",
            "motif": "remplacement",
            "debut_le": "02/03/2026",
            "fin_le": "05/03/2026",
        },
    ],
)
def test_an_intermittent_is_named_and_the_others_are_computed(
    programme: Programme, club: Maison, calculer: Calculer, contrat: dict[str, str]
) -> None:
    """PAI-126 with what to do; no bulletin for this one."""
    salarie, numero = embaucher(
        programme, club.employeur, "Coste", statut_paie="artiste", **contrat
    )
    bilan = calculer(MARS)
    [constat] = [c for c in bilan.constats if c.constat.code == "PAI-126"]
    assert constat.salarie_id == salarie
    assert "Coste Anne" in constat.constat.message
    assert bilan.calcules == 2
    assert lignes(programme, numero) == {}


def test_only_an_employer_of_the_sport_sees_the_column(
    programme: Programme, club: Maison, maison: Maison
) -> None:
    """By its convention, or by a contract on a base forfaitaire; the form of a contract has it."""
    navigateur: Any = client_de(programme)
    vues = [
        "Primes de match"
        in navigateur.get(f"/bulletins/saisie?mois=2026-03&employeur={m.employeur}").text
        for m in (club, maison)
    ]
    assert vues == [True, False]
    embaucher(programme, maison.employeur, "Dupuis", statut_paie="sport_forfait", **DOUZE_HEURES)
    page = navigateur.get(f"/bulletins/saisie?mois=2026-03&employeur={maison.employeur}").text
    assert "Primes de match" in page
    fiche = f"/salaries/{club.salaries[0]}/contrats/{club.contrats[0]}"
    assert "Calcul des cotisations" in navigateur.get(fiche).text
