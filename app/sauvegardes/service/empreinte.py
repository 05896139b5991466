"""What is done to a base beside the work while it passes: its digest, its flush to the disk."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, Any, Protocol, Self

from app.socle.taches import Suivi

ECOULEMENT = 64 << 20
"""Bytes written between two flushes to the disk."""


class Puits(Protocol):
    """Where bytes go."""

    def write(self, morceau: bytes, /) -> Any:
        """Take bytes."""


class Empreinte:
    """A stream that keeps the SHA-256 of what it passes on, if anywhere.

    The digest is taken in a thread: it costs no time where a core is free. `somme` and `taille`
    (bytes) are read once the block has ended.
    """

    def __init__(self, vers: Puits | None, suivi: Suivi, libelle: str, total: int) -> None:
        self.taille, self.somme = 0, ""
        self._calcul = hashlib.sha256()
        self._vers, self._suivi = vers, suivi
        self._libelle, self._total = libelle, total
        self._fil = ThreadPoolExecutor(1)
        self._attente: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._fil.shutdown()
        self.somme = self._calcul.hexdigest()

    def write(self, morceau: bytes) -> int:
        """Take bytes, which the caller leaves as they are.

        Raises:
            TacheAnnulee: the person asked to stop.
        """
        if self._attente is not None:
            self._attente.result()  # never more than one piece behind
        self._attente = self._fil.submit(self._calcul.update, morceau)
        self.taille += len(morceau)
        if self._vers is not None:
            self._vers.write(morceau)
        self._suivi.etape(self._libelle, self.taille, self._total)
        return len(morceau)


class _Ecoule:
    def __init__(self, fichier: IO[bytes], fil: ThreadPoolExecutor) -> None:
        self._fichier, self._fil, self._depuis = fichier, fil, 0

    def write(self, morceau: bytes) -> int:
        self._depuis += len(morceau)
        ecrit = self._fichier.write(morceau)
        if self._depuis >= ECOULEMENT:
            self._depuis = 0
            self._fil.submit(os.fsync, self._fichier.fileno())
        return ecrit


@contextmanager
def ecouler(fichier: IO[bytes]) -> Iterator[Puits]:
    """Give a sink to a file that flushes to the disk all along, so that the end is not long.

    What a flush refuses, the last one (`remplacer`) refuses too.
    """
    fil = ThreadPoolExecutor(1)
    try:
        yield _Ecoule(fichier, fil)
    finally:
        fil.shutdown(cancel_futures=True)
