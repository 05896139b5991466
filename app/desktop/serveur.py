"""The in-process server: waitress on loopback, with the launch's own token."""

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from app.assemblage import brancher, rattraper, regards
from app.socle.contexte import ProgrammeOuvert
from app.socle.lancement import OUVRIR, Lancement
from app.socle.web import Bureau
from app.webapp.fabrique import creer_app, fermer_app
from app.webapp.screens import ACCUEIL, VUES

FILS = 8
_ATTENTE = 5


class Ecrans:
    """WSGI application that answers with the home page before all screens are imported.

    Any other address waits for all of them; `completer` imports them, once. What comes first
    changes nothing in the base.
    """

    PREMIERES = frozenset({"/", "/fenetre", "/avancer", "/quitter", OUVRIR})

    def __init__(self, creer: Callable[[Sequence[str]], Flask]) -> None:
        self._creer = creer
        self._accueil = creer((ACCUEIL,))
        self._tout: Flask | None = None
        self._verrou = threading.Lock()

    def completer(self) -> Flask:
        """Import every screen if need be, and what answers their changes; return what serves."""
        with self._verrou:
            if self._tout is None:
                brancher()
                self._tout = self._creer(VUES)
        return self._tout

    def fermer(self) -> None:
        """Close their connections to the base."""
        with self._verrou:
            for app in filter(None, (self._accueil, self._tout)):
                fermer_app(app)

    def __call__(self, environ: dict[str, Any], repondre: Any) -> Iterable[bytes]:
        """Answer a request."""
        chemin = str(environ.get("PATH_INFO", ""))
        d_abord = chemin in self.PREMIERES or chemin.startswith("/static/")
        app = self._tout or (self._accueil if d_abord else self.completer())
        return app(environ, repondre)


class Serveur:
    """Serves the front end of an open program; nothing but this computer reaches it."""

    def __init__(
        self,
        programme: ProgrammeOuvert,
        port: int = 0,
        bureau: Bureau | None = None,
        lancement: Lancement | None = None,
    ) -> None:
        """Take the port (0: a free one); requests wait until `demarrer`.

        Args:
            programme: the open program.
            port: port to take, without `lancement`.
            bureau: the desktop shell, when there is one.
            lancement: port and token that were chosen before.

        Raises:
            PortOccupe: another program has the port.
        """
        self.lancement = lancement or Lancement(port)
        self.adresse, self.ouverture = self.lancement.adresse, self.lancement.ouverture
        jeton = self.lancement.jeton
        self._programme = programme
        self._boucle: Any = None
        self._ecrans = Ecrans(lambda vues: creer_app(programme, jeton, bureau, vues))
        self._prises: dict[int, Any] = {}
        self._serveur = create_server(
            self._ecrans,
            map=self._prises,
            sockets=[self.lancement.prise],
            threads=FILS,
            ident=None,
        )
        self._fil = threading.Thread(target=self._serveur.run, name="serveur", daemon=True)

    def demarrer(self) -> None:
        """Answer requests, in a thread."""
        self._fil.start()

    def completer(self) -> None:
        """Import the screens that the home page does without, then mark what this version changes.

        Returns once it is done; what is due (backups…) then runs by itself.
        """
        self._ecrans.completer()
        rattraper(self._programme.magasin)
        if self._boucle is None:
            from app.socle.boucle import Boucle  # noqa: PLC0415 -- see Ecrans

            self._boucle = Boucle(self._programme, regards())
            self._boucle.demarrer()

    def attendre(self) -> None:
        """Block until the server stops."""
        self._fil.join()

    def arreter(self) -> None:
        """Start nothing that is due, take no more requests, answer those begun, free the port.

        Sockets are closed by the thread that polls them: another would meet a dead handle.
        """
        if self._boucle is not None:
            self._boucle.arreter()
        if self._fil.is_alive():
            self._serveur.trigger.pull_trigger(lambda: wasyncore.dispatcher.close(self._serveur))
            self._serveur.task_dispatcher.shutdown()
            self._serveur.trigger.pull_trigger(self._fermer_les_prises)
            self._fil.join(_ATTENTE)
        else:
            self._fermer_les_prises()
            self._serveur.task_dispatcher.shutdown()
        self._serveur.trigger.close()
        self._ecrans.fermer()

    def _fermer_les_prises(self) -> None:
        """Close every socket; the trigger stays open for the threads that still pull it."""
        for cle, prise in list(self._prises.items()):
            if prise is self._serveur.trigger:
                del self._prises[cle]
            elif prise is self._serveur:
                wasyncore.dispatcher.close(prise)  # its own `close` would close the trigger
            else:
                prise.close()
