"""Scripts: created, changed, run, kept; what is wrong with them, and put right."""

import resource
import signal
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.assemblage import Programme
from app.desktop.serveur import Serveur
from app.noyau.erreurs import DonneesRefusees
from app.sauvegardes import service
from app.sauvegardes.errors import (
    EmplacementIndisponible,
    SauvegardeEnCours,
    ScriptEnDouble,
)
from app.sauvegardes.models import Sauvegarde, ScriptSauvegarde
from app.sauvegardes.rules.etats import DATE, EMPLACEMENT
from app.sauvegardes.service import archive
from app.sauvegardes.service.executer import exclusif
from app.sauvegardes.service.regard import regarder
from app.socle import horloge, journal
from app.socle.boucle import Boucle
from app.socle.journal import TENU
from tests.integration.sauvegardes.conftest import SAISIE


def _servie(programme: Programme, script: int, quand: datetime) -> None:
    stocke = quand.replace(tzinfo=None)
    with programme.transaction() as t:
        requete = update(ScriptSauvegarde).where(ScriptSauvegarde.id == script)
        t.session.execute(
            requete.values(servie_a=stocke),
            execution_options=TENU,
        )


@pytest.mark.exigence("S2", "S3")
@pytest.mark.usefixtures("script")
def test_a_script_runs_next_at_its_hour(programme: Programme) -> None:
    """« Tous les 1 jour à 23:00 depuis le 01/09/2020 » : tonight at 23:00, nothing owed before."""
    with programme.transaction() as t:
        (vu,) = service.lister_scripts(t)
        dus = service.scripts_dus(t)

    assert vu.script.nom == "Chaque nuit"
    assert vu.echeance.suivante is not None
    local = vu.echeance.suivante.astimezone(horloge.PARIS)
    assert (local.hour, local.minute) == (23, 0)
    assert vu.echeance.suivante - horloge.maintenant() <= timedelta(days=1, hours=1)
    assert dus == []


@pytest.mark.exigence("S2", "A1")
def test_what_is_wrong_is_said_beside_each_field(programme: Programme, tmp_path: Path) -> None:
    """A relative folder, a strange hour, a short passphrase; nothing is written."""
    saisie = SAISIE | {"dossier": "coffre", "heure": "25:00", "chiffrer": "1", "phrase": "court"}
    with pytest.raises(DonneesRefusees) as refus, programme.transaction() as t:
        service.creer_script(t, saisie)

    assert {c.champ for c in refus.value.constats} == {"dossier", "heure", "phrase"}
    with pytest.raises(DonneesRefusees), programme.transaction() as t:
        service.creer_script(t, SAISIE | {"dossier": str(tmp_path / "absent" / "coffre")})
    with programme.transaction() as t:
        assert service.lister_scripts(t) == []


@pytest.mark.usefixtures("script")
def test_two_names_that_give_one_prefix_are_refused(programme: Programme, cible: Path) -> None:
    """Their files would mix."""
    saisie = SAISIE | {"nom": "chaque  NUIT !", "dossier": str(cible)}
    with pytest.raises(ScriptEnDouble), programme.transaction() as t:
        service.creer_script(t, saisie)


@pytest.mark.exigence("S4", "S5", "S9")
def test_a_run_leaves_a_verified_file_and_five_are_kept(
    programme: Programme, script: int, cible: Path
) -> None:
    """Seven runs: the last five stay, on the disk as in the list, newest first."""
    faites = [service.executer_script(programme, script) for _ in range(7)]

    with programme.transaction() as t:
        vues = service.lister_sauvegardes(t, script)
    assert [v.fichier for v in vues] == [f.fichier for f in reversed(faites[2:])]
    assert sorted(str(f) for f in cible.iterdir()) == sorted(v.fichier for v in vues)
    assert [v.rang for v in vues] == [1, 2, 3, 4, 5]
    assert archive.verifier(Path(vues[0].fichier)).script == "Chaque nuit"


def test_backups_of_a_clock_that_was_ahead_go_first(programme: Programme, script: int) -> None:
    """A year ahead by mistake: those dates never push out the backups of today."""
    for _ in range(5):
        service.executer_script(programme, script)
    with programme.transaction() as t:
        for s in t.session.scalars(select(Sauvegarde)):
            s.faite_a += timedelta(days=365)

    derniere = service.executer_script(programme, script)

    with programme.transaction() as t:
        vues = service.lister_sauvegardes(t, script)
    assert len(vues) == 5
    assert derniere.fichier in {v.fichier for v in vues}
    assert Path(derniere.fichier).exists()


