"""The base on a real file: settings of SQLite, reading apart, what is said when it refuses."""

import errno
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import IntegrityError

from app.employeurs.models import Dossier, Employeur
from app.noyau.erreurs import ErreurMetier
from app.socle.base import (
    APPLICATION_ID,
    ATTENTE_MS,
    Base,
    Horodatage,
    connexion_lecture,
    ouvrir_moteur,
    regler_connexion,
    traduire,
)
from app.socle.errors import BaseEnLectureSeule, BaseOccupee
from app.socle.transaction import Magasin


@pytest.mark.parametrize(
    ("pragma", "attendu"),
    [
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("busy_timeout", ATTENTE_MS),
        ("synchronous", 2),
        ("application_id", APPLICATION_ID),
    ],
)
def test_sqlite_is_set_for_safety(magasin: Magasin, pragma: str, attendu: object) -> None:
    """Foreign keys held, WAL, patience before « busy », each commit flushed to the disk."""
    with magasin.transaction("essai") as t:
        assert t.session.execute(text(f"PRAGMA {pragma}")).scalar() == attendu


def test_a_copy_made_without_wal_gets_it_back(magasin: Magasin, tmp_path: Path) -> None:
    """VACUUM INTO writes a file in the old mode; opening it is enough."""
    copie = tmp_path / "copie.sqlite3"
    with magasin.moteur.connect() as connexion:
        connexion.execute(text("VACUUM INTO :vers"), {"vers": str(copie)})

    ouvert = Magasin(copie)
    with ouvert.transaction("essai") as t:
        assert t.session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    ouvert.fermer()


def test_a_row_that_hangs_on_nothing_is_refused(magasin: Magasin) -> None:
    """Foreign keys are really held."""
    with pytest.raises(IntegrityError), magasin.transaction("essai") as t:
        t.session.add(Employeur(dossier_id=999, raison_sociale="Sans dossier"))


def test_searching_without_accents_is_known_to_sql(magasin: Magasin, chemin: Path) -> None:
    """The same key as in Python, on both kinds of connection; nothing stays nothing."""
    with magasin.transaction("essai") as t:
        assert t.session.scalar(select(func.sans_accents("L’Été"))) == "l'ete"
        assert t.session.scalar(select(func.sans_accents(None))) is None
    lecture = connexion_lecture(chemin)
    assert lecture.execute("SELECT sans_accents('L’Été'), sans_accents(12)").fetchone() == (
        "l'ete",
        "12",
    )
    lecture.close()


def test_the_reading_connection_refuses_every_write(chemin: Path) -> None:
    """Rows, tables and settings: read-only is the file's own opening, not a promise."""
    lecture = connexion_lecture(chemin)

    for ordre in (
        "DELETE FROM employeur",
        "CREATE TABLE x (y)",
        "PRAGMA user_version = 3",
        "PRAGMA query_only = OFF; ",
    ):
        if "query_only" in ordre:
            lecture.execute(ordre)
            ordre = "UPDATE employeur SET commune = 'X'"  # noqa: PLW2901 -- what it would free
        with pytest.raises(sqlite3.OperationalError) as refus:
            lecture.execute(ordre)
        assert isinstance(traduire(refus.value, chemin), BaseEnLectureSeule)
    assert lecture.execute("SELECT count(*) FROM employeur").fetchone() == (1,)
    lecture.close()


def test_reading_sees_what_is_committed_while_another_writes(
    magasin: Magasin, chemin: Path
) -> None:
    """WAL: a reader is not stopped by a writer and sees the last committed state."""
    with magasin.transaction("essai") as t:
        t.session.add(Dossier(nom="En cours"))
        t.session.flush()
        lecture = connexion_lecture(chemin)
        assert lecture.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    assert lecture.execute("SELECT count(*) FROM dossier").fetchone() == (2,)
    lecture.close()


def _provoquer(chemin: Path, ordre: Callable[[sqlite3.Connection], object]) -> sqlite3.Error:
    connexion = sqlite3.connect(chemin, timeout=0)
    try:
        with pytest.raises(sqlite3.Error) as refus:
            ordre(connexion)
    finally:
        connexion.close()
    return refus.value


def test_a_busy_base_is_said_so(magasin: Magasin, chemin: Path) -> None:
    """Another program holds the writer's lock."""
    with magasin.transaction("essai") as t:
        t.session.add(Dossier(nom="Occupé"))
        t.session.flush()
        erreur = _provoquer(chemin, lambda c: c.execute("DELETE FROM journal"))

    assert isinstance(traduire(erreur, chemin), BaseOccupee)  # type: ignore[arg-type]


