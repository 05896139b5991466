"""Taxe sur les salaires of each employer for a year, from the bulletins of the base."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.employeurs import service as employeurs
from app.paie.models import Bulletin
from app.paie.rules.etats import COURANTS
from app.paie.rules.taxe_salaires import TaxeSalaires, taxe_sur_les_salaires
from app.paie.service.baremes import moteur
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class TaxeEmployeur:
    """The tax of one employer for a year, and how many employees it counts."""

    employeur_id: int
    employeur: str
    salaries: int
    taxe: TaxeSalaires


def lister_taxes(t: Transaction, annee: int) -> list[TaxeEmployeur]:
    """Return the tax of every employer that paid somebody in a year, by name.

    Raises:
        BaremeInconnu: the year lies outside the barèmes.
    """
    requete = (
        select(Bulletin.employeur_id, Bulletin.salarie_id, func.sum(Bulletin.brut_centimes))
        .where(Bulletin.annee == annee, Bulletin.etat.in_([str(e) for e in COURANTS]))
        .group_by(Bulletin.employeur_id, Bulletin.salarie_id)
    )
    par_employeur: dict[int, list[int]] = {}
    for employeur, _, somme in t.session.execute(requete):
        par_employeur.setdefault(int(employeur), []).append(int(somme))
    fiches = employeurs.valeurs_en_masse(t, sorted(par_employeur))
    baremes = moteur().baremes
    taxes = [
        TaxeEmployeur(
            numero,
            str(fiches[numero]["raison_sociale"]),
            len(payes),
            taxe_sur_les_salaires(
                payes, annee, baremes, association=fiches[numero]["forme"] != "comite"
            ),
        )
        for numero, payes in par_employeur.items()
    ]
    return sorted(taxes, key=lambda x: x.employeur.casefold())
