"""Tables: contrat_prevoyance, periode_prevoyance, taux_prevoyance, rattachement.

Numbers are never given twice (AUTOINCREMENT): the journal names records by number, and a
deleted one comes back under its own. All dates are included; 9999-12-31 is an open end.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.noyau.argent import Millioniemes, afficher_taux
from app.noyau.periodes import FIN_OUVERTE, Periode
from app.socle.base import Base, Horodatage


class ContratPrevoyance(Horodatage, Base):
    """A contract of an employer with a caisse; its dates are those of its periods.

    `genre` is parametree (`regime` is the code of a branch regime) or autre; `population` is
    tous, cadre or non_cadre.
    """

    __tablename__ = "contrat_prevoyance"
    __table_args__ = (
        Index(None, "employeur_id"),
        Index(None, "organisme_id"),
        CheckConstraint("debut_le <= fin_le", name="dates"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Contrat de prévoyance"

    id: Mapped[int] = mapped_column(primary_key=True)
    employeur_id: Mapped[int] = mapped_column(ForeignKey("employeur.id"))
    genre: Mapped[str] = mapped_column(Text)
    regime: Mapped[str] = mapped_column(Text, default="")
    nature: Mapped[str] = mapped_column(Text)
    organisme_id: Mapped[int] = mapped_column(ForeignKey("organisme.id"))
    reference: Mapped[str] = mapped_column(Text)
    libelle: Mapped[str] = mapped_column(Text, default="")
    population: Mapped[str] = mapped_column(Text, default="tous")
    debut_le: Mapped[date] = mapped_column(Date)
    fin_le: Mapped[date] = mapped_column(Date, default=FIN_OUVERTE)
    note: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.libelle or f"Contrat {self.reference}"


class PeriodePrevoyance(Horodatage, Base):
    """A span of days of a contract with the same rates and the same four options.

    The periods of a contract follow one another; a paramétrée has one, and its options are a
    copy for reading: those of its regime count.
    """

    __tablename__ = "periode_prevoyance"
    __table_args__ = (
        Index(None, "contrat_id", "debut_le"),
        CheckConstraint("debut_le <= fin_le", name="dates"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Période de prévoyance"

    id: Mapped[int] = mapped_column(primary_key=True)
    contrat_id: Mapped[int] = mapped_column(ForeignKey("contrat_prevoyance.id"))
    debut_le: Mapped[date] = mapped_column(Date)
    fin_le: Mapped[date] = mapped_column(Date, default=FIN_OUVERTE)
    forfait_social: Mapped[bool]
    csg_crds: Mapped[bool]
    deduction_po: Mapped[bool]
    deduction_pp: Mapped[bool]

    def __str__(self) -> str:
        return f"Période {Periode(self.debut_le, self.fin_le)}"


class TauxPrevoyance(Horodatage, Base):
    """The two shares of one base during a period, for a population of the contract.

    Rates in millionths; amounts in centimes a month, only for the base `forfait`.
    """

    __tablename__ = "taux_prevoyance"
    __table_args__ = (
        Index("uq_taux_prevoyance_periode_id", "periode_id", "population", "base", unique=True),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Taux de prévoyance"

    id: Mapped[int] = mapped_column(primary_key=True)
    periode_id: Mapped[int] = mapped_column(ForeignKey("periode_prevoyance.id"))
    population: Mapped[str] = mapped_column(Text)
    base: Mapped[str] = mapped_column(Text)
    salarial_millioniemes: Mapped[int] = mapped_column(default=0)
    patronal_millioniemes: Mapped[int] = mapped_column(default=0)
    salarial_centimes: Mapped[int] = mapped_column(default=0)
    patronal_centimes: Mapped[int] = mapped_column(default=0)

    def __str__(self) -> str:
        parts = (self.salarial_millioniemes, self.patronal_millioniemes)
        return f"{self.base} : {' + '.join(afficher_taux(Millioniemes(p or 0)) for p in parts)}"


class Rattachement(Horodatage, Base):
    """An employee's contrat de travail attached to a contract of prévoyance.

    `debut_le` and `fin_le` count: what was asked (`adhesion_le`, `sortie_le`), cut by the
    contract of prévoyance and the contrat de travail, and kept so when either changes.
    """

    __tablename__ = "rattachement"
    __table_args__ = (
        Index(None, "contrat_prevoyance_id"),
        Index(None, "contrat_id"),
        CheckConstraint("debut_le <= fin_le", name="dates"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Rattachement"

    id: Mapped[int] = mapped_column(primary_key=True)
    contrat_prevoyance_id: Mapped[int] = mapped_column(ForeignKey("contrat_prevoyance.id"))
    contrat_id: Mapped[int] = mapped_column(ForeignKey("contrat.id"))
    adhesion_le: Mapped[date] = mapped_column(Date)
    sortie_le: Mapped[date] = mapped_column(Date, default=FIN_OUVERTE)
    debut_le: Mapped[date] = mapped_column(Date)
    fin_le: Mapped[date] = mapped_column(Date, default=FIN_OUVERTE)

    def __str__(self) -> str:
        return f"Rattachement {Periode(self.debut_le, self.fin_le)}"
