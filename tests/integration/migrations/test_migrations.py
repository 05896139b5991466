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
from app.socle.base import NOM_FICHIER, Base, ouvrir_moteur

VERSIONS = sorted((migrations.DOSSIER / "versions").glob("*.py"))


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


def test_opening_again_changes_nothing(dossier_demo: Path) -> None:
    """A populated base keeps every row, and no migration runs."""
    chemin = dossier_demo / NOM_FICHIER
    avant = _lignes(chemin)

    ouvrir(dossier_demo).fermer()

    apres = _lignes(chemin)
    assert len(avant["salarie"]) == 400
    assert apres == avant


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
