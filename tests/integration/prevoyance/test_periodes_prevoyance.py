"""Periods of a contract on a real base: closed, opened, the contract closed, replaced, deleted."""

from datetime import date

import pytest

from app.employeurs import service as employeurs
from app.noyau.erreurs import ConfirmationRequise, DonneesRefusees
from app.noyau.periodes import FIN_OUVERTE
from app.prevoyance import service
from app.prevoyance.errors import (
    BulletinsRattaches,
    ContratAutre,
    ContratDejaClos,
    ContratParametre,
    ContratPrevoyanceIntrouvable,
    DebutHorsPeriode,
    FinAvantLeDebut,
    FinHorsDernierePeriode,
    FinHorsPeriode,
)
from app.prevoyance.signals import contrat_prevoyance_va_disparaitre, rattachement_va_disparaitre
from app.socle.errors import ModifieEntreTemps
from tests.integration.prevoyance.conftest import Maison

SUITE = {"tous_t1_salarial": "0,50", "tous_t1_patronal": "0,70", "csg_crds": "1"}
MAI = date(2019, 5, 31)


@pytest.mark.exigence("P7")
def test_closing_a_period_proposes_the_next_from_the_day_after(maison: Maison) -> None:
    """31/05/2019 → 01/06/2019, with the rates that hold; the bulletins touched begin there."""
    abel = maison.embaucher("Abel", debut_le="01/01/2018")
    contrat = maison.autre(debut_le="01/01/2018")
    maison.faire(service.attacher, contrat, [abel])
    maison.dites()

    proposee = maison.faire(service.saisie_de_la_suite, contrat, MAI)
    assert proposee["debut_le"] == "01/06/2019"
    assert proposee["tous_t1_salarial"] == "0,40"
    assert (proposee["csg_crds"], proposee["deduction_pp"]) == ("1", "0")

    maison.faire(service.modifier_autre, contrat, MAI, SUITE, version=1)

    assert maison.periodes(contrat) == [
        (date(2018, 1, 1), MAI),
        (date(2019, 6, 1), FIN_OUVERTE),
    ]
    assert maison.dites() == [(abel, date(2019, 6, 1), FIN_OUVERTE)]
    assert [maison.lignes(m, abel)[0].taux_salarial for m in ("2019-05", "2019-06")] == [
        4_000,
        5_000,
    ]


@pytest.mark.exigence("P7")
def test_a_date_within_a_month_is_refused_with_the_nearest_ends(maison: Maison) -> None:
    """20/05/2019: 30/04/2019 or 31/05/2019; the screen asks for them too."""
    contrat = maison.autre(debut_le="01/01/2018")
    jour = date(2019, 5, 20)
    with pytest.raises(FinHorsPeriode) as refus:
        maison.faire(service.modifier_autre, contrat, jour, SUITE)

    assert refus.value.champ == "fin_le"
    assert "30/04/2019 ou 31/05/2019" in refus.value.texte_remede()
    proches = (date(2019, 4, 30), MAI)
    assert refus.value.dates == proches
    assert maison.faire(service.dates_de_fin_proches, contrat, jour) == proches
    assert maison.faire(service.dates_de_fin_proches, contrat, MAI) == (MAI,)
    assert maison.faire(service.dates_de_fin_proches, contrat, date(2017, 1, 5)) == (
        date(2018, 1, 31),
    )
    assert len(maison.periodes(contrat)) == 1


@pytest.mark.exigence("P7", "P13")
def test_only_the_last_period_is_cut(maison: Maison) -> None:
    """Not an earlier one, not at its end, not before the contract."""
    contrat = maison.autre(debut_le="01/01/2018", fin_le="31/12/2020")
    maison.faire(service.modifier_autre, contrat, MAI, SUITE)
    for jour in (date(2018, 6, 30), MAI, date(2020, 12, 31), date(2021, 1, 31)):
        with pytest.raises(FinHorsDernierePeriode):
            maison.faire(service.modifier_autre, contrat, jour, SUITE)
    assert maison.periodes(contrat) == [
        (date(2018, 1, 1), MAI),
        (date(2019, 6, 1), date(2020, 12, 31)),
    ]


