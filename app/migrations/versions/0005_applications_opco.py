"""Applications of the OPCO, with their lines; the caisse de formation of an employee."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "application_opco",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.Column("par", sa.Text(), nullable=False),
        sa.Column("origine", sa.Text(), nullable=False),
        sa.Column("au", sa.Date(), nullable=False),
        sa.Column("examines", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("sans_correspondance", sa.Integer(), nullable=False),
        sa.Column("avis", sa.Text(), nullable=False),
        sa.Column("annulee_a", sa.DateTime(), nullable=True),
        sa.Column("annulee_par", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_opco")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ligne_application_opco",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("objet_id", sa.Integer(), nullable=False),
        sa.Column("employeur_id", sa.Integer(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("idcc", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("avant", sa.Text(), nullable=False),
        sa.Column("apres", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application_opco.id"],
            name=op.f("fk_ligne_application_opco_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_application_opco")),
    )
    with op.batch_alter_table("ligne_application_opco", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ligne_application_opco_application_id"),
            ["application_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ligne_application_opco_employeur_id_objet"),
            ["employeur_id", "objet"],
            unique=False,
        )

    # Added in place: making the table again would forget which numbers were given already.
    op.add_column(
        "salarie", sa.Column("opco", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
