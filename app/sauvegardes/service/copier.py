"""Copies on a medium: the latest backup of each script, in one action; what a stick holds.

Rules:
- The room is asked for before the first byte; nothing of the stick is deleted to make some.
- A copy bears its name once it was read back from the stick; one that is there whole stays.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.sauvegardes.errors import AucuneSauvegarde, PasDePlace, RelectureDifferente
from app.sauvegardes.rules.destination import SOUS_DOSSIER
from app.sauvegardes.rules.manifeste import SUFFIXE, Manifeste
from app.sauvegardes.service import archive, liste
from app.sauvegardes.service.destinations import Lieux
from app.sauvegardes.service.executer import exclusif
from app.socle.contexte import ProgrammeOuvert
from app.socle.fichiers import remplacer, traduire_ecriture
from app.socle.plateforme.volumes import Volume
from app.socle.taches import SANS_SUIVI, Suivi

_PROFONDEUR = 2
_VUES_AU_PLUS = 200


@dataclass(frozen=True, slots=True)
class Copiees:
    """What was copied on a medium; `octets` counts what was written."""

    support: str
    dossier: str
    fichiers: tuple[str, ...]
    octets: int

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "support": self.support,
            "dossier": self.dossier,
            "copies": list(self.fichiers),
            "octets": self.octets,
        }


@dataclass(frozen=True, slots=True)
class SauvegardeTrouvee:
    """A backup found on a medium: its path, its size in bytes, what it says of itself."""

    chemin: str
    taille: int
    fiche: Manifeste

    @property
    def nom(self) -> str:
        """Return the name of the file."""
        return Path(self.chemin).name


@dataclass(frozen=True, slots=True)
class SupportVu:
    """A medium that is plugged in; `choix` names it in a form, `libre` is in bytes."""

    choix: str
    nom: str
    point: str
    libre: int
    sauvegardes: tuple[SauvegardeTrouvee, ...] = ()


def lister_supports(ouvert: ProgrammeOuvert, *, contenu: bool = False) -> list[SupportVu]:
    """Return the media that are plugged in, with the backups that they hold when asked."""
    return [_vu(v, contenu=contenu) for v in Lieux(ouvert).volumes()]


def _vu(volume: Volume, *, contenu: bool) -> SupportVu:
    trouvees = tuple(_sauvegardes(volume.point)) if contenu else ()
    ranges = sorted(trouvees, key=lambda s: s.fiche.faite_a, reverse=True)
    choix = volume.identite or str(volume.point)
    return SupportVu(choix, volume.nom, str(volume.point), volume.libre, tuple(ranges))


def _sauvegardes(point: Path) -> Iterator[SauvegardeTrouvee]:
    """Run through the backups of a medium, near its root; a bounded number of them."""
    restent = _VUES_AU_PLUS
    for profondeur in range(_PROFONDEUR + 1):
        try:
            fichiers = sorted(point.glob("/".join([*["*"] * profondeur, f"*{SUFFIXE}"])))
        except OSError:
            return
        for fichier in fichiers[:restent]:
            restent -= 1
            if (fiche := archive.apercu(fichier)) is not None:
                yield SauvegardeTrouvee(str(fichier), fichier.stat().st_size, fiche)


def copier_sur_support(ouvert: ProgrammeOuvert, demande: str, suivi: Suivi = SANS_SUIVI) -> Copiees:
    """Copy the latest whole backup of each script on a medium.

    Args:
        ouvert: the open program.
        demande: identity of the medium, or its place.
        suivi: progress and cancel.

    Raises:
        SupportAbsent, AucuneSauvegarde, PasDePlace, SauvegardeEnCours: nothing was written.
        RelectureDifferente, DossierIllisible, DisquePlein, TacheAnnulee: copies made before
            stay, each of them whole.
    """
    lieux = Lieux(ouvert)
    volume = lieux.volume(demande)
    cible = volume.point / SOUS_DOSSIER
    with exclusif(ouvert.dossier), ExitStack() as pile:
        with ouvert.transaction() as t:
            liste.relever(t, lieux)
            bonnes = [v for v in liste.lister_sauvegardes(t) if v.est_bonne and v.script_id]
            dernieres = {v.script_id: v for v in reversed(bonnes)}
            ou = {v.id: liste.lire_avec_destination(t, v.id)[1] for v in dernieres.values()}
        if not dernieres:
            raise AucuneSauvegarde
        sources = [
            pile.enter_context(lieux.obtenir(v.fichier, ou[v.id], suivi))
            for v in dernieres.values()
        ]
        a_faire = [s for s in sources if not _est_la(s, cible / s.name)]
        besoin = sum(s.stat().st_size for s in a_faire)
        if besoin >= volume.libre:
            raise PasDePlace(volume.nom, besoin // 1_000_000 + 1, volume.libre // 1_000_000)
        with traduire_ecriture(volume.point):
            cible.mkdir(exist_ok=True)
        for source in a_faire:
            copier(source, cible / source.name, suivi)
    noms = tuple(s.name for s in sources)
    return Copiees(volume.nom, str(cible), noms, besoin)


def _est_la(source: Path, copie: Path) -> bool:
    """Tell whether a whole copy is there already."""
    if not copie.is_file() or copie.stat().st_size != source.stat().st_size:
        return False
    return archive.empreinte_du_fichier(copie) == archive.empreinte_du_fichier(source)


def copier(source: Path, copie: Path, suivi: Suivi = SANS_SUIVI) -> None:
    """Copy a file; the copy bears its name once it was read back from its disk.

    Raises:
        RelectureDifferente: what was read back is not what was written.
        DossierIllisible, DisquePlein, TacheAnnulee: see there.
    """
    total, fait = source.stat().st_size, 0
    with remplacer(copie) as provisoire:
        with source.open("rb") as lu, provisoire.open("wb") as ecrit:
            while morceau := lu.read(archive.MORCEAU):
                ecrit.write(morceau)
                fait += len(morceau)
                suivi.etape(f"Copie de {source.name}", fait, total)
        archive.vider_le_cache(provisoire)
        suivi.etape("Relecture sur le support")
        if archive.empreinte_du_fichier(provisoire) != archive.empreinte_du_fichier(source):
            raise RelectureDifferente(str(copie.parent))
