"""Paid leave brought from another program: its fields, declared once."""

from collections.abc import Mapping
from typing import Any

from app.noyau import champs as c
from app.noyau.champs import Champ, Nature
from app.noyau.erreurs import Constat
from app.noyau.periodes import Mois

MAXIMUM = 20_000
"""More days than several years give, hundredths."""
MOIS = Nature("mois", Mois.lire, str, largeur=10, exemple="2026-01")
CHAMPS_REPRISE: tuple[Champ, ...] = (
    Champ(
        "mois",
        "Au début du mois",
        MOIS,
        obligatoire=True,
        aide="année et mois du premier bulletin fait ici : AAAA-MM",
    ),
    Champ(
        "anterieurs",
        "Solde N-1 (jours)",
        c.jours(MAXIMUM),
        vide=0,
        aide="acquis avant le 1er juin dernier, pas encore pris",
    ),
    Champ(
        "en_cours",
        "Solde N (jours)",
        c.jours(MAXIMUM),
        vide=0,
        aide="acquis depuis le 1er juin, pas encore pris",
    ),
)


def lire_reprise(saisie: Mapping[str, str]) -> tuple[dict[str, Any], list[Constat]]:
    """Read the form: the month, then hundredths of days."""
    return c.lire_fiche(CHAMPS_REPRISE, saisie)
