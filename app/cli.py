"""Command line: assembles the groups of commands, maps errors to exit codes.

Exit 0 done, 2 refused with a French message on standard error, 1 a bug.
"""

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import typographier
from app.socle.contexte import Contexte, ProgrammeOuvert

_log = logging.getLogger(__name__)


class GroupeParesseux(click.Group):
    """Root group: imports a capability's commands only when one of them is asked for."""

    ORIGINES: dict[str, str] = {  # noqa: RUF012 -- constant table
        "demo": "app.demonstration.commands",
        "importer": "app.importations.commands",
        "requete": "app.extractions.commands",
        "serveur": "app.desktop.commands",
        "verifier": "app.verification.commands",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*self.ORIGINES, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its capability."""
        from importlib import import_module  # noqa: PLC0415 -- with the laziness

        if cmd_name in self.ORIGINES:
            module = import_module(self.ORIGINES[cmd_name])
            return next((c for c in module.commandes if c.name == cmd_name), None)
        return super().get_command(ctx, cmd_name)


@click.group(cls=GroupeParesseux, invoke_without_command=True, help="La paie des associations.")
@click.option(
    "--donnees",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="CLAIRPAIE_DONNEES",
    help="Dossier de données (défaut : celui de l'utilisateur).",
)
@click.option("--json", "en_json", is_flag=True, help="Résultat lisible par une machine.")
@click.version_option(
    package_name="clairpaie", prog_name="clairpaie", message="%(prog)s %(version)s"
)
@click.pass_context
def racine(ctx: click.Context, donnees: Path | None, *, en_json: bool) -> None:
    """Open the window when no command is given."""
    ctx.obj.donnees, ctx.obj.en_json = donnees, en_json
    if ctx.invoked_subcommand is None:
        from app.desktop.fenetre import ouvrir_fenetre  # noqa: PLC0415 -- Qt only when needed

        ouvrir_fenetre(donnees)


def _ouvrir(donnees: Path | None) -> ProgrammeOuvert:
    from app.assemblage import ouvrir  # noqa: PLC0415 -- --help and --version do without

    return ouvrir(donnees)


def _refuser(erreur: ErreurMetier, *, en_json: bool) -> int:
    if en_json:
        donnees = {"erreur": erreur.en_donnees()}
        click.echo(json.dumps(donnees, ensure_ascii=False, indent=2))
    click.echo(f"{erreur.code} {erreur.texte()}", err=True)
    if erreur.texte_remede():
        click.echo(erreur.texte_remede(), err=True)
    return 2


def executer(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit code."""
    contexte = Contexte(_ouvrir)
    en_json = "--json" in arguments
    try:
        racine.main(list(arguments), prog_name="clairpaie", standalone_mode=False, obj=contexte)
    except ErreurMetier as erreur:
        return _refuser(erreur, en_json=en_json)
    except click.ClickException as erreur:
        click.echo(typographier(f"TEC-220 {_usage(erreur)}"), err=True)
        return 2
    except (click.exceptions.Exit, click.Abort) as sortie:
        return int(getattr(sortie, "exit_code", 2))
    except Exception as erreur:  # noqa: BLE001 -- one of the three edges
        from app.socle.journalisation import noter_bogue  # noqa: PLC0415 -- only then

        reference = noter_bogue(_log, erreur)
        message = f"Une erreur imprévue s'est produite (référence {reference}). Appelez le support."
        click.echo(typographier(message), err=True)
        return 1
    finally:
        contexte.fermer()
    return 0


def _usage(erreur: click.ClickException) -> str:
    """Say in French what click says of a wrong command line."""
    parametre: Any = getattr(erreur, "param", None)
    nom = parametre.get_error_hint(getattr(erreur, "ctx", None)) if parametre is not None else ""
    if isinstance(erreur, click.NoSuchOption):
        return f"L'option {erreur.option_name} n'existe pas. Voyez clairpaie --help."
    if isinstance(erreur, click.MissingParameter):
        return f"Il manque {nom}. Voyez clairpaie --help."
    if isinstance(erreur, click.BadParameter):
        return f"La valeur donnée à {nom} n'est pas acceptée : {erreur.message}"
    return f"Cette ligne de commande n'est pas comprise : {erreur.format_message()}"


def main() -> None:
    """Entry point of the program."""
    for flux in (sys.stdout, sys.stderr):
        reconfigurer = getattr(flux, "reconfigure", None)
        if reconfigurer is not None:
            reconfigurer(encoding="utf-8", errors="replace")
    sys.exit(executer(sys.argv[1:]))
