"""Scripts de sauvegarde, and the runs of each."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "script_sauvegarde",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("heure", sa.Text(), nullable=False),
        sa.Column("debut_le", sa.Date(), nullable=False),
        sa.Column("dossier", sa.Text(), nullable=False),
        sa.Column("garder", sa.Integer(), nullable=False),
        sa.Column("cle_publique", sa.Text(), nullable=False),
        sa.Column("enveloppe", sa.Text(), nullable=False),
        sa.Column("servie_a", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_sauvegarde")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_script_sauvegarde_cle", "script_sauvegarde", ["cle"], unique=True)
    op.create_table(
        "sauvegarde",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script_id", sa.Integer(), nullable=True),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("precaution", sa.Boolean(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("faite_a", sa.DateTime(), nullable=False),
        sa.Column("fichier", sa.Text(), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("chiffree", sa.Boolean(), nullable=False),
        sa.Column("verifiee_a", sa.DateTime(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("remede", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["script_id"],
            ["script_sauvegarde.id"],
            name=op.f("fk_sauvegarde_script_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sauvegarde")),
    )
    op.create_index("ix_sauvegarde_script_id_faite_a", "sauvegarde", ["script_id", "faite_a"])
