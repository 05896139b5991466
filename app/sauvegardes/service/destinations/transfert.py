"""Files carried to and from a site, resumed after a cut, believed only once read back.

Rules:
- A file bears a temporary name on the site until it was read back whole: size and SHA-256.
- A cut is resumed from what the site holds. One gives up after a few cuts without progress.
- What does not read back is sent once more from the first byte, then refused.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from app.sauvegardes.errors import RelectureDifferente
from app.sauvegardes.service import archive
from app.sauvegardes.service.destinations.depot import Coupure, Depot
from app.socle.fichiers import traduire_ecriture
from app.socle.taches import SANS_SUIVI, Suivi

T = TypeVar("T")
Connecter = Callable[[], AbstractContextManager[Depot]]
PARTIEL = ".partiel"
ATTENTES = (0.5, 2.0, 5.0)
"""Seconds before each new try that follows a cut without progress."""


def provisoire(nom: str) -> str:
    """Return the name of a file on the site while it is being sent."""
    return f".{nom}{PARTIEL}"


class _Progres:
    """How far a transfer is: a try that got further gives right to all the others again."""

    def __init__(self) -> None:
        self.fait, self._repere, self._cuts = 0, 0, 0

    def souffler(self, coupure: Coupure) -> None:
        """Wait before trying again.

        Raises:
            EmplacementIndisponible: too many cuts without progress.
        """
        self._cuts = 0 if self.fait > self._repere else self._cuts + 1
        self._repere = max(self._repere, self.fait)
        if self._cuts > len(ATTENTES):
            raise coupure.refus from coupure
        time.sleep(ATTENTES[max(0, self._cuts - 1)])


def insister(connecter: Connecter, action: Callable[[Depot], T], progres: _Progres) -> T:
    """Do something on a site, connecting again after a cut.

    Raises:
        EmplacementIndisponible: refused, or cut too often.
    """
    while True:
        try:
            with connecter() as depot:
                return action(depot)
        except Coupure as coupure:
            progres.souffler(coupure)


def une_fois(connecter: Connecter, action: Callable[[Depot], T]) -> T:
    """Do something on a site at once, without insisting.

    Raises:
        EmplacementIndisponible: refused or cut.
    """
    try:
        with connecter() as depot:
            return action(depot)
    except Coupure as coupure:
        raise coupure.refus from coupure


def deposer(connecter: Connecter, fichier: Path, ou: str, suivi: Suivi = SANS_SUIVI) -> None:
    """Send a file to a site under its own name, read back before it bears it.

    Args:
        connecter: connects to the site, each time it is called.
        fichier: what to send.
        ou: the site in words, for the refusal.
        suivi: progress and cancel.

    Raises:
        EmplacementIndisponible: refused, or cut too often.
        RelectureDifferente: what was read back, twice, is not what was sent.
        TacheAnnulee: the person asked to stop; what was sent is taken away.
    """
    nom, total = provisoire(fichier.name), fichier.stat().st_size
    attendue = archive.empreinte_du_fichier(fichier)
    for essai in range(2):
        _envoyer(connecter, fichier, nom, suivi)
        suivi.etape("Relecture sur le site", 0, total)
        if _relire(connecter, nom, total, suivi) == attendue:
            insister(connecter, lambda d: _nommer(d, nom, fichier.name), _Progres())
            return
        insister(connecter, lambda d: d.supprimer(nom), _Progres())
        if essai:
            raise RelectureDifferente(ou)


def _nommer(depot: Depot, nom: str, vers: str) -> None:
    if depot.taille(nom) is None and depot.taille(vers) is not None:
        return  # named already: the answer was lost in a cut
    depot.renommer(nom, vers)


def _envoyer(connecter: Connecter, fichier: Path, nom: str, suivi: Suivi) -> None:
    progres, total = _Progres(), fichier.stat().st_size

    def avancer(fait: int) -> None:
        suivi.etape("Envoi vers le site", fait, total)

    def envoyer(depot: Depot) -> None:
        deja = depot.taille(nom) or 0
        progres.fait = deja
        if deja > total:
            depot.supprimer(nom)
            deja = 0
        if deja < total:
            depot.envoyer(fichier, nom, deja, avancer)

    insister(connecter, envoyer, progres)


def _relire(connecter: Connecter, nom: str, total: int, suivi: Suivi) -> str:
    """Return the SHA-256 of a file on the site, "" when its size is another."""
    somme = hashlib.sha256()

    def prendre(morceau: bytes, fait: int) -> None:
        somme.update(morceau)
        suivi.etape("Relecture sur le site", fait, total)

    if insister(connecter, lambda d: d.taille(nom), _Progres()) != total:
        return ""
    _parcourir(connecter, nom, total, prendre)
    return somme.hexdigest()


def _parcourir(
    connecter: Connecter, nom: str, total: int, prendre: Callable[[bytes, int], None]
) -> None:
    """Read a file of the site, resumed where a cut stopped it."""
    progres = _Progres()

    def lire(depot: Depot) -> None:
        if progres.fait >= total:
            return
        for morceau in depot.lire(nom, progres.fait):
            progres.fait += len(morceau)
            prendre(morceau, progres.fait)

    insister(connecter, lire, progres)


def rapatrier(connecter: Connecter, nom: str, vers: Path, suivi: Suivi = SANS_SUIVI) -> int | None:
    """Bring a file of a site here; returns its size in bytes, None when it is not there.

    Raises:
        EmplacementIndisponible: refused, or cut too often.
        DossierIllisible, DisquePlein: no room here.
        TacheAnnulee: the person asked to stop.
    """
    total = insister(connecter, lambda d: d.taille(nom), _Progres())
    if total is None:
        return None
    with traduire_ecriture(vers.parent), vers.open("wb") as sortie:

        def prendre(morceau: bytes, fait: int) -> None:
            sortie.write(morceau)
            suivi.etape("Réception depuis le site", fait, total)

        _parcourir(connecter, nom, total, prendre)
    return total
