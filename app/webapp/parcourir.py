"""« Parcourir »: the system's own window where there is one, else a list of folders.

One component for every screen: `_macros/parcourir.html` and `components/parcourir.js`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, jsonify, make_response, request

from app.socle import fichiers, plateforme
from app.socle.web import etage, page

bp = Blueprint("parcourir", __name__, url_prefix="/parcourir")

DOSSIER, FICHIER = "dossier", "fichier"
_AU_PLUS = 500


@dataclass(frozen=True, slots=True)
class Entree:
    """A folder or a file of the list."""

    nom: str
    chemin: str


@dataclass(frozen=True, slots=True)
class FragmentListe:
    """What a folder holds; `parent` "" for the list of disks, None where there is nothing above."""

    quoi: str
    ici: str
    parent: str | None
    dossiers: tuple[Entree, ...]
    fichiers: tuple[Entree, ...]
    refus: str


@bp.post("/fenetre")
def ouvrir_la_fenetre() -> Response:
    """Open the system's own window; 204 when a browser shows the pages: it lists folders."""
    bureau = etage().bureau
    if bureau is None:
        return make_response("", 204)
    depart = _existant(request.form.get("chemin", ""))
    fichier = request.form.get("quoi") == FICHIER
    return jsonify({"chemin": bureau.choisir(str(depart), fichier=fichier)})


@bp.get("/")
def lister() -> Response:
    """Show the folders inside one, and its files when one is to be chosen."""
    quoi = FICHIER if request.args.get("quoi") == FICHIER else DOSSIER
    demande = request.args.get("chemin", "")
    disques = plateforme.disques()
    if disques and demande == "":
        entrees = tuple(Entree(d, d) for d in disques)
        return page("parcourir/_liste.html", FragmentListe(quoi, "", None, entrees, (), ""))
    ici = _existant(demande)
    dossiers, trouves, refus = _contenu(ici, fichier=quoi == FICHIER)
    parent = str(ici.parent) if ici.parent != ici else ("" if disques else None)
    modele = FragmentListe(quoi, str(ici), parent, dossiers, trouves, refus)
    return page("parcourir/_liste.html", modele)


def _existant(demande: str) -> Path:
    """Return the nearest folder that is there, the person's own when nothing is asked."""
    chemin = Path(demande).expanduser() if demande.strip() else Path.home()
    chemin = chemin if chemin.is_absolute() else Path.home()
    while not chemin.is_dir() and chemin.parent != chemin:
        chemin = chemin.parent
    return chemin


def _contenu(ici: Path, *, fichier: bool) -> tuple[tuple[Entree, ...], tuple[Entree, ...], str]:
    dossiers, trouves = [], []
    try:
        with os.scandir(ici) as lus:
            for lu in sorted(lus, key=lambda e: e.name.casefold())[:_AU_PLUS]:
                if lu.name.startswith("."):
                    continue
                if lu.is_dir():
                    dossiers.append(Entree(lu.name, lu.path))
                elif fichier and lu.is_file():
                    trouves.append(Entree(lu.name, lu.path))
    except OSError as erreur:
        return (), (), f"Ce dossier ne s'ouvre pas : {fichiers.cause(erreur)}."
    return tuple(dossiers), tuple(trouves), ""
