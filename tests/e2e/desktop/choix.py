"""Starts Clairpaie as its command does, with a person who answers the « Enregistrer » dialogue.

The file that they choose is in the variable CHOIX; empty, they give it up.
"""

import os
import sys
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog

from app import cli


def choisir(_fenetre: object, titre: str, propose: str) -> tuple[str, str]:
    """Say what was asked, and answer."""
    sys.stdout.write(f"{titre}|{Path(propose).name}\n")
    sys.stdout.flush()
    return os.environ["CHOIX"], ""


QFileDialog.getSaveFileName = choisir  # type: ignore[assignment,method-assign]
sys.exit(cli.executer(sys.argv[1:]))
