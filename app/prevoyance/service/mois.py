"""What is due to prévoyance for a month, many contrats de travail at once."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from app.noyau.periodes import Mois
from app.prevoyance.models import ContratPrevoyance, Rattachement
from app.prevoyance.rules import lignes as rules
from app.prevoyance.rules.lignes import ContratLu, LigneDuMois
from app.prevoyance.service.annonces import jours_de
from app.prevoyance.service.lecture import lus
from app.salaries.service import emplois_par_numero
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction


def lignes_du_mois(
    t: Transaction, mois: Mois, contrats: Collection[int]
) -> dict[int, tuple[LigneDuMois, ...]]:
    """Return the lines of prévoyance of a month, by contrat de travail.

    Those to which nothing is due are left out.
    """
    par_travail = _rattachements(t, mois, contrats)
    connus = _contrats(t, {r.contrat_prevoyance_id for rs in par_travail.values() for r in rs})
    emplois = emplois_par_numero(t, par_travail.keys())
    resultat = {
        numero: rules.lignes_du_mois(
            mois,
            emplois[numero].categorie,
            [(connus[r.contrat_prevoyance_id], jours_de(r)) for r in rattachements],
        )
        for numero, rattachements in par_travail.items()
    }
    return {numero: lignes for numero, lignes in resultat.items() if lignes}


def _rattachements(
    t: Transaction, mois: Mois, contrats: Collection[int]
) -> dict[int, list[Rattachement]]:
    par_travail: dict[int, list[Rattachement]] = defaultdict(list)
    for morceau in en_chunks(sorted(set(contrats))):
        requete = select(Rattachement).where(
            Rattachement.contrat_id.in_(morceau),
            Rattachement.debut_le <= mois.fin,
            Rattachement.fin_le >= mois.debut,
        )
        for r in t.session.scalars(requete):
            par_travail[r.contrat_id].append(r)
    return par_travail


def _contrats(t: Transaction, numeros: Collection[int]) -> dict[int, ContratLu]:
    lignes = [
        c
        for morceau in en_chunks(sorted(numeros))
        for c in t.session.scalars(
            select(ContratPrevoyance).where(ContratPrevoyance.id.in_(morceau))
        )
    ]
    return lus(t, lignes)
