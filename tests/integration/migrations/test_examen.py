"""What a base file is, before anything is written to it."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app import migrations
from app.assemblage import ouvrir, ouvrir_base
from app.noyau.erreurs import ErreurMetier
from app.socle.base import APPLICATION_ID
from app.socle.errors import BaseEndommagee, BaseEtrangere, BaseTropRecente


def test_a_base_is_marked_as_ours(base: Path) -> None:
    """In its header, with the revision in its table and WAL kept by the file."""
    connexion = sqlite3.connect(base)

    assert connexion.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connexion.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connexion.close()
    assert migrations.examiner(base) == migrations.DERNIERE


def test_nothing_and_an_empty_file_are_new_bases(tmp_path: Path) -> None:
    """As is one that was only marked before the power went."""
    vide, marquee = tmp_path / "vide", tmp_path / "marquee"
    vide.touch()
    connexion = sqlite3.connect(marquee)
    connexion.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connexion.execute("PRAGMA journal_mode = WAL")
    connexion.close()

    assert migrations.examiner(tmp_path / "absente") is None
    assert migrations.examiner(vide) is None
    assert migrations.examiner(marquee) is None
    ouvrir_base(marquee).fermer()
    assert migrations.examiner(marquee) == migrations.DERNIERE


def _sql(chemin: Path, *ordres: str) -> None:
    connexion = sqlite3.connect(chemin)
    for ordre in ordres:
        connexion.execute(ordre)
    connexion.commit()
    connexion.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connexion.close()


def _du_futur(chemin: Path) -> None:
    _sql(chemin, "UPDATE alembic_version SET version_num = '9999'")


def _d_un_autre_programme(chemin: Path) -> None:
    chemin.unlink()
    _sql(chemin, "CREATE TABLE contacts (nom)", "INSERT INTO contacts VALUES ('x')")


def _d_un_autre_alembic(chemin: Path) -> None:
    _sql(chemin, "PRAGMA application_id = 12")


def _sans_revision(chemin: Path) -> None:
    _sql(chemin, "DROP TABLE alembic_version")


def _texte(chemin: Path) -> None:
    chemin.write_text("Ceci n'est pas une base. " * 500)


def _tronquee(chemin: Path) -> None:
    contenu = chemin.read_bytes()
    chemin.write_bytes(contenu[: len(contenu) // 2])


def _ecrasee(chemin: Path) -> None:
    contenu = bytearray(chemin.read_bytes())
    milieu = len(contenu) * 3 // 4 // 4096 * 4096
    contenu[milieu : milieu + 16384] = b"\xaa" * 16384
    chemin.write_bytes(contenu)


def _dossier(chemin: Path) -> None:
    chemin.unlink()
    chemin.mkdir()
    (chemin / "x").write_text("x")


@pytest.mark.parametrize(
    ("abimer", "refus", "mots"),
    [
        (_du_futur, BaseTropRecente, "schéma 9999"),
        (_d_un_autre_programme, BaseEtrangere, "d’un autre programme"),
        (_d_un_autre_alembic, BaseEtrangere, "d’un autre programme"),
        (_sans_revision, BaseEtrangere, "d’un autre programme"),
        (_texte, BaseEndommagee, "pas un fichier SQLite"),
        (_tronquee, BaseEndommagee, "structure interne est abîmée"),
        (_ecrasee, BaseEndommagee, "structure interne est abîmée"),
        (_dossier, ErreurMetier, "un dossier y porte le nom de la base"),
    ],
)
def test_a_base_that_is_not_for_us_is_left_byte_for_byte(
    base: Path, abimer: Callable[[Path], None], refus: type[ErreurMetier], mots: str
) -> None:
    """From the future, foreign, damaged: refused in French, nothing written beside it either."""
    abimer(base)
    avant = base.read_bytes() if base.is_file() else b""

    with pytest.raises(refus) as dit:
        ouvrir(base.parent)

    assert mots in dit.value.texte()
    assert (base.read_bytes() if base.is_file() else b"") == avant
    assert not [f for f in base.parent.iterdir() if f.name.endswith(("-wal", "-shm", "-journal"))]


def test_what_was_left_by_a_crash_is_read_too(base: Path) -> None:
    """A revision that still stands in the WAL is seen; the file is not changed."""
    connexion = sqlite3.connect(base)
    connexion.execute("UPDATE alembic_version SET version_num = '9999'")
    connexion.commit()
    copie = base.with_name("copie.sqlite3")
    shutil.copy(base, copie)
    shutil.copy(f"{base}-wal", f"{copie}-wal")
    connexion.close()
    avant = copie.read_bytes()

    with pytest.raises(BaseTropRecente):
        migrations.examiner(copie)

    assert copie.read_bytes() == avant


def test_a_large_base_is_checked_before_a_migration_only(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ordinary start stays fast; what is about to change is checked first."""
    _ecrasee(base)
    monkeypatch.setattr(migrations, "VERIFIEE_JUSQU_A", 1000)

    assert migrations.examiner(base) == migrations.DERNIERE
    monkeypatch.setattr(migrations, "DERNIERE", "9000")
    with pytest.raises(BaseEndommagee):
        migrations.examiner(base)
