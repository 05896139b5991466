"""The fiche administrative: create, read, change, archive, delete an employer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.employeurs import rules
from app.employeurs.errors import EmployeurEnDouble, EmployeurIntrouvable
from app.employeurs.models import Dossier, Employeur, OrganismeEmployeur
from app.employeurs.service.dossiers import lire_dossier
from app.employeurs.service.recherche import cle_employeur
from app.employeurs.signals import employeur_va_disparaitre
from app.noyau.erreurs import Constat
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FicheEmployeur:
    """An employer's record with its dossier's name."""

    id: int
    dossier_id: int
    dossier: str
    version: int
    valeurs: dict[str, Any]

    @property
    def raison_sociale(self) -> str:
        """The name shown on top of the record."""
        return str(self.valeurs["raison_sociale"])

    @property
    def est_archive(self) -> bool:
        """Tell whether the employer left the lists."""
        return self.valeurs["archive_le"] is not None


def employeur(t: Transaction, employeur_id: int) -> Employeur:
    """Return the row of an employer.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    ligne = t.session.get(Employeur, employeur_id)
    if ligne is None:
        raise EmployeurIntrouvable
    return ligne


def lire_fiche_employeur(t: Transaction, employeur_id: int) -> FicheEmployeur:
    """Return an employer's record.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    ligne = employeur(t, employeur_id)
    dossier = t.session.get_one(Dossier, ligne.dossier_id)
    return FicheEmployeur(ligne.id, dossier.id, dossier.nom, ligne.version, valeurs_de(ligne))


def _siret_libre(t: Transaction, dossier_id: int, siret: str, sauf: int | None) -> None:
    if not siret:
        return
    requete = select(Employeur).where(Employeur.siret == siret, Employeur.dossier_id == dossier_id)
    for autre in t.session.scalars(requete):
        if autre.id != sauf:
            raise EmployeurEnDouble(autre.raison_sociale)


def creer_employeur(t: Transaction, dossier_id: int, saisie: Mapping[str, str]) -> int:
    """Create an employer in a dossier; returns its number.

    Raises:
        DonneesRefusees: the form has defects.
        EmployeurEnDouble: the SIRET is known in this dossier.
        DossierIntrouvable: no such dossier.
    """
    lire_dossier(t, dossier_id)
    valeurs, constats = rules.lire_employeur(saisie, t.aujourd_hui)
    exiger(constats)
    _siret_libre(t, dossier_id, valeurs["siret"], None)
    ligne = Employeur(dossier_id=dossier_id, **valeurs, recherche=cle_employeur(valeurs))
    t.session.add(ligne)
    t.session.flush()
    return ligne.id


def modifier_employeur(
    t: Transaction, employeur_id: int, saisie: Mapping[str, str], version: int | None = None
) -> None:
    """Change the fields that the form holds (a tab may hold some only).

    Raises:
        DonneesRefusees, EmployeurEnDouble, EmployeurIntrouvable, ModifieEntreTemps: see there.
    """
    ligne = employeur(t, employeur_id)
    exiger_version(ligne, version)
    actuelles = valeurs_de(ligne)
    complete = {c.nom: c.ecrire(actuelles[c.nom]) for c in rules.CHAMPS_EMPLOYEUR}
    valeurs, constats = rules.lire_employeur({**complete, **saisie}, t.aujourd_hui)
    exiger(_du_formulaire(constats, saisie))
    _siret_libre(t, ligne.dossier_id, valeurs.get("siret", ""), employeur_id)
    remplir(ligne, {n: v for n, v in valeurs.items() if n in saisie})
    remplir(ligne, {"recherche": cle_employeur(valeurs_de(ligne))})
    t.session.flush()


def _du_formulaire(constats: list[Constat], saisie: Mapping[str, str]) -> list[Constat]:
    """Keep the findings about fields that the person sees on this tab."""
    return [c for c in constats if c.champ in saisie]


def archiver_employeur(t: Transaction, employeur_id: int, *, archive: bool) -> None:
    """Take an employer out of the lists, or bring it back; nothing is deleted."""
    employeur(t, employeur_id).archive_le = t.aujourd_hui if archive else None
    t.session.flush()


def supprimer_employeur(t: Transaction, employeur_id: int) -> None:
    """Delete an employer without employees, with its organismes (the journal brings it back).

    Raises:
        EmployeurNonVide: somebody announced that data hang on it.
    """
    ligne = employeur(t, employeur_id)
    employeur_va_disparaitre.send(t, employeur_id=employeur_id, raison_sociale=ligne.raison_sociale)
    requete = select(OrganismeEmployeur).where(OrganismeEmployeur.employeur_id == employeur_id)
    for organisme in t.session.scalars(requete):
        t.session.delete(organisme)
    t.session.flush()
    t.session.delete(ligne)
    t.session.flush()
