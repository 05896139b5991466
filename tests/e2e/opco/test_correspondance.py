"""« Correspondance OPCO » by keyboard, in a real Chromium: preview, apply, report, undo."""

import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.e2e


def viser(page: Any, cible: Any, limite: int = 80) -> None:
    """Press Tab until an element has the focus, as a person without a mouse does."""
    cible.wait_for()
    for _ in range(limite):
        if cible.evaluate("(e) => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def actionner(page: Any, cible: Any) -> None:
    """Reach an element by Tab and press Enter."""
    viser(page, cible)
    page.keyboard.press("Enter")


def a_mettre_a_jour(page: Any) -> int:
    """Return the number that the summary announces."""
    texte = page.locator(".bilan-opco strong").first.inner_text()
    return int(re.sub(r"\D", "", texte))


def ouvrir_par_les_onglets(page: Any) -> None:
    """From « Paramétrage (Taux) », through « OPCO »."""
    page.keyboard.press("Alt+5")
    page.get_by_role("navigation", name="Paramétrage").wait_for(timeout=30_000)
    actionner(page, page.get_by_role("link", name="OPCO", exact=True))
    actionner(page, page.get_by_role("link", name="Correspondance OPCO", exact=True))
    page.locator(".bilan-opco").wait_for()


@pytest.mark.exigence("O2", "O7", "G4")
def test_the_correspondence_is_previewed_applied_once_and_undone_by_keyboard(
    page: Any, photographier: Any, sans_obstacle: Any, bureau: Path
) -> None:
    """What is announced is written, a second time there is nothing to do, then all comes back."""
    ouvrir_par_les_onglets(page)
    avant = a_mettre_a_jour(page)
    assert avant > 0
    assert page.locator("tbody").first.get_by_text("à mettre à jour").first.is_visible()
    sans_obstacle()
    photographier("opco-correspondance")
    photographier("opco-correspondance-sombre", theme="dark")

    actionner(page, page.get_by_role("button", name="Appliquer…"))
    confirmer = page.get_by_role("button", name="Appliquer les correspondances")
    confirmer.wait_for()
    photographier("opco-appliquer")
    actionner(page, confirmer)
    page.get_by_text(re.compile(rf"{avant} employeurs mis à jour\.")).first.wait_for()
    rapport = bureau / "Rapport mise à jour caisses OPCO.txt"
    assert "IDCC" in rapport.read_text(encoding="utf-8-sig")

    page.reload()
    page.locator(".bilan-opco").wait_for()
    assert a_mettre_a_jour(page) == 0
    assert page.get_by_role("button", name="Appliquer…").count() == 0
    sans_obstacle()
    photographier("opco-correspondance-appliquee")

    actionner(page, page.locator(".bilan-opco a"))
    annuler = page.get_by_role("button", name="Annuler cette application…")
    annuler.wait_for()
    sans_obstacle()
    photographier("opco-application")
    actionner(page, annuler)
    actionner(page, page.get_by_role("button", name="Annuler l’application"))
    page.get_by_text(re.compile("lignes? rétablies?")).first.wait_for()
    photographier("opco-application-annulee")

    ouvrir_par_les_onglets(page)
    assert a_mettre_a_jour(page) == avant


@pytest.mark.exigence("O2", "G4")
def test_the_report_is_written_and_the_list_filtered_without_a_mouse(
    page: Any, photographier: Any, sans_obstacle: Any, bureau: Path
) -> None:
    """« Écrire le rapport » lays the file; « Sans correspondance » keeps those to put right."""
    rapport = bureau / "Rapport mise à jour caisses OPCO.txt"
    rapport.unlink(missing_ok=True)
    ouvrir_par_les_onglets(page)
    actionner(page, page.get_by_role("button", name="Écrire le rapport"))
    page.get_by_text("Rapport écrit.").first.wait_for()
    assert rapport.is_file()

    etat = page.get_by_label("État")
    viser(page, etat)
    page.keyboard.type("Sans")
    page.keyboard.press("Enter")
    page.wait_for_url("**etat=*")
    page.keyboard.press("Escape")
    page.get_by_text("Convention probable").first.wait_for()
    sans_obstacle()
    photographier("opco-sans-correspondance")


@pytest.mark.exigence("G4")
@pytest.mark.parametrize("largeur", [1366, 683])
def test_the_tabs_of_the_parameters_fit(
    page: Any, serveur: Any, photographier: Any, largeur: int
) -> None:
    """At 1366 on one line; at 200 % (683 CSS pixels) within the width of the window."""
    page.set_viewport_size({"width": largeur, "height": 768 * largeur // 1366})
    for nom, adresse in (
        ("cotisations", "/bulletins/baremes/cotisations"),
        ("correspondance", "/opco/correspondance"),
    ):
        page.goto(f"{serveur.adresse}{adresse}")
        onglets = page.get_by_role("navigation", name="Paramétrage").locator("a")
        hauts = {round(o.bounding_box()["y"]) for o in onglets.all()}
        droites = [o.bounding_box()["x"] + o.bounding_box()["width"] for o in onglets.all()]
        assert max(droites) <= largeur
        assert largeur < 1366 or len(hauts) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur
        photographier(f"onglets-{nom}-{largeur}")
