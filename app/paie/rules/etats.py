"""States of a bulletin, and what each allows.

Rules:
- A draft (brouillon) is computed again as often as wanted, then validated; one whose facts
  changed since is computed again first, see `service.valider`.
- A validated bulletin is never changed: computing it again makes a new version, a draft, and
  the former one stays readable as replaced.
- « À recalculer » is a validated bulletin whose facts changed since; it stays paid as it was
  until it is computed again.
- Cancelling a validation gives a draft back and asks for a reason; computed again, that draft
  stays readable as replaced, since it was paid or handed over as it was.
- Replaced versions are history: nothing more happens to them.
"""

from enum import StrEnum

from app.noyau.champs import DATE, Champ, choix, texte


class Etat(StrEnum):
    """State of a bulletin."""

    BROUILLON = "brouillon"
    VALIDE = "valide"
    A_RECALCULER = "a_recalculer"
    REMPLACE = "remplace"

    @property
    def en_mots(self) -> str:
        """Return the word of the screens."""
        return _MOTS[self]


_MOTS = {
    Etat.BROUILLON: "brouillon",
    Etat.VALIDE: "validé",
    Etat.A_RECALCULER: "à recalculer",
    Etat.REMPLACE: "remplacé",
}
CHAMPS_BULLETIN = (
    Champ("etat", "État", choix(*((str(e), mot) for e, mot in _MOTS.items()))),
    Champ("motif", "Motif", texte(500)),
    Champ("paye_le", "Payé le", DATE),
)
"""What the journal shows of the acts upon a bulletin."""
PERIME_EN_MOTS = "à recalculer avant validation"
"""What the screens say of a draft whose facts changed since it was computed."""
COURANTS = (Etat.BROUILLON, Etat.VALIDE, Etat.A_RECALCULER)
"""States of the version that counts."""


def apres_calcul(etat: Etat | None, *, repris: bool = False) -> tuple[bool, Etat]:
    """Return whether a calculation makes a new version, and the state of its result.

    None: no bulletin yet. A draft is replaced in place, unless it was validated once (`repris`);
    a validated one is kept aside.
    """
    return repris or etat in {Etat.VALIDE, Etat.A_RECALCULER}, Etat.BROUILLON


def peut_valider(etat: Etat) -> bool:
    """Tell whether a bulletin may be validated."""
    return etat is Etat.BROUILLON


def peut_annuler_la_validation(etat: Etat) -> bool:
    """Tell whether a validation may be cancelled."""
    return etat in {Etat.VALIDE, Etat.A_RECALCULER}


def apres_un_changement(etat: Etat) -> Etat:
    """Return the state once the facts behind a bulletin changed."""
    return Etat.A_RECALCULER if etat is Etat.VALIDE else etat