@pytest.mark.exigence("P13")
def test_a_hole_between_periods_is_never_unnoticed(maison: Maison) -> None:
    """It is confirmed, and nothing is due in it; an overlap or a mid-month start is refused."""
    abel = maison.embaucher("Abel", debut_le="01/01/2018")
    contrat = maison.autre(debut_le="01/01/2018")
    maison.faire(service.attacher, contrat, [abel])
    trou = SUITE | {"debut_le": "01/08/2019"}
    with pytest.raises(ConfirmationRequise) as demande:
        maison.faire(service.modifier_autre, contrat, MAI, trou)
    assert [a.code for a in demande.value.avertissements] == ["PRV-204"]
    assert "du 01/06/2019 au 31/07/2019" in demande.value.texte()
    for debut in ("31/05/2019", "15/08/2019"):
        with pytest.raises(DebutHorsPeriode):
            maison.faire(service.modifier_autre, contrat, MAI, SUITE | {"debut_le": debut})

    maison.dites()
    maison.faire(service.modifier_autre, contrat, MAI, trou, confirmes={"PRV-204"})
    assert [bool(maison.lignes(m, abel)) for m in ("2019-05", "2019-06", "2019-08")] == [
        True,
        False,
        True,
    ]
    assert maison.dites() == [(abel, date(2019, 6, 1), FIN_OUVERTE)]


def test_a_new_period_checks_its_rates(maison: Maison) -> None:
    """As those of a contract; a stale form is refused."""
    contrat = maison.autre(debut_le="01/01/2018")
    with pytest.raises(DonneesRefusees) as refus:
        maison.faire(service.modifier_autre, contrat, MAI, {"tous_t1_salarial": "25"})
    assert [c.code for c in refus.value.constats] == ["PRV-112"]
    with pytest.raises(DonneesRefusees):
        maison.faire(service.modifier_autre, contrat, MAI, {"tous_t1_salarial": "x"})
    with pytest.raises(ModifieEntreTemps):
        maison.faire(service.modifier_autre, contrat, MAI, SUITE, version=7)
    assert len(maison.periodes(contrat)) == 1


@pytest.mark.exigence("P1")
def test_a_parametree_cannot_be_edited(maison: Maison) -> None:
    """The refusal leads to the replacement; which is for paramétrées alone."""
    sport = maison.parametree()
    jour = date(2024, 5, 31)
    with pytest.raises(ContratParametre) as refus:
        maison.faire(service.modifier_autre, sport, jour, SUITE)
    assert "Remplacer le contrat" in refus.value.texte_remede()
    with pytest.raises(ContratParametre):
        maison.faire(service.saisie_de_la_suite, sport, jour)
    autre = maison.autre("PRV-208", nature="sante")
    with pytest.raises(ContratAutre):
        maison.faire(service.remplacer_parametree, autre, {"debut_le": "01/06/2024"})


@pytest.mark.exigence("P6")
def test_replacing_a_parametree_keeps_history_and_moves_its_employees(maison: Maison) -> None:
    """One action: closed the day before, created again, its employees go over."""
    abel, bruno = maison.embaucher("Abel"), maison.embaucher("Bruno", debut_le="10/03/2024")
    parti = maison.embaucher("Coste", nature="cdd", motif="saisonnier", fin_le="31/08/2024")
    ancien = maison.parametree()
    maison.faire(service.attacher, ancien, [abel, bruno, parti])
    maison.dites()

    saisie = {
        "regime": "SPORT",
        "organisme_id": str(maison.caisse),
        "reference": "S-NEUF",
        "debut_le": "01/01/2025",
    }
    bilan = maison.faire(service.remplacer_parametree, ancien, saisie, version=1)

    assert (bilan.fin, bilan.salaries, bilan.laisses) == (date(2024, 12, 31), 2, ())
    assert maison.periodes(ancien) == [(date(2024, 1, 1), date(2024, 12, 31))]
    assert maison.periodes(bilan.contrat_id) == [(date(2025, 1, 1), FIN_OUVERTE)]
    assert maison.rattaches(ancien) == [
        (abel, date(2024, 1, 1), date(2024, 12, 31)),
        (bruno, date(2024, 3, 10), date(2024, 12, 31)),
        (parti, date(2024, 1, 1), date(2024, 8, 31)),
    ]
    assert maison.rattaches(bilan.contrat_id) == [
        (abel, date(2025, 1, 1), FIN_OUVERTE),
        (bruno, date(2025, 1, 1), FIN_OUVERTE),
    ]
    assert set(maison.dites()) == {
        (numero, date(2025, 1, 1), FIN_OUVERTE) for numero in (abel, bruno)
    }
    [ligne] = [x for x in maison.lignes("2025-01", abel) if x.base == "t1"]
    assert ligne.contrat_prevoyance_id == bilan.contrat_id


