"""What is asked of a remote site, whichever protocol it speaks; and its refusals, in words."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from app.sauvegardes.errors import EmplacementIndisponible
from app.sauvegardes.rules.destination import SFTP, Destination

MORCEAU = 1 << 18
"""Bytes sent or read between two looks at the cancel button."""
PATIENCE = 20
"""Seconds without an answer after which a site is said to be silent."""
Avancer = Callable[[int], None]
"""Told the bytes of the file that are there by now."""
_COUPURES: tuple[type[Exception], ...] = (OSError, EOFError)
_RESEAU = "Vérifiez la connexion à Internet et le nom du site, puis relancez."


class Depot(Protocol):
    """A connected site, in the folder of the backups; names are those of files in it."""

    def lister(self) -> dict[str, int]:
        """Return the files and their sizes in bytes."""

    def taille(self, nom: str) -> int | None:
        """Return the size of a file in bytes, None when it is not there."""

    def envoyer(self, source: Path, nom: str, depuis: int, avancer: Avancer) -> None:
        """Send a file, from a byte on: what is there before is kept."""

    def lire(self, nom: str, depuis: int) -> Iterator[bytes]:
        """Run through the bytes of a file, from one on."""

    def renommer(self, nom: str, vers: str) -> None:
        """Give a file its name."""

    def supprimer(self, nom: str) -> None:
        """Delete a file; one that is gone is no trouble."""

    def preparer(self) -> None:
        """Make the folder of the backups, when a script is set up."""


class Coupure(Exception):  # noqa: N818 -- the trade's word: what may pass if one tries again
    """The network failed: one may try again; `refus` is what to say in the end."""

    def __init__(self, refus: EmplacementIndisponible) -> None:
        super().__init__(refus.cause)
        self.refus = refus


def refuser(d: Destination, cause: str, conseil: str) -> EmplacementIndisponible:
    """Return the refusal of a site."""
    return EmplacementIndisponible(d.en_mots(), cause, conseil)


def mot_de_passe_refuse(d: Destination) -> EmplacementIndisponible:
    """Say that the site refused the name or the password."""
    conseil = "Corrigez-les dans le script, « Modifier »."
    return refuser(d, "le site refuse cet utilisateur ou ce mot de passe", conseil)


def sans_droits(d: Destination) -> EmplacementIndisponible:
    """Say that the site lets one in but not write there."""
    conseil = "Choisissez un autre dossier du site, ou demandez le droit d'y écrire."
    return refuser(d, "vous n'avez pas le droit d'y écrire", conseil)


def dossier_absent(d: Destination) -> EmplacementIndisponible:
    """Say that the folder is not on the site."""
    conseil = "Corrigez le dossier dans le script, « Modifier » : « Tester » le dira bon."
    return refuser(d, "ce dossier n'existe pas sur le site", conseil)


def site_plein(d: Destination) -> EmplacementIndisponible:
    """Say that the site has no room left."""
    return refuser(d, "il n'y a plus de place sur le site", "Libérez de la place sur le site.")


def traduire(erreur: Exception, d: Destination) -> EmplacementIndisponible | Coupure:
    """Say in words what went wrong between here and a site: a refusal, or a passing cut."""
    if isinstance(erreur, socket.gaierror):
        return Coupure(refuser(d, f"le nom « {d.hote} » est introuvable", _RESEAU))
    if isinstance(erreur, ssl.SSLCertVerificationError):
        conseil = "Vérifiez le nom du site, ou indiquez le certificat de son autorité."
        return refuser(d, f"son certificat n'est pas reconnu ({erreur.verify_message})", conseil)
    if isinstance(erreur, ssl.SSLError) and not isinstance(erreur, ssl.SSLEOFError):
        return refuser(d, "le site ne sait pas chiffrer la connexion", "Essayez SFTP, ou FTP.")
    if isinstance(erreur, ConnectionRefusedError):
        sorte = "SFTP" if d.genre == SFTP else "FTP"
        conseil = "Vérifiez le protocole et le port, ou que le service est en marche."
        return Coupure(refuser(d, f"aucun service {sorte} ne répond au port {d.port}", conseil))
    if isinstance(erreur, TimeoutError):
        return Coupure(refuser(d, "le site ne répond pas", _RESEAU))
    return Coupure(refuser(d, "la connexion a été coupée", _RESEAU))


@contextmanager
def en_mots(d: Destination, *connues: type[Exception]) -> Iterator[None]:
    """Turn what the network raises into words.

    Raises:
        EmplacementIndisponible: trying again would not help.
        Coupure: it might.
    """
    try:
        yield
    except (*_COUPURES, *connues) as erreur:
        raise traduire(erreur, d) from erreur


def taire(fermer: Callable[[], object]) -> None:
    """Close what may be cut already."""
    with contextlib.suppress(OSError, EOFError):
        fermer()
