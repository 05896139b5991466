"""Queries of the theme Masse salariale, against a computation in Python."""

from calendar import monthrange
from collections import defaultdict
from datetime import date
from itertools import accumulate
from typing import Any

import pytest

from app.employeurs.models import Employeur
from app.noyau.argent import arrondi
from app.paie.models import Bulletin
from app.salaries.models import Contrat, Salarie
from tests.conftest import LE_JOUR
from tests.integration.extractions.requetes.conftest import Ligne, Monde
from tests.integration.extractions.requetes.test_bulletins import AN, AU, DU, mesure
from tests.integration.extractions.requetes.test_cotisations import chez, mois
from tests.integration.extractions.requetes.test_employeurs import CATEGORIES, TEMPS_PLEIN

pytestmark = pytest.mark.exigence("E2")
CIVILITES = {"mme": "Madame", "m": "Monsieur"}


def grouper(monde: Monde, *cles: str) -> list[list[Bulletin]]:
    """Return the bulletins of the year in groups that share columns."""
    groupes: dict[Any, list[Bulletin]] = defaultdict(list)
    for b in monde.bulletins(DU, AU):
        groupes[tuple(getattr(b, c) for c in cles)].append(b)
    return list(groupes.values())


def total(siens: list[Bulletin], *noms: str) -> Ligne:
    """Return the sums of columns."""
    return {n: sum(map(mesure(n), siens)) for n in noms}


def gens(siens: list[Bulletin]) -> int:
    """Return how many people bulletins are for."""
    return len({b.salarie_id for b in siens})


def test_70_gives_the_payroll_of_each_month(monde: Monde) -> None:
    """By employer."""
    noms: tuple[str, ...] = (
        "brut_centimes",
        "cotisations_salarie_centimes",
        "cotisations_employeur_centimes",
    )
    noms += ("net_a_payer_centimes", "cout_employeur_centimes")
    attendu = [
        chez(monde, g[0]) | {"nombre_salaries": gens(g)} | total(g, *noms)
        for g in grouper(monde, "employeur_id", "annee", "mois")
    ]
    monde.comparer(70, attendu, **AN)


def test_71_gives_the_payroll_of_the_year(monde: Monde) -> None:
    """With the mean cost of a bulletin."""
    noms: tuple[str, ...] = (
        "brut_centimes",
        "cotisations_employeur_centimes",
        "cout_employeur_centimes",
    )
    attendu = []
    for g in grouper(monde, "employeur_id"):
        couts = total(g, *noms)
        attendu.append(
            monde.employeur(monde.un(Employeur, g[0].employeur_id))
            | {"nombre_salaries": gens(g), "nombre_bulletins": len(g)}
            | couts
            | {"moyen_centimes": arrondi(couts["cout_employeur_centimes"], len(g))}
        )
    monde.comparer(71, attendu, annee="2026")


def test_72_counts_staff_each_month(monde: Monde) -> None:
    """On its last day; a person with two contracts counts once, for one at most."""
    attendu = []
    for m in range(1, 13):
        fin = date(2026, m, monthrange(2026, m)[1])
        chacun: dict[int, list[Contrat]] = defaultdict(list)
        for c in monde.contrats(fin):
            chacun[c.salarie_id].append(c)
        maisons: dict[int, list[int]] = defaultdict(list)
        for numero in chacun:
            maisons[monde.un(Salarie, numero).employeur_id].append(numero)
        for maison, presents in maisons.items():
            heures = sum(
                min(sum(c.heures_centiemes for c in chacun[n]), TEMPS_PLEIN) for n in presents
            )
            civilites = [monde.un(Salarie, n).civilite for n in presents]
            cdi = [n for n in presents if any(c.nature == "cdi" for c in chacun[n])]
            attendu.append(
                monde.employeur(monde.un(Employeur, maison))
                | {"mois_le": f"2026-{m:02}-01", "nombre_salaries": len(presents)}
                | {"nombre_cdi": len(cdi), "nombre_femmes": civilites.count("mme")}
                | {"nombre_hommes": civilites.count("m")}
                | {"effectif_cetp": arrondi(heures * 100, TEMPS_PLEIN)}
            )
    monde.comparer(72, attendu, annee="2026")


