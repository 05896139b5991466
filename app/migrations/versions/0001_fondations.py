"""Fondations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "convention_collective",
        sa.Column("idcc", sa.Text(), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("titre_court", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("cloturee_le", sa.Date(), nullable=True),
        sa.Column("remplacee_par", sa.Text(), nullable=False),
        sa.Column("associative", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("idcc", name=op.f("pk_convention_collective")),
    )
    op.create_table(
        "donnees_reference",
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cle", name=op.f("pk_donnees_reference")),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("archive_le", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("nom", name=op.f("uq_dossier_nom")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.Column("par", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("objet_id", sa.Integer(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("avant", sa.Text(), nullable=True),
        sa.Column("apres", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_moment"), ["moment"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_journal_objet_objet_id"), ["objet", "objet_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_journal_objet_action"), ["objet", "action"], unique=False
        )

    op.create_table(
        "opco",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("nom_officiel", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_opco")),
    )
    op.create_table(
        "tache",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("par", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("debut_a", sa.DateTime(), nullable=False),
        sa.Column("fin_a", sa.DateTime(), nullable=True),
        sa.Column("resultat", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tache")),
    )
    op.create_table(
        "employeur",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("raison_sociale", sa.Text(), nullable=False),
        sa.Column("sigle", sa.Text(), nullable=False),
        sa.Column("forme", sa.Text(), nullable=False),
        sa.Column("siret", sa.Text(), nullable=False),
        sa.Column("naf", sa.Text(), nullable=False),
        sa.Column("rna", sa.Text(), nullable=False),
        sa.Column("creee_le", sa.Date(), nullable=True),
        sa.Column("voie", sa.Text(), nullable=False),
        sa.Column("complement", sa.Text(), nullable=False),
        sa.Column("code_postal", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("courriel", sa.Text(), nullable=False),
        sa.Column("representant", sa.Text(), nullable=False),
        sa.Column("qualite", sa.Text(), nullable=False),
        sa.Column("effectif", sa.Integer(), nullable=False),
        sa.Column("premiere_embauche_le", sa.Date(), nullable=True),
        sa.Column("cesse_le", sa.Date(), nullable=True),
        sa.Column("taux_at_millioniemes", sa.Integer(), nullable=True),
        sa.Column("idcc", sa.Text(), nullable=False),
        sa.Column("opco", sa.Text(), nullable=False),
        sa.Column("opco_adherent", sa.Text(), nullable=False),
        sa.Column("opco_depuis_le", sa.Date(), nullable=True),
        sa.Column("titulaire", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.Column("archive_le", sa.Date(), nullable=True),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_employeur_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employeur")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("employeur", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_employeur_dossier_id_recherche"),
            ["dossier_id", "recherche"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_employeur_recherche"), ["recherche"], unique=False)
        batch_op.create_index(batch_op.f("ix_employeur_siret"), ["siret"], unique=False)

    op.create_table(
        "opco_correspondance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idcc", sa.Text(), nullable=False),
        sa.Column("opco_code", sa.Text(), nullable=False),
        sa.Column("debut_le", sa.Date(), nullable=False),
        sa.Column("fin_le", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opco_code"], ["opco.code"], name=op.f("fk_opco_correspondance_opco_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opco_correspondance")),
    )
    with op.batch_alter_table("opco_correspondance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opco_correspondance_idcc_debut_le"), ["idcc", "debut_le"], unique=False
        )

    op.create_table(
        "organisme_employeur",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employeur_id", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("regime", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("depuis_le", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employeur_id"], ["employeur.id"], name=op.f("fk_organisme_employeur_employeur_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisme_employeur")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("organisme_employeur", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisme_employeur_employeur_id"), ["employeur_id"], unique=False
        )

    op.create_table(
        "salarie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("employeur_id", sa.Integer(), nullable=False),
        sa.Column("matricule", sa.Text(), nullable=False),
        sa.Column("civilite", sa.Text(), nullable=False),
        sa.Column("nom_naissance", sa.Text(), nullable=False),
        sa.Column("nom_usage", sa.Text(), nullable=False),
        sa.Column("prenoms", sa.Text(), nullable=False),
        sa.Column("nir", sa.Text(), nullable=False),
        sa.Column("ne_le", sa.Date(), nullable=True),
        sa.Column("ne_a", sa.Text(), nullable=False),
        sa.Column("ne_departement", sa.Text(), nullable=False),
        sa.Column("nationalite", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("enfants", sa.Integer(), nullable=False),
        sa.Column("voie", sa.Text(), nullable=False),
        sa.Column("complement", sa.Text(), nullable=False),
        sa.Column("code_postal", sa.Text(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("courriel", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.Column("archive_le", sa.Date(), nullable=True),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["employeur_id"], ["employeur.id"], name=op.f("fk_salarie_employeur_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salarie")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("salarie", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_salarie_employeur_id_recherche"),
            ["employeur_id", "recherche"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_salarie_nir"), ["nir"], unique=False)
        batch_op.create_index(batch_op.f("ix_salarie_recherche"), ["recherche"], unique=False)

    op.create_table(
        "contrat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("salarie_id", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("debut_le", sa.Date(), nullable=False),
        sa.Column("fin_le", sa.Date(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("emploi", sa.Text(), nullable=False),
        sa.Column("categorie", sa.Text(), nullable=False),
        sa.Column("classification", sa.Text(), nullable=False),
        sa.Column("heures_centiemes", sa.Integer(), nullable=False),
        sa.Column("salaire_centimes", sa.Integer(), nullable=False),
        sa.Column("taux_pas_millioniemes", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cree_a", sa.DateTime(), nullable=False),
        sa.Column("modifie_a", sa.DateTime(), nullable=False),
        sa.CheckConstraint("debut_le <= fin_le", name=op.f("ck_contrat_dates")),
        sa.ForeignKeyConstraint(["salarie_id"], ["salarie.id"], name=op.f("fk_contrat_salarie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contrat")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contrat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contrat_salarie_id_debut_le"), ["salarie_id", "debut_le"], unique=False
        )
