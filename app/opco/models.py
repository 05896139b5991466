"""Tables: opco, opco_correspondance (reference data), application_opco and its lines."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.noyau.periodes import FIN_OUVERTE
from app.socle.base import Base


class Opco(Base):
    """An opérateur de compétences."""

    __tablename__ = "opco"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    libelle: Mapped[str] = mapped_column(Text)
    nom_officiel: Mapped[str] = mapped_column(Text)


class OpcoCorrespondance(Base):
    """The OPCO of an IDCC for a period, both dates included."""

    __tablename__ = "opco_correspondance"
    __table_args__ = (Index(None, "idcc", "debut_le"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idcc: Mapped[str] = mapped_column(Text)
    opco_code: Mapped[str] = mapped_column(ForeignKey("opco.code"))
    debut_le: Mapped[date] = mapped_column(Date)
    fin_le: Mapped[date] = mapped_column(Date, default=FIN_OUVERTE)


class ApplicationOpco(Base):
    """The correspondence applied to the employers once; instants in UTC.

    `origine`: what asked for it (`mise_a_jour` of the data, or `demande`). `avis`: what could
    not be done beside it, the report on the desktop for one.
    """

    __tablename__ = "application_opco"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[datetime] = mapped_column(DateTime)
    par: Mapped[str] = mapped_column(Text)
    origine: Mapped[str] = mapped_column(Text)
    au: Mapped[date] = mapped_column(Date)
    examines: Mapped[int]
    changes: Mapped[int]
    sans_correspondance: Mapped[int]
    avis: Mapped[str] = mapped_column(Text, default="")
    annulee_a: Mapped[datetime | None] = mapped_column(DateTime)
    annulee_par: Mapped[str] = mapped_column(Text, default="")


class LigneApplicationOpco(Base):
    """A record whose training body an application wrote: before, after, why.

    `objet` and `objet_id` name the record (employeur, organisme, salarie), which may be gone.
    `issue`: "" while it stands, `rendue` or `laissee` once the application was undone.
    """

    __tablename__ = "ligne_application_opco"
    __table_args__ = (Index(None, "application_id"), Index(None, "employeur_id", "objet"))

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("application_opco.id", ondelete="CASCADE")
    )
    objet: Mapped[str] = mapped_column(Text)
    objet_id: Mapped[int]
    employeur_id: Mapped[int]
    designation: Mapped[str] = mapped_column(Text)
    idcc: Mapped[str] = mapped_column(Text)
    motif: Mapped[str] = mapped_column(Text)
    avant: Mapped[str] = mapped_column(Text)
    apres: Mapped[str] = mapped_column(Text)
    issue: Mapped[str] = mapped_column(Text, default="")
