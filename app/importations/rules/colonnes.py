"""Headings of a file matched to declared fields: by label, name or synonym, then by hand.

Case, accents, punctuation, small words and « n° / numéro » do not count.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.importations.errors import ColonneManquante
from app.importations.rules.cellules import Cellule, en_texte
from app.importations.rules.genres import Genre
from app.noyau.champs import Champ
from app.noyau.erreurs import Constat
from app.noyau.typographie import sans_accents

LIGNES_D_ENTETE = 10
"""Headings are looked for in so many first lines: titles may stand above them."""
LARGEUR_ENTETE = 60
_MOTS_VIDES = frozenset(("de", "du", "des", "d", "l", "la", "le", "les"))
_PARENTHESES = re.compile(r"\([^()]*\)")
_SEPARATEURS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column of the file: its place from 0, its letter, its heading, the field it fills."""

    index: int
    entete: str
    champ: Champ | None = None

    @property
    def lettre(self) -> str:
        """Letter of the column in a spreadsheet: A, B… AA."""
        lettres, reste = "", self.index + 1
        while reste:
            reste, rang = divmod(reste - 1, 26)
            lettres = chr(65 + rang) + lettres
        return lettres

    @property
    def designation(self) -> str:
        """How a finding names it: « F (NIR) »."""
        return f"{self.lettre} ({self.entete})" if self.entete else self.lettre


def cle_entete(texte: str) -> str:
    """Return the key by which headings are compared.

    >>> cle_entete("N° de Sécurité sociale *") == cle_entete("numero securite  SOCIALE")
    True
    """
    mots = _SEPARATEURS.split(sans_accents(texte.replace("\u00b0", " ")))
    cles = ("n" if m in {"numero", "num", "no"} else m for m in mots if m not in _MOTS_VIDES)
    return " ".join(c for c in cles if c)


def _noms(champ: Champ) -> list[list[str]]:
    """Return the keys of a field, surest first: label and name, then label alone, synonyms."""
    sans = _PARENTHESES.sub(" ", champ.libelle)
    return [
        [cle_entete(champ.libelle), cle_entete(champ.nom)],
        [cle_entete(sans), *(cle_entete(s) for s in champ.synonymes)],
    ]


def reconnaitre(genre: Genre, entetes: Sequence[str]) -> dict[int, Champ]:
    """Match headings to the fields of a kind of file; one column per field, the surest wins."""
    trouves: dict[int, Champ] = {}
    for niveau in (0, 1):
        table = {n: champ for champ in reversed(genre.colonnes) for n in _noms(champ)[niveau] if n}
        for index, entete in enumerate(entetes):
            pris = {champ.nom for champ in trouves.values()}
            for cle in (cle_entete(entete), cle_entete(_PARENTHESES.sub(" ", entete))):
                champ = table.get(cle)
                if champ is not None and index not in trouves and champ.nom not in pris:
                    trouves[index] = champ
    return trouves


def texte_entete(valeur: Cellule) -> str:
    """Return a heading on one line, cut to what a screen can show."""
    propre = "".join(c if c.isprintable() else " " for c in en_texte(valeur))
    return " ".join(propre.split())[:LARGEUR_ENTETE]


def chercher_entete(genre: Genre, lignes: Sequence[Sequence[Cellule]]) -> int:
    """Return the rank of the line of headings: among the first, that with most known ones."""
    meilleur, rang = 0, -1
    for i, ligne in enumerate(lignes[:LIGNES_D_ENTETE]):
        connus = len(reconnaitre(genre, [texte_entete(v) for v in ligne]))
        if connus > meilleur:
            meilleur, rang = connus, i
        if rang < 0 and any(en_texte(v) for v in ligne):
            rang = i
    return max(rang, 0)


def colonnes_du_fichier(
    genre: Genre, entetes: Sequence[str], correspondance: Mapping[int, str] | None = None
) -> list[Colonne]:
    """Return the columns with their fields; what a person chose by hand goes first.

    `correspondance` gives a field's name by column index, "" to leave the column out.
    """
    if correspondance is None:
        choisis = reconnaitre(genre, entetes)
    else:
        connus = {champ.nom: champ for champ in genre.colonnes}
        choisis = {i: connus[n] for i, n in correspondance.items() if n in connus}
    vus: set[str] = set()
    colonnes = []
    for index, entete in enumerate(entetes):
        champ = choisis.get(index)
        if champ is not None and champ.nom in vus:
            champ = None
        if champ is not None:
            vus.add(champ.nom)
        colonnes.append(Colonne(index, entete, champ))
    return colonnes


def exiger_reperes(genre: Genre, colonnes: Sequence[Colonne]) -> None:
    """Stop when nothing in the file identifies its lines.

    Raises:
        ColonneManquante: names what would.
    """
    presents = {c.champ.nom for c in colonnes if c.champ}
    manques = [
        _enumerer(genre, alternatives)
        for alternatives in genre.reperes
        if not any(set(noms) <= presents for noms in alternatives)
    ]
    if manques:
        raise ColonneManquante(" ; ".join(manques))


def exiger_obligatoires(genre: Genre, colonnes: Sequence[Colonne]) -> None:
    """Stop when lines are to be created and the file lacks a column that a new record needs.

    Raises:
        ColonneManquante: names every such column.
    """
    presents = {c.champ.nom for c in colonnes if c.champ}
    manques = [c.libelle for c in genre.champs if c.obligatoire and c.nom not in presents]
    if manques:
        raise ColonneManquante(" ; ".join(f"« {libelle} »" for libelle in manques))


def _enumerer(genre: Genre, alternatives: Sequence[Sequence[str]]) -> str:
    return " ou ".join(
        " et ".join(f"« {genre.colonne(nom).libelle} »" for nom in noms) for noms in alternatives
    )


def situer(constat: Constat, ligne: int, colonnes: Mapping[str, Colonne]) -> Constat:
    """Return the finding with its line and its column."""
    colonne = colonnes.get(constat.champ)
    designation = colonne.designation if colonne else ""
    return replace(constat, ligne=ligne, colonne=designation)
