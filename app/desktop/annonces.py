"""What a window shows when there is no page yet: the wait at start-up, or why it stops there.

Static pages without a server: system colours, no file, no script but the button's.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from app.noyau.typographie import typographier

_OPTION = re.compile(r"--[\w-]+")
_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Clairpaie</title><style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 2rem;
  box-sizing: border-box; font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif;
  background: Canvas; color: CanvasText; }}
main {{ max-width: 34rem; }}
h1 {{ font-size: 1.25rem; margin: 0 0 1rem; }}
code {{ white-space: nowrap; }}
p {{ overflow-wrap: anywhere; }}
button {{ font: inherit; padding: .4rem 1.2rem; margin-top: 1rem; }}
.code {{ color: GrayText; }}
</style></head><body><main>{contenu}</main></body></html>"""

ATTENTE = _PAGE.format(contenu=f"<p role='status'>{typographier('Ouverture de Clairpaie…')}</p>")
"""First page of the main window, until the program answers."""


@dataclass(frozen=True, slots=True)
class Annonce:
    """Why the program does not start: exit code, then code, message and remedy to read."""

    sortie: int
    code: str
    message: str
    remede: str


Annonceur = Callable[[Exception], Annonce]
"""Says an error on standard error, and returns what a window shows of it."""


def page_d_annonce(annonce: Annonce) -> str:
    """Return the page that says why the program does not start; its button closes the window."""
    titre = typographier("Clairpaie ne peut pas s'ouvrir")
    remede = _OPTION.sub(r"<code>\g<0></code>", escape(annonce.remede))
    return _PAGE.format(
        contenu=(
            f"<h1>{titre}</h1>"
            f"<p role='alert'>{escape(annonce.message)}</p>"
            f"<p>{remede}</p>"
            f"<p class='code'>{escape(annonce.code)}</p>"
            "<button type='button' autofocus onclick='pywebview.api.fermer()'>Fermer</button>"
        )
    )
