"""Restore: while the program holds the base, from a bare file, from older and newer versions."""

import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import migrations
from app.assemblage import Programme, ouvrir
from app.employeurs import service as employeurs
from app.sauvegardes import service
from app.sauvegardes.errors import (
    SauvegardeIllisible,
    SauvegardeTropRecente,
    SauvegardeVerrouillee,
)
from app.sauvegardes.rules.manifeste import Manifeste
from app.sauvegardes.service import archive
from app.socle.base import connexion_lecture
from app.socle.errors import TacheAnnulee
from app.socle.taches import Suivi
from tests.integration.sauvegardes.conftest import SAISIE


def _creer_dossier(programme: Programme, nom: str) -> None:
    with programme.transaction() as t:
        employeurs.creer_dossier(t, {"nom": nom})


def _dossiers(programme: Programme) -> list[str]:
    with programme.transaction() as t:
        return [d.nom for d in employeurs.lister_dossiers(t)]


def _saine(base: Path) -> bool:
    with closing(connexion_lecture(base)) as c:
        return bool(c.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


@pytest.mark.exigence("S7", "S8")
def test_a_base_in_use_takes_the_content_of_the_backup(programme: Programme, script: int) -> None:
    """Open connections see it at once; a safety copy holds what was there; later backups stay."""
    _creer_dossier(programme, "Avant")
    faite = service.executer_script(programme, script)
    _creer_dossier(programme, "Après")
    apres = service.executer_script(programme, script)
    with closing(connexion_lecture(programme.magasin.chemin)) as ailleurs:
        assert ailleurs.execute("SELECT count(*) FROM dossier").fetchone() == (2,)

        restauree = service.restaurer(programme, Path(faite.fichier))

        assert ailleurs.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    assert _dossiers(programme) == ["Avant"]
    assert _saine(programme.magasin.chemin)
    with programme.transaction() as t:
        vues = service.lister_sauvegardes(t, script)
        (precaution,) = service.lister_sauvegardes(t, precautions=True)
    assert {v.fichier for v in vues} == {faite.fichier, apres.fichier}
    assert precaution.fichier == restauree.precaution
    service.restaurer(programme, Path(precaution.fichier))
    assert _dossiers(programme) == ["Après", "Avant"]


@pytest.mark.exigence("S7")
def test_the_job_that_restores_ends_in_the_restored_base(programme: Programme, script: int) -> None:
    """Its own row is carried over: the screen sees « Terminé », and the next job can start."""
    faite = service.executer_script(programme, script)

    def travail(suivi: Suivi) -> dict[str, object]:
        return service.restaurer(programme, Path(faite.fichier), suivi=suivi).en_donnees()

    for _ in range(2):
        numero = programme.taches.lancer("restauration", "Restauration", travail, "essai")
        programme.taches.attendre(numero, 60)
        etat = programme.taches.etat(numero)
        assert (etat.etat, etat.message) == ("finie", "")
        assert etat.resultat["message"] == "La base a été restaurée."


@pytest.mark.exigence("S12")
def test_a_bare_file_is_enough_on_a_fresh_machine(
    programme: Programme, script: int, tmp_path: Path
) -> None:
    """Another data folder, nothing set up: content and scripts come with the file."""
    _creer_dossier(programme, "Ailleurs")
    faite = service.executer_script(programme, script)
    neuf = ouvrir(tmp_path / "neuf")
    try:
        service.restaurer(neuf, Path(faite.fichier))
        assert _dossiers(neuf) == ["Ailleurs"]
        with neuf.transaction() as t:
            (vu,) = service.lister_scripts(t)
            (sauvegarde,) = service.lister_sauvegardes(t, vu.script.id)
        assert sauvegarde.fichier == faite.fichier
    finally:
        neuf.fermer()


@pytest.mark.exigence("S9")
def test_an_encrypted_backup_wants_its_passphrase_or_its_recovery_key(
    programme: Programme, cible: Path
) -> None:
    """Neither a wrong one nor none opens it; both right ones do."""
    saisie = SAISIE | {"dossier": str(cible), "chiffrer": "1", "phrase": "le cheval d'Henri IV"}
    with programme.transaction() as t:
        cree = service.creer_script(t, saisie)
    faite = service.executer_script(programme, cree.id)
    _creer_dossier(programme, "Après")

    for cle in ("", "le cheval d'Henri V"):
        with pytest.raises(SauvegardeVerrouillee):
            service.restaurer(programme, Path(faite.fichier), cle)
    assert _dossiers(programme) == ["Après"]
    for cle in ("le cheval d'Henri IV", cree.cle):
        service.restaurer(programme, Path(faite.fichier), cle)
        assert _dossiers(programme) == []
        _creer_dossier(programme, "Après")


def _ecrire(base: Path, fichier: Path, schema: str) -> None:
    """Write a backup of any base file."""

    def decrire(taille: int, somme: str) -> Manifeste:
        quand = datetime(2026, 1, 2, tzinfo=UTC)
        return Manifeste("Vieille", "9.9.9", schema, quand, taille, somme)

    with archive.immobiliser(base, fichier.parent) as fixe:
        archive.ecrire(fixe, fichier, decrire)


@pytest.mark.exigence("S8")
def test_a_newer_backup_is_refused(programme: Programme, tmp_path: Path) -> None:
    """The message names the version; the base is as it was, no copy was made."""
    _creer_dossier(programme, "Ici")
    fichier = tmp_path / "neuve.clairpaie"
    _ecrire(programme.magasin.chemin, fichier, "9999")

    with pytest.raises(SauvegardeTropRecente, match=r"9\.9\.9"):
        service.restaurer(programme, fichier)

    assert _dossiers(programme) == ["Ici"]
    assert not (programme.dossier / "precautions").exists()


@pytest.mark.exigence("S8")
def test_an_older_backup_is_migrated_forward(programme: Programme, tmp_path: Path) -> None:
    """A base of revision 0004 comes out with the tables of today."""
    from alembic import command
    from alembic.config import Config

    from app.socle.base import APPLICATION_ID, ouvrir_moteur

    vieille, fichier = tmp_path / "vieille.sqlite3", tmp_path / "vieille.clairpaie"
    moteur, config = ouvrir_moteur(vieille), Config()
    config.set_main_option("script_location", str(migrations.DOSSIER))
    with moteur.connect() as connexion:
        connexion.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        config.attributes["connection"] = connexion
        command.upgrade(config, "0004")
        connexion.exec_driver_sql(
            "INSERT INTO dossier (nom, note, version, cree_a, modifie_a) "
            "VALUES ('Ancien', '', 1, '2025-01-01', '2025-01-01')"
        )
        connexion.commit()
    moteur.dispose()
    _ecrire(vieille, fichier, "0004")

    service.restaurer(programme, fichier)

    assert _dossiers(programme) == ["Ancien"]
    with closing(connexion_lecture(programme.magasin.chemin)) as c:
        assert c.execute("SELECT version_num FROM alembic_version").fetchone() == (
            migrations.DERNIERE,
        )


@pytest.mark.exigence("S8")
@pytest.mark.parametrize("taille", [0, 10, 1000])
def test_an_unfinished_file_is_refused(
    programme: Programme, script: int, tmp_path: Path, taille: int
) -> None:
    """Empty or cut short: said, and the base is as it was."""
    faite = service.executer_script(programme, script)
    court = tmp_path / "court.clairpaie"
    court.write_bytes(Path(faite.fichier).read_bytes()[:taille])

    with pytest.raises(SauvegardeIllisible):
        service.restaurer(programme, court)


@pytest.mark.exigence("S8")
def test_a_restore_that_is_cancelled_at_the_last_step_changes_nothing(
    programme: Programme, script: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped in the middle of the pages: the old content, whole."""
    monkeypatch.setattr(archive, "PAGES", 10)
    faite = service.executer_script(programme, script)
    _creer_dossier(programme, "Après")

    class Arret:
        def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
            if libelle == "Remplacement de la base":
                raise TacheAnnulee

        def annule(self) -> bool:
            return True

    with pytest.raises(TacheAnnulee):
        service.restaurer(programme, Path(faite.fichier), suivi=Arret())

    assert _dossiers(programme) == ["Après"]
    assert _saine(programme.magasin.chemin)


def test_a_flipped_bit_is_found_by_the_verification(programme: Programme, script: int) -> None:
    """The good one stays good; the bad one is marked, and refused."""
    faites = [service.executer_script(programme, script) for _ in range(2)]
    abime = Path(faites[0].fichier)
    octets = bytearray(abime.read_bytes())
    octets[len(octets) // 2] ^= 1
    abime.write_bytes(octets)

    verdicts = service.verifier_sauvegardes(programme)

    assert {v.sauvegarde.id: v.resultat for v in verdicts} == {
        faites[0].id: "mauvaise",
        faites[1].id: "entiere",
    }
    with programme.transaction() as t:
        etats = {v.id: v.etat_en_mots for v in service.lister_sauvegardes(t, script)}
    assert etats == {faites[0].id: "abîmée", faites[1].id: "vérifiée"}


def test_a_backup_opens_with_common_tools(
    programme: Programme, script: int, tmp_path: Path
) -> None:
    """unzip, zstd, sqlite3: no need of the program (S12)."""
    import zstandard

    _creer_dossier(programme, "Ouvert")
    faite = service.executer_script(programme, script)
    with zipfile.ZipFile(faite.fichier) as zip_, zip_.open("base.sqlite3.zst") as lu:
        base = tmp_path / "base.sqlite3"
        with base.open("wb") as sortie:
            zstandard.ZstdDecompressor().copy_stream(lu, sortie)
    with closing(sqlite3.connect(base)) as c:
        assert c.execute("SELECT nom FROM dossier").fetchall() == [("Ouvert",)]


@pytest.mark.exigence("S8")
def test_a_damaged_base_is_kept_aside_and_replaced(programme: Programme, script: int) -> None:
    """What cannot be saved is copied as it is; the backup takes its place all the same."""
    _creer_dossier(programme, "Avant")
    faite = service.executer_script(programme, script)
    base = programme.magasin.chemin
    with closing(sqlite3.connect(base, isolation_level=None)) as c:
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        (taille,) = c.execute("PRAGMA page_size").fetchone()
        table = "SELECT rootpage FROM sqlite_master WHERE name = 'ligne_bulletin'"
        (racine,) = c.execute(table).fetchone()
    with base.open("r+b") as fichier:
        fichier.seek((racine - 1) * taille)
        fichier.write(b"\xff" * 64)
    with pytest.raises(sqlite3.DatabaseError):
        _saine(base)

    restauree = service.restaurer(programme, Path(faite.fichier))

    assert _saine(base)
    assert _dossiers(programme) == ["Avant"]
    gardee = Path(restauree.precaution)
    assert gardee.name.startswith("base-abimee-")
    with pytest.raises(sqlite3.DatabaseError):
        _saine(gardee / base.name)
