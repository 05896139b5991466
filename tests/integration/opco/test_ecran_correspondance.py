"""« Correspondance OPCO » on screen, and the standing warnings of fiche and bulletins."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.opco import service

FRAGMENT = {"HX-Request": "true"}


def lignes(page: str) -> list[str]:
    """Return the employers shown in the table."""
    return re.findall(r'<a class="principal" href="/employeurs/\d+/\w+">([^<]+)</a>', page)


@pytest.mark.exigence("O7")
def test_the_preview_shows_before_and_after(client: Any, associations: dict[str, int]) -> None:
    """Every employer; the filters keep those to change, those without a match, a dossier."""
    page = client.get("/opco/correspondance").text
    assert len(lignes(page)) == len(associations)
    assert "<strong>AFDAS</strong>" in page
    sans = client.get("/opco/correspondance?etat=sans").text
    assert sorted(lignes(sans)) == ["Absente", "Close", "Inconnue", "Sans"]
    assert "La convention 0054 est clôturée" in sans
    changer = client.get("/opco/correspondance?etat=a_changer").text
    assert sorted(lignes(changer)) == ["Absente", "Archivee", "Close", "Sport", "Vide"]
    assert lignes(client.get("/opco/correspondance?dossier=2").text) == ["Close"]
    assert lignes(client.get("/opco/correspondance?q=spo").text) == ["Sport"]
    assert "Aucun employeur à montrer" in client.get("/opco/correspondance?q=zzz").text


@pytest.mark.exigence("O2", "O7")
def test_apply_then_undo_from_the_screen(
    client: Any, programme: Programme, associations: dict[str, int], bureau: Path
) -> None:
    """The report is laid; the application tells each line; undone, it says so."""
    reponse = client.post("/opco/correspondance/appliquer", headers=FRAGMENT)
    assert "5 employeurs mis" in reponse.headers["HX-Trigger"].encode().decode("unicode_escape")
    assert (bureau / "Rapport mise à jour caisses OPCO.txt").is_file()
    detail = client.get("/opco/applications/1").text
    assert "Annuler cette application" in detail
    assert detail.count("Identification des organismes") == 5

    encore = client.post("/opco/correspondance/appliquer", headers=FRAGMENT)
    assert "rien n" in encore.headers["HX-Trigger"]
    with programme.transaction() as t:
        employeurs.modifier_employeur(t, associations["sport"], {"opco": "AKTO"})

    reponse = client.post("/opco/applications/1/annuler", headers=FRAGMENT)
    assert "laiss" in reponse.headers["HX-Trigger"]
    detail = client.get("/opco/applications/1").text
    assert detail.count("Modifiée depuis") == 2
    assert "Annuler cette application" not in detail
    assert client.get("/opco/applications/9").status_code == 404
    assert client.post("/opco/applications/1/annuler", headers=FRAGMENT).status_code == 409


@pytest.mark.exigence("O2")
def test_the_report_is_written_from_the_screen_and_an_unwritable_desktop_is_said(
    client: Any, associations: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it lies, and what could not be written."""
    assert associations
    reponse = client.post("/opco/correspondance/rapport", headers=FRAGMENT)
    assert "Rapport" in reponse.headers["HX-Trigger"]
    occupe = tmp_path / "occupe"
    occupe.write_text("x")
    monkeypatch.setenv("CLAIRPAIE_BUREAU", str(occupe))
    client.post("/opco/correspondance/appliquer", headers=FRAGMENT)
    assert "n’a pas pu être écrit" in client.get("/opco/correspondance").text


@pytest.mark.exigence("O5")
def test_a_convention_that_does_not_go_with_the_naf_is_pointed_out(
    client: Any, associations: dict[str, int]
) -> None:
    """On every tab of the fiche; the tab « Convention collective » offers the likely one."""
    fiche = f"/employeurs/{associations['absente']}"
    assert "va d’ordinaire avec la convention 2511" in client.get(f"{fiche}/identite").text
    onglet = client.get(f"{fiche}/convention").text
    assert "Choisir la 2511" in onglet
    assert "2511 Sport" in onglet
    client.post(f"{fiche}/convention", data={"idcc": "2941"})
    assert "La convention 2941 ne va pas avec le code NAF" in client.get(f"{fiche}/identite").text
    client.post(f"{fiche}/convention", data={"idcc": "2511"})
    assert "va d’ordinaire avec" not in client.get(f"{fiche}/identite").text
    assert "Appliquer l’OPCO AFDAS" in client.get(f"{fiche}/convention").text


