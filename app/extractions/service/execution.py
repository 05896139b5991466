"""Running a query: rows stream from a read-only connection into a result file.

Rules:
- Never more than a batch of rows in memory.
- A cancelled or failed run leaves nothing.
- The result is complete or absent: it is written under a temporary name and renamed.
"""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.extractions.errors import RequeteEnEchec, ValeurInattendue
from app.extractions.rules import Colonne, Requete, ValeurParametre, afficher
from app.extractions.rules.colonnes import Valeur, controle
from app.extractions.service import catalogue
from app.extractions.service.ordres import PAS
from app.extractions.service.resultats import (
    FICHIER,
    Resultat,
    creer_lignes,
    decrire,
    dossier_des_resultats,
    menage,
    nouveau_nom,
)
from app.noyau.typographie import grouper
from app.socle import horloge
from app.socle.base import traduire
from app.socle.errors import TacheAnnulee
from app.socle.fichiers import preparer_dossier
from app.socle.taches import SANS_SUIVI, Suivi

LOT = 2_000
"""Lines in memory at once."""
PREMIERES = 100
"""Lines read before the others, to be shown while these come."""
APERCU = 12
"""Lines of them that are shown."""


@dataclass(frozen=True, slots=True)
class Lecture:
    """Lines to keep: their columns, and what checks the values of each."""

    colonnes: tuple[Colonne, ...]
    controles: tuple[Callable[[object], Valeur], ...]
    lignes: sqlite3.Cursor


@dataclass(frozen=True, slots=True)
class PremieresLignes:
    """The first lines of a query that still runs, as texts, all columns."""

    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[str, ...], ...]


Lecteur = Callable[[Requete, sqlite3.Cursor, Suivi], Lecture]
"""Says the columns of the lines that a query gives."""


def executer_requete(
    base: Path,
    requete: Requete,
    valeurs: Sequence[ValeurParametre],
    *,
    suivi: Suivi = SANS_SUIVI,
    ouvrir: Callable[[Path], sqlite3.Connection] = catalogue.ouvrir_base,
    lire: Lecteur | None = None,
    montrer: Callable[[PremieresLignes], None] | None = None,
) -> Resultat:
    """Run a query into a new result file.

    Args:
        base: the base file.
        requete: the query.
        valeurs: its parameters.
        suivi: told how far it is, asked whether to go on.
        ouvrir: gives the connection.
        lire: says the columns of the lines; nothing: as the header and the names do.
        montrer: receives the first lines as soon as they are known, if any.

    Raises:
        RequeteEnEchec: SQLite refused it.
        ValeurInattendue: a column holds a value that is not of its type.
        DisquePlein, DossierIllisible: the result cannot be written.
        TacheAnnulee: the person asked to stop; nothing is left.
    """
    resultats = dossier_des_resultats(base)
    preparer_dossier(resultats)
    nom = nouveau_nom()
    provisoire = resultats / f".{nom}"
    provisoire.mkdir()
    try:
        with closing(ouvrir(base)) as source:
            copie = _Copie(requete, valeurs, suivi, lire or _lire, montrer)
            _remplir(source, provisoire / FICHIER, copie)
        provisoire.rename(resultats / nom)
    except (sqlite3.DatabaseError, OSError) as erreur:
        if (refus := traduire(erreur, resultats)) is not None:
            raise refus from erreur
        raise RequeteEnEchec(requete.designation, str(erreur)) from erreur
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)
    menage(base)
    return Resultat.ouvrir(base, nom)


@dataclass(frozen=True, slots=True)
class _Copie:
    """What a run reads, by what values, and who follows it."""

    requete: Requete
    valeurs: Sequence[ValeurParametre]
    suivi: Suivi
    lire: Lecteur
    montrer: Callable[[PremieresLignes], None] | None


def _remplir(source: sqlite3.Connection, fichier: Path, copie: _Copie) -> None:
    suivi, requete = copie.suivi, copie.requete
    suivi.etape("Interrogation de la base")
    with closing(sqlite3.connect(fichier)) as cible:
        source.set_progress_handler(suivi.annule, PAS)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "page_size = 8192"):
            cible.execute(f"PRAGMA {pragma}")
        try:
            lignes = source.execute(requete.sql, {v.nom: v.valeur for v in copie.valeurs})
            lecture = copie.lire(requete, lignes, suivi)
            _copier(lecture, cible, copie)
        except sqlite3.OperationalError as erreur:
            if suivi.annule() and "interrupt" in str(erreur):
                raise TacheAnnulee from erreur
            raise
        decrire(cible, requete, copie.valeurs, lecture.colonnes, horloge.maintenant())
        cible.commit()


def _lire(requete: Requete, lignes: sqlite3.Cursor, _suivi: Suivi) -> Lecture:
    """Read the lines of a query whose columns are known by its header and their names."""
    noms = [d[0] for d in lignes.description]
    colonnes = requete.decrire_colonnes(noms, catalogue.dictionnaire())
    return Lecture(colonnes, tuple(controle(c.type) for c in colonnes), lignes)


def _copier(lecture: Lecture, cible: sqlite3.Connection, copie: _Copie) -> None:
    insertion = creer_lignes(cible, lecture.colonnes)
    fait = 0
    while lot := lecture.lignes.fetchmany(LOT if fait else PREMIERES):
        propres = []
        for rang, ligne in enumerate(lot, fait + 1):
            try:
                valeurs = [f(v) for f, v in zip(lecture.controles, ligne, strict=True)]
            except ValueError as erreur:
                fautive = _fautive(ligne, lecture)
                raise ValeurInattendue(copie.requete.designation, rang, fautive) from erreur
            propres.append((rang, *valeurs))
        if not fait and copie.montrer is not None:
            copie.montrer(_apercevoir(lecture.colonnes, propres[:APERCU]))
        cible.executemany(insertion, propres)
        fait += len(lot)
        copie.suivi.etape(f"Lecture des lignes : {grouper(fait)}", fait)


def _apercevoir(
    colonnes: tuple[Colonne, ...], lignes: Sequence[tuple[Valeur, ...]]
) -> PremieresLignes:
    textes = (
        tuple(afficher(v, c.type) for v, c in zip(ligne[1:], colonnes, strict=True))
        for ligne in lignes
    )
    return PremieresLignes(colonnes, tuple(textes))


def _fautive(ligne: Sequence[object], lecture: Lecture) -> str:
    colonnes = zip(ligne, lecture.controles, lecture.colonnes, strict=True)
    for valeur, controler, colonne in colonnes:
        try:
            controler(valeur)
        except ValueError:
            return colonne.nom
    return ""
