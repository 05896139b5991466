"""How the backups stand: states of one, anomalies of a script, the standing indicator.

Rules:
- A run that failed is tried again after half an hour, not at each minute.
- A date is incorrect when a run is owed for more than an hour (the program was open, or has
  just caught up what it could), when no run comes any more, or when the last one is said to
  have been in the future: the clock of the computer was wrong.
- A warning stands when no backup has succeeded for seven days, or ever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.noyau.planning import Echeance, est_a_tenter
from app.sauvegardes.rules.script import Script

BONNE, ECHOUEE, ABSENTE, ABIMEE = "bonne", "echouee", "absente", "abimee"
ETATS = {
    BONNE: "vérifiée",
    ECHOUEE: "échouée",
    ABSENTE: "fichier absent",
    ABIMEE: "abîmée",
}
TOLERANCE = timedelta(hours=1)
JOURS_SANS_SAUVEGARDE = 7
EMPLACEMENT, DATE = "emplacement", "date"
TITRES = {EMPLACEMENT: "Emplacement indisponible", DATE: "Date de sauvegarde incorrecte"}


@dataclass(frozen=True, slots=True)
class Passage:
    """The last run of a script: when, whether it succeeded, else why."""

    faite_a: datetime
    bonne: bool
    cause: str = ""
    remede: str = ""


@dataclass(frozen=True, slots=True)
class Anomalie:
    """What is wrong with a script, in words, and what to do."""

    script_id: int
    script: str
    genre: str
    cause: str
    remede: str

    @property
    def titre(self) -> str:
        """Return the heading that people know."""
        return TITRES[self.genre]


def est_a_executer(e: Echeance, dernier: Passage | None, maintenant: datetime) -> bool:
    """Tell whether the loop runs a script now: something is due and was not just tried."""
    ratee_a = None if dernier is None or dernier.bonne else dernier.faite_a
    return est_a_tenter(e, ratee_a, maintenant)


def date_incorrecte(script: Script, e: Echeance, maintenant: datetime) -> Anomalie | None:
    """Return what is wrong with the dates of a script."""
    if script.servie_a is not None and script.servie_a > maintenant + TOLERANCE:
        cause = "sa dernière exécution est datée dans le futur, l'horloge a changé"
    elif e.suivante is None:
        cause = "aucune date ne vient plus"
    elif e.due is not None and e.due < maintenant - TOLERANCE:
        cause = "sa prochaine exécution est passée sans avoir eu lieu"
    else:
        return None
    remede = "Exécutez ce script, ou remettez ses dates à jour."
    return Anomalie(script.id, script.nom, DATE, cause, remede)


@dataclass(frozen=True, slots=True)
class Temoin:
    """The standing indicator: its kind (`bon`, `alerte`, `erreur`), its words, its detail."""

    genre: str
    mot: str
    detail: str
    derniere: datetime | None = None
    prochaine: datetime | None = None


def temoin(
    anomalies: Sequence[Anomalie],
    derniere: datetime | None,
    prochaine: datetime | None,
    maintenant: datetime,
    *,
    scripts: int,
) -> Temoin:
    """Say how the backups stand, the worst first."""
    if anomalies:
        pire = anomalies[0]
        detail = f"{pire.script} : {pire.cause}. {pire.remede}"
        return Temoin("erreur", "Sauvegarde en échec", detail, derniere, prochaine)
    if not scripts:
        detail = "Aucun script de sauvegarde : créez-en un."
        return Temoin("alerte", "Pas de sauvegarde", detail, derniere)
    if derniere is None:
        detail = "Aucune sauvegarde n'a encore réussi."
        return Temoin("alerte", "Pas encore de sauvegarde", detail, None, prochaine)
    jours = (maintenant - derniere).days
    if jours >= JOURS_SANS_SAUVEGARDE:
        detail = f"Aucune sauvegarde n'a réussi depuis {jours} jours."
        return Temoin("alerte", f"Sauvegarde : {jours} jours", detail, derniere, prochaine)
    return Temoin("bon", "Sauvegardes à jour", "", derniere, prochaine)
