"""Mark what other barèmes and branch regimes change: the base keeps the figures last applied.

Rules:
- The snapshot is taken by the first calculation; an empty base has none, and nothing to mark.
- At a start, digests are compared: the data files are read only when they changed.
"""

import json
import logging
from collections.abc import Mapping

from sqlalchemy import ColumnElement, exists, func, insert, select

from app.employeurs import service as employeurs
from app.noyau.periodes import FIN_OUVERTE, Mois, Periode
from app.paie.models import BaremesAppliques, Bulletin, LigneBulletin
from app.paie.rules.baremes import Baremes
from app.paie.rules.changements import Changement
from app.paie.rules.instantane import (
    Instantane,
    changements_de_baremes,
    instantane,
    taux_de_la_grille,
)
from app.paie.service.baremes import empreinte_des_baremes, moteur
from app.paie.service.raisons import TOUCHES, signaler
from app.prevoyance.service.suivi_regimes import (
    changements_de_regimes,
    empreinte_des_regimes,
    instantane_des_regimes,
)
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction

REGIMES = "regimes"
"""Name of the branch regimes in a snapshot."""
_log = logging.getLogger(__name__)


def suivre_les_baremes(t: Transaction, baremes: Baremes | None = None) -> int:
    """Mark the bulletins that the program's barèmes and regimes change since they were computed.

    Returns how many became « à recalculer ». `baremes`: those in force, when they are read
    already; without them and without a snapshot, nothing is done.
    """
    derniers = t.session.execute(
        select(BaremesAppliques.empreinte, BaremesAppliques.chiffres)
        .order_by(BaremesAppliques.id.desc())
        .limit(1)
    ).first()
    if derniers is None and baremes is None:
        return 0
    empreinte = f"{empreinte_des_baremes()} {empreinte_des_regimes()}"
    if derniers is not None and derniers.empreinte == empreinte:
        return 0
    actuels = {**instantane(baremes or moteur().baremes), REGIMES: instantane_des_regimes()}
    marques = 0
    if derniers is not None:
        marques = marquer_les_ecarts(t, json.loads(derniers.chiffres), actuels)
    _noter(t, empreinte, actuels)
    return marques


def _noter(t: Transaction, empreinte: str, chiffres: Instantane) -> None:
    ligne = {
        "empreinte": empreinte,
        "chiffres": json.dumps(chiffres, ensure_ascii=False, separators=(",", ":")),
        "applique_a": t.maintenant.replace(tzinfo=None),
    }
    t.session.execute(insert(BaremesAppliques).values(ligne))


def marquer_les_ecarts(t: Transaction, avant: Instantane, apres: Instantane) -> int:
    """Mark the bulletins that bear a figure that differs between two snapshots."""
    marques = 0
    for c in changements_de_baremes(avant, apres):
        conditions = conditions_de(t, c)
        if c.grille:
            porteurs = _porteurs_de_la_grille(t, c, conditions, avant, apres)
            for morceau in en_chunks(porteurs):
                marques += signaler(t, [Bulletin.id.in_(morceau)], c.motif, c.depuis)
        else:
            marques += signaler(t, conditions, c.motif, c.depuis)
    # Bases of before regimes were followed have none to compare with.
    marques += _marquer_les_regimes(t, avant.get(REGIMES, {}), apres.get(REGIMES, {}))
    _log.info("baremes.changed marked=%s", marques)
    return marques


def _marquer_les_regimes(t: Transaction, avant: Instantane, apres: Instantane) -> int:
    """Mark the bulletins that bear a line of a contract of a regime that changed, or would."""
    if avant == apres:
        return 0
    marques = 0
    for c in changements_de_regimes(t, avant, apres, _porteurs_de_prevoyance(t)):
        conditions = conditions_de(t, Changement(c.motif, c.jours.debut, c.jours.fin))
        for morceau in en_chunks(sorted(c.travaux)):
            siens = [*conditions, Bulletin.contrat_id.in_(morceau)]
            marques += signaler(t, siens, c.motif, c.jours.debut)
    return marques


def _porteurs_de_prevoyance(t: Transaction) -> list[tuple[int, int, Periode]]:
    """Return (contract of prévoyance, contrat de travail, months whose bulletins bear its line)."""
    rang = Bulletin.annee * 12 + Bulletin.mois - 1
    requete = (
        select(
            LigneBulletin.contrat_prevoyance_id, Bulletin.contrat_id, func.min(rang), func.max(rang)
        )
        .join(Bulletin, Bulletin.id == LigneBulletin.bulletin_id)
        .where(LigneBulletin.contrat_prevoyance_id.is_not(None), Bulletin.etat.in_(TOUCHES))
        .group_by(LigneBulletin.contrat_prevoyance_id, Bulletin.contrat_id)
    )
    return [
        (int(prevoyance or 0), travail, Periode(_mois(premier).debut, _mois(dernier).fin))
        for prevoyance, travail, premier, dernier in t.session.execute(requete)
    ]


def _mois(rang: int) -> Mois:
    """Return a month by its number since the year 0."""
    return Mois(rang // 12, rang % 12 + 1)


def conditions_de(t: Transaction, c: Changement) -> list[ColumnElement[bool]]:
    """Return what limits a query of bulletins to those that a change touches, see `touche`."""
    rang = Bulletin.annee * 12 + Bulletin.mois
    premier = Mois.de(c.depuis)
    conditions: list[ColumnElement[bool]] = [rang >= premier.annee * 12 + premier.mois]
    if c.jusqu_au != FIN_OUVERTE:
        dernier = Mois.de(c.jusqu_au)
        conditions.append(rang <= dernier.annee * 12 + dernier.mois)
    if c.contrats is not None:
        conditions.append(Bulletin.contrat_id.in_(c.contrats))
    ligne = exists().where(LigneBulletin.bulletin_id == Bulletin.id)
    if c.lignes is not None:
        conditions.append(ligne.where(LigneBulletin.code.in_(c.lignes)))
    if c.prevoyance:
        conditions.append(ligne.where(LigneBulletin.contrat_prevoyance_id.is_not(None)))
    if c.idcc is not None:
        conditions.append(Bulletin.employeur_id.in_(_employeurs_sous(t, c.idcc)))
    return conditions


def _employeurs_sous(t: Transaction, idcc: str) -> list[int]:
    """Return the employers with bulletins that are under a convention collective."""
    numeros = sorted(t.session.scalars(select(Bulletin.employeur_id).distinct()))
    fiches: Mapping[int, Mapping[str, object]] = employeurs.valeurs_en_masse(t, numeros)
    return [n for n in numeros if fiches[n]["idcc"] == idcc]


def _porteurs_de_la_grille(
    t: Transaction,
    c: Changement,
    conditions: list[ColumnElement[bool]],
    avant: Instantane,
    apres: Instantane,
) -> list[int]:
    """Return the bulletins whose tax rate is that of a grid, and would be another now."""
    requete = select(
        Bulletin.id,
        Bulletin.annee,
        Bulletin.mois,
        Bulletin.net_imposable_centimes.label("base"),
        Bulletin.taux_impot_millioniemes.label("taux"),
    ).where(Bulletin.etat.in_(TOUCHES), *conditions)
    return [
        b.id
        for b in t.session.execute(requete)
        if b.taux == taux_de_la_grille(avant, c.grille, b.base, Mois(b.annee, b.mois).fin)
        and b.taux != taux_de_la_grille(apres, c.grille, b.base, Mois(b.annee, b.mois).fin)
    ]
