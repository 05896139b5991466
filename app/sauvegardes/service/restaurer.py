"""Restore a base: safety copy, extraction beside, checks, then one atomic step.

Rules:
- The base in use is not touched before a whole, sound, up-to-date one lies beside it.
- It then takes its place in one step (`place`): whoever holds the base open (screens, jobs,
  another process) sees the old content or the new one, never a part.
- Scripts and the list of backups stay those of today: a restored base must not forget the
  backups made since, nor stop making them. On a machine that has no script, those of the
  backup come with it.
- Jobs that run now are carried over, among them the restore itself.
"""

import logging
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from app.sauvegardes.errors import BaseASauvegarderAbimee, PasDePlace, SauvegardeTropRecente
from app.sauvegardes.models import Sauvegarde
from app.sauvegardes.rules.manifeste import Manifeste
from app.sauvegardes.service import archive, dossiers, liste
from app.sauvegardes.service.destinations import Lieux
from app.sauvegardes.service.executer import PRECAUTIONS, exclusif, prendre_precaution
from app.sauvegardes.service.place import prendre_la_place
from app.socle import horloge
from app.socle.base import NOM_FICHIER
from app.socle.contexte import ProgrammeOuvert
from app.socle.horloge import PARIS
from app.socle.journal import noter_acte
from app.socle.taches import EN_COURS, INTERROMPUE, SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

RESTAUREE = "La base a été restaurée."
_ATELIER = "restauration-"
_ALORS = "Cette opération était en cours quand la sauvegarde a été faite."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Restauree:
    """What was restored, and the safety copy of what was there before."""

    manifeste: Manifeste
    fichier: str
    precaution: str

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "message": RESTAUREE,
            "fichier": self.fichier,
            "faite_a": self.manifeste.faite_a.isoformat(),
            "programme": self.manifeste.programme,
            "schema": self.manifeste.schema,
            "tables": dict(self.manifeste.tables),
            "precaution": self.precaution,
        }


def restaurer(
    ouvert: ProgrammeOuvert, fichier: Path, cle: str = "", suivi: Suivi = SANS_SUIVI
) -> Restauree:
    """Put the base of a backup file in the place of the open one.

    Args:
        ouvert: the open program; it stays open.
        fichier: any backup file, in the list or not.
        cle: passphrase or recovery key of an encrypted one.
        suivi: progress and cancel.

    Raises:
        SauvegardeIllisible, SauvegardeVerrouillee, SauvegardeTropRecente, SauvegardeEnCours,
        DossierIllisible, DisquePlein, BaseOccupee, TacheAnnulee: the base is as it was.
    """
    with exclusif(ouvert.dossier):
        suivi.etape("Lecture de la sauvegarde")
        fiche = archive.lire_manifeste(fichier)
        _exiger_schema(ouvert, fichier, fiche)
        _exiger_place(ouvert, fiche)
        identite = archive.cle_de(fichier, cle) if fiche.chiffree else None
        suivi.etape("Copie de précaution")
        precaution = _precaution(ouvert, suivi)
        dossiers.menage(ouvert.dossier, f"{_ATELIER}*", horloge.maintenant())
        with tempfile.TemporaryDirectory(dir=ouvert.dossier, prefix=_ATELIER) as atelier:
            nouvelle = Path(atelier) / NOM_FICHIER
            archive.extraire(fichier, nouvelle, identite, suivi)
            suivi.etape("Mise à niveau")
            ouvert.preparer_base(nouvelle)
            _transmettre(ouvert.magasin.chemin, nouvelle)
            prendre_la_place(nouvelle, ouvert.magasin.chemin, suivi)
        with ouvert.transaction() as t:
            liste.relever(t, Lieux(ouvert))
            _noter_au_journal(t, fiche, fichier, precaution)
    _log.info("backup.restored schema=%s", fiche.schema)
    return Restauree(fiche, str(fichier), precaution)


def _noter_au_journal(t: Transaction, fiche: Manifeste, fichier: Path, precaution: str) -> None:
    """Write in the journal of the restored base that it was, from what, by whom."""
    quand = fiche.faite_a.astimezone(PARIS).replace(tzinfo=None)
    acte = Sauvegarde(id=0, script=fiche.script, faite_a=quand)
    noter_acte(t.session, acte, {}, {"fichier": fichier.name, "precaution": precaution})


