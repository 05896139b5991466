"""French typography: spaces, quotes and apostrophes, set by one function.

Authors write plain spaces and straight apostrophes; everything shown passes through
`typographier`, so that a screen, an error and a document are set the same way.
"""

import re
import unicodedata

ESPACE_INSECABLE = "\u00a0"
ESPACE_FINE = "\u202f"
VIDE = "—"

_AVANT_FINE = re.compile(r"(?<=\S)[ \u00a0\u202f]([;!?»%€])")
_AVANT_DEUX_POINTS = re.compile(r"(?<=[\w»)’%€]) :(?=\s|$)")
_APRES_GUILLEMET = re.compile(r"«[ \u00a0\u202f]?")
_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ«])")
_NUMERO = re.compile(r"\b[nN]° (?=\d)")


def typographier(texte: str) -> str:
    r"""Set no-break spaces and typographic apostrophes as French wants them.

    Idempotent: `typographier(typographier(t)) == typographier(t)`.

    >>> typographier("L'employeur « Les Amis » : êtes-vous sûr ?")
    'L’employeur «\u202fLes Amis\u202f»\xa0: êtes-vous sûr\u202f?'
    """
    texte = _APOSTROPHE.sub("’", texte)
    texte = _AVANT_FINE.sub(ESPACE_FINE + r"\1", texte)
    texte = _AVANT_DEUX_POINTS.sub(ESPACE_INSECABLE + ":", texte)
    texte = _APRES_GUILLEMET.sub("«" + ESPACE_FINE, texte)
    return _NUMERO.sub(lambda m: m.group()[:-1] + ESPACE_INSECABLE, texte)


def sans_accents(texte: str) -> str:
    """Return the text in lower case without accents, spaces folded: a key to search by.

    >>> sans_accents("  Éducation   Populaire ")
    'education populaire'
    """
    decompose = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe"))
    sans = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(sans.split())


def grouper(nombre: int) -> str:
    r"""Write an integer with narrow no-break spaces between thousands.

    >>> grouper(1234567) == "1\u202f234\u202f567"
    True
    """
    return f"{nombre:,}".replace(",", ESPACE_FINE)


def accorder(nombre: int, singulier: str, pluriel: str = "") -> str:
    """Write a count with its noun, which takes the plural from two on.

    >>> accorder(1, "salarié"), accorder(2, "salarié")
    ('1 salarié', '2 salariés')
    """
    nom = singulier if abs(nombre) < 2 else (pluriel or singulier + "s")
    return f"{grouper(nombre)} {nom}"
