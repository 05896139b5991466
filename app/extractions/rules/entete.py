"""Headers of `.sql` files: split from the SQL, checked, turned into a query or a view.

Rules:
- A file begins with `/*--- YAML ---*/` and is valid SQL as a whole.
- The parameters of the header are the `:names` of the SQL, no more and no less.
- A query is one SELECT, with an ORDER BY, that names views (`vue_…`) only.
- The number of a query is that of its file name, and never given to another.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.extractions.errors import RequeteMalDecrite
from app.extractions.rules.colonnes import Colonne, TypeColonne
from app.extractions.rules.parametres import Parametre, lire_description

LIBRES = 1_000_000
"""Numbers of the queries that a person wrote: this one, unsaved; those after it, saved."""
_FICHIER = re.compile(r"\A/\*---\n(?P<yaml>.*?)\n---\*/\n(?P<sql>.+)\Z", re.DOTALL)
_NEUTRES = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_LIES = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_SOURCES = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_][a-z0-9_]*)", re.IGNORECASE)
_COMMUNES = re.compile(
    r"(?:\bWITH\b(?:\s+RECURSIVE)?|,)\s*([a-z_][a-z0-9_]*)(?:\s*\([^)]*\))?\s+AS\s*"
    r"(?:MATERIALIZED\s*)?\("
)
_NOM = re.compile(r"(\d+)_[a-z0-9_]+\.sql")
_CLES = {"numero", "titre", "theme", "description", "parametres", "colonnes"}
_CLES_COLONNE = {"libelle", "largeur", "type"}


def reference(numero: int) -> str:
    """Return the number of a query as a person says it; "" for one that is not saved.

    >>> reference(35), reference(LIBRES + 3), reference(LIBRES)
    ('35', 'M3', '')
    """
    if numero < LIBRES:
        return str(numero)
    return f"M{numero - LIBRES}" if numero > LIBRES else ""


def designer(numero: int, titre: str) -> str:
    """Return the number and the title of a query: « 35. Employeurs-caisse OPCO »."""
    return ". ".join(m for m in (reference(numero), titre) if m)


@dataclass(frozen=True, slots=True)
class Entete:
    """What a file says before its SQL, not checked yet."""

    fichier: str
    yaml: str
    sql: str


@dataclass(frozen=True, slots=True)
class Requete:
    """A numbered, predefined query."""

    numero: int
    titre: str
    theme: str
    description: str
    parametres: tuple[Parametre, ...]
    colonnes: Mapping[str, Mapping[str, Any]]
    sql: str
    fichier: str

    @property
    def designation(self) -> str:
        """The number and the title: « 35. Employeurs-caisse OPCO »."""
        return designer(self.numero, self.titre)

    @property
    def reference(self) -> str:
        """The number as a person says it: « 35 », « M3 » for their own third."""
        return reference(self.numero)

    @property
    def est_libre(self) -> bool:
        """Tell whether a person wrote it, here."""
        return self.numero >= LIBRES

    def parametre(self, nom: str) -> Parametre | None:
        """Return the parameter of that name."""
        return next((p for p in self.parametres if p.nom == nom), None)

    def decrire_colonnes(
        self, noms: Sequence[str], dictionnaire: Mapping[str, str]
    ) -> tuple[Colonne, ...]:
        """Return the columns of a result: what the header declares, else what the views say."""
        return tuple(self._colonne(nom, dictionnaire) for nom in noms)

    def _colonne(self, nom: str, dictionnaire: Mapping[str, str]) -> Colonne:
        declare = self.colonnes.get(nom, {})
        genre = declare.get("type")
        return Colonne.deduire(
            nom,
            libelle=str(declare.get("libelle") or dictionnaire.get(nom, "")),
            type_colonne=TypeColonne(genre) if genre else None,
            largeur=int(declare.get("largeur", 0)),
        )


@dataclass(frozen=True, slots=True)
class Vue:
    """A public read view: its data dictionary (label of each column) and its SELECT."""

    nom: str
    titre: str
    description: str
    colonnes: Mapping[str, str]
    sql: str
    fichier: str


def decouper(texte: str, fichier: str) -> Entete:
    """Split a file into its header and its SQL.

    Raises:
        RequeteMalDecrite: no header at the top.
    """
    trouve = _FICHIER.match(texte)
    if trouve is None:
        raise RequeteMalDecrite(fichier, "l'en-tête /*--- … ---*/ manque au début du fichier")
    return Entete(fichier, trouve["yaml"], trouve["sql"].strip())


def sql_nu(sql: str) -> str:
    """Return the SQL without its texts and comments."""
    return _NEUTRES.sub(" ", sql)


def noms_lies(sql: str) -> set[str]:
    """Return the names of the bound values of a query."""
    return set(_LIES.findall(sql_nu(sql)))


def tables_lues(sql: str) -> set[str]:
    """Return what a query reads from, its own WITH clauses aside."""
    nu = sql_nu(sql)
    return {n.lower() for n in _SOURCES.findall(nu)} - {n.lower() for n in _COMMUNES.findall(nu)}


def _exiger(condition: object, fichier: str, cause: str) -> None:
    if not condition:
        raise RequeteMalDecrite(fichier, cause)


def _texte(donnees: Mapping[str, Any], cle: str, fichier: str) -> str:
    valeur = donnees.get(cle)
    _exiger(isinstance(valeur, str) and valeur.strip(), fichier, f"« {cle} » manque à l'en-tête")
    return str(valeur).strip()


def _table(donnees: object, fichier: str, autorisees: set[str]) -> dict[str, Any]:
    _exiger(isinstance(donnees, dict), fichier, "l'en-tête n'est pas une liste de clés")
    table: dict[str, Any] = donnees if isinstance(donnees, dict) else {}
    inconnues = ", ".join(sorted(str(c) for c in table if c not in autorisees))
    _exiger(not inconnues, fichier, f"clé inconnue : {inconnues}")
    return table


def _colonnes(donnees: object, fichier: str) -> dict[str, Mapping[str, Any]]:
    table = donnees if isinstance(donnees, dict) else {}
    _exiger(donnees is None or isinstance(donnees, dict), fichier, "« colonnes » est mal écrit")
    for nom, declare in table.items():
        propre = _table(declare, fichier, _CLES_COLONNE)
        genre = propre.get("type")
        if genre is not None and genre not in set(TypeColonne):
            raise RequeteMalDecrite(fichier, f"type inconnu pour la colonne « {nom} » : {genre}")
        largeur = propre.get("largeur", 1)
        _exiger(isinstance(largeur, int) and 1 <= largeur <= 200, fichier, f"largeur de « {nom} »")
    return table


def lire_requete(donnees: object, entete: Entete) -> Requete:
    """Check a query's header against its SQL and its file name.

    Raises:
        RequeteMalDecrite: names the file and the cause.
    """
    fichier, sql = entete.fichier, entete.sql
    table = _table(donnees, fichier, _CLES)
    numero = table.get("numero")
    nom = _NOM.fullmatch(fichier)
    if not isinstance(numero, int) or nom is None or int(nom[1]) != numero or numero < 1:
        raise RequeteMalDecrite(fichier, "le numéro n'est pas celui du nom du fichier")
    descriptions = table.get("parametres") or []
    _exiger(isinstance(descriptions, list), fichier, "« parametres » n'est pas une liste")
    parametres = tuple(lire_description(d, fichier) for d in descriptions)
    _controler_parametres(parametres, sql, fichier)
    _controler_sql(sql, fichier)
    return Requete(
        numero,
        _texte(table, "titre", fichier),
        _texte(table, "theme", fichier),
        _texte(table, "description", fichier),
        parametres,
        _colonnes(table.get("colonnes"), fichier),
        sql.rstrip(";").rstrip(),
        fichier,
    )


def _controler_parametres(parametres: Sequence[Parametre], sql: str, fichier: str) -> None:
    noms = [p.nom for p in parametres]
    _exiger(len(set(noms)) == len(noms), fichier, "deux paramètres portent le même nom")
    lies = noms_lies(sql)
    if manquants := ", ".join(sorted(lies - set(noms))):
        raise RequeteMalDecrite(fichier, f"paramètre du SQL absent de l'en-tête : {manquants}")
    if superflus := ", ".join(sorted(set(noms) - lies)):
        raise RequeteMalDecrite(fichier, f"paramètre de l'en-tête absent du SQL : {superflus}")
    for p in parametres:
        _exiger(not p.apres or p.apres in noms, fichier, f"« apres » de « {p.nom} » est inconnu")


def _controler_sql(sql: str, fichier: str) -> None:
    nu = sql_nu(sql).strip().rstrip(";").strip()
    _exiger(";" not in nu, fichier, "le fichier contient plus d'une instruction")
    _exiger(re.match(r"(?:SELECT|WITH)\b", nu), fichier, "l'instruction n'est pas un SELECT")
    _exiger(re.search(r"\bORDER\s+BY\b", nu), fichier, "il manque ORDER BY")
    etrangeres = sorted(t for t in tables_lues(sql) if not t.startswith("vue_"))
    _exiger(not etrangeres, fichier, f"lit autre chose que les vues : {', '.join(etrangeres)}")


def lire_vue(donnees: object, entete: Entete) -> Vue:
    """Check a view's header; its name is that of its file.

    Raises:
        RequeteMalDecrite: names the file and the cause.
    """
    fichier = entete.fichier
    table = _table(donnees, fichier, {"titre", "description", "colonnes"})
    nom = fichier.removesuffix(".sql")
    _exiger(re.fullmatch(r"vue_[a-z_]+", nom), fichier, "le nom d'une vue commence par vue_")
    colonnes = table.get("colonnes")
    if not isinstance(colonnes, dict) or not colonnes:
        raise RequeteMalDecrite(fichier, "le dictionnaire des colonnes manque")
    if sans := [
        c for c, libelle in colonnes.items() if not isinstance(libelle, str) or not libelle
    ]:
        raise RequeteMalDecrite(fichier, f"colonne sans libellé : {', '.join(map(str, sans))}")
    return Vue(
        nom,
        _texte(table, "titre", fichier),
        _texte(table, "description", fichier),
        colonnes,
        entete.sql.rstrip(";").rstrip(),
        fichier,
    )
