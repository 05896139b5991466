"""Employment contracts of an employee: create, change, delete."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.noyau.erreurs import exiger_confirmation
from app.noyau.periodes import Periode
from app.salaries import rules
from app.salaries.errors import ContratIntrouvable
from app.salaries.models import Contrat
from app.salaries.service.annonces import annoncer_contrats
from app.salaries.service.fiche import salarie
from app.salaries.signals import contrat_va_disparaitre
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FicheContrat:
    """A contract with its values."""

    id: int
    salarie_id: int
    version: int
    designation: str
    periode: Periode
    valeurs: dict[str, Any]


def _fiche(ligne: Contrat) -> FicheContrat:
    periode = Periode(ligne.debut_le, ligne.fin_le)
    valeurs = valeurs_de(ligne)
    return FicheContrat(ligne.id, ligne.salarie_id, ligne.version, str(ligne), periode, valeurs)


def lister_contrats(t: Transaction, salarie_id: int) -> list[FicheContrat]:
    """Return the contracts of an employee, latest first."""
    requete = (
        select(Contrat)
        .where(Contrat.salarie_id == salarie_id)
        .order_by(Contrat.debut_le.desc(), Contrat.id.desc())
    )
    return [_fiche(c) for c in t.session.scalars(requete)]


def _ligne(t: Transaction, salarie_id: int, contrat_id: int) -> Contrat:
    ligne = t.session.get(Contrat, contrat_id)
    if ligne is None or ligne.salarie_id != salarie_id:
        raise ContratIntrouvable
    return ligne


def lire_contrat(t: Transaction, salarie_id: int, contrat_id: int) -> FicheContrat:
    """Return one contract.

    Raises:
        ContratIntrouvable: this employee has no such contract.
    """
    return _fiche(_ligne(t, salarie_id, contrat_id))


def _verifier(
    t: Transaction,
    salarie_id: int,
    valeurs: Mapping[str, Any],
    *,
    sauf: int | None,
    confirmes: Collection[str],
) -> None:
    """Ask for confirmation of what is unusual."""
    periode = Periode(valeurs["debut_le"], valeurs["fin_le"])
    autres = [c.periode for c in lister_contrats(t, salarie_id) if c.id != sauf]
    avertissements = rules.avertir_contrat(periode, autres)
    avertissements += rules.avertir_age(periode, salarie(t, salarie_id).ne_le)
    exiger_confirmation(avertissements, frozenset(confirmes))


def creer_contrat(
    t: Transaction, salarie_id: int, saisie: Mapping[str, str], confirmes: Collection[str] = ()
) -> int:
    """Create a contract; returns its number.

    Raises:
        DonneesRefusees: the form has defects.
        ConfirmationRequise: another contract covers the same days, or the person is a child.
    """
    salarie(t, salarie_id)
    valeurs, constats = rules.lire_contrat(saisie)
    exiger(constats)
    _verifier(t, salarie_id, valeurs, sauf=None, confirmes=confirmes)
    ligne = Contrat(salarie_id=salarie_id, **valeurs)
    t.session.add(ligne)
    t.session.flush()
    return ligne.id


def modifier_contrat(
    t: Transaction,
    salarie_id: int,
    contrat_id: int,
    saisie: Mapping[str, str],
    *,
    version: int | None = None,
    confirmes: Collection[str] = (),
) -> None:
    """Change a contract.

    Raises:
        DonneesRefusees, ConfirmationRequise, ContratIntrouvable, ModifieEntreTemps: see there.
    """
    ligne = _ligne(t, salarie_id, contrat_id)
    exiger_version(ligne, version)
    valeurs, constats = rules.lire_contrat(saisie)
    exiger(constats)
    _verifier(t, salarie_id, valeurs, sauf=contrat_id, confirmes=confirmes)
    avant = valeurs_de(ligne)
    remplir(ligne, valeurs)
    t.session.flush()
    annoncer_contrats(t, {contrat_id: (avant, valeurs_de(ligne))})


@dataclass(frozen=True, slots=True)
class ContratSupprime:
    """A contract that was deleted, and the journal entry that brings it back."""

    fiche: FicheContrat
    entree: int | None


def supprimer_contrat(t: Transaction, salarie_id: int, contrat_id: int) -> ContratSupprime:
    """Delete a contract (the journal brings it back).

    Raises:
        ContratIntrouvable: this employee has no such contract.
        ErreurMetier: somebody announced that data hang on it.
    """
    ligne = _ligne(t, salarie_id, contrat_id)
    fiche = _fiche(ligne)
    contrat_va_disparaitre.send(t, contrat_id=contrat_id)
    t.session.delete(ligne)
    t.session.flush()
    return ContratSupprime(fiche, derniere_entree(t.session, "contrat", contrat_id))
