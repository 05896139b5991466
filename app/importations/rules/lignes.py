"""One line of a file: its texts, what it speaks of, and what becomes of it.

States: à créer, à mettre à jour, inchangée, en erreur.
Rules:
- A line is read in two steps: `reperer` finds the record it speaks of, then `examiner` compares
  it with the values that the base knows.
- An empty cell says nothing: it never erases a known value.
- A defect that the record had before, and that the line does not touch, is not the line's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.importations.errors import LigneEnDouble
from app.importations.rules.cellules import Cellule, texte_pour
from app.importations.rules.colonnes import Colonne, situer
from app.importations.rules.genres import Genre
from app.noyau.champs import Champ, ecrire_fiche
from app.noyau.erreurs import Avertissement, Constat, ErreurMetier

CREER, MODIFIER, INCHANGEE, ERREUR = "creer", "modifier", "inchangee", "erreur"
ETATS = {
    CREER: "À créer",
    MODIFIER: "À mettre à jour",
    INCHANGEE: "Inchangées",
    ERREUR: "En erreur",
}


class Cle(NamedTuple):
    """What no two lines may share: its name, its value, the field beside which it is said."""

    libelle: str
    valeur: tuple[object, ...]
    champ: str = ""


Lecteur = Callable[[Mapping[str, str]], tuple[dict[str, Any], list[Constat]]]
"""Reads the texts of a record: values, and what is wrong beside each field."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that an update changes, as people read it."""

    libelle: str
    avant: str
    apres: str


@dataclass(slots=True)
class Reperage:
    """A line once its record is looked for.

    `cible` is the number of the known record, None when it is new; `parent` what it hangs on
    (number of the employer or employee; name of the dossier for an employer).
    """

    numero: int
    textes: dict[str, str]
    constats: list[Constat]
    designation: str = ""
    cible: int | None = None
    parent: int | str | None = None
    cles: list[Cle] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ligne:
    """A line of the preview.

    `valeurs` are those to write: the whole record when it is new, else what changes.
    """

    numero: int
    etat: str
    designation: str
    cible: int | None = None
    parent: int | str | None = None
    valeurs: Mapping[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    constats: tuple[Constat, ...] = ()

    @property
    def est_bonne(self) -> bool:
        """Tell whether nothing hinders its import."""
        return self.etat != ERREUR


def lire_textes(
    colonnes: Sequence[Colonne], cellules: Sequence[Cellule]
) -> tuple[dict[str, str], list[Constat]]:
    """Return the texts of a line by field, and the cells that cannot be read."""
    textes: dict[str, str] = {}
    constats: list[Constat] = []
    for colonne in colonnes:
        champ = colonne.champ
        if champ is None or colonne.index >= len(cellules):
            continue
        try:
            textes[champ.nom] = texte_pour(champ, cellules[colonne.index])
        except ErreurMetier as erreur:
            constats.append(Constat.de_l_erreur(erreur, champ.nom))
    return textes, constats


def valeur_ou_rien(champ: Champ, textes: Mapping[str, str]) -> Any:
    """Return the value of a key, None when it is empty or wrong (its own check will say so)."""
    texte = textes.get(champ.nom, "")
    if not texte:
        return None
    try:
        return champ.nature.lire(texte)
    except ErreurMetier:
        return None


class Doublons:
    """The keys already seen in the file, with their lines."""

    def __init__(self) -> None:
        self._vus: dict[tuple[str, tuple[object, ...]], int] = {}

    def constater(self, repere: Reperage) -> list[Constat]:
        """Return a finding when an earlier line has one of the same keys; remembers them."""
        trouve: list[Constat] = []
        for cle in repere.cles:
            premiere = self._vus.setdefault((cle.libelle, cle.valeur), repere.numero)
            if premiere != repere.numero and not trouve:
                erreur = LigneEnDouble(cle.libelle, premiere)
                trouve.append(Constat.de_l_erreur(erreur, cle.champ))
        return trouve


def examiner(
    genre: Genre,
    repere: Reperage,
    actuelles: Mapping[str, Any] | None,
    lire: Lecteur,
    colonnes: Mapping[str, Colonne],
) -> Ligne:
    """Say what becomes of a line, `actuelles` being the values of its record in the base."""
    donnees = {n: t for n, t in repere.textes.items() if t}
    connues = ecrire_fiche(genre.champs, actuelles) if actuelles is not None else {}
    valeurs, constats = lire({**connues, **donnees})
    if constats and actuelles is not None:
        anciens = {(c.code, c.champ) for c in lire(connues)[1] if c.champ not in donnees}
        constats = [c for c in constats if (c.code, c.champ) not in anciens]
    illisibles = {c.champ for c in repere.constats}
    constats = repere.constats + [c for c in constats if c.champ not in illisibles]
    if constats:
        situes = tuple(situer(c, repere.numero, colonnes) for c in constats)
        return _ligne(repere, ERREUR, constats=situes)
    if actuelles is None:
        return _ligne(repere, CREER, valeurs=valeurs)
    changees = {n: v for n, v in valeurs.items() if n in donnees and actuelles.get(n) != v}
    differences = tuple(
        Difference(c.libelle, c.afficher(actuelles.get(c.nom)), c.afficher(changees[c.nom]))
        for c in genre.champs
        if c.nom in changees
    )
    return _ligne(
        repere, MODIFIER if changees else INCHANGEE, valeurs=changees, differences=differences
    )


def _ligne(repere: Reperage, etat: str, **reste: Any) -> Ligne:
    return Ligne(repere.numero, etat, repere.designation, repere.cible, repere.parent, **reste)


def remarque(avertissement: Avertissement, numero: int, designation: str) -> Constat:
    """Return a warning about a line as a remark: it hinders nothing."""
    return Constat(
        avertissement.code,
        f"{designation} : {avertissement.message}",
        "Vérifiez avant d'importer.",
        ligne=numero,
    )
