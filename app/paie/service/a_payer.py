"""Use cases of the payroll of a month: who is to be paid, and what is missing."""

from dataclasses import dataclass

from app.noyau.periodes import Mois
from app.paie.rules import presence as rules
from app.paie.rules.presence import Presence
from app.salaries.service.mois import ContratDuMois, lister_contrats_du_mois
from app.socle.listes import Page, Vue
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class APayer:
    """A contract to be paid for a month: its presence, and what the record lacks."""

    contrat: ContratDuMois
    presence: Presence
    manques: tuple[str, ...]


def lister_a_payer(t: Transaction, mois: Mois, vue: Vue) -> Page[APayer]:
    """Return a page of the contracts to be paid for a month (filters: see the contracts)."""
    contrats = lister_contrats_du_mois(t, mois, vue)
    lignes = [
        APayer(
            c,
            rules.presence(mois, c.debut_le, c.fin_le),
            rules.ce_qui_manque(nir=c.nir, ne_le=c.ne_le, code_postal=c.code_postal, iban=c.iban),
        )
        for c in contrats.lignes
    ]
    return Page(lignes, contrats.total, contrats.vue)
