"""Paid leave in the base: what each contract of a month acquires and takes, what it brought in.

Rules:
- The counter goes from bulletin to bulletin, across years.
- What a contract brings from another program counts from the month that says so, unless a
  bulletin of that month or later came before the one computed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.noyau.periodes import Mois, Periode
from app.paie.errors import ContratHorsDuMois
from app.paie.models import Bulletin, RepriseConges, SaisieMois
from app.paie.rules import conges as rules
from app.paie.rules.conges import Compteur, CongesDuMois, MoisTravaille
from app.paie.rules.etats import COURANTS
from app.paie.rules.presence import heures_de_base
from app.paie.rules.reprise import CHAMPS_REPRISE, lire_reprise
from app.paie.service.exercices import refuser_si_clos
from app.paie.service.faits import APayerAuMois
from app.paie.service.raisons import marquer_a_recalculer
from app.salaries.service import lire_contrat, lire_fiche_salarie, lister_contrats
from app.socle.fiches import en_chunks, exiger, remplir
from app.socle.transaction import Transaction

_ETATS = [str(e) for e in COURANTS]


def lire_compteur(texte: str | None) -> Compteur | None:
    """Read the counter as a bulletin keeps it, None when it keeps none."""
    return Compteur(**json.loads(texte)) if texte else None


def ecrire_compteur(compteur: Compteur) -> str:
    """Write the counter as a bulletin keeps it."""
    return json.dumps(compteur._asdict(), separators=(",", ":"))


def conges_du_mois(
    t: Transaction, mois: Mois, prets: Sequence[APayerAuMois]
) -> dict[int, CongesDuMois]:
    """Return what each contract acquires and takes in a month, by contract."""
    contrats = [p.contrat.contrat_id for p in prets]
    avant = _compteurs(t, mois, contrats)
    saisies = _saisies(t, mois)
    return {
        p.contrat.contrat_id: rules.compter(
            avant.get(p.contrat.contrat_id), mois, _fait(p, saisies.get(p.contrat.contrat_id))
        )
        for p in prets
    }


def _fait(p: APayerAuMois, saisie: tuple[int, int] | None) -> MoisTravaille:
    presence = p.dossier.contrat.presence
    maladie, pris = saisie or (0, 0)
    return MoisTravaille(
        presence=presence,
        heures=heures_de_base(p.contrat.heures_centiemes, presence),
        absence=p.dossier.elements.heures_absence,
        maladie=maladie,
        pris=pris,
    )


def _saisies(t: Transaction, mois: Mois) -> dict[int, tuple[int, int]]:
    requete = select(
        SaisieMois.contrat_id, SaisieMois.heures_maladie, SaisieMois.conges_pris
    ).where(SaisieMois.annee == mois.annee, SaisieMois.mois == mois.mois)
    return {int(c): (int(m), int(p)) for c, m, p in t.session.execute(requete)}


def _compteurs(t: Transaction, mois: Mois, contrats: Sequence[int]) -> dict[int, Compteur]:
    """Return the counters before a month: of the latest bulletin, or of a later reprise."""
    lus = _derniers(t, mois, contrats)
    compteurs = {c: compteur for c, (_, compteur) in lus.items()}
    for morceau in en_chunks(contrats):
        requete = select(RepriseConges).where(RepriseConges.contrat_id.in_(morceau))
        for r in t.session.scalars(requete):
            repris = Mois(r.annee, r.mois)
            dernier = lus.get(r.contrat_id)
            if repris <= mois and (dernier is None or dernier[0] < repris):
                compteurs[r.contrat_id] = rules.reprendre(repris, r.anterieurs, r.en_cours)
    return compteurs


def _derniers(
    t: Transaction, mois: Mois, contrats: Sequence[int]
) -> dict[int, tuple[Mois, Compteur]]:
    """Return the month and the counter of the latest bulletin before a month, by contract."""
    veille = mois.suivant(-1)
    requete = select(Bulletin.contrat_id, Bulletin.compteur_conges).where(
        Bulletin.annee == veille.annee, Bulletin.mois == veille.mois, Bulletin.etat.in_(_ETATS)
    )
    lus: dict[int, tuple[Mois, Compteur]] = {}
    for contrat, texte in t.session.execute(requete):
        if (compteur := lire_compteur(texte)) is not None:
            lus[int(contrat)] = (veille, compteur)
    for morceau in en_chunks([c for c in contrats if c not in lus]):
        lus |= _plus_anciens(t, mois, morceau)
    return lus


def _plus_anciens(
    t: Transaction, mois: Mois, contrats: Sequence[int]
) -> dict[int, tuple[Mois, Compteur]]:
    """Return the same for the contracts that have no bulletin in the month before."""
    rang = Bulletin.annee * 12 + Bulletin.mois
    requete = (
        select(Bulletin.contrat_id, func.max(rang).label("rang"))
        .where(
            Bulletin.contrat_id.in_(contrats),
            Bulletin.etat.in_(_ETATS),
            Bulletin.compteur_conges.is_not(None),
            rang < mois.annee * 12 + mois.mois,
        )
        .group_by(Bulletin.contrat_id)
        .subquery()
    )
    derniers = select(
        Bulletin.contrat_id, Bulletin.annee, Bulletin.mois, Bulletin.compteur_conges
    ).join(
        requete,
        (Bulletin.contrat_id == requete.c.contrat_id) & (rang == requete.c.rang),
    )
    lus = {}
    for contrat, annee, du_mois, texte in t.session.execute(
        derniers.where(Bulletin.etat.in_(_ETATS))
    ):
        if (compteur := lire_compteur(texte)) is not None:
            lus[int(contrat)] = (Mois(annee, du_mois), compteur)
    return lus


@dataclass(frozen=True, slots=True)
class RepriseVue:
    """What a contract brought from another program, as its form shows it."""

    contrat_id: int
    textes: dict[str, str]


def lire_reprises(t: Transaction, contrats: Sequence[int]) -> dict[int, RepriseVue]:
    """Return what some contracts brought in, by contract."""
    requete = select(RepriseConges).where(RepriseConges.contrat_id.in_(contrats))
    return {
        r.contrat_id: RepriseVue(
            r.contrat_id,
            {
                "mois": str(Mois(r.annee, r.mois)),
                **{c.nom: c.ecrire(getattr(r, c.nom)) for c in CHAMPS_REPRISE[1:]},
            },
        )
        for r in t.session.scalars(requete)
    }


@dataclass(frozen=True, slots=True)
class CongesDuContrat:
    """Paid leave of a contract after its latest bulletin; hundredths of days, None: unknown."""

    contrat_id: int
    designation: str
    au: str
    anterieurs: int | None
    en_cours: int | None
    repris: bool


def lister_conges(t: Transaction, salarie: int) -> list[CongesDuContrat]:
    """Return the paid leave of each contract of a person, latest contract first."""
    contrats = lister_contrats(t, salarie)
    numeros = [c.id for c in contrats]
    derniers = _derniers(t, Mois.de(t.aujourd_hui).suivant(), numeros)
    repris = lire_reprises(t, numeros)
    lignes = []
    for c in contrats:
        mois, compteur = derniers.get(c.id, (None, None))
        lignes.append(
            CongesDuContrat(
                c.id,
                c.designation,
                mois.en_toutes_lettres if mois else "",
                compteur.anterieurs if compteur else None,
                compteur.en_cours if compteur else None,
                c.id in repris,
            )
        )
    return lignes


def enregistrer_reprise(
    t: Transaction, salarie: int, contrat: int, saisie: Mapping[str, str]
) -> bool:
    """Write what a contract brings from another program; empty days remove it.

    Returns whether something changed.

    Raises:
        SalarieIntrouvable, ContratIntrouvable: no such person, no such contract of that person.
        DonneesRefusees: a field is wrong.
        ContratHorsDuMois: the contract covers no day of the month.
        ExerciceClos: the year of the month is closed.
    """
    fiche = lire_fiche_salarie(t, salarie)
    contrat_lu = lire_contrat(t, salarie, contrat).valeurs
    valeurs, constats = lire_reprise(saisie)
    exiger(constats)
    mois: Mois = valeurs.pop("mois")
    periode = Periode(contrat_lu["debut_le"], contrat_lu["fin_le"])
    if not periode.recouvre(mois.periode):
        raise ContratHorsDuMois(fiche.nom, str(periode))
    refuser_si_clos(t, fiche.employeur_id, mois.annee)
    ancien = t.session.scalar(select(RepriseConges).where(RepriseConges.contrat_id == contrat))
    if not _ecrire(t, ancien, contrat, {"annee": mois.annee, "mois": mois.mois, **valeurs}):
        return False
    depuis = mois if ancien is None else min(mois, Mois(ancien.annee, ancien.mois))
    marquer_a_recalculer(t, contrats=[contrat], depuis=depuis)
    return True


def _ecrire(
    t: Transaction, ancien: RepriseConges | None, contrat: int, valeurs: dict[str, Any]
) -> bool:
    if ancien is None:
        t.session.add(RepriseConges(contrat_id=contrat, **valeurs))
    elif all(getattr(ancien, nom) == valeur for nom, valeur in valeurs.items()):
        return False
    else:
        remplir(ancien, valeurs)
    t.session.flush()
    return True
