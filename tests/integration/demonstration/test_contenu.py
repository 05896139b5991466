"""What the demonstration holds: valid records, plausible figures, every state."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from app.conventions.service import ccn_probable
from app.demonstration.service import charger_matiere
from app.employeurs.rules import CHAMPS_EMPLOYEUR, CHAMPS_ORGANISME, lire_employeur, lire_organisme
from app.noyau.champs import ecrire_fiche
from app.opco.rules import EtatOpco
from app.opco.service import situation
from app.salaries.rules import CHAMPS_CONTRAT, CHAMPS_SALARIE, lire_contrat, lire_salarie
from app.socle.transaction import Magasin
from tests.integration.demonstration.conftest import LE_JOUR, Demonstration

DATES = ("_le",)


def typee(ligne: dict[str, Any]) -> dict[str, Any]:
    """Give dates read by SQL their type back."""
    return {
        nom: date.fromisoformat(v) if nom.endswith("_le") and v is not None else v
        for nom, v in ligne.items()
    }


def fiches(demonstration: Demonstration, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table."""
    return [typee(x) for x in demonstration.lire(f"SELECT * FROM {table} ORDER BY id")]  # noqa: S608


@pytest.mark.exigence("B1", "G2")
def test_every_record_passes_the_checks_of_its_form(demonstration: Demonstration) -> None:
    """Typed again as the form shows it: no finding, and the same values."""
    for fiche in fiches(demonstration, "employeur"):
        valeurs, constats = lire_employeur(ecrire_fiche(CHAMPS_EMPLOYEUR, fiche), LE_JOUR)
        assert not constats, constats
        assert valeurs == {nom: fiche[nom] for nom in valeurs}
    for fiche in fiches(demonstration, "organisme_employeur"):
        valeurs, constats = lire_organisme(ecrire_fiche(CHAMPS_ORGANISME, fiche))
        assert (constats, valeurs) == ([], {nom: fiche[nom] for nom in valeurs})
    for fiche in fiches(demonstration, "salarie"):
        valeurs, constats = lire_salarie(ecrire_fiche(CHAMPS_SALARIE, fiche), LE_JOUR)
        assert (constats, valeurs) == ([], {nom: fiche[nom] for nom in valeurs})
    for fiche in fiches(demonstration, "contrat"):
        valeurs, constats = lire_contrat(ecrire_fiche(CHAMPS_CONTRAT, fiche))
        assert (constats, valeurs) == ([], {nom: fiche[nom] for nom in valeurs})


@pytest.mark.exigence("G2")
def test_identifiers_are_never_twice_the_same(demonstration: Demonstration) -> None:
    """SIRET, NIR, names of associations."""
    for table, colonne in (
        ("employeur", "siret"),
        ("employeur", "raison_sociale"),
        ("salarie", "nir"),
    ):
        valeurs = [f[colonne] for f in fiches(demonstration, table) if f[colonne]]
        assert len(set(valeurs)) == len(valeurs)


@pytest.mark.exigence("B1")
def test_the_numbers_asked_for_are_there_in_dossiers_of_the_tiers(
    demonstration: Demonstration,
) -> None:
    """The first dossier has sixty; the others go by subject."""
    dossiers = demonstration.lire(
        "SELECT d.nom, count(*) AS n FROM dossier d JOIN employeur e ON e.dossier_id = d.id "
        "GROUP BY d.id ORDER BY d.id"
    )
    assert (demonstration.bilan.employeurs, demonstration.bilan.salaries) == (150, 2_000)
    assert demonstration.valeur("SELECT count(*) FROM salarie") == 2_000
    assert demonstration.valeur("SELECT count(*) FROM contrat") == demonstration.bilan.contrats
    assert dossiers[0] == {"nom": "Démonstration", "n": 60}
    assert all(d["nom"].startswith("Démonstration – ") for d in dossiers[1:])
    assert len(dossiers) == demonstration.bilan.dossiers > 4


