"""The correspondence applied to a real base: what is written, kept, undone, reported."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.assemblage import Programme, ouvrir
from app.employeurs import service as employeurs
from app.employeurs.signals import employeur_change
from app.opco import service
from app.opco.errors import ApplicationDejaAnnulee, ApplicationIntrouvable
from app.opco.rules import NON_REPERTORIEE
from app.opco.service import correspondances, examen
from app.salaries.service import lire_fiche_salarie, modifier_salarie
from app.socle.journal import lire

Etat = Callable[[], dict[str, tuple[str, list[str]]]]
APRES = {
    "sport": ("AFDAS", ["AFDAS"]),
    "animation": ("Uniformation", ["Uniformation"]),
    "vide": ("Uniformation", ["Uniformation"]),
    "sans": ("Agefos PME", ["Agefos PME"]),
    "absente": (NON_REPERTORIEE, [NON_REPERTORIEE]),
    "close": ("OPCO 2i", ["OPCO 2i"]),
    "inconnue": ("AFDAS", ["AFDAS"]),
    "archivee": ("OPCO Santé", ["OPCO Santé"]),
}


def contenu(programme: Programme) -> list[Any]:
    """Return every row of the tables that an application touches."""
    tables = ("employeur", "organisme_employeur", "salarie", "journal", "application_opco",
              "ligne_application_opco")  # fmt: skip
    with programme.transaction() as t:
        return [t.session.execute(text(f"SELECT * FROM {nom}")).all() for nom in tables]  # noqa: S608 -- names of tables


@pytest.mark.exigence("O2", "O4")
def test_every_association_gets_the_opco_of_its_convention(
    programme: Programme, associations: dict[str, int], etat: Etat
) -> None:
    """Record and organismes, archived ones included; without a match the record stays."""
    with programme.transaction() as t:
        application = service.appliquer(t)

    assert application.id is not None
    assert etat() == APRES
    motifs = {d.employeur.raison_sociale: d.motif.value for d in application.examen.decisions}
    assert motifs == {
        "Sport": "mis à jour",
        "Animation": "à jour",
        "Vide": "mis à jour",
        "Sans": "aucune convention collective",
        "Absente": "caisse non répertoriée",
        "Close": "convention clôturée",
        "Inconnue": "IDCC inconnu",
        "Archivee": "mis à jour",
    }
    with programme.transaction() as t:
        journal = lire(t.session, "employeur", associations["sport"])
    assert journal[0].valeurs_apres() == {"opco": "AFDAS"}


@pytest.mark.exigence("O2")
def test_the_caisse_of_employees_follows_their_employers_former_one(
    programme: Programme, engager: Callable[..., int]
) -> None:
    """An intermittent's AFDAS stays whatever the CCN; Uniformation becomes AFDAS with sport."""
    suit, reste = engager("sport", "Uniformation"), engager("animation", "AFDAS")
    ancien, sans = engager("archivee", "unifaf"), engager("sport", "")
    with programme.transaction() as t:
        service.appliquer(t)
        caisses = {n: lire_fiche_salarie(t, n).valeurs["opco"] for n in (suit, reste, ancien, sans)}
    assert caisses == {suit: "AFDAS", reste: "AFDAS", ancien: "OPCO Santé", sans: ""}


@pytest.mark.exigence("O7")
def test_a_second_application_writes_nothing(
    programme: Programme, associations: dict[str, int], engager: Callable[..., int]
) -> None:
    """Not one row, not even an application; the preview writes nothing either."""
    engager("sport", "Uniformation")
    avant = contenu(programme)
    with programme.transaction() as t:
        assert len(service.examiner(t).changees) == 5
    assert contenu(programme) == avant
    with programme.transaction() as t:
        assert service.appliquer(t).id == 1
    apres = contenu(programme)
    with programme.transaction() as t:
        encore = service.appliquer(t)
    assert (encore.id, encore.examen.changees) == (None, ())
    assert contenu(programme) == apres
    assert associations


@pytest.mark.exigence("O7")
def test_an_application_is_undone_whole(
    programme: Programme, etat: Etat, engager: Callable[..., int]
) -> None:
    """Records, lines, an added line, an employee: all as before; once only."""
    salarie = engager("sport", "Uniformation")
    avant = etat()
    with programme.transaction() as t:
        numero = service.appliquer(t).id or 0
    with programme.transaction() as t:
        annulee = service.annuler_application(t, numero)
        caisse = lire_fiche_salarie(t, salarie).valeurs["opco"]
        assert service.derniere_application(t) is None
    assert (annulee.rendues, annulee.laissees, caisse) == (11, (), "Uniformation")
    assert etat() == avant
    with programme.transaction() as t:
        with pytest.raises(ApplicationDejaAnnulee):
            service.annuler_application(t, numero)
        with pytest.raises(ApplicationIntrouvable):
            service.annuler_application(t, 99)


