"""Running a query that a person wrote: read-only, under SQLite's authorizer, bounded.

The public views are laid over views of secret names, the only ones that the authorizer lets read
tables: a name that the query gives to its own WITH cannot pass for a view.
"""

import re
import secrets
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.extractions.errors import (
    ColonneNonExportable,
    EcritureInterdite,
    ErreurDeSyntaxe,
    FonctionInterdite,
    HorsDesVues,
    NomInconnu,
    RequeteEnEchec,
    RequeteTropLongue,
    ValeurInattendue,
)
from app.extractions.rules import ValeurParametre
from app.extractions.rules import libre as rules
from app.extractions.rules.colonnes import cle_de_tri
from app.extractions.service.catalogue import lister_vues
from app.extractions.service.execution import executer_requete
from app.extractions.service.resultats import Resultat
from app.noyau.erreurs import ErreurMetier
from app.socle.base import connexion_lecture
from app.socle.errors import TacheAnnulee
from app.socle.taches import SANS_SUIVI, Suivi

OCTETS_MAX = 1_000_000
"""Longest text that a query may build."""
_PRES_DE = re.compile(r'near "(.*?)": syntax error|unrecognized token: "(.*)"', re.DOTALL)
_CAUSES = (
    (r"no such column: (.+)", "la colonne « {0} » n'existe pas"),
    (r"no such table: (.+)", "la vue « {0} » n'existe pas"),
    (r"no such function: (.+)", "la fonction « {0} » n'existe pas"),
    (r"ambiguous column name: (.+)", "la colonne « {0} » est dans plusieurs vues, dites laquelle"),
    (r"wrong number of arguments to function (.+)\(\)", "« {0} » n'a pas le bon nombre de valeurs"),
    (r"misuse of aggregate.*", "une somme ou un compte est mal placé"),
    (r"string or blob too big", "un texte est trop long"),
)


@dataclass
class Gardien:
    """SQLite's authorizer of one connection, and why it last refused."""

    secretes: frozenset[str]
    tables: frozenset[str]
    refus: ErreurMetier | None = None
    ouvertes: frozenset[str] = field(
        default_factory=lambda: frozenset(v.nom for v in lister_vues())
    )

    def __call__(
        self, action: int, a: str | None, b: str | None, _base: str | None, vue: str | None
    ) -> int:
        """Allow reading the views and calling the functions of the list; nothing else."""
        if action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            return self._lire((a or "").lower(), b or "", vue)
        if action == sqlite3.SQLITE_FUNCTION:
            if (b or "").lower() in rules.FONCTIONS:
                return sqlite3.SQLITE_OK
            return self._refuser(FonctionInterdite(b or ""))
        return self._refuser(EcritureInterdite(str(a or b or action)))

    def _lire(self, nom: str, colonne: str, vue: str | None) -> int:
        if nom in self.ouvertes or nom in self.secretes or vue in self.secretes:
            return sqlite3.SQLITE_OK
        # a table of which no column is read: of a view that SQLite merged, or its own WITH;
        # `_nommer` refuses the private tables that the query itself names
        if not colonne and not nom.startswith(("sqlite_", "pragma_")):
            return sqlite3.SQLITE_OK
        return self._refuser(HorsDesVues(nom))

    def _refuser(self, refus: ErreurMetier) -> int:
        self.refus = self.refus or refus
        return sqlite3.SQLITE_DENY


def ouvrir_gardee(chemin: Path) -> tuple[sqlite3.Connection, Gardien]:
    """Open a base read-only for a query that a person wrote, its guardian in place."""
    connexion = connexion_lecture(chemin)
    connexion.create_function("sans_accents", 1, cle_de_tri, deterministic=True)
    connexion.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, OCTETS_MAX)
    connexion.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    lus = connexion.execute("SELECT lower(name) FROM sqlite_master").fetchall()
    modules = connexion.execute("SELECT lower(name) FROM pragma_module_list").fetchall()
    connexion.execute("PRAGMA query_only = OFF")
    secretes = set()
    for vue in lister_vues():
        secrete = f"s{secrets.token_hex(12)}"
        connexion.execute(f"CREATE TEMP VIEW {secrete} AS {vue.sql}")
        connexion.execute(f"CREATE TEMP VIEW {vue.nom} AS SELECT * FROM {secrete}")  # noqa: S608
        secretes.add(secrete)
    connexion.execute("PRAGMA query_only = ON")
    gardien = Gardien(frozenset(secretes), frozenset(n for (n,) in (*lus, *modules)))
    connexion.set_authorizer(gardien)
    return connexion, gardien


