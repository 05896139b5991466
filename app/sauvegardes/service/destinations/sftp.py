"""SFTP by password; the key of the site is shown once, kept, and its change refused.

The library is asynchronous: each step is run to its end in a loop, in a thread of its own,
so that whoever asks may have a loop already.

Source:
    RFC 4251 to 4254 (SSH), draft-ietf-secsh-filexfer-02 (SFTP 3, what OpenSSH speaks).
"""

import asyncio
import threading
from collections.abc import Awaitable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar

import asyncssh

from app.sauvegardes.errors import CleDuSiteChangee
from app.sauvegardes.rules.destination import Destination
from app.sauvegardes.service.destinations.depot import (
    MORCEAU,
    PATIENCE,
    Avancer,
    Coupure,
    Depot,
    dossier_absent,
    en_mots,
    mot_de_passe_refuse,
    refuser,
    sans_droits,
    site_plein,
    taire,
    traduire,
)

T = TypeVar("T")
_A_PLEIN = 1 << 16
"""Bytes free below which a refused write is said to be for want of room."""


class _Boucle:
    """A loop in a thread of its own, as long as the block lasts."""

    def __enter__(self) -> Self:
        self._boucle = asyncio.new_event_loop()
        self._fil = threading.Thread(target=self._boucle.run_forever, name="sftp", daemon=True)
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._finir())
        self._boucle.call_soon_threadsafe(self._boucle.stop)
        self._fil.join()
        self._boucle.close()

    async def _finir(self) -> None:
        restes = asyncio.all_tasks() - {asyncio.current_task()}
        for reste in restes:
            reste.cancel()
        await asyncio.gather(*restes, return_exceptions=True)

    def run(self, action: Coroutine[Any, Any, T]) -> T:
        """Run a step to its end; what it raises is raised here."""
        return asyncio.run_coroutine_threadsafe(action, self._boucle).result()


def cle_du_site(d: Destination) -> str:
    """Return the public key that a site shows now, in one line.

    Raises:
        EmplacementIndisponible, Coupure: it does not answer.
    """
    with en_mots(d, asyncssh.Error), _Boucle() as boucle:
        demande = asyncssh.get_server_host_key(d.hote, d.port, config=None)
        cle = boucle.run(asyncio.wait_for(demande, PATIENCE))
    if cle is None:
        raise refuser(d, "le site ne montre pas de clé", "Demandez à qui le tient.")
    return " ".join(cle.export_public_key().decode().split()[:2])


def empreinte(cle: str) -> str:
    """Return the fingerprint of a public key, as OpenSSH shows it."""
    return asyncssh.import_public_key(cle).get_fingerprint()


@contextmanager
def ouvrir(d: Destination, secret: str) -> Iterator[Depot]:
    """Connect to a site whose key is known.

    Raises:
        CleDuSiteChangee: it shows another key than before.
        EmplacementIndisponible: refused, with the cause in words.
        Coupure: the network failed.
    """
    with _Boucle() as boucle:
        with en_mots(d, asyncssh.Error):
            connexion = boucle.run(_connecter(d, secret))
        try:
            with en_mots(d, asyncssh.Error):
                client = boucle.run(_attendre(connexion.start_sftp_client()))
            yield _DepotSftp(boucle, client, d)
        finally:
            taire(connexion.abort)
            with en_mots(d, asyncssh.Error):
                boucle.run(asyncio.wait_for(connexion.wait_closed(), PATIENCE))


async def _attendre(attendu: Awaitable[T]) -> T:
    """Make what the library gives to wait for into something that a loop runs."""
    return await asyncio.wait_for(attendu, PATIENCE)


async def _connecter(d: Destination, secret: str) -> asyncssh.SSHClientConnection:
    try:
        return await asyncio.wait_for(
            asyncssh.connect(
                d.hote,
                d.port,
                username=d.utilisateur,
                password=secret,
                known_hosts=([asyncssh.import_public_key(d.cle_hote)], [], []),
                client_keys=None,
                agent_path=None,
                config=None,
                preferred_auth="password,keyboard-interactive",
                keepalive_interval=PATIENCE // 2,
            ),
            PATIENCE,
        )
    except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyExchangeFailed) as erreur:
        raise CleDuSiteChangee(d.hote) from erreur
    except asyncssh.PermissionDenied as erreur:
        raise mot_de_passe_refuse(d) from erreur


