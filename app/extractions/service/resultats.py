"""Results: one folder each, opened by name, shown by windows, sorted and filtered by SQL.

Rules:
- A result never changes once written; only the last ones are kept.
- A sorted or filtered view is a file of its own (rank → line) beside the result, built once,
  so that any window of it is read by rank: constant time and memory, whatever the length.
- Nothing stays open between two calls.
"""

import hashlib
import json
import re
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from app.extractions.documents.sql import Bloc, Champ
from app.extractions.errors import ResultatIntrouvable
from app.extractions.rules import Colonne, Presentation, Requete, TypeColonne, ValeurParametre
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.entete import designer
from app.extractions.service import ordres
from app.extractions.service.ordres import Cumuls
from app.socle.base import traduire
from app.socle.errors import TacheAnnulee
from app.socle.taches import SANS_SUIVI, Suivi

FICHIER = "lignes.sqlite3"
GARDES = 8
"""Results that are kept, the last ones first."""
ORDRES_GARDES = 6
BLOC = 1_000
"""Lines composed into text at once."""
_NOM = re.compile(r"[0-9a-f]{24}")


@dataclass(frozen=True, slots=True)
class Fenetre:
    """Some lines of a view, the first one's rank (from 0); length and sums of the whole view."""

    debut: int
    total: int
    lignes: tuple[tuple[Valeur, ...], ...]
    sommes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Resultat:
    """One result, as its file describes it."""

    nom: str
    dossier: Path
    numero: int
    titre: str
    parametres: tuple[ValeurParametre, ...]
    colonnes: tuple[Colonne, ...]
    cumuls: Cumuls
    cree_a: datetime

    @classmethod
    def ouvrir(cls, base: Path, nom: str) -> "Resultat":
        """Return the result of that name.

        Raises:
            ResultatIntrouvable: cleaned up, or never was.
        """
        dossier = dossier_des_resultats(base) / nom
        if not _NOM.fullmatch(nom) or not (dossier / FICHIER).is_file():
            raise ResultatIntrouvable
        with closing(_lire(dossier / FICHIER)) as connexion:
            d = json.loads(connexion.execute("SELECT valeur FROM description").fetchone()[0])
        return cls(
            nom,
            dossier,
            d["numero"],
            d["titre"],
            tuple(ValeurParametre(**p) for p in d["parametres"]),
            tuple(Colonne(**(c | {"type": TypeColonne(c["type"])})) for c in d["colonnes"]),
            d["cumuls"],
            datetime.fromisoformat(d["cree_a"]),
        )

    @property
    def designation(self) -> str:
        """The number and the title of the query."""
        return designer(self.numero, self.titre)

    @property
    def total(self) -> int:
        """How many lines the query gave."""
        return self.cumuls[""]

    def fenetre(self, presentation: Presentation, debut: int, nombre: int) -> Fenetre:
        """Return the lines of a view from rank `debut` (from 0), at most `nombre`.

        Raises:
            DisquePlein: the order of the view cannot be written.
        """
        champs = ", ".join(f"l.c{i}" for i in range(len(self.colonnes)))
        with self._vue(presentation, SANS_SUIVI) as (connexion, cumuls):
            source, rang = _source(presentation)
            lues = connexion.execute(
                f"SELECT {champs} FROM {source}"  # noqa: S608 -- our own names
                f" WHERE {rang} > ? AND {rang} <= ? ORDER BY {rang}",
                (debut, debut + nombre),
            ).fetchall()
        sommes = {nom: somme for nom, somme in cumuls.items() if nom}
        return Fenetre(debut, cumuls[""], tuple(lues), sommes)

    def compter(self, presentation: Presentation, *, suivi: Suivi = SANS_SUIVI) -> int:
        """Return how many lines a view has."""
        with self._vue(presentation, suivi) as (_, cumuls):
            return cumuls[""]

    def grouper(
        self, presentation: Presentation, abscisse: str, ordonnee: str, longueur: int = 0
    ) -> list[tuple[str | None, int]]:
        """Return the sums of a column for each value of another, lines of the view alone.

        Args:
            presentation: the view; its order does not matter.
            abscisse: column whose values make the groups.
            ordonnee: column that is summed; what is not known counts for nothing.
            longueur: first characters of the value that make the group; 0: all of them.
        """
        rangs = {c.nom: i for i, c in enumerate(self.colonnes)}
        cle = f"l.c{rangs[abscisse]}"
        groupe = f"substr({cle}, 1, {longueur})" if longueur else f"CAST({cle} AS TEXT)"
        somme = f"sum(l.c{rangs[ordonnee]})"
        with self._vue(presentation, SANS_SUIVI) as (connexion, _):
            source, _rang = _source(presentation)
            return connexion.execute(
                f"SELECT {groupe}, {somme} FROM {source}"  # noqa: S608 -- our own names
                f" GROUP BY 1 HAVING {somme} IS NOT NULL"
            ).fetchall()

    def montrees(self, presentation: Presentation) -> tuple[Colonne, ...]:
        """Return the columns of a view, in the order asked for."""
        if not presentation.colonnes:
            return self.colonnes
        par_nom = {c.nom: c for c in self.colonnes}
        return tuple(par_nom[nom] for nom in presentation.colonnes)

    def parcourir(
        self, presentation: Presentation, *, suivi: Suivi = SANS_SUIVI
    ) -> Iterator[tuple[Valeur, ...]]:
        """Run through the lines of a view, with the columns shown; one line in memory."""
        rangs = {c.nom: i for i, c in enumerate(self.colonnes)}
        champs = ", ".join(f"l.c{rangs[c.nom]}" for c in self.montrees(presentation))
        with self._vue(presentation, suivi) as (connexion, _):
            source, rang = _source(presentation)
            yield from connexion.execute(
                f"SELECT {champs} FROM {source} ORDER BY {rang}"  # noqa: S608 -- our own names
            )

    def composer(
        self,
        presentation: Presentation,
        expression: Callable[[Sequence[Champ]], str],
        *,
        suivi: Suivi = SANS_SUIVI,
    ) -> Iterator[Bloc]:
        """Run through the lines of a view by blocks that SQLite composes into text.

        It aggregates the lines of a block in the order in which it reads them, that of a rowid.
        """
        rangs = {c.nom: i for i, c in enumerate(self.colonnes)}
        montrees = self.montrees(presentation)
        noms = [f"l.c{rangs[c.nom]}" for c in montrees]
        with self._vue(presentation, suivi) as (connexion, cumuls):
            source, rang = _source(presentation)
            comptes = ", ".join(f"count({nom})" for nom in noms)
            pleins = connexion.execute(
                f"SELECT {comptes} FROM {source}"  # noqa: S608 -- our own names
            ).fetchone()
            total = cumuls[""]
            champs = [
                Champ(nom, c.type, trous=plein != total)
                for nom, c, plein in zip(noms, montrees, pleins, strict=True)
            ]
            ou = f"FROM {source} WHERE {rang} > ? AND {rang} <= ?"
            compose = f"SELECT group_concat({expression(champs)}, ''), count(*) {ou}"
            valeurs = f"SELECT {', '.join(noms)} {ou} ORDER BY {rang}"
            for debut in range(0, total, BLOC):
                bornes = (debut, debut + BLOC)
                texte, nombre = connexion.execute(compose, bornes).fetchone()
                yield Bloc(texte, nombre, partial(_relire, connexion, valeurs, bornes))

    @contextmanager
    def _vue(
        self, presentation: Presentation, suivi: Suivi
    ) -> Iterator[tuple[sqlite3.Connection, Cumuls]]:
        """Open the lines, with the order of a view attached; give its length and sums."""
        if presentation.est_brute:
            with closing(_lire(self.dossier / FICHIER)) as connexion:
                yield connexion, self.cumuls
            return
        ordre = self._ordonner(presentation, suivi)
        with closing(_lire(self.dossier / FICHIER)) as connexion:
            connexion.execute("ATTACH DATABASE ? AS ordre", (_adresse(ordre),))
            cumuls = connexion.execute("SELECT valeur FROM ordre.cumuls").fetchone()[0]
            yield connexion, json.loads(cumuls)

    def est_prete(self, presentation: Presentation) -> bool:
        """Tell whether a window of a view can be read at once."""
        return presentation.est_brute or self._ordre(presentation).is_file()

    def preparer(self, presentation: Presentation, *, suivi: Suivi = SANS_SUIVI) -> None:
        """Build the order of a view, when it is not there yet.

        Raises:
            DisquePlein: it cannot be written.
            TacheAnnulee: the person asked to stop.
        """
        if not presentation.est_brute:
            self._ordonner(presentation, suivi)

    def cle(self, presentation: Presentation) -> str:
        """Return what names the order of a view."""
        conditions = [asdict(c) for c in presentation.conditions]
        cle = json.dumps([presentation.tri, presentation.descendant, conditions])
        return hashlib.sha256(cle.encode()).hexdigest()[:20]

    def _ordre(self, presentation: Presentation) -> Path:
        return self.dossier / f"ordre-{self.cle(presentation)}"

    def _ordonner(self, presentation: Presentation, suivi: Suivi) -> Path:
        """Return the file of a view's order, built when it is not there yet."""
        chemin = self._ordre(presentation)
        if chemin.is_file():
            chemin.touch()
            return chemin
        provisoire = chemin.with_name(f"provisoire-{secrets.token_hex(4)}")
        try:
            lignes = self.dossier / FICHIER
            ordres.construire(
                lignes,
                provisoire,
                self.colonnes,
                presentation,
                suivi=suivi,
                cumuls=self.cumuls,
            )
            provisoire.replace(chemin)
        except (sqlite3.DatabaseError, OSError) as erreur:
            if suivi.annule():
                raise TacheAnnulee from erreur
            if not (self.dossier / FICHIER).is_file():
                raise ResultatIntrouvable from erreur
            if (refus := traduire(erreur, self.dossier)) is not None:
                raise refus from erreur
            raise
        finally:
            provisoire.unlink(missing_ok=True)
        _garder_les_derniers(self.dossier.glob("ordre-*"), ORDRES_GARDES)
        return chemin


