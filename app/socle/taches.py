"""Long jobs: progress, cancel, one at a time per kind, known again after a restart.

Rules:
- A job runs in a thread of its own and opens its own transactions.
- `Suivi` is what a use case sees: it says how far it is, and asks whether to go on.
- The state of each job is a row of `tache`; what ran when the program stopped is shown as
  « interrompue » at the next start, and so is at once a job whose end could not be written.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import DateTime, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.noyau.erreurs import ErreurMetier
from app.socle import horloge
from app.socle.base import Base
from app.socle.errors import FicheIntrouvable, TacheAnnulee, TacheDejaEnCours
from app.socle.journalisation import noter_bogue
from app.socle.transaction import Magasin

EN_COURS, FINIE, ANNULEE, ECHOUEE, INTERROMPUE = (
    "en_cours",
    "finie",
    "annulee",
    "echouee",
    "interrompue",
)
_ARRETEE = "Le programme s'est arrêté pendant cette opération : relancez-la."
_PERDUE = (
    "La fin de cette opération n'a pas pu être enregistrée : vérifiez ce qu'elle a fait, puis "
    "relancez-la s'il le faut."
)
_log = logging.getLogger(__name__)


class Suivi(Protocol):
    """What a long use case reports to."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Say what is being done and how far it is; stops by an error when cancelled.

        Raises:
            TacheAnnulee: the person asked to stop.
        """

    def annule(self) -> bool:
        """Tell whether the person asked to stop."""


class SansSuivi:
    """Nobody watches (command line without terminal, tests)."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Report to nobody."""

    def annule(self) -> bool:
        """Never cancelled."""
        return False


SANS_SUIVI: Suivi = SansSuivi()


class Tache(Base):
    """One run of a long job."""

    __tablename__ = "tache"

    id: Mapped[int] = mapped_column(primary_key=True)
    genre: Mapped[str] = mapped_column(Text)
    libelle: Mapped[str] = mapped_column(Text)
    par: Mapped[str] = mapped_column(Text)
    etat: Mapped[str] = mapped_column(Text, default=EN_COURS)
    debut_a: Mapped[datetime] = mapped_column(DateTime)
    fin_a: Mapped[datetime | None] = mapped_column(DateTime)
    resultat: Mapped[str | None] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text, default="")


class Apercu:
    """What a job lets see of its result before its end."""

    def __init__(self) -> None:
        self.contenu: Any = None
        self.change = threading.Event()

    def montrer(self, contenu: object) -> None:
        """Let it be seen; whoever waits for the job goes on."""
        self.contenu = contenu
        self.change.set()


class _SuiviTache:
    """Progress of a running job, read by the screens from another thread."""

    def __init__(self, apercu: Apercu) -> None:
        self.apercu = apercu
        self.libelle, self.fait, self.total = "Préparation", 0, 0
        self.arret = threading.Event()

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        self.libelle, self.fait, self.total = libelle, fait, total
        if self.arret.is_set():
            raise TacheAnnulee

    def annule(self) -> bool:
        return self.arret.is_set()


