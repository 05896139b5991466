"""The month's entry: its fields, declared once, and what they must satisfy."""

from collections.abc import Mapping
from typing import Any

from app.noyau import champs as c
from app.noyau.argent import Centiemes, afficher_heures
from app.noyau.champs import Champ
from app.noyau.erreurs import Constat

HEURES_DU_MOIS = 31 * 24 * 100
"""More hours than a month has, hundredths."""

JOURS_DE_CONGES = 2_700
"""More working days than a month has, hundredths."""

CHAMPS_SAISIE: tuple[Champ, ...] = (
    Champ("heures_sup_25", "H. sup. 25 %", c.heures(HEURES_DU_MOIS), vide=0),
    Champ("heures_sup_50", "H. sup. 50 %", c.heures(HEURES_DU_MOIS), vide=0),
    Champ("heures_compl_10", "H. compl. 10 %", c.heures(HEURES_DU_MOIS), vide=0),
    Champ("heures_compl_25", "H. compl. 25 %", c.heures(HEURES_DU_MOIS), vide=0),
    Champ("heures_absence", "Absence (h)", c.heures(HEURES_DU_MOIS), vide=0),
    Champ("heures_maladie", "dont maladie", c.heures(HEURES_DU_MOIS), vide=0),
    Champ("conges_pris", "Congés pris (jours)", c.jours(JOURS_DE_CONGES), vide=0),
    Champ("primes_centimes", "Primes", c.euros(), vide=0),
    Champ("avantages_centimes", "Avant. en nature", c.euros(), vide=0),
    Champ("indemnites_centimes", "Notes de frais", c.euros(), vide=0),
    Champ("acompte_centimes", "Acompte", c.euros(), vide=0),
)
MAXIMUM_MENSUEL = 21_700
"""Forty-eight hours a week over a month, hundredths (Code du travail, art. L3121-20)."""


def lire_saisie(
    textes: Mapping[str, str], *, heures_du_contrat: int
) -> tuple[dict[str, Any], list[Constat]]:
    """Read a line of the entry grid.

    Args:
        textes: what was typed, by field.
        heures_du_contrat: monthly hours of the contract, hundredths.
    """
    valeurs, constats = c.lire_fiche(CHAMPS_SAISIE, textes)
    if constats:
        return valeurs, constats
    if valeurs["heures_absence"] > heures_du_contrat:
        heures = afficher_heures(Centiemes(heures_du_contrat))
        constats.append(
            Constat(
                "PAI-120",
                f"L'absence dépasse les heures du contrat ({heures}).",
                "Corrigez les heures d'absence.",
                "heures_absence",
            )
        )
    if valeurs["heures_maladie"] > valeurs["heures_absence"]:
        constats.append(
            Constat(
                "PAI-123",
                "Les heures de maladie dépassent celles d'absence, dont elles font partie.",
                "Comptez-les aussi dans « Absence (h) », ou corrigez-les.",
                "heures_maladie",
            )
        )
    supplementaires = valeurs["heures_sup_25"] + valeurs["heures_sup_50"]
    complementaires = valeurs["heures_compl_10"] + valeurs["heures_compl_25"]
    faites = heures_du_contrat + supplementaires + complementaires - valeurs["heures_absence"]
    if faites > MAXIMUM_MENSUEL:
        constats.append(
            Constat(
                "PAI-121",
                f"Avec ces heures, le mois compte {afficher_heures(Centiemes(faites))}, plus que "
                "48 heures par semaine.",
                "Vérifiez les heures supplémentaires.",
                "heures_sup_25",
            )
        )
    if supplementaires and complementaires:
        constats.append(
            Constat(
                "PAI-122",
                "Un salarié fait des heures supplémentaires à temps plein, ou complémentaires à "
                "temps partiel, jamais les deux.",
                "Videz l'une des deux colonnes.",
                "heures_compl_10",
            )
        )
    return valeurs, constats
