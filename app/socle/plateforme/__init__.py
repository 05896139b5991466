"""The operating system in one place: folders, display, single instance, desktop entries."""

import os
import sys
from pathlib import Path

import platformdirs


def dossier_de_donnees() -> Path:
    """Return the person's data folder for this program on this platform."""
    return Path(platformdirs.user_data_dir("Clairpaie", appauthor=False, roaming=False))


def dossier_des_ressources() -> Path:
    """Return the folder that holds `web/`: the checkout, or what PyInstaller unpacked."""
    gelee = getattr(sys, "_MEIPASS", None)
    return Path(gelee) if gelee else Path(__file__).resolve().parents[3]


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
