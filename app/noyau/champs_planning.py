"""Declared fields of a planning: « tous les N jours, semaines ou mois à HH:MM depuis le D »."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from app.noyau.champs import DATE, Champ, Nature, choix, entier
from app.noyau.erreurs import Refus
from app.noyau.planning import Planning, Unite

PLANNING = "Planning"
"""Heading of the fields."""
_HEURE = re.compile(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?")


@dataclass(eq=False)
class HeureIllisible(Refus):
    """What was typed is no hour of the day."""

    code = "TEC-134"
    message = "« {saisie} » n'est pas une heure."
    remede = "Écrivez-la ainsi : 23:00."

    saisie: str


def lire_heure(saisie: str) -> str:
    """Read an hour of the day: « 23:00 », « 23h », « 7h30 »; returns HH:MM.

    Raises:
        HeureIllisible: it is none.
    """
    trouve = _HEURE.fullmatch(saisie.strip())
    if trouve is None:
        raise HeureIllisible(saisie)
    heure, minute = int(trouve[1]), int(trouve[2] or 0)
    if heure > 23 or minute > 59:
        raise HeureIllisible(saisie)
    return f"{heure:02d}:{minute:02d}"


def champs_du_planning(unite: Unite) -> tuple[Champ, ...]:
    """Return the fields that say a planning; `unite` is the one shown at first."""
    unites = choix(*((u.value, u.en_mots) for u in Unite), largeur=14)
    heure = Nature("heure", lire_heure, largeur=8, exemple="23:00")
    return (
        Champ("nombre", "Tous les", entier(1, 99), PLANNING, obligatoire=True, vide=1),
        Champ("unite", "Unité", unites, PLANNING, obligatoire=True, vide=unite.value),
        Champ("heure", "Heure", heure, PLANNING, obligatoire=True),
        Champ("debut_le", "À partir du", DATE, PLANNING, obligatoire=True),
    )


def planning_de(valeurs: Mapping[str, Any]) -> Planning:
    """Return the planning that these fields say."""
    heure: str = valeurs["heure"]
    debut: date = valeurs["debut_le"]
    return Planning(
        int(valeurs["nombre"]), Unite(valeurs["unite"]), time.fromisoformat(heure), debut
    )
