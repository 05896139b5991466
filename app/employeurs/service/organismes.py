"""« Identification des organismes »: the lines of an employer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.employeurs import rules
from app.employeurs.errors import OrganismeDAutreNature, OrganismeInconnu, OrganismeIntrouvable
from app.employeurs.models import OrganismeEmployeur
from app.employeurs.service.formation import suivre_la_ligne
from app.employeurs.service.ligne import employeur
from app.organismes import service as organismes
from app.organismes.rules import Organisme
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """An organisme attached to an employer; `nom` is that of its caisse."""

    id: int
    employeur_id: int
    version: int
    nom: str
    valeurs: dict[str, Any]

    @property
    def nature(self) -> str:
        """What it is for (one of the natures)."""
        return str(self.valeurs["nature"])

    @property
    def organisme_id(self) -> int:
        """Number of its caisse in the table of organismes collecteurs."""
        return int(self.valeurs["organisme_id"])


def lister_organismes(t: Transaction, employeur_id: int) -> list[LigneOrganisme]:
    """Return the organismes of an employer, in the order of their natures."""
    requete = select(OrganismeEmployeur).where(OrganismeEmployeur.employeur_id == employeur_id)
    rangs = {nature: rang for rang, (nature, _) in enumerate(rules.NATURES_ORGANISME)}
    lignes = sorted(t.session.scalars(requete), key=lambda o: (rangs.get(o.nature, 99), o.id))
    caisses = organismes.lire_organismes(t, [o.organisme_id for o in lignes])
    return [_vue(o, caisses[o.organisme_id].nom) for o in lignes]


def _vue(ligne: OrganismeEmployeur, nom: str) -> LigneOrganisme:
    return LigneOrganisme(ligne.id, ligne.employeur_id, ligne.version, nom, valeurs_de(ligne))


def _nom(t: Transaction, organisme_id: int) -> str:
    return organismes.lire_organismes(t, [organisme_id])[organisme_id].nom


def lire_organisme(t: Transaction, employeur_id: int, organisme_id: int) -> LigneOrganisme:
    """Return a line, by its own number.

    Raises:
        OrganismeIntrouvable: this employer has no such line.
    """
    ligne = _ligne(t, employeur_id, organisme_id)
    return _vue(ligne, _nom(t, ligne.organisme_id))


def _caisse(t: Transaction, valeurs: Mapping[str, Any]) -> Organisme:
    """Return the caisse that a line names.

    Raises:
        OrganismeInconnu: the table has none of that number.
        OrganismeDAutreNature: it is of another family.
    """
    numero = int(valeurs["organisme_id"])
    caisse = organismes.lire_organismes(t, [numero]).get(numero)
    if caisse is None:
        raise OrganismeInconnu
    if caisse.famille != valeurs["nature"]:
        natures = dict(rules.NATURES_ORGANISME)
        raise OrganismeDAutreNature(caisse.nom, natures[caisse.famille])
    return caisse


def ajouter_organisme(t: Transaction, employeur_id: int, saisie: Mapping[str, str]) -> int:
    """Attach an organisme (`organisme_id` in the form); returns the number of the line.

    Raises:
        DonneesRefusees: the form has defects.
        OrganismeInconnu, OrganismeDAutreNature: its caisse is not one of the table, or not
            one of this nature.
    """
    employeur(t, employeur_id)
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    caisse = _caisse(t, valeurs)
    ligne = OrganismeEmployeur(employeur_id=employeur_id, **valeurs)
    t.session.add(ligne)
    t.session.flush()
    if ligne.nature == rules.NATURE_FORMATION:
        suivre_la_ligne(t, employeur_id, "", caisse.nom)
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
    """Change a line, by its own number.

    Raises:
        DonneesRefusees, OrganismeIntrouvable, ModifieEntreTemps: see their texts.
        OrganismeInconnu, OrganismeDAutreNature: see `ajouter_organisme`.
    """
    ligne = _ligne(t, employeur_id, organisme_id)
    exiger_version(ligne, version)
    valeurs, constats = rules.lire_organisme(saisie)
    exiger(constats)
    avant, caisse = _nom(t, ligne.organisme_id), _caisse(t, valeurs)
    remplir(ligne, valeurs)
    t.session.flush()
    if ligne.nature == rules.NATURE_FORMATION and caisse.nom != avant:
        suivre_la_ligne(t, employeur_id, avant, caisse.nom)


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
    nom = _nom(t, ligne.organisme_id)
    t.session.delete(ligne)
    t.session.flush()
    entree = derniere_entree(t.session, "organisme_employeur", organisme_id)
    return OrganismeSupprime(nom, entree)
