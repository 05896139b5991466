"""The catalogue: queries and public views, read from their files at the first need."""

import re
import sqlite3
from functools import lru_cache
from pathlib import Path

from app.extractions import rules
from app.extractions.errors import RequeteAChoisir, RequeteIntrouvable, RequeteMalDecrite
from app.extractions.rules import Requete, Vue
from app.extractions.rules.colonnes import cle_de_tri
from app.noyau.erreurs import ErreurMetier
from app.socle.base import connexion_lecture
from app.socle.donnees import lire_yaml

REQUETES = Path(__file__).parents[1] / "requetes"
VUES = Path(__file__).parents[1] / "vues"
_DESIGNATION = re.compile(r"(\d{1,6})(?:\.\s.*|\.)?")


def _entete(chemin: Path) -> tuple[object, rules.Entete]:
    entete = rules.decouper(chemin.read_text(encoding="utf-8"), chemin.name)
    try:
        return lire_yaml(entete.yaml, chemin.name), entete
    except ErreurMetier as erreur:
        raise RequeteMalDecrite(chemin.name, erreur.texte()) from erreur


def lire_requetes(dossier: Path = REQUETES) -> tuple[Requete, ...]:
    """Read every query of a folder, by number.

    Raises:
        RequeteMalDecrite: a file is not as it must be, or a number is used twice.
    """
    requetes: dict[int, Requete] = {}
    for chemin in sorted(dossier.glob("*.sql")):
        requete = rules.lire_requete(*_entete(chemin))
        if requete.numero in requetes:
            cause = (
                f"le numéro {requete.numero} est déjà pris par {requetes[requete.numero].fichier}"
            )
            raise RequeteMalDecrite(chemin.name, cause)
        requetes[requete.numero] = requete
    return tuple(requetes[n] for n in sorted(requetes))


@lru_cache(maxsize=1)
def lister_requetes() -> tuple[Requete, ...]:
    """Return the predefined queries, by number.

    Raises:
        RequeteMalDecrite: see `lire_requetes`.
    """
    return lire_requetes()


def trouver_requete(saisie: int | str) -> Requete:
    """Return the query of that number: « 35 », or « 35. Employeurs-caisse OPCO ».

    Raises:
        RequeteAChoisir: nothing is said.
        RequeteIntrouvable: none.
    """
    propre = str(saisie).strip()
    if not propre:
        raise RequeteAChoisir
    numero = _DESIGNATION.fullmatch(propre)
    for requete in lister_requetes():
        if numero is not None and requete.numero == int(numero[1]):
            return requete
    raise RequeteIntrouvable(propre[:60])


@lru_cache(maxsize=1)
def lister_vues() -> tuple[Vue, ...]:
    """Return the public views, by name.

    Raises:
        RequeteMalDecrite: a file is not as it must be.
    """
    return tuple(rules.lire_vue(*_entete(chemin)) for chemin in sorted(VUES.glob("*.sql")))


@lru_cache(maxsize=1)
def dictionnaire() -> dict[str, str]:
    """Return the label of each column of the views."""
    return {nom: libelle for vue in lister_vues() for nom, libelle in vue.colonnes.items()}


def ouvrir_base(chemin: Path) -> sqlite3.Connection:
    """Open a base for queries: read-only, with the public views and `sans_accents`.

    The views are temporary: they live as long as the connection and change nothing.
    """
    connexion = connexion_lecture(chemin)
    connexion.create_function("sans_accents", 1, cle_de_tri, deterministic=True)
    connexion.execute("PRAGMA query_only = OFF")
    for vue in lister_vues():
        connexion.execute(f"CREATE TEMP VIEW {vue.nom} AS {vue.sql}")
    connexion.execute("PRAGMA query_only = ON")
    return connexion
