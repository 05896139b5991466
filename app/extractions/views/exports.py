"""Exports of a result: prepared as a job, then downloaded as a file."""

from dataclasses import asdict, dataclass
from urllib.parse import quote

from flask import Response, make_response, request, send_file

from app.extractions import service
from app.extractions.documents import trouver_format
from app.extractions.documents.xml import MIME_SCHEMA
from app.extractions.views.commun import (
    arreter,
    bp,
    lancer,
    presentation_demandee,
    resultat_demande,
)
from app.noyau.erreurs import DonneesRefusees
from app.socle.taches import FINIE, EtatTache, Suivi
from app.socle.web import page, programme


@dataclass(frozen=True, slots=True)
class PageExport:
    """Progress of an export, then the link to its file."""

    etat: EtatTache
    resultat: str
    adresse: str
    fichier: str


@bp.post("/resultats/<nom>/exporter")
def exporter(nom: str) -> Response:
    """Start the export of the view shown, in the format asked for."""
    resultat = resultat_demande(nom)
    presentation, constats = presentation_demandee(resultat)
    if constats:
        raise DonneesRefusees(tuple(constats))
    genre = trouver_format(request.form.get("format", ""))

    def travail(suivi: Suivi) -> dict[str, object]:
        pret = service.preparer_export(resultat, genre.code, presentation, suivi=suivi)
        return asdict(pret)

    libelle = f"Export {genre.code.upper()} de « {resultat.designation} »"
    return _montrer(nom, lancer(f"extraction-export-{nom}-{genre.code}", libelle, travail))


@bp.get("/resultats/<nom>/exports/suivi/<int:tache>")
def suivre_export(nom: str, tache: int) -> Response:
    """Show how far the export is, then its file."""
    return _montrer(nom, programme().taches.etat(tache))


@bp.post("/resultats/<nom>/exports/suivi/<int:tache>/annuler")
def annuler_export(nom: str, tache: int) -> Response:
    """Stop the export; nothing is left of it."""
    return _montrer(nom, arreter(tache))


def _montrer(nom: str, etat: EtatTache) -> Response:
    debut = f"/extractions/resultats/{nom}"
    fini = etat.etat == FINIE
    fichier = f"{debut}/exports/{quote(etat.resultat['fichier'])}" if fini else ""
    modele = PageExport(etat, debut, f"{debut}/exports/suivi/{etat.id}", fichier)
    return page("extractions/_export.html", modele)


@bp.get("/resultats/<nom>/exports/<fichier>")
def telecharger(nom: str, fichier: str) -> Response:
    """Send an exported file."""
    chemin = service.trouver_export(resultat_demande(nom), fichier)
    mime = trouver_format(chemin.suffix.lstrip(".")).mime
    return send_file(chemin, mimetype=mime, as_attachment=True, download_name=fichier)


@bp.get("/resultats/<nom>/schema.xsd")
def telecharger_schema(nom: str) -> Response:
    """Send the schema of the XML documents of a result."""
    resultat = resultat_demande(nom)
    fichier = f"extraction-{resultat.numero}.xsd"
    entetes = {
        "Content-Type": MIME_SCHEMA,
        "Content-Disposition": f'attachment; filename="{fichier}"',
    }
    return make_response(service.schema_xml(resultat), 200, entetes)
