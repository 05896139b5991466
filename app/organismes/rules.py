"""Organismes collecteurs: families, fields, uses, likely duplicates, list of known ones."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any, Final

from app.noyau import champs as c
from app.noyau.champs import Champ, Nature
from app.noyau.erreurs import Constat, ErreurMetier
from app.noyau.identifiants import compacter, lire_siret
from app.noyau.periodes import FIN_OUVERTE, Periode
from app.noyau.typographie import accorder, sans_accents
from app.organismes.errors import (
    CodeDsnMalForme,
    FamilleInconnue,
    ModelesRefuses,
    SiteMalForme,
)

NATURES: Final = (
    ("urssaf", "URSSAF"),
    ("retraite", "Retraite complémentaire"),
    ("prevoyance", "Prévoyance"),
    ("mutuelle", "Mutuelle"),
    ("formation", "Formation professionnelle"),
    ("impots", "Centre des impôts"),
    ("medecine", "Médecine du travail"),
)
"""Families of organismes: stored value, and what an employer's line calls it."""
TITRES: Final = {
    "urssaf": "Urssaf",
    "retraite": "Caisses de retraite complémentaire",
    "prevoyance": "Caisses de prévoyance",
    "mutuelle": "Mutuelles",
    "formation": "Organismes de formation professionnelle",
    "impots": "Centres des impôts",
    "medecine": "Services de médecine du travail",
}
"""Title of each family in « Organismes collecteurs »."""

