"""Comfort of the extractions: sets of parameters, pinned queries, last runs, columns."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "jeu_parametres",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requete", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("saisies", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jeu_parametres")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("jeu_parametres", schema=None) as batch_op:
        batch_op.create_index("uq_jeu_parametres_requete", ["requete", "cle"], unique=True)
    op.create_table(
        "requete_epinglee",
        sa.Column("requete", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epinglee_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("requete", name=op.f("pk_requete_epinglee")),
    )
    op.create_table(
        "execution_requete",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requete", sa.Integer(), nullable=False),
        sa.Column("saisies", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("lignes", sa.Integer(), nullable=False),
        sa.Column("executee_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_execution_requete")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "disposition_colonnes",
        sa.Column("requete", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("colonnes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("requete", name=op.f("pk_disposition_colonnes")),
    )
