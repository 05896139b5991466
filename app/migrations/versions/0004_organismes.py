"""Organismes collecteurs: the names of employers' lines become records of a table.

One organisme per nature and name, whatever its case, accents and punctuation. Entries of the
journal get the organisme beside the name, so that what they tell can still be undone; a name
that only the journal knows becomes an archived organisme.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.noyau.typographie import sans_accents

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LIGNES = "organisme_employeur"
TEXTES = ("voie", "complement", "code_postal", "commune", "telephone", "courriel", "site", "note")
lignes = sa.table(
    LIGNES, *map(sa.column, ("id", "nature", "nom", "organisme_id")), sa.column("version")
)
journal = sa.table("journal", *map(sa.column, ("id", "objet", "objet_id", "avant", "apres")))
organismes = sa.table(
    "organisme",
    *map(sa.column, ("id", "famille", "nom", "code_dsn", "siren", *TEXTES)),
    sa.column("archive_le", sa.Date()),
    sa.column("cle"),
    sa.column("version"),
    sa.column("cree_a", sa.DateTime()),
    sa.column("modifie_a", sa.DateTime()),
)


def upgrade() -> None:
    """Apply."""
    _creer_la_table()
    with op.batch_alter_table(LIGNES) as lot:
        lot.add_column(sa.Column("organisme_id", sa.Integer(), nullable=True))
    base = op.get_bind()
    numeros = _Numeros(base)
    _reprendre_les_lignes(base, numeros)
    _reprendre_le_journal(base, numeros)
    _finir_la_table(base)


def _creer_la_table() -> None:
    op.create_table(
        "organisme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("famille", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("code_dsn", sa.Text(), nullable=False),
        sa.Column("siren", sa.Text(), nullable=False),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in TEXTES),
        sa.Column("archive_le", sa.Date(), nullable=True),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisme")),
        sa.UniqueConstraint("famille", "cle", name=op.f("uq_organisme_famille_cle")),
        sqlite_autoincrement=True,
    )


class _Numeros:
    """The organisme of each (nature, key of the name), made when it is first asked for."""

    def __init__(self, base: sa.Connection) -> None:
        self.base = base
        self.instant: datetime = base.execute(sa.select(sa.func.current_timestamp())).scalar_one()
        self.connus: dict[tuple[str, str], int] = {}

    def de(self, nature: str, nom: str, archive_le: date | None = None) -> int:
        """Return its number."""
        cle = " ".join(re.findall(r"\w+", sans_accents(nom)))
        if (nature, cle) not in self.connus:
            valeurs = dict.fromkeys(("code_dsn", "siren", *TEXTES), "")
            requete = sa.insert(organismes).values(
                id=len(self.connus) + 1,
                famille=nature,
                nom=nom,
                cle=cle,
                archive_le=archive_le,
                version=1,
                cree_a=self.instant,
                modifie_a=self.instant,
                **valeurs,
            )
            self.base.execute(requete)
            self.connus[nature, cle] = len(self.connus) + 1
        return self.connus[nature, cle]


def _reprendre_les_lignes(base: sa.Connection, numeros: _Numeros) -> None:
    """Point each line to its organisme; the most frequent spelling of a name is kept."""
    combien = sa.func.count()
    requete = (
        sa.select(lignes.c.nature, lignes.c.nom)
        .group_by(lignes.c.nature, lignes.c.nom)
        .order_by(combien.desc(), lignes.c.nature, lignes.c.nom)
    )
    for nature, nom in base.execute(requete).all():
        base.execute(
            sa.update(lignes)
            .where(lignes.c.nature == nature, lignes.c.nom == nom)
            .values(organisme_id=numeros.de(nature, nom))
        )


def _reprendre_le_journal(base: sa.Connection, numeros: _Numeros) -> None:
    """Write the organisme beside each name that the journal tells of a line."""
    requete = sa.select(journal).where(journal.c.objet == LIGNES).order_by(journal.c.id)
    entrees = base.execute(requete).mappings().all()
    natures: dict[int, str] = {
        int(numero): nature
        for numero, nature in base.execute(sa.select(lignes.c.id, lignes.c.nature))
    }
    for entree in entrees:
        for valeurs in _cotes(entree):
            natures.setdefault(entree["objet_id"], valeurs.get("nature", ""))
    jour = numeros.instant.date()
    changes = []
    for entree in entrees:
        cotes = {c: _avec_organisme(entree, c, natures, numeros, jour) for c in ("avant", "apres")}
        if any(cotes[c] != entree[c] for c in cotes):
            changes.append({"numero": entree["id"], "un": cotes["avant"], "autre": cotes["apres"]})
    if changes:
        base.execute(
            sa.update(journal)
            .where(journal.c.id == sa.bindparam("numero"))
            .values(avant=sa.bindparam("un"), apres=sa.bindparam("autre")),
            changes,
        )


def _avec_organisme(
    entree: Any, cote: str, natures: dict[int, str], numeros: _Numeros, jour: date
) -> str | None:
    """Return one side of an entry, with the organisme of the name that it holds."""
    valeurs = json.loads(entree[cote] or "{}")
    nature = valeurs.get("nature") or natures.get(entree["objet_id"], "")
    if not valeurs.get("nom") or not nature:
        texte: str | None = entree[cote]
        return texte
    valeurs["organisme_id"] = numeros.de(nature, valeurs["nom"], jour)
    return json.dumps(valeurs, ensure_ascii=False, separators=(",", ":"))


def _cotes(entree: Any) -> Iterator[dict[str, Any]]:
    """Give the values of an entry that hold a nature, those after first."""
    for cote in ("apres", "avant"):
        valeurs = json.loads(entree[cote] or "{}")
        if valeurs.get("nature"):
            yield valeurs


def _finir_la_table(base: sa.Connection) -> None:
    """Make the link required and drop the name; numbers of lines are still never given twice."""
    dernier = None
    if base.dialect.name == "sqlite":
        dernier = base.scalar(
            sa.text("SELECT seq FROM sqlite_sequence WHERE name = :nom"), {"nom": LIGNES}
        )
    with op.batch_alter_table(LIGNES, table_kwargs={"sqlite_autoincrement": True}) as lot:
        lot.alter_column("organisme_id", existing_type=sa.Integer(), nullable=False)
        lot.create_foreign_key(
            lot.f("fk_organisme_employeur_organisme_id"), "organisme", ["organisme_id"], ["id"]
        )
        lot.drop_column("nom")
        lot.create_index(lot.f("ix_organisme_employeur_organisme_id"), ["organisme_id"])
    if dernier is not None:
        noms = {"nom": LIGNES, "dernier": dernier}
        base.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :nom"), noms)
        base.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:nom, :dernier)"), noms)
