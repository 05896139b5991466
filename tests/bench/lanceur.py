"""Starts one of the two programs of `bench_demarrage` and prints when its page is painted.

The instant is the system's monotonic clock, which the parent reads too. Both programs are
watched in the same way: Qt says that the page is loaded, then the page draws two frames.
"""

import os
import sys
import time
from typing import Any

PEINT = "requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'peint'; }))"


def observer(fenetre: Any) -> Any:
    """Print the instant of a window's first painted page, and stop there."""

    def accompagner() -> None:
        page = fenetre.native.webview.page()

        def charger(_reussi: object) -> None:
            if page.url().scheme() == "http":
                page.runJavaScript(PEINT)

        def titrer(titre: str) -> None:
            if titre == "peint":
                print(time.monotonic(), flush=True)
                os._exit(0)  # what follows is not measured

        page.loadFinished.connect(charger)
        page.titleChanged.connect(titrer)

    fenetre.events.before_show += accompagner
    return fenetre


def bonjour() -> None:
    """Start the least program: pywebview serves a Flask application in its window."""
    import webview
    from flask import Flask

    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>Bonjour</title>Bonjour")
    observer(webview.create_window("Bonjour", app, width=1366, height=768))
    webview.start(gui="qt")


def clairpaie(dossier: str) -> None:
    """Start Clairpaie as its command does."""
    from app import cli
    from app.desktop import fenetre

    creer: Any = fenetre._creer
    fenetre._creer = lambda *noms, **options: observer(creer(*noms, **options))
    cli.executer(["--donnees", dossier])


if __name__ == "__main__":
    if sys.argv[1] == "bonjour":
        bonjour()
    else:
        clairpaie(sys.argv[2])
