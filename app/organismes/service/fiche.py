"""The record of an organisme: create, read, change, archive, delete while nobody uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.noyau.periodes import afficher_date
from app.organismes import rules
from app.organismes.errors import (
    FamilleUtilisee,
    OrganismeEnDouble,
    OrganismeIntrouvable,
    OrganismeUtilise,
)
from app.organismes.models import Organisme, valeur
from app.organismes.rules import Usage
from app.organismes.service.usages import usages_de
from app.organismes.signals import organisme_renomme
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.historique import LigneHistorique, Suivies, lire_historique
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FicheOrganisme:
    """An organisme's record, with who uses it."""

    id: int
    version: int
    valeurs: dict[str, Any]
    usages: tuple[Usage, ...]

    @property
    def nom(self) -> str:
        """The name shown on top of the record."""
        return str(self.valeurs["nom"])

    @property
    def famille(self) -> str:
        """Its family (stored value)."""
        return str(self.valeurs["famille"])

    @property
    def est_archive(self) -> bool:
        """Tell whether it left the lists of choices."""
        return self.valeurs["archive_le"] is not None


def organisme(t: Transaction, organisme_id: int) -> Organisme:
    """Return the row of an organisme.

    Raises:
        OrganismeIntrouvable: no such organisme.
    """
    ligne = t.session.get(Organisme, organisme_id)
    if ligne is None:
        raise OrganismeIntrouvable
    return ligne


def lire_fiche(t: Transaction, organisme_id: int) -> FicheOrganisme:
    """Return an organisme's record.

    Raises:
        OrganismeIntrouvable: no such organisme.
    """
    ligne = organisme(t, organisme_id)
    usages = tuple(usages_de(t, organisme_id))
    return FicheOrganisme(ligne.id, ligne.version, valeurs_de(ligne), usages)


def du_nom(t: Transaction, famille: str, nom: str) -> Organisme | None:
    """Return the row of that name in a family, whatever its case and accents."""
    requete = select(Organisme).where(Organisme.famille == famille, Organisme.cle == rules.cle(nom))
    return t.session.scalar(requete)


def _nom_libre(t: Transaction, valeurs: Mapping[str, Any], sauf: int | None) -> None:
    autre = du_nom(t, valeurs["famille"], valeurs["nom"])
    if autre is not None and autre.id != sauf:
        le = autre.archive_le
        etat = f" (archivé le {afficher_date(le)})" if le else ""
        raise OrganismeEnDouble(autre.nom, etat, autre.id)


def creer_organisme(t: Transaction, saisie: Mapping[str, str]) -> int:
    """Create an organisme; returns its number.

    Raises:
        DonneesRefusees: the form has defects.
        OrganismeEnDouble: the family has one of that name.
    """
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    _nom_libre(t, valeurs, None)
    ligne = Organisme(**valeurs)
    t.session.add(ligne)
    t.session.flush()
    return ligne.id


def modifier_organisme(
    t: Transaction, organisme_id: int, saisie: Mapping[str, str], version: int | None = None
) -> None:
    """Change an organisme; what names it follows a new name.

    Raises:
        DonneesRefusees, OrganismeEnDouble, OrganismeIntrouvable, ModifieEntreTemps: see there.
        FamilleUtilisee: another family, though somebody uses it.
    """
    ligne = organisme(t, organisme_id)
    exiger_version(ligne, version)
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    if valeurs["famille"] != ligne.famille and (usages := usages_de(t, organisme_id)):
        raise FamilleUtilisee(ligne.nom, rules.en_mots(usages))
    _nom_libre(t, valeurs, organisme_id)
    avant = ligne.nom
    remplir(ligne, valeurs)
    t.session.flush()
    if ligne.nom != avant:
        organisme_renomme.send(t, organisme=valeur(ligne), avant=avant)


def archiver_organisme(t: Transaction, organisme_id: int, *, archive: bool) -> int | None:
    """Take an organisme out of the lists of choices, or bring it back; returns what undoes it.

    Raises:
        OrganismeIntrouvable: no such organisme.
    """
    organisme(t, organisme_id).archive_le = t.aujourd_hui if archive else None
    t.session.flush()
    return derniere_entree(t.session, "organisme", organisme_id)


def supprimer_organisme(t: Transaction, organisme_id: int) -> int | None:
    """Delete an organisme that nobody uses; returns the journal entry that brings it back.

    Raises:
        OrganismeIntrouvable: no such organisme.
        OrganismeUtilise: records name it; the refusal says which.
    """
    ligne = organisme(t, organisme_id)
    if usages := usages_de(t, organisme_id):
        raise OrganismeUtilise(ligne.nom, rules.en_mots(usages))
    t.session.delete(ligne)
    t.session.flush()
    return derniere_entree(t.session, "organisme", organisme_id)


def lire_journal(t: Transaction, organisme_id: int) -> list[LigneHistorique]:
    """Return who changed what of an organisme, latest first."""
    return lire_historique(t, {"organisme": Suivies([organisme_id], rules.CHAMPS_ORGANISME)})
