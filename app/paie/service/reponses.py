"""What the payroll answers to what employees, employers and the journal announce."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.employeurs.rules import CHAMPS_EMPLOYEUR
from app.employeurs.signals import employeur_change, employeur_va_disparaitre
from app.noyau.champs import Champ
from app.noyau.periodes import Mois
from app.noyau.typographie import accorder
from app.paie.errors import BulletinsAttaches
from app.paie.models import Bulletin, RepriseConges, SaisieMois
from app.paie.rules import changements as rules
from app.paie.rules.etats import Etat
from app.paie.service.a_recalculer import compter_a_recalculer
from app.paie.service.calculer import supprimer_brouillons
from app.paie.service.exercices import (
    dans_un_exercice_ouvert,
    oublier_l_employeur,
    refuser_si_clos,
)
from app.paie.service.portee import Portee
from app.paie.service.raisons import bulletins_rattaches, marquer_a_recalculer, signaler
from app.paie.service.suivi_baremes import conditions_de
from app.prevoyance.errors import BulletinsRattaches
from app.prevoyance.signals import (
    ChangementPrevoyance,
    bulletins_a_recalculer,
    contrat_prevoyance_va_disparaitre,
    prevoyance_change,
    rattachement_va_disparaitre,
)
from app.salaries.rules import CHAMPS_CONTRAT
from app.salaries.service import lire_fiche_salarie, valeurs_contrats_en_masse
from app.salaries.signals import ChangementContrat, contrat_change, contrat_va_disparaitre
from app.socle.base import Base
from app.socle.fiches import en_chunks
from app.socle.journal import modification_annulee
from app.socle.transaction import Transaction


def _marquer_les_contrats(
    t: Transaction, *, changements: Sequence[ChangementContrat], **_: Any
) -> None:
    par_mois: dict[tuple[Mois, str], list[int]] = defaultdict(list)
    for c in changements:
        mois = rules.premier_mois_du_contrat(c.champs, c.depuis, t.aujourd_hui)
        if mois is not None:
            motif = _avec_les_champs(rules.CONTRAT_MODIFIE, c.champs, CHAMPS_CONTRAT)
            par_mois[mois, motif].append(c.contrat_id)
    for (mois, motif), contrats in par_mois.items():
        marquer_a_recalculer(t, contrats=contrats, depuis=mois, motif=motif)


def _avec_les_champs(motif: str, champs: Collection[str], declares: Sequence[Champ]) -> str:
    """Add to a reason the labels of what changed."""
    libelles = [c.libelle for c in declares if c.nom in champs]
    return f"{motif} : {', '.join(libelles)}" if libelles else motif


def _marquer_les_employeurs(
    t: Transaction, *, changements: Mapping[int, frozenset[str]], **_: Any
) -> None:
    for employeur, champs in changements.items():
        mois = rules.premier_mois_de_l_employeur(champs, t.aujourd_hui)
        if mois is not None:
            motif = _avec_les_champs(rules.EMPLOYEUR_MODIFIE, champs, CHAMPS_EMPLOYEUR)
            marquer_a_recalculer(t, employeur=employeur, depuis=mois, motif=motif)


def _refuser_ou_nettoyer(t: Transaction, *, contrat_id: int, **_: Any) -> None:
    """Refuse to lose bulletins that were validated, or of a closed year; the rest goes along."""
    requete = select(Bulletin.id, Bulletin.etat, dans_un_exercice_ouvert().label("ouvert")).where(
        Bulletin.contrat_id == contrat_id
    )
    lignes = t.session.execute(requete).all()
    brouillons = [li.id for li in lignes if li.etat == str(Etat.BROUILLON) and li.ouvert]
    if len(brouillons) < len(lignes):
        raise BulletinsAttaches(accorder(len(lignes), "bulletin"))
    supprimer_brouillons(t, brouillons)
    for table in (SaisieMois, RepriseConges):
        for ligne in t.session.scalars(select(table).where(table.contrat_id == contrat_id)):
            t.session.delete(ligne)
    t.session.flush()


def _oublier_l_employeur(t: Transaction, *, employeur_id: int, **_: Any) -> None:
    oublier_l_employeur(t, employeur_id)


def _marquer_la_saisie_retablie(t: Transaction, *, fiche: Base, **_: Any) -> None:
    if isinstance(fiche, SaisieMois | RepriseConges):
        depuis = Mois(fiche.annee, fiche.mois)
        refuser_si_clos(t, _employeur_du_contrat(t, fiche.contrat_id), fiche.annee)
        contrats = [fiche.contrat_id]
        marquer_a_recalculer(t, contrats=contrats, depuis=depuis, motif=rules.SAISIE_MODIFIEE)


def _employeur_du_contrat(t: Transaction, contrat_id: int) -> int:
    salarie = valeurs_contrats_en_masse(t, [contrat_id])[contrat_id]["salarie_id"]
    return lire_fiche_salarie(t, salarie).employeur_id


def _marquer_la_prevoyance(
    t: Transaction, *, changements: Sequence[ChangementPrevoyance], **_: Any
) -> None:
    """Mark the months of the days touched; those after, only if a recalculation moves them."""
    par_jours: dict[rules.Changement, list[int]] = defaultdict(list)
    for c in changements:
        sans_contrat = rules.Changement(c.motif, c.depuis, c.jusqu_au)
        par_jours[sans_contrat].append(c.contrat_id)
    for changement, contrats in par_jours.items():
        conditions = conditions_de(t, changement)
        for morceau in en_chunks(contrats):
            siens = [*conditions, Bulletin.contrat_id.in_(morceau)]
            signaler(t, siens, changement.motif, changement.depuis)


def _garder_le_contrat_de_prevoyance(
    t: Transaction, *, contrat_prevoyance_id: int, **_: Any
) -> None:
    if bulletins_rattaches(t, contrat_prevoyance_id):
        raise BulletinsRattaches


def _garder_le_rattachement(
    t: Transaction, *, contrat_prevoyance_id: int, contrat_id: int, **_: Any
) -> None:
    if bulletins_rattaches(t, contrat_prevoyance_id, contrat_id):
        raise BulletinsRattaches


def _compter_ceux_de_l_employeur(t: Transaction, *, employeur_id: int, **_: Any) -> int:
    a_recalculer, _a_regulariser = compter_a_recalculer(t, Portee(employeur=employeur_id))
    return a_recalculer


def brancher() -> None:
    """Connect the answers; called once by the composition root."""
    modification_annulee.connect(_marquer_la_saisie_retablie)
    contrat_change.connect(_marquer_les_contrats)
    contrat_va_disparaitre.connect(_refuser_ou_nettoyer)
    employeur_change.connect(_marquer_les_employeurs)
    employeur_va_disparaitre.connect(_oublier_l_employeur)
    prevoyance_change.connect(_marquer_la_prevoyance)
    contrat_prevoyance_va_disparaitre.connect(_garder_le_contrat_de_prevoyance)
    rattachement_va_disparaitre.connect(_garder_le_rattachement)
    bulletins_a_recalculer.connect(_compter_ceux_de_l_employeur)
