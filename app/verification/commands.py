"""`clairpaie verifier`: the same verification from the command line."""

import click

from app.noyau.typographie import accorder
from app.socle.contexte import Contexte
from app.verification.errors import DefautsTrouves
from app.verification.service import verifier


@click.command("verifier")
@click.pass_obj
def verifier_la_base(contexte: Contexte) -> None:
    """Vérifie la base, ses liens et son journal, sans rien modifier."""
    resultat = verifier(contexte.programme.magasin.chemin)
    lignes = []
    for controle in resultat.controles:
        lignes.append(f"{controle.nom} : {'bon' if controle.est_bon else 'À VOIR'}")
        lignes += [f"  {defaut}" for defaut in controle.defauts]
    contexte.dire("\n".join(lignes), resultat.en_donnees())
    if not resultat.est_bonne:
        raise DefautsTrouves(accorder(resultat.defauts, "défaut"))


commandes: list[click.Command] = [verifier_la_base]
