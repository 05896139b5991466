"""Prévoyance."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _dates() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("debut_le", sa.Date(), nullable=False),
        sa.Column("fin_le", sa.Date(), nullable=False),
    )


def _technique() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
    )


def _lien(table: str, colonne: str, cible: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([colonne], [f"{cible}.id"], name=op.f(f"fk_{table}_{colonne}"))


def _contrats() -> None:
    table = "contrat_prevoyance"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employeur_id", sa.Integer(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("organisme_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        *_dates(),
        sa.Column("note", sa.Text(), nullable=False),
        *_technique(),
        sa.CheckConstraint("debut_le <= fin_le", name=op.f(f"ck_{table}_dates")),
        _lien(table, "employeur_id", "employeur"),
        _lien(table, "organisme_id", "organisme"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{table}_employeur_id"), table, ["employeur_id"])
    op.create_index(op.f(f"ix_{table}_organisme_id"), table, ["organisme_id"])


def _periodes() -> None:
    table = "periode_prevoyance"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contrat_id", sa.Integer(), nullable=False),
        *_dates(),
        sa.Column("forfait_social", sa.Boolean(), nullable=False),
        sa.Column("csg_crds", sa.Boolean(), nullable=False),
        sa.Column("deduction_po", sa.Boolean(), nullable=False),
        sa.Column("deduction_pp", sa.Boolean(), nullable=False),
        *_technique(),
        sa.CheckConstraint("debut_le <= fin_le", name=op.f(f"ck_{table}_dates")),
        _lien(table, "contrat_id", "contrat_prevoyance"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{table}_contrat_id_debut_le"), table, ["contrat_id", "debut_le"])


def _taux() -> None:
    table = "taux_prevoyance"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("periode_id", sa.Integer(), nullable=False),
        sa.Column("population", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("salarial_millioniemes", sa.Integer(), nullable=False),
        sa.Column("patronal_millioniemes", sa.Integer(), nullable=False),
        sa.Column("salarial_centimes", sa.Integer(), nullable=False),
        sa.Column("patronal_centimes", sa.Integer(), nullable=False),
        *_technique(),
        _lien(table, "periode_id", "periode_prevoyance"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )
    colonnes = ["periode_id", "population", "base"]
    op.create_index("uq_taux_prevoyance_periode_id", table, colonnes, unique=True)


def _rattachements() -> None:
    table = "rattachement"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contrat_prevoyance_id", sa.Integer(), nullable=False),
        sa.Column("contrat_id", sa.Integer(), nullable=False),
        sa.Column("adhesion_le", sa.Date(), nullable=False),
        sa.Column("sortie_le", sa.Date(), nullable=False),
        *_dates(),
        *_technique(),
        sa.CheckConstraint("debut_le <= fin_le", name=op.f(f"ck_{table}_dates")),
        _lien(table, "contrat_prevoyance_id", "contrat_prevoyance"),
        _lien(table, "contrat_id", "contrat"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f(f"ix_{table}_contrat_prevoyance_id"), table, ["contrat_prevoyance_id"])
    op.create_index(op.f(f"ix_{table}_contrat_id"), table, ["contrat_id"])


def upgrade() -> None:
    """Apply."""
    _contrats()
    _periodes()
    _taux()
    _rattachements()
