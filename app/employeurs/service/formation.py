"""The training body of an employer: its record and its line among the organismes agree."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.employeurs.models import Employeur, OrganismeEmployeur
from app.employeurs.rules import NATURE_FORMATION, sans_formation
from app.employeurs.service.ligne import employeur
from app.employeurs.service.liste import employeurs_archives
from app.noyau.typographie import sans_accents
from app.opco import service as opco
from app.opco.rules import NON_REPERTORIEE, SituationOpco, designe, successeurs
from app.organismes import service as organismes
from app.socle.transaction import Transaction


def situation_opco(t: Transaction, idcc: str, actuel: str) -> SituationOpco:
    """Return the OPCO that a convention wants today, and how a record stands against it."""
    return opco.situation(t, idcc=idcc, actuel=actuel, au=t.aujourd_hui)


def successeurs_opca(t: Transaction, nom: str) -> tuple[str, ...]:
    """Return the OPCO that took over from a former OPCA; none for the name of an OPCO."""
    actuels = [resume.opco for resume in opco.lister_opco(t, t.aujourd_hui)]
    if any(designe(nom, actuel) for actuel in actuels):
        return ()
    libelles = {actuel.code: actuel.libelle for actuel in actuels}
    codes = successeurs(opco.anciens_opca(), nom, t.aujourd_hui)
    return tuple(libelles[code] for code in codes)


def _lignes(t: Transaction, employeur_id: int) -> list[OrganismeEmployeur]:
    requete = select(OrganismeEmployeur).where(
        OrganismeEmployeur.employeur_id == employeur_id,
        OrganismeEmployeur.nature == NATURE_FORMATION,
    )
    return list(t.session.scalars(requete))


def _meme(un: str, autre: str) -> bool:
    return sans_accents(un) == sans_accents(autre)


def suivre_la_fiche(t: Transaction, employeur_id: int, avant: str, apres: str) -> None:
    """Bring the lines « Formation professionnelle » to the OPCO that the record now names.

    The only line takes the new name; of several, the one that bore the former name; without
    any, one is added. An emptied OPCO leaves the lines alone.
    """
    if avant == apres or sans_formation(apres):
        return
    lignes = _lignes(t, employeur_id)
    noms = organismes.lire_organismes(t, [ligne.organisme_id for ligne in lignes])
    nouveau = organismes.trouver_ou_creer(t, NATURE_FORMATION, apres)
    for ligne in lignes:
        seule = len(lignes) == 1
        if ligne.organisme_id != nouveau and (seule or _meme(noms[ligne.organisme_id].nom, avant)):
            ligne.organisme_id = nouveau
    if not lignes:
        t.session.add(
            OrganismeEmployeur(
                employeur_id=employeur_id, nature=NATURE_FORMATION, organisme_id=nouveau
            )
        )
    t.session.flush()


def suivre_la_ligne(t: Transaction, employeur_id: int, avant: str, apres: str) -> None:
    """Bring the record to the OPCO that its line « Formation professionnelle » now names.

    It follows its only line; with several, when it named none or what the line named before.
    """
    fiche = employeur(t, employeur_id)
    seule = len(_lignes(t, employeur_id)) == 1
    suit = seule or sans_formation(fiche.opco) or _meme(fiche.opco, avant)
    if suit and fiche.opco != apres:
        fiche.opco = apres
        t.session.flush()


def appliquer_opco(t: Transaction, employeur_id: int) -> str:
    """Write the OPCO of the employer's convention into its record; returns its name.

    Nothing changes when no OPCO corresponds to the convention: the answer is then "".

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    fiche = employeur(t, employeur_id)
    attendu = situation_opco(t, fiche.idcc, fiche.opco).attendu
    if sans_formation(attendu):
        return ""
    avant = fiche.opco
    if avant != attendu:
        fiche.opco = attendu
        t.session.flush()
    suivre_la_fiche(t, employeur_id, avant, attendu)
    return attendu


def lister_sans_formation(
    t: Transaction, numeros: Sequence[int] | None = None
) -> list[tuple[int, str]]:
    """Return employers in use that name no training body: number, name.

    Args:
        t: the transaction.
        numeros: which ones to look at; all of them when it is not said.
    """
    sans = ("", sans_accents(NON_REPERTORIEE))
    requete = (
        select(Employeur.id, Employeur.raison_sociale)
        .where(func.sans_accents(Employeur.opco).in_(sans))
        .where(Employeur.id.not_in(employeurs_archives()))
        .order_by(Employeur.recherche, Employeur.id)
    )
    if numeros is not None:
        requete = requete.where(Employeur.id.in_(numeros))
    return [(int(n), nom) for n, nom in t.session.execute(requete)]
