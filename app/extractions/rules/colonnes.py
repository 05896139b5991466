"""Columns of a result: their type, known by the suffix of their name, and how they are shown.

Values as SQLite gives them: whole numbers (centimes, millionths, hundredths of an hour),
ISO dates as text, text. Nothing known is None and shows as « — ».
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from app.noyau.argent import Centiemes, Centimes, Millioniemes, nombre_decimal
from app.noyau.argent import afficher_euros as _euros
from app.noyau.argent import afficher_heures as _heures
from app.noyau.argent import afficher_taux as _taux
from app.noyau.periodes import FIN_OUVERTE
from app.noyau.typographie import VIDE, grouper, sans_accents

Valeur = int | str | None


class TypeColonne(StrEnum):
    """What a column holds."""

    TEXTE = "texte"
    IDENTIFIANT = "identifiant"
    """Digits that are text: SIRET, NIR, IDCC… a leading zero counts."""
    ENTIER = "entier"
    """A count: grouped by thousands, summed."""
    NUMERO = "numero"
    """A number that is only a name (record number, year): never summed."""
    MONTANT = "montant"
    """Centimes."""
    TAUX = "taux"
    """Millionths."""
    HEURES = "heures"
    """Hundredths of an hour."""
    DECIMAL = "decimal"
    """Hundredths of what the heading says: days, full-time equivalents."""
    DATE = "date"

    @property
    def est_nombre(self) -> bool:
        """Tell whether values are whole numbers."""
        return self not in {TypeColonne.TEXTE, TypeColonne.IDENTIFIANT, TypeColonne.DATE}

    @property
    def est_somme(self) -> bool:
        """Tell whether a sum of the values means something."""
        return self in _SOMMES

    @property
    def decimales(self) -> int:
        """How many decimals the stored whole number carries."""
        return _DECIMALES.get(self, 0)


_SOMMES = frozenset(
    {TypeColonne.ENTIER, TypeColonne.MONTANT, TypeColonne.HEURES, TypeColonne.DECIMAL}
)
_DECIMALES = {
    TypeColonne.MONTANT: 2,
    TypeColonne.HEURES: 2,
    TypeColonne.DECIMAL: 2,
    TypeColonne.TAUX: 4,
}
_SUFFIXES = (
    ("_centimes", TypeColonne.MONTANT),
    ("_millioniemes", TypeColonne.TAUX),
    ("_centiemes", TypeColonne.HEURES),
    ("_cjours", TypeColonne.DECIMAL),
    ("_cetp", TypeColonne.DECIMAL),
    ("_le", TypeColonne.DATE),
    ("_id", TypeColonne.NUMERO),
    ("annee", TypeColonne.NUMERO),
    ("mois", TypeColonne.NUMERO),
    ("numero", TypeColonne.NUMERO),
    ("rang", TypeColonne.NUMERO),
    ("age", TypeColonne.NUMERO),
    ("effectif", TypeColonne.ENTIER),
    ("enfants", TypeColonne.ENTIER),
    ("idcc", TypeColonne.IDENTIFIANT),
    ("siret", TypeColonne.IDENTIFIANT),
    ("nir", TypeColonne.IDENTIFIANT),
    ("iban", TypeColonne.IDENTIFIANT),
    ("code_postal", TypeColonne.IDENTIFIANT),
    ("telephone", TypeColonne.IDENTIFIANT),
    ("matricule", TypeColonne.IDENTIFIANT),
)
_LARGEURS = {
    TypeColonne.TEXTE: 24,
    TypeColonne.IDENTIFIANT: 16,
    TypeColonne.ENTIER: 10,
    TypeColonne.NUMERO: 9,
    TypeColonne.MONTANT: 15,
    TypeColonne.TAUX: 9,
    TypeColonne.HEURES: 11,
    TypeColonne.DECIMAL: 11,
    TypeColonne.DATE: 12,
}
_INTERDITS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column of a result; `largeur` in characters."""

    nom: str
    libelle: str
    type: TypeColonne = TypeColonne.TEXTE
    largeur: int = 24

    @classmethod
    def deduire(
        cls,
        nom: str,
        *,
        libelle: str = "",
        type_colonne: TypeColonne | None = None,
        largeur: int = 0,
    ) -> "Colonne":
        """Return a column; what is not given follows from the name."""
        genre = type_colonne or type_par_suffixe(nom)
        texte = libelle or nom.replace("_", " ").capitalize()
        return cls(nom, texte, genre, largeur or max(_LARGEURS[genre], min(len(texte) + 2, 18)))


def type_par_suffixe(nom: str) -> TypeColonne:
    """Return the type that the end of a column's name says; text by default.

    >>> type_par_suffixe("salaire_centimes").value
    'montant'
    """
    if nom.startswith("nombre_"):
        return TypeColonne.ENTIER
    mot = f"_{nom}"  # « nom_usage » is no age
    suffixes = ((s if s.startswith("_") else f"_{s}", t) for s, t in _SUFFIXES)
    return next((t for suffixe, t in suffixes if mot.endswith(suffixe)), TypeColonne.TEXTE)