@pytest.mark.exigence("O1", "O5")
def test_an_unknown_or_closed_convention_is_said_beside_the_field(
    client: Any, associations: dict[str, int]
) -> None:
    """While it is typed and once saved; letters are refused, an unknown OPCO is pointed out."""
    fiche = f"/employeurs/{associations['sport']}"
    inconnue = client.get(f"{fiche}/convention/apercu?idcc=4242").text
    assert "Aucune convention connue ne porte l’IDCC 4242" in inconnue
    assert (
        "Cette convention est clôturée" in client.get(f"{fiche}/convention/apercu?idcc=0054").text
    )
    refus = client.post(f"{fiche}/convention", data={"idcc": "sport"})
    assert refus.status_code == 422
    assert 'aria-invalid="true"' in refus.text
    assert client.post(f"{fiche}/convention", data={"idcc": "4242"}).status_code == 303
    assert "Aucune convention connue" in client.get(f"{fiche}/convention").text
    client.post(f"{fiche}/formation", data={"opco": "AFDASS"})
    assert "n’est le nom d’aucun OPCO" in client.get(f"{fiche}/formation").text
    client.post(f"{fiche}/formation", data={"opco": "Unifaf"})
    onglet = client.get(f"{fiche}/formation").text
    assert "n’est le nom d’aucun OPCO" not in onglet
    assert "OPCO Santé lui a succédé" in onglet


@pytest.mark.exigence("O6")
def test_without_training_body_bulletins_go_on_with_a_standing_warning(
    client: Any, programme: Programme, associations: dict[str, int], engager: Callable[..., int]
) -> None:
    """List, entry and bulletin say it until an OPCO is chosen; the bulletin is computed."""
    salarie = engager("vide", "")
    contrat = {"nature": "cdi", "debut_le": "01/01/2026", "emploi": "Animatrice",
               "heures_centiemes": "151,67", "salaire_centimes": "2 000"}  # fmt: skip
    assert client.post(f"/salaries/{salarie}/contrats/nouveau", data=contrat).status_code == 303
    employeur = associations["vide"]
    chez = f"mois=2026-03&employeur={employeur}"
    avis = "« Vide » n’a pas d’organisme de formation"
    assert avis in client.get(f"/bulletins/?{chez}").text.replace("\u202f", " ")
    saisie = client.get(f"/bulletins/saisie?{chez}").text.replace("\u202f", " ")
    assert avis in saisie
    rendu = client.post(f"/bulletins/saisie?{chez}", data={"_calculer": "1"})
    assert "1 bulletin calculé" in rendu.text.replace("\u202f", " ")
    bulletin = re.search(r'href="(/bulletins/\d+)"', client.get(f"/bulletins/?{chez}").text)
    assert bulletin is not None
    assert avis in client.get(bulletin[1]).text.replace("\u202f", " ")

    with programme.transaction() as t:
        service.appliquer(t)
    for adresse in (f"/bulletins/?{chez}", f"/bulletins/saisie?{chez}", bulletin[1]):
        assert "organisme de formation" not in client.get(adresse).text
    tous = client.get("/bulletins/?mois=2026-03").text
    assert "« Absente » n’a pas d’organisme" in tous.replace("\u202f", " ")


@pytest.mark.exigence("O2")
def test_the_fiche_of_an_employee_offers_the_opco(client: Any, engager: Callable[..., int]) -> None:
    """« Caisse de formation »: the 11 are suggested, also to a new one and after a refusal."""
    salarie = engager("sport", "AFDAS")
    fiche = client.get(f"/salaries/{salarie}/identite").text
    assert 'value="AFDAS"' in fiche
    assert '<option value="OPCO Santé">' in fiche
    assert '<option value="OPCO Santé">' in client.get("/salaries/nouveau").text
    refus = client.post(f"/salaries/{salarie}/identite", data={"nir": "1", "opco": "AFDAS"})
    assert refus.status_code == 422
    assert '<option value="OPCO Santé">' in refus.text
