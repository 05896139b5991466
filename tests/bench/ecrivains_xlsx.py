"""Writers of workbooks, measured alone: one process writes one file, says seconds and memory.

`python tests/bench/ecrivains_xlsx.py NOM RESULTAT FICHIER`, run by `bench_extractions.py`.
Every one writes the same lines, typed and with number formats, a frozen header, a filter and
widths, as far as it can. Peers that are not installed are left out.
"""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.extractions.documents import xlsx, xlsx_flux
from app.extractions.documents.xlsx_formats import DECIMALES, FORMATS
from app.extractions.rules import Colonne, TypeColonne
from app.extractions.rules.extraction import Extraction
from app.extractions.service.exports import extraction_de
from app.extractions.service.resultats import Resultat

Lignes = Iterator[tuple[Any, ...]]
Ecrivain = Callable[[Path, Extraction, Lignes], None]


def _typer(genre: TypeColonne) -> Callable[[Any], Any]:
    """Return what turns a stored value into what libraries take."""
    if genre is TypeColonne.DATE:
        return lambda v: None if v is None else date.fromisoformat(v)
    if genre in DECIMALES:
        diviseur = 10 ** DECIMALES[genre]
        return lambda v: None if v is None else v / diviseur
    return lambda v: v


def _typees(colonnes: Sequence[Colonne], lignes: Lignes) -> Lignes:
    typer = [_typer(c.type) for c in colonnes]
    for ligne in lignes:
        yield tuple(f(v) for f, v in zip(typer, ligne, strict=True))


def _openpyxl(chemin: Path, extraction: Extraction, lignes: Lignes) -> None:
    xlsx.PAR_BIBLIOTHEQUE = sys.maxsize
    xlsx.ecrire(chemin, extraction, lignes)


def _xlsxwriter(chemin: Path, extraction: Extraction, lignes: Lignes) -> None:
    bibliotheque = import_module("xlsxwriter")
    classeur = bibliotheque.Workbook(str(chemin), {"constant_memory": True})
    feuille = classeur.add_worksheet("Résultat")
    styles = [classeur.add_format({"num_format": FORMATS[c.type]}) for c in extraction.colonnes]
    ecrire = [
        {
            TypeColonne.TEXTE: feuille.write_string,
            TypeColonne.IDENTIFIANT: feuille.write_string,
            TypeColonne.DATE: feuille.write_datetime,
        }.get(c.type, feuille.write_number)
        for c in extraction.colonnes
    ]
    feuille.freeze_panes(1, 0)
    for i, c in enumerate(extraction.colonnes):
        feuille.set_column(i, i, c.largeur + 2)
        feuille.write_string(0, i, c.libelle)
    for rang, ligne in enumerate(_typees(extraction.colonnes, lignes), 1):
        for i, valeur in enumerate(ligne):
            if valeur is not None:
                ecrire[i](rang, i, valeur, styles[i])
    feuille.autofilter(0, 0, extraction.total, len(extraction.colonnes) - 1)
    classeur.close()


def _rustpy(chemin: Path, extraction: Extraction, lignes: Lignes) -> None:
    bibliotheque = import_module("rustpy_xlsxwriter")
    noms = [c.libelle for c in extraction.colonnes]
    bibliotheque.FastExcel(str(chemin)).freeze(row=1).sheet(
        "Résultat",
        (dict(zip(noms, v, strict=True)) for v in _typees(extraction.colonnes, lignes)),
        column_widths=[c.largeur + 2 for c in extraction.colonnes],
        column_formats=[
            bibliotheque.Format().set_num_format(FORMATS[c.type]) for c in extraction.colonnes
        ],
        autofilter=True,
    ).save()


def _rustypyxl(chemin: Path, extraction: Extraction, lignes: Lignes) -> None:
    classeur = import_module("rustypyxl").WriteOnlyWorkbook(str(chemin))
    classeur.create_sheet("Résultat")
    classeur.append_row([c.libelle for c in extraction.colonnes])
    for ligne in _typees(extraction.colonnes, lignes):
        classeur.append_row(list(ligne))
    classeur.close()


ECRIVAINS: dict[str, tuple[str, str, Ecrivain]] = {
    "flux": ("Le nôtre", "", xlsx_flux.ecrire),
    "openpyxl": ("openpyxl, write-only", "openpyxl", _openpyxl),
    "xlsxwriter": ("XlsxWriter, constant_memory", "xlsxwriter", _xlsxwriter),
    "rustpy": ("rustpy-xlsxwriter", "rustpy_xlsxwriter", _rustpy),
    "rustypyxl": ("rustypyxl, write-only, sans style", "rustypyxl", _rustypyxl),
}
"""Name, what is shown, module that must be there, writer."""


def presents() -> list[str]:
    """Return the names of the writers that can be measured here."""
    return [nom for nom, (_, module, _) in ECRIVAINS.items() if not module or find_spec(module)]


def memoire() -> float:
    """Return the most memory that this process held, in MiB (Linux says it since its start)."""
    statut = Path("/proc/self/status")
    if statut.exists():
        (pic,) = [x for x in statut.read_text(encoding="ascii").splitlines() if "VmHWM" in x]
        return int(pic.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Write one file, and print seconds, CPU seconds, bytes and memory added."""
    nom, dossier, destination = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    resultat = Resultat.ouvrir(dossier.parents[1] / "clairpaie.sqlite3", dossier.name)
    extraction = extraction_de(resultat)
    champs = ", ".join(f"c{i}" for i in range(len(extraction.colonnes)))
    with closing(sqlite3.connect(dossier / "lignes.sqlite3")) as connexion:
        lignes = connexion.execute(f"SELECT {champs} FROM lignes ORDER BY ligne")  # noqa: S608
        avant = memoire()
        depart = time.perf_counter()
        ECRIVAINS[nom][2](destination, extraction, lignes)
        duree = time.perf_counter() - depart
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "secondes": duree,
                "processeur": usage.ru_utime + usage.ru_stime,
                "octets": destination.stat().st_size,
                "memoire": memoire() - avant,
                "memoire_totale": memoire(),
            }
        )
    )


if __name__ == "__main__":
    main()
