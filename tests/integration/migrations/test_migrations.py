"""Schema: from nothing, from an older one, never half-way; other bases are left as they are."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app import migrations
from app.assemblage import ouvrir, ouvrir_base
from app.migrations import modeles
from app.noyau.erreurs import ErreurMetier
from app.socle.base import APPLICATION_ID, NOM_FICHIER, Base, ouvrir_moteur
from app.socle.errors import BaseEndommagee, BaseEtrangere, BaseTropRecente

VERSIONS = sorted((migrations.DOSSIER / "versions").glob("*.py"))


@pytest.fixture(scope="module")
def neuve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base made from nothing, closed."""
    chemin = tmp_path_factory.mktemp("neuve") / NOM_FICHIER
    ouvrir_base(chemin).fermer()
    return chemin


@pytest.fixture
def base(neuve: Path, tmp_path: Path) -> Path:
    """A private copy of it."""
    return Path(shutil.copy(neuve, tmp_path / NOM_FICHIER))


def _lignes(chemin: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    connexion = sqlite3.connect(chemin)
    tables = connexion.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    contenu = {t: connexion.execute(f'SELECT * FROM "{t}"').fetchall() for (t,) in tables}  # noqa: S608 -- names of tables
    connexion.close()
    return contenu


def _schema(chemin: Path) -> list[tuple[object, ...]]:
    connexion = sqlite3.connect(chemin)
    schema = connexion.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    connexion.close()
    return schema


def test_the_last_revision_is_that_of_the_last_file() -> None:
    """And the files make one chain, each named after its number."""
    revisions = [
        (
            fichier.name[:4],
            re.search(r'^revision = "(\w+)"', source, re.MULTILINE),
            re.search(r'^down_revision = (?:"(\w+)"|None)', source, re.MULTILINE),
        )
        for fichier in VERSIONS
        for source in [fichier.read_text(encoding="utf-8")]
    ]

    precedente = None
    for numero, revision, avant in revisions:
        assert revision is not None
        assert avant is not None
        assert (revision[1], avant[1]) == (numero, precedente)
        precedente = numero
    assert precedente == migrations.DERNIERE


def test_a_new_base_has_the_schema_of_the_models(base: Path) -> None:
    """Alembic finds no difference: tables, columns, types, indexes, keys, defaults."""
    moteur = ouvrir_moteur(base)
    with moteur.connect() as connexion:
        contexte = MigrationContext.configure(
            connexion, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(contexte, modeles.METADATA)
    moteur.dispose()

    assert differences == []


def test_checks_and_numbers_are_those_of_the_models(base: Path) -> None:
    """What Alembic does not compare: CHECK constraints, and numbers never given twice."""
    sql = {nom: str(definition) for genre, nom, definition in _schema(base) if genre == "table"}

    for table in modeles.METADATA.sorted_tables:
        unique = bool(table.dialect_options["sqlite"]["autoincrement"])
        assert ("AUTOINCREMENT" in sql[table.name]) == unique, table.name
        for contrainte in table.constraints:
            if contrainte.__visit_name__ == "check_constraint":
                assert str(contrainte.name) in sql[table.name]


def test_every_table_of_the_program_is_known_to_the_migrations() -> None:
    """A model that `modeles` forgets would never have its table."""
    source = "import importlib, pkgutil, app, app.migrations.modeles as m\n"
    source += "connues = set(m.METADATA.tables)\n"
    source += "for x in pkgutil.walk_packages(app.__path__, 'app.'):\n"
    source += "    if x.name.split('.')[-1] == 'models' or '.models.' in x.name:\n"
    source += "        importlib.import_module(x.name)\n"
    source += "print(sorted(set(m.METADATA.tables) - connues))\n"

    vu = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    ).stdout

    assert vu.strip() == "[]"


def test_down_and_up_again_gives_the_same_schema(base: Path) -> None:
    """The way back of each migration is whole."""
    from alembic import command
    from alembic.config import Config

    avant = _schema(base)
    config = Config()
    config.set_main_option("script_location", str(migrations.DOSSIER))
    moteur = ouvrir_moteur(base)
    with moteur.connect() as connexion:
        migrations._preparer(connexion)
        config.attributes["connection"] = connexion
        command.downgrade(config, "base")
        connexion.commit()
    vide = [nom for genre, nom, _ in _schema(base) if genre == "table"]
    migrations.mettre_a_jour(moteur)
    moteur.dispose()

    assert set(vide) <= {"alembic_version", "sqlite_sequence"}
    assert _schema(base) == avant


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


def test_opening_again_changes_nothing(dossier_demo: Path) -> None:
    """A populated base keeps every row, and no migration runs."""
    chemin = dossier_demo / NOM_FICHIER
    avant = _lignes(chemin)

    ouvrir(dossier_demo).fermer()

    apres = _lignes(chemin)
    assert len(avant["salarie"]) == 400
    assert apres == avant


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
    milieu = len(contenu) // 2 // 4096 * 4096
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


SUITE = '''"""{titre}."""

import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{avant}"
branch_labels = None
depends_on = None


def upgrade():
    """Apply."""
    with op.batch_alter_table("employeur", recreate="always") as lot:
        lot.add_column(sa.Column("couleur", sa.Text(), nullable=False, server_default="bleu"))
    {suite}
'''


@pytest.fixture
def suivante(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put one more migration after the last: it makes a parent table again, then does more."""
    dossier = tmp_path / "100% migrations"
    shutil.copytree(migrations.DOSSIER, dossier, ignore=shutil.ignore_patterns("__pycache__"))

    def ajouter(suite: str) -> None:
        fichier = dossier / "versions" / "9000_couleur.py"
        fichier.write_text(
            SUITE.format(titre="Couleur", avant=VERSIONS[-1].name[:4], suite=suite),
            encoding="utf-8",
        )
        monkeypatch.setattr(migrations, "DOSSIER", dossier)
        monkeypatch.setattr(migrations, "DERNIERE", "9000")

    return ajouter


def test_a_parent_table_is_made_again_without_losing_its_children(
    dossier_demo: Path, suivante: Callable[[str], None]
) -> None:
    """Foreign keys do not stop Alembic's way of changing a table; they hold again afterwards."""
    chemin = dossier_demo / NOM_FICHIER
    avant = _lignes(chemin)
    suivante("pass")

    magasin = ouvrir_base(chemin)
    with magasin.moteur.connect() as connexion:
        tenues = connexion.execute(text("PRAGMA foreign_keys")).scalar()
        liens = connexion.execute(text("PRAGMA foreign_key_check")).all()
    magasin.fermer()

    apres = _lignes(chemin)
    assert (tenues, liens) == (1, [])
    assert [ligne[-1] for ligne in apres["employeur"]] == ["bleu"] * len(avant["employeur"])
    assert [ligne[:-1] for ligne in apres["employeur"]] == avant["employeur"]
    assert {t: apres[t] for t in ("salarie", "contrat", "organisme_employeur", "journal")} == {
        t: avant[t] for t in ("salarie", "contrat", "organisme_employeur", "journal")
    }
    assert apres["alembic_version"] == [("9000",)]


@pytest.mark.parametrize(
    ("suite", "erreur"),
    [
        ("raise ZeroDivisionError", ZeroDivisionError),
        ('op.execute("UPDATE salarie SET employeur_id = 999999")', RuntimeError),
        ('op.execute("INSERT INTO nulle_part VALUES (1)")', Exception),
    ],
    ids=["bug", "links", "sql"],
)
def test_a_migration_that_fails_leaves_the_old_base(
    dossier_demo: Path, suivante: Callable[[str], None], suite: str, erreur: type[Exception]
) -> None:
    """Schema, rows and revision as they were; the former version opens it."""
    chemin = dossier_demo / NOM_FICHIER
    avant = (_schema(chemin), _lignes(chemin))
    suivante(suite)

    with pytest.raises(erreur):
        ouvrir_base(chemin)

    assert (_schema(chemin), _lignes(chemin)) == avant


def test_a_migration_that_is_killed_leaves_the_old_base(
    dossier_demo: Path, suivante: Callable[[str], None]
) -> None:
    """Killed by −9 after the table was made again, before the end."""
    chemin = dossier_demo / NOM_FICHIER
    avant = (_schema(chemin), _lignes(chemin))
    suivante("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    source = (
        "import sys; from pathlib import Path; from app import migrations, assemblage\n"
        "migrations.DOSSIER, migrations.DERNIERE = Path(sys.argv[1]), '9000'\n"
        "assemblage.ouvrir_base(Path(sys.argv[2]))\n"
    )

    fin = subprocess.run(
        [sys.executable, "-c", source, str(migrations.DOSSIER), str(chemin)], check=False
    )

    assert fin.returncode == -9
    assert (_schema(chemin), _lignes(chemin)) == avant
    connexion = sqlite3.connect(chemin)
    assert connexion.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connexion.close()


def test_another_database_needs_none_of_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a networked base, neither the mark nor the foreign keys of SQLite are touched."""
    moteur = ouvrir_moteur(Path("x"), "sqlite://")
    monkeypatch.setattr(moteur.dialect, "name", "autre")
    vus: list[str] = []
    monkeypatch.setattr("alembic.command.upgrade", lambda *_: vus.append("upgrade"))
    monkeypatch.setattr(migrations, "_preparer", lambda _: vus.append("sqlite"))

    migrations.mettre_a_jour(moteur)

    moteur.dispose()
    assert vus == ["upgrade"]
    assert Base.metadata is modeles.METADATA
