"""Importing a spreadsheet through the screen, in a real Chromium."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook
from stdnum import luhn

EMPLOYEURS, SALARIES = 40, 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

pytestmark = pytest.mark.e2e


def avec_cle(radical: str) -> str:
    """Add the Luhn digit."""
    return next(radical + c for c in "0123456789" if luhn.is_valid(radical + c))


def siret(numero: int) -> str:
    """Return a valid SIRET, another for each number."""
    return avec_cle(avec_cle(f"{40_000_000 + numero:08d}") + "0001")


def nir(sexe: int, naissance: date, ordre: int) -> str:
    """Return a valid NIR of somebody born that day in Paris."""
    debut = f"{sexe}{naissance.year % 100:02d}{naissance.month:02d}75"
    corps = f"{debut}{ordre // 990 + 1:03d}{ordre % 990 + 1:03d}"
    return f"{corps}{97 - int(corps) % 97:02d}"


def classeur(rangees: list[list[object]]) -> bytes:
    """Return a workbook of one sheet."""
    fichier = Workbook()
    feuille: Any = fichier.active
    for rangee in rangees:
        feuille.append(rangee)
    tampon = io.BytesIO()
    fichier.save(tampon)
    return tampon.getvalue()


def employeurs() -> list[list[object]]:
    """Return a sheet of employers in a new dossier."""
    entetes: list[object] = ["Dossier", "Raison sociale", "N° SIRET"]
    return [entetes] + [
        ["Reprise", f"Association reprise {i}", int(siret(i))] for i in range(EMPLOYEURS)
    ]


def salaries() -> list[list[object]]:
    """Return a sheet of employees of those employers."""
    rangees: list[list[object]] = [["SIRET", "Titre", "NOM", "Prénom", "N° SS", "Né(e) le", "CP"]]
    for i in range(SALARIES):
        sexe, naissance = 1 + i % 2, date(1960 + i % 45, 1 + i % 12, 1 + i % 28)
        civilite = "Monsieur" if sexe == 1 else "Madame"
        numero = nir(sexe, naissance, i)
        noms = [f"Reprise{i}", "Alix"]
        rangees.append([siret(i % EMPLOYEURS), civilite, *noms, numero, naissance, 1000])
    return rangees


def envoyer(page: Any, libelle: str, rangees: list[list[object]], nom: str) -> None:
    """Choose the kind and the file, and ask for the preview."""
    page.get_by_role("radio", name=libelle).check()
    fichier = {"name": nom, "mimeType": XLSX, "buffer": classeur(rangees)}
    page.locator("#champ-fichier").set_input_files(files=[fichier])
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.locator("#compte-creer").wait_for()


@pytest.mark.exigence("G6")
def test_two_thousand_employees_come_in_through_the_screen(page: Any, serveur: Any) -> None:
    """Employers, then 2 000 employees, then the same file: nothing to do."""
    page.goto(f"{serveur.adresse}/importations/")
    envoyer(page, "Employeurs", employeurs(), "employeurs.xlsx")
    page.get_by_text("Dossier créé au passage").wait_for()
    page.get_by_role("button", name=f"Importer {EMPLOYEURS} lignes").click()
    page.locator("#resultat-creees").wait_for()
    page.get_by_role("link", name="Importer les salariés").click()

    envoyer(page, "Salariés", salaries(), "salaries.xlsx")
    page.get_by_role("button", name="Importer 2").click()
    page.locator("#resultat-creees").wait_for(timeout=20_000)

    assert page.locator("#resultat-creees").inner_text().replace("\u202f", "") == str(SALARIES)

    page.get_by_role("link", name="Importer un autre fichier").click()
    envoyer(page, "Salariés", salaries(), "salaries.xlsx")
    page.get_by_text("il n’y a rien à importer").wait_for()


@pytest.mark.exigence("G6")
def test_a_wrong_line_is_shown_and_the_good_ones_alone_come_in(page: Any, serveur: Any) -> None:
    """The finding names line 3 and column C; only the good line is imported."""
    rangees = employeurs()[:3]
    rangees[2][2] = "123"

    page.goto(f"{serveur.adresse}/importations/")
    envoyer(page, "Employeurs", rangees, "employeurs.xlsx")

    ligne = page.locator("#constats tbody tr").first
    assert ligne.locator("td").nth(0).inner_text() == "3"
    assert ligne.locator("td").nth(1).inner_text() == "C (N° SIRET)"
    page.get_by_role("button", name="que les lignes correctes (1)").click()
    page.locator("#resultat-creees").wait_for()
    assert page.locator("#resultat-creees").inner_text() == "1"


@pytest.mark.exigence("G6")
def test_columns_are_matched_by_hand_with_the_keyboard(page: Any, serveur: Any) -> None:
    """Headings that nobody knows: each column is named in its list, then applied."""
    page.goto(f"{serveur.adresse}/importations/")
    fichier = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"Machin;Truc\nAviron;Mer\n"}
    page.locator("#champ-fichier").set_input_files(files=[fichier])
    page.get_by_role("button", name="Voir l’aperçu").press("Enter")
    page.get_by_text("Aucun intitulé de colonne").wait_for()

    page.get_by_label("Colonne A : Machin").select_option("raison_sociale")
    page.get_by_label("Colonne B : Truc").select_option("dossier")
    page.get_by_role("button", name="Appliquer ces correspondances").press("Enter")

    page.locator("#compte-creer").wait_for()
    assert page.locator("#compte-creer").inner_text() == "1"
