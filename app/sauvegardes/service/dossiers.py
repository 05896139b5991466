"""The folders where backups go, local or on the network: can they take one, what is in them.

Rules:
- A folder is made when a script is set up, never by a run: under the place of a stick that is
  not plugged in, it would fill the wrong disk.
- What has to answer at once (a screen) does not wait for a share that is gone.
"""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from app.sauvegardes.errors import EmplacementIndisponible
from app.sauvegardes.rules.manifeste import SUFFIXE
from app.sauvegardes.rules.script import prefixe
from app.socle import fichiers

_ABSENT = "il n'existe pas : renommé, déplacé, ou le disque qui le porte n'est pas branché"
_AILLEURS = (
    "Branchez le disque ou la clé, rétablissez le partage réseau, ou indiquez un autre dossier "
    "avec « Parcourir »."
)
_DROITS = "Donnez-vous le droit d'y écrire, ou indiquez un autre dossier avec « Parcourir »."
_PLACE = "Libérez de la place sur ce disque, ou indiquez un autre dossier avec « Parcourir »."
_PATIENCE = 2.0
_RESTE = timedelta(hours=1)
_log = logging.getLogger(__name__)


def absolu(dossier: str) -> Path:
    """Return the path of a folder as it was typed."""
    return Path(dossier).expanduser()


def preparer(dossier: str) -> None:
    """Make the folder of a script ready when it is set up; its parent has to be there.

    Raises:
        EmplacementIndisponible: it cannot take a backup.
    """
    chemin = absolu(dossier)
    if not chemin.exists() and chemin.parent.is_dir():
        try:
            chemin.mkdir()
        except OSError as erreur:
            raise refus(dossier, erreur) from erreur
    examiner(dossier)


def refus(dossier: str, erreur: OSError) -> EmplacementIndisponible:
    """Say why the system refused a folder, and what to do."""
    if fichiers.est_plein(erreur):
        return plein(dossier)
    conseil = _DROITS if isinstance(erreur, PermissionError) else _AILLEURS
    return EmplacementIndisponible(dossier, fichiers.cause(erreur), conseil)


def plein(dossier: str) -> EmplacementIndisponible:
    """Say that a folder has no room left."""
    return EmplacementIndisponible(dossier, "il n'y a plus de place", _PLACE)


def examiner(dossier: str, besoin: int = 0, *, ecrire: bool = True) -> None:
    """Make sure that a folder can take a backup now.

    Args:
        dossier: its address.
        besoin: bytes that it has to have room for.
        ecrire: write a small file to be sure; false only asks the system.

    Raises:
        EmplacementIndisponible: with the cause and the remedy.
    """
    chemin = absolu(dossier)
    try:
        if not chemin.exists():
            raise EmplacementIndisponible(dossier, _ABSENT, _AILLEURS)
        if not chemin.is_dir():
            raise EmplacementIndisponible(dossier, "c'est un fichier", _AILLEURS)
        if not os.access(chemin, os.W_OK):
            cause = "vous n'avez pas le droit d'y écrire"
            raise EmplacementIndisponible(dossier, cause, _DROITS)
        if shutil.disk_usage(chemin).free <= besoin:
            raise plein(dossier)
        if ecrire:
            with tempfile.NamedTemporaryFile(dir=chemin, prefix=".essai-") as essai:
                essai.write(b"x")
                essai.flush()
    except OSError as erreur:
        raise refus(dossier, erreur) from erreur


def libre(dossier: str) -> int:
    """Return the free bytes of the disk of a folder."""
    return shutil.disk_usage(absolu(dossier)).free


def sonder(dossier: str) -> EmplacementIndisponible | None:
    """Return what is wrong with a folder, within two seconds whatever the network does."""
    trouve: list[EmplacementIndisponible] = []

    def regarder() -> None:
        try:
            examiner(dossier, ecrire=False)
        except EmplacementIndisponible as refuse:
            trouve.append(refuse)

    fil = threading.Thread(target=regarder, name="sonde", daemon=True)
    fil.start()
    fil.join(_PATIENCE)
    if fil.is_alive():
        return EmplacementIndisponible(dossier, "il ne répond pas", _AILLEURS)
    return trouve[0] if trouve else None


def lister(dossier: str, nom: str) -> Iterator[Path]:
    """Run through the backup files of a script in a folder; nothing when it is gone."""
    try:
        presents = sorted(absolu(dossier).glob(f"{prefixe(nom)}-*{SUFFIXE}"))
    except OSError:
        return
    yield from presents


def supprimer(fichier: Path) -> bool:
    """Delete a backup file; tells whether it is gone."""
    try:
        fichier.unlink(missing_ok=True)
    except OSError as erreur:
        _log.warning("backup.kept file=%s reason=%s", fichier, erreur)
        return False
    return True


def menage(dossier: Path, motif: str, maintenant: datetime) -> None:
    """Remove what a run that was killed left behind, once nobody can be writing it any more."""
    for reste in dossier.glob(motif):
        try:
            if maintenant.timestamp() - reste.stat().st_mtime < _RESTE.total_seconds():
                continue
            if reste.is_dir():
                shutil.rmtree(reste)
            else:
                reste.unlink()
        except OSError:  # tried again next time
            continue
