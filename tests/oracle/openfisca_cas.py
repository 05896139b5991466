"""Figures of OpenFisca-France for our cases: run by `build/openfisca`, in its own environment.

Reads `openfisca_cas.json`, writes `openfisca_attendus.json`, both beside this file. Imports
nothing of Clairpaie. Each case is one employee paid in one month only, each month alone:
cotisations « mensuel_strict », allègements « anticipe » (no other month has any pay).
Amounts are euros, unrounded, positive, ten-thousandths kept; coefficients as they are.
"""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from openfisca_core.simulation_builder import (  # type: ignore[import-not-found]
    SimulationBuilder,
)
from openfisca_france import FranceTaxBenefitSystem  # type: ignore[import-not-found]

ICI = Path(__file__).parent
LIGNES = {
    "vieillesse_plafonnee_salarie": "vieillesse_plafonnee_salarie",
    "vieillesse_plafonnee_employeur": "vieillesse_plafonnee_employeur",
    "vieillesse_deplafonnee_salarie": "vieillesse_deplafonnee_salarie",
    "vieillesse_deplafonnee_employeur": "vieillesse_deplafonnee_employeur",
    "agirc_arrco_salarie": "agirc_arrco_salarie",
    "agirc_arrco_employeur": "agirc_arrco_employeur",
    "ceg_salarie": "contribution_equilibre_general_salarie",
    "ceg_employeur": "contribution_equilibre_general_employeur",
    "cet_salarie": "contribution_equilibre_technique_salarie",
    "cet_employeur": "contribution_equilibre_technique_employeur",
    "csg_deductible": "csg_deductible_salaire",
    "csg_imposable": "csg_imposable_salaire",
    "crds": "crds_salaire",
    "maladie_employeur": "mmid_employeur_net_allegement",
    "famille_employeur": "famille_net_allegement",
    "chomage_employeur": "chomage_employeur",
    "ags": "ags",
    "reduction_generale": "allegement_general",
}
"""OpenFisca's variable by the name of our comparison."""
MODES = (
    "allegement_general_mode_recouvrement",
    "allegement_cotisation_maladie_mode_recouvrement",
    "allegement_cotisation_allocations_familiales_mode_recouvrement",
)


def decrire(cas: dict[str, Any], heures_temps_plein: float) -> dict[str, Any]:
    """Return what OpenFisca is told of the employee of a case."""
    mois = cas["mois"]
    quotite = float(cas["heures_hebdomadaires"]) / 35
    personne: dict[str, Any] = {
        "date_naissance": {"ETERNITY": "1985-06-15"},
        "salaire_de_base": {mois: float(cas["salaire_brut"])},
        "categorie_salarie": {mois: "prive_non_cadre"},
        "contrat_de_travail": {mois: "temps_plein" if quotite == 1 else "temps_partiel"},
        "heures_remunerees_volume": {mois: 0 if quotite == 1 else heures_temps_plein * quotite},
        "contrat_de_travail_debut": {mois: "2015-01-01"},
        "effectif_entreprise": {mois: cas["effectif"]},
        "cotisation_sociale_mode_recouvrement": {mois: "mensuel_strict"},
    }
    return personne | {mode: {mois: "anticipe"} for mode in MODES}


def simuler(cas: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return every figure of every case, by its id."""
    systeme = FranceTaxBenefitSystem()
    heures = systeme.parameters("2019-01").marche_travail.salaire_minimum.smic
    noms = [c["id"] for c in cas]
    entites: dict[str, Any] = {
        "individus": {c["id"]: decrire(c, float(heures.nb_heures_travail_mensuel)) for c in cas},
        "familles": {f"f{n}": {"parents": [n]} for n in noms},
        "foyers_fiscaux": {f"x{n}": {"declarants": [n]} for n in noms},
        "menages": {f"m{n}": {"personne_de_reference": [n]} for n in noms},
    }
    simulation = SimulationBuilder().build_from_entities(systeme, entites)
    rangs = {nom: rang for rang, nom in enumerate(simulation.populations["individu"].ids)}
    attendus = {}
    for c in cas:
        rang, mois = rangs[c["id"]], c["mois"]
        attendus[c["id"]] = {
            nom: round(abs(float(simulation.calculate(variable, mois)[rang])), 4)
            for nom, variable in LIGNES.items()
        }
    return attendus


def main() -> None:
    """Write the figures, with the version that gave them."""
    cas = json.loads((ICI / "openfisca_cas.json").read_text(encoding="utf-8"))
    resultat = {"version": version("openfisca-france"), "cas": simuler(cas)}
    texte = json.dumps(resultat, ensure_ascii=False, indent=1)
    (ICI / "openfisca_attendus.json").write_text(texte + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
