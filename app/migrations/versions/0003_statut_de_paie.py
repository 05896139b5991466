"""How the contributions of a contract are computed, and the sports events of a month."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "contrat", sa.Column("statut_paie", sa.Text(), nullable=False, server_default="general")
    )
    op.add_column(
        "saisie_mois",
        sa.Column("manifestations", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
