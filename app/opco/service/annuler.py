"""Undo an application: each record takes back what it named, what people changed since stays."""

from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import select, update

from app.opco.errors import ApplicationDejaAnnulee, ApplicationIntrouvable
from app.opco.models import ApplicationOpco, LigneApplicationOpco
from app.opco.rules import application as regles
from app.opco.rules.application import Ecrite, Ecriture, Genre, Laissee
from app.opco.service.examen import lire_employeurs, lire_salaries
from app.opco.signals import opco_a_ecrire
from app.socle.transaction import Transaction

RENDUE, LAISSEE = "rendue", "laissee"


@dataclass(frozen=True, slots=True)
class ApplicationAnnulee:
    """How many records were given back what they named, and those that were left alone."""

    id: int
    rendues: int
    laissees: tuple[Laissee, ...]


def lire_application(t: Transaction, numero: int) -> ApplicationOpco:
    """Return the row of an application.

    Raises:
        ApplicationIntrouvable: no such application.
    """
    ligne = t.session.get(ApplicationOpco, numero)
    if ligne is None:
        raise ApplicationIntrouvable(numero)
    return ligne


def lire_ecrites(t: Transaction, numero: int) -> list[Ecrite]:
    """Return what an application wrote, in order."""
    requete = (
        select(LigneApplicationOpco)
        .where(LigneApplicationOpco.application_id == numero)
        .order_by(LigneApplicationOpco.id)
    )
    return [
        Ecrite(
            ligne.id,
            Ecriture(
                Genre(ligne.objet),
                ligne.objet_id,
                ligne.employeur_id,
                ligne.designation,
                ligne.avant,
                ligne.apres,
            ),
        )
        for ligne in t.session.scalars(requete)
    ]


def annuler_application(t: Transaction, numero: int) -> ApplicationAnnulee:
    """Give back what an application changed; what changed again since is left alone and said.

    Raises:
        ApplicationIntrouvable: no such application.
        ApplicationDejaAnnulee: it was undone before.
    """
    application = lire_application(t, numero)
    if application.annulee_a is not None:
        raise ApplicationDejaAnnulee(numero)
    ecrites = lire_ecrites(t, numero)
    annulation = regles.annuler(ecrites, lire_employeurs(t), lire_salaries(t))
    if annulation.ecritures:
        opco_a_ecrire.send(t, ecritures=annulation.ecritures)
    application.annulee_a = t.maintenant.astimezone(UTC).replace(tzinfo=None)
    application.annulee_par = t.par
    laissees = [laissee.ecrite.id for laissee in annulation.laissees]
    for issue, numeros in ((RENDUE, list(annulation.rendues)), (LAISSEE, laissees)):
        if numeros:
            t.session.execute(
                update(LigneApplicationOpco),
                [{"id": ligne, "issue": issue} for ligne in numeros],
            )
    t.session.flush()
    return ApplicationAnnulee(numero, len(annulation.rendues), annulation.laissees)
