"""The migration that makes organismes of the names of employers' lines."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from app import migrations
from app.assemblage import ouvrir_base
from app.employeurs import service
from app.employeurs.models import OrganismeEmployeur
from app.socle.base import NOM_FICHIER, ouvrir_moteur
from app.socle.journal import annuler_entree, derniere_entree

INSTANT = "2026-01-05 08:00:00.000000"


def _remplir(base: sqlite3.Connection) -> None:
    """Write a dossier, an employer and its lines, the last of which goes."""
    base.execute("INSERT INTO dossier VALUES (1, 'Sport', '', NULL, 1, ?, ?)", (INSTANT, INSTANT))
    colonnes = [c[1:4:2] for c in base.execute("PRAGMA table_info(employeur)")]
    connus = {"id": 1, "dossier_id": 1, "raison_sociale": "Judo", "version": 1}
    vides = {nom: connus.get(nom, "" if oblige else None) for nom, oblige in colonnes}
    vides |= {"effectif": 0, "cree_a": INSTANT, "modifie_a": INSTANT}
    noms, places = ", ".join(vides), ", ".join("?" * len(vides))
    base.execute(f"INSERT INTO employeur ({noms}) VALUES ({places})", [*vides.values()])  # noqa: S608
    lignes = [
        (1, "prevoyance", "Mutex", "R1"),
        (2, "prevoyance", "MUTEX", "R2"),
        (3, "mutuelle", "Mutex", "R3"),
        (4, "prevoyance", "Mutex", "R4"),
        (9, "urssaf", "Urssaf", "R9"),
    ]
    for numero, nature, nom, reference in lignes:
        base.execute(
            "INSERT INTO organisme_employeur (id, employeur_id, nature, regime, nom, reference, "
            "version, cree_a, modifie_a) VALUES (?, 1, ?, 'general', ?, ?, 1, ?, ?)",
            (numero, nature, nom, reference, INSTANT, INSTANT),
        )
    base.execute("DELETE FROM organisme_employeur WHERE id = 9")


def _raconter(base: sqlite3.Connection) -> None:
    """Write what the journal says of the lines."""
    perdue = {"id": 9, "employeur_id": 1, "nature": "urssaf", "regime": "general",
              "nom": "Urssaf de l'époque", "reference": "R9", "depuis_le": None}  # fmt: skip
    entrees = [
        ("modification", 1, {"nom": "Mutux"}, {"nom": "Mutex"}),
        ("modification", 2, {"reference": "R0"}, {"reference": "R2"}),
        ("suppression", 9, perdue, None),
    ]
    for jour, (action, numero, un, autre) in enumerate(entrees, 1):
        textes = [json.dumps(v, ensure_ascii=False) if v else None for v in (un, autre)]
        base.execute(
            "INSERT INTO journal (moment, par, action, objet, objet_id, designation, avant, apres)"
            " VALUES (?, 'Marie', ?, 'organisme_employeur', ?, 'X', ?, ?)",
            (f"2026-01-{jour:02} 08:00:00.000000", action, numero, *textes),
        )


@pytest.fixture
def avant(tmp_path: Path) -> Path:
    """A base as it was before, with lines, one of them deleted, and what the journal says."""
    chemin = tmp_path / NOM_FICHIER
    moteur = ouvrir_moteur(chemin)
    config = Config()
    config.set_main_option("script_location", str(migrations.DOSSIER))
    with moteur.connect() as connexion:
        migrations._preparer(connexion)
        config.attributes["connection"] = connexion
        command.upgrade(config, "0002")
        connexion.commit()
    moteur.dispose()
    with closing(sqlite3.connect(chemin)) as base, base:
        _remplir(base)
        _raconter(base)
    return chemin


@pytest.mark.exigence("P3", "P4")
def test_each_name_of_a_nature_becomes_one_organisme(avant: Path) -> None:
    """The most frequent spelling is kept; a name that only the journal knows is archived."""
    ouvrir_base(avant).fermer()

    connexion = sqlite3.connect(avant)
    organismes = connexion.execute(
        "SELECT famille, nom, archive_le IS NOT NULL FROM organisme ORDER BY famille, nom"
    ).fetchall()
    lignes = connexion.execute(
        "SELECT l.id, o.famille, o.nom, l.reference FROM organisme_employeur l "
        "JOIN organisme o ON o.id = l.organisme_id ORDER BY l.id"
    ).fetchall()
    sequence = connexion.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = 'organisme_employeur'"
    ).fetchall()
    connexion.close()
    assert organismes == [
        ("mutuelle", "Mutex", 0),
        ("prevoyance", "Mutex", 0),
        ("prevoyance", "Mutux", 1),
        ("urssaf", "Urssaf de l'époque", 1),
    ]
    assert lignes == [
        (1, "prevoyance", "Mutex", "R1"),
        (2, "prevoyance", "Mutex", "R2"),
        (3, "mutuelle", "Mutex", "R3"),
        (4, "prevoyance", "Mutex", "R4"),
    ]
    assert sequence == [(9,)]


@pytest.mark.exigence("G5")
def test_what_the_journal_tells_can_still_be_undone(avant: Path) -> None:
    """A deleted line comes back under its number, a changed name is given back."""
    magasin = ouvrir_base(avant)
    with magasin.transaction("Marie") as t:
        for numero in (1, 9):
            entree = derniere_entree(t.session, OrganismeEmployeur.__tablename__, numero)
            assert entree is not None
            annuler_entree(t.session, entree)
    with magasin.transaction("Marie") as t:
        noms = {o.id: o.nom for o in service.lister_organismes(t, 1)}
    magasin.fermer()

    assert noms == {1: "Mutux", 2: "Mutex", 3: "Mutex", 4: "Mutex", 9: "Urssaf de l'époque"}
