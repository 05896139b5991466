"""A batch of bulletins beside the library alone.

Run by `build/bench`, or by hand: `PYTHONPATH=. .venv/bin/python tests/bench/bench_pdf.py
[BULLETINS]`. Prints seconds of the
processor and ratios; asserts nothing. Peer: fpdf2 writing as many texts, the
same ones, at the same places, sizes and colours, in the same kind of file, and nothing else.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fpdf import FPDF

from app.paie.documents import bulletin as document
from app.paie.documents.papier import FICHIERS, NORME, Papier
from app.paie.rules.imprimes import BulletinImprime
from tests.unit.paie.fabrique import CADRE, TOUT, bulletin_imprime

Texte = tuple[float, float, str, str, float, tuple[float, ...]]
BULLETINS = 1_000
SEPARES = 50
REPRISES = 3


def comparer(travail: Callable[[], object], temoin: Callable[[], object]) -> tuple[float, float]:
    """Return the best processor times of both, run by turns: other programs count less."""
    durees: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPRISES):
        for faire, siennes in zip((travail, temoin), durees, strict=True):
            depart = time.process_time()
            faire()
            siennes.append(time.process_time() - depart)
    return min(durees[0]), min(durees[1])


def dire(nom: str, secondes: float, temoin: float) -> None:
    """Print a measure beside its peer's, and their ratio."""
    print(f"{nom:<34}{secondes:>9.3f} s   fpdf2 seul {temoin:.3f} s   × {secondes / temoin:.2f}")


def lot(combien: int) -> list[BulletinImprime]:
    """Return bulletins that differ by their figures and their names."""
    modeles = [bulletin_imprime(), bulletin_imprime(CADRE, TOUT)]
    bulletins = []
    for rang in range(combien):
        b = modeles[rang % 2]
        salarie = replace(b.salarie, designation=f"Madame Zoé LEFÈVRE {rang}")
        lignes = tuple(li._replace(salarial=(li.salarial or 0) + rang) for li in b.lignes)
        bulletins.append(replace(b, salarie=salarie, lignes=lignes, brut=b.brut + rang))
    return bulletins


def textes_de(bulletin: BulletinImprime) -> list[Texte]:
    """Return the texts that a page bears: place, words, style, size, colour."""
    vus: list[Texte] = []
    couleur: list[tuple[float, ...]] = [()]
    papier = Papier("Mesure", bulletin.fait_a)
    pdf: Any = papier._pdf

    def noter(x: float, y: float, texte: str) -> None:
        vus.append((x, y, texte, pdf.font_style, pdf.font_size_pt, couleur[0]))

    def colorier(*valeurs: float) -> None:
        couleur[0] = valeurs

    pdf.text, pdf.set_text_color = noter, colorier
    document.dessiner(papier, bulletin)
    return vus


def ecrire(pages: list[list[Texte]]) -> bytes:
    """Write texts with the library alone."""
    pdf = FPDF("portrait", "pt", "A4", enforce_compliance=NORME)
    pdf.set_auto_page_break(auto=False)
    for style, chemin in FICHIERS.items():
        pdf.add_font("OpenSans", style, chemin)
    for page in pages:
        pdf.add_page()
        for x, y, texte, style, taille, couleur in page:
            pdf.set_font("OpenSans", style, taille)
            pdf.set_text_color(*couleur)
            pdf.text(x, y, texte)
    return bytes(pdf.output())


def main() -> None:
    """Measure one file of many pages, then files of one page."""
    combien = int(sys.argv[1]) if len(sys.argv) > 1 else BULLETINS
    bulletins = lot(combien)
    pages = [textes_de(b) for b in bulletins]
    print(f"{combien} bulletins, {sum(map(len, pages)) // combien} textes par page")

    def ensemble() -> None:
        document.imprimer(bulletins, "Lot", bulletins[0].fait_a).octets()

    dire("Un fichier", *comparer(ensemble, lambda: ecrire(pages)))

    def separes() -> None:
        for b in bulletins[:SEPARES]:
            document.imprimer([b], document.titre(b), b.fait_a).octets()

    def temoin() -> None:
        for page in pages[:SEPARES]:
            ecrire([page])

    dire(f"{SEPARES} fichiers d'une page", *comparer(separes, temoin))


if __name__ == "__main__":
    main()
