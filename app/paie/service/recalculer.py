"""Recalculate what a change touched, month after month, and say what it changed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.employeurs.service import designations
from app.noyau.periodes import Mois
from app.paie.errors import ValidationImpossible
from app.paie.models import Bulletin
from app.paie.rules import constats as k
from app.paie.rules.constats import ConstatDuMois
from app.paie.rules.etats import COURANTS, Etat
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.exercices import dans_un_exercice_ouvert, refuser_si_clos
from app.paie.service.portee import Portee
from app.paie.service.valider import bulletin
from app.salaries.service import lire_fiche_salarie, valeurs_en_masse
from app.socle.fiches import en_chunks
from app.socle.journal import noter_acte
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Ecart:
    """A bulletin recalculated: what its net was, what it is now; centimes."""

    bulletin_id: int
    mois: str
    nom: str
    employeur: str
    avant: int
    apres: int


@dataclass(frozen=True, slots=True)
class BilanRecalcul:
    """What a recalculation did, those that changed most first."""

    ecarts: tuple[Ecart, ...]
    ecartes: int
    constats: tuple[ConstatDuMois, ...]

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "calcules": len(self.ecarts),
            "changes": sum(e.avant != e.apres for e in self.ecarts),
            "ecartes": self.ecartes,
            "ecarts": [asdict(e) for e in self.ecarts],
            "constats": [c.en_donnees() for c in self.constats],
        }


def a_recalculer(t: Transaction, portee: Portee | None = None) -> dict[Mois, int]:
    """Count the bulletins to be recalculated by month, in order; closed years are left apart."""
    requete = select(Bulletin.annee, Bulletin.mois).where(*_conditions(portee, None))
    compte = Counter(Mois(int(a), int(m)) for a, m in t.session.execute(requete))
    return dict(sorted(compte.items()))


def _conditions(portee: Portee | None, choisis: Collection[int] | None) -> list[ColumnElement[Any]]:
    """Return what limits a query of bulletins to those to be recalculated."""
    conditions = [
        Bulletin.etat == str(Etat.A_RECALCULER),
        dans_un_exercice_ouvert(),
        *(portee or Portee()).conditions(),
    ]
    if choisis is not None:
        conditions.append(Bulletin.id.in_(choisis))
    return conditions


def recalculer(
    t: Transaction,
    portee: Portee | None = None,
    suivi: Suivi = SANS_SUIVI,
    *,
    choisis: Collection[int] | None = None,
) -> BilanRecalcul:
    """Make a new version of every bulletin to be recalculated, the oldest months first.

    A month whose figures of the year move marks those after it: they are recalculated too,
    unless only some bulletins are `choisis` (numbers). Closed years never change.

    Raises:
        BaremeInconnu: a month lies outside the barèmes.
        TacheAnnulee: the person asked to stop; nothing was written.
    """
    conditions = _conditions(portee, choisis)
    combien = select(func.count()).select_from(Bulletin).where(*conditions)
    total = t.session.scalar(combien) or 0
    anciens: list[int] = []
    constats: list[ConstatDuMois] = []
    ecartes = 0
    mois: Mois | None = None
    while (suivant := _premier_mois(t, conditions, mois)) is not None:
        mois, siens = suivant
        etape = f"Recalcul de {mois.mois:02}/{mois.annee}"
        suivi.etape(etape, len(anciens), max(total, len(anciens) + len(siens)))
        bilan = calculer_le_mois(
            t, mois, sorted({s.employeur_id for s in siens}), contrats={s.contrat_id for s in siens}
        )
        anciens += [s.id for s in siens]
        constats += bilan.constats
        ecartes += bilan.ecartes
    suivi.etape("Comparaison avec les versions précédentes", len(anciens), len(anciens))
    return BilanRecalcul(_ecarts(t, anciens), ecartes, k.trier(constats))


def _premier_mois(
    t: Transaction, conditions: Sequence[ColumnElement[Any]], apres: Mois | None
) -> tuple[Mois, Sequence[Any]] | None:
    """Return the first month after another that has bulletins to recalculate, with them."""
    rang = Bulletin.annee * 12 + Bulletin.mois
    suite = [] if apres is None else [rang > apres.annee * 12 + apres.mois]
    requete = select(Bulletin.annee, Bulletin.mois).where(*conditions, *suite)
    premier = t.session.execute(requete.order_by(Bulletin.annee, Bulletin.mois).limit(1)).first()
    if premier is None:
        return None
    mois = Mois(premier.annee, premier.mois)
    siens = t.session.execute(
        select(Bulletin.id, Bulletin.contrat_id, Bulletin.employeur_id).where(
            *conditions, Bulletin.annee == mois.annee, Bulletin.mois == mois.mois
        )
    ).all()
    return mois, siens


def _ecarts(t: Transaction, anciens: Sequence[int]) -> tuple[Ecart, ...]:
    """Compare the versions that replace others with these."""
    ancien, nouveau = aliased(Bulletin), aliased(Bulletin)
    lignes: list[Any] = []
    for morceau in en_chunks(anciens):
        requete = (
            select(
                nouveau.id,
                nouveau.annee,
                nouveau.mois,
                nouveau.salarie_id,
                nouveau.employeur_id,
                ancien.net_a_payer_centimes.label("avant"),
                nouveau.net_a_payer_centimes.label("apres"),
            )
            .join(ancien, ancien.id == nouveau.remplace_id)
            .where(nouveau.remplace_id.in_(morceau))
        )
        lignes += t.session.execute(requete).all()
    salaries = valeurs_en_masse(t, sorted({li.salarie_id for li in lignes}))
    noms = designations(t, [li.employeur_id for li in lignes])
    ecarts = [
        Ecart(
            bulletin_id=li.id,
            mois=str(Mois(li.annee, li.mois)),
            nom=_nom(salaries[li.salarie_id]),
            employeur=noms.get(li.employeur_id, ""),
            avant=li.avant,
            apres=li.apres,
        )
        for li in lignes
    ]
    return tuple(sorted(ecarts, key=lambda e: (-abs(e.apres - e.avant), e.mois, e.nom)))


def _nom(valeurs: Mapping[str, Any]) -> str:
    return f"{valeurs['nom_usage'] or valeurs['nom_naissance']} {valeurs['prenoms']}"


def recalculer_un(t: Transaction, bulletin_id: int) -> tuple[int | None, BilanCalcul]:
    """Compute one bulletin again; returns the number of the version that now counts.

    A draft is made again; a validated one gets a new version, the former is kept. None: it could
    not be computed, the findings say why.

    Raises:
        BulletinIntrouvable: none of that number.
        ValidationImpossible: it was replaced already.
        ExerciceClos: its year is closed.
    """
    ligne = bulletin(t, bulletin_id)
    refuser_si_clos(t, ligne.employeur_id, ligne.annee)
    etat, mois = Etat(ligne.etat), Mois(ligne.annee, ligne.mois)
    if etat is Etat.REMPLACE:
        nom = lire_fiche_salarie(t, ligne.salarie_id).nom
        raise ValidationImpossible(nom, etat.en_mots, "recalculé")
    if etat is Etat.VALIDE:
        noter_acte(t.session, ligne, {"etat": ligne.etat}, {"etat": str(Etat.A_RECALCULER)})
        ligne.etat = str(Etat.A_RECALCULER)
        t.session.flush()
    contrat, employeur = ligne.contrat_id, ligne.employeur_id
    t.session.expunge(ligne)
    bilan = calculer_le_mois(t, mois, [employeur], contrats=[contrat])
    courant = select(Bulletin.id).where(
        Bulletin.contrat_id == contrat,
        Bulletin.annee == mois.annee,
        Bulletin.mois == mois.mois,
        Bulletin.etat.in_([str(e) for e in COURANTS]),
    )
    return t.session.scalar(courant), bilan
