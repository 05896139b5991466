"""CSV: semicolons, UTF-8 with BOM, decimal comma, dates JJ/MM/AAAA."""

from collections.abc import Iterable
from pathlib import Path

from app.extractions.documents.plat import ecrire_separe
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.extraction import Extraction

MIME = "text/csv; charset=utf-8"


def ecrire(chemin: Path, extraction: Extraction, lignes: Iterable[tuple[Valeur, ...]]) -> None:
    """Write a result as text with semicolons."""
    ecrire_separe(chemin, extraction, lignes, ";")
