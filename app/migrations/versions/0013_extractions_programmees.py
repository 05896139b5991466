"""Queries that run by themselves into a folder."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "extraction_programmee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("requete", sa.Integer(), nullable=False),
        sa.Column("saisies", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("repertoire", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("heure", sa.Text(), nullable=False),
        sa.Column("debut_le", sa.Date(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("servie_a", sa.DateTime(), nullable=True),
        sa.Column("executee_a", sa.DateTime(), nullable=True),
        sa.Column("lignes", sa.Integer(), nullable=False),
        sa.Column("fichier", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("remede", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extraction_programmee")),
        sqlite_autoincrement=True,
    )
