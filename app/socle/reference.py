"""Reference data in the base: which data file was loaded last, by digest."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.socle.base import Base


class DonneesReference(Base):
    """The digest of a data file whose content stands in a table."""

    __tablename__ = "donnees_reference"

    cle: Mapped[str] = mapped_column(Text, primary_key=True)
    empreinte: Mapped[str] = mapped_column(Text)


def est_a_jour(session: Session, cle: str, empreinte: str) -> bool:
    """Tell whether a table already holds this very data file."""
    connue = session.get(DonneesReference, cle)
    return connue is not None and connue.empreinte == empreinte


def noter(session: Session, cle: str, empreinte: str) -> None:
    """Remember that a table now holds this data file."""
    session.merge(DonneesReference(cle=cle, empreinte=empreinte))
