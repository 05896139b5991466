"""Queries that a person wrote and kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "requete_enregistree",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("sql", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requete_enregistree")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_requete_enregistree_cle", "requete_enregistree", ["cle"], unique=True)
