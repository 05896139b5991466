"""What the screens of extractions share: the blueprint, jobs, a result and its presentation."""

from dataclasses import dataclass

from flask import Blueprint, request

from app.extractions import rules
from app.extractions.rules import Presentation
from app.extractions.service import Resultat
from app.noyau.erreurs import Constat
from app.socle.taches import Apercu, EtatTache, Travail
from app.socle.web import programme

bp = Blueprint("extractions", __name__, url_prefix="/extractions")

DELAI = 0.3
"""Seconds that an answer waits for a job, so that short ones feel instant.

Once the first lines are known, it waits a fifth of it for the end, then shows them.
"""
FILTRE = "f."
"""Filters in the address: this, then the name of the column."""


@dataclass(frozen=True, slots=True)
class PageSuivi:
    """Progress of a job: where to ask again, where to cancel, where to go back."""

    etat: EtatTache
    adresse: str
    annulation: str
    retour: str


def lancer(genre: str, libelle: str, travail: Travail, apercu: Apercu | None = None) -> EtatTache:
    """Start a job, wait a moment, and return how it stands.

    Raises:
        TacheDejaEnCours: one of this kind runs already.
    """
    ouvert = programme()
    numero = ouvert.taches.lancer(genre, libelle, travail, ouvert.par, apercu)
    ouvert.taches.attendre_l_apercu(numero, DELAI)
    ouvert.taches.attendre(numero, DELAI / 5)
    return ouvert.taches.etat(numero)


def arreter(tache: int) -> EtatTache:
    """Ask a job to stop, wait a moment, and return how it stands."""
    ouvert = programme()
    ouvert.taches.annuler(tache)
    ouvert.taches.attendre(tache, DELAI)
    return ouvert.taches.etat(tache)


def resultat_demande(nom: str) -> Resultat:
    """Return the result of that name.

    Raises:
        ResultatIntrouvable: cleaned up, or never was.
    """
    return Resultat.ouvrir(programme().magasin.chemin, nom)


def presentation_demandee(resultat: Resultat) -> tuple[Presentation, list[Constat]]:
    """Read sort, filters and shown columns from the address.

    Raises:
        ColonneInconnue: the result has no such column.
    """
    tri = request.args.get("tri", "")
    montrees = request.args.get("colonnes", "")
    return rules.lire_presentation(
        resultat.colonnes,
        tri=tri.removeprefix("-"),
        descendant=tri.startswith("-"),
        filtres={
            nom.removeprefix(FILTRE): saisie
            for nom, saisie in request.args.items()
            if nom.startswith(FILTRE)
        },
        montrees=[n for n in montrees.split(",") if n],
    )
