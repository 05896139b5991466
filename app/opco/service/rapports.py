"""Lay the report on the desktop and in the program's reports folder."""

import logging
from dataclasses import dataclass
from pathlib import Path

from app.noyau.erreurs import ErreurMetier
from app.opco import documents
from app.opco.service.examen import Examen
from app.socle import plateforme
from app.socle.fichiers import preparer_dossier, remplacer

RAPPORTS = "rapports"
"""Folder of the reports, in the data folder."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Depot:
    """Where the report was laid, and what could not be written (French sentences)."""

    fichiers: tuple[Path, ...]
    avis: tuple[str, ...]


def texte_du_rapport(examen: Examen, *, simulation: bool) -> str:
    """Return the report of an examination."""
    return documents.rediger(
        au=examen.au,
        faites=examen.changees,
        decisions=examen.decisions,
        simulation=simulation,
    )


def deposer(texte: str, donnees: Path, bureau: Path | None) -> Depot:
    """Write the report into both folders; one that cannot be written is said, never fatal.

    UTF-8 with BOM and CRLF, so that any Notepad shows it.

    Args:
        texte: the report.
        donnees: the data folder.
        bureau: the desktop; None when there is none.
    """
    contenu = ("\ufeff" + texte.replace("\n", "\r\n")).encode()
    fichiers, avis = [], []
    for dossier in (donnees / RAPPORTS, bureau):
        if dossier is None:
            continue
        try:
            preparer_dossier(dossier)
            with remplacer(dossier / documents.NOM) as provisoire:
                provisoire.write_bytes(contenu)
        except ErreurMetier as erreur:
            _log.warning("opco.report.unwritable code=%s", erreur.code)
            avis.append(f"Le rapport n'a pas pu être écrit dans « {dossier} ». {erreur.texte()}")
        else:
            fichiers.append(dossier / documents.NOM)
    return Depot(tuple(fichiers), tuple(avis))


def bureau(reglage: str) -> Path | None:
    """Return the folder where reports are laid for the person: the one set, else the desktop."""
    return Path(reglage).expanduser() if reglage else plateforme.bureau()
