"""Filters and sort of a result: what is typed above a column, read into conditions.

- Text: words found anywhere; `=mot` the whole cell; `<>mot` cells without it.
- Numbers and dates: a value, `>`, `>=`, `<`, `<=`, `<>`, or `de..à`; a date may be a month
  (03/2026) or a year (2026).
- `=` alone: empty cells; `<>` alone: cells that hold something.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.extractions.errors import ColonneInconnue, FiltreIllisible
from app.extractions.rules.colonnes import Colonne, TypeColonne, cle_de_tri
from app.noyau import argent
from app.noyau.erreurs import Constat, ErreurMetier
from app.noyau.identifiants import compacter
from app.noyau.periodes import Mois, lire_date
from app.noyau.typographie import sans_accents

_OPERATEUR = re.compile(r"(<>|>=|<=|=|>|<)?\s*(.*)", re.DOTALL)
_INTERVALLE = re.compile(r"(.*?)\s*(?:\.\.|\bà\b)\s*(.*)")
_NOMBRE_ENTIER = re.compile(r"[-−]?\d{1,15}")
_EXEMPLES = {
    TypeColonne.TEXTE: "un mot, =texte entier, <>mot, = (vides) ou <> (remplis)",
    TypeColonne.IDENTIFIANT: "une partie du numéro, =numéro entier, = (vides) ou <> (remplis)",
    TypeColonne.ENTIER: ">=10 ou 10..20",
    TypeColonne.NUMERO: "12 ou 10..20",
    TypeColonne.MONTANT: ">=1500,00 ou 1000..2000",
    TypeColonne.TAUX: ">2,11 ou 1..3",
    TypeColonne.HEURES: "151,67 ou <100",
    TypeColonne.DECIMAL: "2,50 ou >=10",
    TypeColonne.DATE: "31/12/2026, 2026, >=01/01/2026 ou 01/01/2026..30/06/2026",
}

Borne = int | str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a column.

    `genre` is contient, sans, egal (texts), entre, hors (two bounds, both included, None is no
    bound on that side), apres, avant (one bound, left out), vide or rempli.
    """

    colonne: str
    genre: str
    valeurs: tuple[Borne | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Presentation:
    """What a person made of a result: order, filters, columns shown in order (all when empty)."""

    tri: str = ""
    descendant: bool = False
    conditions: tuple[Condition, ...] = ()
    colonnes: tuple[str, ...] = ()

    @property
    def est_brute(self) -> bool:
        """Tell whether lines are those of the query, in its order."""
        return not self.tri and not self.conditions


def lire_presentation(
    colonnes: Sequence[Colonne],
    *,
    tri: str = "",
    descendant: bool = False,
    filtres: Mapping[str, str] | None = None,
    montrees: Sequence[str] = (),
) -> tuple[Presentation, list[Constat]]:
    """Read a sort, filters and a choice of columns.

    Returns:
        The presentation, and a finding beside each filter that is not understood.

    Raises:
        ColonneInconnue: the result has no such column.
    """
    noms = {c.nom: c for c in colonnes}
    for nom in (*([tri] if tri else []), *(filtres or {}), *montrees):
        if nom not in noms:
            raise ColonneInconnue(nom, ", ".join(noms))
    conditions: list[Condition] = []
    constats: list[Constat] = []
    for nom, saisie in (filtres or {}).items():
        try:
            conditions += lire_filtre(noms[nom], saisie)
        except ErreurMetier as erreur:
            constats.append(Constat.de_l_erreur(erreur, nom))
    choisies = tuple(dict.fromkeys(montrees))
    return Presentation(tri, descendant, tuple(conditions), choisies), constats


def lire_filtre(colonne: Colonne, saisie: str) -> list[Condition]:
    """Read what was typed above a column; nothing typed is no condition.

    Raises:
        FiltreIllisible: not understood; names the column and gives an example.
    """
    propre = saisie.strip()
    if not propre:
        return []
    trouve = _OPERATEUR.fullmatch(propre)
    operateur, reste = (trouve[1] or "", trouve[2].strip()) if trouve else ("", propre)
    if not reste and operateur in {"=", "<>"}:
        return [Condition(colonne.nom, "vide" if operateur == "=" else "rempli")]
    if colonne.type in {TypeColonne.TEXTE, TypeColonne.IDENTIFIANT}:
        return _texte(colonne, operateur, reste, propre)
    try:
        return [_bornes(colonne, operateur, reste)]
    except (ErreurMetier, ValueError):
        raise FiltreIllisible(saisie, colonne.libelle, _EXEMPLES[colonne.type]) from None


def exemple(genre: TypeColonne) -> str:
    """Return what may be typed above a column of that type."""
    return _EXEMPLES[genre]


def _texte(colonne: Colonne, operateur: str, reste: str, propre: str) -> list[Condition]:
    if operateur not in {"", "=", "<>"}:
        operateur, reste = "", propre
    if colonne.type is TypeColonne.IDENTIFIANT:
        reste = compacter(reste)
    cle = cle_de_tri(reste) or ""
    if operateur == "=":
        return [Condition(colonne.nom, "egal", (cle,))]
    if operateur == "<>":
        return [Condition(colonne.nom, "sans", (cle,))]
    return [Condition(colonne.nom, "contient", (mot,)) for mot in sans_accents(reste).split()]


def _bornes(colonne: Colonne, operateur: str, reste: str) -> Condition:
    intervalle = _INTERVALLE.fullmatch(reste)
    if intervalle and not operateur:
        debut = _etendue(colonne.type, intervalle[1])[0] if intervalle[1] else None
        fin = _etendue(colonne.type, intervalle[2])[1] if intervalle[2] else None
        if debut is None and fin is None:
            raise ValueError(reste)
        return Condition(colonne.nom, "entre", (debut, fin))
    bas, haut = _etendue(colonne.type, reste)
    conditions: dict[str, tuple[str, tuple[Borne | None, ...]]] = {
        ">=": ("entre", (bas, None)),
        "<=": ("entre", (None, haut)),
        ">": ("apres", (haut,)),
        "<": ("avant", (bas,)),
        "<>": ("hors", (bas, haut)),
    }
    genre, valeurs = conditions.get(operateur, ("entre", (bas, haut)))
    return Condition(colonne.nom, genre, valeurs)


def _etendue(genre: TypeColonne, saisie: str) -> tuple[Borne, Borne]:
    """Return the first and the last value that a text stands for."""
    if genre is TypeColonne.DATE:
        debut, fin = _jours(saisie.strip())
        return debut.isoformat(), fin.isoformat()
    if genre is TypeColonne.MONTANT:
        valeur: int = argent.lire_euros(saisie)
    elif genre is TypeColonne.TAUX:
        valeur = argent.lire_taux(saisie)
    elif genre in {TypeColonne.HEURES, TypeColonne.DECIMAL}:
        valeur = argent.lire_heures(saisie)
    else:
        valeur = _entier(saisie)
    return valeur, valeur


def _entier(saisie: str) -> int:
    compact = "".join(saisie.split())
    if not _NOMBRE_ENTIER.fullmatch(compact):
        raise ValueError(saisie)
    return int(compact.replace("−", "-"))


def _jours(saisie: str) -> tuple[date, date]:
    if re.fullmatch(r"\d{4}", saisie):
        return date(int(saisie), 1, 1), date(int(saisie), 12, 31)
    if m := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", saisie):
        mois = Mois(int(m[2]), int(m[1]))
        return mois.debut, mois.fin
    jour = lire_date(saisie)
    return jour, jour
