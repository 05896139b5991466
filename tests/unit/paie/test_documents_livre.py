"""The livre de paie, reopened as a workbook and as a PDF."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from app.noyau.argent import nombre_decimal
from app.noyau.periodes import Mois
from app.paie.documents import livre_pdf, livre_xlsx
from app.paie.rules.livre import LigneLivre, Livre, Montants, TotalCotisation, additionner

SALARIES = 120


def livre(salaries: int = SALARIES) -> Livre:
    """Return a livre of three employers."""
    lignes = tuple(
        LigneLivre(
            rang % 3,
            f"Association {rang % 3}",
            f"{rang:04}",
            f"NOM{rang} Zoé",
            "Animatrice",
            "validé",
            Montants(200_000 + rang, 44_000, 156_000, 160_000, 3_100, 152_900, 30_007, 230_007),
        )
        for rang in sorted(range(salaries), key=lambda r: (r % 3, r))
    )
    cotisations = (
        TotalCotisation("Urssaf", "Maladie", salaries, 24_000_000, 0, 3_120_000),
        TotalCotisation("Urssaf", "Vieillesse", salaries, 24_000_000, 1_656_000, 2_052_000),
        TotalCotisation("Agirc-Arrco", "Tranche 1", salaries, 24_000_000, 756_000, 1_132_800),
    )
    fait_a = datetime(2026, 6, 28, 10, 0, tzinfo=UTC)
    return Livre(Mois(2026, 6), "Tous les employeurs", fait_a, lignes, cotisations)


def rouvrir(contenu: Livre) -> Any:
    """Return the workbook of a livre, opened again."""
    return load_workbook(BytesIO(livre_xlsx.octets(contenu)))


def test_the_workbook_has_a_line_a_bulletin_and_true_totals() -> None:
    """Typed amounts under a frozen header; the last line is the sum of those above."""
    contenu = livre()
    feuille = rouvrir(contenu)["Journal"]
    assert feuille.freeze_panes == "A2"
    assert feuille.auto_filter.ref == f"A1:M{SALARIES + 1}"
    assert feuille.max_row == SALARIES + 2
    assert feuille["F2"].value == 2000
    assert "€" in feuille["F2"].number_format
    assert feuille["B2"].value == "0000"
    sommes = [
        round(sum(feuille.cell(ligne, colonne).value for ligne in range(2, SALARIES + 2)), 2)
        for colonne in range(6, 14)
    ]
    dernier = [feuille.cell(SALARIES + 2, colonne).value for colonne in range(6, 14)]
    assert dernier == sommes == [m / 100 for m in contenu.total]


def test_the_workbook_totals_the_cotisations_by_organisme() -> None:
    """One line a cotisation, then a total an organisme, then all of them."""
    feuille = rouvrir(livre())["Cotisations"]
    lignes = [[c.value for c in rang] for rang in feuille.iter_rows(min_row=2)]
    assert [li[0] for li in lignes] == [
        *("Urssaf", "Urssaf", "Agirc-Arrco"),
        *("Total Urssaf", "Total Agirc-Arrco", "Total"),
    ]
    assert lignes[3][4:] == [16_560, 51_720, 68_280]
    assert lignes[-1][4:] == [24_120, 63_048, 87_168]


def test_texts_are_never_formulas() -> None:
    """What begins with = + - @ stays a text, and a control character does not spoil the file."""
    piege = LigneLivre(*(1, "=1+1", "+33", "-NOM\x07", "@somme", "validé"), Montants(*range(1, 9)))
    contenu = Livre(Mois(2026, 6), "x", datetime(2026, 6, 1, tzinfo=UTC), (piege,), ())
    feuille = rouvrir(contenu)["Journal"]
    assert [feuille.cell(2, colonne).value for colonne in range(1, 5)] == [
        *("=1+1", "+33", "-NOM", "@somme"),
    ]
    assert {feuille.cell(2, colonne).data_type for colonne in range(1, 5)} == {"s"}
    assert all(feuille.cell(2, colonne).quotePrefix for colonne in range(1, 5))


def test_the_pdf_has_every_line_and_the_totals() -> None:
    """A4 landscape, as many pages as it takes, the header on each."""
    contenu = livre()
    lu = PdfReader(BytesIO(livre_pdf.octets(contenu)))
    pages = [re.sub(r"[\u00a0\u2009]", " ", p.extract_text()) for p in lu.pages]
    assert len(pages) > 2
    assert all(float(p.mediabox.width) > float(p.mediabox.height) for p in lu.pages)
    assert all("Livre de paie de juin 2026" in p for p in pages)
    assert all(f"Page {rang}" in p for rang, p in enumerate(pages, 1))
    tout = "\n".join(pages)
    assert [li.nom for li in contenu.lignes if li.nom not in tout] == []
    groupes = [additionner(lignes) for _, lignes in contenu.par_employeur()]
    for montant in (m for total in (*groupes, contenu.total) for m in total):
        assert nombre_decimal(montant, 2, 2).replace("\u202f", " ") in tout
    assert "Total général : 120 bulletins" in tout


def test_the_same_livre_gives_the_same_pdf() -> None:
    """It bears the instant that it is given, no other."""
    assert livre_pdf.octets(livre(5)) == livre_pdf.octets(livre(5))
