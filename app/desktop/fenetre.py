"""The desktop program: one process that holds the base, the server and its windows.

Rules:
- The window starts first; the base and the server open in a thread meanwhile, and the screens
  that the home page does without are imported once it is shown.
- Each window has the token in a cookie of its own, kept in memory only.
- Closing the main window closes the others, stops the jobs and closes the base.
- What prevents the start is said on standard error and in the window.
"""

import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import click

from app.desktop.annonces import ATTENTE, Annonce, Annonceur, page_d_annonce
from app.desktop.instance import Instance
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import typographier
from app.socle import fichiers, plateforme
from app.socle.lancement import Lancement

TITRE = "Clairpaie"
DEJA_OUVERT = "Clairpaie est déjà ouvert : sa fenêtre passe au premier plan."
SUR_QT: bool = sys.platform.startswith("linux")
_GUI: Any = "qt" if SUR_QT else None
_SANS_ADRESSE = ""
"""Base of the pages that are not served; pywebview would give them a folder of this computer."""
_DELAI_DE_REPONSE = 0.3
_PATIENCE = 2.0
"""Seconds after which a window that has no page yet says that it is opening."""
_REPIT = 0.5
"""Seconds left to the first page to be drawn before the other screens are imported."""
_TAILLES: dict[str, Any] = {"width": 1366, "height": 768, "min_size": (1024, 640)}
_TAILLES_SECONDAIRES: dict[str, Any] = {"width": 1180, "height": 720, "min_size": (800, 500)}
_TAILLES_D_ANNONCE: dict[str, Any] = {"width": 640, "height": 400}

TEXTES = {
    "global.quitConfirmation": "Quitter Clairpaie ?",
    "global.ok": "D'accord",
    "global.quit": "Quitter",
    "global.cancel": "Annuler",
    "global.saveFile": "Enregistrer le fichier",
    "cocoa.menu.about": "À propos de",
    "cocoa.menu.services": "Services",
    "cocoa.menu.view": "Présentation",
    "cocoa.menu.edit": "Édition",
    "cocoa.menu.hide": "Masquer",
    "cocoa.menu.hideOthers": "Masquer les autres",
    "cocoa.menu.showAll": "Tout afficher",
    "cocoa.menu.quit": "Quitter",
    "cocoa.menu.fullscreen": "Passer en plein écran",
    "cocoa.menu.cut": "Couper",
    "cocoa.menu.copy": "Copier",
    "cocoa.menu.paste": "Coller",
    "cocoa.menu.selectAll": "Tout sélectionner",
    "windows.fileFilter.allFiles": "Tous les fichiers",
    "windows.fileFilter.otherFiles": "Autres fichiers",
    "linux.openFile": "Ouvrir un fichier",
    "linux.openFiles": "Ouvrir des fichiers",
    "linux.openFolder": "Ouvrir un dossier",
}


def ouvrir_fenetre(donnees: Path | None, annoncer: Annonceur) -> int:
    """Open the program in its window and wait until it is closed; returns the exit code.

    Args:
        donnees: data folder; nothing for the person's own.
        annoncer: says on standard error what prevents the start.

    Raises:
        FenetreImpossible: no screen, or what a window needs is missing.
    """
    gc.disable()  # start-up makes few cycles; collecting them takes a tenth of it
    dossier = plateforme.dossier_de_donnees(donnees)
    instance = Instance(dossier)
    try:
        fichiers.preparer_dossier(dossier)
        if not instance.prendre_ou_avancer():
            click.echo(typographier(DEJA_OUVERT))
            return 0
    except ErreurMetier as refus:
        return _montrer(annoncer(refus))
    try:
        _preparer_l_ecran()
        sortie = Fenetres(instance, annoncer).mener()
    finally:
        instance.rendre()
    return _finir(sortie)


def _preparer_l_ecran() -> None:
    if SUR_QT:
        from app.desktop import ecran  # noqa: PLC0415 -- Linux only

        ecran.exiger()
        from app.desktop import qt  # noqa: PLC0415 -- its libraries load, as was just tried

        qt.preparer()


def _montrer(annonce: Annonce) -> int:
    """Show what prevents the start in a small window, where there is a screen."""
    if plateforme.a_un_ecran():
        _preparer_l_ecran()
        fenetre = _creer(
            html=page_d_annonce(annonce), chez_nous=lambda _: False, **_TAILLES_D_ANNONCE
        )
        fenetre.expose(_fermeture(fenetre))
        signal.signal(signal.SIGTERM, lambda *_: fenetre.destroy())
        _demarrer()
    return _finir(annonce.sortie)


def _finir(sortie: int) -> NoReturn:
    """End the process: threads of pywebview may wait for ever for a page that is gone."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(sortie)


def _creer(titre: str = TITRE, *, chez_nous: Callable[[str], bool], **options: Any) -> Any:
    """Create a window; on Linux its companion keeps it to our own pages."""
    import webview  # noqa: PLC0415 -- as late as can be

    fenetre: Any = webview.create_window(titre, text_select=True, zoomable=True, **options)
    if SUR_QT:
        from app.desktop import qt  # noqa: PLC0415 -- Linux only

        fenetre.events.before_show += lambda: qt.accompagner(fenetre, chez_nous)
    return fenetre


def _demarrer() -> None:
    """Run the windows' loop until the last one is closed."""
    import webview  # noqa: PLC0415 -- as late as can be

    webview.settings["ALLOW_DOWNLOADS"] = not SUR_QT  # on Qt, see `qt.accompagner`
    webview.settings["ALLOW_FILE_URLS"] = False
    webview.logger.handlers.clear()
    icone = plateforme.dossier_des_ressources() / "web" / "static" / "icone.svg"
    textes = {cle: typographier(texte) for cle, texte in TEXTES.items()}
    webview.start(
        gui="qt" if SUR_QT else None, private_mode=True, localization=textes, icon=str(icone)
    )


