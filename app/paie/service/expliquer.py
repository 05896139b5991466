"""Explain a line of a stored bulletin, as it was computed."""

from sqlalchemy import select

from app.noyau.periodes import Mois
from app.paie.errors import LigneIntrouvable
from app.paie.models import Bulletin, LigneBulletin, SaisieMois
from app.paie.rules.calcul import Ligne
from app.paie.rules.explication import Explication, expliquer_ligne
from app.paie.rules.explication_totaux import BRUT, detailler_le_brut, expliquer_total
from app.paie.rules.faits import GENERAL, LignePrevoyance
from app.paie.rules.imprimes import LigneStockee
from app.paie.rules.imputation import reunir
from app.paie.rules.particularites import Situation
from app.paie.rules.presence import presence
from app.paie.service.baremes import moteur
from app.paie.service.faits import APayerAuMois, dossiers_du_mois
from app.paie.service.lire import ligne_stockee
from app.paie.service.valider import bulletin
from app.salaries.service import lire_contrat
from app.socle.fiches import valeurs_de
from app.socle.transaction import Transaction


def expliquer_une_ligne(t: Transaction, bulletin_id: int, code: str) -> Explication:
    """Explain a line, a piece of the gross or a total of a bulletin, by its code.

    Raises:
        BulletinIntrouvable: none of that number.
        LigneIntrouvable: it has no such line.
    """
    b = bulletin(t, bulletin_id)
    contrat = lire_contrat(t, b.salarie_id, b.contrat_id).valeurs
    total = expliquer_total(
        code,
        valeurs_de(b),
        taux_du_contrat=contrat["taux_pas_millioniemes"] is not None,
        detail=_detail_du_brut(t, b, code) if code in BRUT else "",
    )
    if total is not None:
        return total
    trouvee = next(((li, p) for li, p in _lignes(t, b) if li.code == code), None)
    if trouvee is None:
        raise LigneIntrouvable(code)
    ligne, parts = trouvee
    prevoyances = _prevoyances(t, b) if ligne.organisme == "prevoyance" else ()
    situation = _situation(t, b) if ligne.organisme == "urssaf" else None
    return _ligne(b, ligne, parts, prevoyances, situation)


def expliquer_bulletin(t: Transaction, bulletin_id: int) -> dict[str, Explication]:
    """Explain each line of a bulletin, by code.

    Raises:
        BulletinIntrouvable: none of that number.
    """
    b = bulletin(t, bulletin_id)
    prevoyances, situation = _prevoyances(t, b), _situation(t, b)
    return {
        ligne.code: _ligne(b, ligne, parts, prevoyances, situation)
        for ligne, parts in _lignes(t, b)
    }


def _lignes(t: Transaction, b: Bulletin) -> list[tuple[LigneStockee, str]]:
    """Return the lines of a bulletin as people read them, each with its parts in words."""
    requete = select(LigneBulletin).where(LigneBulletin.bulletin_id == b.id)
    lues = t.session.scalars(requete.order_by(LigneBulletin.rang))
    return reunir(ligne_stockee(ligne) for ligne in lues)


def _ligne(
    b: Bulletin,
    ligne: LigneStockee,
    parts: str,
    prevoyances: tuple[LignePrevoyance, ...],
    situation: Situation | None,
) -> Explication:
    return expliquer_ligne(
        moteur(),
        Mois(b.annee, b.mois).fin,
        Ligne(
            ligne.code,
            ligne.assiette,
            ligne.taux_salarial,
            ligne.salarial,
            ligne.taux_patronal,
            ligne.patronal,
        ),
        libelle=ligne.libelle,
        coefficient=b.coefficient_reduction,
        prevoyances=prevoyances,
        situation=situation,
        parts=parts,
    )


def _situation(t: Transaction, b: Bulletin) -> Situation | None:
    """Return how the month is computed from the facts as they stand, None: the common law.

    Facts changed since make the bulletin « à recalculer »: an old figure never gets new words
    without that sign.
    """
    saisie = select(SaisieMois.manifestations).where(
        SaisieMois.contrat_id == b.contrat_id,
        SaisieMois.annee == b.annee,
        SaisieMois.mois == b.mois,
    )
    statut = lire_contrat(t, b.salarie_id, b.contrat_id).valeurs["statut_paie"]
    if statut == GENERAL and not t.session.scalar(saisie):
        return None
    faits = _faits(t, b)
    return moteur().situer(faits.dossier, b.brut_centimes) if faits else None


def _faits(t: Transaction, b: Bulletin) -> APayerAuMois | None:
    """Return the facts of a bulletin as they stand now, None when it would not be computed."""
    prets, _ = dossiers_du_mois(t, Mois(b.annee, b.mois), moteur().baremes, [b.employeur_id])
    return next((p for p in prets if p.contrat.contrat_id == b.contrat_id), None)


def _prevoyances(t: Transaction, b: Bulletin) -> tuple[LignePrevoyance, ...]:
    """Return the lines of prévoyance that the contract bears now."""
    faits = _faits(t, b)
    return faits.dossier.contrat.prevoyances if faits else ()


def _detail_du_brut(t: Transaction, b: Bulletin, code: str) -> str:
    """Return the figures of a line of the gross, from the contract and the entry."""
    faits = _faits(t, b)
    if faits is None:
        return ""
    mois, c = faits.dossier.mois, faits.contrat
    jours = presence(mois, c.debut_le, c.fin_le).jours
    dossier = faits.dossier
    return detailler_le_brut(code, dossier.contrat, dossier.elements, (jours, mois.fin.day))
