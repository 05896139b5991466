"""Dossiers of a tiers: create, rename, archive, delete when empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.employeurs import rules
from app.employeurs.errors import DossierEnDouble, DossierIntrouvable, DossierNonVide
from app.employeurs.models import Dossier, Employeur
from app.noyau.typographie import accorder
from app.socle.fiches import exiger, exiger_version, remplir
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DossierResume:
    """A line of the list of dossiers."""

    id: int
    nom: str
    note: str
    employeurs: int
    archives: int
    archive_le: date | None
    version: int

    @property
    def est_archive(self) -> bool:
        """Tell whether the dossier left the lists."""
        return self.archive_le is not None


def lister_dossiers(t: Transaction, *, archives: bool | None = False) -> list[DossierResume]:
    """Return the dossiers by name: the open ones, the archived ones, or all (None)."""
    ouverts = func.count(Employeur.id).filter(Employeur.archive_le.is_(None))
    clos = func.count(Employeur.id).filter(Employeur.archive_le.is_not(None))
    requete = (
        select(Dossier, ouverts, clos)
        .outerjoin(Employeur, Employeur.dossier_id == Dossier.id)
        .group_by(Dossier.id)
        .order_by(func.sans_accents(Dossier.nom), Dossier.id)
    )
    if archives is not None:
        requete = requete.where(
            Dossier.archive_le.is_not(None) if archives else Dossier.archive_le.is_(None)
        )
    return [
        DossierResume(d.id, d.nom, d.note, int(n), int(a), d.archive_le, d.version)
        for d, n, a in t.session.execute(requete)
    ]


def lire_dossier(t: Transaction, dossier_id: int) -> DossierResume:
    """Return one dossier.

    Raises:
        DossierIntrouvable: no such dossier.
    """
    for resume in lister_dossiers(t, archives=None):
        if resume.id == dossier_id:
            return resume
    raise DossierIntrouvable(str(dossier_id))


def trouver_dossier(t: Transaction, designation: str) -> DossierResume:
    """Return the dossier of that name or number.

    Raises:
        DossierIntrouvable: none.
    """
    cherche = designation.strip()
    for resume in lister_dossiers(t, archives=None):
        if resume.nom.casefold() == cherche.casefold() or str(resume.id) == cherche:
            return resume
    raise DossierIntrouvable(designation)


def _ligne(t: Transaction, dossier_id: int) -> Dossier:
    dossier = t.session.get(Dossier, dossier_id)
    if dossier is None:
        raise DossierIntrouvable(str(dossier_id))
    return dossier


def _nom_libre(t: Transaction, nom: str, sauf: int | None = None) -> None:
    for numero, pris in t.session.execute(select(Dossier.id, Dossier.nom)):
        if pris.casefold() == nom.casefold() and numero != sauf:
            raise DossierEnDouble(pris)


def creer_dossier(t: Transaction, saisie: Mapping[str, str]) -> int:
    """Create a dossier; returns its number.

    Raises:
        DonneesRefusees: the form has defects.
        DossierEnDouble: the name is taken.
    """
    valeurs, constats = rules.lire_dossier(saisie)
    exiger(constats)
    _nom_libre(t, valeurs["nom"])
    dossier = Dossier(**valeurs)
    t.session.add(dossier)
    t.session.flush()
    return dossier.id


def modifier_dossier(
    t: Transaction, dossier_id: int, saisie: Mapping[str, str], version: int | None = None
) -> None:
    """Change a dossier's name or note.

    Raises:
        DonneesRefusees, DossierEnDouble, DossierIntrouvable, ModifieEntreTemps: see their texts.
    """
    dossier = _ligne(t, dossier_id)
    exiger_version(dossier, version)
    valeurs, constats = rules.lire_dossier(saisie)
    exiger(constats)
    _nom_libre(t, valeurs["nom"], dossier_id)
    remplir(dossier, valeurs)
    t.session.flush()


def archiver_dossier(t: Transaction, dossier_id: int, *, archive: bool) -> int | None:
    """Take a dossier with its employers out of the lists, or bring it back.

    Returns:
        The journal entry that undoes it; nothing is deleted.
    """
    _ligne(t, dossier_id).archive_le = t.aujourd_hui if archive else None
    t.session.flush()
    return derniere_entree(t.session, "dossier", dossier_id)


def supprimer_dossier(t: Transaction, dossier_id: int) -> int | None:
    """Delete an empty dossier; returns the journal entry that brings it back.

    Raises:
        DossierNonVide: it still has employers.
    """
    dossier = _ligne(t, dossier_id)
    compte = select(func.count()).where(Employeur.dossier_id == dossier_id)
    combien = t.session.scalar(compte) or 0
    if combien:
        raise DossierNonVide(dossier.nom, accorder(combien, "employeur"))
    t.session.delete(dossier)
    t.session.flush()
    return derniere_entree(t.session, "dossier", dossier_id)
