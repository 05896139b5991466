"""Exports: a view of a result written in a format, whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from app.extractions.documents import Format, trouver_format, xml
from app.extractions.documents.sql import Bloc, Champ
from app.extractions.errors import DestinationInaccessible, ExportIntrouvable
from app.extractions.rules import Presentation
from app.extractions.rules.colonnes import Valeur
from app.extractions.rules.extraction import Extraction
from app.extractions.service.resultats import Resultat
from app.socle.errors import DossierIllisible
from app.socle.fichiers import preparer_dossier, remplacer
from app.socle.horloge import PARIS
from app.socle.taches import SANS_SUIVI, Suivi

PAS = 1_000
"""Lines between two words about the progress."""
EXPORTS = "exports"
BRUTE = Presentation()


def extraction_de(
    resultat: Resultat, presentation: Presentation = BRUTE, *, suivi: Suivi = SANS_SUIVI
) -> Extraction:
    """Return what documents need to know of a view, its lines aside."""
    return Extraction(
        resultat.numero,
        resultat.titre,
        resultat.parametres,
        resultat.montrees(presentation),
        resultat.compter(presentation, suivi=suivi),
        resultat.cree_a.astimezone(PARIS),
    )


def exporter(
    resultat: Resultat,
    code: str,
    destination: Path,
    presentation: Presentation = BRUTE,
    *,
    suivi: Suivi = SANS_SUIVI,
) -> int:
    """Write a view in a file; returns how many lines it has.

    Written beside under a temporary name, flushed, then renamed: a failed or cancelled export
    leaves nothing, and what stood there before stays.

    Raises:
        FormatInconnu: no such format.
        DestinationInaccessible: the folder is not there (any more), or cannot be written.
        DisquePlein: no room.
        TacheAnnulee: the person asked to stop.
    """
    genre = trouver_format(code)
    dossier = destination.parent
    if not dossier.is_dir():
        raise DestinationInaccessible(str(dossier), "il n'existe pas, ou plus")
    extraction = extraction_de(resultat, presentation, suivi=suivi)
    lignes = _Lignes(resultat, presentation, genre, extraction.total, suivi)
    try:
        with remplacer(destination) as provisoire:
            genre.ecrire(provisoire, extraction, lignes)
    except DossierIllisible as erreur:
        raise DestinationInaccessible(str(dossier), erreur.cause) from erreur
    return extraction.total


@dataclass(frozen=True, slots=True)
class _Lignes:
    """The lines of a view on their way to a file; says now and then how far it is."""

    resultat: Resultat
    presentation: Presentation
    genre: Format
    total: int
    suivi: Suivi

    def _dire(self, fait: int) -> None:
        self.suivi.etape(f"Écriture du fichier {self.genre.code.upper()}", fait, self.total)

    def __iter__(self) -> Iterator[tuple[Valeur, ...]]:
        return chain.from_iterable(self._paquets())

    def _paquets(self) -> Iterator[Iterator[tuple[Valeur, ...]]]:
        suite = self.resultat.parcourir(self.presentation, suivi=self.suivi)
        fait = 0
        while (premiere := next(suite, None)) is not None:
            self._dire(fait)
            yield chain((premiere,), islice(suite, PAS - 1))  # nothing held: one line at a time
            fait += PAS
        self._dire(self.total)

    def composer(self, expression: Callable[[Sequence[Champ]], str]) -> Iterator[Bloc]:
        """Run through the blocks that SQLite composes into text."""
        fait = 0
        for bloc in self.resultat.composer(self.presentation, expression, suivi=self.suivi):
            self._dire(fait)
            yield bloc
            fait += bloc.nombre
        self._dire(self.total)


@dataclass(frozen=True, slots=True)
class ExportPret:
    """An export to download: name of the file, its lines, its size."""

    fichier: str
    lignes: int
    octets: int


def preparer_export(
    resultat: Resultat,
    code: str,
    presentation: Presentation,
    *,
    suivi: Suivi = SANS_SUIVI,
) -> ExportPret:
    """Write an export in the result's own folder, to be downloaded.

    Raises:
        FormatInconnu, DestinationInaccessible, DisquePlein, TacheAnnulee: see `exporter`.
    """
    extraction = extraction_de(resultat, presentation, suivi=suivi)
    nom = extraction.nom_de_fichier(trouver_format(code).code)
    dossier = resultat.dossier / EXPORTS
    preparer_dossier(dossier)
    lignes = exporter(resultat, code, dossier / nom, presentation, suivi=suivi)
    return ExportPret(nom, lignes, (dossier / nom).stat().st_size)


def trouver_export(resultat: Resultat, nom: str) -> Path:
    """Return the path of a prepared export.

    Raises:
        ExportIntrouvable: none of that name.
    """
    chemin = resultat.dossier / EXPORTS / nom
    if Path(nom).name != nom or not chemin.is_file():
        raise ExportIntrouvable
    return chemin


def schema_xml(resultat: Resultat) -> str:
    """Return the XML schema of a result's documents."""
    return xml.schema(resultat.numero, resultat.titre, resultat.colonnes)
