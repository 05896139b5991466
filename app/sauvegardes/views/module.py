"""« Module de sauvegardes »: scripts, anomalies and their repair, runs, the standing indicator."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

from app.noyau.champs import DATE, Champ
from app.noyau.erreurs import DonneesRefusees, ErreurMetier
from app.noyau.typographie import accorder
from app.sauvegardes import service
from app.sauvegardes.rules.etats import DATE as DATE_INCORRECTE
from app.sauvegardes.rules.etats import Anomalie, Temoin
from app.sauvegardes.service import ScriptVu
from app.sauvegardes.views.racine import ACCUEIL, bp, lancer
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import EtatTache, Suivi
from app.socle.web import aller, cible, message, page, programme, transaction

CHAMP_AU = Champ("au", "Repousser au", DATE, obligatoire=True)


@dataclass(frozen=True, slots=True)
class PageModule:
    """« Module de sauvegardes »: the scripts, what is wrong with them."""

    scripts: tuple[ScriptVu, ...]
    anomalies: tuple[Anomalie, ...]
    dates: int


@dataclass(frozen=True, slots=True)
class PageSuivi:
    """A run, a restore or a verification as it goes, then its result."""

    etat: EtatTache
    adresse: str


@dataclass(frozen=True, slots=True)
class FragmentTemoin:
    """The standing indicator of the main window."""

    temoin: Temoin


@bp.get("/")
def montrer() -> Response:
    """Show the scripts with their next run, and what is wrong."""
    with transaction() as t:
        vus = service.lister_scripts(t)
        anomalies = service.anomalies_de(t, vus)
    dates = sum(a.genre == DATE_INCORRECTE for a in anomalies)
    return page("sauvegardes/module.html", PageModule(tuple(vus), tuple(anomalies), dates))


@bp.get("/temoin")
def montrer_le_temoin() -> Response:
    """Show how the backups stand, in the bar of the main window."""
    with transaction() as t:
        temoin = service.lire_temoin(t)
    return page("sauvegardes/_temoin.html", FragmentTemoin(temoin))


@bp.post("/<int:numero>/emplacement")
def deplacer(numero: int) -> Response:
    """Give a script another folder (« Parcourir »)."""
    return _corriger(
        lambda: _en_transaction(
            lambda t: service.deplacer_script(
                t, numero, request.form.get("dossier", ""), service.Lieux(programme())
            )
        ),
        "L'emplacement est changé.",
    )


@bp.post("/<int:numero>/repousser")
def repousser(numero: int) -> Response:
    """Push every run of a script back to a day (« Repousser les dates »)."""
    return _corriger(
        lambda: _en_transaction(
            lambda t: service.repousser_script(t, numero, CHAMP_AU.lire(request.form.get("au", "")))
        ),
        "Les dates sont repoussées.",
    )


def _en_transaction(action: Callable[..., object]) -> None:
    with transaction() as t:
        action(t)


def _corriger(action: Callable[[], None], texte: str) -> Response:
    """Do something to a script, then show them again, with what was refused if it was."""
    try:
        action()
    except ErreurMetier as erreur:
        constats = erreur.constats if isinstance(erreur, DonneesRefusees) else ()
        dit = constats[0].message if constats else erreur.texte()
        return message(aller(ACCUEIL), dit, genre="erreur")
    return message(aller(ACCUEIL), texte)


@bp.post("/remettre-a-jour")
def remettre_a_jour() -> Response:
    """Put the dates of every script right in one go (« Tout remettre à jour »)."""
    with transaction() as t:
        anomalies = service.anomalies_de(t, service.lister_scripts(t))
        numeros = sorted({a.script_id for a in anomalies if a.genre == DATE_INCORRECTE})
        combien = service.remettre_a_jour(t, numeros)
    texte = f"{accorder(combien, 'script remis', 'scripts remis')} à jour."
    return message(aller(ACCUEIL), texte)


@bp.post("/<int:numero>/executer")
def executer(numero: int) -> Response:
    """Run a script in the background."""
    with transaction() as t:
        nom = service.lire_script(t, numero).nom
    adresse = lancer(
        f"Sauvegarde « {nom} »",
        lambda ouvert, suivi: service.executer_script(ouvert, numero, suivi).en_donnees(),
    )
    return aller(adresse)


@bp.post("/verifier")
def verifier() -> Response:
    """Read every backup again, in the background."""

    def travail(ouvert: ProgrammeOuvert, suivi: Suivi) -> dict[str, object]:
        verdicts = service.verifier_sauvegardes(ouvert, suivi=suivi)
        return {"verdicts": [v.en_donnees() for v in verdicts]}

    return aller(lancer("Vérification des sauvegardes", travail))


@bp.get("/suivi/<int:numero>")
def suivre(numero: int) -> Response:
    """Show how far a job is, then its result."""
    modele = PageSuivi(programme().taches.etat(numero), f"/sauvegardes/suivi/{numero}")
    fragment = cible() == "tache"
    return page("sauvegardes/_suivi.html" if fragment else "sauvegardes/suivi.html", modele)
