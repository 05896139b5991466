"""The in-process server: waitress on loopback, with the launch's own token."""

import errno
import secrets
import threading

from waitress import wasyncore
from waitress.server import create_server

from app.assemblage import Programme
from app.socle.errors import PortOccupe
from app.socle.web import Bureau
from app.webapp.fabrique import creer_app

HOTE = "127.0.0.1"
FILS = 8
_ATTENTE = 5


class Serveur:
    """Serves the front end of an open program; nothing but this computer reaches it."""

    def __init__(self, programme: Programme, port: int = 0, bureau: Bureau | None = None) -> None:
        """Take the port (0: a free one); requests wait until `demarrer`.

        Raises:
            PortOccupe: another program has the port.
        """
        self.jeton = secrets.token_urlsafe(32)
        self.app = creer_app(programme, self.jeton, bureau)
        self._prises: dict[int, object] = {}
        try:
            self._serveur = create_server(
                self.app, map=self._prises, host=HOTE, port=port, threads=FILS, ident=None
            )
        except OSError as erreur:
            if erreur.errno in {errno.EADDRINUSE, errno.EACCES}:
                raise PortOccupe(port) from erreur
            raise
        self.port = int(self._serveur.effective_port)
        self._fil = threading.Thread(target=self._serveur.run, name="serveur", daemon=True)

    @property
    def adresse(self) -> str:
        """Scheme, host and port."""
        return f"http://{HOTE}:{self.port}"

    @property
    def ouverture(self) -> str:
        """The address that opens the program, token included: for the person alone."""
        return f"{self.adresse}/ouvrir?jeton={self.jeton}"

    def demarrer(self) -> None:
        """Answer requests, in a thread."""
        self._fil.start()

    def attendre(self) -> None:
        """Block until the server stops."""
        self._fil.join()

    def arreter(self) -> None:
        """Answer what has begun, then free the port."""
        if self._fil.is_alive():
            # Sockets are closed by the thread that polls them; another would meet a dead handle.
            self._serveur.trigger.pull_trigger(lambda: wasyncore.close_all(self._prises))
            self._fil.join(_ATTENTE)
        else:
            wasyncore.close_all(self._prises)
        self._serveur.task_dispatcher.shutdown()
