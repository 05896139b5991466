"""The backups: listed, found, checked against the folders where they are."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from app.sauvegardes.errors import SauvegardeIllisible, SauvegardeIntrouvable
from app.sauvegardes.models import Sauvegarde, ScriptSauvegarde
from app.sauvegardes.rules.etats import ABIMEE, ABSENTE, BONNE, ECHOUEE, ETATS
from app.sauvegardes.service import archive, dossiers
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


def noter_etat(t: Transaction, numero: int, *, bonne: bool, cause: str = "") -> None:
    """Write what a verification found of a backup."""
    s = t.session.get(Sauvegarde, numero)
    if s is None:
        return
    s.etat, s.cause = (BONNE, "") if bonne else (ABIMEE, cause)
    s.verifiee_a = t.maintenant.replace(tzinfo=None)


def relever(t: Transaction) -> None:
    """Make the list agree with the folders: files that came back, that are gone, that are new.

    A restored base forgets the backups made since; their files tell of them. Folders that do
    not answer change nothing.
    """
    connues = {s.fichier: s for s in t.session.scalars(select(Sauvegarde)) if s.fichier}
    for script in t.session.scalars(select(ScriptSauvegarde)):
        if dossiers.sonder(script.dossier) is not None:
            continue
        presents = [str(f) for f in dossiers.lister(script.dossier, script.nom)]
        ici = str(dossiers.absolu(script.dossier))
        for fichier, s in connues.items():
            if s.script_id == script.id and str(Path(fichier).parent) == ici:
                _presence(s, present=fichier in presents)
        for fichier in presents:
            if fichier not in connues:
                _ajouter(t, script, Path(fichier))


def _presence(s: Sauvegarde, *, present: bool) -> None:
    if not present and s.etat == BONNE:
        s.etat = ABSENTE
    elif present and s.etat == ABSENTE:
        s.etat = BONNE


def _ajouter(t: Transaction, script: ScriptSauvegarde, fichier: Path) -> None:
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
            fichier=str(fichier),
            taille=taille,
            programme=fiche.programme,
            schema=fiche.schema,
            chiffree=fiche.chiffree,
            verifiee_a=t.maintenant.replace(tzinfo=None),
        )
    )
