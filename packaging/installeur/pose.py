"""Lay, mend and remove versions of the program, side by side under one folder.

Standard library and zstandard only: this runs before the program is there.

    racine/versions/0.1.0/clairpaie    one folder a version
    racine/courante -> versions/0.1.0  the one that starts

A version is unpacked under a name that nobody reads, then renamed; the pointer is replaced by
one rename. Killed at any moment, the pointer names the old version or the new one, whole.
"""

import fcntl
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO

import zstandard

POINTEUR = "courante"
VERSIONS = "versions"
PROGRAMME = "clairpaie"
_VERROU = "installation.verrou"
_PARTIEL = ".partiel-"
_ANCIENNES_GARDEES = 1
"""Versions kept beside the current one: where an update that fails goes back to."""


class PoseRefusee(Exception):  # noqa: N818 -- the trade's word, French
    """An installation that cannot be done: what happened, and what the person can do."""

    def __init__(self, message: str, remede: str) -> None:
        super().__init__(message)
        self.remede = remede


def installer(charge: IO[bytes], racine: Path, version: str) -> Path:
    """Unpack a version and make it the current one; also mends one that is there.

    Args:
        charge: the version's folder as a tar compressed by zstd, read once.
        racine: the person's folder of programs; made when absent.
        version: the version's number, as shown.

    Returns:
        The program, by the pointer: this path stays true from one version to the next.

    Raises:
        PoseRefusee: another installation runs, the disk is full or refuses, the charge is damaged.
            The current version is unchanged.
    """
    with _seul(racine):
        _balayer(racine)
        partiel = racine / VERSIONS / f"{_PARTIEL}{version}"
        try:
            _deballer(charge, partiel)
            nouvelle = _nom_libre(racine / VERSIONS, version)
            partiel.rename(nouvelle)
            _viser(racine, nouvelle)
        except OSError as erreur:
            shutil.rmtree(partiel, ignore_errors=True)
            raise PoseRefusee(
                f"Le disque n’a pas permis l’installation : {erreur.strerror or erreur}.",
                "Libérez 600 Mo dans votre dossier personnel, puis recommencez.",
            ) from erreur
        _oublier_les_anciennes(racine)
    return racine / POINTEUR / PROGRAMME


def version_courante(racine: Path) -> Path | None:
    """Return the folder of the version that starts; nothing when none is installed."""
    pointeur = racine / POINTEUR
    return pointeur.resolve() if (pointeur / PROGRAMME).is_file() else None


def desinstaller(racine: Path) -> None:
    """Remove every version, the pointer first; nothing else of the person's is touched.

    Raises:
        PoseRefusee: another installation runs.
    """
    if not racine.is_dir():
        return
    with _seul(racine):
        (racine / POINTEUR).unlink(missing_ok=True)
        shutil.rmtree(racine / VERSIONS, ignore_errors=True)
        (racine / _VERROU).unlink()
    if not any(racine.iterdir()):
        racine.rmdir()


@contextmanager
def _seul(racine: Path) -> Iterator[None]:
    """Hold the folder against another installation; the system frees it when we die."""
    racine.mkdir(parents=True, exist_ok=True)
    (racine / VERSIONS).mkdir(exist_ok=True)
    with (racine / _VERROU).open("ab") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as erreur:
            raise PoseRefusee(
                "Une autre installation de Clairpaie est en cours.",
                "Attendez qu’elle se termine, puis recommencez.",
            ) from erreur
        yield


def _balayer(racine: Path) -> None:
    """Remove what a killed installation left."""
    for reste in (racine / VERSIONS).glob(f"{_PARTIEL}*"):
        shutil.rmtree(reste, ignore_errors=True)
    (racine / f"{_PARTIEL}{POINTEUR}").unlink(missing_ok=True)


def _extraire(archive: tarfile.TarFile, partiel: Path) -> None:
    """Unpack what stays within the folder; Python filters by itself since 3.11.4."""
    if hasattr(tarfile, "data_filter"):
        archive.extractall(partiel, filter="data")
        return
    lieu = partiel.resolve()
    for membre in archive:
        cible = (lieu / membre.name).resolve()
        lien = (cible.parent / membre.linkname).resolve() if membre.issym() else cible
        permis = membre.isreg() or membre.isdir() or membre.issym()
        if not (permis and cible.is_relative_to(lieu) and lien.is_relative_to(lieu)):
            raise tarfile.ReadError(membre.name)
        archive.extract(membre, partiel)


def _deballer(charge: IO[bytes], partiel: Path) -> None:
    partiel.mkdir()
    try:
        with (
            zstandard.ZstdDecompressor().stream_reader(charge) as flux,
            tarfile.open(fileobj=flux, mode="r|") as archive,
        ):
            _extraire(archive, partiel)
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as erreur:
        shutil.rmtree(partiel, ignore_errors=True)
        raise _incomplet() from erreur
    if not (partiel / PROGRAMME).is_file():
        shutil.rmtree(partiel, ignore_errors=True)
        raise _incomplet()
    os.sync()  # what the pointer will name is on the disk before it does


def _incomplet() -> PoseRefusee:
    return PoseRefusee(
        "Ce fichier d’installation est incomplet ou abîmé.",
        "Téléchargez-le ou copiez-le de nouveau, puis recommencez.",
    )


def _nom_libre(versions: Path, version: str) -> Path:
    """Return a folder for a version; a mended one lies beside what it replaces."""
    noms = (version if essai == 0 else f"{version}.r{essai}" for essai in count())
    return next(versions / nom for nom in noms if not (versions / nom).exists())


def _viser(racine: Path, nouvelle: Path) -> None:
    """Make the pointer name a version, in one rename."""
    provisoire = racine / f"{_PARTIEL}{POINTEUR}"
    provisoire.symlink_to(nouvelle.relative_to(racine))
    provisoire.replace(racine / POINTEUR)
    descripteur = os.open(racine, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def _oublier_les_anciennes(racine: Path) -> None:
    """Remove versions older than the one before the current."""
    courante = version_courante(racine)
    autres = [v for v in (racine / VERSIONS).iterdir() if v.resolve() != courante]
    for ancienne in sorted(autres, key=lambda v: -v.stat().st_mtime_ns)[_ANCIENNES_GARDEES:]:
        shutil.rmtree(ancienne, ignore_errors=True)
