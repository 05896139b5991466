"""Where the backups of a script go: folder, removable medium, remote site. Pure.

Rules:
- A medium is known by the identity of its volume, never by its letter or mount point.
- A password is no part of a destination: it is kept apart, under the name of its account.
- The address of a backup says all that is needed to find it again: a path for a folder,
  `media://volume/folder/name`, `sftp://person@host:port/folder/name`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.noyau.champs import Champ, ChampObligatoire, Nature, adresse, choix, entier, texte
from app.noyau.erreurs import Constat
from app.sauvegardes.errors import HoteIllisible

DOSSIER, MEDIA, FTP, FTPS, SFTP = "dossier", "media", "ftp", "ftps", "sftp"
SITE = "site"
"""What the form says for the three kinds of remote sites."""
PORTS = {FTP: 21, FTPS: 21, SFTP: 22}
LIEUX = (
    (DOSSIER, "Sur unités locales ou réseaux"),
    (MEDIA, "Sur média"),
    (SITE, "Sur site distant"),
)
SOUS_DOSSIER = "Sauvegardes Clairpaie"
"""Folder of the backups on a medium, unless the person says otherwise."""
_HOTE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{3,45}\]?")
_ADRESSE = re.compile(
    r"(?P<genre>ftps?|sftp)://(?P<utilisateur>[^@/]+)@(?P<hote>[^/:]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<dossier>/.*)?"
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where backups go; `dossier` is a path, or a folder inside the medium or the site.

    `volume` is the identity of a medium, `volume_nom` the name that the person knows it by;
    `cle_hote` the public key of an SFTP site as it was first seen; `autorite` the file of the
    certificate authority of an FTPS site, "" for those of the system.
    """

    genre: str = DOSSIER
    dossier: str = ""
    volume: str = ""
    volume_nom: str = ""
    hote: str = ""
    port: int = 0
    utilisateur: str = ""
    autorite: str = ""
    cle_hote: str = ""

    @property
    def est_distante(self) -> bool:
        """Tell whether it is a remote site."""
        return self.genre in PORTS

    @property
    def compte(self) -> str:
        """Return the name under which the password of a site is kept."""
        return f"{self.genre}://{self.utilisateur}@{self.hote}:{self.port}"

    @property
    def racine(self) -> str:
        """Return the beginning of the addresses of its backups, "" for a folder."""
        if self.genre == DOSSIER:
            return ""
        tete = self.compte if self.est_distante else f"media://{self.volume}"
        return "/".join([tete, *self.parties]) + "/"

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the folders inside a medium or a site, one by one."""
        return tuple(p for p in re.split(r"[\\/]+", self.dossier) if p not in {"", ".", ".."})

    def en_mots(self) -> str:
        """Say where it is, as people know it."""
        if self.genre == MEDIA:
            return f"{self.volume_nom} › {' › '.join(self.parties)}".rstrip(" ›")
        return self.racine.rstrip("/") or self.dossier


def volume_de(adresse: str) -> tuple[str, str] | None:
    """Return the volume of the address of a backup on a medium, and the path inside."""
    if not adresse.startswith("media://"):
        return None
    volume, _, chemin = adresse.removeprefix("media://").partition("/")
    return volume, chemin


def lire_adresse(saisie: str) -> Destination | None:
    """Read the address of a site, as the command line takes it; None when it is none."""
    lu = _ADRESSE.fullmatch(saisie.strip())
    if lu is None:
        return None
    genre = lu["genre"]
    return Destination(
        genre=genre,
        dossier=lu["dossier"] or "",
        hote=lu["hote"],
        port=int(lu["port"] or PORTS[genre]),
        utilisateur=lu["utilisateur"],
    )


def lire_hote(saisie: str) -> str:
    """Read the name of a site, without anything around.

    Raises:
        HoteIllisible: it is none.
    """
    propre = re.sub(r"^[a-z]+://", "", saisie.strip()).rstrip("/")
    if not _HOTE.fullmatch(propre):
        raise HoteIllisible(saisie)
    return propre


DESTINATION = "Destination"
_DOSSIER = adresse("/media/sauvegardes")
CHAMP_GENRE = Champ("genre", "Destination", choix(*LIEUX, largeur=40), vide=DOSSIER)
CHAMP_DOSSIER = Champ(
    "dossier",
    "Dossier",
    _DOSSIER,
    DOSSIER,
    aide="Sur unités locales ou réseaux ; de préférence pas sur le disque de la base.",
)
CHAMPS_MEDIA = (
    Champ("volume", "Support", texte(120, largeur=40), MEDIA),
    Champ(
        "sous_dossier", "Dossier sur le support", texte(120, largeur=40), MEDIA, vide=SOUS_DOSSIER
    ),
)
CHAMPS_SITE = (
    Champ(
        "protocole",
        "Protocole",
        choix((SFTP, "SFTP"), (FTPS, "FTPS"), (FTP, "FTP (non chiffré)"), largeur=14),
        SITE,
        vide=SFTP,
    ),
    Champ(
        "hote",
        "Nom du site",
        Nature("hote", lire_hote, largeur=24, exemple="sauvegarde.exemple.fr"),
        SITE,
    ),
    Champ("port", "Port", entier(1, 65535), SITE, vide=0, aide="Vide : le port habituel."),
    Champ("utilisateur", "Utilisateur", texte(80, largeur=20), SITE),
    Champ(
        "mot_de_passe",
        "Mot de passe",
        Nature("secret", str, saisie="secret", largeur=20),
        SITE,
        aide="Gardé hors de la base, dans le trousseau de votre session.",
    ),
    Champ(
        "dossier_distant",
        "Dossier sur le site",
        texte(200, largeur=24),
        SITE,
        aide="Vide : celui où l'on arrive.",
    ),
    Champ(
        "autorite",
        "Certificat de l'autorité (FTPS)",
        adresse("/etc/ssl/association.pem"),
        SITE,
        aide="Seulement si le certificat du site n'est pas reconnu d'office.",
    ),
)
CHAMPS_DESTINATION = (CHAMP_GENRE, CHAMP_DOSSIER, *CHAMPS_MEDIA, *CHAMPS_SITE)
_A_REMPLIR = {DOSSIER: ("dossier",), MEDIA: ("volume",), SITE: ("hote", "utilisateur")}


def destination_demandee(valeurs: Mapping[str, Any], constats: list[Constat]) -> Destination:
    """Return the destination of a form; adds what is missing for its kind.

    Findings of the fields of the other kinds are dropped: the person does not see them.
    """
    genre = valeurs.get("genre") or DOSSIER
    autres = {c.nom for c in CHAMPS_DESTINATION if c.groupe not in {"", genre}}
    constats[:] = [c for c in constats if c.champ not in autres]
    deja = {c.champ for c in constats}
    constats += [
        Constat.de_l_erreur(ChampObligatoire(champ.libelle), champ.nom)
        for champ in CHAMPS_DESTINATION
        if champ.nom in _A_REMPLIR[genre] and not valeurs.get(champ.nom) and champ.nom not in deja
    ]
    if genre == DOSSIER:
        return Destination(DOSSIER, str(valeurs.get("dossier") or ""))
    if genre == MEDIA:
        sous = str(valeurs.get("sous_dossier") or "")
        return Destination(MEDIA, sous, volume=str(valeurs.get("volume") or ""))
    protocole = str(valeurs.get("protocole") or SFTP)
    return Destination(
        protocole,
        str(valeurs.get("dossier_distant") or ""),
        hote=str(valeurs.get("hote") or ""),
        port=int(valeurs.get("port") or 0) or PORTS[protocole],
        utilisateur=str(valeurs.get("utilisateur") or ""),
        autorite=str(valeurs.get("autorite") or "") if protocole == FTPS else "",
    )


def valeurs_de_formulaire(d: Destination) -> dict[str, Any]:
    """Return the values of the form of a destination; the password is never shown again."""
    if d.genre == DOSSIER:
        return {"genre": DOSSIER, "dossier": d.dossier}
    if d.genre == MEDIA:
        return {"genre": MEDIA, "volume": d.volume, "sous_dossier": d.dossier}
    return {
        "genre": SITE,
        "protocole": d.genre,
        "hote": d.hote,
        "port": d.port,
        "utilisateur": d.utilisateur,
        "dossier_distant": d.dossier,
        "autorite": d.autorite,
    }
