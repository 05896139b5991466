"""Whether Qt can show a window on this Linux: tried beforehand, since it would abort otherwise.

Qt itself is imported by `app.desktop.qt`, once this has passed.
"""

import ctypes
import os
import socket
from pathlib import Path

from app.socle.errors import FenetreImpossible

_RESTRICTION = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_CLONE_NEWUSER = 0x10000000


def exiger() -> None:
    """Make sure that a screen answers and that Qt's libraries load; set what Chromium needs.

    Raises:
        FenetreImpossible: with the cause.
    """
    try:
        _exiger_un_ecran()
        if not _bac_a_sable():
            os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
        drapeaux = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{drapeaux} --log-level=3".strip()
        from PyQt6 import QtCore, QtWebEngineWidgets  # noqa: F401, PLC0415 -- tried here

        if "DISPLAY" in os.environ and "QT_QPA_PLATFORM" not in os.environ:
            chemin = QtCore.QLibraryInfo.LibraryPath.PluginsPath
            ctypes.CDLL(f"{QtCore.QLibraryInfo.path(chemin)}/platforms/libqxcb.so")
    except (ImportError, OSError) as erreur:
        absente = str(erreur).partition(":")[0]
        raise FenetreImpossible(f"la bibliothèque {absente} manque au système") from erreur


def _exiger_un_ecran() -> None:
    if "QT_QPA_PLATFORM" in os.environ or _x11_repond():
        return
    if _wayland_repond():
        os.environ["QT_QPA_PLATFORM"] = "wayland"
        return
    demande = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if demande:
        raise FenetreImpossible(f"l'écran « {demande} » ne répond pas")
    raise FenetreImpossible("il n'y a pas d'écran")


def _x11_repond() -> bool:
    """Tell whether the X server lets us in."""
    if not os.environ.get("DISPLAY"):
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connexion = ctypes.c_void_p(xcb.xcb_connect(None, None))
    repond = not xcb.xcb_connection_has_error(connexion)
    xcb.xcb_disconnect(connexion)
    return repond


def _wayland_repond() -> bool:
    nom = os.environ.get("WAYLAND_DISPLAY")
    if not nom:
        return False
    chemin = Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / nom
    with socket.socket(socket.AF_UNIX) as prise:
        return prise.connect_ex(str(chemin)) == 0


def _bac_a_sable() -> bool:
    """Tell whether the system lets Chromium keep its sandbox; it would not start otherwise."""
    if os.geteuid() == 0:
        return False
    if _RESTRICTION.exists() and _RESTRICTION.read_text(encoding="ascii").strip() == "1":
        return False
    fils = os.fork()
    if fils == 0:
        os._exit(ctypes.CDLL(None).unshare(_CLONE_NEWUSER) != 0)
    return os.waitpid(fils, 0)[1] == 0
