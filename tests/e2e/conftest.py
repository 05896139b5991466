"""A real Chromium: each test has its page, any error of the page fails it."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app.desktop.serveur import Serveur

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))),
    "/usr/bin/chromium",
)
"""The shell without a screen first: the whole browser takes twice the time for the same pages."""
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
VUES = Path(__file__).resolve().parents[2] / ".artefacts" / "ecrans"
"""Screenshots of the screens, made by the tests and ignored by git."""
PHOTOGRAPHIER = os.environ.get("CLAIRPAIE_PHOTOS", "") == "1"
"""Screenshots are taken when somebody is to look at them: they take a fifth of the time."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a screen."""
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(OPTIONS), env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
        yield navigateur
        navigateur.close()


@pytest.fixture
def fautes() -> list[str]:
    """What the page's console said was wrong; must be empty at the end of the test."""
    return []


@pytest.fixture
def page(chromium: Browser, serveur: Serveur, fautes: list[str]) -> Iterator[Page]:
    """A page of 1366×768 that opened the program; its errors fail the test."""
    contexte = chromium.new_context(
        viewport={"width": 1366, "height": 768},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    contexte.set_default_timeout(10_000)
    fenetre = contexte.new_page()
    fenetre.on("pageerror", lambda erreur: fautes.append(str(erreur)))
    fenetre.on("console", lambda m: fautes.append(m.text) if _est_une_faute(m) else None)
    fenetre.goto(serveur.ouverture)
    yield fenetre
    contexte.close()
    assert fautes == []


def _est_une_faute(message: Any) -> bool:
    """Tell whether the console says something is wrong; a refused form (4xx) is no fault."""
    refus = re.compile(r"status of 4(09|22)")
    return message.type in {"error", "warning"} and not refus.search(message.text)


@pytest.fixture
def photographier(page: Page) -> Any:
    """Keep a screenshot of the screen: `photographier("employeurs-liste")`."""

    def prendre(nom: str, *, theme: str = "light") -> None:
        if not PHOTOGRAPHIER:
            return
        VUES.mkdir(parents=True, exist_ok=True)
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        # Hiding the caret would leave a style attribute behind, which the CSP forbids to copy.
        page.screenshot(path=str(VUES / f"{nom}.png"), caret="initial")
        page.emulate_media(color_scheme="light")

    return prendre


@pytest.fixture
def sans_obstacle(page: Page) -> Any:
    """Check accessibility (axe: WCAG A and AA, contrasts in the dark too) and the width."""

    def verifier() -> None:
        from axe_playwright_python.sync_playwright import Axe

        regles = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
        themes: tuple[tuple[Literal["light", "dark"], list[str]], ...] = (
            ("light", regles),
            ("dark", ["color-contrast"]),
        )
        for theme, options in themes:
            page.emulate_media(color_scheme=theme)
            # Only the faults: describing every node that passes takes most of axe's time.
            choix = {"runOnly": options, "resultTypes": ["violations"], "preload": False}
            resultat = Axe().run(page, options=choix)
            fautes = [
                f"{v['id']} : {[n['target'] for n in v['nodes']][:3]}"
                for v in resultat.response["violations"]
            ]
            assert fautes == [], theme
        page.emulate_media(color_scheme="light")
        largeur = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert largeur[0] <= largeur[1]

    return verifier
