"""« Identification des organismes »: the lines of an employer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.employeurs import rules
from app.employeurs.errors import OrganismeIntrouvable
from app.employeurs.models import OrganismeEmployeur
from app.employeurs.service.fiche import employeur
from app.socle.fiches import exiger, remplir, valeurs_de
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """An organisme attached to an employer."""

    id: int
    employeur_id: int
    valeurs: dict[str, Any]


def lister_organismes(t: Transaction, employeur_id: int) -> list[LigneOrganisme]:
    """Return the organismes of an employer, in the order of their natures."""
    requete = select(OrganismeEmployeur).where(OrganismeEmployeur.employeur_id == employeur_id)
    rangs = {nature: rang for rang, (nature, _) in enumerate(rules.NATURES_ORGANISME)}
    lignes = sorted(t.session.scalars(requete), key=lambda o: (rangs.get(o.nature, 99), o.id))
    return [LigneOrganisme(o.id, o.employeur_id, valeurs_de(o)) for o in lignes]


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
    return ligne.id


def _ligne(t: Transaction, employeur_id: int, organisme_id: int) -> OrganismeEmployeur:
    ligne = t.session.get(OrganismeEmployeur, organisme_id)
    if ligne is None or ligne.employeur_id != employeur_id:
        raise OrganismeIntrouvable
    return ligne


def modifier_organisme(
    t: Transaction, employeur_id: int, organisme_id: int, saisie: Mapping[str, str]
) -> None:
    """Change a line.

    Raises:
        DonneesRefusees, OrganismeIntrouvable: see their texts.
    """
    ligne = _ligne(t, employeur_id, organisme_id)
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    remplir(ligne, valeurs)
    t.session.flush()


def supprimer_organisme(t: Transaction, employeur_id: int, organisme_id: int) -> str:
    """Take a line away (the journal can bring it back); returns its name."""
    ligne = _ligne(t, employeur_id, organisme_id)
    t.session.delete(ligne)
    t.session.flush()
    return ligne.nom
