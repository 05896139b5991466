"""Command line of the extractions: list the queries, run one into a file."""

from collections.abc import Sequence
from pathlib import Path

import click

from app.extractions import service
from app.extractions.documents import FORMATS
from app.extractions.errors import ParametreMalEcrit
from app.extractions.rules import Requete
from app.noyau.typographie import accorder
from app.socle.contexte import Contexte


@click.group("requete", help="Extractions de données.")
def requete() -> None:
    """Group of the commands about queries."""


@requete.command("lister", help="Liste les requêtes et leurs paramètres.")
@click.pass_obj
def lister(contexte: Contexte) -> None:
    """Say the queries by number, with their parameters."""
    with contexte.programme.transaction() as t:
        requetes = service.toutes_les_requetes(t)
    lignes = []
    for r in requetes:
        noms = ", ".join(p.nom for p in r.parametres)
        lignes.append(f"{r.designation} ({noms})" if noms else r.designation)
    donnees = [
        {
            "numero": _numero(r),
            "titre": r.titre,
            "theme": r.theme,
            "description": r.description,
            "parametres": [
                {
                    "nom": p.nom,
                    "libelle": p.libelle,
                    "type": p.type,
                    "obligatoire": p.obligatoire,
                    "defaut": p.defaut or None,
                    "choix": [cle for cle, _ in p.choix] or None,
                }
                for p in r.parametres
            ],
        }
        for r in requetes
    ]
    contexte.dire("\n".join(lignes), donnees)


_FORMAT = click.option(
    "--format",
    "genre",
    type=click.Choice([f.code for f in FORMATS]),
    help="Format (défaut : celui du nom du fichier, sinon xlsx).",
)
_VERS = click.option(
    "--vers", required=True, type=click.Path(path_type=Path), help="Fichier ou dossier à écrire."
)


@requete.command("executer", help="Exécute la requête NUMERO et écrit son résultat.")
@click.argument("numero")
@click.option("--param", "parametres", multiple=True, metavar="NOM=VALEUR", help="Un paramètre.")
@_FORMAT
@_VERS
@click.pass_obj
def executer(
    contexte: Contexte, numero: str, parametres: Sequence[str], genre: str | None, vers: Path
) -> None:
    """Run a query and export all its lines."""
    saisie = dict(_lire_parametre(p) for p in parametres)
    with contexte.programme.transaction() as t:
        choisie = service.trouver(t, numero)
        valeurs = service.lire_demande(t, choisie, saisie)
    base = contexte.programme.magasin.chemin
    resultat = service.executer(base, choisie, valeurs)
    combien, destination = _ecrire(resultat, genre, vers)
    contexte.dire(
        f"{choisie.designation} : {accorder(combien, 'ligne')} dans « {destination} ».",
        {
            "requete": _numero(choisie),
            "lignes": combien,
            "fichier": str(destination),
            "parametres": {v.nom: v.valeur for v in valeurs},
        },
    )


@requete.command("libre", help="Exécute le SELECT du fichier SQL sur les vues « vue_* ».")
@click.argument("fichier", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_FORMAT
@_VERS
@click.pass_obj
def libre(contexte: Contexte, fichier: Path, genre: str | None, vers: Path) -> None:
    """Run a query that a person wrote, read-only and bounded, and export all its lines."""
    sql = fichier.read_text(encoding="utf-8-sig")
    resultat = service.executer_libre(contexte.programme.magasin.chemin, sql, fichier.stem)
    combien, destination = _ecrire(resultat, genre, vers)
    contexte.dire(
        f"{fichier.name} : {accorder(combien, 'ligne')} dans « {destination} ».",
        {"requete": fichier.name, "lignes": combien, "fichier": str(destination)},
    )


def _numero(choisie: Requete) -> int | str:
    """Return the number of a query as a script says it again: 35, « M3 »."""
    return choisie.reference if choisie.est_libre else choisie.numero


def _ecrire(resultat: service.Resultat, genre: str | None, vers: Path) -> tuple[int, Path]:
    """Write all the lines of a result, then drop it; returns how many, and where."""
    try:
        code = genre or _format_du_nom(vers)
        destination = vers
        if vers.is_dir():
            destination = vers / service.extraction_de(resultat).nom_de_fichier(code)
        return service.exporter(resultat, code, destination), destination
    finally:
        service.supprimer_resultat(resultat)


def _lire_parametre(saisie: str) -> tuple[str, str]:
    nom, signe, valeur = saisie.partition("=")
    if not signe or not nom.strip():
        raise ParametreMalEcrit(saisie)
    return nom.strip(), valeur.strip()


def _format_du_nom(vers: Path) -> str:
    extension = vers.suffix.lstrip(".").lower()
    return extension if extension in {f.code for f in FORMATS} else "xlsx"


commandes: list[click.Command] = [requete]
