"""Lignes de prévoyance, raisons de recalcul, barèmes appliqués."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("ligne_bulletin", sa.Column("contrat_prevoyance_id", sa.Integer(), nullable=True))
    op.create_index(
        op.f("ix_ligne_bulletin_contrat_prevoyance_id"),
        "ligne_bulletin",
        ["contrat_prevoyance_id"],
        sqlite_where=sa.text("contrat_prevoyance_id IS NOT NULL"),
        postgresql_where=sa.text("contrat_prevoyance_id IS NOT NULL"),
    )
    op.create_table(
        "raison_recalcul",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("depuis", sa.Date(), nullable=True),
        sa.Column("signale_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"],
            ["bulletin.id"],
            name=op.f("fk_raison_recalcul_bulletin_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raison_recalcul")),
    )
    op.create_index(
        "uq_raison_recalcul_bulletin_id", "raison_recalcul", ["bulletin_id", "motif"], unique=True
    )
    op.create_table(
        "baremes_appliques",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("chiffres", sa.Text(), nullable=False),
        sa.Column("applique_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baremes_appliques")),
    )
