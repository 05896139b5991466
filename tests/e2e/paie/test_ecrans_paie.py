"""The screens of the payroll without obstacle, in both themes."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.exercices import clore_exercice
from app.paie.service.portee import Portee
from app.paie.service.raisons import marquer_a_recalculer
from app.paie.service.valider import valider_le_mois

pytestmark = pytest.mark.e2e

MOIS = Mois(2026, 6)


def _preparer(programme: Programme) -> tuple[int, int, int, int]:
    """Validate an employer's month, mark it; return employer, bulletin, person, contract."""
    with programme.transaction() as t:
        calculer_le_mois(t, MOIS)
        requete = (
            "SELECT b.employeur_id, min(b.id), count(*) FROM bulletin b "
            "GROUP BY b.employeur_id ORDER BY 3 DESC LIMIT 1"
        )
        connexion = t.session.connection()
        employeur, bulletin, _ = connexion.exec_driver_sql(requete).one()
        salarie, contrat = connexion.exec_driver_sql(
            "SELECT salarie_id, contrat_id FROM bulletin WHERE id = ?", (bulletin,)
        ).one()
        valider_le_mois(t, MOIS, Portee(employeur=employeur))
        marquer_a_recalculer(t, employeur=employeur)
    return int(employeur), int(bulletin), int(salarie), int(contrat)


@pytest.mark.exigence("G4", "B4", "B5")
def test_screens_of_the_payroll_have_no_obstacle(
    page: Any,
    serveur: Any,
    programme_demo: Programme,
    photographier: Any,
    sans_obstacle: Any,
) -> None:
    """Each screen passes axe in both themes, without horizontal scrolling."""
    employeur, bulletin, salarie, contrat = _preparer(programme_demo)
    ecrans = (
        ("liste", "?mois=2026-06"),
        ("liste-employeur", f"?mois=2026-06&employeur={employeur}"),
        ("saisie", f"saisie?mois=2026-06&employeur={employeur}"),
        ("saisie-choix", "saisie?mois=2026-06"),
        ("bulletin", str(bulletin)),
        ("salarie", f"salarie/{salarie}"),
        ("paiement", f"paiement/{employeur}?mois=2026-06"),
        ("reprise", f"salarie/{salarie}/contrats/{contrat}/conges"),
        ("clos-liste", f"?mois=2026-06&employeur={employeur}"),
        ("clos-saisie", f"saisie?mois=2026-06&employeur={employeur}"),
        ("clos-bulletin", str(bulletin)),
    )
    for nom, chemin in ecrans:
        if nom == "clos-liste":
            with programme_demo.transaction() as t:
                clore_exercice(t, employeur, MOIS.annee)
        page.goto(f"{serveur.adresse}/bulletins/{chemin}")
        if nom == "bulletin":
            page.get_by_role("button", name="CSG déductible").first.click()
            page.locator(".explication").wait_for()
        sans_obstacle()
        trop_larges = page.evaluate(
            "[...document.querySelectorAll('main, .cadre-tableau')]"
            ".filter((e) => e.scrollWidth > e.clientWidth).length"
        )
        photographier(f"paie-{nom}")
        photographier(f"paie-{nom}-sombre", theme="dark")
        assert trop_larges == 0, nom
