"""Many employers at once: spreadsheet import, demonstration dossier."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.employeurs.models import Dossier, Employeur, OrganismeEmployeur
from app.employeurs.rules import cle_employeur
from app.employeurs.service.annonces import annoncer_employeurs
from app.organismes import service as organismes
from app.socle.fiches import en_chunks, inserer_en_masse, remplir, valeurs_de
from app.socle.transaction import Transaction


class CleEmployeur(NamedTuple):
    """By what an employer of a file is known again."""

    id: int
    dossier_id: int
    dossier: str
    raison_sociale: str
    siret: str


def ajouter_en_masse(
    t: Transaction, dossier_id: int, fiches: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Insert employers whose values were read by `lire_employeur`; returns their numbers."""
    completes = [{**f, "dossier_id": dossier_id, "recherche": cle_employeur(f)} for f in fiches]
    return inserer_en_masse(t, Employeur, completes)


def ajouter_organismes_en_masse(t: Transaction, lignes: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert lines of « Identification des organismes » (`employeur_id` in each).

    A line names its caisse by `nom`: that of its nature is found in the table, or made.
    """
    noms = [(str(ligne["nature"]), str(ligne["nom"])) for ligne in lignes]
    numeros = organismes.trouver_ou_creer_en_masse(t, noms)
    completes = [
        {**ligne, "organisme_id": numeros[nom]} for ligne, nom in zip(lignes, noms, strict=True)
    ]
    return inserer_en_masse(t, OrganismeEmployeur, completes)


def cles_existantes(t: Transaction) -> list[CleEmployeur]:
    """Return the keys of every employer, archived ones included."""
    requete = select(
        Employeur.id,
        Employeur.dossier_id,
        Dossier.nom,
        Employeur.raison_sociale,
        Employeur.siret,
    ).join(Dossier, Dossier.id == Employeur.dossier_id)
    return [CleEmployeur(*ligne) for ligne in t.session.execute(requete)]


def valeurs_en_masse(t: Transaction, numeros: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the values of many employers by number."""
    return {
        e.id: valeurs_de(e)
        for morceau in en_chunks(numeros)
        for e in t.session.scalars(select(Employeur).where(Employeur.id.in_(morceau)))
    }


def modifier_en_masse(t: Transaction, valeurs: Mapping[int, Mapping[str, Any]]) -> int:
    """Change many employers; returns how many really changed."""
    touches: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    for morceau in en_chunks(list(valeurs)):
        for fiche in t.session.scalars(select(Employeur).where(Employeur.id.in_(morceau))):
            avant = valeurs_de(fiche)
            remplir(fiche, valeurs[fiche.id])
            touches[fiche.id] = (avant, valeurs_de(fiche))
    changes = len([f for f in t.session.dirty if t.session.is_modified(f)])
    t.session.flush()
    annoncer_employeurs(t, touches)
    return changes