def restaurer_sauvegarde(
    ouvert: ProgrammeOuvert, numero: int, cle: str = "", suivi: Suivi = SANS_SUIVI
) -> Restauree:
    """Restore a backup of the list, brought here first when it is on a site.

    Raises:
        SauvegardeIntrouvable, EmplacementIndisponible, MotDePasseAbsent: the base is as it was.
        As `restaurer`.
    """
    with ouvert.transaction() as t:
        vue, d = liste.lire_avec_destination(t, numero)
    with Lieux(ouvert).obtenir(vue.fichier, d, suivi) as fichier:
        return restaurer(ouvert, fichier, cle, suivi)


def _exiger_place(ouvert: ProgrammeOuvert, fiche: Manifeste) -> None:
    """Make sure of the room before anything is changed.

    The base to come lies beside, then in the journal; the safety copy of the one that leaves
    takes half of it at most.

    Raises:
        PasDePlace: the disk of the base has not got it.
    """
    besoin = 2 * fiche.taille + ouvert.magasin.chemin.stat().st_size // 2
    libre = shutil.disk_usage(ouvert.dossier).free
    if libre < besoin:
        raise PasDePlace(str(ouvert.dossier), besoin // 1_000_000 + 1, libre // 1_000_000)


def _exiger_schema(ouvert: ProgrammeOuvert, fichier: Path, fiche: Manifeste) -> None:
    """Refuse what a later version made; the open base has the schema of this one.

    Raises:
        SauvegardeTropRecente: it does.
    """
    with ouvert.transaction() as t:
        schema = t.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    if fiche.schema > str(schema):
        raise SauvegardeTropRecente(fichier.name, fiche.programme, fiche.schema)


def _precaution(ouvert: ProgrammeOuvert, suivi: Suivi) -> str:
    """Save what is to be replaced; a damaged base is kept as it is, and does not stop a restore."""
    try:
        return prendre_precaution(ouvert, suivi)
    except BaseASauvegarderAbimee:
        base = ouvert.magasin.chemin
        copie = ouvert.dossier / PRECAUTIONS / f"base-abimee-{horloge.maintenant():%Y%m%d-%H%M%S}"
        copie.mkdir(parents=True)
        for partie in (base, base.with_name(f"{base.name}-wal")):
            if partie.exists():
                shutil.copyfile(partie, copie / partie.name)
        return str(copie)


def _transmettre(ici: Path, nouvelle: Path) -> None:
    """Carry over to the restored base what is of today: jobs, scripts, the list of backups."""
    adresse = nouvelle.resolve().as_uri()
    with closing(sqlite3.connect(adresse, uri=True, isolation_level=None)) as base:
        base.execute("ATTACH DATABASE ? AS ici", (f"{ici.resolve().as_uri()}?mode=ro",))
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("BEGIN IMMEDIATE")
        base.execute(
            "UPDATE main.tache SET etat = ?, message = ? WHERE etat = ?",
            (INTERROMPUE, _ALORS, EN_COURS),
        )
        en_cours = "SELECT id FROM ici.tache WHERE etat = 'en_cours'"
        base.execute(f"DELETE FROM main.tache WHERE id IN ({en_cours})")  # noqa: S608 -- ours
        _recopier(base, "tache", f"WHERE id IN ({en_cours})")
        if base.execute("SELECT 1 FROM ici.script_sauvegarde LIMIT 1").fetchone():
            base.execute("DELETE FROM main.sauvegarde")
            base.execute("DELETE FROM main.script_sauvegarde")
            _recopier(base, "script_sauvegarde")
            _recopier(base, "sauvegarde")
        else:
            base.execute("DELETE FROM main.sauvegarde WHERE precaution")
            _recopier(base, "sauvegarde", "WHERE precaution", sans=("id",))
        base.execute("COMMIT")


def _recopier(
    base: sqlite3.Connection, table: str, condition: str = "", sans: tuple[str, ...] = ()
) -> None:
    colonnes = ", ".join(
        nom for _, nom, *_ in base.execute(f"PRAGMA main.table_info({table})") if nom not in sans
    )
    base.execute(
        f"INSERT INTO main.{table} ({colonnes}) SELECT {colonnes} FROM ici.{table} {condition}"  # noqa: S608 -- ours
    )
