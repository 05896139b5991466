"""Congés payés, date de paiement, exercices clos."""

from calendar import monthrange
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("saisie_mois") as lot:
        for nom in ("heures_maladie", "conges_pris"):
            lot.add_column(sa.Column(nom, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("bulletin") as lot:
        lot.add_column(sa.Column("paye_le", sa.Date(), nullable=True))
        for nom in (
            "heures_absence",
            "conges_acquis",
            "conges_pris",
            "conges_anterieurs",
            "conges_en_cours",
        ):
            lot.add_column(sa.Column(nom, sa.Integer(), nullable=False, server_default="0"))
        lot.add_column(sa.Column("compteur_conges", sa.Text(), nullable=True))
    _creer("reprise_conges", ("contrat_id", "contrat.id"), _DE_REPRISE)
    _creer("reglage_paie", ("employeur_id", "employeur.id"), _DE_REGLAGE)
    _creer("exercice_clos", ("employeur_id", "employeur.id"), _D_EXERCICE, "annee")
    _compter_les_heures_payees()


_DE_REPRISE = (("annee", False), ("mois", False), ("anterieurs", False), ("en_cours", False))
_DE_REGLAGE = (("jour_paiement", True), ("mois_suivant", False))
_D_EXERCICE = (("annee", False),)


def _creer(
    table: str, lien: tuple[str, str], entiers: tuple[tuple[str, bool], ...], *cle: str
) -> None:
    """Make a journalled table that hangs on another; its key is the link, then `cle`."""
    colonne, cible = lien
    propres: list[sa.Column[Any]] = [
        sa.Column(nom, sa.Integer(), nullable=vide) for nom, vide in entiers
    ]
    if table == "exercice_clos":
        propres.append(sa.Column("clos_le", sa.DateTime(), nullable=False))
        propres.append(sa.Column("par", sa.Text(), nullable=False))
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(colonne, sa.Integer(), nullable=False),
        *propres,
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint([colonne], [cible], name=op.f(f"fk_{table}_{colonne}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table(table) as lot:
        lot.create_index(f"uq_{table}_{colonne}", [colonne, *cle], unique=True)


_BULLETIN = sa.table(
    "bulletin",
    *(
        sa.column(nom, sa.Integer)
        for nom in ("id", "contrat_id", "annee", "mois", "heures_centiemes", "heures_absence")
    ),
)
_CONTRAT = sa.table(
    "contrat",
    sa.column("id", sa.Integer),
    sa.column("debut_le", sa.Date),
    sa.column("fin_le", sa.Date),
)


def _compter_les_heures_payees() -> None:
    """Give kept bulletins the hours of the days covered, which only their print counted so far.

    Hours of absence come from the entry of the month, as the print took them.
    """
    base, b = op.get_bind(), _BULLETIN.c
    base.execute(
        sa.text(
            "UPDATE bulletin SET heures_absence = coalesce((SELECT s.heures_absence "
            "FROM saisie_mois s WHERE s.contrat_id = bulletin.contrat_id "
            "AND s.annee = bulletin.annee AND s.mois = bulletin.mois), 0) "
            "WHERE absences_centimes <> 0"
        )
    )
    for annee, mois in base.execute(sa.select(b.annee, b.mois).distinct()).all():
        longueur = monthrange(annee, mois)[1]
        for numero, payees in _heures_payees(base, date(annee, mois, 1), longueur):
            modifier = sa.update(_BULLETIN).where(b.id == numero)
            base.execute(modifier.values(heures_centiemes=payees))


def _heures_payees(base: sa.Connection, debut: date, longueur: int) -> list[tuple[int, int]]:
    """Return the hours of the bulletins of a month that covers only a part of it."""
    fin, b, c = debut.replace(day=longueur), _BULLETIN.c, _CONTRAT.c
    requete = (
        sa.select(b.id, b.heures_centiemes, b.heures_absence, c.debut_le, c.fin_le)
        .join_from(_BULLETIN, _CONTRAT, c.id == b.contrat_id)
        .where(b.annee == debut.year, b.mois == debut.month)
        .where(sa.or_(c.debut_le > debut, c.fin_le < fin))
    )
    heures = []
    for numero, payees, absence, commence, finit in base.execute(requete).all():
        jours = (min(fin, finit) - max(debut, commence)).days + 1
        if 0 < jours < longueur:
            numerateur = 2 * (payees + absence) * jours + longueur
            heures.append((numero, numerateur // (2 * longueur) - absence))
    return heures
