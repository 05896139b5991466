"""The day of payment: an employer's habit, kept at validation, shown, printed, changed."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.paie.errors import ValidationImpossible
from app.paie.rules.impression import Forme
from app.paie.service.calculer import BilanCalcul
from app.paie.service.imprimer import imprimer_le_mois, imprimer_un_bulletin
from app.paie.service.paiement import enregistrer_reglage
from app.paie.service.portee import Portee
from app.paie.service.recalculer import recalculer_un
from app.paie.service.valider import dater_le_paiement, valider_bulletin, valider_le_mois
from tests.conftest import client_de
from tests.integration.paie.conftest import Maison, embaucher
from tests.integration.paie.test_calculer_le_mois import lire
from tests.integration.paie.test_versions_bulletin import bulletin_de

JUIN = Mois(2026, 6)
Calculer = Callable[..., BilanCalcul]


def imprimee(programme: Programme, numero: int, paye_le: date | None = None) -> str:
    """Return the text of the page of a bulletin."""
    with programme.transaction() as t:
        pdf = imprimer_un_bulletin(t, numero, paye_le).contenu
    texte = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return texte.replace("\u00a0", " ")


@pytest.mark.exigence("B4", "B6")
def test_the_day_is_kept_at_validation(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """The last of the month, or the employer's habit; a draft only foresees it."""
    calculer(JUIN)
    numero = bulletin_de(programme, maison.contrats[0], JUIN)
    assert "30/06/2026" in imprimee(programme, numero)
    assert lire(programme, "SELECT DISTINCT paye_le FROM bulletin") == [(None,)]
    with programme.transaction() as t:
        valider_bulletin(t, numero)
        enregistrer_reglage(t, maison.employeur, {"jour_paiement": "5", "mois_suivant": "1"})
        valider_le_mois(t, JUIN, Portee(employeur=maison.employeur))
    jours = lire(programme, "SELECT paye_le FROM bulletin ORDER BY contrat_id")
    assert [j for (j,) in jours] == ["2026-06-30", "2026-07-05", "2026-07-05"]
    assert "Date de paiement : 30/06/2026" in imprimee(programme, numero)
    assert "Date de paiement : 02/07/2026" in imprimee(programme, numero, date(2026, 7, 2))


def test_the_day_asked_for_counts_and_stays_through_a_recalculation(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Given once for the month; the version that replaces keeps it; it can be corrected."""
    calculer(JUIN)
    with programme.transaction() as t:
        valider_le_mois(t, JUIN, paye_le=date(2026, 6, 26))
    ancien = bulletin_de(programme, maison.contrats[0], JUIN)
    with programme.transaction() as t:
        nouveau, _ = recalculer_un(t, ancien)
        assert nouveau is not None
        dater_le_paiement(t, nouveau, date(2026, 6, 29))
        valider_bulletin(t, nouveau)
        with pytest.raises(ValidationImpossible):
            dater_le_paiement(t, ancien, date(2026, 6, 29))
    requete = "SELECT paye_le FROM bulletin WHERE contrat_id = ? ORDER BY id"
    jours = lire(programme, requete, maison.contrats[0])
    assert [j for (j,) in jours] == ["2026-06-26", "2026-06-29"]


def test_it_is_shown_and_changed_on_screen(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Grid, list, bulletin; a date that is none is refused and changes nothing."""
    calculer(JUIN)
    navigateur: Any = client_de(programme)
    adresse = f"/bulletins/paiement/{maison.employeur}?mois=2026-06"
    assert "Jour de paiement" in navigateur.get(adresse).text
    assert navigateur.post(adresse, data={"jour_paiement": "32"}).status_code == 422
    reglage = {"jour_paiement": "28", "mois_suivant": "0"}
    assert navigateur.post(adresse, data=reglage).status_code == 303
    grille = navigateur.get(f"/bulletins/saisie?mois=2026-06&employeur={maison.employeur}").text
    assert "Paiement le 28/06/2026" in grille
    numero = bulletin_de(programme, maison.contrats[0], JUIN)
    page = navigateur.get(f"/bulletins/{numero}").text
    assert "Prévu le" in page
    assert 'id="paye-le">28/06/2026<' in page
    validation = f"/bulletins/valider?mois=2026-06&employeur={maison.employeur}"
    assert navigateur.post(validation, data={"paye_le": "27/06/2026"}).status_code == 303
    page = navigateur.get(f"/bulletins/{numero}").text
    assert "Payé le" in page
    assert 'id="paye-le">27/06/2026<' in page
    refus = navigateur.post(f"/bulletins/{numero}/paiement", data={"paye_le": "31/06/2026"})
    assert refus.status_code == 422
    bon = navigateur.post(f"/bulletins/{numero}/paiement", data={"paye_le": "26/06/2026"})
    assert bon.status_code == 303
    assert 'id="paye-le">26/06/2026<' in navigateur.get(f"/bulletins/{numero}").text


@pytest.mark.exigence("B4")
def test_namesakes_printed_apart_have_each_their_folder(
    programme: Programme, maison: Maison, calculer: Calculer, tmp_path: Path
) -> None:
    """Two employers of one name into one folder: each its own, the same again the next time."""
    vers = tmp_path / "papier"
    with programme.transaction() as t:
        dossier = employeurs.lire_fiche_employeur(t, maison.employeur).dossier_id
        fiche = {"effectif": "3", "taux_at_millioniemes": "1,50"}
        homonyme = {"raison_sociale": "JUDO club", "siret": "732 829 320 00074"}
        autre = employeurs.creer_employeur(t, dossier, fiche | homonyme)
        meme_nom = {"raison_sociale": "Judo : club"}
        sans_siret = employeurs.creer_employeur(t, dossier, fiche | meme_nom)
    for employeur in (autre, sans_siret):
        embaucher(programme, employeur, "Abel")
    calculer(JUIN)
    for _ in range(2):
        for employeur in (sans_siret, autre, maison.employeur):
            with programme.transaction() as t:
                imprimer_le_mois(t, JUIN, Portee(employeur=employeur), vers, forme=Forme.SALARIE)
    dossiers = {d.name: len(list(d.iterdir())) for d in (vers / "2026-06").iterdir()}
    assert dossiers == {
        "Judo club": 3,
        "JUDO club (73282932000074)": 1,
        f"Judo club (n° {sans_siret})": 1,
    }
