"""Our bulletins beside those of OpenFisca-France, month by month from 2019 to 2025.

`openfisca_attendus.json` is written by `build/openfisca`, in an environment apart: nothing of
OpenFisca is needed here. Expectations are in euros. A line may differ by one centime and by half
a centime for each of our rounded amounts. What differs more is in `ecarts_openfisca.yaml`, with
its dated legal text.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.noyau.argent import arrondi
from app.paie.rules import reductions
from app.paie.rules.calcul import Bulletin
from app.paie.rules.cas import lire_cas
from app.paie.rules.reductions import Reference
from app.paie.service.baremes import moteur
from app.socle.donnees import lire_yaml

ICI = Path(__file__).parent
CAS: list[dict[str, Any]] = json.loads((ICI / "openfisca_cas.json").read_text(encoding="utf-8"))
ATTENDUS: dict[str, Any] = json.loads((ICI / "openfisca_attendus.json").read_text("utf-8"))
ECARTS: list[dict[str, Any]] = lire_yaml(
    (ICI / "ecarts_openfisca.yaml").read_text("utf-8"), "ecarts_openfisca.yaml"
)
LIGNES: Mapping[tuple[str, ...], tuple[tuple[str, ...], str]] = {
    ("vieillesse_plafonnee_salarie",): (("vieillesse_plafonnee",), "salarial"),
    ("vieillesse_plafonnee_employeur",): (("vieillesse_plafonnee",), "patronal"),
    ("vieillesse_deplafonnee_salarie",): (("vieillesse_deplafonnee",), "salarial"),
    ("vieillesse_deplafonnee_employeur",): (("vieillesse_deplafonnee",), "patronal"),
    ("agirc_arrco_salarie",): (("retraite_tranche_1", "retraite_tranche_2"), "salarial"),
    ("agirc_arrco_employeur",): (("retraite_tranche_1", "retraite_tranche_2"), "patronal"),
    ("ceg_salarie",): (("ceg_tranche_1", "ceg_tranche_2"), "salarial"),
    ("ceg_employeur",): (("ceg_tranche_1", "ceg_tranche_2"), "patronal"),
    ("cet_salarie",): (("cet",), "salarial"),
    ("cet_employeur",): (("cet",), "patronal"),
    ("csg_deductible",): (("csg_deductible",), "salarial"),
    ("csg_imposable", "crds"): (("csg_non_deductible",), "salarial"),
    ("maladie_employeur",): (("maladie",), "patronal"),
    ("famille_employeur",): (("allocations_familiales",), "patronal"),
    ("chomage_employeur",): (("chomage",), "patronal"),
    ("ags",): (("ags",), "patronal"),
    ("reduction_generale",): (("reduction_generale",), "patronal"),
}
"""Our lines, and which of their two amounts, by OpenFisca's."""


def calculer(cas: Mapping[str, Any]) -> Bulletin:
    """Compute a case, its month alone."""
    machine = moteur()
    return machine.calculer(lire_cas(cas, machine.baremes))


def differences(cas: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Return what differs by more than its roundings: name of the line, and both figures."""
    attendu, bulletin = ATTENDUS["cas"][cas["id"]], calculer(cas)
    for noms, (codes, part) in LIGNES.items():
        leur = sum(attendu[nom] for nom in noms) * 100
        nos = [abs(getattr(li, part)) for li in bulletin.lignes if li.code in codes]
        permis = 1.0 + 0.5 * max(1, len(nos)) + 0.01
        if abs(sum(nos) - leur) > permis:
            yield noms[0], f"{noms[0]} : {sum(nos)} au lieu de {leur:.2f}"


def concerne(ecart: Mapping[str, Any], cas: Mapping[str, Any]) -> bool:
    """Tell whether an explained difference is about a case: named, or from a month on."""
    return cas["id"] in ecart.get("cas", []) or cas["mois"] >= str(ecart.get("depuis", "9999"))


@pytest.mark.exigence("B3")
@pytest.mark.parametrize("cas", CAS, ids=[c["id"] for c in CAS])
def test_a_case_agrees_with_openfisca(cas: dict[str, Any]) -> None:
    """Vieillesse, Agirc-Arrco, CSG and CRDS, chômage, réductions: to the centime a line."""
    expliquees = {nom for e in ECARTS if concerne(e, cas) for nom in e["lignes"]}
    fautes = [texte for nom, texte in differences(cas) if nom not in expliquees]
    assert fautes == []


@pytest.mark.parametrize("ecart", ECARTS, ids=[e["code"] for e in ECARTS])
def test_an_explained_difference_is_real_and_sourced(ecart: dict[str, Any]) -> None:
    """Every case it names differs, every line it names too; it cites its text and its reason."""
    assert len(ecart["source"]) > 10
    assert len(ecart["motif"]) > 10
    vues = set()
    for cas in CAS:
        if concerne(ecart, cas):
            trouvees = {nom for nom, _ in differences(cas)} & set(ecart["lignes"])
            assert trouvees, cas["id"]
            vues |= trouvees
    assert vues == set(ecart["lignes"])


@pytest.mark.parametrize("cas", [c for c in CAS if concerne(ECARTS[0], c)], ids=lambda c: c["id"])
def test_the_hours_of_the_smic_explain_a_difference_wholly(cas: dict[str, Any]) -> None:
    """With 151,67 h a month instead of 1 820 h a year, our own formulas give OpenFisca's figure."""
    baremes, attendu = moteur().baremes, ATTENDUS["cas"][cas["id"]]
    dossier, bulletin = lire_cas(cas, baremes), calculer(cas)
    jour, brut = dossier.mois.fin, bulletin.totaux.brut
    horaire = baremes.valeur("smic_reduction", jour) * dossier.contrat.quotite
    leur_smic_12 = arrondi(horaire * 15_167 * 12, 100 * 10**6)
    for nom, _ in differences(cas):
        if nom == "reduction_generale":
            taille = "grandes" if cas["effectif"] >= (50 if jour.year > 2019 else 20) else "petites"
            t = baremes.valeur(f"reduction_t_{taille}", jour)
            leur = reductions.coefficient_avant_2026(Reference(brut, leur_smic_12), t, 160)
            assert abs(reductions.reduction(brut, leur) - attendu[nom] * 100) <= 1
        elif nom in {"maladie_employeur", "famille_employeur"}:
            limite = 250 if nom == "maladie_employeur" else 350
            notre_smic_12 = horaire * 1_820 // 10**6
            assert limite * notre_smic_12 < brut * 12 * 100 <= limite * leur_smic_12


def test_the_cases_cover_the_years_the_sizes_and_the_salaries() -> None:
    """At least 60, over seven years, every change of the SMIC, three sizes, half time."""
    assert len(CAS) >= 60
    assert set(ATTENDUS["cas"]) == {c["id"] for c in CAS}
    assert {c["mois"][:4] for c in CAS} == {str(annee) for annee in range(2019, 2026)}
    assert {c["effectif"] for c in CAS} == {5, 25, 60}
    assert {c["heures_hebdomadaires"] for c in CAS} == {"35", "17.5"}
    baremes = moteur().baremes
    smic = {baremes.valeur("smic_horaire", lire_cas(c, baremes).mois.fin) for c in CAS}
    assert len(smic) == 11
    verrou = (ICI.parents[1] / "build" / "openfisca.lock").read_text(encoding="utf-8")
    assert f"openfisca-france=={ATTENDUS['version']} " in verrou
