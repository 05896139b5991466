"""Verifying a base: sound ones are said sound, each defect is named, nothing is written."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.assemblage import Programme
from app.cli import executer
from app.socle.base import NOM_FICHIER
from app.socle.errors import BaseEndommagee, TacheAnnulee
from app.verification.service import verifier


class Arret:
    """Somebody who cancels at once."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Stop at the first word."""
        raise TacheAnnulee

    def annule(self) -> bool:
        """Always cancelled."""
        return True


def test_the_demonstration_base_is_sound(programme_demo: Programme) -> None:
    """Integrity, links and journal: no defect."""
    resultat = verifier(programme_demo.magasin.chemin)
    assert [c.nom for c in resultat.controles if c.defauts] == []
    assert len(resultat.controles) == 3


def test_what_was_written_beside_the_program_is_found(dossier_demo: Path) -> None:
    """A broken link and a record without trace are named by table and number."""
    base = dossier_demo / NOM_FICHIER
    with closing(sqlite3.connect(base)) as connexion:
        connexion.execute("INSERT INTO dossier (id, nom, note, version, cree_a, modifie_a) "
                          "VALUES (4321, 'Intrus', '', 1, '2026-01-01', '2026-01-01')")  # fmt: skip
        connexion.execute("UPDATE salarie SET employeur_id = 99999 WHERE id = 1")
        connexion.commit()
    defauts = [d for c in verifier(base).controles for d in c.defauts]
    assert "Dossier n° 4321 : aucune trace dans le journal" in defauts
    assert any(d.startswith("salarie, fiche 1 : employeur n'existe plus") for d in defauts)


def test_a_damaged_page_is_found_or_refused(dossier_demo: Path) -> None:
    """Flipped bytes in the middle of the file never pass for a sound base."""
    base = dossier_demo / NOM_FICHIER
    octets = bytearray(base.read_bytes())
    milieu = len(octets) // 2 // 4096 * 4096
    octets[milieu : milieu + 4096] = b"\xaa" * 4096
    base.write_bytes(bytes(octets))
    try:
        resultat = verifier(base)
    except BaseEndommagee:
        return
    assert not resultat.est_bonne


def test_a_verification_can_be_cancelled(programme_demo: Programme) -> None:
    """At the first step."""
    with pytest.raises(TacheAnnulee):
        verifier(programme_demo.magasin.chemin, Arret())


@pytest.mark.exigence("G3")
def test_the_command_says_the_same(dossier_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 when sound; 2 and the defects when not."""
    assert executer(["--donnees", str(dossier_demo), "--json", "verifier"]) == 0
    assert json.loads(capsys.readouterr().out)["bonne"] is True
    with closing(sqlite3.connect(dossier_demo / NOM_FICHIER)) as connexion:
        connexion.execute("DELETE FROM journal WHERE objet = 'employeur'")
        connexion.commit()
    assert executer(["--donnees", str(dossier_demo), "verifier"]) == 2
    sortie = capsys.readouterr()
    assert "Journal des modifications\u00a0: À VOIR" in sortie.out
    assert "VER-101" in sortie.err
