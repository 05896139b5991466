"""The month's entry: its fields, declared once, and what they must satisfy."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.noyau import champs as c
from app.noyau.argent import Centiemes, afficher_heures, lire_entier, lire_euros, nombre_decimal
from app.noyau.champs import Champ, HorsLimites, Nature
from app.noyau.erreurs import Constat
from app.paie.rules.faits import HEURES_TEMPS_PLEIN, SPORT_FORFAIT

HEURES_DU_MOIS = 31 * 24 * 100
"""More hours than a month has, hundredths."""

JOURS_DE_CONGES = 2_700
"""More working days than a month has, hundredths."""
MANIFESTATIONS = 31
"""Sports events of a month at most."""


def lire_manifestations(saisie: str) -> str:
    """Read the amounts of the sports events: « 90 + 2 x 120,50 », centimes between « ; ».

    Raises:
        MontantIllisible, EntierIllisible: an amount or a number of times is none.
        HorsLimites: no event, more than a month has, or nothing paid for one.

    >>> lire_manifestations("90 + 2 x 120,50")
    '9000;12050;12050'
    """
    montants: list[int] = []
    for morceau in saisie.replace(";", "+").lower().replace("×", "x").split("+"):
        fois, signe, montant = morceau.rpartition("x")
        nombre = lire_entier(fois.strip(), "2") if signe else 1
        if not 1 <= nombre + len(montants) <= MANIFESTATIONS or nombre < 1:
            raise HorsLimites(saisie.strip(), "1 manifestation", f"{MANIFESTATIONS} manifestations")
        valeur = lire_euros(montant.strip())
        if not 0 < valeur <= 100_000_000:
            raise HorsLimites(montant.strip(), "0,01 €", "1 000 000,00 €")
        montants += [valeur] * nombre
    return ";".join(map(str, montants))


def manifestations_de(texte: str) -> tuple[int, ...]:
    """Return the amounts that a base keeps, centimes."""
    return tuple(int(montant) for montant in texte.split(";") if montant)


def _ecrire_manifestations(texte: str) -> str:
    return " + ".join(nombre_decimal(m, 2, 2) for m in manifestations_de(texte))


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
    Champ(
        "manifestations",
        "Primes de match",
        Nature("montants", lire_manifestations, _ecrire_manifestations, saisie="nombre"),
        aide="une par manifestation, dans l'ordre : 90 + 2 x 120",
    ),
)
DU_SPORT = frozenset({"manifestations"})
"""Fields that only an employer of the sport has a use for."""
SPORT = "2511"
"""IDCC of the convention collective nationale du sport."""


SUPPLEMENTAIRES = frozenset({"heures_sup_25", "heures_sup_50"})
"""Fields that only somebody employed full time has a use for."""
COMPLEMENTAIRES = frozenset({"heures_compl_10", "heures_compl_25"})
"""Fields that only somebody employed part time has a use for."""


def champs_utiles(
    idcc: str | None,
    statuts: Iterable[str],
    heures: Iterable[int],
    textes: Iterable[Mapping[str, str]],
) -> tuple[Champ, ...]:
    """Return the columns of an employer's grid that somebody there has a use for.

    Args:
        idcc: convention collective of the employer.
        statuts: how the contributions of its contracts are computed.
        heures: monthly hours of its contracts, hundredths.
        textes: what is typed already; a value is never hidden.
    """
    durees = tuple(heures)
    inutiles = set[str]()
    if idcc != SPORT and SPORT_FORFAIT not in statuts:
        inutiles |= DU_SPORT
    if durees and max(durees) < HEURES_TEMPS_PLEIN:
        inutiles |= SUPPLEMENTAIRES
    if durees and min(durees) >= HEURES_TEMPS_PLEIN:
        inutiles |= COMPLEMENTAIRES
    deja = {nom for ligne in textes for nom in inutiles if ligne.get(nom)}
    return tuple(c for c in CHAMPS_SAISIE if c.nom not in inutiles or c.nom in deja)


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