@pytest.mark.exigence("G2")
def test_sizes_and_contracts_are_spread_as_in_life(demonstration: Demonstration) -> None:
    """Many small associations, a few large; CDI and CDD, part-time, cadres, people gone."""
    contrats = fiches(demonstration, "contrat")
    tailles = sorted(Counter(f["employeur_id"] for f in fiches(demonstration, "salarie")).values())
    part = {
        "cdd": sum(c["nature"] == "cdd" for c in contrats),
        "cadre": sum(c["categorie"] == "cadre" for c in contrats),
        "partiel": sum(c["heures_centiemes"] < 15_167 for c in contrats),
        "partis": sum(c["fin_le"] < LE_JOUR for c in contrats),
        "sans_taux": sum(c["taux_pas_millioniemes"] is None for c in contrats),
    }

    assert tailles[len(tailles) // 2] < sum(tailles) / len(tailles)
    assert tailles[-1] > 5 * tailles[len(tailles) // 2]
    attendus = {
        "cdd": (15, 50),
        "cadre": (3, 12),
        "partiel": (25, 60),
        "partis": (20, 55),
        "sans_taux": (6, 20),
    }
    for nom, (bas, haut) in attendus.items():
        assert bas < 100 * part[nom] / len(contrats) < haut, nom
    assert {c["motif"] for c in contrats if c["nature"] == "cdd"} >= {
        "remplacement",
        "accroissement",
        "usage",
        "cee",
        "insertion",
    }


@pytest.mark.exigence("G2")
def test_nobody_is_paid_less_than_the_smic(demonstration: Demonstration, base: Magasin) -> None:
    """Pro rata of the hours, at the start and on the last day known."""
    with base.transaction("essai") as t:
        matiere = charger_matiere(t, LE_JOUR)
    for contrat in fiches(demonstration, "contrat"):
        for jour in (contrat["debut_le"], min(contrat["fin_le"], LE_JOUR)):
            minimum = matiere.smic_horaire(jour) * contrat["heures_centiemes"]
            assert 100 * contrat["salaire_centimes"] >= minimum


@pytest.mark.exigence("B1")
def test_dates_follow_one_another(demonstration: Demonstration) -> None:
    """Creation, first hiring, contracts one after the other, end, filing away."""
    employeurs = {e["id"]: e for e in fiches(demonstration, "employeur")}
    salaries = {s["id"]: s for s in fiches(demonstration, "salarie")}
    derniers: dict[int, date] = {}
    for contrat in fiches(demonstration, "contrat"):
        salarie = salaries[contrat["salarie_id"]]
        employeur = employeurs[salarie["employeur_id"]]
        assert employeur["creee_le"] < employeur["premiere_embauche_le"] <= contrat["debut_le"]
        assert contrat["debut_le"] <= LE_JOUR
        age = (contrat["debut_le"] - salarie["ne_le"]).days // 365
        assert 18 <= age <= 64
        assert derniers.get(salarie["id"], date.min) < contrat["debut_le"]
        derniers[salarie["id"]] = contrat["fin_le"]
        if employeur["cesse_le"] is not None:
            assert contrat["fin_le"] <= employeur["cesse_le"] < employeur["archive_le"]
    for numero, fin in derniers.items():
        archive_le = salaries[numero]["archive_le"]
        assert archive_le is None or fin < archive_le <= LE_JOUR


@pytest.mark.exigence("B1")
def test_the_headcount_of_an_employer_is_that_of_its_contracts(
    demonstration: Demonstration,
) -> None:
    """Full-time equivalents of those present, to the nearest, one at least."""
    lignes = demonstration.lire(
        "SELECT e.effectif, coalesce(sum(c.heures_centiemes), 0) AS heures FROM employeur e "
        "LEFT JOIN salarie s ON s.employeur_id = e.id LEFT JOIN contrat c "
        "ON c.salarie_id = s.id AND c.debut_le <= '2026-06-15' AND c.fin_le >= '2026-06-15' "
        "GROUP BY e.id"
    )
    for ligne in lignes:
        equivalents = ligne["heures"] / 15_167
        assert abs(ligne["effectif"] - equivalents) <= 0.5 or ligne["effectif"] == 1
        assert (ligne["effectif"] == 0) == (ligne["heures"] == 0)


@pytest.mark.exigence("O1", "O3", "O4")
def test_employers_show_every_state_of_their_opco(demonstration: Demonstration) -> None:
    """So that query 35 has something of each to show; most are up to date."""
    etats: Counter[EtatOpco] = Counter()
    with demonstration.magasin.transaction("essai") as t:
        for e in fiches(demonstration, "employeur"):
            etats[situation(t, idcc=e["idcc"], actuel=e["opco"], au=LE_JOUR).etat] += 1
    clubs = demonstration.lire("SELECT * FROM employeur WHERE naf = '9312Z' AND idcc = '9999'")
    voisins = demonstration.lire("SELECT * FROM employeur WHERE naf = '9312Z' AND idcc = '1790'")

    assert set(etats) == set(EtatOpco)
    assert etats.most_common(1)[0][0] == EtatOpco.A_JOUR
    assert clubs
    assert 2 <= len(voisins) <= 5
    assert all(ccn_probable(e["naf"], e["idcc"], LE_JOUR) for e in [*clubs, *voisins])
    assert demonstration.valeur("SELECT count(*) FROM employeur WHERE opco = 'Agefos PME'")
    assert demonstration.valeur("SELECT count(*) FROM employeur WHERE opco = ''")


@pytest.mark.exigence("G2")
def test_some_records_are_incomplete_but_few(demonstration: Demonstration) -> None:
    """No NIR, no IBAN, no AT/MP rate, here and there; some archived."""
    for requete in (
        "SELECT 100.0 * avg(nir = '') FROM salarie",
        "SELECT 100.0 * avg(iban = '') FROM salarie",
        "SELECT 100.0 * avg(ne_a = '') FROM salarie",
        "SELECT 100.0 * avg(taux_at_millioniemes IS NULL) FROM employeur",
        "SELECT 100.0 * avg(archive_le IS NOT NULL) FROM employeur",
    ):
        assert 0 < demonstration.valeur(requete) < 15, requete
