"""`clairpaie demo`: the demonstration dossiers from the command line."""

import sys
from dataclasses import asdict

import click

from app.demonstration.service import Bilan, remplir
from app.noyau.typographie import accorder, typographier
from app.socle.contexte import Contexte
from app.socle.taches import SANS_SUIVI, SansSuivi, Suivi


class SuiviTerminal(SansSuivi):
    """Progress on one line of standard error."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Write the step and the share done over the line before."""
        part = f" : {100 * fait // total} %" if total else ""
        fin = fait == total
        click.echo(typographier(f"\r\x1b[K{libelle}{part}"), err=True, nl=fin)


def _suivi(contexte: Contexte) -> Suivi:
    return SuiviTerminal() if sys.stderr.isatty() and not contexte.en_json else SANS_SUIVI


@click.command("demo")
@click.option(
    "--employeurs",
    type=click.IntRange(1, 5_000),
    default=60,
    show_default=True,
    help="Nombre d'associations.",
)
@click.option(
    "--salaries",
    type=click.IntRange(0, 200_000),
    default=600,
    show_default=True,
    help="Nombre de salariés, ceux qui sont partis compris.",
)
@click.option(
    "--annees",
    type=click.IntRange(0, 7),
    default=2,
    show_default=True,
    help="Années passées, de contrats et de bulletins validés.",
)
@click.option(
    "--graine",
    type=int,
    default=2026,
    show_default=True,
    help="Même graine, même jour : mêmes données.",
)
@click.option("--sans-bulletins", is_flag=True, help="Ne calcule aucun bulletin.")
@click.option("--si-vide", is_flag=True, help="Ne fait rien si la base contient déjà des données.")
@click.pass_obj
def demo(
    contexte: Contexte,
    employeurs: int,
    salaries: int,
    annees: int,
    graine: int,
    *,
    si_vide: bool,
    sans_bulletins: bool,
) -> None:
    """Remplit une base vide de données de démonstration."""
    with contexte.programme.transaction() as t:
        bilan = remplir(
            t,
            employeurs=employeurs,
            salaries=salaries,
            annees=annees,
            graine=graine,
            aujourd_hui=t.aujourd_hui,
            si_vide=si_vide,
            bulletins=not sans_bulletins,
            suivi=_suivi(contexte),
        )
    contexte.dire(_texte(bilan), asdict(bilan))


def _texte(bilan: Bilan) -> str:
    if bilan.deja_remplie:
        return "La base contient déjà des données : rien n'a été modifié."
    faits = [
        accorder(bilan.dossiers, "dossier"),
        accorder(bilan.employeurs, "employeur"),
        accorder(bilan.salaries, "salarié"),
        accorder(bilan.contrats, "contrat de travail", "contrats de travail"),
        accorder(bilan.bulletins, "bulletin"),
    ]
    return f"Données de démonstration créées : {', '.join(faits)}."


commandes: list[click.Command] = [demo]
