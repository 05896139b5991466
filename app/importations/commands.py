"""`clairpaie importer`: the same import from the command line."""

from pathlib import Path
from typing import Any

import click

from app.importations.rules.genres import GENRES
from app.importations.rules.lignes import ETATS
from app.importations.service import Analyse, Demande, Resultat, analyser, importer
from app.noyau.erreurs import Constat
from app.noyau.typographie import accorder
from app.socle.contexte import Contexte

CONSTATS_AFFICHES = 50


@click.command("importer")
@click.argument("genre", type=click.Choice(list(GENRES)), metavar="GENRE")
@click.argument(
    "fichier", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FICHIER"
)
@click.option("--simuler", is_flag=True, help="Dit ce qui serait fait, sans rien écrire.")
@click.option("--dossier", default="", help="Dossier des nouveaux employeurs, ou à parcourir.")
@click.option("--seulement-les-bonnes", is_flag=True, help="Laisse de côté les lignes en erreur.")
@click.pass_obj
def importer_fichier(
    contexte: Contexte,
    genre: str,
    fichier: Path,
    dossier: str,
    *,
    simuler: bool,
    seulement_les_bonnes: bool,
) -> None:
    """Importe un tableur : GENRE est employeurs, salaries ou contrats.

    FICHIER est un classeur .xlsx ou un fichier CSV.
    """
    demande = Demande(genre, fichier, fichier.name, dossier=dossier)
    with contexte.programme.transaction() as t:
        analyse = analyser(t, demande)
        if simuler:
            contexte.dire(_apercu(analyse), {"simulation": True, **_donnees(analyse)})
            return
        if not contexte.en_json:
            contexte.dire(_apercu(analyse))
        resultat = importer(t, demande, seulement_les_bonnes=seulement_les_bonnes)
    contexte.dire(_bilan(resultat), {"simulation": False, **_donnees(analyse)})


def _donnees(analyse: Analyse) -> dict[str, Any]:
    return {
        "genre": analyse.genre.nom,
        "comptes": analyse.comptes,
        "avis": list(analyse.entetes.avis),
        "dossiers_a_creer": list(analyse.dossiers_a_creer),
        "colonnes_ignorees": [c.designation for c in analyse.entetes.colonnes if not c.champ],
        "constats": [c.en_donnees() for c in analyse.constats],
        "remarques": [c.en_donnees() for c in analyse.remarques],
    }


def _apercu(analyse: Analyse) -> str:
    """Say in French what the file would do, and what is wrong with it."""
    lignes = [
        f"{analyse.genre.libelle} : {accorder(len(analyse.lignes), 'ligne lue', 'lignes lues')}."
    ]
    lignes += analyse.entetes.avis
    lignes += [f"  {ETATS[etat]} : {combien}" for etat, combien in analyse.comptes.items()]
    ignorees = [c.designation for c in analyse.entetes.colonnes if c.entete and not c.champ]
    if ignorees:
        lignes.append("Colonnes non reconnues, laissées de côté : " + ", ".join(ignorees))
    if analyse.dossiers_a_creer:
        lignes.append("Dossiers créés au passage : " + ", ".join(analyse.dossiers_a_creer))
    constats = [*analyse.constats, *analyse.remarques]
    lignes += [_constat(c) for c in constats[:CONSTATS_AFFICHES]]
    reste = len(constats) - CONSTATS_AFFICHES
    if reste > 0:
        lignes.append(f"… et {accorder(reste, 'autre')}.")
    return "\n".join(lignes)


def _constat(constat: Constat) -> str:
    place = f"Ligne {constat.ligne}"
    if constat.colonne:
        place += f", colonne {constat.colonne}"
    return f"{place} : {constat.message} {constat.remede} [{constat.code}]"


def _bilan(resultat: Resultat) -> str:
    faites = [
        accorder(resultat.creees, "fiche créée", "fiches créées"),
        accorder(resultat.modifiees, "fiche mise à jour", "fiches mises à jour"),
        accorder(resultat.inchangees, "inchangée"),
    ]
    if resultat.ignorees:
        faites.append(
            accorder(resultat.ignorees, "ligne laissée de côté", "lignes laissées de côté")
        )
    return "Importation terminée : " + ", ".join(faites) + "."


commandes: list[click.Command] = [importer_fichier]
