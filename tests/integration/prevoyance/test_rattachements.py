"""Employees attached to contracts, on a real base: from the employer's side and their own."""

from datetime import date

import pytest

from app.noyau.erreurs import ConfirmationRequise
from app.noyau.periodes import FIN_OUVERTE, PeriodeInversee
from app.prevoyance import service
from app.prevoyance.errors import (
    AutreEmployeur,
    ContratDejaClos,
    FinHorsPeriode,
    PopulationDifferente,
    RattachementApresSortie,
    RattachementAvantEmbauche,
    RattachementEnDouble,
    RattachementHorsContrat,
    RattachementIntrouvable,
)
from app.salaries import service as salaries
from app.socle.errors import ModifieEntreTemps
from tests.integration.prevoyance.conftest import Maison

JANVIER, MARS = date(2024, 1, 1), date(2024, 3, 1)


@pytest.mark.exigence("P5")
def test_employees_who_may_be_attached_are_offered(maison: Maison) -> None:
    """Of the population, at work during the contract, not archived, with an adhesion."""
    abel = maison.embaucher("Abel")
    bruno = maison.embaucher("Bruno", debut_le="15/04/2024")
    maison.embaucher("Chef", categorie="cadre")
    maison.embaucher("Parti", nature="cdd", motif="usage", fin_le="29/02/2024")
    archive = maison.embaucher("Rangé")
    with maison.programme.transaction() as t:
        numero = salaries.emplois_par_numero(t, [archive])[archive].salarie_id
        salaries.archiver_salarie(t, numero, archive=True)
    contrat = maison.autre(population="non_cadre", debut_le="01/03/2024")

    offerts = maison.faire(service.contrats_a_attacher, contrat)
    assert [(o.emploi.contrat_id, o.adhesion) for o in offerts] == [
        (abel, MARS),
        (bruno, date(2024, 4, 15)),
    ]

    maison.faire(service.attacher, contrat, [abel, bruno])
    assert maison.rattaches(contrat) == [
        (abel, MARS, FIN_OUVERTE),
        (bruno, date(2024, 4, 15), FIN_OUVERTE),
    ]
    assert maison.faire(service.contrats_a_attacher, contrat) == []
    assert maison.dites() == [
        (abel, MARS, FIN_OUVERTE),
        (bruno, date(2024, 4, 15), FIN_OUVERTE),
    ]


@pytest.mark.exigence("P5")
def test_a_contract_may_stay_on_the_employer_only(maison: Maison) -> None:
    """Nobody selected: nobody attached, nothing announced."""
    maison.embaucher("Abel")
    contrat = maison.autre()
    assert maison.faire(service.attacher, contrat, []) == []
    assert maison.rattaches(contrat) == []
    assert maison.dites() == []


