"""Qt on Linux: what pywebview leaves to do around a window.

Rules:
- Nothing but our own pages is shown: any other address goes to the system's browser, and a file
  dropped on the window opens nothing.
- A download asks where to save; what fails is said.
- Imported only once `app.desktop.ecran` has passed.
"""

import enum
import functools
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PyQt6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QObject,
    QPoint,
    QStandardPaths,
    Qt,
    QtMsgType,
    QTranslator,
    QUrl,
    pyqtSignal,
    qInstallMessageHandler,
)
from PyQt6.QtGui import QDesktopServices, QKeySequence, QPalette, QShortcut
from PyQt6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineNavigationRequest,
    QWebEnginePage,
)
from PyQt6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox
from qtpy import enums_compat

from app.noyau.typographie import typographier
from app.socle.journalisation import noter_bogue

_log = logging.getLogger(__name__)
_INTERNES = frozenset({"data", "about"})
_EXTERNES = frozenset({"http", "https", "mailto"})
_ZOOM_MIN, _ZOOM_MAX, _PAS_DE_ZOOM = 0.5, 3.0, 1.1
_Action = QWebEnginePage.WebAction
_MENU = (
    ("Couper", _Action.Cut),
    ("Copier", _Action.Copy),
    ("Coller", _Action.Paste),
    ("Tout sélectionner", _Action.SelectAll),
)


_ABREGEES = ("Qt", "QEvent", "QIODeviceBase", "QFileDialog", "QMessageBox", "QWebEnginePage")
"""Classes whose enums pywebview writes in short (`Qt.LeftButton`); a test reads its source."""


def preparer() -> None:
    """Set Qt to French; its messages and our slots' errors go to the log."""
    enums_compat.promote_enums = _abreger
    qInstallMessageHandler(_noter)
    QLocale.setDefault(QLocale("fr_FR"))
    sys.excepthook = _noter_l_imprevu  # PyQt aborts on an error in a slot otherwise


def _abreger(module: Any) -> None:
    """Let the enums of a few classes be written in short.

    qtpy does it for the thousand classes of Qt, which takes a third of the start-up.
    """
    for classe in (getattr(module, nom) for nom in _ABREGEES if hasattr(module, nom)):
        for enumeration in vars(classe).copy().values():
            if isinstance(enumeration, enum.EnumMeta):
                for nom, valeur in dict[str, Any](enumeration.__members__).items():
                    setattr(classe, nom, valeur)


def _noter(genre: QtMsgType, _contexte: QMessageLogContext, message: str | None) -> None:
    """Keep Qt's chatter off the terminal, all but the last words before an abort."""
    if genre == QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{message}\n")


def _noter_l_imprevu(
    _type: type[BaseException], erreur: BaseException, _trace: TracebackType | None
) -> None:
    noter_bogue(_log, erreur)


def accompagner(fenetre: Any, chez_nous: Callable[[str], bool]) -> None:
    """Give a window of pywebview its companion; called on Qt's thread before it is shown."""
    fenetre.compagnon = Compagnon(fenetre.native, chez_nous)


def amener(fenetre: Any) -> None:
    """Bring a window forward, from any thread."""
    fenetre.compagnon.amener.emit()


