"""Files: written beside and renamed, flushed to the disk; the data folder made ready."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.socle.errors import DisquePlein, DossierIllisible


def _traduire(erreur: OSError, chemin: Path) -> Exception:
    if erreur.errno in {28, 122}:
        return DisquePlein(str(chemin))
    return DossierIllisible(str(chemin), (erreur.strerror or str(erreur)).lower())


def preparer_dossier(dossier: Path) -> None:
    """Make a folder and make sure that it can be written.

    Raises:
        DossierIllisible: no rights, a file stands there, or the disk is read-only.
        DisquePlein: no room.
    """
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=dossier, prefix=".essai-") as essai:
            essai.write(b"x")
            essai.flush()
    except OSError as erreur:
        raise _traduire(erreur, dossier) from erreur


@contextmanager
def remplacer(destination: Path) -> Iterator[Path]:
    """Give a temporary path beside the destination; renamed onto it when all went well.

    On any error the temporary file is removed and the destination is as it was.

    Raises:
        DossierIllisible, DisquePlein: the folder cannot be written.
    """
    try:
        poignee, nom = tempfile.mkstemp(dir=destination.parent, prefix=f".{destination.name}.")
        os.close(poignee)
    except OSError as erreur:
        raise _traduire(erreur, destination.parent) from erreur
    provisoire = Path(nom)
    try:
        yield provisoire
        with provisoire.open("rb+") as fichier:
            os.fsync(fichier.fileno())
        provisoire.replace(destination)
    except OSError as erreur:
        raise _traduire(erreur, destination.parent) from erreur
    finally:
        provisoire.unlink(missing_ok=True)


def ecrire_texte(destination: Path, texte: str) -> None:
    """Write a small text file in one atomic step, UTF-8."""
    with remplacer(destination) as provisoire:
        provisoire.write_text(texte, encoding="utf-8")
