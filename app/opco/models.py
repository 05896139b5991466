"""Tables: opco, opco_correspondance (reference data, filled from `data/`)."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, Text
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
