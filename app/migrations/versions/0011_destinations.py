"""Where a script's backups go: folder, removable medium, remote site; no password."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLE = {"sqlite_autoincrement": True}
_TEXTES = ("volume", "volume_nom", "hote", "utilisateur", "autorite", "cle_hote")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("script_sauvegarde", table_kwargs=_TABLE) as table:
        table.add_column(sa.Column("genre", sa.Text(), nullable=False, server_default="dossier"))
        table.add_column(sa.Column("port", sa.Integer(), nullable=False, server_default="0"))
        for nom in _TEXTES:
            table.add_column(sa.Column(nom, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("script_sauvegarde", table_kwargs=_TABLE) as table:
        # The program gives the values from now on.
        for nom in ("genre", "port", *_TEXTES):
            table.alter_column(nom, server_default=None)
