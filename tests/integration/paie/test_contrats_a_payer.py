"""The contracts to be paid for a month, on the demonstration base."""

import re
from datetime import date
from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.service import lister_a_payer
from app.socle.listes import PAR_PAGE, Vue


@pytest.mark.exigence("B1")
@pytest.mark.parametrize("mois", [Mois(2024, 2), Mois(2026, 6), Mois(2027, 1)])
def test_the_list_is_that_of_the_contracts_in_force(programme_demo: Programme, mois: Mois) -> None:
    """Counted again by SQL, both ends included."""
    with programme_demo.magasin.moteur.connect() as connexion:
        attendu = connexion.exec_driver_sql(
            "SELECT count(*) FROM contrat c JOIN salarie s ON s.id = c.salarie_id "
            "WHERE c.debut_le <= ? AND c.fin_le >= ? AND s.archive_le IS NULL",
            (mois.fin.isoformat(), mois.debut.isoformat()),
        ).scalar_one()
    with programme_demo.transaction() as t:
        page = lister_a_payer(t, mois, Vue())
    assert attendu == page.total
    assert len(page.lignes) == min(PAR_PAGE, attendu)
    for ligne in page.lignes:
        assert mois.debut <= ligne.presence.periode.debut <= ligne.presence.periode.fin <= mois.fin


def test_the_list_is_searched_sorted_and_filtered(programme_demo: Programme) -> None:
    """By employer, by dossier, by words without accents, by salary downwards."""
    with programme_demo.transaction() as t:
        tout = lister_a_payer(t, Mois(2026, 6), Vue(tri="salaire", descendant=True))
        salaires = [ligne.contrat.salaire_centimes for ligne in tout.lignes]
        assert sorted(salaires, reverse=True) == salaires
        choisi = tout.lignes[0].contrat
        filtres = (("employeur", str(choisi.employeur_id)),)
        du_meme = lister_a_payer(t, Mois(2026, 6), Vue(filtres=filtres))
        assert {ligne.contrat.employeur for ligne in du_meme.lignes} == {choisi.employeur}
        trouve = lister_a_payer(t, Mois(2026, 6), Vue(recherche=choisi.nom.upper()))
        assert choisi.contrat_id in {ligne.contrat.contrat_id for ligne in trouve.lignes}
        vide = lister_a_payer(t, Mois(2026, 6), Vue(filtres=(("dossier", "999"),)))
        assert vide.total == 0


def test_the_screen_shows_the_month_asked_for(client_demo: Any) -> None:
    """The month of the address, this one when it is none; empty months say what to do."""
    page = client_demo.get("/bulletins/?mois=2026-06").text
    assert "paie de juin 2026" in page
    assert re.search(r"mois=2026-05.*mois=2026-07", page, re.DOTALL)
    assert "Aucun contrat à payer" in client_demo.get("/bulletins/?mois=1950-01").text
    annee = date.today().year  # noqa: TID251, DTZ011 -- the screen shows the real month
    assert str(annee) in client_demo.get("/bulletins/?mois=n'importe quoi").text
