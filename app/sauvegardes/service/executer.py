"""Run a script: folder, base held still, file written and read back, row, retention.

Rules:
- One backup or restore at a time on a base, whichever process asks: the lock is the system's.
- The row is written once the file is whole; a run killed in between leaves a good file, which
  the next one lists (`liste.relever`).
- Nothing older is deleted before.
"""

import logging
import sqlite3
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import select

from app.noyau.erreurs import ErreurMetier
from app.noyau.planning import echeance
from app.sauvegardes.errors import EmplacementIndisponible, SauvegardeEnCours
from app.sauvegardes.models import Sauvegarde
from app.sauvegardes.rules import retention
from app.sauvegardes.rules.destination import DOSSIER
from app.sauvegardes.rules.etats import BONNE, ECHOUEE
from app.sauvegardes.rules.manifeste import SUFFIXE, Manifeste
from app.sauvegardes.rules.retention import Rangee
from app.sauvegardes.rules.script import PRECAUTION, Script, nom_de_fichier, prefixe
from app.sauvegardes.service import archive, dossiers, liste, scripts
from app.sauvegardes.service.cles import Cles
from app.sauvegardes.service.destinations import Lieux, transfert
from app.sauvegardes.service.destinations.transfert import PARTIEL
from app.socle import horloge, plateforme
from app.socle.contexte import ProgrammeOuvert
from app.socle.errors import DisquePlein, DossierIllisible, TacheAnnulee
from app.socle.horloge import PARIS
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

VERROU = "sauvegarde.verrou"
PRECAUTIONS = "precautions"
PRECAUTIONS_GARDEES = 3
_TABLES = ("dossier", "employeur", "salarie", "contrat", "bulletin")
_ECHECS_GARDES = 5
_AVANCE = timedelta(hours=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Faite:
    """A backup that was just made; size in bytes."""

    id: int
    script: str
    fichier: str
    taille: int
    supprimees: int

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "sauvegarde": self.id,
            "script": self.script,
            "fichier": self.fichier,
            "taille": self.taille,
            "supprimees": self.supprimees,
        }


@contextmanager
def exclusif(dossier: Path) -> Iterator[None]:
    """Hold the right to save or restore a base; a process that is killed frees it.

    Raises:
        SauvegardeEnCours: somebody else holds it.
    """
    verrou = plateforme.verrouiller(dossier / VERROU)
    if verrou is None:
        raise SauvegardeEnCours
    with verrou:
        yield


def executer_script(ouvert: ProgrammeOuvert, numero: int, suivi: Suivi = SANS_SUIVI) -> Faite:
    """Run a script now.

    Raises:
        ScriptIntrouvable, SauvegardeEnCours, TacheAnnulee: nothing was done.
        EmplacementIndisponible, RelectureDifferente, BaseASauvegarderAbimee: nothing was kept;
            the failure is written in the list of runs and in the log.
    """
    with exclusif(ouvert.dossier):
        with ouvert.transaction() as t:
            script, cles = scripts.lire_avec_cles(t, numero)
        debut = horloge.maintenant()
        due = echeance(script.planning, script.servie_a, debut, PARIS).due
        lieux = Lieux(ouvert)
        try:
            produite = _produire(ouvert, lieux, script, cles, debut=debut, suivi=suivi)
        except TacheAnnulee:
            raise
        except ErreurMetier as refus:
            dit = _en_clair(refus, script)
            _noter_echec(ouvert, script, dit, debut)
            raise dit from refus
        with ouvert.transaction() as t:
            liste.relever(t, lieux)
            scripts.noter_servie(t, script, due)
            faite = _noter(t, script, produite)
        return replace(faite, supprimees=_retenir(ouvert, lieux, script))


@dataclass(frozen=True, slots=True)
class Produite:
    """A whole backup where it belongs: its address, its size in bytes, what it says."""

    adresse: str
    taille: int
    fiche: Manifeste


