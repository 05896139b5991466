"""The backups: listed, found, checked against the folders where they are."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.sauvegardes.errors import (
    EmplacementIndisponible,
    SauvegardeIllisible,
    SauvegardeIntrouvable,
    ScriptIntrouvable,
)
from app.sauvegardes.models import Sauvegarde, ScriptSauvegarde
from app.sauvegardes.rules.destination import DOSSIER, Destination
from app.sauvegardes.rules.etats import ABIMEE, ABSENTE, BONNE, ECHOUEE, ETATS
from app.sauvegardes.rules.script import date_du_fichier, prefixe
from app.sauvegardes.service import archive, dossiers
from app.sauvegardes.service.destinations import Lieux, transfert
from app.sauvegardes.service.scripts import destination_de
from app.socle.contexte import ProgrammeOuvert
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SauvegardeVue:
    """A backup in a list; `rang` 1 is the newest of its script; instants naive UTC."""

    id: int
    rang: int
    script_id: int | None
    script: str
    precaution: bool
    etat: str
    faite_a: datetime
    fichier: str
    taille: int
    programme: str
    schema: str
    chiffree: bool
    verifiee_a: datetime | None

    @property
    def nom(self) -> str:
        """Return the name of the file, without its folder."""
        return Path(self.fichier).name

    @property
    def etat_en_mots(self) -> str:
        """Return its state in words."""
        return ETATS[self.etat]

    @property
    def est_bonne(self) -> bool:
        """Tell whether it can be restored."""
        return self.etat == BONNE


def _vue(s: Sauvegarde, rang: int) -> SauvegardeVue:
    return SauvegardeVue(
        id=s.id,
        rang=rang,
        script_id=s.script_id,
        script=s.script,
        precaution=s.precaution,
        etat=s.etat,
        faite_a=s.faite_a,
        fichier=s.fichier,
        taille=s.taille,
        programme=s.programme,
        schema=s.schema,
        chiffree=s.chiffree,
        verifiee_a=s.verifiee_a,
    )


def lister_sauvegardes(
    t: Transaction, script_id: int | None = None, *, precautions: bool = False
) -> list[SauvegardeVue]:
    """Return the whole backups, newest first: of one script, of all, or the safety copies."""
    requete = select(Sauvegarde).where(
        Sauvegarde.etat != ECHOUEE, Sauvegarde.precaution == precautions
    )
    if script_id is not None:
        requete = requete.where(Sauvegarde.script_id == script_id)
    rangs: dict[int | None, int] = {}
    vues = []
    for s in t.session.scalars(requete.order_by(Sauvegarde.faite_a.desc(), Sauvegarde.id.desc())):
        rangs[s.script_id] = rangs.get(s.script_id, 0) + 1
        vues.append(_vue(s, rangs[s.script_id]))
    return vues


def lire_sauvegarde(t: Transaction, numero: int) -> SauvegardeVue:
    """Return a backup.

    Raises:
        SauvegardeIntrouvable: no such backup.
    """
    s = t.session.get(Sauvegarde, numero)
    if s is None or s.etat == ECHOUEE:
        raise SauvegardeIntrouvable(numero)
    return _vue(s, 1)


def lire_avec_destination(t: Transaction, numero: int) -> tuple[SauvegardeVue, Destination | None]:
    """Return a backup, and where its script goes now (None: it has no script any more).

    Raises:
        SauvegardeIntrouvable: no such backup.
    """
    vue = lire_sauvegarde(t, numero)
    fiche = t.session.get(ScriptSauvegarde, vue.script_id) if vue.script_id else None
    return vue, destination_de(fiche) if fiche else None


def noter_etat(t: Transaction, numero: int, *, bonne: bool, cause: str = "") -> None:
    """Write what a verification found of a backup."""
    s = t.session.get(Sauvegarde, numero)
    if s is None:
        return
    s.etat, s.cause = (BONNE, "") if bonne else (ABIMEE, cause)
    s.verifiee_a = t.maintenant.replace(tzinfo=None)


def relever(t: Transaction, lieux: Lieux | None = None) -> None:
    """Make the list agree with the folders: files that came back, that are gone, that are new.

    A restored base forgets the backups made since; their files tell of them. Folders that do
    not answer and media that are not plugged in change nothing; sites are not asked here.
    """
    connues = {s.fichier: s for s in t.session.scalars(select(Sauvegarde)) if s.fichier}
    for script in t.session.scalars(select(ScriptSauvegarde)):
        d = destination_de(script)
        if d.est_distante or (lieux is None and d.genre != DOSSIER):
            continue
        try:
            dossier = str(lieux.dossier(d) if lieux else dossiers.absolu(d.dossier))
        except EmplacementIndisponible:
            continue
        if dossiers.sonder(dossier) is not None:
            continue
        presents = {
            f"{d.racine}{f.name}" if d.racine else str(f): f
            for f in dossiers.lister(dossier, script.nom)
        }
        ici = d.racine or f"{dossier}{os.sep}"
        for fichier, s in connues.items():
            if s.script_id == script.id and fichier.rpartition(ici[-1])[0] == ici[:-1]:
                _presence(s, present=fichier in presents)
        for adresse, fichier_la in presents.items():
            if adresse not in connues:
                _ajouter(t, script, fichier_la, adresse)


def relever_le_site(ouvert: ProgrammeOuvert, numero: int) -> int:
    """Make the list of a script agree with its site; returns how many backups are there.

    A file that nobody knows is listed by the date of its name; reading it back says the rest.

    Raises:
        ScriptIntrouvable, EmplacementIndisponible, MotDePasseAbsent, CleDuSiteChangee.
    """
    lieux = Lieux(ouvert)
    with ouvert.transaction() as t:
        fiche = t.session.get(ScriptSauvegarde, numero)
        if fiche is None:
            raise ScriptIntrouvable(str(numero))
        d, nom = destination_de(fiche), fiche.nom
    presents = transfert.une_fois(lieux.connecter(d), lambda depot: depot.lister())
    debut = f"{prefixe(nom)}-"
    la = {f"{d.racine}{n}": n for n in presents if n.startswith(debut) and date_du_fichier(n)}
    with ouvert.transaction() as t:
        requete = select(Sauvegarde).where(Sauvegarde.script_id == numero)
        connues = {s.fichier: s for s in t.session.scalars(requete)}
        for adresse, s in connues.items():
            if adresse.startswith(d.racine):
                _presence(s, present=adresse in la)
        for adresse, fichier in la.items():
            quand = date_du_fichier(fichier)
            if adresse not in connues and quand is not None:
                t.session.add(
                    Sauvegarde(
                        script_id=numero,
                        script=nom,
                        faite_a=quand.replace(tzinfo=None),
                        fichier=adresse,
                        taille=presents[fichier],
                    )
                )
    return len(la)


def _presence(s: Sauvegarde, *, present: bool) -> None:
    if not present and s.etat == BONNE:
        s.etat = ABSENTE
    elif present and s.etat == ABSENTE:
        s.etat = BONNE


def _ajouter(t: Transaction, script: ScriptSauvegarde, fichier: Path, adresse: str) -> None:
    """List a file that is whole and says that it comes from this script."""
    try:
        fiche = archive.lire_manifeste(fichier)
        taille = fichier.stat().st_size
    except (SauvegardeIllisible, OSError):
        return
    if fiche.script != script.nom:
        return
    t.session.add(
        Sauvegarde(
            script_id=script.id,
            script=script.nom,
            faite_a=fiche.faite_a.astimezone(UTC).replace(tzinfo=None),
            fichier=adresse,
            taille=taille,
            programme=fiche.programme,
            schema=fiche.schema,
            chiffree=fiche.chiffree,
            verifiee_a=t.maintenant.replace(tzinfo=None),
        )
    )
