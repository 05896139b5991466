"""« Identification des organismes »: the lines of an employer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.employeurs import rules
from app.employeurs.errors import OrganismeIntrouvable
from app.employeurs.models import OrganismeEmployeur
from app.employeurs.service.formation import suivre_la_ligne
from app.employeurs.service.ligne import employeur
from app.noyau.typographie import sans_accents
from app.opco import service as opco
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """An organisme attached to an employer."""

    id: int
    employeur_id: int
    version: int
    valeurs: dict[str, Any]

    @property
    def nature(self) -> str:
        """What it is for (one of the natures)."""
        return str(self.valeurs["nature"])

    @property
    def nom(self) -> str:
        """Its name."""
        return str(self.valeurs["nom"])


def lister_organismes(t: Transaction, employeur_id: int) -> list[LigneOrganisme]:
    """Return the organismes of an employer, in the order of their natures."""
    requete = select(OrganismeEmployeur).where(OrganismeEmployeur.employeur_id == employeur_id)
    rangs = {nature: rang for rang, (nature, _) in enumerate(rules.NATURES_ORGANISME)}
    lignes = sorted(t.session.scalars(requete), key=lambda o: (rangs.get(o.nature, 99), o.id))
    return [_vue(o) for o in lignes]


def _vue(ligne: OrganismeEmployeur) -> LigneOrganisme:
    return LigneOrganisme(ligne.id, ligne.employeur_id, ligne.version, valeurs_de(ligne))


def lire_organisme(t: Transaction, employeur_id: int, organisme_id: int) -> LigneOrganisme:
    """Return a line.

    Raises:
        OrganismeIntrouvable: this employer has no such line.
    """
    return _vue(_ligne(t, employeur_id, organisme_id))


def suggerer_organismes(t: Transaction) -> list[str]:
    """Return the names that this base already uses, the OPCO included."""
    requete = select(OrganismeEmployeur.nom).distinct()
    noms = {*t.session.scalars(requete), *opco.libelles(t)}
    return sorted(noms, key=sans_accents)


def ajouter_organisme(t: Transaction, employeur_id: int, saisie: Mapping[str, str]) -> int:
    """Attach an organisme; returns the number of the line.

    Raises:
        DonneesRefusees: the form has defects.
    """
    employeur(t, employeur_id)
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    ligne = OrganismeEmployeur(employeur_id=employeur_id, **valeurs)
    t.session.add(ligne)
    t.session.flush()
    if ligne.nature == rules.NATURE_FORMATION:
        suivre_la_ligne(t, employeur_id, "", ligne.nom)
    return ligne.id


def _ligne(t: Transaction, employeur_id: int, organisme_id: int) -> OrganismeEmployeur:
    ligne = t.session.get(OrganismeEmployeur, organisme_id)
    if ligne is None or ligne.employeur_id != employeur_id:
        raise OrganismeIntrouvable
    return ligne


def modifier_organisme(
    t: Transaction,
    employeur_id: int,
    organisme_id: int,
    saisie: Mapping[str, str],
    version: int | None = None,
) -> None:
    """Change a line.

    Raises:
        DonneesRefusees, OrganismeIntrouvable, ModifieEntreTemps: see their texts.
    """
    ligne = _ligne(t, employeur_id, organisme_id)
    exiger_version(ligne, version)
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    avant = ligne.nom
    remplir(ligne, valeurs)
    t.session.flush()
    if ligne.nature == rules.NATURE_FORMATION and ligne.nom != avant:
        suivre_la_ligne(t, employeur_id, avant, ligne.nom)


@dataclass(frozen=True, slots=True)
class OrganismeSupprime:
    """A line that was taken away, and the journal entry that brings it back."""

    nom: str
    entree: int | None


def supprimer_organisme(t: Transaction, employeur_id: int, organisme_id: int) -> OrganismeSupprime:
    """Take a line away (the journal can bring it back).

    Raises:
        OrganismeIntrouvable: this employer has no such line.
    """
    ligne = _ligne(t, employeur_id, organisme_id)
    t.session.delete(ligne)
    t.session.flush()
    entree = derniere_entree(t.session, "organisme_employeur", organisme_id)
    return OrganismeSupprime(ligne.nom, entree)
