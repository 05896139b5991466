"""Before and after, in memory: what computing bulletins again would change; writes nothing.

The months of a contract follow one another: from the first one to be computed again in the year,
each goes on from the figures of the one before as it would be.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.noyau.periodes import Mois
from app.paie.models import Bulletin, LigneBulletin, RaisonRecalcul
from app.paie.rules.comparaison import (
    TOTAUX,
    VIDE,
    Comparaison,
    Version,
    comparer,
    version_calculee,
)
from app.paie.rules.etats import Etat
from app.paie.rules.faits import Cumuls, Dossier
from app.paie.rules.imprimes import LigneStockee
from app.paie.service.baremes import moteur
from app.paie.service.faits import (
    APayerAuMois,
    dossiers_du_mois,
    mots_des_contrats,
    mots_des_lignes,
)
from app.paie.service.raisons import EN_ATTENTE
from app.socle.fiches import en_chunks, valeurs_de
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Vu:
    """A bulletin of a year, whether it is among those asked for or touched."""

    id: int
    mois: Mois
    touche: bool


def versions_stockees(t: Transaction, bulletins: Sequence[int]) -> Mapping[int, Version]:
    """Return bulletins as they are kept, by number."""
    lignes: dict[int, list[LigneStockee]] = defaultdict(list)
    totaux: dict[int, dict[str, int]] = {}
    for morceau in en_chunks(bulletins):
        for b in t.session.scalars(select(Bulletin).where(Bulletin.id.in_(morceau))):
            valeurs = valeurs_de(b)
            totaux[b.id] = {nom: valeurs[f"{nom}_centimes"] for nom in TOTAUX}
        requete = select(LigneBulletin).where(LigneBulletin.bulletin_id.in_(morceau))
        for li in t.session.scalars(requete.order_by(LigneBulletin.rang)):
            lignes[li.bulletin_id].append(
                LigneStockee(
                    li.code,
                    li.libelle,
                    li.rubrique,
                    li.organisme,
                    li.assiette_centimes,
                    li.taux_salarial_millioniemes,
                    li.montant_salarial_centimes,
                    li.taux_patronal_millioniemes,
                    li.montant_patronal_centimes,
                )
            )
    return {numero: Version(tuple(lignes[numero]), siens) for numero, siens in totaux.items()}


def simuler(t: Transaction, bulletins: Sequence[int]) -> Mapping[int, Comparaison]:
    """Return what computing some bulletins again would change, by number; nothing is written.

    Raises:
        BaremeInconnu: a month lies outside the barèmes.
    """
    avant = versions_stockees(t, bulletins)
    apres: dict[int, Version] = {}
    par_annee: dict[int, list[Bulletin]] = defaultdict(list)
    for morceau in en_chunks(bulletins):
        for b in t.session.scalars(select(Bulletin).where(Bulletin.id.in_(morceau))):
            par_annee[b.annee].append(b)
    for annee, siens in par_annee.items():
        apres |= _simuler_l_annee(t, annee, siens)
    return {n: comparer(version, apres.get(n, VIDE)) for n, version in avant.items()}


def _simuler_l_annee(
    t: Transaction, annee: int, demandes: Sequence[Bulletin]
) -> dict[int, Version]:
    """Compute the months of a year of some contracts one after the other, in memory."""
    actif, mots = moteur(), mots_des_lignes(moteur())
    voulus = {b.id for b in demandes}
    employeurs = sorted({b.employeur_id for b in demandes})
    chaines = _chaines(t, annee, {b.contrat_id for b in demandes}, voulus)
    mois_a_faire = sorted({v.mois for suite in chaines.values() for v in suite})
    cumuls: dict[int, Cumuls] = {}
    versions: dict[int, Version] = {}
    for mois in mois_a_faire:
        prets, _ = dossiers_du_mois(t, mois, actif.baremes, employeurs)
        for p in prets:
            vu = _du_mois(chaines.get(p.contrat.contrat_id, ()), mois)
            if vu is None:
                continue
            dossier = _continuer(p, cumuls)
            calcule = actif.calculer(dossier)
            cumuls[p.contrat.contrat_id] = calcule.cumuls
            if vu.id in voulus:
                siens = mots | mots_des_contrats(dossier.contrat.prevoyances)
                versions[vu.id] = version_calculee(calcule, siens)
    return versions


def _continuer(p: APayerAuMois, cumuls: Mapping[int, Cumuls]) -> Dossier:
    """Return the facts of a month after those computed before in memory."""
    deja = cumuls.get(p.contrat.contrat_id)
    return p.dossier if deja is None else replace(p.dossier, cumuls=deja)


def _du_mois(suite: Sequence[_Vu], mois: Mois) -> _Vu | None:
    return next((v for v in suite if v.mois == mois), None)


def _chaines(
    t: Transaction, annee: int, contrats: set[int], voulus: set[int]
) -> dict[int, tuple[_Vu, ...]]:
    """Return the months to be computed of each contract: first touched to last asked."""
    raisons = select(RaisonRecalcul.bulletin_id)
    requete = (
        select(
            Bulletin.id,
            Bulletin.contrat_id,
            Bulletin.mois,
            ((Bulletin.etat == str(Etat.A_RECALCULER)) | Bulletin.id.in_(raisons)).label("touche"),
        )
        .where(
            Bulletin.annee == annee,
            Bulletin.contrat_id.in_(contrats),
            Bulletin.etat.in_((*EN_ATTENTE, str(Etat.BROUILLON))),
        )
        .order_by(Bulletin.mois)
    )
    suites: dict[int, list[_Vu]] = defaultdict(list)
    for b in t.session.execute(requete):
        suites[b.contrat_id].append(_Vu(b.id, Mois(annee, b.mois), bool(b.touche)))
    return {contrat: _utiles(suite, voulus) for contrat, suite in suites.items()}


def _utiles(suite: Sequence[_Vu], voulus: set[int]) -> tuple[_Vu, ...]:
    concernes = [rang for rang, v in enumerate(suite) if v.touche or v.id in voulus]
    demandes = [rang for rang, v in enumerate(suite) if v.id in voulus]
    return tuple(suite[min(concernes) : max(demandes) + 1]) if demandes else ()
