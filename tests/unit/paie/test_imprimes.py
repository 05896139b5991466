"""What documents show: lines of the legal model, gross pay, names of files."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.periodes import Mois
from app.paie.rules.baremes import RUBRIQUES
from app.paie.rules.elements_imprimes import elements_du_brut
from app.paie.rules.faits import Elements, FaitsContrat
from app.paie.rules.impression import Forme, lire_choix
from app.paie.rules.imprimes import (
    BrutStocke,
    allegement,
    heures_exonerees,
    lignes_du_modele,
    nature_du_taux,
)
from app.paie.rules.noms_de_fichiers import LONGUEUR_MAX, nom_libre, nom_sur
from app.paie.rules.presence import heures_de_base
from tests.unit.paie.fabrique import CADRE, TOUT, bulletin_imprime, stocker

MENSUEL = FaitsContrat(salaire=238_000)
VIDE = BrutStocke(15_167, 238_000, 0, 0, 0, 0, 0, 0)


@pytest.mark.exigence("B4")
def test_grouping_changes_no_total() -> None:
    """The printed lines add up to the totals of the bulletin, both parts."""
    b = bulletin_imprime(CADRE, TOUT)
    assert sum(li.salarial or 0 for li in b.lignes) == b.cotisations_salarie
    assert sum(li.patronal or 0 for li in b.lignes) == b.cotisations_employeur


def test_what_the_employer_alone_owes_is_one_line() -> None:
    """« Autres contributions » are grouped, without base nor rate (arrêté, annexe)."""
    _, stockees = stocker(CADRE, TOUT)
    autres = [li for li in stockees if li.rubrique == "autres"]
    imprimees = [li for li in lignes_du_modele(stockees) if li.libelle == RUBRIQUES["autres"]]
    assert len(autres) > 1
    assert len(imprimees) == 1
    assert imprimees[0].patronal == sum(li.patronal for li in autres)
    assert imprimees[0].assiette is None


def test_the_page_adds_up_from_the_gross_to_the_net() -> None:
    """Each total follows from the lines above it."""
    b = bulletin_imprime(CADRE, TOUT)
    assert sum(e.montant for e in b.elements) == b.brut
    net = b.brut - b.cotisations_salarie - b.avantages_nature + b.indemnites
    assert net == b.net_avant_impot
    assert net - b.impot - b.acompte == b.net_a_payer
    assert b.brut + b.cotisations_employeur == b.cout_employeur


def test_hours_are_detailed_while_the_entry_agrees_with_the_bulletin() -> None:
    """By rate of increase; once the entry changed, one line bears the whole."""
    elements, heures = elements_du_brut(
        VIDE._replace(heures_sup=30_340),
        MENSUEL,
        Elements(heures_sup_25=800, heures_sup_50=500),
    )
    assert [e.libelle for e in elements] == [
        "Salaire de base",
        "Heures supplémentaires et complémentaires",
    ]
    assert heures == 15_167
    b = bulletin_imprime(CADRE, TOUT)
    assert [e.heures for e in b.elements if "supplémentaires" in e.libelle] == [800, 200]
    assert b.heures == 15_167 - 1_000 + 1_000


def test_a_part_of_a_month_pays_a_part_of_its_hours() -> None:
    """Hours follow the share of the month, as the pay does."""
    moitie = replace(MENSUEL, presence=500_000)
    payees = heures_de_base(15_167, moitie.presence)
    stocke = VIDE._replace(base=119_000, heures=payees)
    elements, heures = elements_du_brut(stocke, moitie, Elements())
    assert heures == elements[0].heures == 7_584
    assert elements[0].taux == 156_909


def test_the_relief_counts_exonerations_and_reduced_rates() -> None:
    """Until 2025 the full rates of maladie and famille less the reduced ones count too."""
    pleins = {"maladie": 130_000, "allocations_familiales": 52_500}
    _, stockees = stocker(MENSUEL, Elements(), mois=Mois(2025, 6), effectif=8)
    reduction = -sum(li.patronal for li in stockees if li.rubrique == "exonerations")
    assert reduction > 0
    epargne = allegement(stockees, lambda code: pleins.get(code, 0))
    assert epargne == reduction + 238_000 * 6 // 100 + 238_000 * 18 // 1000


def test_the_exempt_overtime_is_found_again_from_its_csg() -> None:
    """Whole euros, as the engine counts them; none without overtime."""
    calcule, stockees = stocker(MENSUEL, Elements(heures_sup_25=800))
    assert heures_exonerees(stockees) == calcule.totaux.heures_exonerees > 0
    assert heures_exonerees([]) == 0


def test_the_nature_of_the_tax_rate_is_said_only_when_known() -> None:
    """Personal, neutral, or nothing when the contract bears another rate since."""
    assert nature_du_taux(31_000, 31_000) == "taux personnalisé"
    assert nature_du_taux(None, 12_000) == "taux non personnalisé"
    assert nature_du_taux(45_000, 31_000) == ""


def test_months_are_written_in_full() -> None:
    """With their accents."""
    assert Mois(2026, 8).en_toutes_lettres == "août 2026"


@given(st.text(max_size=200))
def test_a_name_of_file_is_safe_on_every_system(texte: str) -> None:
    """No separator, no device, no final dot, never empty, never long."""
    nom = nom_sur(texte)
    assert 0 < len(nom) <= LONGUEUR_MAX + 1
    assert not set(nom) & set('<>:"/\\|?*\x00\n')
    assert nom == nom.strip(" .")
    assert nom.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert nom_sur(nom) == nom


def test_two_people_of_one_name_have_two_files() -> None:
    """Whatever the case: Windows does not tell them apart."""
    assert nom_libre("MARTIN Léa", {"martin léa", "martin léa (2)"}) == "MARTIN Léa (3)"
    assert nom_libre("MARTIN Léa", set()) == "MARTIN Léa"


def test_the_form_of_an_impression_is_read() -> None:
    """A date that is none is pointed out beside its field."""
    choix, constats = lire_choix({"forme": "salarie", "paye_le": "28/06/2026"})
    assert choix.forme is Forme.SALARIE
    assert str(choix.paye_le) == "2026-06-28"
    assert constats == []
    assert lire_choix({"forme": "unique", "paye_le": ""})[0].paye_le is None
    assert [c.champ for c in lire_choix({"forme": "unique", "paye_le": "32/06/2026"})[1]] == [
        "paye_le"
    ]
