"""Table: organisme.

Numbers are never given twice (AUTOINCREMENT): lines of employers and the journal name an
organisme by its number, and a deleted one comes back under its own.
"""

from datetime import date
from typing import Any

from sqlalchemy import Date, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from app.organismes import rules
from app.socle.base import Base, Horodatage


class Organisme(Horodatage, Base):
    """A caisse that employers pay or declare to, with its coordinates."""

    __tablename__ = "organisme"
    __table_args__ = (UniqueConstraint("famille", "cle"), {"sqlite_autoincrement": True})
    libelle_journal = "Organisme collecteur"
    hors_journal = frozenset({"cle"})

    id: Mapped[int] = mapped_column(primary_key=True)
    famille: Mapped[str] = mapped_column(Text)
    nom: Mapped[str] = mapped_column(Text)
    code_dsn: Mapped[str] = mapped_column(Text, default="")
    siren: Mapped[str] = mapped_column(Text, default="")
    voie: Mapped[str] = mapped_column(Text, default="")
    complement: Mapped[str] = mapped_column(Text, default="")
    code_postal: Mapped[str] = mapped_column(Text, default="")
    commune: Mapped[str] = mapped_column(Text, default="")
    telephone: Mapped[str] = mapped_column(Text, default="")
    courriel: Mapped[str] = mapped_column(Text, default="")
    site: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    archive_le: Mapped[date | None] = mapped_column(Date)
    cle: Mapped[str] = mapped_column(Text, default="")
    """The name without case, accents nor punctuation; kept true by whatever writes the row."""

    def __str__(self) -> str:
        return self.nom


@event.listens_for(Organisme, "before_insert")
@event.listens_for(Organisme, "before_update")
def _tenir_la_cle(_mappeur: Any, _connexion: Any, ligne: Organisme) -> None:
    """Keep the key true, also when the journal brings old values back."""
    ligne.cle = rules.cle(ligne.nom)


def valeur(ligne: Organisme) -> rules.Organisme:
    """Return the value of a row."""
    return rules.Organisme(
        id=ligne.id,
        famille=ligne.famille,
        nom=ligne.nom,
        code_dsn=ligne.code_dsn,
        siren=ligne.siren,
        commune=ligne.commune,
        archive_le=ligne.archive_le,
    )
