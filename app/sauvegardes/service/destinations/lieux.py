"""Where destinations are from here: media plugged in, sites with their password.

`Lieux` knows the data folder of the open base, its safe of passwords and the folder of media
that the settings declare: enough to turn a destination, or the address of a backup, into a
path or a connection.
"""

import logging
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from app.noyau.erreurs import Avertissement, ConfirmationRequise, ErreurMetier
from app.sauvegardes.errors import (
    EmplacementIndisponible,
    MotDePasseAbsent,
    SauvegardeIllisible,
    SupportAbsent,
)
from app.sauvegardes.rules.destination import DOSSIER, MEDIA, SFTP, Destination, volume_de
from app.sauvegardes.service import dossiers
from app.sauvegardes.service.destinations import transfert
from app.sauvegardes.service.destinations.depot import Coupure, Depot, refuser
from app.socle import fichiers, horloge
from app.socle.coffre import Coffre
from app.socle.contexte import ProgrammeOuvert
from app.socle.plateforme import volumes
from app.socle.plateforme.volumes import Volume
from app.socle.taches import SANS_SUIVI, Suivi

ENVOIS = "envois"
"""Folder of the data folder where what goes to a site, or comes from one, passes."""
CODE_CLE = "SAU-201"
_log = logging.getLogger(__name__)
_ABSENT = "ce support n'est pas branché"
_BRANCHER = "Branchez ce support, ou choisissez-en un autre dans le script, « Modifier »."


