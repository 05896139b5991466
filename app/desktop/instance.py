"""Single instance: a lock on the data folder, and the address at which its holder answers.

Rules:
- The lock is the system's: a program that was killed leaves none behind.
- The announcement is read by the same person only, and removed at both ends of a run.
- A second start asks the holder to come forward; it never opens the base beside it.
"""

import json
import time
from pathlib import Path
from typing import IO, Any

from app.socle import fichiers, plateforme
from app.socle.errors import DejaOuvert
from app.socle.lancement import Lancement

VERROU = "clairpaie.verrou"
ANNONCE = "instance.json"
_ATTENTE = 20.0
_PAS = 0.1


class Instance:
    """This process's hold on a data folder."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self._annonce = dossier / ANNONCE
        self._verrou: IO[bytes] | None = None

    def prendre(self) -> bool:
        """Take the data folder; false when another process holds it."""
        self._verrou = plateforme.verrouiller(self.dossier / VERROU)
        if self._verrou is not None:
            self._annonce.unlink(missing_ok=True)
        return self._verrou is not None

    def exiger(self) -> None:
        """Take the data folder.

        Raises:
            DejaOuvert: another process holds it.
        """
        if not self.prendre():
            raise DejaOuvert(str(self.dossier))

    def prendre_ou_avancer(self, attente: float = _ATTENTE) -> bool:
        """Take the data folder (true), or bring its holder's window forward (false).

        Args:
            attente: seconds left to a holder that is starting or stopping.

        Raises:
            DejaOuvert: the holder has no window, or does not answer.
        """
        fin = time.monotonic() + attente
        while not self.prendre():
            annonce = self._lire()
            if annonce.get("fenetre") and _avancer(annonce):
                return False
            if annonce.get("fenetre") is False or time.monotonic() > fin:
                raise DejaOuvert(str(self.dossier))
            time.sleep(_PAS)
        return True

    def annoncer(self, lancement: Lancement, *, fenetre: bool) -> None:
        """Write where this process answers, for a second start (0600: the cookie is a secret)."""
        contenu = {
            "adresse": lancement.adresse,
            "cookie": lancement.cookie,
            "fenetre": fenetre,
        }
        fichiers.ecrire_texte(self._annonce, json.dumps(contenu))

    def rendre(self) -> None:
        """Free the data folder."""
        if self._verrou is not None:
            self._annonce.unlink(missing_ok=True)
            self._verrou.close()
            self._verrou = None

    def _lire(self) -> dict[str, Any]:
        try:
            contenu = json.loads(self._annonce.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return contenu if isinstance(contenu, dict) else {}


def _avancer(annonce: dict[str, Any]) -> bool:
    from urllib import request  # noqa: PLC0415 -- only at a second start

    entetes = {"Cookie": str(annonce.get("cookie")), "Origin": str(annonce.get("adresse"))}
    directement = request.build_opener(request.ProxyHandler({}))
    try:
        demande = request.Request(  # noqa: S310 -- our own loopback address
            f"{annonce.get('adresse')}/avancer", data=b"", headers=entetes
        )
        with directement.open(demande, timeout=5) as reponse:
            return int(reponse.status) == 204
    except (OSError, ValueError):
        return False