def dossier_des_resultats(base: Path) -> Path:
    """Return where the results of a base lie."""
    return base.parent / "resultats"


def nouveau_nom() -> str:
    """Return the name of a new result."""
    return secrets.token_hex(12)


def creer_lignes(cible: sqlite3.Connection, colonnes: Sequence[Colonne]) -> str:
    """Make the table of the lines of a result; returns the statement that adds one.

    Columns are `c0`, `c1`… so that no name of a query meets a word of SQL.
    """
    champs = ", ".join(
        f"c{i} {'INTEGER' if c.type.est_nombre else 'TEXT'}" for i, c in enumerate(colonnes)
    )
    cible.execute(f"CREATE TABLE lignes (ligne INTEGER PRIMARY KEY, {champs})")
    places = ", ".join("?" * (len(colonnes) + 1))
    return f"INSERT INTO lignes VALUES ({places})"  # noqa: S608 -- places only


def decrire(
    cible: sqlite3.Connection,
    requete: Requete,
    valeurs: Sequence[ValeurParametre],
    colonnes: Sequence[Colonne],
    cree_a: datetime,
) -> None:
    """Write in a result file what it is the result of, its length and its sums."""
    description = {
        "numero": requete.numero,
        "titre": requete.titre,
        "parametres": [asdict(v) for v in valeurs],
        "colonnes": [asdict(c) for c in colonnes],
        "cumuls": ordres.sommer(cible, colonnes),
        "cree_a": cree_a.isoformat(),
    }
    cible.execute("CREATE TABLE description (valeur TEXT)")
    cible.execute("INSERT INTO description VALUES (?)", (json.dumps(description),))


