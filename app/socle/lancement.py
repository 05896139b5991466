"""What one launch is known by: its port on loopback and its secret, before anything answers."""

import errno
import secrets
import socket

from app.socle.errors import PortOccupe

HOTE = "127.0.0.1"
OUVRIR = "/ouvrir"
"""Path that receives the token at the start of a launch."""
_FILE = 64


def nom_du_cookie(port: int) -> str:
    """Return the name of the token's cookie: one a port, since cookies do not tell ports apart."""
    return f"clairpaie_{port}"


class Lancement:
    """A listening port and the launch's token; what connects waits for the server."""

    def __init__(self, port: int = 0) -> None:
        """Take the port (0: a free one).

        Raises:
            PortOccupe: another program has it.
        """
        self.jeton = secrets.token_urlsafe(32)
        try:
            self.prise = socket.create_server((HOTE, port), backlog=_FILE)
        except OSError as erreur:
            if erreur.errno in {errno.EADDRINUSE, errno.EACCES}:
                raise PortOccupe(port) from erreur
            raise
        self.port = int(self.prise.getsockname()[1])

    @property
    def adresse(self) -> str:
        """Scheme, host and port."""
        return f"http://{HOTE}:{self.port}"

    @property
    def ouverture(self) -> str:
        """The address that opens the program, token included: for the person alone."""
        return f"{self.adresse}{OUVRIR}?jeton={self.jeton}"

    @property
    def cookie(self) -> str:
        """The cookie that our pages bear: the token, for the person alone."""
        return f"{nom_du_cookie(self.port)}={self.jeton}"
