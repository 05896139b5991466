"""What the screen « Correspondance OPCO » shows: employers before and after, applications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.noyau.typographie import sans_accents
from app.opco.models import ApplicationOpco, LigneApplicationOpco
from app.opco.rules.application import Decision
from app.opco.service.annuler import lire_application
from app.opco.service.examen import Examen
from app.socle.listes import PAR_PAGE, Page, Vue
from app.socle.transaction import Transaction

A_CHANGER, SANS = "a_changer", "sans"
FILTRES = ((A_CHANGER, "À mettre à jour"), (SANS, "Sans correspondance"))


@dataclass(frozen=True, slots=True)
class ApplicationResume:
    """An application as the list shows it; instants in UTC."""

    id: int
    moment: datetime
    par: str
    origine: str
    au: date
    examines: int
    changes: int
    sans_correspondance: int
    avis: str
    annulee_a: datetime | None
    annulee_par: str


@dataclass(frozen=True, slots=True)
class LigneResume:
    """A record that an application wrote."""

    objet: str
    objet_id: int
    employeur_id: int
    designation: str
    idcc: str
    motif: str
    avant: str
    apres: str
    issue: str


def lister_decisions(examen: Examen, vue: Vue) -> Page[Decision]:
    """Return a page of what would become of the employers, in the order of the examination.

    Filters: `etat` (`FILTRES`), `dossier` (number); words look in the name and the IDCC.
    """
    mots = sans_accents(vue.recherche).split()
    retenues = [d for d in examen.decisions if _retient(d, vue, mots)]
    pages = max(1, -(-len(retenues) // PAR_PAGE))
    page = min(max(vue.page, 1), pages)
    debut = (page - 1) * PAR_PAGE
    return Page(retenues[debut : debut + PAR_PAGE], len(retenues), vue.avec(page=page))


def _retient(d: Decision, vue: Vue, mots: Sequence[str]) -> bool:
    e = d.employeur
    if vue.filtre("etat") == A_CHANGER and not d.ecritures:
        return False
    if vue.filtre("etat") == SANS and not d.est_sans_correspondance:
        return False
    dossier = vue.numero("dossier")
    if dossier is not None and e.dossier_id != dossier:
        return False
    cle = sans_accents(f"{e.raison_sociale} {e.idcc}")
    return all(mot in cle for mot in mots)


def lister_applications(t: Transaction, limite: int = 50) -> list[ApplicationResume]:
    """Return the applications, latest first."""
    requete = select(ApplicationOpco).order_by(ApplicationOpco.id.desc()).limit(limite)
    return [_resume(a) for a in t.session.scalars(requete)]


def lire_resume(t: Transaction, numero: int) -> ApplicationResume:
    """Return an application.

    Raises:
        ApplicationIntrouvable: no such application.
    """
    return _resume(lire_application(t, numero))


def derniere_application(t: Transaction) -> ApplicationResume | None:
    """Return the last application that stands, None without any."""
    requete = (
        select(ApplicationOpco)
        .where(ApplicationOpco.annulee_a.is_(None))
        .order_by(ApplicationOpco.id.desc())
        .limit(1)
    )
    ligne = t.session.scalar(requete)
    return None if ligne is None else _resume(ligne)


def _resume(a: ApplicationOpco) -> ApplicationResume:
    return ApplicationResume(
        a.id,
        a.moment,
        a.par,
        a.origine,
        a.au,
        a.examines,
        a.changes,
        a.sans_correspondance,
        a.avis,
        a.annulee_a,
        a.annulee_par,
    )


def lister_lignes(t: Transaction, numero: int) -> list[LigneResume]:
    """Return what an application wrote, by employer."""
    ligne = LigneApplicationOpco
    requete = select(ligne).where(ligne.application_id == numero).order_by(ligne.id)
    return [
        LigneResume(
            x.objet,
            x.objet_id,
            x.employeur_id,
            x.designation,
            x.idcc,
            x.motif,
            x.avant,
            x.apres,
            x.issue,
        )
        for x in t.session.scalars(requete)
    ]
