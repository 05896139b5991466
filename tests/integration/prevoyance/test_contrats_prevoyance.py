"""Contracts of prévoyance on a real base: both kinds, their options, who is attached."""

from datetime import date

import pytest

from app.employeurs.errors import EmployeurIntrouvable
from app.noyau.erreurs import ConfirmationRequise, DonneesRefusees
from app.noyau.periodes import FIN_OUVERTE
from app.organismes import service as organismes
from app.prevoyance import service
from app.prevoyance.errors import ContratEnConflit, ContratPrevoyanceIntrouvable
from app.socle.errors import ModifieEntreTemps
from tests.integration.prevoyance.conftest import AUTRE, Maison


@pytest.mark.exigence("P1", "P2")
def test_an_autre_keeps_the_rates_and_options_entered(maison: Maison) -> None:
    """Exact rates, by population and base, amounts of a forfait, the four options."""
    contrat = maison.autre(
        population="tous",
        tous_t1_salarial="",
        tous_t1_patronal="",
        cadre_t1_patronal="1,50",
        non_cadre_t1_salarial="0,40",
        tous_forfait_salarial="12,50",
        tous_forfait_patronal="12,50",
        forfait_social="1",
    )
    fiche = maison.faire(service.lire_contrat, contrat)

    assert (fiche.genre, fiche.nature, fiche.caisse) == ("autre", "prevoyance", "Caisse d'essai")
    assert (fiche.periode.debut, fiche.est_clos, fiche.regime) == (date(2024, 1, 1), False, None)
    assert fiche.designation == "Prévoyance PRV-2024-17"
    [periode] = fiche.periodes
    assert {(x.population, x.base): (x.salarial, x.patronal) for x in periode.taux} == {
        ("tous", "forfait"): (0, 0),
        ("non_cadre", "t1"): (4_000, 0),
        ("cadre", "t1"): (0, 15_000),
    }
    [forfait] = [x for x in periode.taux if x.base == "forfait"]
    assert (forfait.montant_salarial, forfait.montant_patronal) == (1_250, 1_250)
    options = periode.options
    assert (options.forfait_social, options.csg_crds) == (True, True)
    assert (options.deduction_po, options.deduction_pp) == (True, False)


@pytest.mark.exigence("P1")
def test_a_parametree_takes_rates_and_options_from_the_program(maison: Maison) -> None:
    """Whatever the form says: they cannot be edited, and follow the regime by date."""
    maison.embaucher("Abel")
    contrat = maison.parametree(tous_t1_salarial="9,99", forfait_social="0")
    fiche = maison.faire(service.lire_contrat, contrat)

    assert (fiche.genre, fiche.nature, fiche.regime.code) == ("parametree", "prevoyance", "SPORT")
    assert fiche.est_parametree
    assert fiche.periodes[0].taux == ()
    assert fiche.periodes[0].options == fiche.regime.options
    assert fiche.periodes[0].options.forfait_social


@pytest.mark.exigence("P1")
def test_a_parametree_follows_its_regime_at_each_date(maison: Maison) -> None:
    """0,42 % in 2024, 0,485 % from January 2025, without touching the contract."""
    abel = maison.embaucher("Abel")
    contrat = maison.parametree()
    maison.faire(service.attacher, contrat, [abel])

    vus = {m: maison.lignes(m, abel)[0].taux_salarial for m in ("2024-12", "2025-01")}

    assert vus == {"2024-12": 4_200, "2025-01": 4_850}
    ligne = maison.lignes("2025-01", abel)[0]
    assert (ligne.base, ligne.forfait_social, ligne.contrat_prevoyance_id) == ("t1", True, contrat)
    assert "205" in ligne.source


def test_a_regime_of_another_convention_is_confirmed(maison: Maison) -> None:
    """PRV-201 names both conventions."""
    with pytest.raises(ConfirmationRequise) as demande:
        maison.parametree(regime="ANIMATION")
    assert "PRV-201" in [a.code for a in demande.value.avertissements]
    assert "2511" in demande.value.texte()
    assert maison.parametree("PRV-201", "PRV-202", regime="ANIMATION") > 0


def test_unknown_regimes_caisses_and_missing_fields_are_refused(maison: Maison) -> None:
    """Each beside its field, all at once."""
    with pytest.raises(DonneesRefusees) as refus:
        maison.parametree(regime="PETANQUE", reference=" ", organisme_id="999")
    assert {(c.champ, c.code) for c in refus.value.constats} == {
        ("reference", "TEC-130"),
        ("organisme_id", "PRV-103"),
        ("regime", "PRV-183"),
    }


