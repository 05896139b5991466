"""From which month on a change of a record touches bulletins.

Rules:
- Only the fields that a calculation reads count.
- Moved dates of a contract touch the months from the first day moved on.
- A salary, hours, a rate, an effectif have no date of effect of their own: the year being
  regularised is touched, from January of the current year on; earlier years stay as they
  were paid.
- The tax rate is applied when it is received: from the current month on.
- Prévoyance and legal figures have dates: the months that these days reach are touched, the
  months after only if a recalculation moves the figures of the year that they go on from.
- A rate of a branch regime touches those that bear a line of a contract of it, and those of
  the employees attached to one.
- A legal figure touches the bulletins that bear it: a line by its code, a line of a contract of
  prévoyance, a rate of a grid; of an employer under the convention collective it is for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.noyau.periodes import FIN_OUVERTE, Mois

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


CONTRAT_MODIFIE = "Contrat de travail modifié"
EMPLOYEUR_MODIFIE = "Fiche de l'employeur modifiée"
SAISIE_MODIFIEE = "Saisie du mois modifiée"
DEMANDE = "Recalcul demandé"


def validation_annulee(mois: Mois) -> str:
    """Return the reason of the months after one whose validation was cancelled."""
    return f"Validation du bulletin de {mois.en_toutes_lettres} annulée"


def mois_ajoute(mois: Mois) -> str:
    """Return the reason of the months after one computed for the first time."""
    return f"Bulletin de {mois.en_toutes_lettres} ajouté"


def cumuls_modifies(mois: Mois) -> str:
    """Return the reason of the months after one whose figures of the year changed."""
    return f"Cumuls de l'année modifiés par le bulletin de {mois.en_toutes_lettres}"


def conges_modifies(mois: Mois) -> str:
    """Return the reason of the months after one whose balance of paid leave changed."""
    return f"Solde de congés modifié par le bulletin de {mois.en_toutes_lettres}"


def mois_ecarte(mois: Mois) -> str:
    """Return the reason of the months after one that the contract covers no more."""
    return f"Bulletin de {mois.en_toutes_lettres} écarté, hors contrat"


@dataclass(frozen=True, slots=True)
class Changement:
    """What changed, and whom it touches.

    Args:
        motif: why, in French.
        depuis: first day touched.
        jusqu_au: last day touched.
        contrats: contrats de travail, None for all.
        lignes: codes of lines that bear it, None for whatever lines.
        prevoyance: only bulletins with a line of a contract of prévoyance.
        grille: code of the grid of taxes, "" when it is none.
        idcc: convention collective of the employers, None for all.
    """

    motif: str
    depuis: date
    jusqu_au: date = FIN_OUVERTE
    contrats: frozenset[int] | None = None
    lignes: frozenset[str] | None = None
    prevoyance: bool = False
    grille: str = ""
    idcc: str | None = None


@dataclass(frozen=True, slots=True)
class BulletinVu:
    """What of a bulletin tells whether a change touches it; `grilles` whose rate it bears."""

    id: int
    contrat_id: int
    mois: Mois
    lignes: frozenset[str] = frozenset()
    prevoyance: bool = False
    grilles: frozenset[str] = frozenset()
    idcc: str | None = None


def touche(c: Changement, b: BulletinVu) -> bool:
    """Tell whether a change touches a bulletin."""
    return (
        c.depuis <= b.mois.fin
        and b.mois.debut <= c.jusqu_au
        and (c.contrats is None or b.contrat_id in c.contrats)
        and (c.lignes is None or not c.lignes.isdisjoint(b.lignes))
        and (not c.prevoyance or b.prevoyance)
        and (not c.grille or c.grille in b.grilles)
        and (c.idcc is None or c.idcc == b.idcc)
    )


def bulletins_touches(
    bulletins: Iterable[BulletinVu], changements: Iterable[Changement]
) -> Mapping[int, tuple[Changement, ...]]:
    """Return the bulletins to be computed again, by number, with what changed."""
    changements = tuple(changements)
    touches = {b.id: tuple(c for c in changements if touche(c, b)) for b in bulletins}
    return {numero: siens for numero, siens in touches.items() if siens}
