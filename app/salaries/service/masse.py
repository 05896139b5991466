"""Many employees and contracts at once: spreadsheet import, demonstration dossier."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from app.salaries.models import Contrat, Salarie
from app.salaries.rules import cle_salarie
from app.salaries.service.annonces import annoncer_contrats
from app.socle.fiches import en_chunks, inserer_en_masse, remplir, valeurs_de
from app.socle.transaction import Transaction


class CleSalarie(NamedTuple):
    """By what an employee of a file is known again."""

    id: int
    employeur_id: int
    matricule: str
    nom_naissance: str
    prenoms: str
    nir: str
    ne_le: date | None


class CleContrat(NamedTuple):
    """By what a contract of a file is known again."""

    id: int
    salarie_id: int
    debut_le: date
    nature: str


def ajouter_en_masse(t: Transaction, fiches: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert employees whose values were read by `lire_salarie` (`employeur_id` in each)."""
    return inserer_en_masse(t, Salarie, [{**f, "recherche": cle_salarie(f)} for f in fiches])


def ajouter_contrats_en_masse(t: Transaction, fiches: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert contracts whose values were read by `lire_contrat` (`salarie_id` in each)."""
    return inserer_en_masse(t, Contrat, fiches)


def cles_existantes(t: Transaction) -> list[CleSalarie]:
    """Return the keys of every employee, archived ones included."""
    requete = select(
        Salarie.id,
        Salarie.employeur_id,
        Salarie.matricule,
        Salarie.nom_naissance,
        Salarie.prenoms,
        Salarie.nir,
        Salarie.ne_le,
    )
    return [CleSalarie(*ligne) for ligne in t.session.execute(requete)]


def cles_contrats(t: Transaction) -> list[CleContrat]:
    """Return the keys of every contract."""
    requete = select(Contrat.id, Contrat.salarie_id, Contrat.debut_le, Contrat.nature)
    return [CleContrat(*ligne) for ligne in t.session.execute(requete)]


def valeurs_en_masse(t: Transaction, numeros: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the values of many employees by number."""
    return {
        s.id: valeurs_de(s)
        for morceau in en_chunks(numeros)
        for s in t.session.scalars(select(Salarie).where(Salarie.id.in_(morceau)))
    }


def valeurs_contrats_en_masse(t: Transaction, numeros: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return the values of many contracts by number."""
    return {
        c.id: valeurs_de(c)
        for morceau in en_chunks(numeros)
        for c in t.session.scalars(select(Contrat).where(Contrat.id.in_(morceau)))
    }


def modifier_en_masse(t: Transaction, valeurs: Mapping[int, Mapping[str, Any]]) -> int:
    """Change many employees; returns how many really changed."""
    for morceau in en_chunks(list(valeurs)):
        for fiche in t.session.scalars(select(Salarie).where(Salarie.id.in_(morceau))):
            remplir(fiche, valeurs[fiche.id])
    return _valider(t)


def modifier_contrats_en_masse(t: Transaction, valeurs: Mapping[int, Mapping[str, Any]]) -> int:
    """Change many contracts; returns how many really changed."""
    changes: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    for morceau in en_chunks(list(valeurs)):
        for fiche in t.session.scalars(select(Contrat).where(Contrat.id.in_(morceau))):
            avant = valeurs_de(fiche)
            remplir(fiche, valeurs[fiche.id])
            if (apres := valeurs_de(fiche)) != avant:
                changes[fiche.id] = (avant, apres)
    combien = _valider(t)
    annoncer_contrats(t, changes)
    return combien


def _valider(t: Transaction) -> int:
    changes = len([f for f in t.session.dirty if t.session.is_modified(f)])
    t.session.flush()
    return changes
