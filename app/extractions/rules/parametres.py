"""Parameters of a query: what is asked, its default, reading what was typed.

Types: dossier, employeur, date, annee, montant, entier, texte, choix. Values for the SQL:
numbers (record, centimes, year), ISO dates and texts; None is « tous » or « not asked ».
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.extractions.errors import ParametreInconnu, RequeteMalDecrite
from app.noyau import champs as c
from app.noyau.champs import Champ, Nature
from app.noyau.erreurs import Constat, ErreurMetier
from app.noyau.periodes import Mois, PeriodeInversee, afficher_date
from app.noyau.typographie import sans_accents

TOUS = "tous"
"""What is typed, or kept, for « every dossier », « every employer »."""

_LIBELLES_TOUS = {"dossier": "Tous les dossiers", "employeur": "Tous les employeurs"}
_CLES = {"nom", "libelle", "type", "defaut", "obligatoire", "tous", "choix", "apres", "aide"}
_NATURES: dict[str, Callable[[], Nature]] = {
    "date": lambda: c.DATE,
    "annee": lambda: c.entier(1990, 2100),
    "montant": lambda: c.euros(),  # noqa: PLW0108 -- bounds are defaults of the function
    "entier": lambda: c.entier(0, 1_000_000_000),
    "texte": lambda: c.texte(80),
}
TYPES = frozenset({*_NATURES, "dossier", "employeur", "choix"})
_DATES: dict[str, Callable[[date], date]] = {
    "aujourdhui": lambda jour: jour,
    "debut_mois": lambda jour: Mois.de(jour).debut,
    "fin_mois": lambda jour: Mois.de(jour).fin,
    "debut_annee": lambda jour: date(jour.year, 1, 1),
    "fin_annee": lambda jour: date(jour.year, 12, 31),
}


@dataclass(frozen=True, slots=True)
class Parametre:
    """One line of « Paramètres de la requête ».

    `tous` lets « every dossier » be chosen; `apres` names the date that comes before.
    """

    nom: str
    libelle: str
    type: str
    defaut: str = ""
    obligatoire: bool = True
    tous: bool = False
    choix: tuple[tuple[str, str], ...] = ()
    apres: str = ""
    aide: str = ""

    @property
    def libelle_tous(self) -> str:
        """The words of the choice « every one »."""
        return _LIBELLES_TOUS.get(self.type, "Tous")

    @property
    def champ(self) -> Champ:
        """The declared field that reads it (types that ask nothing of the base)."""
        nature = c.choix(*self.choix) if self.type == "choix" else _NATURES[self.type]()
        return Champ(self.nom, self.libelle, nature, obligatoire=self.obligatoire, vide=None)


@dataclass(frozen=True, slots=True)
class ValeurParametre:
    """What one run uses: value for the SQL, words for the person."""

    nom: str
    libelle: str
    valeur: int | str | None
    texte: str


@dataclass(frozen=True, slots=True)
class References:
    """How names of the base are found: each gives (number, name) or raises a refusal."""

    dossier: Callable[[str], tuple[int, str]]
    employeur: Callable[[str], tuple[int, str]]


def lire_description(donnees: object, fichier: str) -> Parametre:
    """Check one parameter of a header.

    Raises:
        RequeteMalDecrite: names the file and the cause.
    """
    if not isinstance(donnees, dict) or not {"nom", "libelle", "type"} <= set(donnees):
        raise RequeteMalDecrite(fichier, "un paramètre n'a pas de nom, de libellé ou de type")
    nom = str(donnees["nom"])
    if inconnues := ", ".join(sorted(str(k) for k in set(donnees) - _CLES)):
        raise RequeteMalDecrite(fichier, f"clé inconnue pour « {nom} » : {inconnues}")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", nom):
        raise RequeteMalDecrite(fichier, f"nom de paramètre mal écrit : « {nom} »")
    if donnees["type"] not in TYPES:
        raise RequeteMalDecrite(fichier, f"type inconnu pour « {nom} » : {donnees['type']}")
    choix = donnees.get("choix") or {}
    if not isinstance(choix, dict) or bool(choix) != (donnees["type"] == "choix"):
        raise RequeteMalDecrite(fichier, f"les choix de « {nom} » sont mal écrits")
    parametre = Parametre(
        nom,
        str(donnees["libelle"]),
        str(donnees["type"]),
        str(donnees.get("defaut", "")),
        obligatoire=donnees.get("obligatoire", True) is True,
        tous=donnees.get("tous", False) is True,
        choix=tuple((str(k), str(v)) for k, v in choix.items()),
        apres=str(donnees.get("apres", "")),
        aide=str(donnees.get("aide", "")),
    )
    _controler_defaut(parametre, fichier)
    return parametre


def _controler_defaut(p: Parametre, fichier: str) -> None:
    defaut = saisie_par_defaut(p, date(2026, 1, 31))
    if p.type in _LIBELLES_TOUS:
        if p.defaut not in {"", TOUS} or (p.defaut and not p.tous):
            raise RequeteMalDecrite(fichier, f"défaut inconnu pour « {p.nom} » : {p.defaut}")
    elif defaut:
        try:
            p.champ.lire(defaut)
        except ErreurMetier as erreur:
            cause = f"le défaut de « {p.nom} » est refusé ({erreur.texte()})"
            raise RequeteMalDecrite(fichier, cause) from None


def saisie_par_defaut(p: Parametre, aujourd_hui: date) -> str:
    """Return the text that the form shows at first; "" when the person must say."""
    if p.type == "date" and p.defaut in _DATES:
        return afficher_date(_DATES[p.defaut](aujourd_hui))
    if p.type == "annee" and p.defaut == "annee":
        return str(aujourd_hui.year)
    return p.defaut


def ressaisir(p: Parametre, valeur: ValeurParametre) -> str:
    """Return what to type again to have the value of a former run."""
    if valeur.valeur is None:
        return TOUS if p.tous else ""
    if p.type == "employeur":
        return f"{valeur.texte} (n° {valeur.valeur})"
    return str(valeur.valeur) if p.type in {"dossier", "choix"} else valeur.texte


def sans_saisie(parametres: Sequence[Parametre]) -> bool:
    """Tell whether the query can run at once: each value asked for has a default."""
    return all(p.defaut or not p.obligatoire for p in parametres)


def lire_parametres(
    parametres: Sequence[Parametre], saisie: Mapping[str, str], references: References
) -> tuple[list[ValeurParametre], list[Constat]]:
    """Read what was typed for each parameter.

    Returns:
        The values that are good, in order, and a finding beside each that is not.
    """
    noms = [p.nom for p in parametres]
    constats = [
        Constat.de_l_erreur(ParametreInconnu(nom, ", ".join(noms) or "aucun"), nom)
        for nom in saisie
        if nom not in noms
    ]
    valeurs: list[ValeurParametre] = []
    for p in parametres:
        try:
            valeurs.append(_lire(p, saisie.get(p.nom, "").strip(), references))
        except ErreurMetier as erreur:
            constats.append(Constat.de_l_erreur(erreur, p.nom))
    return valeurs, constats + _inversees(parametres, valeurs)


def _lire(p: Parametre, saisie: str, references: References) -> ValeurParametre:
    if p.type in _LIBELLES_TOUS:
        return _lire_reference(p, saisie, references)
    valeur: Any = p.champ.lire(saisie)
    texte = p.champ.afficher(valeur)
    if p.type == "annee" and valeur is not None:
        texte = str(valeur)
    if isinstance(valeur, date):
        valeur = valeur.isoformat()
    return ValeurParametre(p.nom, p.libelle, valeur, texte)


def _lire_reference(p: Parametre, saisie: str, references: References) -> ValeurParametre:
    toutes = {TOUS, sans_accents(p.libelle_tous)}
    if p.tous and (sans_accents(saisie) in toutes or not (saisie or p.obligatoire)):
        return ValeurParametre(p.nom, p.libelle, None, p.libelle_tous)
    if not saisie:
        raise c.ChampObligatoire(p.libelle)
    trouver = references.dossier if p.type == "dossier" else references.employeur
    numero, nom = trouver(saisie)
    return ValeurParametre(p.nom, p.libelle, numero, nom)


def _inversees(
    parametres: Sequence[Parametre], valeurs: Sequence[ValeurParametre]
) -> list[Constat]:
    """Return a finding beside each end that comes before its beginning."""
    lues = {v.nom: v for v in valeurs}
    trouves: list[Constat] = []
    for p in parametres:
        debut, fin = lues.get(p.apres), lues.get(p.nom)
        if debut is None or fin is None or debut.valeur is None or fin.valeur is None:
            continue
        if str(fin.valeur) < str(debut.valeur):
            trouves.append(Constat.de_l_erreur(PeriodeInversee(debut.texte, fin.texte), p.nom))
    return trouves
