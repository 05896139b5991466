"""What is due to prévoyance for a month, many contrats de travail at once."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from app.noyau.periodes import Mois, Periode
from app.prevoyance.models import ContratPrevoyance, Rattachement
from app.prevoyance.rules import lignes as rules
from app.prevoyance.rules.lignes import ContratLu, LigneDuMois
from app.prevoyance.service.lecture import lus
from app.salaries.service import categories_par_numero
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction


def lignes_du_mois(
    t: Transaction, mois: Mois, contrats: Collection[int]
) -> dict[int, tuple[LigneDuMois, ...]]:
    """Return the lines of prévoyance of a month, by contrat de travail.

    Those to which nothing is due are left out.
    """
    par_travail = _rattachements(t, mois, contrats)
    connus = _contrats(t, {numero for rs in par_travail.values() for numero, _ in rs})
    categories = categories_par_numero(t, par_travail.keys())
    resultat = {
        travail: rules.lignes_du_mois(
            mois, categories[travail], [(connus[numero], jours) for numero, jours in rattachements]
        )
        for travail, rattachements in par_travail.items()
    }
    return {travail: lignes for travail, lignes in resultat.items() if lignes}


def _rattachements(
    t: Transaction, mois: Mois, contrats: Collection[int]
) -> dict[int, list[tuple[int, Periode]]]:
    """Return (contract of prévoyance, days attached) by contrat de travail; plain columns."""
    par_travail: dict[int, list[tuple[int, Periode]]] = defaultdict(list)
    for morceau in en_chunks(sorted(set(contrats))):
        requete = select(
            Rattachement.contrat_id,
            Rattachement.contrat_prevoyance_id,
            Rattachement.debut_le,
            Rattachement.fin_le,
        ).where(
            Rattachement.contrat_id.in_(morceau),
            Rattachement.debut_le <= mois.fin,
            Rattachement.fin_le >= mois.debut,
        )
        for travail, numero, debut, fin in t.session.execute(requete):
            par_travail[int(travail)].append((int(numero), Periode(debut, fin)))
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