def _fermeture(fenetre: Any) -> Any:
    def fermer() -> None:
        fenetre.destroy()

    return fermer


class Fenetres:
    """The windows of the open program; what the pages know as the desktop (`Bureau`)."""

    def __init__(self, instance: Instance, annoncer: Annonceur) -> None:
        self._instance = instance
        self._annoncer = annoncer
        self._annonce: Annonce | None = None
        self._programme: Any = None
        self._serveur: Any = None
        self._patience = threading.Lock()
        self._patiente = False
        self._lancement = Lancement()
        self._secondaires: dict[str, Any] = {}
        self._principale = _creer(
            url=self._lancement.ouverture, chez_nous=self._est_chez_nous, **_TAILLES
        )

    def mener(self) -> int:
        """Show the main window until it is closed, then stop everything; returns the exit code."""
        self._principale.events.closed += self._fermer_les_autres
        self._principale.events.loaded += self._completer
        ouverture = threading.Thread(target=self._ouvrir_le_programme, name="ouverture")
        ouverture.start()
        patience = threading.Timer(_PATIENCE, self._faire_patienter)
        patience.daemon = True
        patience.start()
        signal.signal(signal.SIGTERM, lambda *_: self.quitter(0))
        try:
            _demarrer()
        finally:
            ouverture.join()
            self._arreter()
        return self._annonce.sortie if self._annonce else 0

    def _ouvrir_le_programme(self) -> None:
        try:
            from app.assemblage import ouvrir  # noqa: PLC0415 -- while the window starts

            self._programme = ouvrir(self._instance.dossier, repondre=False)
            self._programme.taches.reprendre()
            from app.desktop.serveur import Serveur  # noqa: PLC0415 -- the same

            serveur = Serveur(self._programme, bureau=self, lancement=self._lancement)
            serveur.demarrer()
            self._instance.annoncer(self._lancement, fenetre=True)
            with self._patience:
                self._serveur = serveur
            if self._patiente:
                self._principale.load_url(self._lancement.ouverture)
        except Exception as erreur:  # noqa: BLE001 -- said on standard error and in the window
            self._annonce = self._annoncer(erreur)
            self._principale.expose(_fermeture(self._principale))
            self._principale.load_html(page_d_annonce(self._annonce), _SANS_ADRESSE)

    def _faire_patienter(self) -> None:
        """Say that the program is opening, when the first page is late."""
        with self._patience:
            self._patiente = self._serveur is None and self._annonce is None
        if self._patiente:
            self._principale.load_html(ATTENTE, _SANS_ADRESSE)

    def _est_chez_nous(self, adresse: str) -> bool:
        """Tell whether an address is one of our pages, or a file that one of them made."""
        return adresse.removeprefix("blob:").startswith(f"{self._lancement.adresse}/")

    def _completer(self) -> None:
        """Finish the start behind the page: called each time that one is loaded."""
        if self._serveur is not None and not gc.isenabled():
            time.sleep(_REPIT)
            self._serveur.completer()
            gc.freeze()
            gc.enable()

    def ouvrir(self, chemin: str, titre: str) -> None:
        """Open a page in a window of its own, or bring that window forward."""
        if (fenetre := self._secondaires.get(chemin)) is not None:
            _amener(fenetre)
            return
        adresse = f"{self._lancement.ouverture}&vers={quote(chemin)}"
        nom = f"{titre} – {TITRE}" if titre != TITRE else TITRE
        fenetre = _creer(nom, url=adresse, chez_nous=self._est_chez_nous, **_TAILLES_SECONDAIRES)
        self._secondaires[chemin] = fenetre
        fenetre.events.closed += lambda: self._secondaires.pop(chemin, None)

    def avancer(self) -> None:
        """Bring the main window to the front."""
        _amener(self._principale)

    def choisir(self, depart: str, *, fichier: bool = False) -> str:
        """Ask for a folder, or a file, in the system's own window; "" when the person gives up."""
        import webview  # noqa: PLC0415 -- as late as can be

        genre = webview.FileDialog.OPEN if fichier else webview.FileDialog.FOLDER
        choisis = self._principale.create_file_dialog(genre, directory=depart)
        return str(choisis[0]) if choisis else ""

    def quitter(self, delai: float = _DELAI_DE_REPONSE) -> None:
        """Close every window, once the page that asked has its answer."""
        threading.Timer(delai, self._principale.destroy).start()

    def _fermer_les_autres(self) -> None:
        for fenetre in list(self._secondaires.values()):
            fenetre.destroy()

    def _arreter(self) -> None:
        if self._serveur is not None:
            self._serveur.arreter()
        if self._programme is not None:
            self._programme.fermer()


def _amener(fenetre: Any) -> None:
    if SUR_QT:
        from app.desktop import qt  # noqa: PLC0415 -- Linux only

        qt.amener(fenetre)
        return
    fenetre.restore()
    fenetre.show()
