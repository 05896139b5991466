"""What employers answer to the OPCO: who they are, and their training bodies written in bulk.

All that touches the name of a line « Formation professionnelle » in bulk stands here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.employeurs.models import Dossier, Employeur, OrganismeEmployeur
from app.employeurs.rules import NATURE_FORMATION
from app.employeurs.service.masse import modifier_en_masse
from app.opco.rules.application import Ecriture, EmployeurExamine, Genre, LigneFormation
from app.opco.signals import employeurs_a_examiner, opco_a_ecrire
from app.organismes import service as organismes
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction


def _lignes_de_formation(t: Transaction) -> dict[int, list[LigneFormation]]:
    """Return the lines « Formation professionnelle » of every employer."""
    requete = (
        select(OrganismeEmployeur)
        .where(OrganismeEmployeur.nature == NATURE_FORMATION)
        .order_by(OrganismeEmployeur.id)
    )
    lues = list(t.session.scalars(requete))
    noms = organismes.lire_organismes(t, {o.organisme_id for o in lues})
    lignes: dict[int, list[LigneFormation]] = defaultdict(list)
    for o in lues:
        est_nue = not o.reference and o.depuis_le is None
        lignes[o.employeur_id].append(LigneFormation(o.id, noms[o.organisme_id].nom, est_nue))
    return lignes


def examiner_les_employeurs(t: Transaction, **_: Any) -> list[EmployeurExamine]:
    """Return every employer with its training bodies, archived ones included, by dossier."""
    lignes = _lignes_de_formation(t)
    requete = (
        select(
            Employeur.id,
            Employeur.dossier_id,
            Dossier.nom,
            Employeur.raison_sociale,
            Employeur.idcc,
            Employeur.naf,
            Employeur.opco,
            Employeur.archive_le,
            Dossier.archive_le,
        )
        .join(Dossier, Dossier.id == Employeur.dossier_id)
        .order_by(Dossier.nom, Dossier.id, Employeur.recherche, Employeur.id)
    )
    return [
        EmployeurExamine(
            id=numero,
            dossier_id=dossier_id,
            dossier=dossier,
            raison_sociale=nom,
            idcc=idcc,
            naf=naf,
            opco=opco,
            est_archive=(archive_le or dossier_archive_le) is not None,
            lignes=tuple(lignes.get(numero, ())),
        )
        for (
            numero,
            dossier_id,
            dossier,
            nom,
            idcc,
            naf,
            opco,
            archive_le,
            dossier_archive_le,
        ) in t.session.execute(requete)
    ]


def ecrire_les_caisses(
    t: Transaction, *, ecritures: Sequence[Ecriture], **_: Any
) -> dict[int, int]:
    """Write the OPCO of records and of lines; return the numbers of added lines by employer."""
    fiches = {
        e.objet_id: {"opco": e.apres}
        for e in ecritures
        if e.genre is Genre.EMPLOYEUR and e.objet_id is not None
    }
    modifier_en_masse(t, fiches)
    des_lignes = [e for e in ecritures if e.genre is Genre.ORGANISME]
    caisses = organismes.trouver_ou_creer_en_masse(
        t, [(NATURE_FORMATION, e.apres) for e in des_lignes if e.apres]
    )
    numeros = {nom: numero for (_, nom), numero in caisses.items()}
    _nommer_les_lignes(t, [e for e in des_lignes if e.objet_id is not None], numeros)
    ajoutees = {
        e.employeur_id: OrganismeEmployeur(
            employeur_id=e.employeur_id,
            nature=NATURE_FORMATION,
            organisme_id=numeros[e.apres],
        )
        for e in des_lignes
        if e.objet_id is None
    }
    t.session.add_all(ajoutees.values())
    t.session.flush()
    return {employeur: ligne.id for employeur, ligne in ajoutees.items()}


def _nommer_les_lignes(
    t: Transaction, ecritures: Iterable[Ecriture], numeros: Mapping[str, int]
) -> None:
    """Give lines the name of their training body; those without are taken away."""
    noms = {e.objet_id: e.apres for e in ecritures if e.objet_id is not None}
    for morceau in en_chunks(list(noms)):
        requete = select(OrganismeEmployeur).where(OrganismeEmployeur.id.in_(morceau))
        for ligne in t.session.scalars(requete):
            if noms[ligne.id]:
                ligne.organisme_id = numeros[noms[ligne.id]]
            else:
                t.session.delete(ligne)


def brancher() -> None:
    """Connect the answers."""
    employeurs_a_examiner.connect(examiner_les_employeurs)
    opco_a_ecrire.connect(ecrire_les_caisses)
