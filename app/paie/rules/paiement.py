"""Day of payment: what an employer is used to, and the field that says it."""

from calendar import monthrange
from datetime import date

from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.periodes import Mois

CHAMPS_PAIEMENT: tuple[Champ, ...] = (
    Champ(
        "jour_paiement",
        "Jour de paiement",
        c.entier(1, 31),
        vide=None,
        aide="vide : le dernier jour du mois",
    ),
    Champ(
        "mois_suivant",
        "De quel mois",
        c.choix(("0", "le mois payé"), ("1", "le mois suivant")),
        vide="0",
    ),
)
CHAMP_PAYE_LE = Champ("paye_le", "Payé le", c.DATE, vide=None, aide="vide : date habituelle")


def date_de_paiement(mois: Mois, jour: int | None = None, *, mois_suivant: bool = False) -> date:
    """Return the day on which a month is paid.

    Args:
        mois: the month worked.
        jour: day of the month, None: the last; a month too short ends on its last.
        mois_suivant: the month after pays.

    >>> date_de_paiement(Mois(2026, 1)), date_de_paiement(Mois(2026, 1), 30, mois_suivant=True)
    (datetime.date(2026, 1, 31), datetime.date(2026, 2, 28))

    Source:
        Code du travail, art. L3242-1: paid once a month.
    """
    paye = mois.suivant() if mois_suivant else mois
    dernier = monthrange(paye.annee, paye.mois)[1]
    return date(paye.annee, paye.mois, min(jour or dernier, dernier))
