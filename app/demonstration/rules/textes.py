"""French words of the draw: « de Nantes », « d'Angers », « du Mans », addresses, sigles."""

import re

from app.noyau.typographie import sans_accents

_VOYELLES = "aeiouyh"
_PETITS_MOTS = frozenset({"de", "du", "des", "d", "la", "le", "les", "et", "a", "l", "pour", "en"})


def de(commune: str) -> str:
    """Return the commune with its « de »: d'Angers, du Mans, de La Rochelle, de Nantes."""
    if commune.startswith("Le "):
        return "du " + commune.removeprefix("Le ")
    if sans_accents(commune)[0] in _VOYELLES:
        return "d'" + commune
    return "de " + commune


def en_adresse(texte: str) -> str:
    """Return the text as a part of an e-mail address: small letters, digits, dashes."""
    return re.sub(r"[^a-z0-9]+", "-", sans_accents(texte)).strip("-")[:40].strip("-")


def sigle(nom: str) -> str:
    """Return the initials of the words that count; "" when they make no sigle."""
    mots = re.findall(r"\w+", sans_accents(nom))
    comptent = [m for m in mots if m not in _PETITS_MOTS and not m[0].isdecimal()]
    initiales = "".join(m[0] for m in comptent).upper()
    return initiales if 2 <= len(initiales) <= 6 else ""
