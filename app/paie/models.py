"""Tables of the payroll: entries, bulletins and their lines, reasons, leave, closed years."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.socle.base import Base, Horodatage


class SaisieMois(Horodatage, Base):
    """What a person entered for a contract and a month, before the calculation.

    Hours and days in hundredths, amounts in centimes; `heures_maladie` are part of
    `heures_absence`; `manifestations` the amounts of the sports events in their order, centimes
    between « ; ».
    """

    __tablename__ = "saisie_mois"
    __table_args__ = (
        Index("uq_saisie_mois_contrat_id", "contrat_id", "annee", "mois", unique=True),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Saisie du mois"

    id: Mapped[int] = mapped_column(primary_key=True)
    contrat_id: Mapped[int] = mapped_column(ForeignKey("contrat.id"))
    annee: Mapped[int]
    mois: Mapped[int]
    heures_sup_25: Mapped[int] = mapped_column(default=0)
    heures_sup_50: Mapped[int] = mapped_column(default=0)
    heures_compl_10: Mapped[int] = mapped_column(default=0)
    heures_compl_25: Mapped[int] = mapped_column(default=0)
    heures_absence: Mapped[int] = mapped_column(default=0)
    heures_maladie: Mapped[int] = mapped_column(default=0, server_default="0")
    conges_pris: Mapped[int] = mapped_column(default=0, server_default="0")
    primes_centimes: Mapped[int] = mapped_column(default=0)
    avantages_centimes: Mapped[int] = mapped_column(default=0)
    indemnites_centimes: Mapped[int] = mapped_column(default=0)
    acompte_centimes: Mapped[int] = mapped_column(default=0)
    manifestations: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))

    def __str__(self) -> str:
        return f"{self.mois:02}/{self.annee}"


class Bulletin(Horodatage, Base):
    """One version of the payslip of a contract for a month.

    `etat` is brouillon, valide, a_recalculer or remplace; only one version of a contract and a
    month is not remplace. `cumuls` is the year so far, `compteur_conges` the paid leave so far,
    JSON, for the month after. `heures_centiemes` are the hours paid without the increased ones:
    those of the contract for the days covered, less `heures_absence`. Paid leave in hundredths
    of working days: acquired and taken in the month, left of the periods before, of this one.
    `paye_le` is the day of payment once a person validated it, or said it.
    """

    __tablename__ = "bulletin"
    __table_args__ = (
        Index(
            "uq_bulletin_courant",
            "contrat_id",
            "annee",
            "mois",
            unique=True,
            sqlite_where=text("etat <> 'remplace'"),
            postgresql_where=text("etat <> 'remplace'"),
        ),
        Index(None, "annee", "mois", "employeur_id"),
        Index(None, "salarie_id"),
        Index(None, "remplace_id"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Bulletin"
    journal_automatique = False

    id: Mapped[int] = mapped_column(primary_key=True)
    contrat_id: Mapped[int] = mapped_column(ForeignKey("contrat.id"))
    salarie_id: Mapped[int] = mapped_column(ForeignKey("salarie.id"))
    employeur_id: Mapped[int] = mapped_column(ForeignKey("employeur.id"))
    annee: Mapped[int]
    mois: Mapped[int]
    numero: Mapped[int] = mapped_column(default=1)
    etat: Mapped[str] = mapped_column(Text)
    remplace_id: Mapped[int | None] = mapped_column(ForeignKey("bulletin.id"))
    motif: Mapped[str] = mapped_column(Text, default="")
    calcule_a: Mapped[datetime] = mapped_column(DateTime)
    valide_a: Mapped[datetime | None] = mapped_column(DateTime)
    valide_par: Mapped[str] = mapped_column(Text, default="")
    paye_le: Mapped[date | None] = mapped_column(Date)
    heures_centiemes: Mapped[int]
    heures_absence: Mapped[int] = mapped_column(default=0, server_default="0")
    base_centimes: Mapped[int]
    absences_centimes: Mapped[int]
    heures_sup_centimes: Mapped[int]
    primes_centimes: Mapped[int]
    avantages_centimes: Mapped[int]
    fin_contrat_centimes: Mapped[int]
    conges_centimes: Mapped[int]
    brut_centimes: Mapped[int]
    plafond_centimes: Mapped[int]
    cotisations_salarie_centimes: Mapped[int]
    cotisations_employeur_centimes: Mapped[int]
    montant_net_social_centimes: Mapped[int]
    net_avant_impot_centimes: Mapped[int]
    net_imposable_centimes: Mapped[int]
    taux_impot_millioniemes: Mapped[int]
    impot_centimes: Mapped[int]
    indemnites_centimes: Mapped[int]
    acompte_centimes: Mapped[int]
    net_a_payer_centimes: Mapped[int]
    cout_employeur_centimes: Mapped[int]
    coefficient_reduction: Mapped[int]
    cumuls: Mapped[str] = mapped_column(Text)
    conges_acquis: Mapped[int] = mapped_column(default=0, server_default="0")
    conges_pris: Mapped[int] = mapped_column(default=0, server_default="0")
    conges_anterieurs: Mapped[int] = mapped_column(default=0, server_default="0")
    conges_en_cours: Mapped[int] = mapped_column(default=0, server_default="0")
    compteur_conges: Mapped[str | None] = mapped_column(Text)

    def __str__(self) -> str:
        return f"{self.mois:02}/{self.annee} n° {self.numero}"


class LigneBulletin(Base):
    """A line of a bulletin, in the order of the legal model; never changed, only replaced.

    `contrat_prevoyance_id` is the contract that a line of prévoyance comes from. No foreign key:
    the lines of replaced versions stay as they were, whatever becomes of the contract.
    """

    __tablename__ = "ligne_bulletin"
    __table_args__ = (
        Index(None, "bulletin_id"),
        Index(None, "code"),
        Index(
            None,
            "contrat_prevoyance_id",
            sqlite_where=text("contrat_prevoyance_id IS NOT NULL"),
            postgresql_where=text("contrat_prevoyance_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id", ondelete="CASCADE"))
    rang: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    libelle: Mapped[str] = mapped_column(Text)
    rubrique: Mapped[str] = mapped_column(Text)
    organisme: Mapped[str] = mapped_column(Text)
    assiette_centimes: Mapped[int]
    taux_salarial_millioniemes: Mapped[int]
    montant_salarial_centimes: Mapped[int]
    taux_patronal_millioniemes: Mapped[int]
    montant_patronal_centimes: Mapped[int]
    contrat_prevoyance_id: Mapped[int | None]


class RaisonRecalcul(Base):
    """Why a validated bulletin is to be computed again, or regularised when its year is closed.

    `depuis` is the first day that the change touches, `signale_a` when it was made (UTC).
    """

    __tablename__ = "raison_recalcul"
    __table_args__ = (Index("uq_raison_recalcul_bulletin_id", "bulletin_id", "motif", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletin.id", ondelete="CASCADE"))
    motif: Mapped[str] = mapped_column(Text)
    depuis: Mapped[date | None] = mapped_column(Date)
    signale_a: Mapped[datetime] = mapped_column(DateTime)


class BaremesAppliques(Base):
    """The figures that bulletins were computed with: digest of the files, figures as JSON."""

    __tablename__ = "baremes_appliques"

    id: Mapped[int] = mapped_column(primary_key=True)
    empreinte: Mapped[str] = mapped_column(Text)
    chiffres: Mapped[str] = mapped_column(Text)
    applique_a: Mapped[datetime] = mapped_column(DateTime)


class RepriseConges(Horodatage, Base):
    """Paid leave that a contract brings from another program, at the beginning of a month.

    Hundredths of working days: left of the periods before, acquired since 1 June and not taken.
    """

    __tablename__ = "reprise_conges"
    __table_args__ = (
        Index("uq_reprise_conges_contrat_id", "contrat_id", unique=True),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Reprise des congés"

    id: Mapped[int] = mapped_column(primary_key=True)
    contrat_id: Mapped[int] = mapped_column(ForeignKey("contrat.id"))
    annee: Mapped[int]
    mois: Mapped[int]
    anterieurs: Mapped[int] = mapped_column(default=0)
    en_cours: Mapped[int] = mapped_column(default=0)

    def __str__(self) -> str:
        return f"{self.mois:02}/{self.annee}"


class ReglagePaie(Horodatage, Base):
    """When an employer pays: day of the month (None: the last), of the month paid or the next."""

    __tablename__ = "reglage_paie"
    __table_args__ = (
        Index("uq_reglage_paie_employeur_id", "employeur_id", unique=True),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Réglages de paie"

    id: Mapped[int] = mapped_column(primary_key=True)
    employeur_id: Mapped[int] = mapped_column(ForeignKey("employeur.id"))
    jour_paiement: Mapped[int | None]
    mois_suivant: Mapped[int] = mapped_column(default=0)

    def __str__(self) -> str:
        return "Date de paiement"


class ExerciceClos(Horodatage, Base):
    """A year of an employer that is closed: none of its bulletins changes any more."""

    __tablename__ = "exercice_clos"
    __table_args__ = (
        Index("uq_exercice_clos_employeur_id", "employeur_id", "annee", unique=True),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Exercice clos"

    id: Mapped[int] = mapped_column(primary_key=True)
    employeur_id: Mapped[int] = mapped_column(ForeignKey("employeur.id"))
    annee: Mapped[int]
    clos_le: Mapped[datetime] = mapped_column(DateTime)
    par: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return str(self.annee)
