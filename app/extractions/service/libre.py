"""Running a query that a person wrote: read-only, under SQLite's authorizer, bounded.

Two connections guard it:
- On the *screen*, an empty base that has nothing but the names of the public views, SQLite itself
  says whether every name of the query is one of them; the functions are checked there too.
- On the base, the public views are laid over views of secret names, the only ones that the
  authorizer lets read tables: a name that the query gives to its own WITH cannot pass for a view.
"""

import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
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
    TropDeLignes,
    ValeurInattendue,
)
from app.extractions.rules import Requete, ValeurParametre
from app.extractions.rules import libre as rules
from app.extractions.rules.colonnes import cle_de_tri
from app.extractions.rules.colonnes_libres import Vues, colonne_libre
from app.extractions.rules.entete import LIBRES
from app.extractions.rules.publiques import (
    colonnes_publiques,
    dictionnaire_public,
    nom_public,
)
from app.extractions.service import sommes
from app.extractions.service.catalogue import lister_vues
from app.extractions.service.execution import LOT, Lecture, PremieresLignes, executer_requete
from app.extractions.service.resultats import Resultat
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import grouper
from app.socle.base import connexion_lecture
from app.socle.errors import TacheAnnulee
from app.socle.taches import SANS_SUIVI, Suivi

_SQLITE = ("sqlite_", "pragma_", "json_", "dbstat", "bytecode", "tables_used", "fts", "rtree")
"""How the names of SQLite's own tables begin, those of its functions that give lines too."""
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
        # A table of which no column is read comes without its schema: of a view that SQLite
        # merged, or a WITH of the query. On the screen there is no other, SQLite's own aside.
        if not colonne and not nom.startswith(_SQLITE):
            return sqlite3.SQLITE_OK
        return self._refuser(HorsDesVues(nom))

    def _refuser(self, refus: ErreurMetier) -> int:
        self.refus = self.refus or refus
        return sqlite3.SQLITE_DENY


def _preparer(connexion: sqlite3.Connection) -> None:
    connexion.create_function("sans_accents", 1, cle_de_tri, deterministic=True)
    sommes.installer(connexion)
    connexion.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, OCTETS_MAX)
    connexion.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def ouvrir_gardee(chemin: Path) -> tuple[sqlite3.Connection, Gardien]:
    """Open a base read-only for a query that a person wrote, its guardian in place."""
    connexion = connexion_lecture(chemin)
    _preparer(connexion)
    connexion.execute("PRAGMA query_only = OFF")
    secretes = set()
    for vue in lister_vues():
        secrete = f"s{secrets.token_hex(12)}"
        publiques = ", ".join(c.expression for c in colonnes_publiques(vue))
        connexion.execute(f"CREATE TEMP VIEW {secrete} AS {vue.sql}")
        connexion.execute(
            f"CREATE TEMP VIEW {vue.nom} AS SELECT {publiques} FROM {secrete}"  # noqa: S608
        )
        secretes.add(secrete)
    connexion.execute("PRAGMA query_only = ON")
    gardien = Gardien(frozenset(secretes))
    connexion.set_authorizer(gardien)
    return connexion, gardien


def ouvrir_ecran() -> tuple[sqlite3.Connection, Gardien]:
    """Open a base that has nothing but the names of the public views and of their columns."""
    connexion = sqlite3.connect(":memory:")
    _preparer(connexion)
    for vue in lister_vues():
        noms = ", ".join(f"NULL AS {c.nom}" for c in colonnes_publiques(vue))
        connexion.execute(f"CREATE TEMP VIEW {vue.nom} AS SELECT {noms}")
    gardien = Gardien(frozenset())
    connexion.set_authorizer(gardien)
    return connexion, gardien


def verifier_libre(base: Path, saisie: str) -> str:
    """Return the SELECT that was written, once SQLite understood and allowed it; nothing runs.

    Raises:
        RequeteLibreVide, PlusieursInstructions, EcritureInterdite, HorsDesVues,
        FonctionInterdite, ErreurDeSyntaxe, NomInconnu, ColonneNonExportable: why not.
    """
    sql = rules.lire_libre(saisie)
    connexion, gardien = ouvrir_ecran()
    with closing(connexion):
        _comprendre(sql, connexion, gardien)
    connexion, gardien = ouvrir_gardee(base)
    with closing(connexion):
        rules.verifier_colonnes(_comprendre(sql, connexion, gardien))
    return sql


