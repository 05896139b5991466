"""Use case: verify the base, its links and its journal, on a read-only connection."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.socle.base import Base, connexion_lecture, traduire
from app.socle.errors import BaseEndommagee, TacheAnnulee
from app.socle.taches import SANS_SUIVI, Suivi
from app.verification.rules import Controle, Verification

MONTRES = 20
"""Defects named for one check; the others are only counted."""
_PAS = 100_000
"""SQLite instructions between two questions whether to go on."""


def verifier(base: Path, suivi: Suivi = SANS_SUIVI) -> Verification:
    """Check a base file from end to end; nothing is written.

    Raises:
        BaseEndommagee: the file cannot even be read.
        TacheAnnulee: the person asked to stop.
    """
    controles = (
        ("Intégrité du fichier", _integrite),
        ("Liens entre les fiches", _liens),
        ("Journal des modifications", _journal),
    )
    faits: list[Controle] = []
    try:
        with closing(connexion_lecture(base)) as connexion:
            connexion.set_progress_handler(suivi.annule, _PAS)
            for rang, (nom, controler) in enumerate(controles):
                suivi.etape(nom, rang, len(controles))
                defauts = controler(connexion)
                faits.append(Controle(nom, _abreger(defauts)))
    except sqlite3.DatabaseError as erreur:
        if suivi.annule():
            raise TacheAnnulee from erreur
        refus = traduire(erreur, base)
        raise refus or BaseEndommagee(str(base), str(erreur)) from erreur
    return Verification(tuple(faits))


def _abreger(defauts: list[str]) -> tuple[str, ...]:
    reste = len(defauts) - MONTRES
    return (*defauts[:MONTRES], *((f"… et {reste} de plus",) if reste > 0 else ()))


def _integrite(connexion: sqlite3.Connection) -> list[str]:
    lignes = [str(texte) for (texte,) in connexion.execute("PRAGMA integrity_check")]
    return [] if lignes == ["ok"] else lignes


def _liens(connexion: sqlite3.Connection) -> list[str]:
    return [
        f"{table}, fiche {rang} : {parent} n'existe plus"
        for table, rang, parent, _ in connexion.execute("PRAGMA foreign_key_check")
    ]


def _journal(connexion: sqlite3.Connection) -> list[str]:
    """Every journalled record must have at least one entry: nothing was written beside us."""
    defauts = []
    for mappeur in Base.registry.mappers:
        classe = mappeur.class_
        if not classe.libelle_journal or not classe.journal_automatique:
            continue
        table = classe.__tablename__
        requete = (
            f"SELECT id FROM {table} f WHERE NOT EXISTS "  # noqa: S608 -- our own table names
            "(SELECT 1 FROM journal j WHERE j.objet = ? AND j.objet_id = f.id)"
        )
        defauts += [
            f"{classe.libelle_journal} n° {numero} : aucune trace dans le journal"
            for (numero,) in connexion.execute(requete, (table,))
        ]
    return sorted(defauts)
