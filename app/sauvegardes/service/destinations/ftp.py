"""FTP, and FTP over TLS (explicit): passive mode, binary, resumed by REST.

Source:
    RFC 959 (FTP), RFC 3659 (SIZE, MLSD, REST STREAM), RFC 4217 (FTP over TLS).
"""

import ftplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.sauvegardes.errors import EmplacementIndisponible
from app.sauvegardes.rules.destination import FTPS, Destination
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

_PLEIN = ("452", "552")
_SANS_REPRISE = ("501", "502", "504")


class _FtpTls(ftplib.FTP_TLS):
    """FTP over TLS whose data channels take up the session of the control channel.

    Servers ask for it, to be sure that the same client holds both.
    """

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[Any, int | None]:
        """Open a data channel."""
        canal, taille = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 -- over TLS below
        session = self.sock.session if isinstance(self.sock, ssl.SSLSocket) else None
        protege = self.context.wrap_socket(canal, server_hostname=self.host, session=session)
        return protege, taille


@contextmanager
def ouvrir(d: Destination, secret: str) -> Iterator[Depot]:
    """Connect to a site and go to the folder of the backups, made by `preparer` if need be.

    Raises:
        EmplacementIndisponible: refused, with the cause in words.
        Coupure: the network failed.
    """
    with en_mots(d):
        client = _client(d)
    try:
        with en_mots(d):
            _entrer(client, d, secret)
        yield _DepotFtp(client, d)
    except BaseException:
        taire(client.close)
        raise
    taire(client.quit)
    client.close()


def _client(d: Destination) -> ftplib.FTP:
    if d.genre != FTPS:
        return ftplib.FTP(timeout=PATIENCE, encoding="utf-8")  # noqa: S321 -- the person's choice
    contexte = ssl.create_default_context(cafile=d.autorite or None)
    return _FtpTls(timeout=PATIENCE, encoding="utf-8", context=contexte)


def _entrer(client: ftplib.FTP, d: Destination, secret: str) -> None:
    try:
        client.connect(d.hote, d.port)
        if isinstance(client, _FtpTls):
            client.auth()
        client.login(d.utilisateur, secret)
        if isinstance(client, _FtpTls):
            client.prot_p()
        client.voidcmd("TYPE I")
    except ftplib.error_perm as erreur:
        code = str(erreur)[:3]
        if code == "530":
            raise mot_de_passe_refuse(d) from erreur
        if code in {"500", "502", "504", "534"}:
            raise refuser(d, "ce site ne chiffre pas les connexions", "Essayez SFTP.") from erreur
        raise refuser(d, f"le site répond « {erreur} »", "Demandez à qui le tient.") from erreur
    except ftplib.Error as erreur:
        cause = f"le site refuse pour l'instant : « {erreur} »"
        raise Coupure(refuser(d, cause, "Réessayez plus tard.")) from erreur


class _DepotFtp:
    """A connected FTP site."""

    def __init__(self, client: ftplib.FTP, d: Destination) -> None:
        self._client, self._d = client, d
        self._base = ("/" if d.dossier.startswith("/") else "") + "/".join(d.parties)

    def _chemin(self, nom: str) -> str:
        return f"{self._base.rstrip('/')}/{nom}" if self._base else nom

    @contextmanager
    def _dit(self, *, ecrit: bool = True) -> Iterator[None]:
        try:
            yield
        except ftplib.Error as erreur:
            raise self._refus(str(erreur), ecrit=ecrit) from erreur
        except (OSError, EOFError) as erreur:
            if (dit := self._dernier_mot(erreur)) and ecrit:
                raise self._refus(dit, ecrit=ecrit) from erreur
            raise traduire(erreur, self._d) from erreur

    def _dernier_mot(self, erreur: OSError | EOFError) -> str:
        """Return what a site said as it closed the data channel (no room left…), "" if nothing."""
        if not isinstance(erreur, ConnectionResetError | BrokenPipeError):
            return ""
        try:
            self._client.voidresp()
        except ftplib.Error as dernier:
            return str(dernier)
        except (OSError, EOFError):
            return ""
        return ""

    def _refus(self, dit: str, *, ecrit: bool) -> EmplacementIndisponible | Coupure:
        code = dit[:3]
        if code in _PLEIN or "no space" in dit.casefold() or "quota" in dit.casefold():
            return site_plein(self._d)
        if code in {"421", "425", "426", "450", "451"}:
            return Coupure(refuser(self._d, "la connexion a été coupée", "Relancez plus tard."))
        if code in {"550", "553"}:
            return sans_droits(self._d) if ecrit else dossier_absent(self._d)
        return refuser(self._d, f"le site répond « {dit} »", "Demandez à qui le tient.")

    def preparer(self) -> None:
        """Make the folders that lead to the backups."""
        chemin = "/" if self._base.startswith("/") else ""
        for partie in self._d.parties:
            chemin = f"{chemin}{partie}"
            if not self._est_la(chemin):
                with self._dit():
                    self._client.mkd(chemin)
            chemin += "/"

    def _est_la(self, chemin: str) -> bool:
        ici = ""
        with self._dit(ecrit=False):
            ici = self._client.pwd()
        try:
            self._client.cwd(chemin)
        except ftplib.error_perm:
            return False
        with self._dit(ecrit=False):
            self._client.cwd(ici)
        return True

    def lister(self) -> dict[str, int]:
        """Return the files and their sizes."""
        if self._base and not self._est_la(self._base):
            raise dossier_absent(self._d)
        with self._dit(ecrit=False):
            try:
                faits = list(self._client.mlsd(self._base or ".", ["type", "size"]))
                return {n: int(f.get("size", 0)) for n, f in faits if f.get("type") == "file"}
            except ftplib.error_perm:
                noms = self._client.nlst(self._base or ".")
        courts = [n.rpartition("/")[2] for n in noms]
        return {n: t for n in courts if (t := self.taille(n)) is not None}

    def taille(self, nom: str) -> int | None:
        """Return the size of a file, None when it is not there."""
        with self._dit(ecrit=False):
            try:
                return self._client.size(self._chemin(nom))
            except ftplib.error_perm:
                return None

    def envoyer(self, source: Path, nom: str, depuis: int, avancer: Avancer) -> None:
        """Send a file, from a byte on."""
        fait = depuis

        def compter(morceau: bytes) -> None:
            nonlocal fait
            fait += len(morceau)
            avancer(fait)

        with source.open("rb") as fichier, self._dit():
            fichier.seek(depuis)
            ordre = f"STOR {self._chemin(nom)}"
            try:
                self._client.storbinary(ordre, fichier, MORCEAU, compter, depuis or None)
            except ftplib.error_perm as erreur:
                if not depuis or str(erreur)[:3] not in _SANS_REPRISE:
                    raise
                fichier.seek(depuis)  # a site without REST: what is there is added to
                self._client.storbinary(f"APPE {self._chemin(nom)}", fichier, MORCEAU, compter)

    def lire(self, nom: str, depuis: int) -> Iterator[bytes]:
        """Run through the bytes of a file."""
        with self._dit(ecrit=False):
            canal = self._client.transfercmd(f"RETR {self._chemin(nom)}", depuis or None)
            with canal:
                while morceau := canal.recv(MORCEAU):
                    yield morceau
            self._client.voidresp()

    def renommer(self, nom: str, vers: str) -> None:
        """Give a file its name."""
        with self._dit():
            self._client.rename(self._chemin(nom), self._chemin(vers))

    def supprimer(self, nom: str) -> None:
        """Delete a file."""
        if self.taille(nom) is not None:
            with self._dit():
                self._client.delete(self._chemin(nom))
