"""The fiche administrative: create, read, change, archive, delete an employer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.employeurs import rules
from app.employeurs.errors import EmployeurEnDouble
from app.employeurs.models import Dossier, Employeur, OrganismeEmployeur
from app.employeurs.service.annonces import annoncer_employeurs
from app.employeurs.service.dossiers import lire_dossier
from app.employeurs.service.formation import suivre_la_fiche
from app.employeurs.service.ligne import employeur
from app.employeurs.signals import employeur_va_disparaitre
from app.noyau.champs import ChampObligatoire
from app.noyau.erreurs import Constat
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FicheEmployeur:
    """An employer's record with its dossier's name and state."""

    id: int
    dossier_id: int
    dossier: str
    dossier_archive_le: date | None
    version: int
    valeurs: dict[str, Any]

    @property
    def raison_sociale(self) -> str:
        """The name shown on top of the record."""
        return str(self.valeurs["raison_sociale"])

    @property
    def est_archive(self) -> bool:
        """Tell whether the employer itself was archived."""
        return self.valeurs["archive_le"] is not None


def lire_fiche_employeur(t: Transaction, employeur_id: int) -> FicheEmployeur:
    """Return an employer's record.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    ligne = employeur(t, employeur_id)
    dossier = t.session.get_one(Dossier, ligne.dossier_id)
    return FicheEmployeur(
        id=ligne.id,
        dossier_id=dossier.id,
        dossier=dossier.nom,
        dossier_archive_le=dossier.archive_le,
        version=ligne.version,
        valeurs=valeurs_de(ligne),
    )


def _siret_libre(t: Transaction, dossier_id: int, siret: str, sauf: int | None) -> None:
    if not siret:
        return
    requete = select(Employeur).where(Employeur.siret == siret, Employeur.dossier_id == dossier_id)
    for autre in t.session.scalars(requete):
        if autre.id != sauf:
            raise EmployeurEnDouble(autre.raison_sociale)


def creer_employeur(t: Transaction, dossier_id: int | None, saisie: Mapping[str, str]) -> int:
    """Create an employer in a dossier (None: not chosen, a defect); returns its number.

    Raises:
        DonneesRefusees: the form has defects.
        EmployeurEnDouble: the SIRET is known in this dossier.
        DossierIntrouvable: no such dossier.
    """
    valeurs, constats = rules.lire_employeur(saisie, t.aujourd_hui)
    if dossier_id is None:
        constats.insert(0, Constat.de_l_erreur(ChampObligatoire("Dossier"), "dossier"))
    else:
        lire_dossier(t, dossier_id)
    exiger(constats)
    ligne = Employeur(dossier_id=dossier_id, **valeurs)
    _siret_libre(t, ligne.dossier_id, valeurs["siret"], None)
    t.session.add(ligne)
    t.session.flush()
    suivre_la_fiche(t, ligne.id, "", ligne.opco)
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
    if "siret" in saisie:
        _siret_libre(t, ligne.dossier_id, valeurs["siret"], employeur_id)
    remplir(ligne, {n: v for n, v in valeurs.items() if n in saisie})
    t.session.flush()
    suivre_la_fiche(t, employeur_id, actuelles["opco"], ligne.opco)
    annoncer_employeurs(t, {employeur_id: (actuelles, valeurs_de(ligne))})


def _du_formulaire(constats: list[Constat], saisie: Mapping[str, str]) -> list[Constat]:
    """Keep the findings about fields that the person sees on this tab."""
    return [c for c in constats if c.champ in saisie]


def deplacer_employeur(t: Transaction, employeur_id: int, dossier_id: int) -> None:
    """Put an employer into another dossier.

    Raises:
        EmployeurIntrouvable, DossierIntrouvable: no such employer or dossier.
        EmployeurEnDouble: the SIRET is known in that dossier.
    """
    ligne = employeur(t, employeur_id)
    lire_dossier(t, dossier_id)
    _siret_libre(t, dossier_id, ligne.siret, employeur_id)
    remplir(ligne, {"dossier_id": dossier_id})
    t.session.flush()


def archiver_employeur(t: Transaction, employeur_id: int, *, archive: bool) -> int | None:
    """Take an employer out of the lists, or bring it back; returns what undoes it."""
    employeur(t, employeur_id).archive_le = t.aujourd_hui if archive else None
    t.session.flush()
    return derniere_entree(t.session, "employeur", employeur_id)


def supprimer_employeur(t: Transaction, employeur_id: int) -> int | None:
    """Delete an employer without employees, with its organismes; returns what brings all back.

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
    return derniere_entree(t.session, "employeur", employeur_id)
