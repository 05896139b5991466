"""Tables: jeu_parametres, requete_epinglee, execution_requete, disposition_colonnes.

And, with a journal, requete_enregistree and extraction_programmee.

What a person arranged for their own comfort has no journal: no data of the trade changes.
Queries are known by their number, which is never given to another.
"""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, DateTime, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.socle.base import Base, Horodatage


class JeuParametres(Base):
    """Values of the parameters of a query, kept under a name; `saisies` is JSON, as typed."""

    __tablename__ = "jeu_parametres"
    __table_args__ = (
        Index("uq_jeu_parametres_requete", "requete", "cle", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    requete: Mapped[int]
    nom: Mapped[str] = mapped_column(Text)
    cle: Mapped[str] = mapped_column(Text)
    saisies: Mapped[str] = mapped_column(Text)


class RequeteEpinglee(Base):
    """A query that a person keeps at hand; `epinglee_a` in UTC."""

    __tablename__ = "requete_epinglee"

    requete: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epinglee_a: Mapped[datetime] = mapped_column(DateTime)


class ExecutionRequete(Base):
    """One of the last runs: values as typed (JSON) and in words, lines, instant in UTC."""

    __tablename__ = "execution_requete"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    requete: Mapped[int]
    saisies: Mapped[str] = mapped_column(Text)
    texte: Mapped[str] = mapped_column(Text)
    lignes: Mapped[int]
    executee_a: Mapped[datetime] = mapped_column(DateTime)


class DispositionColonnes(Base):
    """How the columns of a query's results are shown; `colonnes` is JSON, in the order shown."""

    __tablename__ = "disposition_colonnes"

    requete: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    colonnes: Mapped[str] = mapped_column(Text)


class RequeteEnregistree(Horodatage, Base):
    """A query that a person wrote and kept under a name; its number is `LIBRES` and this one."""

    __tablename__ = "requete_enregistree"
    __table_args__ = (Index(None, "cle", unique=True), {"sqlite_autoincrement": True})
    libelle_journal: ClassVar[str] = "Requête enregistrée"

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(Text)
    cle: Mapped[str] = mapped_column(Text)
    sql: Mapped[str] = mapped_column(Text)

    def __str__(self) -> str:
        return self.nom


class ExtractionProgrammee(Horodatage, Base):
    """A query that runs by itself into a folder: when, with what, in which format.

    `saisies` is JSON, as typed, days and years in the words of `rules.relatives`; `heure` is
    HH:MM in France. `servie_a` (UTC): the occurrence last served, or the instant at which the
    planning was last set. `executee_a` (UTC) to `remede` say what the last run gave.
    """

    __tablename__ = "extraction_programmee"
    __table_args__ = ({"sqlite_autoincrement": True},)
    libelle_journal: ClassVar[str] = "Extraction programmée"
    hors_journal: ClassVar[frozenset[str]] = frozenset(
        {"servie_a", "executee_a", "lignes", "fichier", "cause", "remede"}
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(Text)
    requete: Mapped[int]
    saisies: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(Text)
    repertoire: Mapped[str] = mapped_column(Text)
    nombre: Mapped[int]
    unite: Mapped[str] = mapped_column(Text)
    heure: Mapped[str] = mapped_column(Text)
    debut_le: Mapped[date] = mapped_column(Date)
    active: Mapped[bool] = mapped_column(default=True)
    servie_a: Mapped[datetime | None] = mapped_column(DateTime)
    executee_a: Mapped[datetime | None] = mapped_column(DateTime)
    lignes: Mapped[int] = mapped_column(default=0)
    fichier: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    remede: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return self.nom
