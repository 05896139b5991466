"""French typography: spaces, quotes and apostrophes, set by one function.

Authors write plain spaces and straight apostrophes; everything shown passes through
`typographier`, so that a screen, an error and a document are set the same way.
"""

import re
import unicodedata

ESPACE_INSECABLE = "\u00a0"
ESPACE_FINE = "\u202f"
VIDE = "—"

_AVANT_FINE = re.compile(r"(?<!\s)[ \u00a0\u202f]([;!?»%€])")
_AVANT_DEUX_POINTS = re.compile(r"(?:(?<=[\w»)’%€])|\A) :(?=\s|$)")
_APRES_GUILLEMET = re.compile(r"«[ \u00a0\u202f]?")
_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ÿœŒ])'(?=[A-Za-zÀ-ÿœŒ«<])")
_NUMERO = re.compile(r"\b[nN]° (?=\d)")
_EQUIVALENTS = str.maketrans(
    {"’": "'", "‘": "'", "\u02bc": "'", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
)


def typographier(texte: str) -> str:
    r"""Set no-break spaces and typographic apostrophes as French wants them.

    Idempotent: `typographier(typographier(t)) == typographier(t)`. A space that begins the
    text counts too: it may follow a value, as the « » around one in a template.

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

    >>> sans_accents("  Éducation   Populaire "), sans_accents("L’Œuvre")
    ('education populaire', "l'oeuvre")
    """
    decompose = unicodedata.normalize("NFKD", texte)
    sans = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(sans.casefold().translate(_EQUIVALENTS).split())


def grouper(nombre: int) -> str:
    r"""Write an integer with narrow no-break spaces between thousands.

    >>> grouper(1234567) == "1\u202f234\u202f567"
    True
    """
    return f"{nombre:,}".replace(",", ESPACE_FINE).replace("-", "−")


def accorder(nombre: int, singulier: str, pluriel: str = "") -> str:
    """Write a count with its noun, which takes the plural from two on.

    >>> accorder(1, "salarié"), accorder(2, "salarié")
    ('1 salarié', '2 salariés')
    """
    nom = singulier if abs(nombre) < 2 else (pluriel or singulier + "s")
    return f"{grouper(nombre)} {nom}"
