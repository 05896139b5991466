"""`clairpaie opco`: apply the correspondence, report on it, undo an application."""

from typing import Any

import click

from app.noyau.typographie import accorder
from app.opco import service
from app.opco.errors import RienAAnnuler
from app.opco.rules.application import Decision
from app.opco.service import Depot, Examen
from app.socle.contexte import Contexte


@click.group("opco")
def opco() -> None:
    """Correspondance entre conventions collectives et OPCO."""


@opco.command("appliquer")
@click.option("--simuler", is_flag=True, help="Dit ce qui changerait, sans rien écrire.")
@click.pass_obj
def appliquer(contexte: Contexte, *, simuler: bool) -> None:
    """Met à jour l'OPCO de chaque employeur, et dépose le rapport."""
    with contexte.programme.transaction() as t:
        if simuler:
            examen = service.examiner(t)
            rapport = service.texte_du_rapport(examen, simulation=True)
            contexte.dire(rapport.rstrip(), _donnees(examen, None) | {"simulation": True})
            return
        application = service.appliquer(t)
    texte = service.texte_du_rapport(application.examen, simulation=False)
    depot = _deposer(contexte, texte)
    if application.id is not None and depot.avis:
        with contexte.programme.transaction() as t:
            service.noter_avis(t, application.id, depot.avis)
    donnees = _donnees(application.examen, depot) | {"simulation": False}
    contexte.dire(_bilan(application.examen, depot), donnees | {"application": application.id})


@opco.command("rapport")
@click.pass_obj
def rapporter(contexte: Contexte) -> None:
    """Dépose le rapport des employeurs sans correspondance, sans rien changer."""
    with contexte.programme.transaction() as t:
        examen = service.examiner(t)
    depot = _deposer(contexte, service.texte_du_rapport(examen, simulation=True))
    contexte.dire("\n".join(_depose(depot)), _donnees(examen, depot) | {"simulation": True})


@opco.command("annuler")
@click.argument("numero", type=click.IntRange(1), metavar="[NUMERO]", required=False)
@click.pass_obj
def annuler(contexte: Contexte, numero: int | None) -> None:
    """Annule une application (la dernière si NUMERO n'est pas donné)."""
    with contexte.programme.transaction() as t:
        if numero is None:
            derniere = service.derniere_application(t)
            if derniere is None:
                raise RienAAnnuler
            numero = derniere.id
        annulee = service.annuler_application(t, numero)
    combien = accorder(annulee.rendues, "ligne rétablie", "lignes rétablies")
    lignes = [f"Application n° {annulee.id} annulée : {combien}."]
    lignes += [
        f"  Laissée telle quelle : {laissee.ecrite.ecriture.designation}, "
        + ("supprimée depuis" if laissee.actuel is None else f"modifiée depuis ({laissee.actuel})")
        for laissee in annulee.laissees
    ]
    laissees = [{"designation": x.ecrite.ecriture.designation, "actuel": x.actuel}
                for x in annulee.laissees]  # fmt: skip
    donnees = {"application": annulee.id, "rendues": annulee.rendues, "laissees": laissees}
    contexte.dire("\n".join(lignes), donnees)


def _deposer(contexte: Contexte, texte: str) -> Depot:
    programme = contexte.programme
    return service.deposer(texte, programme.dossier, service.bureau(programme.reglages["bureau"]))


def _bilan(examen: Examen, depot: Depot) -> str:
    combien = accorder(len(examen.decisions), "employeur examiné", "employeurs examinés")
    changes, sans = len(examen.changees), len(examen.sans_correspondance)
    bilan = f"{combien}, {changes} mis à jour, {sans} sans correspondance."
    return "\n".join([bilan, *_depose(depot)])


def _depose(depot: Depot) -> list[str]:
    return [*(f"Rapport : {fichier}" for fichier in depot.fichiers), *depot.avis]


def _donnees(examen: Examen, depot: Depot | None) -> dict[str, Any]:
    return {
        "au": examen.au.isoformat(),
        "examines": len(examen.decisions),
        "changes": len(examen.changees),
        "sans_correspondance": len(examen.sans_correspondance),
        "employeurs": [_employeur(d) for d in examen.decisions],
        "fichiers": [str(f) for f in depot.fichiers] if depot else [],
        "avis": list(depot.avis) if depot else [],
    }


def _employeur(d: Decision) -> dict[str, Any]:
    return {
        "employeur_id": d.employeur.id,
        "raison_sociale": d.employeur.raison_sociale,
        "dossier": d.employeur.dossier,
        "archive": d.employeur.est_archive,
        "idcc": d.employeur.idcc,
        "avant": d.avant,
        "apres": d.apres,
        "motif": d.motif.value,
        "explication": d.explication,
        "ccn_probable": d.probable.idcc if d.probable else None,
    }


commandes: list[click.Command] = [opco]