@pytest.mark.exigence("O7")
def test_what_was_changed_by_hand_since_is_left_alone_and_said(
    programme: Programme, associations: dict[str, int], etat: Etat, engager: Callable[..., int]
) -> None:
    """A record chosen since, a reference given to an added line, an employee's caisse."""
    salarie = engager("sport", "Uniformation")
    with programme.transaction() as t:
        numero = service.appliquer(t).id or 0
    with programme.transaction() as t:
        employeurs.modifier_employeur(t, associations["sport"], {"opco": "OPCO EP"})
        modifier_salarie(t, salarie, {"opco": ""})
        (ligne,) = employeurs.lister_organismes(t, associations["vide"])
        complete = {
            "nature": "formation",
            "organisme_id": str(ligne.valeurs["organisme_id"]),
            "reference": "A-1",
        }
        employeurs.modifier_organisme(t, associations["vide"], ligne.id, complete)

    with programme.transaction() as t:
        annulee = service.annuler_application(t, numero)
        lignes = service.lister_lignes(t, numero)

    assert {(x.ecrite.ecriture.designation, x.actuel) for x in annulee.laissees} == {
        ("Sport", "OPCO EP"),
        ("Vide", "Uniformation"),
        ("Durand Anne", None),
    }
    assert [x.issue for x in lignes].count("laissee") == len(annulee.laissees) == 4
    assert etat()["sport"] == ("OPCO EP", ["OPCO EP"])
    assert etat()["vide"] == ("", ["Uniformation"])
    assert etat()["archivee"] == ("Unifaf", ["Unifaf"])


@pytest.mark.exigence("O4", "O6")
def test_an_opco_chosen_for_9999_survives_the_next_application(
    programme: Programme, associations: dict[str, int], etat: Etat
) -> None:
    """The unlisted caisse was said once; the person put it right."""
    with programme.transaction() as t:
        service.appliquer(t)
        employeurs.modifier_employeur(t, associations["absente"], {"opco": "AFDAS"})
    with programme.transaction() as t:
        assert service.appliquer(t).id is None
    assert etat()["absente"] == ("AFDAS", ["AFDAS"])


def test_the_changes_are_announced(programme: Programme, associations: dict[str, int]) -> None:
    """To whoever answers a change of an employer."""
    vus: dict[int, frozenset[str]] = {}

    def ecouter(_t: Any, changements: dict[int, frozenset[str]]) -> None:
        vus.update(changements)

    with employeur_change.connected_to(ecouter), programme.transaction() as t:
        service.appliquer(t)
    assert "opco" in vus[associations["sport"]]


def _modifier_les_donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deliver other data: sport goes to Uniformation from 2026 on."""
    copie = Path(shutil.copytree(correspondances.DOSSIER, tmp_path / "data"))
    fichier = copie / "correspondances.csv"
    texte = fichier.read_text(encoding="utf-8")
    dates = "2511,AFDAS,2019-04-01,2025-12-31,S1\n2511,Uniformation,2026-01-01,,"
    fichier.write_text(texte.replace("2511,AFDAS,2019-04-01,,", dates), encoding="utf-8")
    monkeypatch.setattr(correspondances.charger, "__defaults__", (copie,))
    monkeypatch.setattr(examen, "DOSSIER", copie)


@pytest.mark.exigence("O2")
def test_an_update_of_the_data_applies_itself(
    programme: Programme,
    associations: dict[str, int],
    etat: Etat,
    bureau: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At the next start, once; the report lies on the desktop and in the reports folder."""
    with programme.transaction() as t:
        service.appliquer(t)
    assert etat()["sport"][0] == "AFDAS"
    _modifier_les_donnees(tmp_path, monkeypatch)

    ouvrir(programme.dossier).fermer()
    assert etat()["sport"] == ("Uniformation", ["Uniformation"])
    with programme.transaction() as t:
        (derniere, _) = service.lister_applications(t)
    assert (derniere.origine, derniere.par, derniere.changes) == ("mise_a_jour", "système", 1)
    assert (derniere.examines, derniere.sans_correspondance) == (len(associations), 4)
    nom = "Rapport mise à jour caisses OPCO.txt"
    for dossier in (bureau, programme.dossier / "rapports"):
        octets = (dossier / nom).read_bytes()
        assert octets.startswith(b"\xef\xbb\xbf")
        assert octets.count(b"\n") == octets.count(b"\r\n") > 20
        rapport = octets.decode("utf-8-sig")
        assert "Sport (dossier Courant) – IDCC 2511" in rapport
        assert "La convention 0054 est clôturée le 31/12/2023" in rapport
        assert "Close (dossier Ancien, archivé)" in rapport

    avant = contenu(programme)
    ouvrir(programme.dossier).fermer()
    assert contenu(programme) == avant


@pytest.mark.exigence("O2")
def test_a_base_of_a_former_version_is_brought_up_to_date_at_its_first_start(
    programme: Programme, etat: Etat
) -> None:
    """Its data were loaded already, but never applied."""
    with programme.transaction() as t:
        t.session.execute(text("DELETE FROM donnees_reference WHERE cle = 'opco_appliquee'"))
    ouvrir(programme.dossier).fermer()
    assert etat() == APRES


@pytest.mark.exigence("O2")
def test_a_desktop_that_cannot_be_written_is_said_not_fatal(
    programme: Programme, etat: Etat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The employers are up to date, the other report is there, the screen says why."""
    occupe = tmp_path / "bureau"
    occupe.write_text("un fichier")
    monkeypatch.setenv("CLAIRPAIE_BUREAU", str(occupe))
    with programme.transaction() as t:
        t.session.execute(text("DELETE FROM donnees_reference WHERE cle = 'opco_appliquee'"))

    ouvrir(programme.dossier).fermer()

    assert etat() == APRES
    with programme.transaction() as t:
        (application,) = service.lister_applications(t)
    assert "n’a pas pu être écrit" in application.avis
    assert str(occupe) in application.avis
    assert (programme.dossier / "rapports" / "Rapport mise à jour caisses OPCO.txt").is_file()


def test_the_desktop_is_the_systems_own_when_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XDG on Linux; nothing where there is no such folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(tmp_path / "Bureau"))
    assert service.bureau("") is None
    (tmp_path / "Bureau").mkdir()
    assert service.bureau("") == tmp_path / "Bureau"
    assert service.bureau(str(tmp_path)) == tmp_path
