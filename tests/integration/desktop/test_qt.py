"""Qt without a window: what pywebview asks of it, and the pages that no server gives."""

import subprocess
import sys

from app.desktop.annonces import Annonce, page_d_annonce

CHAINES = """
import ast, pathlib
from app.desktop import ecran
ecran.exiger()
from app.desktop import qt
qt.preparer()
import webview.platforms.qt as plateforme
source = pathlib.Path(plateforme.__file__).read_text(encoding="utf-8")
vues, absentes = 0, []
for noeud in ast.walk(ast.parse(source)):
    noms, racine = [], noeud
    while isinstance(racine, ast.Attribute):
        noms.insert(0, racine.attr)
        racine = racine.value
    if noms and isinstance(racine, ast.Name) and racine.id.startswith("Q"):
        objet = getattr(plateforme, racine.id, None)
        for nom in noms if objet is not None else ():
            vues += 1
            if not hasattr(objet, nom):
                absentes.append(f"{racine.id}.{'.'.join(noms)} (ligne {noeud.lineno})")
                break
            objet = getattr(objet, nom)
print(vues > 100, absentes)
"""


def test_pywebview_finds_every_name_that_it_writes_in_short() -> None:
    """Only a few classes have their enums in short, which saves a third of the start-up."""
    sans_ecran = "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'"
    essai = [sys.executable, "-c", sans_ecran + CHAINES]

    vu = subprocess.run(essai, capture_output=True, text=True, check=True)

    assert vu.stdout.strip() == "True []"


def test_what_prevents_the_start_is_shown_as_text() -> None:
    """The name of a folder is never read as markup; an option is not cut at the end of a line."""
    annonce = Annonce(2, "TEC-204", "Dossier « <script>x</script> »", "Essayez --donnees.")

    page = page_d_annonce(annonce)

    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script" not in page
    assert "<code>--donnees</code>" in page
