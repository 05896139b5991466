"""Keys of encrypted backups: age (X25519), so that any age tool opens them.

Rules:
- A script that encrypts keeps the public key, and the private one encrypted by the passphrase:
  the night's backup needs no secret, and none lies in the base.
- The private key is also shown once, as the « clé de récupération » to print.
- While a backup is written, a key that lives in memory only is added: what was written is then
  read back and decrypted without asking anybody, and that key is forgotten.
"""

from dataclasses import dataclass

from pyrage import DecryptError, IdentityError, passphrase, x25519

PREFIXE = "AGE-SECRET-KEY-"


@dataclass(frozen=True, slots=True)
class Cles:
    """What a script keeps: the public key, the private one under the passphrase."""

    publique: str
    enveloppe: bytes


def creer_cles(phrase: str) -> tuple[Cles, str]:
    """Make the keys of a script; the second value is the recovery key, to show once."""
    identite = x25519.Identity.generate()
    secret = str(identite)
    enveloppe = passphrase.encrypt(secret.encode(), phrase)
    return Cles(str(identite.to_public()), bytes(enveloppe)), secret


def ouvrir(saisie: str, enveloppe: bytes) -> x25519.Identity | None:
    """Return the private key from what a person typed; None when it is not the right one.

    Args:
        saisie: the passphrase, or the recovery key.
        enveloppe: the private key under the passphrase, from the backup.
    """
    texte = saisie.strip()
    try:
        if texte.upper().startswith(PREFIXE):
            return x25519.Identity.from_str(texte.upper())
        return x25519.Identity.from_str(bytes(passphrase.decrypt(enveloppe, saisie)).decode())
    except (DecryptError, IdentityError, ValueError):
        return None
