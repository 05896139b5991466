"""Closed years: which they are, closing one, and the refusal of what would change one.

The closing itself (checks, archive, seal) belongs to whoever calls `clore_exercice`; from then
on every use case of the payroll leaves that year alone.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, select

from app.employeurs.service import designations, lire_fiche_employeur
from app.paie.errors import ExerciceClos as ExerciceClosRefus
from app.paie.models import Bulletin, ExerciceClos, ReglagePaie
from app.paie.rules import constats as k
from app.paie.rules.constats import ConstatDuMois
from app.socle.transaction import Transaction


def exercices_clos(
    t: Transaction, employeurs: Collection[int] | None = None, annee: int | None = None
) -> frozenset[tuple[int, int]]:
    """Return the closed years as (employer, year); of some employers, of one year if given."""
    requete = select(ExerciceClos.employeur_id, ExerciceClos.annee)
    if annee is not None:
        requete = requete.where(ExerciceClos.annee == annee)
    clos = t.session.execute(requete)  # a line an employer and a year: few, read whole
    voulus = None if employeurs is None else frozenset(employeurs)
    return frozenset((int(e), int(a)) for e, a in clos if voulus is None or e in voulus)


def est_clos(t: Transaction, employeur: int, annee: int) -> bool:
    """Tell whether a year of an employer is closed."""
    return bool(exercices_clos(t, [employeur], annee))


def clore_exercice(t: Transaction, employeur: int, annee: int) -> None:
    """Close a year of an employer; closed already, nothing changes.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    lire_fiche_employeur(t, employeur)
    if est_clos(t, employeur, annee):
        return
    instant = t.maintenant.replace(tzinfo=None)
    t.session.add(ExerciceClos(employeur_id=employeur, annee=annee, clos_le=instant, par=t.par))
    t.session.flush()


def refuser_si_clos(t: Transaction, employeur: int, annee: int) -> None:
    """Stop what would change a month of a closed year.

    Raises:
        ExerciceClos: the year is closed.
    """
    if est_clos(t, employeur, annee):
        raise ExerciceClosRefus(designations(t, [employeur]).get(employeur, ""), annee)


def dans_un_exercice_ouvert() -> ColumnElement[bool]:
    """Return the condition of a query on bulletins that leaves closed years alone."""
    return ~exists().where(
        ExerciceClos.employeur_id == Bulletin.employeur_id,
        ExerciceClos.annee == Bulletin.annee,
    )


def constater_les_clos(
    t: Transaction, employeurs: Collection[int], annee: int
) -> list[ConstatDuMois]:
    """Return what a batch says of the employers that it leaves alone."""
    clos = sorted(e for e, _ in exercices_clos(t, employeurs, annee))
    noms = designations(t, clos)
    return [k.exercice_clos(e, noms.get(e, ""), annee) for e in clos]


def oublier_l_employeur(t: Transaction, employeur: int) -> None:
    """Remove what the payroll keeps of an employer that is about to disappear."""
    for table in (ReglagePaie, ExerciceClos):
        for ligne in t.session.scalars(select(table).where(table.employeur_id == employeur)):
            t.session.delete(ligne)
    t.session.flush()
