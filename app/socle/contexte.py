"""What the commands receive: where the data are, how to answer, the program opened on demand."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from app.noyau.typographie import typographier

if TYPE_CHECKING:  # the window and --help do without SQLAlchemy at first
    from app.socle.reglages import Reglages
    from app.socle.taches import Taches
    from app.socle.transaction import Magasin, Transaction


class ProgrammeOuvert(Protocol):
    """What commands use of the open program (`app.assemblage.Programme` is one)."""

    @property
    def dossier(self) -> Path:
        """The data folder."""

    @property
    def reglages(self) -> "Reglages":
        """The settings in force."""

    @property
    def magasin(self) -> "Magasin":
        """The open base."""

    @property
    def taches(self) -> "Taches":
        """The long jobs."""

    @property
    def par(self) -> str:
        """Who acts."""

    def transaction(self) -> "AbstractContextManager[Transaction]":
        """Open a transaction in the name of the person."""

    def preparer_base(self, chemin: Path) -> None:
        """Bring a base file that nobody holds to this version: schema, reference data, figures."""

    def fermer(self) -> None:
        """Close everything."""


@dataclass
class Contexte:
    """Context of one command line (`ctx.obj`)."""

    ouvrir: Callable[[Path | None], ProgrammeOuvert]
    donnees: Path | None = None
    en_json: bool = False
    _programme: ProgrammeOuvert | None = field(default=None, repr=False)

    @property
    def programme(self) -> ProgrammeOuvert:
        """The program, opened at the first call on the data folder asked for."""
        if self._programme is None:
            self._programme = self.ouvrir(self.donnees)
        return self._programme

    def dire(self, texte: str, donnees: dict[str, Any] | list[Any] | None = None) -> None:
        """Print a result: French text, or the data when `--json` was asked."""
        if self.en_json and donnees is not None:
            click.echo(json.dumps(donnees, ensure_ascii=False, indent=2))
        elif not self.en_json:
            click.echo(typographier(texte))

    def fermer(self) -> None:
        """Close the program if it was opened."""
        if self._programme is not None:
            self._programme.fermer()
            self._programme = None