def test_a_replacement_begins_with_a_month_and_names_whom_it_leaves(maison: Maison) -> None:
    """15/01/2025 would end the old one within a month; a cadre does not follow."""
    cadre = maison.embaucher("Abel", categorie="cadre")
    ancien = maison.parametree()
    maison.faire(service.attacher, ancien, [cadre])
    saisie = {"regime": "SPORT", "organisme_id": str(maison.caisse), "reference": "N"}
    with pytest.raises(FinHorsPeriode):
        maison.faire(service.remplacer_parametree, ancien, saisie | {"debut_le": "15/01/2025"})
    with pytest.raises(FinAvantLeDebut):
        maison.faire(service.remplacer_parametree, ancien, saisie | {"debut_le": "01/01/2024"})
    with pytest.raises(DonneesRefusees):
        maison.faire(service.remplacer_parametree, ancien, saisie)

    saisie |= {"debut_le": "01/01/2025", "population": "non_cadre"}
    bilan = maison.faire(service.remplacer_parametree, ancien, saisie)

    assert (bilan.salaries, bilan.laisses) == (0, ("Abel Anne",))
    assert maison.rattaches(ancien) == [(cadre, date(2024, 1, 1), date(2024, 12, 31))]


@pytest.mark.exigence("P8")
def test_closing_a_contract_closes_the_employees_selected(maison: Maison) -> None:
    """All of them by default: the contract, its period and their rattachements end."""
    abel, bruno = maison.embaucher("Abel"), maison.embaucher("Bruno")
    contrat = maison.autre()
    maison.faire(service.attacher, contrat, [abel, bruno])
    maison.dites()

    fin = date(2025, 3, 31)
    bilan = maison.faire(service.cloturer_contrat, contrat, fin, [abel, bruno])

    assert (bilan.est_clos, bilan.salaries, bilan.fin) == (True, 2, fin)
    assert maison.periodes(contrat) == [(date(2024, 1, 1), fin)]
    assert maison.rattaches(contrat) == [(n, date(2024, 1, 1), fin) for n in (abel, bruno)]
    assert maison.dites() == [(n, date(2025, 4, 1), FIN_OUVERTE) for n in (abel, bruno)]
    assert maison.lignes("2025-04", abel) == ()
    fiche = maison.faire(service.lire_contrat, contrat)
    assert (fiche.est_clos, fiche.rattaches) == (True, 0)


@pytest.mark.exigence("P8")
def test_closing_for_some_keeps_the_contract_open_once_confirmed(maison: Maison) -> None:
    """PRV-205 says so; those not selected stay."""
    abel, bruno = maison.embaucher("Abel"), maison.embaucher("Bruno")
    contrat = maison.autre()
    maison.faire(service.attacher, contrat, [abel, bruno])
    fin = date(2025, 3, 31)
    with pytest.raises(ConfirmationRequise) as demande:
        maison.faire(service.cloturer_contrat, contrat, fin, [abel])
    assert [a.code for a in demande.value.avertissements] == ["PRV-205"]
    maison.dites()

    choix = {"confirmes": {"PRV-205"}}
    bilan = maison.faire(service.cloturer_contrat, contrat, fin, [abel], **choix)

    assert (bilan.est_clos, bilan.salaries, bilan.entree) == (False, 1, None)
    assert maison.rattaches(contrat) == [
        (abel, date(2024, 1, 1), fin),
        (bruno, date(2024, 1, 1), FIN_OUVERTE),
    ]
    assert maison.dites() == [(abel, date(2025, 4, 1), FIN_OUVERTE)]


