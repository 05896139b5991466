"""Duplicates: which are likely, what a fusion would re-attach, the fusion itself.

The absorbed organisme is deleted once everything that named it names the kept one. Bringing it
back from the journal gives back, too, what the fusion had re-attached.
"""

from dataclasses import dataclass

from app.noyau.champs import Champ
from app.organismes import rules
from app.organismes.errors import FusionRefusee, OrganismeUtilise
from app.organismes.models import Organisme, valeur
from app.organismes.rules import Usage
from app.organismes.service.fiche import organisme
from app.organismes.service.liste import organismes_de
from app.organismes.service.usages import usages_de
from app.organismes.signals import organismes_fusionnes
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ApercuFusion:
    """What a fusion would do: whose users move, which empty fields get filled in."""

    garde: rules.Organisme
    absorbe: rules.Organisme
    usages: tuple[Usage, ...]
    completes: tuple[tuple[Champ, str], ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """A fusion that was made: names, records that moved, the journal entry that undoes it."""

    garde: str
    absorbe: str
    usages: tuple[Usage, ...]
    entree: int | None


def doublons_probables(
    t: Transaction, famille: str
) -> list[tuple[rules.Organisme, rules.Organisme]]:
    """Return the pairs of a family that are likely the same organisme.

    Raises:
        FamilleInconnue: no such family.
    """
    return rules.doublons(organismes_de(t, famille))


def _paire(t: Transaction, garde: int, absorbe: int) -> tuple[Organisme, Organisme]:
    if garde == absorbe:
        raise FusionRefusee("c'est deux fois le même")
    une, autre = organisme(t, garde), organisme(t, absorbe)
    if une.famille != autre.famille:
        raise FusionRefusee("ils ne sont pas de la même famille")
    return une, autre


def _manquants(garde: Organisme, absorbe: Organisme) -> dict[str, str]:
    """Return the coordinates that the kept one lacks and the other has."""
    return {
        nom: getattr(absorbe, nom)
        for nom in rules.COORDONNEES
        if getattr(absorbe, nom) and not getattr(garde, nom)
    }


def apercevoir_fusion(t: Transaction, garde: int, absorbe: int) -> ApercuFusion:
    """Say what would happen, without changing anything.

    Raises:
        OrganismeIntrouvable: one of them does not exist.
        FusionRefusee: the same twice, or two families.
    """
    une, autre = _paire(t, garde, absorbe)
    manquants = _manquants(une, autre)
    completes = tuple(
        (c, c.afficher(manquants[c.nom])) for c in rules.CHAMPS_ORGANISME if c.nom in manquants
    )
    return ApercuFusion(valeur(une), valeur(autre), tuple(usages_de(t, absorbe)), completes)


def fusionner(t: Transaction, garde: int, absorbe: int) -> Fusion:
    """Make two organismes one: users of the second go to the first, then the second is deleted.

    Empty coordinates of the first take those of the second.

    Raises:
        OrganismeIntrouvable, FusionRefusee: see `apercevoir_fusion`.
        OrganismeUtilise: somebody still names the second.
    """
    une, autre = _paire(t, garde, absorbe)
    usages = tuple(usages_de(t, absorbe))
    for nom, texte in _manquants(une, autre).items():
        setattr(une, nom, texte)
    t.session.flush()
    organismes_fusionnes.send(t, garde=valeur(une), absorbe=valeur(autre))
    t.session.flush()
    if restants := usages_de(t, absorbe):
        raise OrganismeUtilise(autre.nom, rules.en_mots(restants))
    t.session.delete(autre)
    t.session.flush()
    return Fusion(une.nom, autre.nom, usages, derniere_entree(t.session, "organisme", absorbe))
