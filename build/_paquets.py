"""System packages: which are missing, and whether we may install them.

Lists checked with `ldd` against PyQt6-WebEngine in a Debian 12 that held only Python.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _terminal import Terminal

QT = (
    "fonts-dejavu-core", "libasound2", "libbrotli1", "libdbus-1-3", "libegl1", "libfontconfig1",
    "libfreetype6", "libgbm1", "libgl1", "libglib2.0-0", "libgssapi-krb5-2", "libnspr4", "libnss3",
    "libwayland-client0", "libwayland-cursor0", "libwayland-egl1", "libx11-6", "libx11-xcb1",
    "libxcb-cursor0", "libxcb-dri3-0", "libxcb-glx0", "libxcb-icccm4", "libxcb-image0",
    "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-render0", "libxcb-shape0",
    "libxcb-shm0", "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xkb1", "libxcb1",
    "libxcomposite1", "libxdamage1", "libxext6", "libxfixes3", "libxkbcommon-x11-0",
    "libxkbcommon0", "libxkbfile1", "libxrandr2", "libxtst6",
)  # fmt: skip
TESTS = ("chromium-headless-shell", "libatomic1", "xauth", "xvfb", "zstd", *QT)
# libatomic1: Playwright’s driver; zstd: a backup opened by hand.

_ATTENTE_DU_VERROU = "DPkg::Lock::Timeout=120"


def a_apt() -> bool:
    """Tell whether the system is Debian or one of its children."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def variantes(paquet: str) -> tuple[str, str]:
    """Return a package's name and the one it took with 64-bit time (Debian 13, Ubuntu 24.04)."""
    return paquet, f"{paquet}t64"


def manquants(paquets: Iterable[str]) -> list[str]:
    """Return the packages that dpkg does not say installed; none where there is no dpkg."""
    demandes = list(paquets)
    if not a_apt():
        return []
    noms = [nom for paquet in demandes for nom in variantes(paquet)]
    reponse = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *noms],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lignes = (ligne.split() for ligne in reponse.stdout.splitlines())
    presents = {mots[1] for mots in lignes if mots[:1] == ["installed"]}
    return [paquet for paquet in demandes if presents.isdisjoint(variantes(paquet))]


def prefixe_administrateur() -> list[str] | None:
    """Return what makes a command run as administrator; None when we have not the right."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    essai = subprocess.run(
        ["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    return ["sudo", "-n"] if essai.returncode == 0 else None


def commande_a_taper(paquets: Sequence[str]) -> str:
    """Return the line a person with the right would type."""
    installation = f"apt-get install -y --no-install-recommends {' '.join(paquets)}"
    return f"sudo {installation}" if shutil.which("sudo") else f'su -c "{installation}"'


def installer(terminal: Terminal, paquets: Sequence[str], prefixe: Sequence[str]) -> None:
    """Install packages with apt, which its own configuration drives."""
    apt = [
        *prefixe,
        *("env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"),
        *("apt-get", "-o", _ATTENTE_DU_VERROU),
    ]
    terminal.insister([*apt, "update"])  # a foreign source may fail: the install decides
    noms = _noms_du_depot(paquets)
    terminal.exiger(
        [*apt, "install", "-y", "--no-install-recommends", *noms],
        sinon=(
            "L’installation des paquets du système a échoué.",
            f"Exécutez « {commande_a_taper(noms)} » pour voir ce qui bloque, puis relancez.",
        ),
    )


def _noms_du_depot(paquets: Sequence[str]) -> list[str]:
    """Return, for each package, the name under which the configured sources offer it."""
    noms = [nom for paquet in paquets for nom in variantes(paquet)]
    reponse = subprocess.run(
        ["apt-cache", "policy", *noms],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    offerts = set(
        re.findall(r"^(\S+):\n(?:  .*\n)*?  Candidate: (?!\(none\))", reponse.stdout, re.MULTILINE)
    )
    return [next((n for n in variantes(p) if n in offerts), p) for p in paquets]
