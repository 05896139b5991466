"""Print bulletins: one, or those of a month into files.

Rules:
- Files are written in a temporary folder beside their place and renamed at the end: a batch
  that is cancelled, or fails, leaves what stood there as it was.
- An employer's folder is always the same, and never a namesake's.
- A current bulletin prints in its state: a draft says so across its page.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from app.employeurs.service import cles_existantes
from app.noyau.periodes import Mois
from app.paie.documents import bulletin as document
from app.paie.documents.papier import Papier
from app.paie.errors import RienAImprimer
from app.paie.rules.impression import Forme
from app.paie.rules.imprimes import BulletinImprime
from app.paie.rules.noms_de_fichiers import Employeur, nom_libre, nom_sur, noms_des_employeurs
from app.paie.service.a_imprimer import cles_du_mois, en_lots
from app.paie.service.imprimes import lire_imprimes, lire_un_imprime
from app.paie.service.portee import Portee
from app.socle.errors import DisquePlein, DossierIllisible
from app.socle.fichiers import cause, est_plein, preparer_dossier
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

PAGES_PAR_FICHIER = 2_000
"""Pages of a file that holds everybody: beyond, another one begins."""
_ETAPE = "Impression des bulletins"


@dataclass(frozen=True, slots=True)
class BilanImpression:
    """What a batch wrote: the files' paths in their folder."""

    mois: Mois
    bulletins: int
    fichiers: tuple[str, ...]

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "mois": str(self.mois),
            "bulletins": self.bulletins,
            "fichiers": len(self.fichiers),
        }


@dataclass(frozen=True, slots=True)
class PdfPret:
    """A file ready to be sent."""

    nom: str
    contenu: bytes


def imprimer_un_bulletin(t: Transaction, numero: int, paye_le: date | None = None) -> PdfPret:
    """Return the PDF of one bulletin, whatever its state; the same bulletin, the same bytes.

    Raises:
        BulletinIntrouvable: none of that number.
    """
    b = lire_un_imprime(t, numero, paye_le)
    contenu = document.imprimer([b], document.titre(b), b.fait_a).octets()
    return PdfPret(f"{_nom_salarie(b)}.pdf", contenu)


def imprimer_le_mois(
    t: Transaction,
    mois: Mois,
    portee: Portee,
    vers: Path,
    *,
    forme: Forme = Forme.SALARIE,
    paye_le: date | None = None,
    suivi: Suivi = SANS_SUIVI,
) -> BilanImpression:
    """Write the current bulletins of a month under `vers`/AAAA-MM.

    Raises:
        RienAImprimer: no bulletin was computed.
        DossierIllisible, DisquePlein: the folder cannot be written.
        TacheAnnulee: the person asked to stop; nothing was written.
    """
    suivi.etape("Lecture des bulletins")
    cles = cles_du_mois(t, mois, portee)
    if not cles:
        raise RienAImprimer(mois.en_toutes_lettres)
    with _a_cote(vers) as provisoire:
        lot = _Lot(provisoire, mois, forme, len(cles), suivi, _noms(t))
        for numeros in en_lots(cles):
            lot.ajouter(lire_imprimes(t, numeros, paye_le))
        lot.finir()
        suivi.etape("Rangement des fichiers", len(cles), len(cles))
        fichiers = _ranger(provisoire, vers)
    return BilanImpression(mois, len(cles), fichiers)


def _noms(t: Transaction) -> dict[int, str]:
    """Return the name of each employer's files; all are needed to tell namesakes apart."""
    tous = (Employeur(c.id, c.raison_sociale, c.siret) for c in cles_existantes(t))
    return noms_des_employeurs(tous)


@dataclass(slots=True)
class _Lot:
    """Bulletins that become files, in the order of employers and names."""

    racine: Path
    mois: Mois
    forme: Forme
    total: int
    suivi: Suivi
    noms: Mapping[int, str]
    faits: int = 0
    ouvert: Papier | None = None
    fermes: int = 0

    def ajouter(self, bulletins: list[BulletinImprime]) -> None:
        """Print some whole employers."""
        for _, groupe in groupby(bulletins, key=lambda b: b.employeur_id):
            siens = list(groupe)
            if self.forme is Forme.UNIQUE:
                for b in siens:
                    self._suite(b)
                continue
            nom = self.noms[siens[0].employeur_id]
            if self.forme is Forme.EMPLOYEUR:
                self._ensemble(siens, nom)
            else:
                self._separes(siens, self._dossier() / nom)

    def _dossier(self) -> Path:
        return self.racine / str(self.mois)

    def _annoncer(self) -> None:
        self.faits += 1
        self.suivi.etape(_ETAPE, self.faits, self.total)

    def _separes(self, bulletins: list[BulletinImprime], dossier: Path) -> None:
        dossier.mkdir(parents=True)
        pris: set[str] = set()
        for b in bulletins:
            nom = nom_libre(_nom_salarie(b), pris)
            pris.add(nom.casefold())
            papier = document.imprimer([b], document.titre(b), b.fait_a)
            papier.ecrire(dossier / f"{nom}.pdf")
            self._annoncer()

    def _ensemble(self, bulletins: list[BulletinImprime], nom: str) -> None:
        titre = f"Bulletins de paie {self.mois} - {bulletins[0].employeur.raison_sociale}"
        fait_a = max(b.fait_a for b in bulletins)
        papier = document.imprimer(bulletins, titre, fait_a, annoncer=lambda _: self._annoncer())
        self._dossier().mkdir(exist_ok=True)
        papier.ecrire(self._dossier() / f"{nom} - {self.mois}.pdf")

    def _suite(self, b: BulletinImprime) -> None:
        if self.ouvert is None:
            self.ouvert = Papier(f"Bulletins de paie {self.mois}", b.fait_a)
        document.dessiner(self.ouvert, b)
        self._annoncer()
        if self.ouvert.pages == PAGES_PAR_FICHIER:
            self.finir()

    def finir(self) -> None:
        """Write what is still open."""
        if self.ouvert is not None:
            self.fermes += 1
            rang = f" ({self.fermes})" if self.total > PAGES_PAR_FICHIER else ""
            self._dossier().mkdir(exist_ok=True)
            self.ouvert.ecrire(self._dossier() / f"Bulletins {self.mois}{rang}.pdf")
            self.ouvert = None


def _nom_salarie(b: BulletinImprime) -> str:
    return f"{nom_sur(b.salarie.nom)} - {b.mois}"


@contextmanager
def _a_cote(vers: Path) -> Iterator[Path]:
    """Give a temporary folder beside the place of the files; removed at the end.

    Raises:
        DossierIllisible, DisquePlein: the folder cannot be written.
    """
    preparer_dossier(vers)
    provisoire = Path(tempfile.mkdtemp(dir=vers, prefix=".impression-"))
    try:
        yield provisoire
    except OSError as erreur:
        if est_plein(erreur):
            raise DisquePlein(str(vers)) from erreur
        raise DossierIllisible(str(vers), cause(erreur)) from erreur
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)


def _ranger(provisoire: Path, vers: Path) -> tuple[str, ...]:
    """Rename every file to its place; returns their paths in the folder."""
    fichiers = sorted(f for f in provisoire.rglob("*") if f.is_file())
    chemins = []
    for fichier in fichiers:
        relatif = fichier.relative_to(provisoire)
        (vers / relatif).parent.mkdir(parents=True, exist_ok=True)
        fichier.replace(vers / relatif)
        chemins.append(relatif.as_posix())
    return tuple(chemins)
