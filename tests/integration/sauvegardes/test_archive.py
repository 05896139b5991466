"""A backup file: read back, opened by hand, every flipped bit seen."""

import random
import shutil
import sqlite3
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.sauvegardes.errors import (
    BaseASauvegarderAbimee,
    SauvegardeIllisible,
    SauvegardeVerrouillee,
)
from app.sauvegardes.rules.manifeste import Manifeste
from app.sauvegardes.service import archive
from app.sauvegardes.service.archive import Instantane
from app.sauvegardes.service.cles import creer_cles

PHRASE = "le cheval blanc d'Henri IV"


def _decrire(taille: int, somme: str, *, chiffree: bool = False) -> Manifeste:
    return Manifeste(
        "Nuit", "0.1.0", "0002", datetime(2026, 1, 2, tzinfo=UTC), taille, somme, chiffree
    )


def _decrire_chiffree(taille: int, somme: str) -> Manifeste:
    return _decrire(taille, somme, chiffree=True)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    chemin = tmp_path / "source.sqlite3"
    with closing(sqlite3.connect(chemin)) as c:
        c.execute("PRAGMA journal_mode = WAL")
        c.execute("CREATE TABLE fiche (id INTEGER PRIMARY KEY, texte TEXT)")
        c.executemany(
            "INSERT INTO fiche (texte) VALUES (?)", [(f"ligne {i}",) for i in range(3000)]
        )
        c.commit()
    return chemin


@pytest.fixture
def fixe(base: Path, tmp_path: Path) -> Iterator[Instantane]:
    with archive.immobiliser(base, tmp_path) as instantane:
        yield instantane


def _compter(chemin: Path) -> int:
    with closing(sqlite3.connect(chemin)) as c:
        return int(c.execute("SELECT count(*) FROM fiche").fetchone()[0])


@contextmanager
def _quelqu_un_ecrit(base: Path) -> Iterator[list[int]]:
    """Somebody writes two rows at a time, and empties the journal, hundreds of times a second."""
    arret, ecrits = threading.Event(), list[int]()

    def ecrire() -> None:
        with closing(sqlite3.connect(base, timeout=5)) as c:
            while not arret.is_set():
                c.execute("INSERT INTO fiche (texte) VALUES ('a'), ('b')")
                c.commit()
                c.execute("PRAGMA wal_checkpoint(PASSIVE)")
                ecrits.append(2)
                time.sleep(0.002)

    fil = threading.Thread(target=ecrire)
    fil.start()
    try:
        yield ecrits
    finally:
        arret.set()
        fil.join()


@pytest.mark.exigence("S9")
def test_a_base_is_copied_from_one_snapshot_while_people_write(base: Path, tmp_path: Path) -> None:
    with _quelqu_un_ecrit(base) as ecrits:
        for tour in range(20):
            archive.copier_base(base, la := tmp_path / f"{tour}.sqlite3")
            with closing(sqlite3.connect(la)) as c:
                archive.examiner(c)
            assert _compter(la) % 2 == 0
    assert ecrits


@pytest.mark.exigence("S9")
def test_a_base_stands_still_while_people_write(base: Path, tmp_path: Path) -> None:
    sans_copie = 0
    with _quelqu_un_ecrit(base) as ecrits:
        for tour in range(20):
            with archive.immobiliser(base, tmp_path) as fixe:
                sans_copie += fixe.fichier == base
                avant, deja = fixe.fichier.read_bytes(), len(ecrits)
                limite = time.monotonic() + 5
                while len(ecrits) < deja + 3 and time.monotonic() < limite:
                    time.sleep(0.001)
                assert fixe.fichier.read_bytes() == avant
                assert len(ecrits) >= deja + 3, "somebody had to wait"
                la = tmp_path / f"fixe-{tour}.sqlite3"
                la.write_bytes(avant)
            assert _compter(la) % 2 == 0
    assert sans_copie


