"""Removable media that are plugged in now: identity, name, place. One interface, three systems.

Rules:
- The identity is that of the file system (UUID, serial number): the letter or the mount point
  may change. A medium that has none (a network mount, a folder declared by the setting
  « supports ») is given one: a small file at its root.
- Linux looks at what is mounted, in /proc/self/mountinfo, and keeps what the system says is
  removable or on USB, or is mounted where desktops mount media.
"""

import plistlib
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MARQUE = ".clairpaie-support"
_MEDIAS = ("/media/", "/run/media/")
_REMOVABLE = 2
"""DRIVE_REMOVABLE of GetDriveTypeW."""
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Volume:
    """A medium: its identity ("" when it has to be marked first), its name, where it is."""

    identite: str
    nom: str
    point: Path

    @property
    def libre(self) -> int:
        """Return the free space in bytes, 0 when it is gone."""
        try:
            return shutil.disk_usage(self.point).free
        except OSError:
            return 0


def lister(supports: str = "") -> list[Volume]:
    """Return the media that are plugged in, by name; `supports` is a folder of others."""
    trouves = {v.point: v for v in _du_systeme()}
    for volume in _declares(supports):
        trouves.setdefault(volume.point, volume)
    return sorted(trouves.values(), key=lambda v: (v.nom.casefold(), str(v.point)))


def identifier(volume: Volume) -> Volume:
    """Return a medium with an identity, marked when it has none of its own.

    Raises:
        OSError: it cannot be written.
    """
    if volume.identite:
        return volume
    identite = f"marque-{uuid.uuid4()}"
    (volume.point / MARQUE).write_text(f"{identite}\n", encoding="utf-8")
    return Volume(identite, volume.nom, volume.point)


def trouver(identite: str, supports: str = "") -> Volume | None:
    """Return the medium of that identity, wherever it is plugged in; None when it is not."""
    return next((v for v in lister(supports) if identite and v.identite == identite), None)


def _marque(point: Path) -> str:
    try:
        return (point / MARQUE).read_text(encoding="utf-8").strip()[:80]
    except (OSError, UnicodeDecodeError):
        return ""


def _declares(supports: str) -> Iterator[Volume]:
    if not supports:
        return
    try:
        dossiers = [d for d in Path(supports).expanduser().iterdir() if d.is_dir()]
    except OSError:
        return
    for dossier in dossiers:
        yield Volume(_marque(dossier), dossier.name, dossier)


def _du_systeme() -> Iterator[Volume]:
    if sys.platform == "win32":
        yield from _de_windows()
    elif sys.platform == "darwin":
        yield from _de_macos()
    else:
        yield from de_linux()


def de_linux(racine: Path = Path("/")) -> Iterator[Volume]:
    """Read what Linux has mounted; `racine` is where /proc, /dev and /sys are."""
    try:
        lignes = (racine / "proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for ligne in lignes:
        gauche, _, droite = ligne.partition(" - ")
        point = _OCTAL.sub(lambda m: chr(int(m[1], 8)), gauche.split(" ")[4])
        source = _OCTAL.sub(lambda m: chr(int(m[1], 8)), droite.split(" ")[1])
        disque = source.removeprefix("/dev/") if source.startswith("/dev/") else ""
        range_ = point.startswith(_MEDIAS)
        if not range_ and not (disque and _est_amovible(racine, disque)):
            continue
        identite = _nomme(racine / "dev/disk/by-uuid", disque) or _marque(Path(point))
        nom = _nomme(racine / "dev/disk/by-label", disque) or Path(point).name
        yield Volume(identite, nom, Path(point))


def _est_amovible(racine: Path, disque: str) -> bool:
    """Tell whether a partition is on a removable disk or on USB (external disks say 0)."""
    lien = racine / "sys/class/block" / disque
    try:
        vrai = lien.resolve(strict=True)
    except OSError:
        return False
    if "/usb" in str(vrai):
        return True
    for dossier in (vrai, vrai.parent):
        drapeau = dossier / "removable"
        if drapeau.is_file():
            return drapeau.read_text(encoding="ascii").strip() == "1"
    return False


def _nomme(dossier: Path, disque: str) -> str:
    """Return the name of the link of a folder of /dev/disk that leads to a partition."""
    try:
        liens = list(dossier.iterdir()) if disque else []
    except OSError:
        return ""
    for lien in liens:
        if lien.readlink().name == Path(disque).name:
            return re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), lien.name)
    return ""


def _de_macos() -> Iterator[Volume]:
    for point in Path("/Volumes").iterdir():
        sortie = subprocess.run(  # noqa: S603 -- a system tool, a path as one argument
            ["/usr/sbin/diskutil", "info", "-plist", str(point)], capture_output=True, check=False
        ).stdout
        try:
            fiche = plistlib.loads(sortie)
        except plistlib.InvalidFileException:
            continue
        if fiche.get("RemovableMediaOrExternalDevice"):
            identite = str(fiche.get("VolumeUUID", "")) or _marque(point)
            yield Volume(identite, str(fiche.get("VolumeName", point.name)), point)


def _de_windows() -> Iterator[Volume]:
    import ctypes  # noqa: PLC0415 -- Windows only

    noyau: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 -- absent elsewhere
    lettres = noyau.GetLogicalDrives()
    for rang in range(26):
        racine = f"{chr(65 + rang)}:\\"
        if not lettres >> rang & 1 or noyau.GetDriveTypeW(racine) != _REMOVABLE:
            continue
        nom, serie = ctypes.create_unicode_buffer(261), ctypes.c_uint32()
        lu = noyau.GetVolumeInformationW(
            racine, nom, 261, ctypes.byref(serie), *[None] * 2, None, 0
        )
        if lu:
            yield Volume(f"{serie.value:08X}", nom.value or racine, Path(racine))