@pytest.mark.exigence("P4")
def test_a_contract_names_a_caisse_of_the_table(maison: Maison) -> None:
    """One that exists, and collects prévoyance, retirement or santé."""
    saisie = {"famille": "urssaf", "nom": "Urssaf Bretagne"}
    urssaf = maison.faire(organismes.creer_organisme, saisie)
    for numero in (urssaf, 999):
        with pytest.raises(DonneesRefusees) as refus:
            maison.autre(organisme_id=str(numero))
        assert [(c.champ, c.code) for c in refus.value.constats] == [("organisme_id", "PRV-103")]
    assert maison.faire(service.caisses_a_choisir) == [(str(maison.caisse), "Caisse d'essai")]


@pytest.mark.parametrize(
    ("champs", "champ", "code"),
    [
        ({"fin_le": "15/06/2024"}, "fin_le", "PRV-104"),
        ({"fin_le": "31/12/2023"}, "fin_le", "TEC-112"),
        ({"reference": ""}, "reference", "TEC-130"),
        ({"debut_le": ""}, "debut_le", "TEC-130"),
        ({"nature": "obseques"}, "nature", "TEC-132"),
        ({"tous_t1_salarial": "101"}, "tous_t1_salarial", "TEC-133"),
        ({"tous_t1_salarial": "21,10"}, "tous_t1_salarial", "PRV-112"),
        ({"cadre_t1_patronal": "1,50"}, "cadre_t1_salarial", "PRV-113"),
        ({"population": "non_cadre", "cadre_t2_patronal": "1"}, "cadre_t2_salarial", "PRV-114"),
        ({"tous_t1_salarial": "", "tous_t1_patronal": "0"}, "tous_t1_salarial", "PRV-115"),
        ({"tous_forfait_patronal": "1 000,01"}, "tous_forfait_patronal", "TEC-133"),
    ],
)
def test_a_bad_form_is_refused_beside_the_field(
    maison: Maison, champs: dict[str, str], champ: str, code: str
) -> None:
    """Nothing is written."""
    with pytest.raises(DonneesRefusees) as refus:
        maison.autre(**champs)
    assert [(c.champ, c.code) for c in refus.value.constats] == [(champ, code)]
    assert all(c.remede for c in refus.value.constats)
    assert maison.faire(service.lister_contrats, maison.employeur) == []


def test_two_contracts_of_one_nature_for_one_population_are_refused(maison: Maison) -> None:
    """Over a day in common; another nature or the next day stands."""
    maison.autre(fin_le="31/12/2024")
    with pytest.raises(ContratEnConflit) as refus:
        maison.autre(debut_le="31/12/2024", reference="B")
    assert "du 31/12/2024 au 31/12/2024" in refus.value.texte()
    maison.autre(debut_le="01/01/2025", reference="B")
    maison.autre("PRV-208", debut_le="01/01/2024", nature="sante", reference="C")
    assert len(maison.faire(service.lister_contrats, maison.employeur)) == 3


def test_one_contract_for_all_and_one_for_cadres_are_confirmed(maison: Maison) -> None:
    """PRV-203: the second completes the first, or doubles it."""
    maison.autre()
    cadres = {"population": "cadre", "reference": "CAD", "tous_t1_patronal": "1,50"}
    with pytest.raises(ConfirmationRequise) as demande:
        maison.autre(**cadres)
    assert [a.code for a in demande.value.avertissements] == ["PRV-203"]
    maison.autre("PRV-203", **cadres)
    with pytest.raises(ConfirmationRequise):
        maison.autre(population="non_cadre", reference="NC")


def test_high_rates_and_a_small_share_of_sante_are_confirmed(maison: Maison) -> None:
    """PRV-207 above 12 %, PRV-208 when the employee pays more than half."""
    saisie = {"nature": "sante", "tous_t1_salarial": "8", "tous_t1_patronal": "7"}
    with pytest.raises(ConfirmationRequise) as demande:
        maison.autre(**saisie)
    assert [a.code for a in demande.value.avertissements] == ["PRV-207", "PRV-208"]
    assert maison.autre("PRV-207", "PRV-208", **saisie) > 0


def test_lists_put_open_contracts_first(maison: Maison) -> None:
    """Of one kind, or of both."""
    clos = maison.autre(fin_le="31/12/2024")
    ouvert = maison.autre(debut_le="01/01/2025", reference="B", libelle="Contrat B")
    sport = maison.parametree("PRV-203", nature="", debut_le="01/01/2019", fin_le="31/12/2023")

    tous = maison.faire(service.lister_contrats, maison.employeur)
    autres = maison.faire(service.lister_contrats, maison.employeur, "autre")

    assert [f.id for f in tous] == [ouvert, clos, sport]
    assert [f.id for f in autres] == [ouvert, clos]
    assert [f.designation for f in autres] == ["Contrat B", "Prévoyance PRV-2024-17"]