def _produire(
    ouvert: ProgrammeOuvert,
    lieux: Lieux,
    script: Script,
    cles: Cles | None,
    *,
    debut: datetime,
    suivi: Suivi,
) -> Produite:
    """Write a backup in its folder; or beside the base, verified, then carried to its site."""
    d = script.destination
    if not d.est_distante:
        cible = lieux.dossier(d)
        dossiers.examiner(str(cible))
        dossiers.menage(cible, f".{prefixe(script.nom)}-*{SUFFIXE}.*", debut)
        fichier = _libre(cible, script.nom, debut)
        fiche = ecrire_sauvegarde(ouvert, fichier, script.nom, cles, suivi)
        return Produite(lieux.adresse(d, fichier.name), fichier.stat().st_size, fiche)
    connecter = lieux.connecter(d)
    la = transfert.une_fois(connecter, lambda depot: depot.lister())
    with lieux.atelier() as atelier:
        fichier = _libre(atelier, script.nom, debut, la)
        fiche = ecrire_sauvegarde(ouvert, fichier, script.nom, cles, suivi)
        transfert.deposer(connecter, fichier, d.en_mots(), suivi)
        taille = fichier.stat().st_size
    restes = [n for n in la if n.startswith(f".{prefixe(script.nom)}-") and n.endswith(PARTIEL)]
    lieux.supprimer_du_site(d, restes)
    return Produite(lieux.adresse(d, fichier.name), taille, fiche)


def _libre(dossier: Path, nom: str, instant: datetime, pris: Container[str] = frozenset()) -> Path:
    """Return a name that no file bears: two runs of one second do not share a backup."""
    fichier = dossier / nom_de_fichier(nom, instant)
    while fichier.exists() or fichier.name in pris:
        instant += timedelta(seconds=1)
        fichier = dossier / nom_de_fichier(nom, instant)
    return fichier


def _en_clair(refus: ErreurMetier, script: Script) -> ErreurMetier:
    """Name the folder of the script where the system refused it while it was written."""
    if script.destination.genre != DOSSIER:
        return refus
    ici = str(dossiers.absolu(script.dossier))
    if isinstance(refus, DisquePlein) and refus.chemin == ici:
        return dossiers.plein(script.dossier)
    if isinstance(refus, DossierIllisible) and refus.chemin == ici:
        conseil = "Vérifiez ce dossier, ou indiquez-en un autre avec « Parcourir »."
        return EmplacementIndisponible(script.dossier, refus.cause, conseil)
    return refus


def ecrire_sauvegarde(
    ouvert: ProgrammeOuvert,
    fichier: Path,
    nom: str,
    cles: Cles | None = None,
    suivi: Suivi = SANS_SUIVI,
    *,
    a_fond: bool = True,
) -> Manifeste:
    """Write a verified backup of the open base to a file; `a_fond` checks its indexes too.

    Raises:
        As `archive.ecrire`.
    """
    dossiers.menage(ouvert.dossier, "copie-*", horloge.maintenant())
    faite_a = horloge.maintenant()
    with archive.immobiliser(ouvert.magasin.chemin, ouvert.dossier, suivi) as base:
        schema, tables = _lire_la_base(base.connexion)

        def decrire(taille: int, somme: str) -> Manifeste:
            return Manifeste(
                script=nom,
                programme=version("clairpaie"),
                schema=schema,
                faite_a=faite_a,
                taille=taille,
                sha256=somme,
                chiffree=cles is not None,
                tables=tables,
            )

        return archive.ecrire(base, fichier, decrire, cles, suivi, a_fond=a_fond)


def _lire_la_base(connexion: sqlite3.Connection) -> tuple[str, dict[str, int]]:
    """Return the schema of a base and how many rows its best known tables hold."""
    (schema,) = connexion.execute("SELECT version_num FROM alembic_version").fetchone()
    compter = {nom: f"SELECT count(*) FROM {nom}" for nom in _TABLES}  # noqa: S608 -- our names
    tables = {nom: int(connexion.execute(sql).fetchone()[0]) for nom, sql in compter.items()}
    return str(schema), tables


def _ligne(produite: Produite, t: Transaction) -> dict[str, object]:
    fiche = produite.fiche
    return {
        "script": fiche.script,
        "faite_a": fiche.faite_a.astimezone(UTC).replace(tzinfo=None),
        "fichier": produite.adresse,
        "taille": produite.taille,
        "programme": fiche.programme,
        "schema": fiche.schema,
        "chiffree": fiche.chiffree,
        "verifiee_a": t.maintenant.replace(tzinfo=None),
    }


