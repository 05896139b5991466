"""Apply the correspondence to every employer; keep what was written, to undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import insert

from app.noyau.typographie import typographier
from app.opco.models import ApplicationOpco, LigneApplicationOpco
from app.opco.rules.application import Decision, Ecriture
from app.opco.service.examen import Examen, examiner
from app.opco.signals import opco_a_ecrire
from app.socle.transaction import Transaction

MISE_A_JOUR, DEMANDE = "mise_a_jour", "demande"


@dataclass(frozen=True, slots=True)
class Application:
    """What an application did; `id` None when there was nothing to write and nothing to keep."""

    id: int | None
    examen: Examen


def appliquer(t: Transaction, origine: str = DEMANDE) -> Application:
    """Write the OPCO of the day's correspondence into every record that it concerns.

    One that finds nothing to write leaves nothing behind when a person asked for it; after an
    update of the data it is kept, with the number of employers to look at.
    """
    examen = examiner(t)
    par_decision = [(d, e) for d in examen.changees for e in d.ecritures]
    garde = par_decision or (origine == MISE_A_JOUR and examen.decisions)
    if not garde:
        return Application(None, examen)
    ajoutees = _ecrire(t, [e for _, e in par_decision])
    application = ApplicationOpco(
        moment=t.maintenant.astimezone(UTC).replace(tzinfo=None),
        par=t.par,
        origine=origine,
        au=examen.au,
        examines=len(examen.decisions),
        changes=len(examen.changees),
        sans_correspondance=len(examen.sans_correspondance),
    )
    t.session.add(application)
    t.session.flush()
    lignes = [_ligne(application.id, d, e, ajoutees) for d, e in par_decision]
    if lignes:
        t.session.execute(insert(LigneApplicationOpco), lignes)
    return Application(application.id, examen)


def _ecrire(t: Transaction, ecritures: Sequence[Ecriture]) -> dict[int, int]:
    """Have the records written; return the numbers of added lines by employer."""
    ajoutees: dict[int, int] = {}
    if ecritures:
        for _, reponse in opco_a_ecrire.send(t, ecritures=tuple(ecritures)):
            ajoutees |= reponse
    return ajoutees


def _ligne(
    application_id: int, decision: Decision, e: Ecriture, ajoutees: dict[int, int]
) -> dict[str, Any]:
    numero = ajoutees[e.employeur_id] if e.objet_id is None else e.objet_id
    return {
        "application_id": application_id,
        "objet": e.genre.value,
        "objet_id": numero,
        "employeur_id": e.employeur_id,
        "designation": e.designation,
        "idcc": decision.employeur.idcc,
        "motif": decision.motif.value,
        "avant": e.avant,
        "apres": e.apres,
        "issue": "",
    }


def noter_avis(t: Transaction, numero: int, avis: Sequence[str]) -> None:
    """Keep beside an application what could not be done, so that the screen says it."""
    application = t.session.get(ApplicationOpco, numero)
    if application is not None:
        application.avis = typographier("\n".join(avis))
        t.session.flush()