_CODES_COMPLEMENTAIRES = (r"P\d{4}|[A-Z][A-Z0-9]{5}|[A-Z0-9]{9}", "P1031, DGGM01 ou 775709710")
_SIRET = (r"\d{14}", "un SIRET de 14 chiffres")
_CODES: Final = {
    "urssaf": _SIRET,
    "retraite": (r"[A-Z]\d{3}|\d{14}", "F700, ou un SIRET de 14 chiffres"),
    "prevoyance": _CODES_COMPLEMENTAIRES,
    "mutuelle": _CODES_COMPLEMENTAIRES,
    "formation": _SIRET,
    "impots": (r"[A-Z]{2,10}|\d{14}", "DGFIP, ou un SIRET de 14 chiffres"),
    "medecine": _SIRET,
}
"""Shape of the codes of each family, and examples.

Source:
    Nomenclatures of the DSN: institutions de prévoyance (P and 4 digits), sociétés d'assurances
    and délégataires (6 characters), mutuelles (SIREN), others (9 characters); organismes de
    protection sociale by SIRET (S21.G00.20.001); institutions Agirc-Arrco by their own code.
"""
_LONGUEUR_SIRET = 14
_SITE = re.compile(r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?", re.IGNORECASE)


def _lire_code(saisie: str) -> str:
    return compacter(saisie)


def _lire_site(saisie: str) -> str:
    propre = saisie.strip()
    if len(propre) > 120 or not _SITE.fullmatch(propre):
        raise SiteMalForme(propre[:60])
    return propre


CODE_DSN = Nature("code_dsn", _lire_code, largeur=14, exemple="P1031")
SITE = Nature("site", _lire_site, largeur=30, exemple="www.exemple.fr")

IDENTITE = "Organisme"
ADRESSE = "Adresse"
CONTACT = "Contact"
CHAMPS_ORGANISME: tuple[Champ, ...] = (
    Champ("famille", "Famille", c.choix(*NATURES), IDENTITE, obligatoire=True),
    Champ("nom", "Nom", c.texte(120, largeur=40), IDENTITE, obligatoire=True),
    Champ(
        "code_dsn",
        "Code DSN",
        CODE_DSN,
        IDENTITE,
        aide="fiche de paramétrage",
    ),
    Champ("siren", "SIREN", c.SIREN, IDENTITE, aide="9 chiffres"),
    Champ("voie", "Adresse", c.texte(), ADRESSE),
    Champ("complement", "Complément d'adresse", c.texte(largeur=20), ADRESSE),
    Champ("code_postal", "Code postal", c.CODE_POSTAL, ADRESSE),
    Champ("commune", "Commune", c.texte(80, largeur=20), ADRESSE),
    Champ("telephone", "Téléphone", c.TELEPHONE, CONTACT),
    Champ("courriel", "Courriel", c.COURRIEL, CONTACT),
    Champ("site", "Site", SITE, CONTACT),
    Champ("note", "Note", c.texte(1000, zone=True), CONTACT),
)
COORDONNEES: Final = tuple(x.nom for x in CHAMPS_ORGANISME if x.nom not in {"famille", "nom"})
"""Columns that say where an organisme is and how it is known, in the order of the form."""


def famille_connue(famille: str) -> str:
    """Return the family itself.

    Raises:
        FamilleInconnue: there is none of that name.
    """
    if famille not in TITRES:
        raise FamilleInconnue(famille)
    return famille


def cle(nom: str) -> str:
    """Return what tells two names of one family apart: neither case, accents nor punctuation."""
    return " ".join(re.findall(r"\w+", sans_accents(nom)))


def lire_organisme(saisie: Mapping[str, str]) -> tuple[dict[str, Any], list[Constat]]:
    """Read an organisme's form: values, and what is wrong beside each field."""
    valeurs, constats = c.lire_fiche(CHAMPS_ORGANISME, saisie)
    try:
        controler_code(valeurs.get("famille", ""), valeurs.get("code_dsn", ""))
    except ErreurMetier as erreur:
        constats.append(Constat.de_l_erreur(erreur, "code_dsn"))
    return valeurs, constats


def controler_code(famille: str, code: str) -> None:
    """Check the shape of a code against its family; nothing is asked of an empty one.

    Raises:
        CodeDsnMalForme: not a code of this family.
        CleFausse: 14 digits that are no SIRET.
    """
    if not code or famille not in _CODES:
        return
    forme, exemples = _CODES[famille]
    if not re.fullmatch(forme, code, re.ASCII):
        raise CodeDsnMalForme(code, exemples)
    if len(code) == _LONGUEUR_SIRET:
        lire_siret(code)


@dataclass(frozen=True, slots=True)
class Usager:
    """A record that names an organisme: its name on screen, its address in the program."""

    designation: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Usage:
    """How one kind of records uses one organisme; some of them by name, the first ones."""

    organisme_id: int
    genre: str
    combien: int
    usagers: tuple[Usager, ...] = ()

    def compte(self) -> str:
        """Return « 3 employeurs »."""
        return accorder(self.combien, self.genre, pluriel(self.genre))

    def en_mots(self) -> str:
        """Return « 3 employeurs (Amicale laïque, Judo club, …) »."""
        if not self.usagers:
            return self.compte()
        reste = ", …" if self.combien > len(self.usagers) else ""
        noms = ", ".join(u.designation for u in self.usagers)
        return f"{self.compte()} ({noms}{reste})"


def pluriel(genre: str) -> str:
    """Return the plural of a kind of records: « contrats de prévoyance »."""
    premier, *suite = genre.split(" ")
    return " ".join([f"{premier}s", *suite])


def en_mots(usages: Iterable[Usage]) -> str:
    """Return who uses an organisme, « » when nobody does."""
    return ", ".join(u.en_mots() for u in usages if u.combien)


@dataclass(frozen=True, slots=True)
class Organisme:
    """An organisme collecteur: what lists show of it and tell duplicates by."""

    id: int
    famille: str
    nom: str
    code_dsn: str
    siren: str
    commune: str
    archive_le: date | None

    @property
    def est_archive(self) -> bool:
        """Tell whether it left the lists of choices."""
        return self.archive_le is not None


_MOTS_VIDES: Final = {
    *("la", "le", "les", "de", "du", "des", "et", "d", "l", "au"),
    *("agirc", "arrco", "prevoyance", "sante", "retraite", "mutuelle", "urssaf", "caisse"),
    *("groupe", "service", "services", "entreprises", "impots", "travail"),
}
"""Words that many names of a family share."""


def mots_propres(nom: str) -> frozenset[str]:
    """Return the words that make a name its own: « AG2R Prévoyance » is known by « ag2r »."""
    return frozenset(cle(nom).split()) - _MOTS_VIDES


def est_doublon(un: Organisme, autre: Organisme) -> bool:
    """Tell whether two organismes of a family are likely the same.

    The same SIREN, or the same code of the DSN, or names that say the same with other
    common words, unless their SIREN differ.
    """
    if un.siren and autre.siren:
        return un.siren == autre.siren
    if un.code_dsn and un.code_dsn == autre.code_dsn:
        return True
    propres = mots_propres(un.nom)
    return bool(propres) and propres == mots_propres(autre.nom)


def doublons(organismes: Sequence[Organisme]) -> list[tuple[Organisme, Organisme]]:
    """Return the pairs of likely duplicates of one family, in the order of the list."""
    paniers: dict[object, list[int]] = {}
    for rang, o in enumerate(organismes):
        marques = {"siren": o.siren, "code": o.code_dsn, "mots": mots_propres(o.nom)}
        for genre, marque in marques.items():
            if marque:
                paniers.setdefault((genre, marque), []).append(rang)
    paires = {paire for rangs in paniers.values() for paire in combinations(rangs, 2)}
    return [
        (organismes[un], organismes[autre])
        for un, autre in sorted(paires)
        if est_doublon(organismes[un], organismes[autre])
    ]


COLONNES_MODELES: Final = (
    "familles",
    "nom",
    "genre",
    "code_dsn",
    "siren",
    "voie",
    "code_postal",
    "commune",
    "site",
    "debut_le",
    "fin_le",
    "source",
)


@dataclass(frozen=True, slots=True)
class Modele:
    """A known organisme that a new record may start from; `periode`: both ends included."""

    numero: int
    familles: tuple[str, ...]
    nom: str
    genre: str
    valeurs: tuple[tuple[str, str], ...]
    periode: Periode
    organisme_id: int | None = None

    def valeur(self, nom: str) -> str:
        """Return one of its coordinates, "" when it is not known."""
        return dict(self.valeurs).get(nom, "")

    def textes(self, famille: str) -> dict[str, str]:
        """Return the form filled in for a family."""
        return {"famille": famille, "nom": self.nom, **dict(self.valeurs)}

    def deja(self, organisme_id: int | None) -> "Modele":
        """Return the same, knowing which record of the table already bears its name."""
        return replace(self, organisme_id=organisme_id)


def lire_modeles(lignes: Iterable[Mapping[str, str]]) -> list[Modele]:
    """Read the rows of `data/organismes.csv`.

    Raises:
        ModelesRefuses: an unknown family, a value that the form would refuse, a wrong date,
            the same organisme twice.
    """
    modeles = []
    vus: set[tuple[str, str]] = set()
    for numero, ligne in enumerate(lignes, 1):
        nom = ligne["nom"]
        if (ligne["code_dsn"], cle(nom)) in vus:
            raise ModelesRefuses(nom, "cet organisme figure deux fois")
        vus.add((ligne["code_dsn"], cle(nom)))
        modeles.append(_modele(numero, ligne))
    return modeles


def _modele(numero: int, ligne: Mapping[str, str]) -> Modele:
    nom = ligne["nom"]
    familles = tuple(ligne["familles"].split())
    if not familles:
        raise ModelesRefuses(nom, "la famille manque")
    for famille in familles:
        _, constats = lire_organisme({**ligne, "famille": famille})
        if constats:
            raise ModelesRefuses(nom, constats[0].message)
    try:
        debut = date.fromisoformat(ligne["debut_le"] or "0001-01-01")
        fin = date.fromisoformat(ligne["fin_le"]) if ligne["fin_le"] else FIN_OUVERTE
        periode = Periode(debut, fin)
    except (ValueError, ErreurMetier) as erreur:
        raise ModelesRefuses(nom, "ses dates sont fausses") from erreur
    valeurs = tuple((n, ligne[n]) for n in COORDONNEES if ligne.get(n))
    return Modele(numero, familles, nom, ligne["genre"], valeurs, periode)


def chercher_modeles(
    modeles: Iterable[Modele], famille: str, au: date, recherche: str = ""
) -> list[Modele]:
    """Return the known organismes of a family on a day that hold each word, by name."""
    mots = sans_accents(recherche).split()
    trouves = [
        m
        for m in modeles
        if famille in m.familles
        and m.periode.debut <= au <= m.periode.fin
        and all(mot in sans_accents(f"{m.nom} {m.valeur('code_dsn')} {m.genre}") for mot in mots)
    ]
    return sorted(trouves, key=lambda m: (cle(m.nom), m.genre == DELEGATAIRE, m.numero))


DELEGATAIRE: Final = "délégataire"
"""Who manages contracts for an organisme; the organisme itself is preferred."""


def modele_du_nom(modeles: Iterable[Modele], famille: str, nom: str, au: date) -> Modele | None:
    """Return the only known organisme of that very name, délégataires apart; never a guess."""
    memes = [
        m
        for m in chercher_modeles(modeles, famille, au)
        if cle(m.nom) == cle(nom) and m.genre != DELEGATAIRE
    ]
    return memes[0] if len(memes) == 1 else None
