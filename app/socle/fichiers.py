"""Files: written beside and renamed, flushed to the disk; the data folder made ready."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.socle.errors import DisquePlein, DossierIllisible

_PLEIN = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DROITS = "vous n'avez pas le droit d'y écrire, ou un fichier y est ouvert ailleurs"
_CAUSES = {
    errno.EACCES: _DROITS,
    errno.EPERM: _DROITS,
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "il n'existe pas",
    errno.ENOTDIR: "un fichier porte ce nom",
    errno.EEXIST: "un fichier porte ce nom",
    errno.EISDIR: "un dossier porte le nom du fichier",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.EIO: "le disque ne répond pas",
    errno.ENODEV: "le disque n'est plus branché",
    errno.ENXIO: "le disque n'est plus branché",
    errno.ETIMEDOUT: "le réseau ne répond pas",
    errno.EHOSTUNREACH: "le réseau ne répond pas",
    errno.ENETUNREACH: "le réseau ne répond pas",
    errno.ENOTCONN: "le réseau ne répond pas",
}


def est_plein(erreur: OSError | None) -> bool:
    """Tell whether the system refused for want of room: disk, quota, greatest size of file."""
    return erreur is not None and erreur.errno in _PLEIN


def cause(erreur: OSError) -> str:
    """Say in French, in the middle of a sentence, why the system refused a file or a folder."""
    if est_plein(erreur):
        return "il n'y a plus de place"
    return _CAUSES.get(erreur.errno or 0, f"le système répond « {erreur.strerror or erreur} »")


def _traduire(erreur: OSError, chemin: Path) -> Exception:
    if est_plein(erreur):
        return DisquePlein(str(chemin))
    return DossierIllisible(str(chemin), cause(erreur))


@contextmanager
def traduire_ecriture(dossier: Path) -> Iterator[None]:
    """Say in words why the system refuses to write in a folder.

    Raises:
        DossierIllisible, DisquePlein: see there.
    """
    try:
        yield
    except OSError as erreur:
        raise _traduire(erreur, dossier) from erreur


def preparer_dossier(dossier: Path) -> None:
    """Make a folder and make sure that it can be written.

    Raises:
        DossierIllisible: no rights, a file stands there, or the disk is read-only.
        DisquePlein: no room.
    """
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=dossier, prefix=".essai-") as essai:
            essai.write(b"x")
            essai.flush()
    except OSError as erreur:
        raise _traduire(erreur, dossier) from erreur


@contextmanager
def remplacer(destination: Path) -> Iterator[Path]:
    """Give a temporary path beside the destination; renamed onto it when all went well.

    On any error the temporary file is removed and the destination is as it was. A new file
    can be read by nobody else; one that is replaced keeps its rights.

    Raises:
        DossierIllisible, DisquePlein: the folder cannot be written.
    """
    try:
        poignee, nom = tempfile.mkstemp(dir=destination.parent, prefix=f".{destination.name}.")
        os.close(poignee)
    except OSError as erreur:
        raise _traduire(erreur, destination.parent) from erreur
    provisoire = Path(nom)
    try:
        yield provisoire
        if destination.exists():
            shutil.copymode(destination, provisoire)
        with provisoire.open("rb+") as fichier:
            os.fsync(fichier.fileno())
        provisoire.replace(destination)
        graver(destination.parent)
    except OSError as erreur:
        raise _traduire(erreur, destination.parent) from erreur
    finally:
        provisoire.unlink(missing_ok=True)


def graver(dossier: Path) -> None:
    """Make the new name survive a power cut (Windows does it by itself)."""
    if os.name == "posix":
        poignee = os.open(dossier, os.O_RDONLY)
        try:
            os.fsync(poignee)
        finally:
            os.close(poignee)


def ecrire_texte(destination: Path, texte: str) -> None:
    """Write a small text file in one atomic step, UTF-8."""
    with remplacer(destination) as provisoire:
        provisoire.write_text(texte, encoding="utf-8")