def test_73_gives_the_cost_of_each_job(monde: Monde) -> None:
    """By emploi and category of the contract."""
    groupes: dict[tuple[str, str], list[Bulletin]] = defaultdict(list)
    for b in monde.bulletins(DU, AU):
        c = monde.un(Contrat, b.contrat_id)
        groupes[c.emploi, CATEGORIES[c.categorie]].append(b)
    noms: tuple[str, ...] = (
        "brut_centimes",
        "cotisations_employeur_centimes",
        "cout_employeur_centimes",
    )
    attendu = [
        {"emploi": emploi, "categorie": categorie, "nombre_salaries": gens(g)}
        | {"nombre_bulletins": len(g)}
        | total(g, *noms)
        for (emploi, categorie), g in groupes.items()
    ]
    monde.comparer(73, attendu, annee="2026")


def test_74_gives_the_base_of_the_taxe_sur_les_salaires(monde: Monde) -> None:
    """By person: its bands are each one's."""
    attendu = [
        monde.personne(monde.salarie(g[0]))
        | {"nombre_bulletins": len(g)}
        | total(g, "brut_centimes")
        for g in grouper(monde, "salarie_id")
    ]
    monde.comparer(74, attendu, annee="2026")


def test_75_compares_women_and_men(monde: Monde) -> None:
    """Pay brought to a full time."""
    groupes: dict[tuple[str, str], list[Contrat]] = defaultdict(list)
    for c in monde.contrats(LE_JOUR):
        groupes[CATEGORIES[c.categorie], CIVILITES[monde.salarie(c).civilite]].append(c)
    attendu = []
    for (categorie, civilite), siens in groupes.items():
        heures = sum(c.heures_centiemes for c in siens)
        salaires = sum(c.salaire_centimes for c in siens)
        attendu.append(
            {"categorie": categorie, "civilite": civilite, "nombre_contrats": len(siens)}
            | {"heures_centiemes": heures, "salaire_centimes": salaires}
            | {"temps_plein_centimes": arrondi(salaires * TEMPS_PLEIN, heures)}
        )
    monde.comparer(75, attendu, au=f"{LE_JOUR:%d/%m/%Y}")


@pytest.mark.parametrize("dossier", ["tous", "Démonstration"])
def test_76_gives_totals_to_compare_with_the_dsn(monde: Monde, dossier: str) -> None:
    """By organisme: the Urssaf, the retraite, whoever else."""
    verse: dict[tuple[int, int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for b, x in monde.lignes(DU, AU):
        part = {"urssaf": "urssaf", "agirc_arrco": "retraite"}.get(x.organisme, "autres")
        somme = x.montant_salarial_centimes + x.montant_patronal_centimes
        verse[b.employeur_id, b.annee, b.mois][part] += somme
    noms: tuple[str, ...] = ("brut_centimes", "net_imposable_centimes", "impot_centimes")
    noms += ("montant_net_social_centimes",)
    attendu = []
    for g in grouper(monde, "employeur_id", "annee", "mois"):
        parts = verse[g[0].employeur_id, g[0].annee, g[0].mois]
        attendu.append(
            chez(monde, g[0])
            | {"siret": monde.un(Employeur, g[0].employeur_id).siret}
            | {"nombre_salaries": gens(g), "nombre_bulletins": len(g)}
            | total(g, *noms)
            | {f"{p}_centimes": parts[p] for p in ("urssaf", "retraite", "autres")}
        )
    monde.comparer(76, attendu, **AN, dossier=dossier)


def test_77_follows_the_payroll(monde: Monde) -> None:
    """Month after month, with the cost so far."""
    groupes = sorted(grouper(monde, "annee", "mois"), key=lambda g: g[0].mois)
    cumuls = accumulate(sum(b.cout_employeur_centimes for b in g) for g in groupes)
    attendu = [
        mois(g[0])
        | {"nombre_employeurs": len({b.employeur_id for b in g}), "nombre_salaries": gens(g)}
        | total(g, "brut_centimes", "cout_employeur_centimes")
        | {"cumul_centimes": cumul}
        for g, cumul in zip(groupes, cumuls, strict=True)
    ]
    lignes = monde.comparer(77, attendu, **AN)
    assert [x["mois_le"] for x in lignes] == [f"2026-{m:02}-01" for m in range(1, 7)]
