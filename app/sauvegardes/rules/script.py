"""A script de sauvegarde: its fields, how they are read, the name of its files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.noyau.champs import OUI_NON, Champ, choix, entier, texte
from app.noyau.champs_planning import PLANNING, champs_du_planning
from app.noyau.erreurs import Constat
from app.noyau.planning import Planning, Unite
from app.noyau.typographie import sans_accents
from app.sauvegardes.errors import PhraseManquante, PhraseTropCourte
from app.sauvegardes.rules.destination import CHAMPS_DESTINATION, DESTINATION, Destination
from app.sauvegardes.rules.manifeste import SUFFIXE
from app.sauvegardes.rules.retention import GARDER

SECRET = "Chiffrement"  # noqa: S105 -- a heading
PHRASE_MINIMUM = 12
"""Characters of a passphrase: shorter ones are tried out in too short a time."""
PRECAUTION = "precaution"
"""How the files of safety copies begin."""
_DATE_DU_NOM = re.compile(rf"-(\d{{8}}-\d{{6}})Z{re.escape(SUFFIXE)}$")
_RYTHME = re.compile(r"(\d+)\s*(jours?|semaines?|mois)", re.IGNORECASE)


def lire_rythme(saisie: str) -> tuple[str, str] | None:
    """Read « 1 jour », « 2 semaines », « 3 mois »: number and unit as a form has them."""
    trouve = _RYTHME.fullmatch(saisie.strip())
    if trouve is None:
        return None
    mot = trouve[2].casefold()
    return trouve[1], mot if mot == "mois" else mot.removesuffix("s")


CHAMPS_DU_SCRIPT = (
    Champ("nom", "Nom", texte(60), PLANNING, obligatoire=True),
    *champs_du_planning(Unite.JOUR),
    Champ(
        "garder",
        "Sauvegardes gardées",
        entier(1, 99),
        DESTINATION,
        obligatoire=True,
        vide=GARDER,
        aide="Les plus anciennes sont supprimées, une fois la nouvelle vérifiée.",
    ),
)
CHAMP_CHIFFRER = Champ(
    "chiffrer", "Chiffrer", choix(*OUI_NON, largeur=10), SECRET, obligatoire=True, vide="0"
)
CHAMP_PHRASE = Champ(
    "phrase",
    "Phrase secrète",
    texte(200, largeur=40),
    SECRET,
    aide=f"{PHRASE_MINIMUM} caractères au moins. Notez-la : sans elle ni la clé de récupération, "
    "une sauvegarde chiffrée ne s'ouvre plus.",
)
CHAMPS_SCRIPT = (*CHAMPS_DU_SCRIPT, *CHAMPS_DESTINATION, CHAMP_CHIFFRER, CHAMP_PHRASE)


def phrase_demandee(
    valeurs: Mapping[str, Any], constats: list[Constat], *, chiffre: bool = False
) -> str:
    """Return the passphrase asked for, "" for none; adds what is wrong with it.

    `chiffre`: the script encrypts already, and goes on with its keys when none is typed.
    """
    if valeurs.get("chiffrer") != "1":
        return ""
    phrase = str(valeurs.get("phrase", ""))
    if not phrase and chiffre:
        return ""
    if not phrase:
        constats.append(Constat.de_l_erreur(PhraseManquante(), "phrase"))
    elif len(phrase) < PHRASE_MINIMUM and not any(c.champ == "phrase" for c in constats):
        constats.append(Constat.de_l_erreur(PhraseTropCourte(PHRASE_MINIMUM), "phrase"))
    return phrase


@dataclass(frozen=True, slots=True)
class Script:
    """A script as services and screens see it; instants are UTC and aware."""

    id: int
    version: int
    nom: str
    planning: Planning
    destination: Destination
    garder: int
    chiffre: bool
    servie_a: datetime | None

    @property
    def dossier(self) -> str:
        """Return where its backups go, in words."""
        return self.destination.en_mots()


def prefixe(nom: str) -> str:
    """Return how the files of a script begin: its name in letters that every disk takes."""
    lettres = re.sub(r"[^a-z0-9]+", "-", sans_accents(nom)).strip("-")
    return lettres[:40] or "script"


def date_du_fichier(nom: str) -> datetime | None:
    """Return the instant that the name of a backup says, None when it is no such name."""
    lu = _DATE_DU_NOM.search(nom)
    if lu is None:
        return None
    try:
        return datetime.strptime(lu[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def nom_de_fichier(nom: str, faite_a: datetime) -> str:
    """Return the name of a backup: its script and its instant (UTC, so that none comes twice)."""
    return f"{prefixe(nom)}-{faite_a.astimezone(UTC):%Y%m%d-%H%M%S}Z{SUFFIXE}"
