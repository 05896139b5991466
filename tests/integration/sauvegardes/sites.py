"""Real servers on the loopback: FTP, FTP over TLS, SFTP; and what goes wrong with them."""

import asyncio
import datetime as dt
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

with warnings.catch_warnings():  # asyncore and its OpenSSL calls, on Python 3.11
    warnings.simplefilter("ignore")
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import DTPHandler, FTPHandler, TLS_FTPHandler
    from pyftpdlib.servers import FTPServer

NOM, SECRET = "claire", "mot-de-passe-tres-reconnaissable"


@dataclass
class Site:
    """A running server: its port, the folder that it shows, the cuts that it makes."""

    genre: str
    port: int
    racine: Path
    autorite: Path | None = None
    coupes: list[int] = field(default_factory=list)
    """Bytes after which the next data connections are cut, one cut each."""

    def saisie(self, dossier: str = "coffre") -> dict[str, str]:
        """Return the fields of a form that goes there."""
        return {
            "genre": "site",
            "protocole": self.genre,
            "hote": "127.0.0.1",
            "port": str(self.port),
            "utilisateur": NOM,
            "mot_de_passe": SECRET,
            "dossier_distant": dossier,
            "autorite": str(self.autorite or ""),
        }


def certificat(dossier: Path) -> tuple[Path, Path]:
    """Write a certificate for the loopback that is its own authority: (certificate, both)."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    hier = dt.datetime(2020, 1, 1)  # noqa: DTZ001 -- the library wants naive UTC
    autre = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signe = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(hier)
        .not_valid_after(hier.replace(year=2090))
        .add_extension(autre, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(cle, SHA256())
    )
    public = signe.public_bytes(Encoding.PEM)
    prive = cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (dossier / "autorite.pem").write_bytes(public)
    (dossier / "serveur.pem").write_bytes(prive + public)
    return dossier / "autorite.pem", dossier / "serveur.pem"


@contextmanager
def ftp(dossier: Path, *, tls: bool = False, droits: str = "elradfmw") -> Iterator[Site]:
    """Serve a folder by FTP; data connections are cut as `coupes` says."""
    racine = dossier / "site"
    racine.mkdir(exist_ok=True)
    autorite, complet = certificat(dossier) if tls else (None, None)
    site = Site("ftps" if tls else "ftp", 0, racine, autorite)

    class Coupant(DTPHandler):  # type: ignore[misc]
        """Cuts its client off after some bytes, as a network does: no word of goodbye."""

        recus = 0

        def _couper(self, octets: int) -> None:
            self.recus += octets
            if site.coupes and self.recus >= site.coupes[0]:
                site.coupes.pop(0)
                self.cmd_channel.close()

        def handle_read(self) -> None:
            if site.coupes and site.coupes[0] == 0:  # before the first byte
                site.coupes.pop(0)
                self.cmd_channel.close()
                return
            avant = self.tot_bytes_received
            super().handle_read()
            self._couper(self.tot_bytes_received - avant)

        handle_read_event = handle_read

    base = TLS_FTPHandler if tls else FTPHandler
    autorisations = DummyAuthorizer()
    autorisations.add_user(NOM, SECRET, str(racine), perm=droits)
    corps: dict[str, Any] = {"authorizer": autorisations, "auth_failed_timeout": 0}
    if tls:
        corps |= {"certfile": str(complet), "tls_control_required": True}
        corps["tls_data_required"] = True
    else:
        corps["dtp_handler"] = Coupant
    serveur = FTPServer(("127.0.0.1", 0), type("Poignee", (base,), corps))
    site.port = serveur.socket.getsockname()[1]
    arret = threading.Event()

    def servir() -> None:
        while not arret.is_set():
            serveur.serve_forever(timeout=0.02, blocking=False)

    fil = threading.Thread(target=servir, daemon=True)
    fil.start()
    try:
        yield site
    finally:
        arret.set()
        fil.join(5)
        serveur.close_all()


class _Porte(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (NOM, SECRET)


@contextmanager
def sftp(dossier: Path, *, port: int = 0, cle: Any = None) -> Iterator[Site]:
    """Serve a folder by SFTP, under a key of its own."""
    racine = dossier / "site"
    racine.mkdir(exist_ok=True)
    boucle = asyncio.new_event_loop()
    fil = threading.Thread(target=boucle.run_forever, daemon=True)
    fil.start()

    async def ouvrir() -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(
            _Porte,
            "127.0.0.1",
            port,
            server_host_keys=[cle or asyncssh.generate_private_key("ssh-ed25519")],
            sftp_factory=lambda canal: asyncssh.SFTPServer(canal, chroot=str(racine).encode()),
        )

    accueil = asyncio.run_coroutine_threadsafe(ouvrir(), boucle).result(10)
    try:
        yield Site("sftp", accueil.get_port(), racine)
    finally:

        async def fermer() -> None:
            accueil.close()
            await accueil.wait_closed()
            for reste in asyncio.all_tasks() - {asyncio.current_task()}:
                reste.cancel()

        asyncio.run_coroutine_threadsafe(fermer(), boucle).result(10)
        boucle.call_soon_threadsafe(boucle.stop)
        fil.join(5)
        boucle.close()


@contextmanager
def coupeur(  # noqa: C901 -- one server in one place
    vers: int, coupes: list[int]
) -> Iterator[int]:
    """Stand between a client and a port; cut each connection after some bytes sent, if any."""
    ecoute = socket.create_server(("127.0.0.1", 0))
    ecoute.settimeout(0.1)
    arret, ouverts = threading.Event(), []

    def relayer(de: socket.socket, a: socket.socket, limite: int | None) -> None:
        passes = 0
        try:
            while morceau := de.recv(1 << 16):
                passes += len(morceau)
                if limite is not None and passes >= limite:
                    break
                a.sendall(morceau)
        except OSError:
            pass
        for prise in (de, a):
            try:
                prise.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def accueillir() -> None:
        while not arret.is_set():
            try:
                client, _ = ecoute.accept()
            except TimeoutError:
                continue
            serveur = socket.create_connection(("127.0.0.1", vers))
            ouverts.extend([client, serveur])
            limite = coupes.pop(0) if coupes else None
            for trio in ((client, serveur, limite), (serveur, client, None)):
                threading.Thread(target=relayer, args=trio, daemon=True).start()

    fil = threading.Thread(target=accueillir, daemon=True)
    fil.start()
    try:
        yield ecoute.getsockname()[1]
    finally:
        arret.set()
        fil.join(5)
        for prise in (*ouverts, ecoute):
            prise.close()


def port_libre() -> int:
    """Return a port where nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        return int(prise.getsockname()[1])


__all__ = ["NOM", "SECRET", "Site", "certificat", "coupeur", "ftp", "port_libre", "sftp"]
