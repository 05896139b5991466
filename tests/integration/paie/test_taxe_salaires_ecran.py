"""The taxe sur les salaires on screen, from real bulletins."""

from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service import calculer_le_mois
from app.paie.service.taxe_salaires import lister_taxes


@pytest.mark.exigence("B2")
def test_the_tax_counts_the_bulletins_of_the_year(
    client_demo: Any, programme_demo: Programme
) -> None:
    """Its base is the gross of the bulletins, employer by employer; the page adds the taxes up."""
    with programme_demo.transaction() as t:
        for mois in (Mois(2026, 1), Mois(2026, 2)):
            calculer_le_mois(t, mois)
        taxes = lister_taxes(t, 2026)
    with programme_demo.magasin.moteur.connect() as connexion:
        requete = "SELECT employeur_id, sum(brut_centimes) FROM bulletin GROUP BY employeur_id"
        attendu = {int(n): int(s) for n, s in connexion.exec_driver_sql(requete)}
    assert {x.employeur_id: x.taxe.base for x in taxes} == attendu
    page = client_demo.get("/bulletins/taxe-salaires?annee=2026").text
    assert "Total dû" in page
    assert "Aucun bulletin" in client_demo.get("/bulletins/taxe-salaires?annee=2020").text