def verifier_libre(base: Path, saisie: str) -> str:
    """Return the SELECT that was written, once SQLite understood and allowed it; nothing runs.

    Raises:
        RequeteLibreVide, PlusieursInstructions, EcritureInterdite, HorsDesVues,
        FonctionInterdite, ErreurDeSyntaxe, NomInconnu, ColonneNonExportable: why not.
    """
    sql = rules.lire_libre(saisie)
    connexion, gardien = ouvrir_gardee(base)
    with closing(connexion):
        try:
            connexion.execute(f"EXPLAIN {sql}").close()
            sonde = f"SELECT * FROM ({sql}\n) LIMIT 0"  # noqa: S608 -- guarded
            noms = [d[0] for d in connexion.execute(sonde).description]
        except (sqlite3.Error, sqlite3.Warning) as erreur:
            raise _traduire(sql, erreur, gardien, connexion) from erreur
    _nommer(sql, gardien)
    rules.verifier_colonnes(noms)
    return sql


def _nommer(sql: str, gardien: Gardien) -> None:
    """Refuse a query that names a private table, whatever the quotes.

    Raises:
        HorsDesVues: the first one.
    """
    colonnes = {nom for vue in lister_vues() for nom in vue.colonnes}
    for mot in rules.mots(sql):
        if mot in gardien.tables - colonnes - rules.FONCTIONS:
            raise HorsDesVues(mot)


def _traduire(
    sql: str, erreur: Exception, gardien: Gardien, connexion: sqlite3.Connection
) -> ErreurMetier:
    """Name in French what SQLite refused."""
    if gardien.refus is not None:
        return gardien.refus
    texte = _message(connexion, sql) or str(erreur)
    if texte == "incomplete input":
        ligne, colonne = rules.placer(sql, "", bool)
        return ErreurDeSyntaxe(ligne, colonne, "fin de la requête")
    if pres := _PRES_DE.fullmatch(texte):
        mot = pres[1] or pres[2] or ""
        se_trompe = partial(_meme_erreur, connexion, texte)
        return ErreurDeSyntaxe(*rules.placer(sql, mot, se_trompe), mot)
    for motif, cause in _CAUSES:
        if trouve := re.fullmatch(motif, texte):
            return NomInconnu(cause.format(*trouve.groups()))
    return NomInconnu(f"SQLite répond « {texte} »")


def _message(connexion: sqlite3.Connection, sql: str) -> str:
    """Return what SQLite says of a text that it only reads; "" when nothing is wrong."""
    try:
        connexion.execute(f"EXPLAIN {sql}").close()
    except (sqlite3.Error, sqlite3.Warning) as erreur:
        return str(erreur)
    return ""


def _meme_erreur(connexion: sqlite3.Connection, texte: str, debut: str) -> bool:
    return _message(connexion, debut) == texte


class _Borne:
    """Progress of a run that stops by itself after some seconds."""

    def __init__(self, suivi: Suivi, secondes: float) -> None:
        self._suivi = suivi
        self._fin = time.monotonic() + secondes

    @property
    def depassee(self) -> bool:
        """Tell whether the time is over and the person did not ask to stop."""
        return time.monotonic() > self._fin and not self._suivi.annule()

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Say what is being done; stops when the time is over."""
        if self.depassee:
            raise TacheAnnulee
        self._suivi.etape(libelle, fait, total)

    def annule(self) -> bool:
        """Tell whether to stop."""
        return time.monotonic() > self._fin or self._suivi.annule()


def executer_libre(
    base: Path,
    saisie: str,
    titre: str = "Requête libre",
    *,
    suivi: Suivi = SANS_SUIVI,
    secondes: float = rules.SECONDES_MAX,
    lignes_max: int = rules.LIGNES_MAX,
) -> Resultat:
    """Run what a person wrote into a new result.

    Raises:
        RequeteTropLongue, TropDeLignes: a limit was reached; nothing is left.
        ColonneNonExportable: a value is not a whole number, a text or a date.
        TacheAnnulee: the person asked to stop.
        ErreurMetier: see `verifier_libre`.
    """
    sql = verifier_libre(base, saisie)
    requete = rules.requete_libre(sql, titre)
    valeurs = [ValeurParametre("sql", "Requête", sql, sql)]
    borne = _Borne(suivi, secondes)
    try:
        return executer_requete(
            base, requete, valeurs, suivi=borne, ouvrir=_ouvrir, lignes_max=lignes_max
        )
    except TacheAnnulee:
        if borne.depassee:
            raise RequeteTropLongue(int(secondes)) from None
        raise
    except ValeurInattendue as erreur:
        raise ColonneNonExportable(erreur.colonne, "une valeur n'est pas de son type") from erreur
    except RequeteEnEchec as erreur:
        raise NomInconnu(f"SQLite répond « {erreur.cause} »") from erreur


def _ouvrir(chemin: Path) -> sqlite3.Connection:
    return ouvrir_gardee(chemin)[0]
