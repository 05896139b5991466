"""The image of a CD or DVD: the backups of a script as one ISO file, read back.

Rules:
- ISO 9660 level 3 with Rock Ridge and Joliet: every system opens it, and shows the real names.
- The image bears its name once each backup in it was read back.
"""

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pycdlib

from app.sauvegardes.errors import AucuneSauvegarde, PasDePlace, RelectureDifferente
from app.sauvegardes.rules.script import prefixe
from app.sauvegardes.service import archive, dossiers, liste, scripts
from app.sauvegardes.service.destinations import Lieux
from app.sauvegardes.service.executer import exclusif
from app.socle.contexte import ProgrammeOuvert
from app.socle.fichiers import remplacer
from app.socle.taches import SANS_SUIVI, Suivi

_NOM_JOLIET = 64
_MARGE = 1 << 20
"""Bytes of the image beside its files, at most."""
_LISEZMOI = (
    b"Sauvegardes de Clairpaie\n\n"
    b"Pour en restaurer une : Centre de maintenance, Restaurer une sauvegarde, Depuis un fichier.\n"
    b"Sans Clairpaie : chaque fichier .clairpaie est un ZIP, son LISEZMOI.txt dit la suite.\n"
)


@dataclass(frozen=True, slots=True)
class Image:
    """An image that was made: its file, its size in bytes, the backups inside."""

    fichier: str
    taille: int
    sauvegardes: tuple[str, ...]

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {"image": self.fichier, "taille": self.taille, "copies": list(self.sauvegardes)}


def creer_image(
    ouvert: ProgrammeOuvert, numero: int, dossier: str, suivi: Suivi = SANS_SUIVI
) -> Image:
    """Make the image of a script's backups, in a folder.

    Raises:
        ScriptIntrouvable, AucuneSauvegarde, EmplacementIndisponible, PasDePlace: nothing is made.
        RelectureDifferente, DossierIllisible, DisquePlein, TacheAnnulee: nothing is kept.
    """
    lieux = Lieux(ouvert)
    with exclusif(ouvert.dossier), ExitStack() as pile:
        with ouvert.transaction() as t:
            liste.relever(t, lieux)
            script = scripts.lire_script(t, numero)
            bonnes = [v for v in liste.lister_sauvegardes(t, numero) if v.est_bonne]
            jour = t.aujourd_hui
        if not bonnes:
            raise AucuneSauvegarde
        dossiers.examiner(dossier)
        cible = dossiers.absolu(dossier) / f"{prefixe(script.nom)}-{jour:%Y%m%d}.iso"
        sources = [
            pile.enter_context(lieux.obtenir(v.fichier, script.destination, suivi)) for v in bonnes
        ]
        besoin = sum(s.stat().st_size for s in sources) + _MARGE
        libre = dossiers.libre(dossier)
        if besoin >= libre:
            raise PasDePlace(dossier, besoin // 1_000_000 + 1, libre // 1_000_000)
        with remplacer(cible) as provisoire:
            _ecrire(sources, provisoire, suivi)
            archive.vider_le_cache(provisoire)
            suivi.etape("Relecture de l'image")
            _relire(sources, provisoire, dossier)
    return Image(str(cible), cible.stat().st_size, tuple(s.name for s in sources))


def _ecrire(sources: list[Path], image: Path, suivi: Suivi) -> None:
    iso: Any = pycdlib.PyCdlib()
    iso.new(interchange_level=3, rock_ridge="1.09", joliet=3, vol_ident="CLAIRPAIE")
    try:
        texte = BytesIO(_LISEZMOI)
        iso.add_fp(
            texte, len(_LISEZMOI), "/LISEZMOI.TXT;1", rr_name="LISEZMOI.txt",
            joliet_path="/LISEZMOI.txt",
        )  # fmt: skip
        for rang, source in enumerate(sources, 1):
            iso.add_file(
                str(source),
                f"/SAUV{rang:04d}.ZIP;1",
                rr_name=source.name,
                joliet_path=f"/{source.name[-_NOM_JOLIET:]}",
            )

        def avancer(fait: int, total: int, _opaque: object) -> None:
            suivi.etape("Écriture de l'image", fait, total)

        with image.open("wb") as sortie:
            iso.write_fp(sortie, progress_cb=avancer)
    finally:
        iso.close()


class _Somme:
    """A stream that keeps the digest of what is written to it."""

    def __init__(self) -> None:
        self.somme = hashlib.sha256()

    def write(self, morceau: bytes) -> int:
        """Take bytes."""
        self.somme.update(morceau)
        return len(morceau)


def _relire(sources: list[Path], image: Path, dossier: str) -> None:
    iso: Any = pycdlib.PyCdlib()
    iso.open(str(image))
    try:
        for source in sources:
            puits = _Somme()
            iso.get_file_from_iso_fp(puits, rr_path=f"/{source.name}")
            if puits.somme.hexdigest() != archive.empreinte_du_fichier(source):
                raise RelectureDifferente(dossier)
    finally:
        iso.close()