def menage(base: Path, gardes: int = GARDES) -> None:
    """Delete all results but the last ones."""
    resultats = dossier_des_resultats(base)
    if resultats.is_dir():
        dossiers = [d for d in resultats.iterdir() if _NOM.fullmatch(d.name)]
        _garder_les_derniers(dossiers, gardes)


def supprimer_resultat(resultat: Resultat) -> None:
    """Delete one result (the command line keeps only its export)."""
    shutil.rmtree(resultat.dossier, ignore_errors=True)


def vider(base: Path) -> None:
    """Delete every result and what an interrupted run left (start of the program)."""
    shutil.rmtree(dossier_des_resultats(base), ignore_errors=True)


def _garder_les_derniers(chemins: Iterable[Path], gardes: int) -> None:
    anciens = sorted(chemins, key=lambda c: (c.stat().st_mtime_ns, c.name), reverse=True)[gardes:]
    for chemin in anciens:
        if chemin.is_dir():
            shutil.rmtree(chemin, ignore_errors=True)
        else:
            with suppress(OSError):  # Windows keeps what somebody still reads
                chemin.unlink(missing_ok=True)


def _source(presentation: Presentation) -> tuple[str, str]:
    """Return where the lines of a view are read from, and by which rank."""
    if presentation.est_brute:
        return "lignes l", "l.ligne"
    return "ordre.rangs o CROSS JOIN lignes l ON l.ligne = o.ligne", "o.rang"


def _relire(
    connexion: sqlite3.Connection, requete: str, bornes: tuple[int, int]
) -> list[tuple[Valeur, ...]]:
    return connexion.execute(requete, bornes).fetchall()


def _adresse(chemin: Path) -> str:
    return f"{chemin.resolve().as_uri()}?mode=ro&immutable=1"


def _lire(chemin: Path) -> sqlite3.Connection:
    return sqlite3.connect(_adresse(chemin), uri=True, check_same_thread=False)
