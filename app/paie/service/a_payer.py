"""Use cases of the payroll of a month: who is to be paid, and what is missing."""

from dataclasses import dataclass

from app.noyau.periodes import Mois
from app.paie.rules import presence as rules
from app.paie.rules.presence import Presence
from app.paie.service.avancement import A_CALCULER, ETATS, contrats_avec_bulletin
from app.paie.service.lire import EtatBulletin, etats_du_mois
from app.salaries.service.mois import ContratDuMois, lister_contrats_du_mois
from app.socle.listes import Page, Vue
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class APayer:
    """A contract to be paid for a month: its presence, what the record lacks, its bulletin."""

    contrat: ContratDuMois
    presence: Presence
    manques: tuple[str, ...]
    bulletin: EtatBulletin | None


def lister_a_payer(t: Transaction, mois: Mois, vue: Vue) -> Page[APayer]:
    """Return a page of the contracts to be paid for a month.

    Filters: `employeur`, `dossier` (numbers), `etat` (a key of `ETATS`).
    """
    etat = vue.filtre("etat")
    parmi = contrats_avec_bulletin(mois, etat) if etat in ETATS and etat != A_CALCULER else None
    hors = contrats_avec_bulletin(mois) if etat == A_CALCULER else None
    contrats = lister_contrats_du_mois(t, mois, vue, parmi=parmi, hors=hors)
    bulletins = etats_du_mois(t, mois, [c.contrat_id for c in contrats.lignes])
    lignes = [
        APayer(
            c,
            rules.presence(mois, c.debut_le, c.fin_le),
            rules.ce_qui_manque(nir=c.nir, ne_le=c.ne_le, code_postal=c.code_postal, iban=c.iban),
            bulletins.get(c.contrat_id),
        )
        for c in contrats.lignes
    ]
    return Page(lignes, contrats.total, contrats.vue)