class EtatTache:
    """What a screen shows of a job: state, step, done, total, preview, result, message."""

    def __init__(self, tache: Tache, suivi: _SuiviTache | None) -> None:
        self.apercu: Any = suivi.apercu.contenu if suivi else None
        self.id, self.genre, self.libelle = tache.id, tache.genre, tache.libelle
        self.etat, self.message = tache.etat, tache.message
        self.resultat: dict[str, Any] = json.loads(tache.resultat) if tache.resultat else {}
        self.etape = suivi.libelle if suivi else ""
        self.fait, self.total = (suivi.fait, suivi.total) if suivi else (0, 0)

    @property
    def est_en_cours(self) -> bool:
        """Tell whether the job still runs."""
        return self.etat == EN_COURS

    @property
    def pourcentage(self) -> int | None:
        """Share done in percent; nothing when the total is not known."""
        return min(100, 100 * self.fait // self.total) if self.total else None


Travail = Callable[[Suivi], dict[str, Any]]


class Taches:
    """The jobs of one open base."""

    def __init__(self, magasin: Magasin) -> None:
        self._magasin = magasin
        self._suivis: dict[int, _SuiviTache] = {}
        self._fils: dict[int, threading.Thread] = {}
        self._perdues: set[int] = set()
        self._verrou = threading.Lock()

    def reprendre(self) -> int:
        """Mark jobs of a former run as interrupted; returns how many."""
        with self._magasin.transaction("système") as t:
            requete = update(Tache).where(Tache.etat == EN_COURS)
            resultat = t.session.execute(requete.values(etat=INTERROMPUE, message=_ARRETEE))
            return int(getattr(resultat, "rowcount", 0))

    def lancer(
        self, genre: str, libelle: str, travail: Travail, par: str, apercu: Apercu | None = None
    ) -> int:
        """Start a job in the background and return its number.

        `travail` receives a `Suivi` and returns a JSON-ready result; `apercu` is where it lets
        see some of it before.

        Raises:
            TacheDejaEnCours: one of this kind runs already.
        """
        with self._verrou:
            with self._magasin.transaction(par) as t:
                ouvertes = select(Tache).where(Tache.genre == genre, Tache.etat == EN_COURS)
                for ancienne in t.session.scalars(ouvertes):
                    if ancienne.id not in self._perdues:
                        raise TacheDejaEnCours(ancienne.libelle)
                    ancienne.etat, ancienne.message = INTERROMPUE, _PERDUE
                debut = t.maintenant.replace(tzinfo=None)
                tache = Tache(genre=genre, libelle=libelle, par=par, debut_a=debut)
                t.session.add(tache)
                t.session.flush()
                numero = tache.id
            suivi = self._suivis[numero] = _SuiviTache(apercu or Apercu())
            fil = threading.Thread(
                target=self._mener,
                args=(numero, travail, suivi),
                name=f"tache-{numero}",
                daemon=True,
            )
            self._fils[numero] = fil
            fil.start()
        return numero

    def _mener(self, numero: int, travail: Travail, suivi: _SuiviTache) -> None:
        resultat: str | None = None
        try:
            resultat = json.dumps(travail(suivi), ensure_ascii=False)
            etat, message = FINIE, ""
        except TacheAnnulee as refus:
            etat, message = ANNULEE, refus.texte()
        except ErreurMetier as refus:
            etat, message = ECHOUEE, f"{refus.texte()} {refus.texte_remede()}"
        except Exception as erreur:  # noqa: BLE001 -- one of the three edges
            reference = noter_bogue(_log, erreur)
            etat, message = ECHOUEE, f"Une erreur imprévue s'est produite (référence {reference})."
        try:
            with self._magasin.transaction("système") as t:
                tache = t.session.get_one(Tache, numero)
                tache.etat, tache.message, tache.resultat = etat, message, resultat
                tache.fin_a = horloge.maintenant().replace(tzinfo=None)
        except Exception as erreur:  # noqa: BLE001 -- the edge of the thread
            noter_bogue(_log, erreur)
            self._perdues.add(numero)
        self._suivis.pop(numero, None)
        self._fils.pop(numero, None)
        suivi.apercu.change.set()

    def etat(self, numero: int) -> EtatTache:
        """Return how a job stands.

        Raises:
            FicheIntrouvable: no such job.
        """
        with self._magasin.transaction("système") as t:
            tache = t.session.get(Tache, numero)
            if tache is None:
                raise FicheIntrouvable("Cette opération")
            etat = EtatTache(tache, self._suivis.get(numero))
        if etat.est_en_cours and numero in self._perdues:
            etat.etat, etat.message = INTERROMPUE, _PERDUE
        return etat

    def annuler(self, numero: int) -> None:
        """Ask a job to stop at its next step."""
        if (suivi := self._suivis.get(numero)) is not None:
            suivi.arret.set()

    def attendre(self, numero: int, secondes: float | None = None) -> None:
        """Wait for a job's end, at most that long."""
        if (fil := self._fils.get(numero)) is not None:
            fil.join(secondes)

    def attendre_l_apercu(self, numero: int, secondes: float) -> None:
        """Wait for what a job lets see, or for its end, at most that long."""
        if (suivi := self._suivis.get(numero)) is not None:
            suivi.apercu.change.wait(secondes)

    def tout_arreter(self, secondes: int = 10) -> None:
        """Ask every job to stop and wait for them, so long in all (the program quits)."""
        for suivi in list(self._suivis.values()):
            suivi.arret.set()
        echeance = time.monotonic() + secondes
        for fil in list(self._fils.values()):
            fil.join(max(0, echeance - time.monotonic()))