def controler(valeur: object, genre: TypeColonne) -> Valeur:
    """Return the value to store: empty texts and open ends are None, no text has a NUL.

    Raises:
        ValueError: the value is not of the column's type.
    """
    return controle(genre)(valeur)


def controle(genre: TypeColonne) -> Callable[[object], Valeur]:
    """Return what checks the values of a column, as `controler` does."""
    return _CONTROLES.get(genre, _controler_nombre)


def _controler_nombre(valeur: object) -> Valeur:
    if isinstance(valeur, int):
        return valeur
    if valeur is None or valeur == "":
        return None
    raise ValueError(valeur)


def _controler_date(valeur: object) -> Valeur:
    if valeur is None or valeur in {"", _SANS_FIN}:
        return None
    if isinstance(valeur, str) and date.fromisoformat(valeur).isoformat() == valeur:
        return valeur
    raise ValueError(valeur)


def _controler_texte(valeur: object) -> Valeur:
    if isinstance(valeur, bytes | float):
        raise ValueError(valeur)  # noqa: TRY004 -- one error for all wrong values
    if valeur is None or valeur == "":
        return None
    texte = str(valeur)
    return texte if "\0" not in texte else texte.replace("\0", "") or None


_SANS_FIN = FIN_OUVERTE.isoformat()
_CONTROLES: dict[TypeColonne, Callable[[object], Valeur]] = {
    TypeColonne.TEXTE: _controler_texte,
    TypeColonne.IDENTIFIANT: _controler_texte,
    TypeColonne.DATE: _controler_date,
}


def _date_francaise(iso: str) -> str:
    return f"{iso[8:10]}/{iso[5:7]}/{iso[:4]}"


def _entier(valeur: int) -> str:
    return grouper(valeur) if valeur >= 0 else "−" + grouper(-valeur)


_ECRIRE: dict[TypeColonne, Callable[[int], str]] = {
    TypeColonne.MONTANT: lambda v: _euros(Centimes(v)),
    TypeColonne.TAUX: lambda v: _taux(Millioniemes(v)),
    TypeColonne.HEURES: lambda v: _heures(Centiemes(v)),
    TypeColonne.DECIMAL: lambda v: nombre_decimal(v, 2, 2),
    TypeColonne.ENTIER: _entier,
}


def afficher(valeur: Valeur, genre: TypeColonne) -> str:
    """Write a value for the grid; nothing known is « — »."""
    if valeur is None or valeur == "":
        return VIDE
    if isinstance(valeur, str):
        return _date_francaise(valeur) if genre is TypeColonne.DATE else valeur
    return _ECRIRE.get(genre, str)(valeur)


def exporter_texte(valeur: Valeur, genre: TypeColonne) -> str:
    """Write a value for a text file: decimal comma, no grouping, JJ/MM/AAAA; None is empty.

    Rates are in percent without the sign.
    """
    if valeur is None:
        return ""
    if isinstance(valeur, str):
        return _date_francaise(valeur) if genre is TypeColonne.DATE else valeur
    return ecriture(genre)(valeur)


def ecriture(genre: TypeColonne) -> Callable[[int], str]:
    """Return what writes the numbers of a column in a text file, as `exporter_texte` does."""
    decimales = genre.decimales
    if genre is TypeColonne.TAUX:
        return _taux_en_texte
    return (lambda v: decimal(v, decimales, ",")) if decimales else str


def _taux_en_texte(valeur: int) -> str:
    entiere, _, fraction = decimal(valeur, TypeColonne.TAUX.decimales, ",").partition(",")
    return f"{entiere},{fraction.rstrip('0').ljust(2, '0')}"


def decimal(valeur: int, decimales: int, separateur: str = ".") -> str:
    """Write a whole number of 10**-decimales units with all its decimals.

    >>> decimal(-123456, 2)
    '-1234.56'
    """
    if not decimales:
        return str(valeur)
    entiere, reste = divmod(abs(valeur), 10**decimales)
    return f"{'-' if valeur < 0 else ''}{entiere}{separateur}{reste:0{decimales}d}"


def nom_de_fichier(*morceaux: str) -> str:
    """Return a file name that every system takes, accents kept; at most 120 characters.

    >>> nom_de_fichier("35. Employeurs-caisse OPCO", "A/B")
    '35. Employeurs-caisse OPCO - A B'
    """
    propres = (" ".join(_INTERDITS.sub(" ", m).split()).strip(". ") for m in morceaux)
    return " - ".join(p for p in propres if p)[:120].rstrip(". ") or "extraction"


def cle_de_tri(texte: object) -> str | None:
    """Return what texts are sorted and searched by: no case, no accent, spaces folded."""
    if texte is None:
        return None
    brut = str(texte)
    return " ".join(brut.lower().split()) if brut.isascii() else _sans_accents(brut)


@lru_cache(maxsize=50_000)
def _sans_accents(texte: str) -> str:
    """Return the key of an accented text; columns say the same words again and again."""
    return sans_accents(texte)
