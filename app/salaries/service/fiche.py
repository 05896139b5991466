"""The fiche administrative of an employee: create, read, change, archive, delete."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.employeurs.service import lire_fiche_employeur
from app.noyau.champs import ChampObligatoire
from app.noyau.erreurs import Constat
from app.noyau.typographie import accorder
from app.salaries import rules
from app.salaries.errors import SalarieAvecContrats, SalarieEnDouble, SalarieIntrouvable
from app.salaries.models import Contrat, Salarie
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FicheSalarie:
    """An employee's record with the employer's name."""

    id: int
    employeur_id: int
    employeur: str
    version: int
    nom: str
    valeurs: dict[str, Any]

    @property
    def est_archive(self) -> bool:
        """Tell whether the employee left the lists."""
        return self.valeurs["archive_le"] is not None


def salarie(t: Transaction, salarie_id: int) -> Salarie:
    """Return the row of an employee.

    Raises:
        SalarieIntrouvable: no such employee.
    """
    ligne = t.session.get(Salarie, salarie_id)
    if ligne is None:
        raise SalarieIntrouvable
    return ligne


def lire_fiche_salarie(t: Transaction, salarie_id: int) -> FicheSalarie:
    """Return an employee's record.

    Raises:
        SalarieIntrouvable: no such employee.
    """
    ligne = salarie(t, salarie_id)
    employeur = lire_fiche_employeur(t, ligne.employeur_id)
    valeurs = valeurs_de(ligne)
    return FicheSalarie(
        ligne.id, employeur.id, employeur.raison_sociale, ligne.version, str(ligne), valeurs
    )


def _nir_libre(t: Transaction, employeur_id: int, nir: str, sauf: int | None) -> None:
    if not nir:
        return
    requete = select(Salarie).where(Salarie.nir == nir, Salarie.employeur_id == employeur_id)
    for autre in t.session.scalars(requete):
        if autre.id != sauf:
            raise SalarieEnDouble(str(autre))


def creer_salarie(t: Transaction, employeur_id: int | None, saisie: Mapping[str, str]) -> int:
    """Create an employee of an employer (None: not chosen, a defect); returns the number.

    Raises:
        DonneesRefusees: the form has defects.
        SalarieEnDouble: the NIR is known at this employer.
        EmployeurIntrouvable: no such employer.
    """
    valeurs, constats = rules.lire_salarie(saisie, t.aujourd_hui)
    if employeur_id is None:
        constats.insert(0, Constat.de_l_erreur(ChampObligatoire("Employeur"), "employeur"))
    else:
        lire_fiche_employeur(t, employeur_id)
    exiger(constats)
    ligne = Salarie(employeur_id=employeur_id, **valeurs)
    _nir_libre(t, ligne.employeur_id, valeurs["nir"], None)
    t.session.add(ligne)
    t.session.flush()
    return ligne.id


def modifier_salarie(
    t: Transaction, salarie_id: int, saisie: Mapping[str, str], version: int | None = None
) -> None:
    """Change the fields that the form holds.

    Raises:
        DonneesRefusees, SalarieEnDouble, SalarieIntrouvable, ModifieEntreTemps: see there.
    """
    ligne = salarie(t, salarie_id)
    exiger_version(ligne, version)
    actuelles = valeurs_de(ligne)
    complete = {c.nom: c.ecrire(actuelles[c.nom]) for c in rules.CHAMPS_SALARIE}
    valeurs, constats = rules.lire_salarie({**complete, **saisie}, t.aujourd_hui)
    exiger([c for c in constats if c.champ in saisie])
    if "nir" in saisie:
        _nir_libre(t, ligne.employeur_id, valeurs["nir"], salarie_id)
    remplir(ligne, {n: v for n, v in valeurs.items() if n in saisie})
    t.session.flush()


def archiver_salarie(t: Transaction, salarie_id: int, *, archive: bool) -> int | None:
    """Take an employee out of the lists, or bring back; returns what undoes it."""
    salarie(t, salarie_id).archive_le = t.aujourd_hui if archive else None
    t.session.flush()
    return derniere_entree(t.session, "salarie", salarie_id)


def supprimer_salarie(t: Transaction, salarie_id: int) -> int | None:
    """Delete an employee without contract; returns the journal entry that brings back.

    Raises:
        SalarieAvecContrats: contracts exist.
    """
    ligne = salarie(t, salarie_id)
    combien = t.session.scalar(select(func.count()).where(Contrat.salarie_id == salarie_id)) or 0
    if combien:
        raise SalarieAvecContrats(str(ligne), accorder(combien, "contrat"))
    t.session.delete(ligne)
    t.session.flush()
    return derniere_entree(t.session, "salarie", salarie_id)
