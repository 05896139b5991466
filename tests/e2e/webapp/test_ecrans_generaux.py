"""Home, help, parameters, bulletins and the Centre de maintenance in a real Chromium."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import ouvrir
from app.desktop.serveur import Serveur

pytestmark = pytest.mark.e2e

ECRANS = {
    "accueil": "/",
    "bulletins": "/bulletins/?mois=2026-06",
    "conventions": "/conventions/",
    "convention": "/opco/conventions/1518",
    "opco": "/opco/",
    "anciens-opca": "/opco/anciens",
    "aide": "/aide/",
    "aide-programme": "/aide/programme",
    "aide-clavier": "/aide/clavier",
    "aide-messages": "/aide/messages",
    "maintenance": "/maintenance/",
    "maintenance-journal": "/maintenance/journal",
    "maintenance-reglages": "/maintenance/reglages",
    "erreur": "/aide/nulle-part",
}


@pytest.mark.exigence("G4")
def test_general_screens_are_accessible_in_light_and_dark(
    page: Any, serveur: Any, photographier: Any, sans_obstacle: Any, fautes: list[str]
) -> None:
    """No rule of WCAG AA broken, nothing wider than 1366 pixels; each is photographed."""
    for nom, adresse in ECRANS.items():
        page.goto(f"{serveur.adresse}{adresse}")
        page.locator('[aria-busy="true"]').wait_for(state="detached")
        sans_obstacle()
        photographier(nom)
        photographier(f"{nom}-sombre", theme="dark")
    fautes[:] = [f for f in fautes if "404" not in f]


@pytest.mark.exigence("G4", "E1", "F3")
def test_the_modules_open_by_keyboard_and_the_menu_quits(page: Any) -> None:
    """Alt + a digit opens each module in order; the menu « Fichier » reaches « Quitter »."""
    liens = page.locator(".volet a")
    noms = [" ".join(texte.split()) for texte in liens.all_inner_texts()]
    assert [n.removesuffix(" (nouvelle fenêtre)") for n in noms] == [
        "Dossiers",
        "Employeurs",
        "Salariés",
        "Bulletins",
        "Paramétrage (Taux)",
        "Extractions de données",
        "Centre de maintenance",
    ]
    for rang in range(1, 7):
        page.keyboard.press(f"Alt+{rang}")
        page.locator(f'.volet li:nth-child({rang}) a[aria-current="page"]').wait_for()
        page.wait_for_load_state()  # the page's own keys answer once it is there
    page.get_by_role("button", name="Fichier").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Quitter Clairpaie").wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("Vous pouvez fermer cet onglet").wait_for()


@pytest.fixture
def serveur_vide(tmp_path: Path) -> Iterator[Serveur]:
    """The real server on an empty base."""
    programme = ouvrir(tmp_path / "vide")
    actif = Serveur(programme)
    actif.demarrer()
    yield actif
    actif.arreter()
    programme.fermer()


@pytest.mark.exigence("G1", "G2")
def test_the_first_start_fills_the_demonstration_dossier(
    page: Any, serveur_vide: Serveur, photographier: Any, sans_obstacle: Any
) -> None:
    """One button, a progress, then the home page on plausible data."""
    page.goto(serveur_vide.ouverture)
    sans_obstacle()
    photographier("premier-demarrage")
    page.get_by_role("button", name="Essayer avec le dossier de démonstration").click()
    page.get_by_role("link", name="Continuer").click(timeout=30_000)
    page.get_by_text("sous contrat aujourd").wait_for()


@pytest.mark.exigence("G3")
def test_the_base_is_verified_from_the_maintenance_window(page: Any) -> None:
    """The module opens in a window of its own; the verification ends well."""
    with page.expect_popup() as ouverte:
        page.get_by_role("link", name="Centre de maintenance").click()
    fenetre = ouverte.value
    fenetre.get_by_role("button", name="Vérifier la base").click()
    fenetre.get_by_text("La base est saine").wait_for()