@pytest.mark.exigence("P10")
def test_an_employee_is_attached_from_the_date_of_adhesion(maison: Maison) -> None:
    """Contracts of the employer are offered; the end is open while the work goes on."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    cadres = maison.autre("PRV-203", population="cadre", reference="CAD")
    offerts = maison.faire(service.contrats_pour, abel)
    assert [f.id for f in offerts] == [contrat]
    assert cadres not in {f.id for f in offerts}

    numero = maison.faire(service.creer_rattachement, contrat, abel, MARS)

    with maison.programme.transaction() as t:
        salarie = salaries.emplois_par_numero(t, [abel])[abel].salarie_id
        [vu] = service.contrats_du_salarie(t, salarie)
    assert (vu.rattachement.id, vu.contrat.id) == (numero, contrat)
    assert (vu.rattachement.adhesion, vu.rattachement.periode.fin) == (MARS, FIN_OUVERTE)
    assert vu.rattachement.est_en_cours(date(2030, 1, 1))
    assert maison.dites() == [(abel, MARS, FIN_OUVERTE)]


@pytest.mark.exigence("P10", "P13")
@pytest.mark.parametrize(
    ("debut", "fin", "refus"),
    [
        (date(2023, 12, 31), FIN_OUVERTE, RattachementAvantEmbauche),
        (date(2024, 1, 15), FIN_OUVERTE, RattachementHorsContrat),
        (date(2025, 1, 1), FIN_OUVERTE, RattachementHorsContrat),
        (date(2024, 7, 1), date(2025, 1, 31), RattachementApresSortie),
        (date(2024, 11, 1), FIN_OUVERTE, RattachementApresSortie),
        (date(2024, 7, 1), date(2024, 7, 15), FinHorsPeriode),
        (date(2024, 7, 1), date(2024, 6, 30), PeriodeInversee),
    ],
)
def test_a_rattachement_lies_within_both_contracts(
    maison: Maison, debut: date, fin: date, refus: type[Exception]
) -> None:
    """Contract of work until 10/10/2024, of prévoyance from February to December 2024."""
    bornes = {"nature": "cdd", "motif": "usage", "fin_le": "10/10/2024"}
    abel = maison.embaucher("Abel", **bornes if debut < date(2025, 1, 1) else {})
    contrat = maison.autre(debut_le="01/02/2024", fin_le="31/12/2024")
    with pytest.raises(refus):
        maison.faire(service.creer_rattachement, contrat, abel, debut, fin)
    assert maison.rattaches(contrat) == []


@pytest.mark.exigence("P13")
def test_a_rattachement_may_end_with_the_contrat_de_travail(maison: Maison) -> None:
    """Though no month ends on that day."""
    abel = maison.embaucher("Abel", nature="cdd", motif="usage", fin_le="10/10/2024")
    contrat = maison.autre()
    fin = date(2024, 10, 10)
    numero = maison.faire(service.creer_rattachement, contrat, abel, JANVIER, fin)

    assert maison.rattaches(contrat) == [(abel, JANVIER, fin)]
    proches = maison.faire(service.dates_de_fin_du_rattachement, numero, date(2024, 10, 5))
    assert proches == (date(2024, 9, 30), fin)


def test_who_is_not_of_the_employer_or_of_the_population(maison: Maison) -> None:
    """Nobody is attached, not even those before in the list."""
    abel = maison.embaucher("Abel")
    chef = maison.embaucher("Chef", categorie="cadre")
    ailleurs = fonder_ailleurs(maison)
    contrat = maison.autre(population="non_cadre")
    for numeros, refus in (
        ([abel, chef], PopulationDifferente),
        ([abel, ailleurs], AutreEmployeur),
        ([999], AutreEmployeur),
    ):
        with pytest.raises(refus):
            maison.faire(service.attacher, contrat, numeros)
    assert maison.rattaches(contrat) == []


def fonder_ailleurs(maison: Maison) -> int:
    """Create another employer with an employee."""
    from app.employeurs import service as employeurs

    with maison.programme.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": "Ailleurs"})
        employeur = employeurs.creer_employeur(t, dossier, {"raison_sociale": "Karaté"})
    autre = Maison(maison.programme, employeur, maison.caisse)
    return autre.embaucher("Étranger")


def test_nobody_is_attached_twice_on_a_day(maison: Maison) -> None:
    """Again later, once the first is closed."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [premier] = maison.faire(service.attacher, contrat, [abel])
    with pytest.raises(RattachementEnDouble):
        maison.faire(service.attacher, contrat, [abel], MARS)
    maison.faire(service.cloturer_rattachement, premier, date(2024, 6, 30))
    with pytest.raises(RattachementEnDouble):
        maison.faire(service.attacher, contrat, [abel])
    [offert] = maison.faire(service.contrats_a_attacher, contrat)
    assert offert.adhesion == date(2024, 7, 1)

    maison.faire(service.attacher, contrat, [abel], date(2024, 9, 1))

    assert maison.rattaches(contrat) == [
        (abel, JANVIER, date(2024, 6, 30)),
        (abel, date(2024, 9, 1), FIN_OUVERTE),
    ]
    assert [bool(maison.lignes(m, abel)) for m in ("2024-06", "2024-08", "2024-09")] == [
        True,
        False,
        True,
    ]


def test_an_adhesion_within_a_month_is_confirmed(maison: Maison) -> None:
    """PRV-209: the whole month bears the contribution."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    with pytest.raises(ConfirmationRequise) as demande:
        maison.faire(service.attacher, contrat, [abel], date(2024, 3, 15))
    assert [a.code for a in demande.value.avertissements] == ["PRV-209"]
    maison.faire(service.attacher, contrat, [abel], date(2024, 3, 15), confirmes={"PRV-209"})
    assert len(maison.lignes("2024-03", abel)) == 1


@pytest.mark.exigence("P11")
def test_only_the_dates_of_a_rattachement_change(maison: Maison) -> None:
    """Later, earlier, closed; each time the days touched are announced, no others."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [abel])
    maison.dites()

    maison.faire(service.modifier_rattachement, numero, MARS, version=1)
    assert maison.rattaches(contrat) == [(abel, MARS, FIN_OUVERTE)]
    assert maison.dites() == [(abel, JANVIER, date(2024, 2, 29))]

    juin = date(2024, 6, 30)
    maison.faire(service.modifier_rattachement, numero, MARS, juin)
    assert maison.dites() == [(abel, date(2024, 7, 1), FIN_OUVERTE)]

    maison.faire(service.modifier_rattachement, numero, MARS, juin)
    assert maison.dites() == []

    with pytest.raises(FinHorsPeriode):
        maison.faire(service.modifier_rattachement, numero, MARS, date(2024, 6, 15))
    with pytest.raises(ModifieEntreTemps):
        maison.faire(service.modifier_rattachement, numero, JANVIER, version=1)


