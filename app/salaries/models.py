"""Tables: salarie, contrat (de travail).

Numbers are never given twice (AUTOINCREMENT): the journal names records by number, and a
deleted one comes back under its own.
"""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, event, text
from sqlalchemy.orm import Mapped, mapped_column

from app.noyau.periodes import FIN_OUVERTE
from app.salaries import rules
from app.socle.base import Base, Horodatage


class Salarie(Horodatage, Base):
    """A person employed by one employer."""

    __tablename__ = "salarie"
    __table_args__ = (
        Index(None, "employeur_id", "recherche"),
        Index(None, "recherche"),
        Index(None, "nir"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Salarié"
    hors_journal = frozenset({"recherche"})

    id: Mapped[int] = mapped_column(primary_key=True)
    employeur_id: Mapped[int] = mapped_column(ForeignKey("employeur.id"))
    matricule: Mapped[str] = mapped_column(Text, default="")
    civilite: Mapped[str] = mapped_column(Text)
    nom_naissance: Mapped[str] = mapped_column(Text)
    nom_usage: Mapped[str] = mapped_column(Text, default="")
    prenoms: Mapped[str] = mapped_column(Text)
    nir: Mapped[str] = mapped_column(Text, default="")
    ne_le: Mapped[date | None] = mapped_column(Date)
    ne_a: Mapped[str] = mapped_column(Text, default="")
    ne_departement: Mapped[str] = mapped_column(Text, default="")
    nationalite: Mapped[str] = mapped_column(Text, default="Française")
    situation: Mapped[str] = mapped_column(Text, default="")
    enfants: Mapped[int] = mapped_column(default=0)
    voie: Mapped[str] = mapped_column(Text, default="")
    complement: Mapped[str] = mapped_column(Text, default="")
    code_postal: Mapped[str] = mapped_column(Text, default="")
    commune: Mapped[str] = mapped_column(Text, default="")
    telephone: Mapped[str] = mapped_column(Text, default="")
    courriel: Mapped[str] = mapped_column(Text, default="")
    iban: Mapped[str] = mapped_column(Text, default="")
    bic: Mapped[str] = mapped_column(Text, default="")
    opco: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    archive_le: Mapped[date | None] = mapped_column(Date)
    recherche: Mapped[str] = mapped_column(Text, default="")
    """What a search looks in and a list is ordered by; kept true by whatever writes the row."""

    def __str__(self) -> str:
        return f"{self.nom_usage or self.nom_naissance} {self.prenoms}"


@event.listens_for(Salarie, "before_insert")
@event.listens_for(Salarie, "before_update")
def _tenir_la_cle(_mappeur: Any, _connexion: Any, ligne: Salarie) -> None:
    """Keep the search key true, also when the journal brings old values back."""
    ligne.recherche = rules.cle_salarie({n: getattr(ligne, n) for n in rules.DANS_LA_CLE})


class Contrat(Horodatage, Base):
    """A contrat de travail; both dates included, 9999-12-31 while the end is not known."""

    __tablename__ = "contrat"
    __table_args__ = (
        Index(None, "salarie_id", "debut_le"),
        CheckConstraint("debut_le <= fin_le", name="dates"),
        {"sqlite_autoincrement": True},
    )
    libelle_journal = "Contrat de travail"

    id: Mapped[int] = mapped_column(primary_key=True)
    salarie_id: Mapped[int] = mapped_column(ForeignKey("salarie.id"))
    nature: Mapped[str] = mapped_column(Text)
    debut_le: Mapped[date] = mapped_column(Date)
    fin_le: Mapped[date] = mapped_column(Date, default=FIN_OUVERTE)
    motif: Mapped[str] = mapped_column(Text, default="")
    emploi: Mapped[str] = mapped_column(Text)
    categorie: Mapped[str] = mapped_column(Text, default="non_cadre")
    classification: Mapped[str] = mapped_column(Text, default="")
    heures_centiemes: Mapped[int]
    salaire_centimes: Mapped[int]
    taux_pas_millioniemes: Mapped[int | None]
    statut_paie: Mapped[str] = mapped_column(Text, default="general", server_default="general")

    def __str__(self) -> str:
        return f"{self.nature.upper()} {self.emploi}"