class Compagnon(QObject):
    """Goes with a native window: its addresses, downloads, keys and menu."""

    amener = pyqtSignal()

    def __init__(self, native: Any, chez_nous: Callable[[str], bool]) -> None:
        """Attach to a window of pywebview.

        Args:
            native: its `BrowserView`.
            chez_nous: tells whether an address is one of our pages.
        """
        super().__init__(native)
        self._native, self._vue = native, native.webview
        self._page: Any = self._vue.page()
        self._chez_nous = chez_nous
        self._page.setBackgroundColor(QApplication.palette().color(QPalette.ColorRole.Window))
        self.amener.connect(self._amener)
        self._page.navigationRequested.connect(self._naviguer)
        self._page.createWindow = self._ouvrir_a_cote
        self._page.profile().downloadRequested.connect(self._telecharger)
        self._vue.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._vue.customContextMenuRequested.connect(self._montrer_le_menu)
        self._brancher_les_touches()

    def _brancher_les_touches(self) -> None:
        for touches, geste in (
            ("Ctrl++", lambda: self._agrandir(_PAS_DE_ZOOM)),
            ("Ctrl+=", lambda: self._agrandir(_PAS_DE_ZOOM)),
            ("Ctrl+-", lambda: self._agrandir(1 / _PAS_DE_ZOOM)),
            ("Ctrl+0", lambda: self._vue.setZoomFactor(1.0)),
            ("F5", self._vue.reload),
            ("Alt+Left", self._vue.back),
            ("Alt+Right", self._vue.forward),
        ):
            QShortcut(QKeySequence(touches), self._native, geste)

    def _agrandir(self, facteur: float) -> None:
        voulu = self._vue.zoomFactor() * facteur
        self._vue.setZoomFactor(min(_ZOOM_MAX, max(_ZOOM_MIN, voulu)))

    def _amener(self) -> None:
        self._native.setWindowState(self._native.windowState() & ~Qt.WindowState.WindowMinimized)
        self._native.show()
        self._native.raise_()
        self._native.activateWindow()

    def _naviguer(self, demande: QWebEngineNavigationRequest) -> None:
        adresse = demande.url()
        if adresse.scheme() in _INTERNES or self._chez_nous(adresse.toString()):
            return
        demande.reject()
        _ouvrir_ailleurs(adresse)

    def _ouvrir_a_cote(self, _genre: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """Follow a link that asks for another window: here when it is ours, else outside."""
        passage = QWebEnginePage(self._page.profile(), self)
        passage.navigationRequested.connect(functools.partial(self._detourner, passage))
        return passage

    def _detourner(self, passage: QWebEnginePage, demande: QWebEngineNavigationRequest) -> None:
        adresse = demande.url()
        demande.reject()
        passage.deleteLater()
        if self._chez_nous(adresse.toString()):
            self._page.setUrl(adresse)
        else:
            _ouvrir_ailleurs(adresse)

    def _telecharger(self, demande: QWebEngineDownloadRequest) -> None:
        _traduire_qt()
        lieu = QStandardPaths.StandardLocation.DownloadLocation
        propose = Path(QStandardPaths.writableLocation(lieu)) / demande.suggestedFileName()
        titre = self._native.localization["global.saveFile"]
        choisi, _ = QFileDialog.getSaveFileName(self._native, titre, str(propose))
        if not choisi:
            demande.cancel()
            return
        demande.setDownloadDirectory(str(Path(choisi).parent))
        demande.setDownloadFileName(Path(choisi).name)
        demande.stateChanged.connect(functools.partial(self._suivre, demande))
        demande.accept()

    def _suivre(
        self,
        demande: QWebEngineDownloadRequest,
        etat: QWebEngineDownloadRequest.DownloadState,
    ) -> None:
        if etat == QWebEngineDownloadRequest.DownloadState.DownloadInterrupted:
            texte = (
                f"Le fichier « {demande.downloadFileName()} » n'a pas pu être enregistré. "
                "Vérifiez la place et les droits du dossier choisi, puis recommencez."
            )
            QMessageBox.warning(self._native, "Clairpaie", typographier(texte))

    def _montrer_le_menu(self, point: QPoint) -> None:
        menu = QMenu(self._native)
        for texte, action in _MENU:
            entree: Any = menu.addAction(texte)
            source = self._page.action(action)
            entree.setEnabled(source.isEnabled())
            entree.triggered.connect(source.trigger)
        menu.exec(self._vue.mapToGlobal(point))


def _ouvrir_ailleurs(adresse: QUrl) -> None:
    """Show an address in the system's browser; nothing for one that names a file or a script."""
    if adresse.scheme() in _EXTERNES:
        QDesktopServices.openUrl(adresse)


@functools.cache
def _traduire_qt() -> QTranslator:
    """Put Qt's own dialogues in French."""
    traduction = QTranslator()
    dossier = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    traduction.load("qtbase_fr", dossier)
    QApplication.installTranslator(traduction)
    return traduction