class Lieux:
    """The destinations, seen from one open base."""

    def __init__(self, ouvert: ProgrammeOuvert) -> None:
        self.donnees = ouvert.dossier
        self.coffre = Coffre(ouvert.dossier)
        self._supports = ouvert.reglages["supports"]

    def volumes(self) -> list[Volume]:
        """Return the media that are plugged in."""
        return volumes.lister(self._supports)

    def volume(self, demande: str) -> Volume:
        """Return a medium by its identity, or by its place when it has none yet; marked then.

        Raises:
            SupportAbsent: it is not plugged in.
            EmplacementIndisponible: it cannot be written.
        """
        for volume in self.volumes():
            if demande and demande in {volume.identite, str(volume.point)}:
                try:
                    return volumes.identifier(volume)
                except OSError as erreur:
                    raise dossiers.refus(volume.nom, erreur) from erreur
        raise SupportAbsent

    def dossier(self, d: Destination) -> Path:
        """Return the folder of a destination that is a path now.

        Raises:
            EmplacementIndisponible: the medium is not plugged in.
        """
        if d.genre == DOSSIER:
            return dossiers.absolu(d.dossier)
        volume = volumes.trouver(d.volume, self._supports)
        if volume is None:
            raise EmplacementIndisponible(d.en_mots(), _ABSENT, _BRANCHER)
        return volume.point.joinpath(*d.parties)

    def adresse(self, d: Destination, nom: str) -> str:
        """Return the address of a backup, as the list keeps it."""
        return f"{d.racine}{nom}" if d.racine else str(self.dossier(d) / nom)

    def connecter(self, d: Destination) -> Callable[[], AbstractContextManager[Depot]]:
        """Return what connects to a site.

        Raises:
            MotDePasseAbsent: its password is not known on this computer.
        """
        secret = self.coffre.lire(d.compte)
        if secret is None:
            raise MotDePasseAbsent(d.en_mots())
        return connexion(d, secret)

    def chemin(self, adresse: str) -> Path | None:
        """Return the path of a backup that is here, None when it is on a site.

        Raises:
            EmplacementIndisponible: its medium is not plugged in.
        """
        if (sur := volume_de(adresse)) is not None:
            d = Destination(MEDIA, sur[1], volume=sur[0], volume_nom=Path(sur[1]).name)
            return self.dossier(d)
        return None if "://" in adresse else Path(adresse)

    @contextmanager
    def obtenir(
        self, adresse: str, d: Destination | None = None, suivi: Suivi = SANS_SUIVI
    ) -> Iterator[Path]:
        """Give the file of a backup as a path, brought here first when it is on a site.

        Args:
            adresse: as in the list.
            d: the destination of its script, None once the script is gone.
            suivi: progress and cancel.

        Raises:
            EmplacementIndisponible, MotDePasseAbsent, CleDuSiteChangee: it cannot be reached.
            SauvegardeIllisible: it is not there any more.
            DisquePlein, DossierIllisible, TacheAnnulee: see there.
        """
        ici = self.chemin(adresse)
        if ici is not None:
            yield ici
            return
        nom = adresse.rpartition("/")[2]
        if d is None or adresse != f"{d.racine}{nom}":
            cause = "plus aucun script ne va sur ce site"
            raise EmplacementIndisponible(adresse, cause, "Créez un script qui y va.")
        with self.atelier() as atelier:
            arrivee = atelier / nom
            if transfert.rapatrier(self.connecter(d), nom, arrivee, suivi) is None:
                raise SauvegardeIllisible(nom, "le fichier n'est plus sur le site")
            yield arrivee

    def supprimer(self, d: Destination, adresses: Mapping[int, str]) -> list[int]:
        """Delete backups, by number; returns those that are gone, or were."""
        parties, du_site = [], {}
        for numero, adresse in adresses.items():
            try:
                ici = self.chemin(adresse)
            except EmplacementIndisponible:
                continue
            if ici is not None:
                parties += [numero] if dossiers.supprimer(ici) else []
            elif d.racine and adresse.startswith(d.racine):
                du_site[adresse.removeprefix(d.racine)] = numero
        if du_site:
            parties += [du_site[n] for n in self.supprimer_du_site(d, list(du_site))]
        return parties

    def supprimer_du_site(self, d: Destination, noms: Sequence[str]) -> list[str]:
        """Delete files of a site; returns those that are gone. What resists is for next time."""
        partis: list[str] = []

        def retirer(depot: Depot) -> None:
            for nom in noms:
                depot.supprimer(nom)
                partis.append(nom)

        try:
            if noms:
                transfert.une_fois(self.connecter(d), retirer)
        except ErreurMetier as refus:
            _log.warning("backup.kept site=%s code=%s", d.genre, refus.code)
        return partis

    @contextmanager
    def atelier(self) -> Iterator[Path]:
        """Give a passing folder for what goes to a site or comes from one."""
        racine = self.donnees / ENVOIS
        with fichiers.traduire_ecriture(self.donnees):
            racine.mkdir(exist_ok=True)
        dossiers.menage(racine, "envoi-*", horloge.maintenant())
        with tempfile.TemporaryDirectory(dir=racine, prefix="envoi-") as dossier:
            yield Path(dossier)

    def essayer(self, d: Destination, secret: str | None = None) -> None:
        """Try a destination for good: a small file is written, read back, taken away.

        Args:
            d: the destination.
            secret: the password just typed, None for the one that is kept.

        Raises:
            EmplacementIndisponible, MotDePasseAbsent, CleDuSiteChangee: with the cause in words.
        """
        if not d.est_distante:
            dossier = self.dossier(d)
            if d.genre == MEDIA:
                with fichiers.traduire_ecriture(dossier):
                    dossier.mkdir(parents=True, exist_ok=True)
            dossiers.preparer(str(dossier))
            return
        ouvrir = connexion(d, secret) if secret else self.connecter(d)
        with self.atelier() as atelier:
            essai = atelier / f".essai-{os.urandom(4).hex()}"
            essai.write_bytes(os.urandom(64))
            transfert.une_fois(ouvrir, lambda depot: _essayer(depot, essai, d))

    def confirmer_la_cle(
        self, d: Destination, confirmes: frozenset[str], connue: str = ""
    ) -> Destination:
        """Return an SFTP destination with the key of its site, once the person has seen it.

        Raises:
            ConfirmationRequise: the fingerprint to compare.
            EmplacementIndisponible: the site does not answer.
        """
        if d.genre != SFTP:
            return d
        if connue:
            return replace(d, cle_hote=connue)
        from app.sauvegardes.service.destinations import sftp  # noqa: PLC0415 -- see `connexion`

        try:
            cle = sftp.cle_du_site(d)
        except Coupure as coupure:
            raise coupure.refus from coupure
        empreinte = sftp.empreinte(cle)
        code = f"{CODE_CLE} {empreinte}"
        if code not in confirmes:
            texte = f"Le site « {d.hote} » montre la clé {empreinte}."
            raise ConfirmationRequise((Avertissement(code, texte),))
        return replace(d, cle_hote=cle)


def connexion(d: Destination, secret: str) -> Callable[[], AbstractContextManager[Depot]]:
    """Return what connects to a site with a password."""
    if d.genre == SFTP:
        from app.sauvegardes.service.destinations import sftp  # noqa: PLC0415 -- 150 ms, sites only

        return lambda: sftp.ouvrir(d, secret)
    from app.sauvegardes.service.destinations import ftp  # noqa: PLC0415 -- the same

    return lambda: ftp.ouvrir(d, secret)


def _essayer(depot: Depot, essai: Path, d: Destination) -> None:
    depot.preparer()
    try:
        depot.envoyer(essai, essai.name, 0, lambda _fait: None)
        if b"".join(depot.lire(essai.name, 0)) != essai.read_bytes():
            conseil = "Ne lui confiez pas de sauvegarde avant d'en savoir la raison."
            raise refuser(d, "ce qui y est écrit ne se relit pas", conseil)
    finally:
        depot.supprimer(essai.name)
