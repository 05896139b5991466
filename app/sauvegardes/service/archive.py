"""One backup file: written from a running base, read back, opened again.

The base is held still (people go on working), checked, compressed, encrypted if asked, written
under a temporary name, flushed, read back and renamed last.
"""

import hashlib
import os
import sqlite3
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyrage
import zstandard

from app.sauvegardes.errors import (
    BaseASauvegarderAbimee,
    RelectureDifferente,
    SauvegardeIllisible,
    SauvegardeVerrouillee,
)
from app.sauvegardes.rules import manifeste as m
from app.sauvegardes.rules.manifeste import Manifeste
from app.sauvegardes.service import cles
from app.sauvegardes.service.cles import Cles
from app.sauvegardes.service.empreinte import Empreinte, Puits, ecouler
from app.socle.fichiers import remplacer
from app.socle.taches import SANS_SUIVI, Suivi

MORCEAU = 1 << 20
PAGES = 4_096
"""Pages copied between two looks at the cancel button."""
ESSAIS = 5
"""Tries to find the journal empty before a copy is made instead."""
NIVEAU = 1
"""zstd: half the time of level 3 for 2 % more bytes, measured on bulletins."""
_JOUR_ZIP = (1980, 1, 1, 0, 0, 0)


def copier_base(source: Path, copie: Path, suivi: Suivi = SANS_SUIVI) -> None:
    """Copy a base that is in use, from one snapshot; nobody waits.

    Raises:
        TacheAnnulee: the person asked to stop.
    """

    def avancer(_etat: int, reste: int, total: int) -> None:
        suivi.etape("Copie de la base", total - reste, total)

    with closing(_connexion(source)) as ici, closing(sqlite3.connect(copie)) as la:
        ici.execute("BEGIN")
        ici.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()  # holds the snapshot
        la.execute("PRAGMA synchronous = OFF")  # a passing file: what counts is flushed later
        ici.backup(la, pages=PAGES, progress=avancer, sleep=0)
        la.execute("PRAGMA journal_mode = DELETE")


def _connexion(base: Path) -> sqlite3.Connection:
    uri = f"{base.resolve().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


@dataclass(frozen=True, slots=True)
class Instantane:
    """A base that does not change: its file, and a connection that sees just that."""

    fichier: Path
    connexion: sqlite3.Connection


@contextmanager
def immobiliser(source: Path, atelier: Path, suivi: Suivi = SANS_SUIVI) -> Iterator[Instantane]:
    """Give a base that stands still while people go on working.

    Once the journal (WAL) is emptied into the base, a reader that began before anything new
    was written reads the base file alone, and SQLite writes nothing to that file until it
    ends: new work waits in the journal. The file can then be read as it is, without a copy.
    When people write too fast for that, a copy is made in the working folder.

    Source:
        SQLite, « WAL-mode file format », 2.4.3: a checkpoint needs WAL_READ_LOCK(0).
    """
    for _ in range(ESSAIS):
        with closing(_connexion(source)) as lecteur:
            if _commencer_apres_le_journal(source, lecteur):
                yield Instantane(source, lecteur)
                return
    with tempfile.TemporaryDirectory(dir=atelier, prefix="copie-") as dossier:
        copie = Path(dossier) / "base.sqlite3"
        copier_base(source, copie, suivi)
        with closing(_connexion(copie)) as lecteur:
            yield Instantane(copie, lecteur)


def _commencer_apres_le_journal(source: Path, lecteur: sqlite3.Connection) -> bool:
    """Empty the journal, then begin to read; tells whether nothing was written in between."""
    journal = source.with_name(f"{source.name}-wal")
    with closing(sqlite3.connect(source, timeout=1)) as base:
        (occupe, *_) = base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    lecteur.execute("BEGIN")
    lecteur.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    return not occupe and journal.exists() and journal.stat().st_size == 0