class _DepotSftp:
    """A connected SFTP site."""

    def __init__(self, boucle: _Boucle, client: asyncssh.SFTPClient, d: Destination) -> None:
        self._boucle, self._client, self._d = boucle, client, d
        self._base = ("/" if d.dossier.startswith("/") else "") + "/".join(d.parties)

    def _chemin(self, nom: str) -> str:
        return f"{self._base.rstrip('/')}/{nom}" if self._base else nom

    def _mener(self, action: Coroutine[Any, Any, T]) -> T:
        try:
            return self._boucle.run(asyncio.wait_for(action, PATIENCE * 3))
        except asyncssh.SFTPError as erreur:
            raise self._refus(erreur) from erreur
        except (OSError, EOFError, asyncssh.Error) as erreur:
            raise traduire(erreur, self._d) from erreur

    def _refus(self, erreur: asyncssh.SFTPError) -> Exception:
        if isinstance(erreur, asyncssh.SFTPPermissionDenied):
            return sans_droits(self._d)
        if isinstance(erreur, asyncssh.SFTPNoSuchFile):
            return dossier_absent(self._d)
        if isinstance(erreur, asyncssh.SFTPConnectionLost | asyncssh.SFTPNoConnection):
            return Coupure(refuser(self._d, "la connexion a été coupée", "Relancez plus tard."))
        plein = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)
        if isinstance(erreur, plein) or self._libre() < _A_PLEIN:
            return site_plein(self._d)
        return refuser(self._d, f"le site répond « {erreur.reason} »", "Demandez à qui le tient.")

    def _libre(self) -> int:
        """Return the free bytes of the site, many when it does not say (SFTP 3 cannot)."""
        try:
            demande = self._client.statvfs(self._base or ".")
            etat = self._boucle.run(asyncio.wait_for(demande, PATIENCE))
        except (OSError, asyncssh.Error):
            return _A_PLEIN
        return int(etat.bavail * etat.frsize)

    def preparer(self) -> None:
        """Make the folders that lead to the backups."""
        if self._base:
            self._mener(self._client.makedirs(self._base, exist_ok=True))

    def lister(self) -> dict[str, int]:
        """Return the files and their sizes."""
        entrees = self._mener(self._client.readdir(self._base or "."))
        return {
            str(e.filename): int(e.attrs.size or 0)
            for e in entrees
            if e.attrs.type == asyncssh.FILEXFER_TYPE_REGULAR
        }

    def taille(self, nom: str) -> int | None:
        """Return the size of a file, None when it is not there."""

        async def demander() -> int | None:
            try:
                return (await self._client.stat(self._chemin(nom))).size
            except asyncssh.SFTPNoSuchFile:
                return None

        return self._mener(demander())

    def _ouvrir(self, nom: str, drapeaux: int) -> Any:
        """Open a file of the site; without an encoding, it gives and takes bytes."""
        fichier = self._client.open(self._chemin(nom), drapeaux, encoding=None)
        return self._mener(_attendre(fichier))

    def envoyer(self, source: Path, nom: str, depuis: int, avancer: Avancer) -> None:
        """Send a file, from a byte on."""
        drapeaux = asyncssh.FXF_WRITE | asyncssh.FXF_CREAT | (0 if depuis else asyncssh.FXF_TRUNC)
        distant = self._ouvrir(nom, drapeaux)
        fait = depuis
        try:
            with source.open("rb") as fichier:
                fichier.seek(depuis)
                while morceau := fichier.read(MORCEAU):
                    self._mener(distant.write(morceau, fait))
                    fait += len(morceau)
                    avancer(fait)
        finally:
            taire(lambda: self._boucle.run(distant.close()))

    def lire(self, nom: str, depuis: int) -> Iterator[bytes]:
        """Run through the bytes of a file."""
        distant = self._ouvrir(nom, asyncssh.FXF_READ)
        try:
            while morceau := self._mener(distant.read(MORCEAU, depuis)):
                depuis += len(morceau)
                yield morceau
        finally:
            taire(lambda: self._boucle.run(distant.close()))

    def renommer(self, nom: str, vers: str) -> None:
        """Give a file its name."""
        self._mener(self._client.rename(self._chemin(nom), self._chemin(vers)))

    def supprimer(self, nom: str) -> None:
        """Delete a file."""
        if self.taille(nom) is not None:
            self._mener(self._client.remove(self._chemin(nom)))
