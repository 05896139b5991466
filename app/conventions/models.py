"""Table: convention_collective (reference data, filled from `data/`)."""

from datetime import date

from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.socle.base import Base


class ConventionCollective(Base):
    """A convention collective, known by its IDCC (four characters)."""

    __tablename__ = "convention_collective"

    idcc: Mapped[str] = mapped_column(Text, primary_key=True)
    titre: Mapped[str] = mapped_column(Text)
    titre_court: Mapped[str] = mapped_column(Text, default="")
    etat: Mapped[str] = mapped_column(Text)
    cloturee_le: Mapped[date | None] = mapped_column(Date)
    remplacee_par: Mapped[str] = mapped_column(Text, default="")
    associative: Mapped[bool] = mapped_column(default=False)
