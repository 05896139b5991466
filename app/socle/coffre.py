"""Passwords that the program has to remember: the system's safe, else an encrypted file.

Rules:
- Nothing secret goes to the base, to the logs or to the journal.
- The system's safe first (`keyring`: Windows Credential Manager, macOS Keychain, Secret
  Service). Where there is none (a bare server), a file of the data folder, encrypted by a key
  that lies apart, in the configuration folder of the account, and is mixed with the machine
  and the account: the data folder copied elsewhere opens nothing.
- Both files can be read by the account alone (0600).
"""

import base64
import json
import logging
import os
from pathlib import Path

import platformdirs
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.socle import plateforme
from app.socle.fichiers import remplacer

SERVICE = "Clairpaie"
FICHIER = "coffre.secret"
_CLE = "coffre.cle"
_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_log = logging.getLogger(__name__)


class Coffre:
    """The passwords of one data folder, each under the name of its account."""

    def __init__(self, dossier: Path) -> None:
        self._fichier = dossier / FICHIER

    def garder(self, compte: str, secret: str) -> None:
        """Remember a password.

        Raises:
            DossierIllisible, DisquePlein: it cannot be written.
        """
        if _au_systeme(compte, secret):
            self._ecrire(self._lire_tout() | {compte: ""})
            return
        self._ecrire(self._lire_tout() | {compte: secret})

    def lire(self, compte: str) -> str | None:
        """Return a password, None when it is not known on this machine."""
        trouve = self._lire_tout().get(compte)
        return trouve or _du_systeme(compte)

    def oublier(self, compte: str) -> None:
        """Forget a password, wherever it is."""
        tout = self._lire_tout()
        if tout.pop(compte, None) is not None:
            self._ecrire(tout)
        _oublier_au_systeme(compte)

    def _lire_tout(self) -> dict[str, str]:
        try:
            clair = Fernet(_cle(creer=False)).decrypt(self._fichier.read_bytes())
        except (FileNotFoundError, InvalidToken):
            return {}  # another machine, another account: asked again
        return {str(k): str(v) for k, v in json.loads(clair).items()}

    def _ecrire(self, tout: dict[str, str]) -> None:
        tout = {compte: secret for compte, secret in tout.items() if secret}
        if not tout:
            self._fichier.unlink(missing_ok=True)
            return
        chiffre = Fernet(_cle(creer=True)).encrypt(json.dumps(tout).encode())
        with remplacer(self._fichier) as provisoire:
            provisoire.write_bytes(chiffre)
            plateforme.proteger(provisoire)


def _cle(*, creer: bool) -> bytes:
    """Return the key of the file: random bytes of the account, mixed with where it is."""
    dossier = Path(platformdirs.user_config_dir("Clairpaie", appauthor=False))
    fichier = dossier / _CLE
    if not fichier.exists():
        if not creer:
            raise FileNotFoundError(fichier)
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        with remplacer(fichier) as provisoire:
            provisoire.write_bytes(os.urandom(32))
            plateforme.proteger(provisoire)
    machine = next((m.read_bytes() for m in _MACHINE if m.exists()), b"")
    compte = f"{plateforme.utilisateur()}:{getattr(os, 'getuid', int)()}".encode()
    derive = HKDF(algorithm=SHA256(), length=32, salt=machine, info=b"clairpaie coffre " + compte)
    return base64.urlsafe_b64encode(derive.derive(fichier.read_bytes()))


def _au_systeme(compte: str, secret: str) -> bool:
    import keyring  # noqa: PLC0415 -- 100 ms that a start without site does without
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, compte, secret)
        return keyring.get_password(SERVICE, compte) == secret
    except (KeyringError, RuntimeError) as erreur:
        _log.info("vault.system absent reason=%s", type(erreur).__name__)
        return False


def _du_systeme(compte: str) -> str | None:
    import keyring  # noqa: PLC0415 -- the same
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(SERVICE, compte)
    except (KeyringError, RuntimeError):
        return None


def _oublier_au_systeme(compte: str) -> None:
    import keyring  # noqa: PLC0415 -- the same
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.delete_password(SERVICE, compte)
    except (KeyringError, RuntimeError):
        return
