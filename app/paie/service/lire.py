"""Read bulletins: the state of a month, one bulletin with its lines, its versions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.employeurs.service import lire_fiche_employeur
from app.noyau.periodes import Mois
from app.paie.models import Bulletin, LigneBulletin
from app.paie.rules.baremes import RUBRIQUES
from app.paie.rules.etats import COURANTS, Etat
from app.paie.rules.imprimes import LigneStockee
from app.paie.rules.imputation import reunir
from app.paie.service.exercices import est_clos
from app.paie.service.paiement import dates_de_paiement
from app.paie.service.raisons import Raison, est_perime, perimes, raisons_de
from app.paie.service.valider import bulletin
from app.salaries.service import lire_contrat, lire_fiche_salarie
from app.salaries.service.mois import contrats_a_payer
from app.socle.fiches import en_chunks, valeurs_de
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class EtatBulletin:
    """The bulletin of a contract for a month, as a list shows it; amounts in centimes.

    `perime`: a draft to be computed again before it is validated.
    """

    id: int
    etat: Etat
    numero: int
    brut: int
    net_a_payer: int
    perime: bool


@dataclass(frozen=True, slots=True)
class Rubrique:
    """The lines of one heading of the legal model, with their totals in centimes.

    A line has the columns of its table, and `parts`: who receives it in words, when several do.
    """

    code: str
    titre: str
    lignes: tuple[dict[str, Any], ...]
    salarial: int
    patronal: int


@dataclass(frozen=True, slots=True)
class VersionBulletin:
    """One version of a bulletin in its history."""

    id: int
    numero: int
    etat: Etat
    calcule_a: datetime
    valide_a: datetime | None
    valide_par: str
    net_a_payer: int
    motif: str


@dataclass(frozen=True, slots=True)
class BulletinComplet:
    """A bulletin with all that its page and its print show."""

    id: int
    mois: Mois
    etat: Etat
    valeurs: dict[str, Any]
    rubriques: tuple[Rubrique, ...]
    salarie: dict[str, Any]
    salarie_id: int
    nom: str
    employeur: dict[str, Any]
    contrat: dict[str, Any]
    versions: tuple[VersionBulletin, ...]
    cumuls: dict[str, int]
    paye_le: date
    clos: bool
    perime: bool
    raisons: tuple[Raison, ...]


def etats_du_mois(t: Transaction, mois: Mois, contrats: Collection[int]) -> dict[int, EtatBulletin]:
    """Return the current bulletin of some contracts for a month, by contract."""
    etats: dict[int, EtatBulletin] = {}
    for morceau in en_chunks(list(contrats)):
        requete = select(Bulletin, est_perime()).where(
            Bulletin.annee == mois.annee,
            Bulletin.mois == mois.mois,
            Bulletin.contrat_id.in_(morceau),
            Bulletin.etat.in_([str(e) for e in COURANTS]),
        )
        for b, perime in t.session.execute(requete):
            etats[b.contrat_id] = EtatBulletin(
                b.id, Etat(b.etat), b.numero, b.brut_centimes, b.net_a_payer_centimes, bool(perime)
            )
    return etats


def lire_bulletin(t: Transaction, bulletin_id: int) -> BulletinComplet:
    """Return a bulletin with its lines by heading.

    Raises:
        BulletinIntrouvable: none of that number.
    """
    b = bulletin(t, bulletin_id)
    salarie = lire_fiche_salarie(t, b.salarie_id)
    return BulletinComplet(
        id=b.id,
        mois=Mois(b.annee, b.mois),
        etat=Etat(b.etat),
        valeurs=valeurs_de(b),
        rubriques=_rubriques(t, b.id),
        salarie=salarie.valeurs,
        salarie_id=b.salarie_id,
        nom=salarie.nom,
        employeur=lire_fiche_employeur(t, b.employeur_id).valeurs,
        contrat=lire_contrat(t, b.salarie_id, b.contrat_id).valeurs,
        versions=_versions(t, b),
        cumuls=_cumuls_de_l_annee(t, b),
        paye_le=b.paye_le
        or dates_de_paiement(t, Mois(b.annee, b.mois), [b.employeur_id])[b.employeur_id],
        clos=est_clos(t, b.employeur_id, b.annee),
        perime=bool(perimes(t, [b.id])),
        raisons=raisons_de(t, [b.id]).get(b.id, ()),
    )


def ligne_stockee(ligne: LigneBulletin) -> LigneStockee:
    """Return a line as a frozen value."""
    return LigneStockee(
        ligne.code,
        ligne.libelle,
        ligne.rubrique,
        ligne.organisme,
        ligne.assiette_centimes,
        ligne.taux_salarial_millioniemes,
        ligne.montant_salarial_centimes,
        ligne.taux_patronal_millioniemes,
        ligne.montant_patronal_centimes,
    )


def _rubriques(t: Transaction, bulletin_id: int) -> tuple[Rubrique, ...]:
    requete = (
        select(LigneBulletin)
        .where(LigneBulletin.bulletin_id == bulletin_id)
        .order_by(LigneBulletin.rang)
    )
    lues = [(ligne_stockee(ligne), valeurs_de(ligne)) for ligne in t.session.scalars(requete)]
    valeurs = {stockee.code: v for stockee, v in lues}
    lignes = [
        valeurs[li.code]
        | {
            "taux_patronal_millioniemes": li.taux_patronal,
            "montant_patronal_centimes": li.patronal,
            "parts": parts,
        }
        for li, parts in reunir(stockee for stockee, _ in lues)
    ]
    rubriques = []
    for code, titre in RUBRIQUES.items():
        siennes = tuple(li for li in lignes if li["rubrique"] == code)
        if siennes:
            salarial = sum(li["montant_salarial_centimes"] for li in siennes)
            patronal = sum(li["montant_patronal_centimes"] for li in siennes)
            rubriques.append(Rubrique(code, titre, siennes, salarial, patronal))
    return tuple(rubriques)


def _versions(t: Transaction, b: Bulletin) -> tuple[VersionBulletin, ...]:
    requete = (
        select(Bulletin)
        .where(
            Bulletin.contrat_id == b.contrat_id,
            Bulletin.annee == b.annee,
            Bulletin.mois == b.mois,
        )
        .order_by(Bulletin.numero.desc(), Bulletin.id.desc())
    )
    return tuple(
        VersionBulletin(
            v.id,
            v.numero,
            Etat(v.etat),
            v.calcule_a,
            v.valide_a,
            v.valide_par,
            v.net_a_payer_centimes,
            v.motif,
        )
        for v in t.session.scalars(requete)
    )


def _cumuls_de_l_annee(t: Transaction, b: Bulletin) -> dict[str, int]:
    """Return the year so far, this bulletin included, centimes."""
    sommes = {
        "brut": Bulletin.brut_centimes,
        "plafond": Bulletin.plafond_centimes,
        "net_imposable": Bulletin.net_imposable_centimes,
        "impot": Bulletin.impot_centimes,
        "montant_net_social": Bulletin.montant_net_social_centimes,
    }
    requete = select(*(func.sum(c) for c in sommes.values())).where(
        Bulletin.contrat_id == b.contrat_id,
        Bulletin.annee == b.annee,
        Bulletin.mois < b.mois,
        Bulletin.etat.in_([str(e) for e in COURANTS]),
    )
    avant = t.session.execute(requete).one()
    return {
        nom: int(somme or 0) + int(getattr(b, colonne.key))
        for (nom, colonne), somme in zip(sommes.items(), avant, strict=True)
    }


@dataclass(frozen=True, slots=True)
class Voisins:
    """The bulletins before and after one, by name, at the same employer in the same month."""

    precedent: int | None
    suivant: int | None


def lire_voisins(t: Transaction, bulletin_id: int) -> Voisins:
    """Return the neighbours of a bulletin.

    Raises:
        BulletinIntrouvable: none of that number.
    """
    b = bulletin(t, bulletin_id)
    mois = Mois(b.annee, b.mois)
    contrats = [c.contrat_id for c in contrats_a_payer(t, mois, [b.employeur_id])]
    etats = etats_du_mois(t, mois, contrats)
    suite = [etats[c].id if c != b.contrat_id else b.id for c in contrats if c in etats]
    if b.id not in suite:
        return Voisins(None, None)
    rang = suite.index(b.id)
    return Voisins(
        suite[rang - 1] if rang else None, suite[rang + 1] if rang + 1 < len(suite) else None
    )


def lister_bulletins_du_salarie(t: Transaction, salarie_id: int) -> dict[int, list[dict[str, Any]]]:
    """Return the current bulletins of a person by year, latest first.

    To the columns is added `perime`: a draft to be computed again before it is validated.
    """
    requete = (
        select(Bulletin, est_perime())
        .where(
            Bulletin.salarie_id == salarie_id,
            Bulletin.etat.in_([str(e) for e in COURANTS]),
        )
        .order_by(Bulletin.annee.desc(), Bulletin.mois.desc(), Bulletin.contrat_id)
    )
    annees: dict[int, list[dict[str, Any]]] = {}
    for b, perime in t.session.execute(requete):
        annees.setdefault(b.annee, []).append(valeurs_de(b) | {"perime": bool(perime)})
    return annees