@pytest.mark.exigence("S10")
def test_missed_runs_are_caught_up_by_one(programme: Programme, script: int, cible: Path) -> None:
    """Ten nights with the computer off: one backup at the next start, nothing more due."""
    _servie(programme, script, horloge.maintenant() - timedelta(days=10))
    boucle = Boucle(programme, [regarder])

    [numero] = boucle.passer()

    programme.taches.attendre(numero, 60)
    assert programme.taches.etat(numero).etat == "finie"
    assert len(list(cible.iterdir())) == 1
    assert boucle.passer() == []


@pytest.mark.exigence("A1")
def test_a_folder_that_is_gone_is_named_and_the_script_stays(
    programme: Programme, script: int, cible: Path
) -> None:
    """The failure is kept with its cause and remedy; once the folder is back, all is well."""
    cible.rename(cible.with_name("ailleurs"))

    with pytest.raises(EmplacementIndisponible) as refus:
        service.executer_script(programme, script)

    assert "renommé" in refus.value.texte()
    with programme.transaction() as t:
        vus = service.lister_scripts(t)
        (anomalie,) = service.anomalies_de(t, vus)
        temoin = service.lire_temoin(t)
    assert anomalie.genre == EMPLACEMENT
    assert str(cible) in anomalie.cause
    assert "Parcourir" in anomalie.remede
    assert temoin.genre == "erreur"
    cible.with_name("ailleurs").rename(cible)
    service.executer_script(programme, script)
    with programme.transaction() as t:
        assert service.anomalies_de(t, service.lister_scripts(t)) == []
        assert service.lire_temoin(t).genre == "bon"


@pytest.mark.exigence("A1")
def test_a_failed_run_is_not_tried_again_at_once(
    programme: Programme, script: int, cible: Path
) -> None:
    """Half an hour passes before the loop tries again; a person may at any time."""
    _servie(programme, script, horloge.maintenant() - timedelta(days=2))
    cible.rmdir()
    boucle = Boucle(programme, [regarder])
    [numero] = boucle.passer()
    programme.taches.attendre(numero, 60)

    assert programme.taches.etat(numero).etat == "echouee"
    assert boucle.passer() == []


@pytest.mark.exigence("A2")
def test_the_location_is_changed_or_the_dates_pushed_back(
    programme: Programme, script: int, cible: Path
) -> None:
    """« Parcourir », « Repousser les dates »."""
    cible.rmdir()
    with pytest.raises(EmplacementIndisponible):
        service.executer_script(programme, script)
    autre = cible.with_name("autre")
    autre.mkdir()
    au = horloge.aujourd_hui() + timedelta(days=30)

    with programme.transaction() as t:
        service.deplacer_script(t, script, str(autre))
        service.repousser_script(t, script, au)

    with programme.transaction() as t:
        (vu,) = service.lister_scripts(t)
        assert service.anomalies_de(t, [vu]) == []
    assert vu.echeance.suivante is not None
    assert vu.echeance.suivante.astimezone(horloge.PARIS).date() == au
    service.executer_script(programme, script)
    assert len(list(autre.iterdir())) == 1


@pytest.mark.exigence("A3")
@pytest.mark.parametrize("jours", [-3, 400])
def test_wrong_dates_are_found_and_put_right_by_one_button(
    programme: Programme, script: int, jours: int
) -> None:
    """A run that never came, or one said to have been in the future: the clock was wrong."""
    _servie(programme, script, horloge.maintenant() + timedelta(days=jours))
    with programme.transaction() as t:
        (anomalie,) = service.anomalies_de(t, service.lister_scripts(t))
    assert anomalie.genre == DATE

    with programme.transaction() as t:
        service.remettre_a_jour(t, [script])

    with programme.transaction() as t:
        assert service.anomalies_de(t, service.lister_scripts(t)) == []
        assert service.scripts_dus(t) == []


