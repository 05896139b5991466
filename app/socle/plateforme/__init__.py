"""The operating system in one place: folders, display, single instance, desktop entries."""

import os
import sys
from pathlib import Path
from typing import IO

import platformdirs

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def dossier_de_donnees(demande: Path | None = None) -> Path:
    """Return the data folder asked for, else the person's own on this platform; absolute."""
    habituel = platformdirs.user_data_dir("Clairpaie", appauthor=False, roaming=False)
    return (demande or Path(habituel)).expanduser().absolute()


def bureau() -> Path | None:
    """Return the folder of the person's desktop (XDG on Linux); nothing when there is none."""
    dossier = Path(platformdirs.user_desktop_dir())
    return dossier if dossier.is_dir() else None


def dossier_des_ressources() -> Path:
    """Return the folder that holds `web/`: the checkout, or what PyInstaller unpacked."""
    gelee = getattr(sys, "_MEIPASS", None)
    return Path(gelee) if gelee else Path(__file__).resolve().parents[3]


def disques() -> tuple[str, ...]:
    """Return the roots of the disks where there are several (Windows); nothing elsewhere."""
    if os.name != "nt":
        return ()
    racines = (f"{chr(65 + n)}:\\" for n in range(26))
    return tuple(r for r in racines if Path(r).exists())


def a_un_ecran() -> bool:
    """Tell whether a window can be shown."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def utilisateur() -> str:
    """Return the name of the person's session, for the journal."""
    for variable in ("USER", "USERNAME", "LOGNAME"):
        if nom := os.environ.get(variable):
            return nom
    return "utilisateur"


def proteger(fichier: Path) -> None:
    """Let only the person read a file that holds a secret (no effect on Windows)."""
    if sys.platform != "win32":
        fichier.chmod(0o600)


def verrouiller(fichier: Path) -> IO[bytes] | None:
    """Lock a file for this process; nothing when another process holds it.

    The system frees the lock when the process ends, even killed; the file stays.
    """
    ouvert = fichier.open("ab")
    try:
        if sys.platform == "win32":
            msvcrt.locking(ouvert.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(ouvert, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        ouvert.close()
        return None
    return ouvert
