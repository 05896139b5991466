"""Command line: assembles the groups of commands, maps errors to exit codes.

Exit 0 done, 2 refused with a French message on standard error, 1 a bug.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from app.desktop.annonces import Annonce
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import ESPACE_INSECABLE, typographier
from app.socle.contexte import Contexte, ProgrammeOuvert

_log = logging.getLogger(__name__)
_BORNES = re.compile(r"(\d+)<=x<=(\d+)")


class AideEnFrancais(click.HelpFormatter):
    """Help pages whose own words are French."""

    TEXTES = (
        ("Show this message and exit.", "Affiche cette aide."),
        ("Show the version and exit.", "Affiche la version."),
        ("[default: ", "[défaut : "),
        ("[required]", "[obligatoire]"),
        ("[env var: ", "[variable : "),
        ("INTEGER RANGE", "NOMBRE"),
        ("INTEGER", "NOMBRE"),
        ("TEXT", "TEXTE"),
        ("DIRECTORY", "DOSSIER"),
        ("FILE", "FICHIER"),
    )

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how to type the command."""
        super().write_usage(prog, args, prefix or typographier("Utilisation : "))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        francais = {"Commands": "Commandes"}.get(heading, heading)
        super().write_heading(f"{francais}{ESPACE_INSECABLE}")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(typographier(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands, each with its help."""
        super().write_dl([(_franciser(a), _franciser(b)) for a, b in rows], col_max, col_spacing)


def _franciser(texte: str) -> str:
    for anglais, francais in AideEnFrancais.TEXTES:
        texte = texte.replace(anglais, francais)
    return typographier(_BORNES.sub(r"de \1 à \2", texte))


class ContexteDeCommande(click.Context):
    """What click knows of one command, with its help in French."""

    formatter_class = AideEnFrancais


class GroupeParesseux(click.Group):
    """Root group: imports a capability's commands only when one of them is asked for."""

    context_class = ContexteDeCommande

    ORIGINES: dict[str, str] = {  # noqa: RUF012 -- constant table
        "bulletin": "app.paie.commands",
        "bulletins": "app.paie.commands",
        "demo": "app.demonstration.commands",
        "importer": "app.importations.commands",
        "opco": "app.opco.commands",
        "requete": "app.extractions.commands",
        "sauvegarde": "app.sauvegardes.commands",
        "serveur": "app.desktop.commands",
        "verifier": "app.verification.commands",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*self.ORIGINES, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, importing its capability."""
        if cmd_name not in self.ORIGINES:
            return super().get_command(ctx, cmd_name)
        module = import_module(self.ORIGINES[cmd_name])
        commande = next((c for c in module.commandes if c.name == cmd_name), None)
        if commande is not None:
            _mettre_en_francais(commande)
        return commande


def _mettre_en_francais(commande: click.Command) -> None:
    commande.context_class = ContexteDeCommande
    if isinstance(commande, click.Group):
        commande.subcommand_metavar = "COMMANDE [ARGUMENTS]…"
    for sous_commande in getattr(commande, "commands", {}).values():
        _mettre_en_francais(sous_commande)


@click.group(
    cls=GroupeParesseux,
    invoke_without_command=True,
    subcommand_metavar="[COMMANDE] [ARGUMENTS]…",
    help="La paie des associations. Sans commande, ouvre la fenêtre.",
)
@click.option(
    "--donnees",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
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
        from app.desktop.fenetre import ouvrir_fenetre  # noqa: PLC0415 -- only when needed

        ctx.exit(ouvrir_fenetre(donnees, lambda erreur: _annoncer(erreur, en_json=en_json)))


def _ouvrir(donnees: Path | None) -> ProgrammeOuvert:
    from app.assemblage import ouvrir  # noqa: PLC0415 -- --help and --version do without

    return ouvrir(donnees)


def _annoncer(erreur: Exception, *, en_json: bool) -> Annonce:
    """Say an error on standard error; return its exit code and what a window shows of it."""
    if isinstance(erreur, ErreurMetier):
        if en_json:
            donnees = {"erreur": erreur.en_donnees()}
            click.echo(json.dumps(donnees, ensure_ascii=False, indent=2))
        annonce = Annonce(2, erreur.code, erreur.texte(), erreur.texte_remede())
    else:
        from app.socle.journalisation import noter_bogue  # noqa: PLC0415 -- only then

        reference = noter_bogue(_log, erreur)
        message = f"Une erreur imprévue s'est produite (référence {reference})."
        remede = "Appelez le support en donnant cette référence."
        annonce = Annonce(1, reference, typographier(message), typographier(remede))
    click.echo(f"{annonce.code} {annonce.message}", err=True)
    if annonce.remede:
        click.echo(annonce.remede, err=True)
    return annonce


def executer(arguments: Sequence[str]) -> int:
    """Run a command line; returns the exit code."""
    contexte = Contexte(_ouvrir)
    en_json = "--json" in arguments
    try:
        code = racine.main(
            list(arguments), prog_name="clairpaie", standalone_mode=False, obj=contexte
        )
    except click.exceptions.NoArgsIsHelpError as aide:
        click.echo(aide.format_message(), err=True)
        return 2
    except click.ClickException as erreur:
        click.echo(typographier(f"TEC-220 {_usage(erreur)}"), err=True)
        return 2
    except (click.exceptions.Exit, click.Abort) as sortie:
        return int(getattr(sortie, "exit_code", 2))
    except Exception as erreur:  # noqa: BLE001 -- one of the three edges
        return _annoncer(erreur, en_json=en_json).sortie
    finally:
        contexte.fermer()
    return code if isinstance(code, int) else 0


def _usage(erreur: click.ClickException) -> str:
    """Say in French what click says of a wrong command line."""
    parametre: Any = getattr(erreur, "param", None)
    indice = parametre.get_error_hint(getattr(erreur, "ctx", None)) if parametre else ""
    nom = indice.strip("'")
    voyez = "Voyez clairpaie --help."
    if isinstance(erreur, click.exceptions.NoSuchCommand):
        return f"La commande « {erreur.command_name} » n'existe pas. {voyez}"
    if isinstance(erreur, click.NoSuchOption):
        return f"L'option {erreur.option_name} n'existe pas. {voyez}"
    if isinstance(erreur, click.MissingParameter):
        return f"Il manque {nom}. {voyez}"
    if isinstance(erreur, click.BadParameter):
        return f"La valeur donnée à {nom} n'est pas acceptée{_attendu(parametre)}. {voyez}"
    return f"Cette ligne de commande n'est pas comprise : {erreur.format_message()} {voyez}"


def _attendu(parametre: Any) -> str:
    """Say what a parameter accepts."""
    genre = getattr(parametre, "type", None)
    if isinstance(genre, click.Choice):
        return f" ; au choix : {', '.join(genre.choices)}"
    if isinstance(genre, click.IntRange):
        return f" ; il faut un nombre entier de {genre.min} à {genre.max}"
    if isinstance(genre, click.types.IntParamType):
        return " ; il faut un nombre entier"
    if isinstance(genre, click.Path):
        return " : ce chemin n'existe pas ou n'est pas lisible"
    return ""


def main() -> None:
    """Entry point of the program."""
    for flux in (sys.stdout, sys.stderr):
        reconfigurer = getattr(flux, "reconfigure", None)
        if reconfigurer is not None:
            reconfigurer(encoding="utf-8", errors="replace")
    sys.exit(executer(sys.argv[1:]))
