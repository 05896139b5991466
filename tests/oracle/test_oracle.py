"""Our bulletins beside those of the public model (modele-social 11.1.0), case by case.

Expectations are the model's, in euros and unrounded. A line of ours is a sum of amounts rounded
to the centime: it may differ from the model's by half a centime an amount. Totals are held to
4 centimes. What differs more is in `ecarts.yaml`, with its legal text.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.paie.rules.calcul import Bulletin, Moteur
from app.paie.rules.cas import lire_cas
from app.paie.service.baremes import charger_baremes
from app.socle.donnees import lire_yaml

ICI = Path(__file__).parent
CAS: list[dict[str, Any]] = json.loads((ICI / "attendus.json").read_text(encoding="utf-8"))
ECARTS: list[dict[str, Any]] = lire_yaml((ICI / "ecarts.yaml").read_text("utf-8"), "ecarts.yaml")
TOLERANCE = 4
LIGNES: Mapping[str, tuple[str, ...]] = {
    "maladie": ("maladie", "maladie_alsace_moselle"),
    "ATMP": ("accidents_travail",),
    "allocations familiales": ("allocations_familiales",),
    "vieillesse": ("vieillesse_plafonnee", "vieillesse_deplafonnee"),
    "retraite complémentaire": ("retraite_tranche_1", "retraite_tranche_2"),
    "CEG": ("ceg_tranche_1", "ceg_tranche_2"),
    "CET": ("cet",),
    "chômage": ("chomage",),
    "AGS": ("ags",),
    "APEC": ("apec",),
    "CSA": ("csa",),
    "FNAL": ("fnal", "fnal_plafonne"),
    "contribution au dialogue social": ("dialogue_social",),
    "formation professionnelle": (
        "formation",
        "formation_11",
        "sport_formation_moins_10",
        "sport_formation_10_a_49",
    ),
    "CPF CDD": ("formation_cdd",),
    "taxe d'apprentissage": (
        "taxe_apprentissage",
        "taxe_apprentissage_alsace_moselle",
        "taxe_apprentissage_supplementaire",
    ),
    "PEEC": ("peec",),
    "forfait social": ("forfait_social",),
    "prévoyances": ("mutuelle", "prevoyance_cadres", "prevoyance_sport"),
    "CSG-CRDS": ("csg_deductible", "csg_non_deductible", "csg_heures_supplementaires"),
    "exonérations . RGDU": ("reduction_generale",),
    "exonérations . heures supplémentaires": (
        "reduction_heures_supplementaires",
        "deduction_heures_supplementaires",
    ),
}
"""Our codes by the model's line."""


@pytest.fixture(scope="module")
def modele() -> Moteur:
    """Our engine with the model's reading of the réduction générale: the SMIC of the month."""
    baremes = charger_baremes()
    courant = baremes.parametres["smic_horaire"]
    return Moteur(replace(baremes, parametres={**baremes.parametres, "smic_reduction": courant}))


def ecarts_de(cas: Mapping[str, Any], genre: str) -> set[str]:
    """Return the names that an explained difference takes out of a case."""
    return {nom for e in ECARTS if cas["id"] in e.get("cas", []) for nom in e.get(genre, [])}


def somme(bulletin: Bulletin, codes: tuple[str, ...]) -> tuple[int, int]:
    """Return the sum of some lines, both parts, and how many rounded amounts it has."""
    lignes = [li for li in bulletin.lignes if li.code in codes]
    montants = [m for li in lignes for m in (li.salarial, li.patronal) if m]
    return abs(sum(montants)), len(montants)


def _ligne_du_modele(cas: Mapping[str, Any], ligne: str) -> float:
    """Return a line of the model, both parts, in centimes and positive."""
    return abs(float(cas["lines"].get(f"cotisations . {ligne}", 0))) * 100


def totaux_compares(bulletin: Bulletin) -> dict[str, int]:
    """Return our totals as the model counts them (prévoyance of the cadres made taxable)."""
    prevoyance, _ = somme(bulletin, ("prevoyance_cadres",))
    totaux = {nom: int(getattr(bulletin.totaux, nom)) for nom in CAS[0]["totals"]}
    totaux["net_imposable"] += prevoyance
    return totaux


@pytest.mark.exigence("B3")
@pytest.mark.parametrize("cas", CAS, ids=[c["id"] for c in CAS])
def test_a_case_agrees_with_the_public_model(cas: dict[str, Any], modele: Moteur) -> None:
    """Each total within 4 centimes, each comparable line within its own roundings."""
    bulletin = modele.calculer(lire_cas({"id": cas["id"], **cas["cas"]}, modele.baremes))
    fautes = []
    for nom, montant in totaux_compares(bulletin).items():
        if cas["totals"][nom] is None:  # the model gives no figure
            continue
        attendu = cas["totals"][nom] * 100
        if nom not in ecarts_de(cas, "totaux") and abs(montant - attendu) > TOLERANCE:
            fautes.append(f"{nom} : {montant} au lieu de {attendu:.2f}")
    for ligne, codes in LIGNES.items():
        montant, arrondis = somme(bulletin, codes)
        attendu = _ligne_du_modele(cas, ligne)
        permis = max(1.0, 0.5 * arrondis, len(codes)) + 0.01
        if ligne not in ecarts_de(cas, "lignes") and abs(montant - attendu) > permis:
            fautes.append(f"{ligne} : {montant} au lieu de {attendu:.2f}")
    assert fautes == []


def test_explained_differences_are_real_and_sourced(modele: Moteur) -> None:
    """No difference is declared that does not exist; each cites its text and its reason."""
    par_id = {c["id"]: c for c in CAS}
    for ecart in ECARTS:
        assert ecart["source"]
        assert ecart["motif"]
        for identifiant in ecart.get("cas", []):
            cas = par_id[identifiant]
            bulletin = modele.calculer(lire_cas({"id": identifiant, **cas["cas"]}, modele.baremes))
            totaux = totaux_compares(bulletin)
            differences = [abs(totaux[n] - cas["totals"][n] * 100) for n in ecart["totaux"]]
            if not ecart["totaux"]:
                differences = [
                    abs(somme(bulletin, LIGNES[ligne])[0] - _ligne_du_modele(cas, ligne))
                    for ligne in ecart["lignes"]
                ]
            assert max(differences) > TOLERANCE, (ecart["code"], identifiant)


def test_the_decree_changes_nothing_but_the_reduction(modele: Moteur) -> None:
    """Our bulletins differ from the model's reading by the réduction générale alone."""
    ours = Moteur(charger_baremes())
    changes: Counter[str] = Counter()
    for cas in CAS:
        dossier = lire_cas({"id": cas["id"], **cas["cas"]}, modele.baremes)
        notre, leur = ours.calculer(dossier), modele.calculer(dossier)
        changes.update(
            a.code for a, b in zip(notre.lignes, leur.lignes, strict=False) if a[1:] != b[1:]
        )
        assert notre.totaux.net_a_payer_avant_impot == leur.totaux.net_a_payer_avant_impot
    assert set(changes) == {"reduction_generale"}


def test_there_are_enough_cases() -> None:
    """At least 150, over every corner."""
    assert len(CAS) >= 150
    corners = {(c["cas"]["cadre"], c["cas"]["contrat"], c["cas"]["alsace_moselle"]) for c in CAS}
    assert len(corners) >= 6
