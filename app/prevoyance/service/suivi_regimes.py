"""Whom another version of the branch regimes touches; figures are compared, never texts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from app.noyau.periodes import Mois, Periode
from app.prevoyance.models import ContratPrevoyance, Rattachement
from app.prevoyance.rules.instantane import (
    Instantane,
    RegimeModifie,
    instantane,
    motif,
    regimes_modifies,
)
from app.prevoyance.rules.taux import TOUS
from app.prevoyance.service.regimes import DOSSIER, regimes
from app.salaries.service import categories_par_numero
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction

Lien = tuple[int, int, Periode]
"""Contract of prévoyance, contrat de travail, days."""


@dataclass(frozen=True, slots=True)
class ChangementDeRegime:
    """Days whose amounts differ for some contrats de travail, and why, in French."""

    motif: str
    jours: Periode
    travaux: frozenset[int]


@cache
def empreinte_des_regimes(dossier: Path = DOSSIER) -> str:
    """Return the digest of the data files, without reading what they say."""
    empreinte = sha256()
    for chemin in sorted(dossier.glob("*.yaml")):
        empreinte.update(chemin.read_bytes())
    return empreinte.hexdigest()


def instantane_des_regimes() -> Instantane:
    """Return the figures of the program's regimes as plain data.

    Raises:
        RegimeRefuse, DonneesInternes: see `charger_regimes`.
    """
    return instantane(regimes())


def changements_de_regimes(
    t: Transaction, avant: Instantane, apres: Instantane, porteurs: Iterable[Lien]
) -> tuple[ChangementDeRegime, ...]:
    """Return whom the differences between two versions of the regimes touch, and when.

    Args:
        t: the transaction.
        avant: figures of before.
        apres: figures of now.
        porteurs: whose bulletins bear a line of a contract, over which days; those attached are
            touched too, line or not.
    """
    connus = list(porteurs)
    trouves: list[ChangementDeRegime] = []
    for modifie in regimes_modifies(avant, apres):
        requete = select(ContratPrevoyance.id, ContratPrevoyance.population)
        lignes = t.session.execute(requete.where(ContratPrevoyance.regime == modifie.apres.code))
        contrats = {int(numero): str(population) for numero, population in lignes}
        liens = [lien for lien in connus if lien[0] in contrats]
        trouves += _touches(t, modifie, contrats, [*liens, *_rattaches(t, contrats)])
    return tuple(trouves)


def _rattaches(t: Transaction, contrats: Collection[int]) -> Iterator[Lien]:
    for morceau in en_chunks(sorted(contrats)):
        requete = select(
            Rattachement.contrat_prevoyance_id,
            Rattachement.contrat_id,
            Rattachement.debut_le,
            Rattachement.fin_le,
        ).where(Rattachement.contrat_prevoyance_id.in_(morceau))
        for prevoyance, travail, debut, fin in t.session.execute(requete):
            yield int(prevoyance), int(travail), Periode(debut, fin)


def _touches(
    t: Transaction, modifie: RegimeModifie, contrats: Mapping[int, str], liens: Iterable[Lien]
) -> Iterator[ChangementDeRegime]:
    """Return, by days, the contrats de travail whose lines differ.

    Days are those of whole months: a bulletin is one, and few groups mean few queries.
    """
    lus = list(liens)
    categories = categories_par_numero(t, {travail for _, travail, _ in lus})
    jours_de = cache(modifie.jours)
    par_jours: dict[tuple[Periode, Periode], set[int]] = defaultdict(set)
    for prevoyance, travail, attache in lus:
        population = contrats[prevoyance]
        qui = categories[travail] if population == TOUS else population
        mois = Periode(Mois.de(attache.debut).debut, Mois.de(attache.fin).fin)
        for jours in jours_de(qui):
            if (commun := mois.intersection(jours)) is not None:
                par_jours[jours, commun].add(travail)
    for (jours, commun), travaux in sorted(par_jours.items()):
        yield ChangementDeRegime(motif(modifie.apres, jours), commun, frozenset(travaux))
