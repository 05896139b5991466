"""What prévoyance answers to what employees, employers, organismes and the journal announce."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select

from app.employeurs.service import designations
from app.employeurs.signals import employeur_va_disparaitre
from app.noyau.periodes import Periode
from app.organismes.rules import Organisme, Usage, Usager
from app.organismes.signals import organisme_utilise_par, organismes_fusionnes
from app.prevoyance.models import ContratPrevoyance
from app.prevoyance.service.annonces import ajuster, annoncer
from app.prevoyance.service.cloture import effacer
from app.prevoyance.service.lecture import rattachements_de
from app.prevoyance.service.retablissement import completer
from app.salaries.signals import ChangementContrat, contrat_change, contrat_va_disparaitre
from app.socle.fiches import remplir
from app.socle.journal import acte_annule
from app.socle.transaction import Transaction

_DATES = frozenset({"debut_le", "fin_le"})
_GENRE = "contrat de prévoyance"


def _suivre(t: Transaction, *, changements: Sequence[ChangementContrat], **_: Any) -> None:
    """End rattachements with the contrat de travail, and reopen them with it."""
    touches = [c.contrat_id for c in changements if c.champs & _DATES]
    if touches:
        ajuster(t, rattachements_de(t, travail=touches), "dates du contrat de travail modifiées")


def _suivre_la_suppression(t: Transaction, *, contrat_id: int, **_: Any) -> None:
    """Rattachements go with their contrat de travail; the payroll refuses when bulletins exist."""
    lignes = rattachements_de(t, travail=[contrat_id])
    perdus = [(contrat_id, Periode(r.debut_le, r.fin_le)) for r in lignes]
    for ligne in lignes:
        t.session.delete(ligne)
    t.session.flush()
    annoncer(t, [(numero, jours, "contrat de travail supprimé") for numero, jours in perdus])


def _effacer_les_contrats(t: Transaction, *, employeur_id: int, **_: Any) -> None:
    """Contracts go with their employer, who has no employee any more."""
    requete = select(ContratPrevoyance).where(ContratPrevoyance.employeur_id == employeur_id)
    lignes = list(t.session.scalars(requete))
    if rattachements_de(t, contrats=[ligne.id for ligne in lignes]):
        return  # employees are left: their own answer refuses
    for ligne in lignes:
        effacer(t, ligne)


def _utilises(
    t: Transaction, *, organismes: Collection[int], nommer: int = 0, **_: Any
) -> list[Usage]:
    """Count, and name, the contracts that name these organismes."""
    colonne = ContratPrevoyance.organisme_id
    comptes = select(colonne, func.count()).where(colonne.in_(organismes)).group_by(colonne)
    return [
        Usage(int(numero), _GENRE, int(combien), _usagers(t, int(numero), nommer))
        for numero, combien in t.session.execute(comptes)
    ]


def _usagers(t: Transaction, organisme_id: int, nommer: int) -> tuple[Usager, ...]:
    if not nommer:
        return ()
    requete = (
        select(ContratPrevoyance)
        .where(ContratPrevoyance.organisme_id == organisme_id)
        .order_by(ContratPrevoyance.id)
        .limit(nommer)
    )
    lignes = list(t.session.scalars(requete))
    noms = designations(t, [ligne.employeur_id for ligne in lignes])
    return tuple(
        Usager(f"{noms.get(ligne.employeur_id, '')}, {ligne}", f"/prevoyance/contrats/{ligne.id}")
        for ligne in lignes
    )


def _fusionner(t: Transaction, *, garde: Organisme, absorbe: Organisme, **_: Any) -> None:
    """Contracts that named the organisme absorbed name the one that is kept."""
    requete = select(ContratPrevoyance).where(ContratPrevoyance.organisme_id == absorbe.id)
    for ligne in t.session.scalars(requete):
        remplir(ligne, {"organisme_id": garde.id})
    t.session.flush()


def brancher() -> None:
    """Connect the answers; called once by the composition root."""
    contrat_change.connect(_suivre)
    contrat_va_disparaitre.connect(_suivre_la_suppression)
    employeur_va_disparaitre.connect(_effacer_les_contrats)
    organisme_utilise_par.connect(_utilises)
    organismes_fusionnes.connect(_fusionner)
    acte_annule.connect(completer)
