"""Bulletins kept before: their hours become those paid, whatever part of the month they cover."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app import migrations
from app.socle.base import ouvrir_moteur

CONTRATS = (
    (1, "2025-01-01", "9999-12-31"),
    (2, "2026-06-16", "9999-12-31"),
    (3, "2025-01-01", "2026-06-10"),
)


def _remplir(connexion: Connection, table: str, **valeurs: object) -> None:
    """Insert a row; columns that are not given are empty in the way of their type."""
    colonnes = connexion.exec_driver_sql(f"PRAGMA table_info({table})").all()
    ligne = {
        nom: valeurs.get(nom, 0 if genre == "INTEGER" else "2026-06-30 00:00:00")
        for _, nom, genre, obligatoire, *_ in colonnes
        if nom in valeurs or obligatoire
    }
    noms, places = ", ".join(ligne), ", ".join("?" * len(ligne))
    ordre = f"INSERT INTO {table} ({noms}) VALUES ({places})"  # noqa: S608 -- names of tables
    connexion.exec_driver_sql(ordre, tuple(ligne.values()))


def test_kept_bulletins_get_the_hours_of_the_days_covered(tmp_path: Path) -> None:
    """Whole month: as it was; sixteenth to thirtieth: half; ten hours of absence taken off."""
    moteur = ouvrir_moteur(tmp_path / "base.sqlite3")
    config = Config()
    config.set_main_option("script_location", str(migrations.DOSSIER).replace("%", "%%"))
    with moteur.connect() as connexion:
        connexion.detach()
        connexion.exec_driver_sql("PRAGMA foreign_keys = OFF")
        config.attributes["connection"] = connexion
        command.upgrade(config, "0002")
        for numero, debut, fin in CONTRATS:
            _remplir(connexion, "contrat", id=numero, debut_le=debut, fin_le=fin)
            _remplir(
                connexion,
                "saisie_mois",
                id=numero,
                contrat_id=numero,
                annee=2026,
                mois=6,
                heures_absence=1_000,
            )
            _remplir(
                connexion,
                "bulletin",
                id=numero,
                contrat_id=numero,
                annee=2026,
                mois=6,
                heures_centiemes=14_167,
                absences_centimes=5_000,
                etat="valide",
            )
        command.upgrade(config, "0008")
        requete = "SELECT heures_centiemes, heures_absence, paye_le FROM bulletin ORDER BY id"
        lignes = [tuple(li) for li in connexion.exec_driver_sql(requete)]
        connexion.commit()
    moteur.dispose()
    assert lignes == [(14_167, 1_000, None), (6_584, 1_000, None), (4_056, 1_000, None)]
