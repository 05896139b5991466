"""Queries of the theme Contrôles, against a computation in Python."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from app.assemblage import ouvrir
from app.employeurs.models import Employeur, OrganismeEmployeur
from app.noyau.periodes import Mois
from app.opco.models import Opco, OpcoCorrespondance
from app.paie.models import Bulletin, RaisonRecalcul
from app.salaries.models import Contrat, Salarie
from tests.conftest import LE_JOUR
from tests.integration.extractions.conftest import Atelier
from tests.integration.extractions.requetes.conftest import MOIS, Monde, iso

pytestmark = pytest.mark.exigence("E2")
JOUR = f"{LE_JOUR:%d/%m/%Y}"
ETATS = {"brouillon": "Brouillon", "valide": "Validé", "a_recalculer": "À recalculer"}
NATURES = {
    "urssaf": "Urssaf",
    "retraite": "Retraite complémentaire",
    "prevoyance": "Prévoyance",
    "mutuelle": "Mutuelle",
    "formation": "Formation professionnelle",
    "impots": "Centre des impôts",
    "medecine": "Médecine du travail",
}


def test_41_lists_people_without_a_nir(monde: Monde) -> None:
    """With what helps to ask for it."""
    attendu = [
        monde.personne(s)
        | {"ne_le": iso(s.ne_le), "ne_a": s.ne_a, "courriel": s.courriel, "telephone": s.telephone}
        | {"nombre_contrats": sum(c.salarie_id == s.id for c in monde.tous(Contrat))}
        for s in monde.actifs(Salarie)
        if not s.nir
    ]
    monde.comparer(41, attendu)


def test_42_lists_employers_without_an_opco(monde: Monde) -> None:
    """And proposes the one of their convention collective on the day."""
    proposes = {
        k.idcc: next(o.libelle for o in monde.tous(Opco) if o.code == k.opco_code)
        for k in monde.tous(OpcoCorrespondance)
        if k.debut_le <= LE_JOUR <= k.fin_le
    }
    attendu = [
        monde.employeur(e)
        | {"siret": e.siret, "idcc": e.idcc, "opco_propose": proposes.get(e.idcc)}
        | {"nombre_salaries": sum(s.employeur_id == e.id for s in monde.tous(Salarie))}
        for e in monde.actifs(Employeur)
        if not e.opco
    ]
    monde.comparer(42, attendu, au=JOUR)


def test_43_lists_contracts_without_a_tax_rate(monde: Monde) -> None:
    """Zero is a rate."""
    attendu = [
        monde.personne(monde.salarie(c))
        | {"emploi": c.emploi, "debut_le": iso(c.debut_le), "fin_le": iso(c.fin_le)}
        | {"salaire_centimes": c.salaire_centimes}
        for c in monde.contrats(LE_JOUR)
        if c.taux_pas_millioniemes is None
    ]
    monde.comparer(43, attendu, au=JOUR)


def test_44_pairs_contracts_that_overlap(monde: Monde) -> None:
    """Each pair once, with the days in common."""
    attendu = []
    for a in monde.tous(Contrat):
        for b in monde.tous(Contrat):
            debut, fin = max(a.debut_le, b.debut_le), min(a.fin_le, b.fin_le)
            if a.salarie_id != b.salarie_id or a.id >= b.id or debut > fin:
                continue
            attendu.append(
                monde.personne(monde.salarie(a))
                | {"nature_contrat": a.nature.upper(), "autre_nature": b.nature.upper()}
                | {"debut_le": iso(a.debut_le), "fin_le": iso(a.fin_le)}
                | {"autre_debut_le": iso(b.debut_le), "autre_fin_le": iso(b.fin_le)}
                | {"commun_debut_le": iso(debut), "commun_fin_le": iso(fin)}
            )
    monde.comparer(44, attendu)


@pytest.mark.parametrize("mois", [Mois(2026, 5), Mois(2025, 10)])
def test_45_finds_missing_bulletins(monde: Monde, mois: Mois) -> None:
    """Everybody is missing in a month that was never computed."""
    payes = {b.contrat_id for b in monde.bulletins(mois.debut, mois.fin)}
    attendu = [
        monde.personne(monde.salarie(c))
        | {"nature_contrat": c.nature.upper(), "emploi": c.emploi}
        | {"debut_le": iso(c.debut_le), "fin_le": iso(c.fin_le)}
        for c in monde.contrats(mois.debut, mois.fin)
        if c.id not in payes
    ]
    monde.comparer(45, attendu, au=f"15/{mois.mois:02}/{mois.annee}")


def test_46_lists_what_is_to_be_done(monde: Monde) -> None:
    """Drafts, and bulletins to be recalculated with each of their reasons."""
    attendu = []
    for b in monde.bulletins(date(2026, 1, 1), LE_JOUR):
        if b.etat == "valide":
            continue
        raisons = [r for r in monde.tous(RaisonRecalcul) if r.bulletin_id == b.id]
        attendu += [
            monde.personne(monde.salarie(b))
            | {"mois_le": f"{b.annee}-{b.mois:02}-01", "etat_bulletin": ETATS[b.etat]}
            | {"motif_recalcul": r.motif if r else None}
            | {"signale_le": str(r.signale_a.date()) if r else None}
            | {"net_a_payer_centimes": b.net_a_payer_centimes}
            for r in raisons or [None]
        ]
    lignes = monde.comparer(46, attendu, du="01/01/2026", au="30/06/2026")
    assert {x["etat_bulletin"] for x in lignes} == {"Brouillon", "À recalculer"}


def test_47_finds_missing_organismes(monde: Monde) -> None:
    """One line an employer and a nature."""
    nommes = {(x.employeur_id, x.nature) for x in monde.tous(OrganismeEmployeur)}
    attendu = [
        monde.employeur(e)
        | {"manque": mot}
        | {"nombre_salaries": sum(s.employeur_id == e.id for s in monde.tous(Salarie))}
        for e in monde.actifs(Employeur)
        for nature, mot in NATURES.items()
        if (e.id, nature) not in nommes
    ]
    monde.comparer(47, attendu)


def test_48_finds_totals_that_differ_from_their_lines(monde: Monde, tmp_path: Path) -> None:
    """None in a sound base; the bulletin whose line was changed behind the program's back."""
    saisie = {"du": f"{MOIS[0].debut:%d/%m/%Y}", "au": JOUR}
    assert monde.atelier.executer(48, **saisie).total == 0
    copie = tmp_path / "copie"
    copytree(monde.atelier.programme.magasin.chemin.parent, copie)
    victime = next(b for b in monde.bulletins(LE_JOUR, LE_JOUR) if b.brut_centimes)
    with closing(sqlite3.connect(copie / monde.atelier.base.name)) as base:
        base.execute(
            "UPDATE ligne_bulletin SET montant_patronal_centimes = montant_patronal_centimes + 7"
            " WHERE bulletin_id = ? AND code = 'csa'",
            (victime.id,),
        )
        base.commit()
    programme = ouvrir(copie)
    try:
        lignes = Atelier(programme, tmp_path).lignes(
            Atelier(programme, tmp_path).executer(48, **saisie)
        )
    finally:
        programme.fermer()
    assert lignes == [
        {"mois_le": "2026-06-01"}
        | monde.personne(monde.salarie(victime))
        | {
            "cotisations_salarie_centimes": victime.cotisations_salarie_centimes,
            "ecart_salarie_centimes": 0,
            "cotisations_employeur_centimes": victime.cotisations_employeur_centimes,
            "ecart_employeur_centimes": 7,
        }
    ]
    assert isinstance(victime, Bulletin)