def test_a_base_held_by_another_program_is_refused_with_its_words(
    magasin: Magasin, chemin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction raises the refusal itself; nothing was written, and it works afterwards."""
    monkeypatch.setattr("app.socle.base.ATTENTE_MS", 50)
    autre = sqlite3.connect(chemin, isolation_level=None)
    autre.execute("BEGIN IMMEDIATE")

    with pytest.raises(BaseOccupee) as refus, magasin.transaction("essai") as t:
        t.session.add(Dossier(nom="Patience"))
    autre.execute("ROLLBACK")
    autre.close()
    with magasin.transaction("essai") as t:
        t.session.add(Dossier(nom="Patience"))

    assert refus.value.code == "TEC-206"


def test_a_base_that_is_full_is_said_so(chemin: Path) -> None:
    """SQLite's own limit of pages answers as a full disk does."""

    def remplir(connexion: sqlite3.Connection) -> None:
        connexion.execute("PRAGMA max_page_count = 1")
        connexion.execute("CREATE TABLE gros AS SELECT zeroblob(1000000)")

    refus = traduire(_provoquer(chemin, remplir), chemin)  # type: ignore[arg-type]

    assert refus is not None
    assert refus.code == "TEC-205"


def test_a_file_that_is_no_base_is_said_so(tmp_path: Path) -> None:
    """In French, with what is wrong."""
    chemin = tmp_path / "lettre.sqlite3"
    chemin.write_text("Ceci n'est pas une base. " * 100)

    refus = traduire(_provoquer(chemin, lambda c: c.execute("SELECT 1 FROM x")), chemin)  # type: ignore[arg-type]

    assert refus is not None
    assert refus.code == "TEC-201"
    assert "ce n’est pas un fichier SQLite" in refus.texte()


def test_a_damaged_base_is_said_so(chemin: Path) -> None:
    """Pages overwritten in the middle of the file."""
    contenu = bytearray(chemin.read_bytes())
    contenu[4096:] = bytes(b"\xff" * (len(contenu) - 4096))
    chemin.write_bytes(contenu)

    refus = traduire(_provoquer(chemin, lambda c: c.execute("SELECT * FROM employeur")), chemin)  # type: ignore[arg-type]

    assert refus is not None
    assert refus.code == "TEC-201"


def test_a_folder_that_is_gone_is_said_so(tmp_path: Path) -> None:
    """The base cannot be opened where it should be."""
    chemin = tmp_path / "parti" / "base.sqlite3"
    moteur = ouvrir_moteur(chemin)

    with pytest.raises(sqlite3.OperationalError) as refus:
        sqlite3.connect(chemin)
    magasin = Magasin(chemin)
    with pytest.raises(ErreurMetier) as aussi, magasin.transaction("essai") as t:
        t.session.execute(text("SELECT 1"))

    assert traduire(refus.value, chemin) is not None
    assert aussi.value.code == "TEC-204"
    moteur.dispose()


class _Panne(sqlite3.OperationalError):
    """What SQLite raises when a write fails for a reason that it does not tell."""

    sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE


@pytest.mark.parametrize(
    ("cause", "code"), [(None, "TEC-218"), (errno.EDQUOT, "TEC-205"), (errno.EIO, "TEC-218")]
)
def test_a_disk_that_fails_is_told_from_one_that_is_full(
    chemin: Path, monkeypatch: pytest.MonkeyPatch, cause: int | None, code: str
) -> None:
    """The system is asked by a write of our own; a quota is a want of room."""

    def refuser(*_: object, **__: object) -> None:
        raise OSError(cause, "refused")

    if cause is not None:
        monkeypatch.setattr("app.socle.base.tempfile.TemporaryFile", refuser)

    refus = traduire(_Panne("disk I/O error"), chemin)

    assert refus is not None
    assert refus.code == code


def test_what_is_no_trouble_of_the_disk_is_a_bug(chemin: Path) -> None:
    """Wrong SQL, wrong files: no refusal is made up for them."""
    plein = traduire(OSError(errno.ENOSPC, "x"), chemin)

    assert traduire(sqlite3.OperationalError("no such table"), chemin) is None
    assert traduire(FileNotFoundError(errno.ENOENT, "x"), chemin) is None
    assert plein is not None
    assert plein.code == "TEC-205"


def test_another_database_than_sqlite_is_left_alone() -> None:
    """The settings are SQLite's; an engine of a networked tiers is made from its address."""
    regler_connexion(object(), None)  # type: ignore[arg-type]

    moteur = ouvrir_moteur(Path("x"), "sqlite://")

    assert str(moteur.url) == "sqlite://"
    moteur.dispose()
    assert create_engine("sqlite://").url == moteur.url


def test_two_threads_write_one_after_the_other(magasin: Magasin) -> None:
    """One writer at a time, each waits for the other; nothing is lost."""

    def ecrire(numero: int) -> None:
        for i in range(5):
            with magasin.transaction(f"fil {numero}") as t:
                t.session.add(Dossier(nom=f"{numero}-{i}"))

    fils = [threading.Thread(target=ecrire, args=(n,)) for n in range(3)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    with magasin.transaction("essai") as t:
        assert t.session.scalar(select(func.count()).select_from(Dossier)) == 1 + 15


def test_every_journalled_table_is_fit_for_it() -> None:
    """A number never given twice, a version, instants, a name to be called by."""
    for mappeur in Base.registry.mappers:
        classe, table = mappeur.class_, Base.metadata.tables[mappeur.class_.__tablename__]
        if not (classe.libelle_journal and getattr(classe, "journal_automatique", True)):
            continue
        assert classe.hors_journal <= set(table.columns.keys())
        assert [c.name for c in table.primary_key] == ["id"], classe
        assert table.dialect_options["sqlite"]["autoincrement"], classe
        assert mappeur.version_id_col is table.c.version
        assert "__str__" in vars(classe), classe
        assert issubclass(classe, Horodatage), classe
