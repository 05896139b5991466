"""What employees answer to what employers, the OPCO and the journal announce."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.employeurs.errors import EmployeurNonVide
from app.employeurs.signals import compter_salaries, employeur_va_disparaitre, salaries_de
from app.noyau.typographie import accorder
from app.opco.rules.application import Ecriture, Genre, SalarieExamine
from app.opco.signals import opco_a_ecrire, salaries_a_examiner
from app.salaries.models import Contrat, Salarie
from app.salaries.rules import SalarieResume
from app.salaries.service.annonces import annoncer_contrats
from app.salaries.service.liste import lister_salaries
from app.salaries.service.masse import modifier_en_masse
from app.socle.base import Base
from app.socle.fiches import valeurs_de
from app.socle.journal import modification_annulee
from app.socle.listes import Page, Vue
from app.socle.transaction import Transaction


def _compter(t: Transaction, *, employeurs: list[int], **_: Any) -> dict[int, int]:
    requete = (
        select(Salarie.employeur_id, func.count())
        .where(Salarie.employeur_id.in_(employeurs), Salarie.archive_le.is_(None))
        .group_by(Salarie.employeur_id)
    )
    return {int(numero): int(n) for numero, n in t.session.execute(requete)}


def _refuser(t: Transaction, *, employeur_id: int, raison_sociale: str, **_: Any) -> None:
    requete = select(func.count()).where(Salarie.employeur_id == employeur_id)
    if combien := t.session.scalar(requete):
        raise EmployeurNonVide(raison_sociale, accorder(combien, "salarié"))


def _lister(t: Transaction, *, employeur_id: int, vue: Vue, **_: Any) -> Page[SalarieResume]:
    return lister_salaries(t, vue.avec(filtres=(("employeur", str(employeur_id)), *vue.filtres)))


def _annoncer_le_retablissement(
    t: Transaction, *, fiche: Base, avant: Mapping[str, Any], **_: Any
) -> None:
    """Announce a contract that the journal brought back to what it was."""
    if isinstance(fiche, Contrat):
        apres = valeurs_de(fiche)
        annoncer_contrats(t, {fiche.id: (apres | dict(avant), apres)})


def _examiner(t: Transaction, **_: Any) -> list[SalarieExamine]:
    """Return the employees whose record names a caisse de formation, archived ones included."""
    requete = select(Salarie).where(Salarie.opco != "").order_by(Salarie.id)
    return [
        SalarieExamine(s.id, s.employeur_id, str(s), s.opco) for s in t.session.scalars(requete)
    ]


def _ecrire_les_caisses(
    t: Transaction, *, ecritures: Sequence[Ecriture], **_: Any
) -> dict[int, int]:
    """Write the caisse de formation of employees; no line is ever added here."""
    du_salarie = (e for e in ecritures if e.genre is Genre.SALARIE)
    modifier_en_masse(t, {e.objet_id: {"opco": e.apres} for e in du_salarie if e.objet_id})
    return {}


def brancher() -> None:
    """Connect the answers; called once by the composition root."""
    modification_annulee.connect(_annoncer_le_retablissement)
    compter_salaries.connect(_compter)
    employeur_va_disparaitre.connect(_refuser)
    salaries_de.connect(_lister)
    salaries_a_examiner.connect(_examiner)
    opco_a_ecrire.connect(_ecrire_les_caisses)