@pytest.mark.exigence("S9")
@pytest.mark.parametrize("chiffree", [False, True])
def test_a_backup_is_read_back_and_gives_the_same_base(
    fixe: Instantane, tmp_path: Path, chiffree: bool
) -> None:
    cles, secret = creer_cles(PHRASE) if chiffree else (None, "")
    fichier = tmp_path / "nuit.clairpaie"
    archive.ecrire(fixe, fichier, _decrire_chiffree if chiffree else _decrire, cles)
    for saisie in (PHRASE, secret) if chiffree else ("",):
        cle = archive.cle_de(fichier, saisie)
        archive.extraire(fichier, rendue := tmp_path / "rendue.sqlite3", cle)
        assert rendue.read_bytes() == fixe.fichier.read_bytes()


@pytest.mark.exigence("S9")
def test_a_wrong_passphrase_is_said(fixe: Instantane, tmp_path: Path) -> None:
    cles, _ = creer_cles(PHRASE)
    fichier = tmp_path / "nuit.clairpaie"
    archive.ecrire(fixe, fichier, _decrire_chiffree, cles)
    with pytest.raises(SauvegardeVerrouillee, match="ne s’ouvre pas"):
        archive.cle_de(fichier, "une autre phrase")
    autre, secret = creer_cles("autre")
    assert autre
    with pytest.raises(SauvegardeVerrouillee):
        archive.verifier(fichier, archive.cle_de(fichier, secret))


@pytest.mark.exigence("S12")
def test_a_backup_is_opened_by_hand(fixe: Instantane, tmp_path: Path) -> None:
    """No lock-in: unzip, zstd -d, sqlite3."""
    fichier = tmp_path / "nuit.clairpaie"
    archive.ecrire(fixe, fichier, _decrire)
    with zipfile.ZipFile(fichier) as zip_:
        zip_.extractall(tmp_path / "main")
        assert "zstd -d" in zip_.read("LISEZMOI.txt").decode()
    zstd = shutil.which("zstd")
    if zstd is None:
        pytest.skip("the zstd command is not on this machine")
    subprocess.run([zstd, "-qd", "base.sqlite3.zst"], cwd=tmp_path / "main", check=True)
    assert _compter(tmp_path / "main" / "base.sqlite3") == 3000


@pytest.mark.exigence("S9")
@pytest.mark.parametrize("chiffree", [False, True])
def test_one_flipped_bit_anywhere_is_seen(fixe: Instantane, tmp_path: Path, chiffree: bool) -> None:
    cles, secret = creer_cles(PHRASE) if chiffree else (None, "")
    fichier = tmp_path / "nuit.clairpaie"
    archive.ecrire(fixe, fichier, _decrire_chiffree if chiffree else _decrire, cles)
    sain = fichier.read_bytes()
    cle = archive.cle_de(fichier, secret)
    hasard = random.Random(20261125)  # noqa: S311 -- chooses bits to flip
    places = [*range(40), *range(len(sain) - 120, len(sain)), *hasard.sample(range(len(sain)), 150)]
    for place in places:
        abime = bytearray(sain)
        abime[place] ^= 1 << hasard.randrange(8)
        fichier.write_bytes(abime)
        with pytest.raises(SauvegardeIllisible):
            archive.verifier(fichier, cle)


@pytest.mark.exigence("S9")
@pytest.mark.parametrize("longueur", [0, 1, 64, 65, 500])
def test_an_empty_or_cut_file_is_no_backup(fixe: Instantane, tmp_path: Path, longueur: int) -> None:
    fichier = tmp_path / "nuit.clairpaie"
    archive.ecrire(fixe, fichier, _decrire)
    fichier.write_bytes(fichier.read_bytes()[:longueur])
    with pytest.raises(SauvegardeIllisible):
        archive.lire_manifeste(fichier)


@pytest.mark.exigence("S9")
def test_a_damaged_base_makes_no_backup(base: Path, tmp_path: Path) -> None:
    octets = bytearray(base.read_bytes())
    octets[4096 * 3 : 4096 * 3 + 800] = bytes(800)
    base.write_bytes(octets)
    with (
        archive.immobiliser(base, tmp_path) as fixe,
        pytest.raises(BaseASauvegarderAbimee),
    ):
        archive.ecrire(fixe, tmp_path / "nuit.clairpaie", _decrire)
    assert [f.name for f in tmp_path.iterdir() if "nuit" in f.name] == []