@pytest.mark.exigence("P11")
def test_closing_a_rattachement(maison: Maison) -> None:
    """At the end of a month, earlier than its end; the screen is offered valid days."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [abel])
    maison.dites()
    with pytest.raises(FinHorsPeriode) as refus:
        maison.faire(service.cloturer_rattachement, numero, date(2024, 6, 15))
    assert refus.value.dates == (date(2024, 5, 31), date(2024, 6, 30))

    maison.faire(service.cloturer_rattachement, numero, date(2024, 6, 30))

    assert maison.rattaches(contrat) == [(abel, JANVIER, date(2024, 6, 30))]
    assert maison.dites() == [(abel, date(2024, 7, 1), FIN_OUVERTE)]
    with pytest.raises(ContratDejaClos):
        maison.faire(service.cloturer_rattachement, numero, date(2024, 7, 31))


@pytest.mark.exigence("P11")
def test_deleting_a_rattachement(maison: Maison) -> None:
    """Nothing is due any more; a stranger is refused."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    [numero] = maison.faire(service.attacher, contrat, [abel])
    maison.dites()

    bilan = maison.faire(service.supprimer_rattachement, numero)

    assert (bilan.salarie, bilan.contrat) == ("Abel Anne", "Contrat PRV-2024-17")
    assert maison.dites() == [(abel, JANVIER, FIN_OUVERTE)]
    assert maison.lignes("2024-03", abel) == ()
    with pytest.raises(RattachementIntrouvable):
        maison.faire(service.lire_rattachement, numero)


@pytest.mark.exigence("P13")
def test_a_rattachement_ends_and_reopens_with_the_contrat_de_travail(maison: Maison) -> None:
    """The same day, by itself; one that the person closed stays closed."""
    abel, bruno = maison.embaucher("Abel"), maison.embaucher("Bruno")
    contrat = maison.autre()
    _, ferme = maison.faire(service.attacher, contrat, [abel, bruno])
    maison.faire(service.cloturer_rattachement, ferme, date(2024, 4, 30))
    maison.dites()

    sortie = {"nature": "cdd", "motif": "usage"}
    for numero in (abel, bruno):
        maison.changer_le_travail(numero, **sortie, fin_le="10/05/2024")
    assert maison.rattaches(contrat) == [
        (abel, JANVIER, date(2024, 5, 10)),
        (bruno, JANVIER, date(2024, 4, 30)),
    ]
    assert maison.dites() == [(abel, date(2024, 5, 11), FIN_OUVERTE)]

    for numero in (abel, bruno):
        maison.changer_le_travail(numero, **sortie, fin_le="31/05/2024")
    assert maison.dites() == [(abel, date(2024, 5, 11), date(2024, 5, 31))]
    for numero in (abel, bruno):
        maison.changer_le_travail(numero)
    assert maison.rattaches(contrat) == [
        (abel, JANVIER, FIN_OUVERTE),
        (bruno, JANVIER, date(2024, 4, 30)),
    ]


@pytest.mark.exigence("P13")
def test_a_contrat_de_travail_that_begins_later_cuts_the_rattachement(maison: Maison) -> None:
    """And one that ends before the adhesion leaves nothing of it."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre()
    maison.faire(service.creer_rattachement, contrat, abel, MARS)
    maison.changer_le_travail(abel, debut_le="02/04/2024")
    assert maison.rattaches(contrat) == [(abel, date(2024, 4, 2), FIN_OUVERTE)]
    maison.changer_le_travail(abel, debut_le="01/01/2024")
    assert maison.rattaches(contrat) == [(abel, MARS, FIN_OUVERTE)]
    maison.dites()

    maison.changer_le_travail(abel, nature="cdd", motif="usage", fin_le="31/01/2024")
    assert maison.rattaches(contrat) == []
    assert maison.dites() == [(abel, MARS, FIN_OUVERTE)]


def test_a_category_that_changes_is_shown(maison: Maison) -> None:
    """The contract is for others now: the list of employees says so."""
    abel = maison.embaucher("Abel")
    contrat = maison.autre(population="non_cadre")
    maison.faire(service.attacher, contrat, [abel])
    maison.changer_le_travail(abel, categorie="cadre")
    [vu] = maison.faire(service.salaries_rattaches, contrat)
    assert vu.population_differe
