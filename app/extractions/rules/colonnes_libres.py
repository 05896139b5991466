"""Columns of a query that a person wrote: what they hold is seen on the values.

Rules, the first that fits:
1. A name of the dictionary has its type there, decimals in the unit of the dictionary.
2. `…_euros` is an amount in euros; `…_centimes` and the like are whole numbers, as in the base.
3. An end of name that says a type (`_le`, `siret`, `annee`…) does, if the values are of it.
4. Else the values say: whole numbers, decimals (to the hundredth), ISO dates, texts.

A decimal is written with the digits that SQLite shows and rounded half away from zero.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from app.extractions.rules.colonnes import Colonne, TypeColonne, Valeur, controle, type_par_suffixe
from app.extractions.rules.publiques import ColonnePublique, nom_public

_ISO = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_ENTIER_MAX = 2**63 - 1
_EUROS = "_euros"


@dataclass(slots=True)
class Vues:
    """What was seen of the values of a column so far."""

    entiers: bool = False
    decimaux: bool = False
    dates: bool = False
    textes: bool = False

    def voir(self, valeurs: Iterable[object]) -> None:
        """Look at some more values.

        Raises:
            ValueError: one is neither a number nor a text.
        """
        listees = list(valeurs)
        for genre in set(map(type, listees)):
            if genre is int:
                self.entiers = True
            elif genre is str:
                self._voir_textes({v for v in listees if isinstance(v, str) and v})
            elif genre.__name__ == "float":
                self.decimaux = True
            elif genre is not type(None):
                raise ValueError(genre)

    def _voir_textes(self, textes: Iterable[str]) -> None:
        for texte in textes:
            if self.textes:
                return
            est_date = _ISO.fullmatch(texte) is not None
            self.dates, self.textes = self.dates or est_date, not est_date

    @property
    def type(self) -> TypeColonne:
        """The type that the values alone say."""
        if self.textes or (self.dates and (self.entiers or self.decimaux)):
            return TypeColonne.TEXTE
        if self.decimaux:
            return TypeColonne.DECIMAL
        if self.dates:
            return TypeColonne.DATE
        return TypeColonne.ENTIER if self.entiers else TypeColonne.TEXTE

    def admet(self, genre: TypeColonne) -> bool:
        """Tell whether every value may be of that type."""
        if genre is TypeColonne.DATE:
            return not (self.textes or self.entiers or self.decimaux)
        if genre in {TypeColonne.TEXTE, TypeColonne.IDENTIFIANT}:
            return not self.decimaux
        if self.textes or self.dates:
            return False
        return not self.decimaux or genre.decimales > 0


def colonne_libre(
    nom: str, titre: str, vues: Vues, dictionnaire: Mapping[str, ColonnePublique]
) -> tuple[Colonne, Callable[[object], Valeur]]:
    """Return a column and what turns its values into those that are kept.

    Args:
        nom: its simple name (`libre.noms_simples`).
        titre: its name as the query gives it.
        vues: what was seen of its values.
        dictionnaire: the public columns by name.
    """
    connue = dictionnaire.get(nom)
    genre = connue.type if connue else _type_du_nom(nom)
    if genre is None or not vues.admet(genre):
        genre = vues.type
    unite = 10**genre.decimales if genre.est_nombre and nom_public(nom) == nom else 1
    colonne = Colonne.deduire(nom, libelle=_libelle(nom, titre, connue), type_colonne=genre)
    if not genre.est_nombre:
        return colonne, _tolerer(controle(genre))
    return replace(colonne, largeur=max(colonne.largeur, 11)), _en_unites(unite)


def _libelle(nom: str, titre: str, connue: ColonnePublique | None) -> str:
    if connue is not None:
        return connue.libelle
    return nom.replace("_", " ").strip().capitalize() if nom == titre else titre[:60]


def _type_du_nom(nom: str) -> TypeColonne | None:
    if nom.endswith(_EUROS):
        return TypeColonne.MONTANT
    genre = type_par_suffixe(nom)
    return None if genre is TypeColonne.TEXTE else genre


def _tolerer(controler: Callable[[object], Valeur]) -> Callable[[object], Valeur]:
    """Write numbers that stand among texts as SQLite shows them."""

    def lire(valeur: object) -> Valeur:
        return controler(valeur if valeur is None or isinstance(valeur, str) else str(valeur))

    return lire


def _en_unites(unite: int) -> Callable[[object], Valeur]:
    """Return what makes whole numbers of a unit: 1234.56 is 123456 hundredths."""

    def lire(valeur: object) -> Valeur:
        if valeur is None or valeur == "":
            return None
        entier = valeur * unite if isinstance(valeur, int) else _arrondir(valeur, unite)
        if abs(entier) > _ENTIER_MAX:
            raise ValueError(valeur)
        return entier

    return lire


def _arrondir(valeur: object, unite: int) -> int:
    try:
        return int((Decimal(str(valeur)) * unite).to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, OverflowError) as erreur:  # the infinite
        raise ValueError(valeur) from erreur
