"""Batches that wait to be saved by the browser: one at a time, in the data folder.

Rules:
- A batch has a folder of its own, under a random name that is checked when it comes back.
- A new batch takes the place of the former; the start of the program removes what is left.
"""

import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from app.noyau.periodes import Mois
from app.paie.errors import ImpressionIntrouvable
from app.paie.rules.impression import ChoixImpression
from app.paie.service.imprimer import imprimer_le_mois
from app.paie.service.portee import Portee
from app.socle.fichiers import preparer_dossier, remplacer
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

DOSSIER = "impressions"
_JETON = re.compile(r"[A-Za-z0-9_-]{20,40}")


@dataclass(frozen=True, slots=True)
class ImpressionPrete:
    """A file to be saved: a PDF, or an archive of several."""

    jeton: str
    fichier: str
    bulletins: int
    fichiers: int
    octets: int

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "jeton": self.jeton,
            "fichier": self.fichier,
            "bulletins": self.bulletins,
            "fichiers": self.fichiers,
            "octets": self.octets,
        }


def vider_impressions(donnees: Path) -> None:
    """Remove every batch that waits."""
    shutil.rmtree(donnees / DOSSIER, ignore_errors=True)


def preparer_impression(
    t: Transaction,
    donnees: Path,
    mois: Mois,
    portee: Portee,
    choix: ChoixImpression,
    *,
    suivi: Suivi = SANS_SUIVI,
) -> ImpressionPrete:
    """Print the bulletins of a month into one file to be saved.

    Raises:
        RienAImprimer, DossierIllisible, DisquePlein, TacheAnnulee: see `imprimer_le_mois`.
    """
    vider_impressions(donnees)
    jeton = secrets.token_urlsafe(24)
    place = donnees / DOSSIER / jeton
    preparer_dossier(place)
    bilan = imprimer_le_mois(
        t, mois, portee, place, forme=choix.forme, paye_le=choix.paye_le, suivi=suivi
    )
    if len(bilan.fichiers) == 1:
        seul = place / bilan.fichiers[0]
        fichier = seul.replace(place / seul.name)
    else:
        suivi.etape("Réunion des fichiers", bilan.bulletins, bilan.bulletins)
        fichier = place / f"Bulletins {mois}.zip"
        _empaqueter(place, bilan.fichiers, fichier)
    shutil.rmtree(place / str(mois), ignore_errors=True)
    taille = fichier.stat().st_size
    return ImpressionPrete(jeton, fichier.name, bilan.bulletins, len(bilan.fichiers), taille)


def _empaqueter(dossier: Path, fichiers: tuple[str, ...], archive: Path) -> None:
    """Put files into an archive, as they are: PDF is compressed already."""
    with remplacer(archive) as provisoire, ZipFile(provisoire, "w", ZIP_STORED) as sortie:
        for nom in fichiers:
            sortie.writestr(ZipInfo(nom), (dossier / nom).read_bytes())


def trouver_impression(donnees: Path, jeton: str, fichier: str) -> Path:
    """Return the path of a file that waits.

    Raises:
        ImpressionIntrouvable: it is not there any more.
    """
    chemin = donnees / DOSSIER / jeton / fichier
    est_sur = _JETON.fullmatch(jeton) and Path(fichier).name == fichier
    if not est_sur or not chemin.is_file():
        raise ImpressionIntrouvable
    return chemin
