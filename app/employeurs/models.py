"""Tables: dossier, employeur, organisme_employeur.

Numbers are never given twice (AUTOINCREMENT): the journal names records by number, and a
deleted one comes back under its own.
"""

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from app.employeurs import rules
from app.socle.base import Base, Horodatage


class Dossier(Horodatage, Base):
    """The set of employers that a tiers works in."""

    __tablename__ = "dossier"
    __table_args__ = ({"sqlite_autoincrement": True},)
    libelle_journal = "Dossier"

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(Text, unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    archive_le: Mapped[date | None] = mapped_column(Date)

    def __str__(self) -> str:
        return self.nom


class Employeur(Horodatage, Base):
    """An association that employs, with its fiche administrative."""

    __tablename__ = "employeur"
    __table_args__ = (
        Index(None, "dossier_id", "recherche"),
        Index(None, "recherche"),
        Index(None, "siret"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Employeur"
    hors_journal = frozenset({"recherche"})

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    raison_sociale: Mapped[str] = mapped_column(Text)
    sigle: Mapped[str] = mapped_column(Text, default="")
    forme: Mapped[str] = mapped_column(Text, default="association")
    siret: Mapped[str] = mapped_column(Text, default="")
    naf: Mapped[str] = mapped_column(Text, default="")
    rna: Mapped[str] = mapped_column(Text, default="")
    creee_le: Mapped[date | None] = mapped_column(Date)
    voie: Mapped[str] = mapped_column(Text, default="")
    complement: Mapped[str] = mapped_column(Text, default="")
    code_postal: Mapped[str] = mapped_column(Text, default="")
    commune: Mapped[str] = mapped_column(Text, default="")
    telephone: Mapped[str] = mapped_column(Text, default="")
    courriel: Mapped[str] = mapped_column(Text, default="")
    representant: Mapped[str] = mapped_column(Text, default="")
    qualite: Mapped[str] = mapped_column(Text, default="")
    effectif: Mapped[int] = mapped_column(default=0)
    premiere_embauche_le: Mapped[date | None] = mapped_column(Date)
    cesse_le: Mapped[date | None] = mapped_column(Date)
    taux_at_millioniemes: Mapped[int | None]
    idcc: Mapped[str] = mapped_column(Text, default="")
    opco: Mapped[str] = mapped_column(Text, default="")
    opco_adherent: Mapped[str] = mapped_column(Text, default="")
    opco_depuis_le: Mapped[date | None] = mapped_column(Date)
    titulaire: Mapped[str] = mapped_column(Text, default="")
    iban: Mapped[str] = mapped_column(Text, default="")
    bic: Mapped[str] = mapped_column(Text, default="")
    archive_le: Mapped[date | None] = mapped_column(Date)
    recherche: Mapped[str] = mapped_column(Text, default="")
    """What a search looks in and a list is ordered by; kept true by whatever writes the row."""

    def __str__(self) -> str:
        return self.raison_sociale


@event.listens_for(Employeur, "before_insert")
@event.listens_for(Employeur, "before_update")
def _tenir_la_cle(_mappeur: Any, _connexion: Any, ligne: Employeur) -> None:
    """Keep the search key true, also when the journal brings old values back."""
    ligne.recherche = rules.cle_employeur({n: getattr(ligne, n) for n in rules.DANS_LA_CLE})


class OrganismeEmployeur(Horodatage, Base):
    """One line of « Identification des organismes » of an employer."""

    __tablename__ = "organisme_employeur"
    __table_args__ = (
        Index(None, "employeur_id"),
        Index(None, "organisme_id"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Organisme"

    id: Mapped[int] = mapped_column(primary_key=True)
    employeur_id: Mapped[int] = mapped_column(ForeignKey("employeur.id"))
    nature: Mapped[str] = mapped_column(Text)
    regime: Mapped[str] = mapped_column(Text, default="general")
    organisme_id: Mapped[int] = mapped_column(ForeignKey("organisme.id"))
    reference: Mapped[str] = mapped_column(Text, default="")
    depuis_le: Mapped[date | None] = mapped_column(Date)

    def __str__(self) -> str:
        nature = dict(rules.NATURES_ORGANISME).get(self.nature, self.nature)
        return f"{nature} {self.reference}".strip()