def examiner(connexion: sqlite3.Connection, *, a_fond: bool = True) -> None:
    """Check a base through and through, or all but its indexes (three times faster).

    Raises:
        BaseASauvegarderAbimee: SQLite found something wrong.
    """
    controle = "integrity_check" if a_fond else "quick_check"
    try:
        connexion.execute("PRAGMA cache_size = -64000")
        (resultat,) = connexion.execute(f"PRAGMA {controle}(1)").fetchone()
    except sqlite3.DatabaseError as erreur:
        raise BaseASauvegarderAbimee("sa structure interne est abîmée") from erreur
    if resultat != "ok":
        raise BaseASauvegarderAbimee("sa structure interne est abîmée")


def _lire(fichier: IO[bytes]) -> Iterator[bytes]:
    while morceau := fichier.read(MORCEAU):
        yield morceau


@contextmanager
def _tuyau(action: Callable[[IO[bytes], IO[bytes]], None], vers: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes go through an action, in a thread, to another stream."""
    lecture, ecriture = os.pipe()
    erreurs: list[BaseException] = []

    def mener() -> None:
        with os.fdopen(lecture, "rb") as entree:
            try:
                action(entree, vers)
            except BaseException as erreur:  # noqa: BLE001 -- raised again by the writer's side
                erreurs.append(erreur)
                for _ in _lire(entree):
                    pass

    fil = threading.Thread(target=mener, name="chiffrement")
    fil.start()
    try:
        with os.fdopen(ecriture, "wb", buffering=MORCEAU) as sortie:
            yield sortie
    finally:
        fil.join()
    if erreurs:
        raise erreurs[0]


def _compresser(base: Path, vers: IO[bytes], suivi: Suivi) -> tuple[str, int]:
    """Compress a file into a stream; returns its SHA-256 and its size in bytes."""
    taille = base.stat().st_size
    compresseur = zstandard.ZstdCompressor(
        level=NIVEAU, threads=os.cpu_count() or 1, write_checksum=True
    )
    with (
        base.open("rb") as lu,
        compresseur.stream_writer(vers, size=taille, closefd=False) as zst,
        Empreinte(zst, suivi, "Compression", taille) as passage,
    ):
        for morceau in _lire(lu):
            passage.write(morceau)
    return passage.somme, passage.taille


def _entree(nom: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(nom, _JOUR_ZIP)
    info.external_attr = 0o644 << 16
    return info


def _remplir(
    zip_: zipfile.ZipFile, base: Path, vers: list[Any] | None, suivi: Suivi
) -> tuple[str, int]:
    """Write the base into the archive; returns its SHA-256 and its size in bytes."""
    nom = m.BASE if vers is None else m.BASE_CHIFFREE
    with zip_.open(_entree(nom), "w", force_zip64=True) as sortie:
        if vers is None:
            return _compresser(base, sortie, suivi)

        def chiffrer(entree: IO[bytes], dehors: IO[bytes]) -> None:
            pyrage.encrypt_io(entree, dehors, vers)

        with _tuyau(chiffrer, sortie) as clair:
            resultat = _compresser(base, clair, suivi)
    return resultat


def _sceller(chemin: Path) -> None:
    """Write the digest of the file over its comment."""
    somme = _somme(chemin)
    with chemin.open("rb+") as fichier:
        fichier.seek(-m.EMPREINTE, os.SEEK_END)
        fichier.write(somme.encode())


def _somme(chemin: Path) -> str:
    """Return the SHA-256 of a backup file, its comment left out."""
    somme, reste = hashlib.sha256(), chemin.stat().st_size - m.EMPREINTE
    with chemin.open("rb") as fichier:
        while reste > 0 and (morceau := fichier.read(min(MORCEAU, reste))):
            somme.update(morceau)
            reste -= len(morceau)
    return somme.hexdigest()


def empreinte_du_fichier(chemin: Path) -> str:
    """Return the SHA-256 of a whole file."""
    with chemin.open("rb") as fichier:
        return hashlib.file_digest(fichier, "sha256").hexdigest()


def ecrire(
    base: Instantane,
    destination: Path,
    decrire: Callable[[int, str], Manifeste],
    chiffrement: Cles | None = None,
    suivi: Suivi = SANS_SUIVI,
    *,
    a_fond: bool = True,
) -> Manifeste:
    """Write a backup from a base that stands still; it bears its name only once it was read back.

    Args:
        base: a base that stands still (`immobiliser`).
        destination: the backup file.
        decrire: makes the manifest from the size and the SHA-256 of the base.
        chiffrement: the keys of the script, None for a clear backup.
        suivi: progress and cancel.
        a_fond: check the indexes of the base too.

    Raises:
        BaseASauvegarderAbimee: the base is not sound.
        RelectureDifferente: what was read back is not what was written.
        DossierIllisible, DisquePlein: the destination.
        TacheAnnulee: the person asked to stop.
    """
    passagere = pyrage.x25519.Identity.generate() if chiffrement else None
    pour: list[Any] | None = None
    if chiffrement is not None and passagere is not None:
        pour = [pyrage.x25519.Recipient.from_str(chiffrement.publique), passagere.to_public()]
    with ThreadPoolExecutor(1) as atelier, remplacer(destination) as provisoire:
        examen = atelier.submit(examiner, base.connexion, a_fond=a_fond)
        with zipfile.ZipFile(provisoire, "w", zipfile.ZIP_STORED) as zip_:
            zip_.comment = b"0" * m.EMPREINTE
            zip_.writestr(_entree(m.LISEZMOI), m.lisezmoi(chiffree=pour is not None))
            if chiffrement is not None:
                zip_.writestr(_entree(m.CLE), chiffrement.enveloppe)
            somme, taille = _remplir(zip_, base.fichier, pour, suivi)
            manifeste = decrire(taille, somme)
            zip_.writestr(_entree(m.MANIFESTE), manifeste.en_json())
        _sceller(provisoire)
        vider_le_cache(provisoire)
        suivi.etape("Relecture")
        _relire(provisoire, destination, passagere)
        examen.result()
    return manifeste


def vider_le_cache(chemin: Path) -> None:
    """Flush a file and forget what memory holds of it, so that reading it back reads the disk."""
    with chemin.open("rb+") as fichier:
        os.fsync(fichier.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(fichier.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _relire(provisoire: Path, destination: Path, passagere: Any) -> None:
    try:
        verifier(provisoire, passagere)
    except (SauvegardeIllisible, SauvegardeVerrouillee) as erreur:
        raise RelectureDifferente(str(destination.parent)) from erreur


def lire_manifeste(chemin: Path) -> Manifeste:
    """Return what a backup says of itself, its digest checked.

    Raises:
        SauvegardeIllisible: it is no backup, or it is damaged.
    """
    with _ouvrir(chemin) as zip_:
        return _manifeste(zip_, chemin)


def apercu(chemin: Path) -> Manifeste | None:
    """Return what a file says of itself, its digest not checked; None when it is no backup."""
    try:
        with zipfile.ZipFile(chemin) as zip_:
            return _manifeste(zip_, chemin)
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, ValueError, SauvegardeIllisible):
        return None


@contextmanager
def _ouvrir(chemin: Path) -> Iterator[zipfile.ZipFile]:
    nom = chemin.name
    try:
        if chemin.stat().st_size <= m.EMPREINTE:
            raise SauvegardeIllisible(nom, "le fichier est vide ou inachevé")
        with zipfile.ZipFile(chemin) as zip_:
            if zip_.comment != _somme(chemin).encode():
                raise SauvegardeIllisible(nom, "le fichier a été modifié ou s'est abîmé")
            yield zip_
    except FileNotFoundError as erreur:
        raise SauvegardeIllisible(nom, "le fichier n'est plus là") from erreur
    except (zipfile.BadZipFile, KeyError, EOFError, zstandard.ZstdError) as erreur:
        raise SauvegardeIllisible(nom, "le fichier est abîmé ou n'en est pas une") from erreur
    except (NotImplementedError, RuntimeError, ValueError) as erreur:
        raise SauvegardeIllisible(nom, "le fichier est abîmé") from erreur


def _manifeste(zip_: zipfile.ZipFile, chemin: Path) -> Manifeste:
    return m.lire_manifeste(zip_.read(m.MANIFESTE), chemin.name)


def _derouler(
    zip_: zipfile.ZipFile, fiche: Manifeste, identite: Any, puits: Empreinte, nom: str
) -> None:
    """Send the base of a backup, in clear, into a sink."""
    expander = zstandard.ZstdDecompressor()

    def etendre(entree: IO[bytes], _dehors: IO[bytes]) -> None:
        expander.copy_stream(entree, puits, read_size=MORCEAU, write_size=MORCEAU)  # type: ignore[arg-type]

    if not fiche.chiffree:
        with zip_.open(m.BASE) as entree:
            etendre(entree, entree)
        return
    if identite is None:
        raise SauvegardeVerrouillee(nom)
    with zip_.open(m.BASE_CHIFFREE) as entree:
        try:
            with _tuyau(etendre, entree) as clair:
                pyrage.decrypt_io(entree, clair, [identite])
        except pyrage.DecryptError as erreur:
            raise SauvegardeVerrouillee(nom) from erreur


def verifier(
    chemin: Path,
    identite: Any = None,
    vers: Puits | None = None,
    suivi: Suivi = SANS_SUIVI,
) -> Manifeste:
    """Read a whole backup: its digest, its parts, the SHA-256 of the base inside.

    Args:
        chemin: the backup file.
        identite: the private key of an encrypted one (`cle_de`).
        vers: where to write the base as well, if anywhere.
        suivi: progress and cancel.

    Raises:
        SauvegardeIllisible: it is damaged.
        SauvegardeVerrouillee: it is encrypted and the key is not the right one.
        TacheAnnulee: the person asked to stop.
    """
    with _ouvrir(chemin) as zip_:
        fiche = _manifeste(zip_, chemin)
        with Empreinte(vers, suivi, "Lecture de la sauvegarde", fiche.taille) as puits:
            _derouler(zip_, fiche, identite, puits, chemin.name)
    if (puits.taille, puits.somme) != (fiche.taille, fiche.sha256):
        raise SauvegardeIllisible(chemin.name, "la base qu'elle contient n'est pas celle annoncée")
    return fiche


def cle_de(chemin: Path, saisie: str) -> Any:
    """Return the private key of an encrypted backup from what a person typed.

    Raises:
        SauvegardeIllisible: it is no backup.
        SauvegardeVerrouillee: this is not its key.
    """
    with _ouvrir(chemin) as zip_:
        if not _manifeste(zip_, chemin).chiffree:
            return None
        identite = cles.ouvrir(saisie, zip_.read(m.CLE))
    if identite is None:
        raise SauvegardeVerrouillee(chemin.name)
    return identite


def extraire(
    chemin: Path,
    base: Path,
    identite: Any = None,
    suivi: Suivi = SANS_SUIVI,
    *,
    examen: bool = False,
) -> Manifeste:
    """Write the base of a backup to a file: byte for byte the one that was checked when saved.

    `examen` has SQLite check it again.

    Raises:
        SauvegardeIllisible, SauvegardeVerrouillee, DossierIllisible, DisquePlein, TacheAnnulee.
    """
    with remplacer(base) as provisoire:
        with provisoire.open("wb") as sortie, ecouler(sortie) as ecoule:
            fiche = verifier(chemin, identite, ecoule, suivi)
        if not examen:
            return fiche
        suivi.etape("Examen de la base")
        try:
            with closing(_connexion(provisoire)) as extraite:
                examiner(extraite)
        except BaseASauvegarderAbimee as erreur:
            raise SauvegardeIllisible(chemin.name, erreur.cause) from erreur
    return fiche
