"""Printed bulletins made by the engine, for tests and benchmarks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.noyau.periodes import Mois
from app.paie.rules import imprimes as r
from app.paie.rules.elements_imprimes import elements_du_brut
from app.paie.rules.etats import Etat
from app.paie.rules.faits import (
    Dossier,
    Elements,
    FaitsContrat,
    FaitsEmployeur,
    LignePrevoyance,
)
from app.paie.rules.imputation import (
    LIBELLE_RETRAITE,
    ORGANISME_RETRAITE,
    PART_RETRAITE,
    REDUCTION,
    partager,
)
from app.paie.service.baremes import moteur

JUIN = Mois(2026, 6)
EMPLOYEUR = r.EmployeurImprime(
    "Les Amis du sport de Rouen",
    ("12 rue des Lilas", "76000 Rouen"),
    "73282932000074",
    "9312Z",
    "2511 Sport",
)
SALARIE = r.SalarieImprime(
    designation="Madame Zoé LEFÈVRE",
    nom="LEFÈVRE Zoé",
    adresse=("4 impasse du Four", "76100 Rouen"),
    nir="255081416802538",
    matricule="M-0012",
    emploi="Éducatrice sportive",
    classification="Groupe 4",
    categorie="Non-cadre",
    contrat="CDI",
    entree_le=date(2021, 9, 1),
)
CADRE = FaitsContrat(salaire=980_000, cadre=True, mutuelle=4_200, taux_pas=98_000)
TOUT = Elements(
    heures_sup_25=800,
    heures_sup_50=200,
    absences=64_614,
    heures_absence=1_000,
    primes=25_000,
    avantages_nature=12_050,
    indemnites=4_520,
    acompte=10_000,
)


def ligne_prevoyance(**autres: Any) -> LignePrevoyance:
    """Return a line of a contract: 1 % each on tranche 1, all options; `autres` replaces fields."""
    ligne = LignePrevoyance(
        contrat_prevoyance_id=12,
        code="prevoyance_12_t1",
        libelle="Prévoyance, tranche 1",
        nature="prevoyance",
        base="t1",
        taux_salarial=10_000,
        taux_patronal=10_000,
        montant_salarial=0,
        montant_patronal=0,
        forfait_social=True,
        csg_crds=True,
        deduction_po=True,
        deduction_pp=True,
        source="Contrat 2026-17",
    )
    return replace(ligne, **autres)


def stocker(
    contrat: FaitsContrat, elements: Elements, *, mois: Mois = JUIN, effectif: int = 60
) -> tuple[Any, list[r.LigneStockee]]:
    """Compute a bulletin; returns it with its lines as a base keeps them."""
    actif = moteur()
    employeur = FaitsEmployeur(effectif=effectif, taux_at=12_300, idcc="2511")
    calcule = actif.calculer(Dossier(mois, employeur, contrat, elements))
    mots = {c.code: (c.libelle, c.rubrique, c.organisme) for c in actif.baremes.cotisations}
    mots[PART_RETRAITE] = (LIBELLE_RETRAITE, mots[REDUCTION][1], ORGANISME_RETRAITE)
    lignes = [
        r.LigneStockee(li.code, *mots[li.code], *li[1:])
        for entiere in calcule.lignes
        for li in partager(entiere, calcule.imputation)
    ]
    return calcule, lignes


def bulletin_imprime(
    contrat: FaitsContrat | None = None, elements: Elements | None = None, **autres: Any
) -> r.BulletinImprime:
    """Return what the page of a bulletin shows; `autres` replaces fields."""
    contrat = contrat or FaitsContrat(salaire=238_000, mutuelle=4_200, taux_pas=31_000)
    elements = elements or Elements()
    calcule, lignes = stocker(contrat, elements)
    b, t = calcule.brut, calcule.totaux
    heures = 15_167 - elements.heures_absence
    stocke = r.BrutStocke(
        heures,
        b.base,
        b.absences,
        b.exonerees,
        b.primes,
        b.nature,
        b.fin_de_contrat,
        b.conges,
        elements.heures_absence,
    )
    du_brut, heures_payees = elements_du_brut(stocke, contrat, elements)
    imprime = r.BulletinImprime(
        id=7,
        employeur_id=3,
        numero=1,
        mois=JUIN,
        etat=Etat.VALIDE,
        periode=JUIN.periode,
        paye_le=JUIN.fin,
        fait_a=datetime(2026, 6, 28, 10, 0, tzinfo=UTC),
        employeur=EMPLOYEUR,
        salarie=SALARIE,
        heures=heures_payees,
        elements=du_brut,
        brut=t.brut,
        lignes=r.lignes_du_modele(lignes),
        cotisations_salarie=t.cotisations_salarie,
        cotisations_employeur=t.cotisations_employeur,
        montant_net_social=t.montant_net_social,
        avantages_nature=b.nature,
        indemnites=elements.indemnites,
        net_avant_impot=t.net_a_payer_avant_impot,
        net_imposable=t.net_imposable,
        taux_impot=t.taux_impot,
        nature_du_taux=r.nature_du_taux(contrat.taux_pas, t.taux_impot),
        impot=t.impot,
        heures_exonerees=r.heures_exonerees(lignes),
        acompte=elements.acompte,
        net_a_payer=t.net_a_payer,
        allegement=r.allegement(lignes, lambda _: 0),
        cout_employeur=t.cout_employeur,
        plafond=calcule.plafond,
        cumuls=r.Cumuls(t.brut, calcule.plafond, t.montant_net_social, t.net_imposable, t.impot),
        conges=r.CongesImprimes(250, 100, 1_200, 250),
    )
    return replace(imprime, **autres)
