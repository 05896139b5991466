"""Planned extractions on a real base: made, run when due, failed, on hold, undone."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.assemblage import REGARDS, Programme, regards
from app.extractions import service
from app.extractions.errors import (
    DestinationInaccessible,
    NomDeProgrammeePris,
    ProgrammeeIntrouvable,
)
from app.extractions.models import ExtractionProgrammee
from app.extractions.service import regard
from app.noyau.erreurs import DonneesRefusees
from app.socle import horloge, journal
from app.socle.boucle import Boucle
from app.socle.taches import FINIE

pytestmark = pytest.mark.exigence("E9")
LE_15 = datetime(2026, 6, 15, 9, tzinfo=UTC)


@pytest.fixture
def maintenant(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that the test sets."""

    def regler(instant: datetime) -> None:
        monkeypatch.setattr(horloge, "maintenant", lambda: instant)

    regler(LE_15)
    return regler


@pytest.fixture
def saisie(tmp_path: Path) -> dict[str, str]:
    """Query 20 on the first of each month, contracts of the last day of the month before."""
    dossier = tmp_path / "extractions"
    dossier.mkdir()
    return {
        "nom": "Contrats du mois",
        "nombre": "1",
        "unite": "mois",
        "heure": "08:00",
        "debut_le": "01/06/2026",
        "format": "csv",
        "repertoire": str(dossier),
        "param_dossier": "tous",
        "param_employeur": "tous",
        "param_au": "fin_mois_precedent",
        "param_nature": "tous",
        "param_salaire": "",
    }


def programmer(programme: Programme, saisie: dict[str, str], numero: int = 20) -> int:
    """Plan a query; returns its number."""
    with programme.transaction() as t:
        return service.programmer(t, service.trouver(t, numero), saisie).id


def lire(programme: Programme, numero: int) -> service.ProgrammeeVue:
    """Return a planned extraction of the list."""
    with programme.transaction() as t:
        return next(v for v in service.lister_programmees(t) if v.programmee.id == numero)


def passer(programme: Programme) -> list[int]:
    """Let the loop look once, and wait for what it started."""
    numeros = Boucle(programme, [regard.regarder]).passer()
    for n in numeros:
        programme.taches.attendre(n, 30)
    return numeros


def test_the_loop_writes_the_file_once_when_it_is_due(
    programme_demo: Programme, saisie: dict[str, str], maintenant: Any
) -> None:
    """Nothing before; then the figures of that day; the same occurrence never twice."""
    numero = programmer(programme_demo, saisie)
    assert passer(programme_demo) == []
    assert lire(programme_demo, numero).prochaine == datetime(2026, 7, 1, 6, tzinfo=UTC).replace(
        tzinfo=None
    )
    maintenant(datetime(2026, 8, 2, 9, tzinfo=UTC))  # two occurrences missed: one run
    taches = passer(programme_demo)
    assert [programme_demo.taches.etat(n).etat for n in taches] == [FINIE]
    fichier = Path(saisie["repertoire"]) / "Contrats du mois - 2026-08-02.csv"
    faite = lire(programme_demo, numero).programmee
    assert (faite.fichier, faite.cause) == (str(fichier), "")
    assert len(fichier.read_text(encoding="utf-8-sig").splitlines()) == faite.lignes + 1
    with programme_demo.transaction() as t:
        requete = service.trouver(t, 20)
        valeurs = service.lire_demande(t, requete, {"au": "31/07/2026"})
    temoin = service.executer_requete(programme_demo.magasin.chemin, requete, valeurs)
    assert faite.lignes == temoin.total > 0
    assert passer(programme_demo) == []
    maintenant(datetime(2026, 9, 1, 9, tzinfo=UTC))
    assert len(passer(programme_demo)) == 1
    assert len(list(Path(saisie["repertoire"]).iterdir())) == 2
    assert regard.regarder in regards()
    assert "app.extractions.service.regard" in REGARDS


