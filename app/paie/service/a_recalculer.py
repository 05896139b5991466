"""The bulletins to be computed again, by employer, with why; apart, those of closed years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.employeurs.service import designations
from app.noyau.periodes import Mois
from app.noyau.typographie import sans_accents
from app.paie.models import Bulletin, RaisonRecalcul
from app.paie.rules.comparaison import Comparaison
from app.paie.rules.etats import Etat
from app.paie.service.exercices import dans_un_exercice_ouvert
from app.paie.service.portee import Portee
from app.paie.service.raisons import EN_ATTENTE, Raison, raisons_de
from app.paie.service.simuler import simuler
from app.salaries.service import valeurs_en_masse
from app.socle.transaction import Transaction

PAR_PAGE = 100
"""Bulletins shown at once."""
REGULARISATIONS = 50
"""Bulletins of closed years whose difference is computed at once."""


@dataclass(frozen=True, slots=True)
class ARecalculer:
    """A bulletin to be computed again; `net` in centimes."""

    id: int
    mois: Mois
    salarie_id: int
    nom: str
    employeur_id: int
    employeur: str
    net: int
    raisons: tuple[Raison, ...]

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "bulletin_id": self.id,
            "mois": str(self.mois),
            "salarie_id": self.salarie_id,
            "nom": self.nom,
            "employeur_id": self.employeur_id,
            "employeur": self.employeur,
            "net_a_payer": self.net,
            "raisons": [r.en_donnees() for r in self.raisons],
        }


@dataclass(frozen=True, slots=True)
class Groupe:
    """The bulletins of one employer; `total` counts those of other pages too."""

    employeur_id: int
    employeur: str
    bulletins: tuple[ARecalculer, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ListeARecalculer:
    """A page of the work list: groups, how many bulletins in all, of how many pages."""

    groupes: tuple[Groupe, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ARegulariser:
    """A bulletin of a closed year that a change touches; None: more than can be computed here."""

    bulletin: ARecalculer
    comparaison: Comparaison | None

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape: the bulletin, the differences in centimes."""
        ecarts = {t.nom: t.ecart for t in self.comparaison.totaux} if self.comparaison else None
        return self.bulletin.en_donnees() | {"ecarts": ecarts}


def _ouverts() -> list[ColumnElement[bool]]:
    return [Bulletin.etat == str(Etat.A_RECALCULER), dans_un_exercice_ouvert()]


def _clos() -> list[ColumnElement[bool]]:
    raison = exists().where(RaisonRecalcul.bulletin_id == Bulletin.id)
    touche = or_(
        Bulletin.etat == str(Etat.A_RECALCULER), and_(Bulletin.etat == str(Etat.VALIDE), raison)
    )
    return [Bulletin.etat.in_(EN_ATTENTE), touche, ~dans_un_exercice_ouvert()]


def _cles(conditions: Sequence[ColumnElement[bool]], portee: Portee) -> Select[*tuple[Any, ...]]:
    return select(
        Bulletin.id,
        Bulletin.annee,
        Bulletin.mois,
        Bulletin.salarie_id,
        Bulletin.employeur_id,
        Bulletin.net_a_payer_centimes.label("net"),
    ).where(*conditions, *portee.conditions())


def compter_a_recalculer(t: Transaction, portee: Portee) -> tuple[int, int]:
    """Count the bulletins to be computed again, and those of closed years to be regularised."""
    comptes = []
    for conditions in (_ouverts(), _clos()):
        requete = select(func.count()).select_from(Bulletin)
        comptes.append(t.session.scalar(requete.where(*conditions, *portee.conditions())) or 0)
    return comptes[0], comptes[1]


def lister_a_recalculer(
    t: Transaction, portee: Portee, page: int = 1, par_page: int = PAR_PAGE
) -> ListeARecalculer:
    """Return a page of the bulletins to be computed again, by employer, month and name."""
    lignes = _ranger(t, t.session.execute(_cles(_ouverts(), portee)).all())
    pages = max(1, -(-len(lignes) // par_page))
    page = min(max(1, page), pages)
    totaux: dict[int, int] = {}
    for b in lignes:
        totaux[b.employeur_id] = totaux.get(b.employeur_id, 0) + 1
    montrees = _avec_raisons(t, lignes[(page - 1) * par_page : page * par_page])
    par_employeur: dict[int, list[ARecalculer]] = {}
    for b in montrees:
        par_employeur.setdefault(b.employeur_id, []).append(b)
    groupes = tuple(
        Groupe(numero, siens[0].employeur, tuple(siens), totaux[numero])
        for numero, siens in par_employeur.items()
    )
    return ListeARecalculer(groupes, len(lignes), page, pages)


def _ranger(t: Transaction, cles: Sequence[Any]) -> list[ARecalculer]:
    """Return bulletins by employer, month and name, without their reasons yet."""
    employeurs = designations(t, sorted({c.employeur_id for c in cles}))
    salaries = valeurs_en_masse(t, sorted({c.salarie_id for c in cles}))
    lignes = [
        ARecalculer(
            id=c.id,
            mois=Mois(c.annee, c.mois),
            salarie_id=c.salarie_id,
            nom=_nom(salaries[c.salarie_id]),
            employeur_id=c.employeur_id,
            employeur=employeurs.get(c.employeur_id, ""),
            net=c.net,
            raisons=(),
        )
        for c in cles
    ]
    return sorted(
        lignes,
        key=lambda b: (
            sans_accents(b.employeur),
            b.employeur_id,
            b.mois,
            sans_accents(b.nom),
            b.id,
        ),
    )


def _nom(valeurs: Mapping[str, Any]) -> str:
    return f"{valeurs['nom_usage'] or valeurs['nom_naissance']} {valeurs['prenoms']}"


def _avec_raisons(t: Transaction, lignes: Sequence[ARecalculer]) -> list[ARecalculer]:
    raisons = raisons_de(t, [b.id for b in lignes])
    return [replace(b, raisons=raisons.get(b.id, ())) for b in lignes]


def lister_a_regulariser(
    t: Transaction, portee: Portee, au_plus: int = REGULARISATIONS
) -> list[ARegulariser]:
    """Return the bulletins of closed years that a change touches, with what is to be declared.

    Nothing is written: the difference of the first `au_plus` is computed in memory.

    Raises:
        BaremeInconnu: a month lies outside the barèmes.
    """
    lignes = _avec_raisons(t, _ranger(t, t.session.execute(_cles(_clos(), portee)).all()))
    comparaisons = simuler(t, [b.id for b in lignes[:au_plus]])
    return [ARegulariser(b, comparaisons.get(b.id)) for b in lignes]
