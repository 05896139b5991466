"""Bulletins."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contrat_id", sa.Integer(), nullable=False),
        sa.Column("salarie_id", sa.Integer(), nullable=False),
        sa.Column("employeur_id", sa.Integer(), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        sa.Column("mois", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("remplace_id", sa.Integer(), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("calcule_a", sa.DateTime(), nullable=False),
        sa.Column("valide_a", sa.DateTime(), nullable=True),
        sa.Column("valide_par", sa.Text(), nullable=False),
        sa.Column("heures_centiemes", sa.Integer(), nullable=False),
        sa.Column("base_centimes", sa.Integer(), nullable=False),
        sa.Column("absences_centimes", sa.Integer(), nullable=False),
        sa.Column("heures_sup_centimes", sa.Integer(), nullable=False),
        sa.Column("primes_centimes", sa.Integer(), nullable=False),
        sa.Column("avantages_centimes", sa.Integer(), nullable=False),
        sa.Column("fin_contrat_centimes", sa.Integer(), nullable=False),
        sa.Column("conges_centimes", sa.Integer(), nullable=False),
        sa.Column("brut_centimes", sa.Integer(), nullable=False),
        sa.Column("plafond_centimes", sa.Integer(), nullable=False),
        sa.Column("cotisations_salarie_centimes", sa.Integer(), nullable=False),
        sa.Column("cotisations_employeur_centimes", sa.Integer(), nullable=False),
        sa.Column("montant_net_social_centimes", sa.Integer(), nullable=False),
        sa.Column("net_avant_impot_centimes", sa.Integer(), nullable=False),
        sa.Column("net_imposable_centimes", sa.Integer(), nullable=False),
        sa.Column("taux_impot_millioniemes", sa.Integer(), nullable=False),
        sa.Column("impot_centimes", sa.Integer(), nullable=False),
        sa.Column("indemnites_centimes", sa.Integer(), nullable=False),
        sa.Column("acompte_centimes", sa.Integer(), nullable=False),
        sa.Column("net_a_payer_centimes", sa.Integer(), nullable=False),
        sa.Column("cout_employeur_centimes", sa.Integer(), nullable=False),
        sa.Column("coefficient_reduction", sa.Integer(), nullable=False),
        sa.Column("cumuls", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contrat_id"], ["contrat.id"], name=op.f("fk_bulletin_contrat_id")
        ),
        sa.ForeignKeyConstraint(
            ["employeur_id"], ["employeur.id"], name=op.f("fk_bulletin_employeur_id")
        ),
        sa.ForeignKeyConstraint(
            ["remplace_id"], ["bulletin.id"], name=op.f("fk_bulletin_remplace_id")
        ),
        sa.ForeignKeyConstraint(
            ["salarie_id"], ["salarie.id"], name=op.f("fk_bulletin_salarie_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("bulletin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bulletin_annee_mois_employeur_id"),
            ["annee", "mois", "employeur_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_bulletin_remplace_id"), ["remplace_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulletin_salarie_id"), ["salarie_id"], unique=False)
        batch_op.create_index(
            "uq_bulletin_courant",
            ["contrat_id", "annee", "mois"],
            unique=True,
            sqlite_where=sa.text("etat <> 'remplace'"),
            postgresql_where=sa.text("etat <> 'remplace'"),
        )

    op.create_table(
        "saisie_mois",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contrat_id", sa.Integer(), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        sa.Column("mois", sa.Integer(), nullable=False),
        sa.Column("heures_sup_25", sa.Integer(), nullable=False),
        sa.Column("heures_sup_50", sa.Integer(), nullable=False),
        sa.Column("heures_compl_10", sa.Integer(), nullable=False),
        sa.Column("heures_compl_25", sa.Integer(), nullable=False),
        sa.Column("heures_absence", sa.Integer(), nullable=False),
        sa.Column("primes_centimes", sa.Integer(), nullable=False),
        sa.Column("avantages_centimes", sa.Integer(), nullable=False),
        sa.Column("indemnites_centimes", sa.Integer(), nullable=False),
        sa.Column("acompte_centimes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contrat_id"], ["contrat.id"], name=op.f("fk_saisie_mois_contrat_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saisie_mois")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("saisie_mois", schema=None) as batch_op:
        batch_op.create_index(
            "uq_saisie_mois_contrat_id", ["contrat_id", "annee", "mois"], unique=True
        )

    op.create_table(
        "ligne_bulletin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("rubrique", sa.Text(), nullable=False),
        sa.Column("organisme", sa.Text(), nullable=False),
        sa.Column("assiette_centimes", sa.Integer(), nullable=False),
        sa.Column("taux_salarial_millioniemes", sa.Integer(), nullable=False),
        sa.Column("montant_salarial_centimes", sa.Integer(), nullable=False),
        sa.Column("taux_patronal_millioniemes", sa.Integer(), nullable=False),
        sa.Column("montant_patronal_centimes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"],
            ["bulletin.id"],
            name=op.f("fk_ligne_bulletin_bulletin_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_bulletin")),
    )
    with op.batch_alter_table("ligne_bulletin", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ligne_bulletin_bulletin_id"), ["bulletin_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ligne_bulletin_code"), ["code"], unique=False)
