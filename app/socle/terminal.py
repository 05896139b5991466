"""Progress of long work on a terminal, for the command line."""

import sys

import click

from app.noyau.typographie import typographier
from app.socle.contexte import Contexte
from app.socle.taches import SANS_SUIVI, SansSuivi, Suivi


class SuiviTerminal(SansSuivi):
    """Progress on one line of standard error."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Write the step and the share done over the line before."""
        part = f" : {100 * fait // total} %" if total else ""
        fin = fait == total and total > 0
        click.echo(typographier(f"\r\x1b[K{libelle}{part}"), err=True, nl=fin)


def suivi_de(contexte: Contexte) -> Suivi:
    """Return who watches a command: the terminal, nobody when there is none or for a machine."""
    return SuiviTerminal() if sys.stderr.isatty() and not contexte.en_json else SANS_SUIVI