def test_a_folder_that_went_is_said_and_tried_again(
    programme_demo: Programme, saisie: dict[str, str], maintenant: Any
) -> None:
    """The cause stands in the list; half an hour later it is tried again; nothing is lost."""
    numero = programmer(programme_demo, saisie)
    shutil.rmtree(saisie["repertoire"])
    maintenant(datetime(2026, 7, 1, 9, tzinfo=UTC))
    taches = passer(programme_demo)
    assert "n’est pas accessible" in programme_demo.taches.etat(taches[0]).message
    ratee = lire(programme_demo, numero).programmee
    assert "n’est pas accessible" in ratee.cause
    assert ratee.remede
    maintenant(datetime(2026, 7, 1, 9, 10, tzinfo=UTC))
    assert passer(programme_demo) == []
    Path(saisie["repertoire"]).mkdir()
    maintenant(datetime(2026, 7, 1, 9, 40, tzinfo=UTC))
    assert len(passer(programme_demo)) == 1
    assert lire(programme_demo, numero).programmee.cause == ""
    with pytest.raises(ProgrammeeIntrouvable):
        service.executer_programmee(programme_demo, 999)


def test_one_that_fails_leaves_the_others_their_turn(
    programme_demo: Programme, saisie: dict[str, str], tmp_path: Path, maintenant: Any
) -> None:
    """And a run asked for by hand raises what went wrong."""
    perdu = tmp_path / "perdu"
    perdu.mkdir()
    ratee = programmer(programme_demo, saisie | {"nom": "Autre", "repertoire": str(perdu)})
    bonne = programmer(programme_demo, saisie | {"format": "xlsx"})
    perdu.rmdir()
    maintenant(datetime(2026, 7, 1, 9, tzinfo=UTC))
    passer(programme_demo)
    assert lire(programme_demo, ratee).programmee.cause
    fichier = lire(programme_demo, bonne).programmee.fichier
    assert openpyxl.load_workbook(fichier, read_only=True).sheetnames
    with pytest.raises(DestinationInaccessible):
        service.executer_programmee(programme_demo, ratee)


def test_a_bad_form_says_each_fault_beside_its_field(
    programme_demo: Programme, saisie: dict[str, str]
) -> None:
    """Parameters too: an end before its start, an employer that nobody knows."""
    fautive = saisie | {"heure": "25h", "repertoire": "/nulle/part", "param_employeur": "zzz"}
    with pytest.raises(DonneesRefusees) as refus:
        programmer(programme_demo, fautive)
    assert {c.champ for c in refus.value.constats} == {"heure", "repertoire", "param_employeur"}
    inversee = saisie | {"param_du": "fin_annee", "param_au": "debut_annee"}
    with pytest.raises(DonneesRefusees) as refus:
        programmer(programme_demo, inversee, 61)
    assert [c.champ for c in refus.value.constats] == ["param_au"]
    programmer(programme_demo, saisie)
    with pytest.raises(NomDeProgrammeePris):
        programmer(programme_demo, saisie | {"nom": "contrats du MOIS"})


def test_on_hold_changed_deleted_and_brought_back(
    programme_demo: Programme, saisie: dict[str, str], maintenant: Any
) -> None:
    """On hold nothing runs, nor is owed afterwards; the journal brings a deleted one back."""
    numero = programmer(programme_demo, saisie)
    with programme_demo.transaction() as t:
        service.suspendre(t, numero, active=False)
    maintenant(LE_15 + timedelta(days=40))
    assert passer(programme_demo) == []
    assert lire(programme_demo, numero).prochaine is None
    with programme_demo.transaction() as t:
        service.suspendre(t, numero, active=True)
    assert passer(programme_demo) == []
    with programme_demo.transaction() as t:
        changee = service.modifier_programmee(t, numero, saisie | {"heure": "9h", "nombre": "2"})
        assert (changee.planning.nombre, f"{changee.planning.heure:%H:%M}") == (2, "09:00")
    maintenant(LE_15 + timedelta(days=41))
    with programme_demo.transaction() as t:
        nom, entree = service.supprimer_programmee(t, numero)
    assert nom == "Contrats du mois"
    assert entree is not None
    with programme_demo.transaction() as t:
        journal.annuler_entree(t.session, entree)
        assert service.lire_programmee(t, numero).planning.nombre == 2
        assert t.session.get_one(ExtractionProgrammee, numero).debut_le == date(2026, 6, 1)
    assert passer(programme_demo) == []  # what was missed meanwhile is owed to nobody


