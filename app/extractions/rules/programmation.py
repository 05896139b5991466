"""A planned extraction: its fields, how they are read, when it is tried again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.extractions.rules.entete import Requete
from app.extractions.rules.relatives import champ_relatif, est_relatif
from app.noyau.champs import Champ, adresse, texte
from app.noyau.champs_planning import champs_du_planning
from app.noyau.planning import Echeance, Planning, Unite, est_a_tenter

PARAMETRES, FICHIER = "Paramètres", "Fichier"
"""Headings of the form, beside that of the planning."""
PREFIXE = "param_"
"""Fields of the parameters: this, then the name, which may be that of another field."""


CHAMP_NOM = Champ("nom", "Nom", texte(80, largeur=40), obligatoire=True)
CHAMPS_PLANNING = champs_du_planning(Unite.MOIS)
CHAMP_REPERTOIRE = Champ(
    "repertoire",
    "Dossier où écrire",
    adresse("/home/paie/extractions", largeur=48),
    FICHIER,
    obligatoire=True,
    aide="Le nom du fichier porte le jour de l'extraction : les précédents restent.",
)


def champs_des_parametres(requete: Requete, ordinaires: Mapping[str, Champ]) -> tuple[Champ, ...]:
    """Return the fields of a query's parameters; days and years are said in words.

    Args:
        requete: the query.
        ordinaires: the field of each other parameter, by its name.
    """
    champs: list[Champ] = []
    for p in requete.parametres:
        c = champ_relatif(p) if est_relatif(p) else ordinaires[p.nom]
        champs.append(
            Champ(
                f"{PREFIXE}{p.nom}",
                p.libelle,
                c.nature,
                groupe=c.groupe or PARAMETRES,
                obligatoire=c.obligatoire,
                aide="" if est_relatif(p) else p.aide,
                vide=c.vide,
            )
        )
    return tuple(champs)


def saisies_typees(requete: Requete, saisie: Mapping[str, str]) -> dict[str, str]:
    """Return what a form says for each parameter of a query."""
    return {p.nom: saisie.get(f"{PREFIXE}{p.nom}", "").strip() for p in requete.parametres}


@dataclass(frozen=True, slots=True)
class Programmee:
    """A planned extraction as screens see it; instants are UTC and aware.

    `cause` and `remede` say why the last run failed, "" when it did not.
    """

    id: int
    version: int
    nom: str
    requete: int
    saisies: Mapping[str, str]
    format: str
    repertoire: str
    planning: Planning
    active: bool
    servie_a: datetime | None
    executee_a: datetime | None
    lignes: int
    fichier: str
    cause: str
    remede: str


def est_due(p: Programmee, e: Echeance, maintenant: datetime) -> bool:
    """Tell whether it runs now: not on hold, something due, not just tried in vain."""
    return p.active and est_a_tenter(e, p.executee_a if p.cause else None, maintenant)


def parametres_en_mots(champs: Sequence[Champ], saisies: Mapping[str, str]) -> str:
    """Say the values of the parameters: « Paie du : le premier jour du mois »."""
    morceaux = []
    for c in champs:
        saisie = saisies.get(c.nom.removeprefix(PREFIXE), "")
        if saisie:
            valeur = dict(c.nature.choix).get(saisie, saisie)
            morceaux.append(f"{c.libelle} : {valeur}")
    return ", ".join(morceaux)
