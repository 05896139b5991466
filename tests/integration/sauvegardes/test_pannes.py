"""Faults: the place of a destination, the clock, the bits, the last step of a restore."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.sauvegardes import service
from app.sauvegardes.errors import EmplacementIndisponible, SauvegardeIllisible
from app.sauvegardes.service import archive
from app.socle import horloge
from app.socle.base import connexion_lecture
from tests.integration.sauvegardes.conftest import SAISIE

ESSAIS = int(os.environ.get("CLAIRPAIE_ESSAIS", "12"))
"""Tries of each campaign; by hand, more: CLAIRPAIE_ESSAIS=150."""


class Pendant:
    """Does something once, in the middle of the compression."""

    def __init__(self, geste: object) -> None:
        self._geste = geste
        self.fait = False

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """See a step."""
        if libelle == "Compression" and not self.fait and callable(self._geste):
            self.fait = True
            self._geste()

    def annule(self) -> bool:
        """Never cancelled."""
        return False


def _saine(base: Path) -> bool:
    with closing(connexion_lecture(base)) as c:
        return bool(c.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def _lister(programme: Programme, script: int) -> list[service.SauvegardeVue]:
    with programme.transaction() as t:
        service.relever(t)
        return service.lister_sauvegardes(t, script)


@pytest.mark.exigence("S7", "S8")
def test_the_base_keeps_its_file(programme: Programme, script: int) -> None:
    """Whoever opened the base before a restore, and read nothing yet, works on the new content."""
    faite = service.executer_script(programme, script)
    base = programme.magasin.chemin
    avant = base.stat().st_ino

    with closing(sqlite3.connect(base, isolation_level=None)) as tard:
        service.restaurer(programme, Path(faite.fichier))
        tard.execute("PRAGMA journal_mode = WAL").fetchone()
        tard.execute("CREATE TABLE essai (n)")
        tard.execute("INSERT INTO essai VALUES (1)")

    assert base.stat().st_ino == avant
    assert _saine(base)
    with programme.transaction() as t:
        employeurs.creer_dossier(t, {"nom": "Ensuite"})


@pytest.mark.exigence("S9")
def test_a_destination_that_vanishes_in_the_middle_is_named(
    programme: Programme, script: int, cible: Path
) -> None:
    """Nothing by halves is listed; plugged in again, the next run is whole."""
    for _ in range(ESSAIS):
        pendant = Pendant(lambda: shutil.rmtree(cible))
        with pytest.raises(EmplacementIndisponible):
            service.executer_script(programme, script, pendant)
        assert pendant.fait
        assert _saine(programme.magasin.chemin)
        cible.mkdir()
        assert [v for v in _lister(programme, script) if v.est_bonne] == []
    assert archive.verifier(Path(service.executer_script(programme, script).fichier))


@pytest.fixture
def petit_disque(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB."""
    lieu = tmp_path / "petit"
    lieu.mkdir()
    monter = ["mount", "-t", "tmpfs", "-o", "size=64k", "clairpaie-essai", str(lieu)]
    if sys.platform != "linux" or subprocess.run(monter, check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    yield lieu
    subprocess.run(["umount", str(lieu)], check=True)


@pytest.mark.exigence("S9", "A1")
def test_a_full_disk_is_named_and_left_clean(programme: Programme, petit_disque: Path) -> None:
    """A real small file system: the cause is said, no file stays, the script neither goes."""
    with programme.transaction() as t:
        script = service.creer_script(t, SAISIE | {"dossier": str(petit_disque)}).id
    with (petit_disque / "autre").open("wb") as autre:
        autre.write(bytes(50_000))

    for _ in range(3):
        with pytest.raises(EmplacementIndisponible, match=r"place|plein"):
            service.executer_script(programme, script)

    assert [f.name for f in petit_disque.iterdir()] == ["autre"]
    assert _saine(programme.magasin.chemin)


@pytest.mark.exigence("S9")
def test_an_empty_file_of_the_name_of_a_backup_is_no_backup(
    programme: Programme, script: int, cible: Path
) -> None:
    """What a dying disk leaves: never listed as good, never counted by retention."""
    faite = Path(service.executer_script(programme, script).fichier)
    vide = cible / faite.name.replace(".clairpaie", "9.clairpaie")
    vide.touch()

    vues = _lister(programme, script)

    assert [v.fichier for v in vues if v.est_bonne] == [str(faite)]
    with pytest.raises(SauvegardeIllisible):
        service.restaurer(programme, vide)


@pytest.mark.exigence("S9", "A2")
def test_a_clock_that_jumps_never_costs_the_newest_backup(
    programme: Programme, script: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Years ahead, years behind: each run's file is there after it, whole and in the list."""
    vraie, hasard = horloge.maintenant, random.Random(7)  # noqa: S311 -- jumps, no secrets
    for _ in range(ESSAIS):
        saut = timedelta(days=hasard.randint(-4000, 4000), seconds=hasard.randint(0, 86_399))
        monkeypatch.setattr(horloge, "maintenant", lambda saut=saut: vraie() + saut)
        faite = service.executer_script(programme, script)
        vues = _lister(programme, script)
        assert faite.fichier in {v.fichier for v in vues if v.est_bonne}
        assert all(Path(v.fichier).exists() for v in vues)
        assert len(vues) <= 5


@pytest.mark.exigence("S9")
def test_a_flipped_bit_of_each_kind_of_place_is_seen(
    programme: Programme, script: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Headers, names, data, directory, end, comment: tries in each kind, all seen."""
    fichier = Path(service.executer_script(programme, script).fichier)
    sain = fichier.read_bytes()
    places: dict[str, range] = {}
    with zipfile.ZipFile(fichier) as zip_:
        for info in zip_.infolist():
            debut = info.header_offset
            noms = int.from_bytes(sain[debut + 26 : debut + 28], "little")
            extra = int.from_bytes(sain[debut + 28 : debut + 30], "little")
            donnees = debut + 30 + noms + extra
            places[f"{info.filename}, en-tête"] = range(debut, donnees)
            places[f"{info.filename}, données"] = range(donnees, donnees + info.compress_size)
        fin = len(sain) - 64 - 22
        places |= {"répertoire": range(zip_.start_dir, fin), "fin": range(fin, fin + 22)}
    places["commentaire"] = range(fin + 22, len(sain))
    hasard, essais = random.Random(11), 0  # noqa: S311 -- chooses bits to flip
    for genre, etendue in places.items():
        for place in hasard.choices(etendue, k=ESSAIS):
            abime = bytearray(sain)
            abime[place] ^= 1 << hasard.randrange(8)
            fichier.write_bytes(abime)
            essais += 1
            try:
                archive.verifier(fichier)
            except SauvegardeIllisible:
                continue
            pytest.fail(f"{genre}: byte {place} was not seen")
    with capsys.disabled():
        print(f"\n  bits : {essais} retournés, {essais} vus, {len(places)} sortes")  # noqa: T201
