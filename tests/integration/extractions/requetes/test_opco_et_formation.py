"""Queries of the theme OPCO, against a computation in Python."""

from datetime import date

import pytest

from app.employeurs.models import Employeur
from app.noyau.typographie import sans_accents
from app.opco.models import ApplicationOpco, LigneApplicationOpco
from app.paie.rules.imprimes import ORGANISMES
from app.salaries.models import Salarie
from tests.conftest import LE_JOUR
from tests.integration.extractions.requetes.conftest import Monde, additionner

pytestmark = pytest.mark.exigence("E2")
FORMATION = {
    *("formation", "formation_11", "formation_cdd", "taxe_apprentissage"),
    *("sport_formation_moins_10", "sport_formation_10_et_plus"),
}


def test_37_adds_up_what_is_paid_for_training(monde: Monde) -> None:
    """By employer and contribution."""
    sommes = additionner(
        (
            (b, x)
            for b, x in monde.lignes(date(2026, 1, 1), LE_JOUR)
            if x.code in FORMATION or "formation" in x.code
        ),
        lambda bx: (bx[0].employeur_id, bx[1].code, bx[1].libelle, bx[1].organisme),
        lambda _: 1,
        lambda bx: bx[1].assiette_centimes,
        lambda bx: bx[1].montant_patronal_centimes,
    )
    attendu = []
    for (numero, _, libelle, organisme), (combien, base, montant) in sommes.items():
        e = monde.un(Employeur, numero)
        attendu.append(
            monde.employeur(e)
            | {"opco": e.opco, "cotisation": libelle, "destinataire": ORGANISMES[organisme]}
            | {"nombre_lignes": combien, "assiette_centimes": base}
            | {"montant_patronal_centimes": montant}
        )
    monde.comparer(37, attendu, du="01/01/2026", au="30/06/2026")


def test_38_lists_what_was_written(monde: Monde) -> None:
    """On the day of the application."""
    attendu = []
    jours = set()
    for x in monde.tous(LigneApplicationOpco):
        a = monde.un(ApplicationOpco, x.application_id)
        jours.add(a.moment.date())
        attendu.append(
            {"appliquee_le": str(a.moment.date()), "appliquee_par": a.par, "objet": "Employeur"}
            | {"designation": x.designation, "idcc": x.idcc, "annulee": "Non"}
            | {"opco_avant": x.avant, "opco_apres": x.apres}
        )
    du, au = f"{min(jours):%d/%m/%Y}", f"{max(jours):%d/%m/%Y}"
    monde.comparer(38, attendu, du=du, au=au)
    assert monde.atelier.executer(38, du="01/01/1990", au="31/12/1999").total == 0


def test_39_finds_a_caisse_that_differs(monde: Monde) -> None:
    """From the OPCO of the employer, whatever the accents."""
    attendu = []
    for s in monde.actifs(Salarie):
        e = monde.un(Employeur, s.employeur_id)
        if s.opco and sans_accents(s.opco) != sans_accents(e.opco):
            attendu.append(monde.personne(s) | {"caisse_formation": s.opco, "opco": e.opco})
    monde.comparer(39, attendu)
