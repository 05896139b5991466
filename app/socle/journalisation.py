"""Logs: one rotating file, constant English event names, personal data masked.

A log says what the program did; the journal (in the base) says what a person did.
"""

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.noyau.identifiants import masquer

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class Masque(logging.Formatter):
    """Hides NIR and IBAN in what goes to the file: messages, values, tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, masked."""
        return masquer(super().format(record))


def installer(dossier: Path, niveau: str = "INFO") -> Path:
    """Write logs to `journaux/clairpaie.log` of the data folder; returns the file.

    Five files of 1 MB at most; a folder that cannot be written leaves logs on standard error.
    """
    fichier = dossier / "journaux" / "clairpaie.log"
    racine = logging.getLogger()
    for ancien in [h for h in racine.handlers if h.get_name() == "clairpaie"]:
        racine.removeHandler(ancien)
        ancien.close()
    sortie: logging.Handler
    try:
        fichier.parent.mkdir(parents=True, exist_ok=True)
        sortie = RotatingFileHandler(fichier, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    except OSError:
        sortie = logging.StreamHandler()
    sortie.set_name("clairpaie")
    sortie.setFormatter(Masque(_FORMAT))
    racine.addHandler(sortie)
    racine.setLevel(niveau)
    logging.getLogger("waitress.queue").setLevel("ERROR")
    return fichier


def noter_bogue(journal: logging.Logger, erreur: BaseException) -> str:
    """Log an unforeseen error once; returns the reference to read aloud to support.

    Only types and places in the code are written: messages and values may hold personal data.
    """
    reference = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    lieux = "; ".join(
        f"{Path(c.filename).name}:{c.lineno} {c.name}"
        for c in traceback.extract_tb(erreur.__traceback__)[-8:]
    )
    journal.error("bug reference=%s type=%s at=%s", reference, type(erreur).__name__, lieux)
    return reference
