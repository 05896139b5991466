"""From which month on a change of a record touches bulletins.

Rules:
- Only the fields that a calculation reads count.
- Moved dates of a contract touch the months from the first day moved on.
- A salary, hours, a rate, an effectif have no date of effect of their own: the year being
  regularised is touched, from January of the current year on; earlier years stay as they
  were paid.
- The tax rate is applied when it is received: from the current month on.
"""

from datetime import date

from app.noyau.periodes import Mois

_DATES = frozenset({"debut_le", "fin_le"})
_SANS_DATE = frozenset(
    {"nature", "categorie", "heures_centiemes", "salaire_centimes", "statut_paie"}
)
_IMPOT = frozenset({"taux_pas_millioniemes"})
_EMPLOYEUR = frozenset({"taux_at_millioniemes", "effectif", "forme", "code_postal", "idcc"})


def premier_mois_du_contrat(champs: frozenset[str], depuis: date, aujourd_hui: date) -> Mois | None:
    """Return the first month that a change of a contract touches, None: no bulletin is.

    Args:
        champs: fields that changed.
        depuis: first day touched, as employees announce it.
        aujourd_hui: today.
    """
    mois = []
    if champs & _DATES:
        mois.append(Mois.de(depuis))
    if champs & _SANS_DATE:
        mois.append(max(Mois.de(depuis), Mois(aujourd_hui.year, 1)))
    if champs & _IMPOT:
        mois.append(Mois.de(aujourd_hui))
    return min(mois) if mois else None


def premier_mois_de_l_employeur(champs: frozenset[str], aujourd_hui: date) -> Mois | None:
    """Return the first month that a change of an employer touches, None: no bulletin is."""
    return Mois(aujourd_hui.year, 1) if champs & _EMPLOYEUR else None