def _noter(t: Transaction, script: Script, produite: Produite) -> Faite:
    """Write the row of a whole backup."""
    # `relever` may have listed the file already: it is whole and in its folder.
    deja = select(Sauvegarde).where(Sauvegarde.fichier == produite.adresse)
    ligne = t.session.scalars(deja).first()
    if ligne is None:
        ligne = Sauvegarde(script_id=script.id, **_ligne(produite, t))
        t.session.add(ligne)
    t.session.flush()
    _oublier_les_vieux_echecs(t, script.id)
    _log.info("backup.made script=%s bytes=%s", script.id, ligne.taille)
    return Faite(ligne.id, script.nom, produite.adresse, ligne.taille, 0)


def _oublier_les_vieux_echecs(t: Transaction, script_id: int) -> None:
    echecs = (
        select(Sauvegarde)
        .where(Sauvegarde.script_id == script_id, Sauvegarde.etat == ECHOUEE)
        .order_by(Sauvegarde.id.desc())
        .offset(_ECHECS_GARDES)
    )
    for echec in t.session.scalars(echecs):
        t.session.delete(echec)


def _retenir(ouvert: ProgrammeOuvert, lieux: Lieux, script: Script) -> int:
    """Delete the backups that retention lets go; returns how many.

    Files first, rows after, outside of any transaction: a site may be slow. One that resists
    stays in the list. One that is dated in the future was made under a wrong clock: it counts
    as the oldest.
    """
    with ouvert.transaction() as t:
        limite = t.maintenant + _AVANCE
        requete = select(Sauvegarde).where(
            Sauvegarde.script_id == script.id, Sauvegarde.etat != ECHOUEE
        )
        fichiers = {s.id: s.fichier for s in t.session.scalars(requete)}
        rangees = []
        for s in t.session.scalars(requete):
            quand = s.faite_a.replace(tzinfo=UTC)
            passee = quand if quand <= limite else datetime.min.replace(tzinfo=UTC)
            rangees.append(Rangee(s.id, passee, s.etat == BONNE))
    partent = retention.a_supprimer(rangees, script.garder)
    parties = lieux.supprimer(script.destination, {n: fichiers[n] for n in partent})
    with ouvert.transaction() as t:
        for numero in parties:
            if (ligne := t.session.get(Sauvegarde, numero)) is not None:
                t.session.delete(ligne)
    return len(parties)


def _noter_echec(
    ouvert: ProgrammeOuvert, script: Script, refus: ErreurMetier, debut: datetime
) -> None:
    _log.warning("backup.failed script=%s code=%s", script.id, refus.code)
    with ouvert.transaction() as t:
        t.session.add(
            Sauvegarde(
                script_id=script.id,
                script=script.nom,
                etat=ECHOUEE,
                faite_a=debut.replace(tzinfo=None),
                cause=refus.texte(),
                remede=refus.texte_remede(),
            )
        )


def prendre_precaution(ouvert: ProgrammeOuvert, suivi: Suivi = SANS_SUIVI) -> str:
    """Save the base before it is replaced, beside it; returns the file. Three copies are kept.

    Raises:
        DossierIllisible, DisquePlein, RelectureDifferente, BaseASauvegarderAbimee, TacheAnnulee.
    """
    dossier = ouvert.dossier / PRECAUTIONS
    dossier.mkdir(exist_ok=True)
    dossiers.menage(dossier, f".{PRECAUTION}-*", horloge.maintenant())
    fichier = _libre(dossier, PRECAUTION, horloge.maintenant())
    # quickly: what is left aside need not be better than it was
    fiche = ecrire_sauvegarde(ouvert, fichier, PRECAUTION, None, suivi, a_fond=False)
    with ouvert.transaction() as t:
        produite = Produite(str(fichier), fichier.stat().st_size, fiche)
        t.session.add(Sauvegarde(precaution=True, **_ligne(produite, t)))
        t.session.flush()
        requete = select(Sauvegarde).where(Sauvegarde.precaution).order_by(Sauvegarde.id.desc())
        for s in t.session.scalars(requete.offset(PRECAUTIONS_GARDEES)).all():
            if dossiers.supprimer(Path(s.fichier)):
                t.session.delete(s)
    return str(fichier)