@pytest.mark.exigence("P8", "P13")
def test_closing_before_a_later_period_and_a_later_employee(maison: Maison) -> None:
    """The period goes, once confirmed; somebody attached only afterwards is no more."""
    tard = maison.embaucher("Tardif", debut_le="01/06/2025")
    contrat = maison.autre()
    maison.faire(service.modifier_autre, contrat, date(2024, 12, 31), SUITE)
    maison.faire(service.attacher, contrat, [tard])
    maison.dites()
    fin = date(2024, 10, 31)
    with pytest.raises(ConfirmationRequise) as demande:
        maison.faire(service.cloturer_contrat, contrat, fin, [tard])
    assert [a.code for a in demande.value.avertissements] == ["PRV-206"]
    maison.faire(service.cloturer_contrat, contrat, fin, [tard], confirmes={"PRV-206"})

    assert maison.periodes(contrat) == [(date(2024, 1, 1), fin)]
    assert maison.rattaches(contrat) == []
    assert maison.dites() == [(tard, date(2025, 6, 1), FIN_OUVERTE)]


@pytest.mark.parametrize(
    ("jour", "refus"),
    [
        (date(2024, 6, 15), FinHorsPeriode),
        (date(2023, 12, 31), FinAvantLeDebut),
        (date(2025, 12, 31), ContratDejaClos),
        (date(2026, 12, 31), ContratDejaClos),
    ],
)
def test_a_contract_is_closed_on_a_valid_day(
    maison: Maison, jour: date, refus: type[Exception]
) -> None:
    """The end of a month, within the contract, earlier than its end."""
    contrat = maison.autre(fin_le="31/12/2025")
    with pytest.raises(refus):
        maison.faire(service.cloturer_contrat, contrat, jour, [])
    assert maison.periodes(contrat) == [(date(2024, 1, 1), date(2025, 12, 31))]


@pytest.mark.exigence("P9")
def test_deleting_a_contract_deletes_it_for_all(maison: Maison) -> None:
    """And says that its line of « Identification des organismes » may go."""
    abel = maison.embaucher("Abel")
    ligne = {
        "nature": "prevoyance",
        "organisme_id": str(maison.caisse),
        "nom": "Caisse d'essai",
        "reference": "R",
    }
    numero = maison.faire(employeurs.ajouter_organisme, maison.employeur, ligne)
    un = maison.autre()
    deux = maison.autre("PRV-208", nature="sante")
    maison.faire(service.attacher, un, [abel])
    maison.dites()

    premier = maison.faire(service.supprimer_contrat, un)
    assert (premier.designation, premier.salaries) == ("Contrat PRV-2024-17", 1)
    assert (premier.derniere_de_la_caisse, premier.organisme_employeur_id) == (False, None)
    assert maison.dites() == [(abel, date(2024, 1, 1), FIN_OUVERTE)]
    with pytest.raises(ContratPrevoyanceIntrouvable):
        maison.faire(service.lire_contrat, un)

    second = maison.faire(service.supprimer_contrat, deux)
    assert (second.derniere_de_la_caisse, second.organisme_id) == (True, maison.caisse)
    assert second.organisme_employeur_id == numero
    assert maison.faire(service.lister_contrats, maison.employeur) == []


@pytest.mark.exigence("P9", "P11")
def test_bulletins_tied_to_it_forbid_a_deletion(maison: Maison) -> None:
    """With the very message; the remedy offers to close; nothing is deleted."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [rattachement] = maison.faire(service.attacher, contrat, [abel])

    def refuser(_t: object, **_: object) -> None:
        raise BulletinsRattaches

    avec = contrat_prevoyance_va_disparaitre.connected_to
    with avec(refuser), pytest.raises(BulletinsRattaches) as refus:
        maison.faire(service.supprimer_contrat, contrat)
    with rattachement_va_disparaitre.connected_to(refuser):
        with pytest.raises(BulletinsRattaches):
            maison.faire(service.supprimer_rattachement, rattachement)
        with pytest.raises(BulletinsRattaches):
            maison.faire(service.supprimer_contrat, contrat)

    assert refus.value.texte().replace("\u00a0", " ").replace("’", "'") == (
        "Des bulletins sont rattachés au contrat que vous souhaitez supprimer, "
        "vos déclarations seraient erronées."
    )
    assert "Clôturez plutôt" in refus.value.texte_remede()
    assert maison.rattaches(contrat) == [(abel, date(2024, 1, 1), FIN_OUVERTE)]
