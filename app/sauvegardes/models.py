"""Tables: script_sauvegarde (journalled), sauvegarde (what each run gave)."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, DateTime, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.sauvegardes.rules.destination import DOSSIER
from app.sauvegardes.rules.etats import BONNE
from app.sauvegardes.rules.retention import GARDER
from app.socle.base import Base, Horodatage


class ScriptSauvegarde(Horodatage, Base):
    """A script de sauvegarde: when it runs, where its backups go, how many are kept.

    `heure` is HH:MM in France. `servie_a` (UTC): the occurrence last served, or the instant at
    which the planning was last set: what came before it is owed to nobody. `cle_publique` and
    `enveloppe` (base 64) are those of `service.cles`; empty when backups are in clear.
    `genre` to `cle_hote` are those of `rules.destination`; the password is never here.
    """

    __tablename__ = "script_sauvegarde"
    __table_args__ = (Index(None, "cle", unique=True), {"sqlite_autoincrement": True})
    libelle_journal: ClassVar[str] = "Script de sauvegarde"
    hors_journal: ClassVar[frozenset[str]] = frozenset({"servie_a"})

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(Text)
    cle: Mapped[str] = mapped_column(Text)
    nombre: Mapped[int] = mapped_column(default=1)
    unite: Mapped[str] = mapped_column(Text)
    heure: Mapped[str] = mapped_column(Text)
    debut_le: Mapped[date] = mapped_column(Date)
    dossier: Mapped[str] = mapped_column(Text)
    genre: Mapped[str] = mapped_column(Text, default=DOSSIER)
    volume: Mapped[str] = mapped_column(Text, default="")
    volume_nom: Mapped[str] = mapped_column(Text, default="")
    hote: Mapped[str] = mapped_column(Text, default="")
    port: Mapped[int] = mapped_column(default=0)
    utilisateur: Mapped[str] = mapped_column(Text, default="")
    autorite: Mapped[str] = mapped_column(Text, default="")
    cle_hote: Mapped[str] = mapped_column(Text, default="")
    garder: Mapped[int] = mapped_column(default=GARDER)
    cle_publique: Mapped[str] = mapped_column(Text, default="")
    enveloppe: Mapped[str] = mapped_column(Text, default="")
    servie_a: Mapped[datetime | None] = mapped_column(DateTime)

    def __str__(self) -> str:
        return self.nom


class Sauvegarde(Base):
    """A run: a whole, verified file (`bonne`), or why there is none (`echouee`).

    Instants in UTC, size in bytes. `script_id` is empty once its script is gone, and for the
    safety copies that a restore makes (`precaution`).
    """

    __tablename__ = "sauvegarde"
    __table_args__ = (Index(None, "script_id", "faite_a"),)
    libelle_journal: ClassVar[str] = "Restauration de la base"
    journal_automatique: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    script_id: Mapped[int | None] = mapped_column(
        ForeignKey("script_sauvegarde.id", ondelete="SET NULL")
    )
    script: Mapped[str] = mapped_column(Text)
    precaution: Mapped[bool] = mapped_column(default=False)
    etat: Mapped[str] = mapped_column(Text, default=BONNE)
    faite_a: Mapped[datetime] = mapped_column(DateTime)
    fichier: Mapped[str] = mapped_column(Text, default="")
    taille: Mapped[int] = mapped_column(default=0)
    programme: Mapped[str] = mapped_column(Text, default="")
    schema: Mapped[str] = mapped_column(Text, default="")
    chiffree: Mapped[bool] = mapped_column(default=False)
    verifiee_a: Mapped[datetime | None] = mapped_column(DateTime)
    cause: Mapped[str] = mapped_column(Text, default="")
    remede: Mapped[str] = mapped_column(Text, default="")

    def __str__(self) -> str:
        return f"{self.script}, sauvegarde du {self.faite_a:%d/%m/%Y} à {self.faite_a:%H:%M}"