def test_one_s_own_query_has_its_place_in_the_list_and_its_planning(
    client_demo: Any, programme_demo: Programme, saisie: dict[str, str]
) -> None:
    """M1: chosen, pinned, run, planned like the others."""
    with programme_demo.transaction() as t:
        mienne = service.enregistrer(
            t, "Mes employeurs", "SELECT raison_sociale FROM vue_employeurs"
        )
    page = client_demo.get("/extractions/?requete=M1").text
    assert 'data-valeur="M1. Mes employeurs"' in page
    assert "Requête validée" in page
    client_demo.post(f"/extractions/{mienne.numero}/epingler")
    assert "Détacher cette requête" in client_demo.get("/extractions/?requete=m1.").text
    resultat = client_demo.post(f"/extractions/{mienne.numero}/executer")
    assert "40 lignes" in client_demo.get(resultat.headers["Location"]).text
    assert "M1. Mes employeurs" in client_demo.get("/extractions/").text
    numero = programmer(programme_demo, saisie, mienne.numero)
    assert service.executer_programmee(programme_demo, numero).lignes == 40
    with programme_demo.transaction() as t:
        service.supprimer_enregistree(t, mienne.id)
    assert "n’existe plus" in client_demo.get("/extractions/programmees").text


def test_the_screens_plan_run_and_delete(
    client_demo: Any, programme_demo: Programme, saisie: dict[str, str]
) -> None:
    """From the query to its file, and back by « Annuler »."""
    assert "Aucune extraction programmée" in client_demo.get("/extractions/programmees").text
    formulaire = client_demo.get("/extractions/20/programmer").text
    assert "le dernier jour du mois précédent" in formulaire
    assert 'value="08:00"' in formulaire
    refus = client_demo.post("/extractions/20/programmer", data=saisie | {"heure": "midi"})
    assert (refus.status_code, "champ-heure-erreur" in refus.text) == (422, True)
    assert client_demo.post("/extractions/20/programmer", data=saisie).status_code == 303
    liste = client_demo.get("/extractions/programmees").text
    assert "jusqu" not in liste
    assert "le dernier jour du mois précédent" in liste
    assert "tous les mois à 08:00" in liste.replace("\u00a0", " ").replace("\u202f", " ")
    with programme_demo.transaction() as t:
        numero = service.lister_programmees(t)[0].programmee.id
    adresse = f"/extractions/programmees/{numero}"
    assert "Contrats du mois" in client_demo.get(adresse).text
    changee = saisie | {"format": "txt", "_version": "1"}
    assert client_demo.post(adresse, data=changee).status_code == 303
    assert client_demo.post(adresse, data=changee).status_code == 409
    assert client_demo.post(f"{adresse}/suspendre").status_code == 303
    assert "suspendue" in client_demo.get("/extractions/programmees").text
    assert client_demo.post(f"{adresse}/reprendre").status_code == 303
    fait = client_demo.post(f"{adresse}/executer")
    if (suivi := re.search(r"/suivi/(\d+)", fait.text)) is not None:
        programme_demo.taches.attendre(int(suivi[1]), 30)
    assert list(Path(saisie["repertoire"]).glob("*.txt"))
    assert client_demo.post(f"{adresse}/supprimer").status_code == 303
    assert client_demo.get(adresse).status_code == 404
