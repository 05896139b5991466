"""Mark what other barèmes change: the figures of the last calculation are kept in the base.

Rules:
- The snapshot is taken by the first calculation; an empty base has none, and nothing to mark.
- At a start, digests are compared: the data files are read only when they changed.
"""

import json
import logging
from collections.abc import Mapping

from sqlalchemy import ColumnElement, exists, insert, select

from app.employeurs import service as employeurs
from app.noyau.periodes import FIN_OUVERTE, Mois
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
from app.paie.service.raisons import EN_ATTENTE, signaler
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction

_log = logging.getLogger(__name__)


def suivre_les_baremes(t: Transaction, baremes: Baremes | None = None) -> int:
    """Mark the bulletins that the program's barèmes change since they were computed.

    Returns how many became « à recalculer ». `baremes`: those in force, when they are read
    already; without them and without a snapshot, nothing is done.
    """
    derniers = t.session.execute(
        select(BaremesAppliques.empreinte, BaremesAppliques.chiffres)
        .order_by(BaremesAppliques.id.desc())
        .limit(1)
    ).first()
    empreinte = empreinte_des_baremes()
    if derniers is None and baremes is None:
        return 0
    if derniers is not None and derniers.empreinte == empreinte:
        return 0
    actuels = instantane(baremes or moteur().baremes)
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
    _log.info("baremes.changed marked=%s", marques)
    return marques


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
    ).where(Bulletin.etat.in_(EN_ATTENTE), *conditions)
    return [
        b.id
        for b in t.session.execute(requete)
        if b.taux == taux_de_la_grille(avant, c.grille, b.base, Mois(b.annee, b.mois).fin)
        and b.taux != taux_de_la_grille(apres, c.grille, b.base, Mois(b.annee, b.mois).fin)
    ]