@pytest.mark.exigence("G5")
def test_a_script_is_journalled_and_its_deletion_undone(programme: Programme, cible: Path) -> None:
    """Its keys come back with it: backups do not turn clear in silence."""
    saisie = SAISIE | {"dossier": str(cible), "chiffrer": "1", "phrase": "le cheval d'Henri IV"}
    with programme.transaction() as t:
        cree = service.creer_script(t, saisie)
    assert cree.cle.startswith("AGE-SECRET-KEY-")
    with programme.transaction() as t:
        service.supprimer_script(t, cree.id)
    with programme.transaction() as t:
        entree = journal.derniere_entree(t.session, "script_sauvegarde", cree.id)
        assert entree is not None
        journal.annuler_entree(t.session, entree)

    faite = service.executer_script(programme, cree.id)

    assert archive.lire_manifeste(Path(faite.fichier)).chiffree
    assert archive.verifier(Path(faite.fichier), archive.cle_de(Path(faite.fichier), cree.cle))


@pytest.mark.exigence("S9")
def test_two_runs_at_once_are_refused(programme: Programme, script: int, cible: Path) -> None:
    """The second says so and leaves no failure behind: the first one goes on."""
    with exclusif(programme.dossier), pytest.raises(SauvegardeEnCours):
        service.executer_script(programme, script)
    with programme.transaction() as t:
        assert service.anomalies_de(t, service.lister_scripts(t)) == []
    assert list(cible.iterdir()) == []


def test_files_tell_of_backups_that_the_list_forgot(
    programme: Programme, script: int, cible: Path
) -> None:
    """Killed between the file and its row; another script's file and rubbish are left alone."""
    faite = service.executer_script(programme, script)
    (cible / "chaque-nuit-vide.clairpaie").touch()
    with programme.transaction() as t:
        t.session.delete(t.session.get_one(Sauvegarde, faite.id))

    with programme.transaction() as t:
        service.relever(t)
        (vue,) = service.lister_sauvegardes(t, script)

    assert vue.fichier == faite.fichier
    Path(faite.fichier).unlink()
    with programme.transaction() as t:
        service.relever(t)
        (vue,) = service.lister_sauvegardes(t, script)
    assert vue.etat_en_mots == "fichier absent"


def test_changing_the_planning_forgets_what_was_owed(
    programme: Programme, script: int, cible: Path
) -> None:
    """A new start in the past runs at its next hour, not at once."""
    _servie(programme, script, horloge.maintenant() - timedelta(days=10))
    saisie = SAISIE | {"dossier": str(cible), "debut_le": "01/01/2021"}

    with programme.transaction() as t:
        service.modifier_script(t, script, saisie)

    with programme.transaction() as t:
        assert service.scripts_dus(t) == []
        assert service.lire_script(t, script).planning.debut == date(2021, 1, 1)


@pytest.mark.exigence("A1")
def test_a_folder_that_is_full_is_named(programme: Programme, script: int, cible: Path) -> None:
    """Files may not grow past 8 kB: cause and remedy are said, nothing stays, the script does."""
    avant = resource.getrlimit(resource.RLIMIT_FSIZE)
    limite = {"faite": False}

    class Remplir:
        """Closes the tap when compression begins: the base itself is written to no more."""

        def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
            if libelle == "Compression" and not limite["faite"]:
                limite["faite"] = True
                resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, avant[1]))

        def annule(self) -> bool:
            return False

    def lever(_signal: int, _cadre: object) -> None:
        """Give room back once the backup was refused."""
        resource.setrlimit(resource.RLIMIT_FSIZE, avant)

    ancien = signal.signal(signal.SIGXFSZ, lever)
    try:
        with pytest.raises(EmplacementIndisponible, match="plus de place") as refus:
            service.executer_script(programme, script, Remplir())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, avant)
        signal.signal(signal.SIGXFSZ, ancien)
    assert "Libérez de la place" in refus.value.texte_remede()
    assert list(cible.iterdir()) == []
    with programme.transaction() as t:
        assert [vu.script.id for vu in service.lister_scripts(t)] == [script]


@pytest.mark.exigence("S5", "S10")
def test_the_server_runs_what_is_due_once_it_is_complete(
    programme: Programme, script: int, cible: Path
) -> None:
    """The real loop, in the real server: one night was missed."""
    _servie(programme, script, horloge.maintenant() - timedelta(days=3))
    serveur = Serveur(programme)
    serveur.demarrer()
    try:
        serveur.completer()
        fin = time.monotonic() + 30
        while not list(cible.glob("*.clairpaie")) and time.monotonic() < fin:
            time.sleep(0.05)
    finally:
        serveur.arreter()
    assert len(list(cible.glob("*.clairpaie"))) == 1
