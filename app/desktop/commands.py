"""`clairpaie serveur`: the same screens in the browser of this computer."""

import signal
import threading
import webbrowser

import click

from app.desktop.instance import Instance
from app.desktop.serveur import Serveur
from app.noyau.typographie import typographier
from app.socle import fichiers, plateforme
from app.socle.contexte import Contexte

_REVEIL = 0.5


@click.command("serveur")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    show_default=True,
    help="Port à écouter ; 0 en choisit un libre.",
)
@click.option("--sans-fenetre", is_flag=True, help="Affiche l'adresse sans ouvrir le navigateur.")
@click.pass_obj
def serveur(contexte: Contexte, port: int, *, sans_fenetre: bool) -> None:
    """Ouvre Clairpaie dans le navigateur de cet ordinateur."""
    dossier = plateforme.dossier_de_donnees(contexte.donnees)
    fichiers.preparer_dossier(dossier)
    instance = Instance(dossier)
    instance.exiger()
    try:
        _servir(contexte, instance, port, navigateur=not sans_fenetre)
    finally:
        contexte.fermer()
        instance.rendre()


def _servir(contexte: Contexte, instance: Instance, port: int, *, navigateur: bool) -> None:
    """Answer until the keyboard or the system asks to stop."""
    arret = threading.Event()
    for signe in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signe, lambda *_: arret.set())
    contexte.programme.taches.reprendre()
    actif = Serveur(contexte.programme, port)
    actif.demarrer()
    try:
        instance.annoncer(actif.lancement, fenetre=False)
        _annoncer(contexte, actif.ouverture)
        if navigateur and plateforme.a_un_ecran():
            webbrowser.open(actif.ouverture)
        actif.completer()
        while not arret.wait(_REVEIL):  # without a timeout, Windows would not see Ctrl + C
            pass
    finally:
        actif.arreter()


def _annoncer(contexte: Contexte, adresse: str) -> None:
    """Print the address by itself on its line, so that it can be copied."""
    if contexte.en_json:
        contexte.dire("", {"adresse": adresse})
        return
    avant = typographier("Clairpaie est prêt. Ouvrez cette adresse dans votre navigateur :")
    apres = typographier("Pour arrêter : Ctrl + C.")
    click.echo(f"{avant}\n{adresse}\n{apres}")


commandes: list[click.Command] = [serveur]
