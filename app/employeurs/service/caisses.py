"""What employers answer about the organismes collecteurs: who uses one, a fusion, a new name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.employeurs.models import Employeur, OrganismeEmployeur
from app.employeurs.rules import NATURE_FORMATION
from app.noyau.typographie import sans_accents
from app.organismes.rules import Organisme, Usage, Usager
from app.organismes.signals import (
    organisme_renomme,
    organisme_utilise_par,
    organismes_fusionnes,
)
from app.socle.transaction import Transaction

_L = OrganismeEmployeur


def _dire_les_usages(
    t: Transaction, *, organismes: Sequence[int], nommer: int, **_: Any
) -> list[Usage]:
    """Count the employers that name organismes; with `nommer`, name the first ones of each."""
    requete = (
        select(_L.organisme_id, func.count(_L.employeur_id.distinct()))
        .where(_L.organisme_id.in_(organismes))
        .group_by(_L.organisme_id)
    )
    return [
        Usage(int(numero), "employeur", int(combien), _nommer(t, numero, nommer))
        for numero, combien in t.session.execute(requete)
    ]


def _nommer(t: Transaction, organisme_id: int, combien: int) -> tuple[Usager, ...]:
    if not combien:
        return ()
    lignes = select(_L.employeur_id).where(_L.organisme_id == organisme_id)
    requete = (
        select(Employeur.id, Employeur.raison_sociale)
        .where(Employeur.id.in_(lignes))
        .order_by(Employeur.recherche, Employeur.id)
        .limit(combien)
    )
    return tuple(
        Usager(nom, f"/employeurs/{numero}/organismes")
        for numero, nom in t.session.execute(requete)
    )


def _repointer(t: Transaction, *, garde: Organisme, absorbe: Organisme, **_: Any) -> None:
    """Make the lines of the absorbed organisme name the kept one; their references stay."""
    lignes = list(t.session.scalars(select(_L).where(_L.organisme_id == absorbe.id)))
    for ligne in lignes:
        ligne.organisme_id = garde.id
    t.session.flush()
    _suivre_le_nom(t, lignes, absorbe.nom, garde.nom)


def _suivre_un_nouveau_nom(t: Transaction, *, organisme: Organisme, avant: str, **_: Any) -> None:
    lignes = list(t.session.scalars(select(_L).where(_L.organisme_id == organisme.id)))
    _suivre_le_nom(t, lignes, avant, organisme.nom)


def _suivre_le_nom(
    t: Transaction, lignes: Sequence[OrganismeEmployeur], avant: str, apres: str
) -> None:
    """Write the new name of a training body into the records whose OPCO bore the former one."""
    numeros = {o.employeur_id for o in lignes if o.nature == NATURE_FORMATION}
    for numero in sorted(numeros):
        fiche = t.session.get_one(Employeur, numero)
        if fiche.opco != apres and sans_accents(fiche.opco) == sans_accents(avant):
            fiche.opco = apres
    t.session.flush()


def brancher() -> None:
    """Connect the answers; called by the capability's own."""
    organisme_utilise_par.connect(_dire_les_usages)
    organismes_fusionnes.connect(_repointer)
    organisme_renomme.connect(_suivre_un_nouveau_nom)
