"""`clairpaie demo`: the demonstration dossiers from the command line."""

from dataclasses import asdict

import click

from app.demonstration.service import Bilan, remplir
from app.noyau.typographie import accorder
from app.socle.contexte import Contexte
from app.socle.terminal import suivi_de


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
    help="Années passées, de contrats et de bulletins (derniers mois si nombreux salariés).",
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
            suivi=suivi_de(contexte),
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
