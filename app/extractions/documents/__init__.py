"""Export formats, one file each; every one writes lines as they come, in constant memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from app.extractions.documents import csv, txt, xlsx, xml
from app.extractions.documents.plat import cellule
from app.extractions.errors import FormatInconnu
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.extraction import Extraction


@dataclass(frozen=True, slots=True)
class Format:
    """One way to export; `mime` names it to browsers."""

    code: str
    libelle: str
    mime: str
    ecrire: Callable[[Path, Extraction, Iterable[tuple[Valeur, ...]]], None]


FORMATS = (
    Format("xlsx", "Classeur Excel ou LibreOffice (XLSX)", xlsx.MIME, xlsx.ecrire),
    Format("xml", "Document XML", xml.MIME, xml.ecrire),
    Format("txt", "Texte séparé par des tabulations (TXT)", txt.MIME, txt.ecrire),
    Format("csv", "Texte séparé par des points-virgules (CSV)", csv.MIME, csv.ecrire),
)


def trouver_format(code: str) -> Format:
    """Return the format of that code.

    Raises:
        FormatInconnu: none.
    """
    for candidat in FORMATS:
        if candidat.code == code.strip().lower():
            return candidat
    raise FormatInconnu(code, ", ".join(f.code for f in FORMATS))


__all__ = ["FORMATS", "Format", "cellule", "trouver_format"]