def test_reference_label_and_note_can_be_corrected(maison: Maison) -> None:
    """Nothing to compute again; the version seen is the version changed."""
    contrat = maison.autre()
    saisie = {"reference": "R-2", "libelle": "Socle", "note": "vu"}
    maison.faire(service.modifier_identite, contrat, saisie, version=1)

    fiche = maison.faire(service.lire_contrat, contrat)
    assert (fiche.reference, fiche.designation, fiche.note) == ("R-2", "Socle", "vu")
    assert maison.dites() == []
    with pytest.raises(ModifieEntreTemps):
        maison.faire(service.modifier_identite, contrat, saisie, version=1)
    with pytest.raises(DonneesRefusees):
        maison.faire(service.modifier_identite, contrat, {"reference": ""})


def test_strangers_are_refused(maison: Maison) -> None:
    """No such contract, no such employer."""
    with pytest.raises(ContratPrevoyanceIntrouvable):
        maison.faire(service.lire_contrat, 999)
    with pytest.raises(EmployeurIntrouvable):
        maison.faire(service.creer_autre, 999, AUTRE)
    assert maison.faire(service.contrats_pour, 999) == []


def test_an_open_end_may_be_typed(maison: Maison) -> None:
    """31/12/9999 is the open end."""
    contrat = maison.autre(fin_le="31/12/9999")
    assert maison.faire(service.lire_contrat, contrat).periode.fin == FIN_OUVERTE


ARTISTES = {"regime": "ARTISTE CCN 1285", "debut_le": "01/01/2021", "fin_le": "31/12/2025"}
TOUT = ("PRV-201", "PRV-202")


def test_rates_that_nobody_knows_are_asked_and_kept(maison: Maison) -> None:
    """Beside the field of the population; they serve until the regime has its own."""
    abel = maison.embaucher("Abel", debut_le="01/01/2020")
    with pytest.raises(DonneesRefusees) as refus:
        maison.parametree(*TOUT, **ARTISTES)
    assert [(c.champ, c.code) for c in refus.value.constats] == [
        ("non_cadre_t1_salarial", "PRV-182"),
        ("cadre_t1_salarial", "PRV-182"),
    ]
    assert "01/01/2021" in refus.value.constats[0].message

    saisis = {"tous_t1_salarial": "0,10", "tous_t1_patronal": "0,30"}
    contrat = maison.parametree(*TOUT, **ARTISTES, **saisis)
    maison.faire(service.attacher, contrat, [abel])

    avant, apres = (maison.lignes(m, abel)[0] for m in ("2025-04", "2025-05"))
    assert (avant.taux_salarial, avant.taux_patronal) == (1_000, 3_000)
    assert avant.source.endswith("taux saisis au contrat")
    assert (apres.taux_salarial, apres.taux_patronal) == (1_200, 3_400)
    assert maison.faire(service.lire_contrat, contrat).manque == ""


def test_rates_to_confirm_are_confirmed_by_the_person(maison: Maison) -> None:
    """PRV-202 says what was not read; once confirmed the rates of the regime serve."""
    with pytest.raises(ConfirmationRequise) as demande:
        maison.parametree("PRV-201", regime="ARTISTE CCN 1285", debut_le="01/06/2025")
    assert [a.code for a in demande.value.avertissements] == ["PRV-202"]
    assert "synthèse publique" in demande.value.texte()
    contrat = maison.parametree(*TOUT, regime="ARTISTE CCN 1285", debut_le="01/06/2025")
    assert maison.faire(service.lire_contrat, contrat).periodes[0].taux == ()


def test_populations_that_a_regime_sets_apart(maison: Maison) -> None:
    """Permanents have their own rates; who is a cadre is known by the contrat de travail."""
    abel = maison.embaucher("Abel", debut_le="01/01/2020")
    chef = maison.embaucher("Chef", debut_le="01/01/2020", categorie="cadre")
    saisie = ARTISTES | {"population": "permanent_non_cadre"}
    with pytest.raises(DonneesRefusees) as refus:
        maison.parametree(*TOUT, **(saisie | {"population": "intermittent"}))
    assert [(c.champ, c.code) for c in refus.value.constats] == [("population", "TEC-132")]

    contrat = maison.parametree(*TOUT, **saisie)
    offerts = maison.faire(service.contrats_a_attacher, contrat)
    assert [o.emploi.contrat_id for o in offerts] == [abel]
    assert chef != abel
    maison.faire(service.attacher, contrat, [abel])
    [ligne] = maison.lignes("2022-01", abel)
    assert (ligne.base, ligne.taux_salarial, ligne.taux_patronal) == ("t1", 0, 9_500)
    maison.parametree(*TOUT, **(saisie | {"population": "permanent_cadre"}))
    with pytest.raises(ContratEnConflit):
        maison.parametree(*TOUT, **saisie)
