"""Look at every employer: what the correspondence of the day makes of its OPCO."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import func, select

from app.conventions import service as conventions
from app.opco import rules
from app.opco.models import LigneApplicationOpco, Opco, OpcoCorrespondance
from app.opco.rules.application import (
    Correspondances,
    Decision,
    EmployeurExamine,
    Genre,
    Motif,
    SalarieExamine,
    decider,
)
from app.opco.service.correspondances import DOSSIER, anciens_opca
from app.opco.signals import employeurs_a_examiner, salaries_a_examiner
from app.socle import reference
from app.socle.donnees import empreinte
from app.socle.transaction import Transaction

CLE = "opco_appliquee"


@dataclass(frozen=True)
class Examen:
    """What the correspondence of a day makes of every employer, archived ones included."""

    au: date
    decisions: tuple[Decision, ...]

    @cached_property
    def changees(self) -> tuple[Decision, ...]:
        """The employers of which something has to be written."""
        return tuple(d for d in self.decisions if d.ecritures)

    @cached_property
    def sans_correspondance(self) -> tuple[Decision, ...]:
        """The employers that somebody has to look at."""
        return tuple(d for d in self.decisions if d.est_sans_correspondance)


def lire_correspondances_du_jour(t: Transaction, au: date) -> Correspondances:
    """Return what is known on a day: conventions, their OPCO, former OPCA, what was written."""
    opco = {
        o.code: rules.Opco(o.code, o.libelle, o.nom_officiel)
        for o in t.session.scalars(select(Opco))
    }
    en_vigueur = select(OpcoCorrespondance.idcc, OpcoCorrespondance.opco_code).where(
        OpcoCorrespondance.debut_le <= au, OpcoCorrespondance.fin_le >= au
    )
    ecrites = select(LigneApplicationOpco.employeur_id, LigneApplicationOpco.idcc).where(
        LigneApplicationOpco.objet == Genre.EMPLOYEUR,
        LigneApplicationOpco.motif == Motif.NON_REPERTORIEE,
        LigneApplicationOpco.apres == rules.NON_REPERTORIEE,
    )
    return Correspondances(
        conventions=conventions.lire_toutes(t),
        attendus={idcc: opco[code] for idcc, code in t.session.execute(en_vigueur)},
        opco=tuple(opco.values()),
        anciens=anciens_opca(),
        au=au,
        deja=frozenset((int(e), idcc) for e, idcc in t.session.execute(ecrites)),
    )


def lire_employeurs(t: Transaction) -> list[EmployeurExamine]:
    """Return every employer, as the capability that holds them answers."""
    return [e for _, reponse in employeurs_a_examiner.send(t) for e in reponse]


def lire_salaries(t: Transaction) -> list[SalarieExamine]:
    """Return the employees that name a caisse of their own."""
    return [s for _, reponse in salaries_a_examiner.send(t) for s in reponse]


def examiner(t: Transaction, au: date | None = None) -> Examen:
    """Decide for every employer, by dossier and name; nothing is written.

    Args:
        t: the transaction.
        au: the day of the correspondence; today when it is not said.
    """
    jour = au or t.aujourd_hui
    connu = lire_correspondances_du_jour(t, jour)
    salaries = _par_employeur(lire_salaries(t))
    decisions = []
    for employeur in lire_employeurs(t):
        decision = decider(employeur, salaries.get(employeur.id, ()), connu)
        probable = conventions.ccn_probable(employeur.naf, employeur.idcc, jour)
        decisions.append(replace(decision, probable=probable) if probable else decision)
    return Examen(jour, tuple(decisions))


def _par_employeur(salaries: Iterable[SalarieExamine]) -> dict[int, list[SalarieExamine]]:
    tries: dict[int, list[SalarieExamine]] = defaultdict(list)
    for salarie in salaries:
        tries[salarie.employeur_id].append(salarie)
    return tries


def _donnees_du_jour(t: Transaction) -> str:
    """Name the data in force: the files, and the last day on which a correspondence changed."""
    c = OpcoCorrespondance
    debut = t.session.scalar(select(func.max(c.debut_le)).where(c.debut_le <= t.aujourd_hui))
    fin = t.session.scalar(select(func.max(c.fin_le)).where(c.fin_le < t.aujourd_hui))
    fichiers = [DOSSIER / f for f in ("opco.csv", "correspondances.csv", "anciens_opca.csv")]
    return f"{empreinte(conventions.FICHIER, *fichiers)} {debut} {fin}"


def est_a_appliquer(t: Transaction) -> bool:
    """Tell whether the correspondence changed since it was last applied by itself.

    So after an update of the data, on a base that a former version filled, and on the day when
    a dated correspondence begins or ends.
    """
    return not reference.est_a_jour(t.session, CLE, _donnees_du_jour(t))


def noter_appliquee(t: Transaction) -> None:
    """Remember that the data in force were applied."""
    reference.noter(t.session, CLE, _donnees_du_jour(t))