def _comprendre(sql: str, connexion: sqlite3.Connection, gardien: Gardien) -> list[str]:
    """Let SQLite read a query without running it; returns the names of its columns.

    Raises:
        ErreurMetier: as `verifier_libre`.
    """
    try:
        connexion.execute(f"EXPLAIN {sql}").close()
        sonde = f"SELECT * FROM ({sql}\n) LIMIT 0"  # noqa: S608 -- guarded
        return [d[0] for d in connexion.execute(sonde).description]
    except (sqlite3.Error, sqlite3.Warning) as erreur:
        raise _traduire(sql, erreur, gardien, connexion) from erreur


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
    return _nommer(texte)


def _nommer(texte: str) -> ErreurMetier:
    """Name in French a name that SQLite does not know, or an expression without a sense."""
    absente = re.fullmatch(r"no such table: (?:\w+\.)?(\w+)", texte)
    if absente and not absente[1].startswith("vue_"):
        return HorsDesVues(absente[1])
    absente = re.fullmatch(r"no such column: (?:\w+\.)?(\w+)", texte)
    if absente and (court := nom_public(absente[1])) != absente[1]:
        return NomInconnu(f"la colonne « {absente[1]} » s'écrit « {court} », en décimales")
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


@dataclass(frozen=True, slots=True)
class _Lecteur:
    """Reads the lines aside first, so that the values say what the columns hold."""

    lignes_max: int

    def __call__(self, _requete: Requete, lignes: sqlite3.Cursor, suivi: Suivi) -> Lecture:
        noms = [d[0] for d in lignes.description]
        vues = [Vues() for _ in noms]
        tampon = sqlite3.connect("")  # a file of its own when it grows, gone with the cursor
        champs = ", ".join(f"c{i}" for i in range(len(noms)))
        tampon.execute(f"CREATE TABLE lues ({champs})")
        ajout = f"INSERT INTO lues VALUES ({', '.join('?' * len(noms))})"  # noqa: S608 -- places
        fait = 0
        while lot := lignes.fetchmany(LOT):
            fait += len(lot)
            if fait > self.lignes_max:
                raise TropDeLignes(grouper(self.lignes_max))
            self._voir(noms, vues, lot)
            tampon.executemany(ajout, lot)
            suivi.etape(f"Lecture des lignes : {grouper(fait)}", fait)
        publiques = dictionnaire_public(lister_vues())
        lues = [
            colonne_libre(simple, nom, v, publiques)
            for simple, nom, v in zip(rules.noms_simples(noms), noms, vues, strict=True)
        ]
        return Lecture(
            tuple(c for c, _ in lues),
            tuple(controler for _, controler in lues),
            tampon.execute("SELECT * FROM lues ORDER BY rowid"),
        )

    def _voir(self, noms: list[str], vues: list[Vues], lot: list[tuple[object, ...]]) -> None:
        for nom, v, valeurs in zip(noms, vues, zip(*lot, strict=True), strict=True):
            try:
                v.voir(valeurs)
            except ValueError as erreur:
                raise ColonneNonExportable(nom, "ce n'est ni un nombre ni un texte") from erreur


def executer_libre(
    base: Path,
    saisie: str,
    titre: str = rules.TITRE,
    *,
    numero: int = 0,
    suivi: Suivi = SANS_SUIVI,
    secondes: float = rules.SECONDES_MAX,
    lignes_max: int = rules.LIGNES_MAX,
) -> Resultat:
    """Run what a person wrote into a new result.

    Raises:
        RequeteTropLongue, TropDeLignes: a limit was reached; nothing is left.
        ColonneNonExportable: a value is not a number, a text or a date.
        TacheAnnulee: the person asked to stop.
        ErreurMetier: see `verifier_libre`.
    """
    sql = verifier_libre(base, saisie)
    requete = rules.requete_libre(sql, titre, numero)
    valeurs = [ValeurParametre("sql", "Requête", sql, sql)]
    borne = _Borne(suivi, secondes)
    try:
        return executer_requete(
            base, requete, valeurs, suivi=borne, ouvrir=_ouvrir, lire=_Lecteur(lignes_max)
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


def executer(
    base: Path,
    requete: Requete,
    valeurs: Sequence[ValeurParametre],
    *,
    suivi: Suivi = SANS_SUIVI,
    montrer: Callable[[PremieresLignes], None] | None = None,
) -> Resultat:
    """Run any query, predefined or one's own, into a new result.

    Raises:
        ErreurMetier: see `executer_requete` and `executer_libre`.
    """
    if requete.est_libre:
        numero = requete.numero - LIBRES
        return executer_libre(base, requete.sql, requete.titre, numero=numero, suivi=suivi)
    return executer_requete(base, requete, valeurs, suivi=suivi, montrer=montrer)
