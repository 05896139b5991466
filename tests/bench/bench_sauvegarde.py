"""Backups of a base of one gigabyte, beside `cp`, `sha256sum` and restic on the same file.

Run by `build/bench sauvegarde`, or by hand: `PYTHONPATH=. .venv/bin/python
tests/bench/bench_sauvegarde.py [PASSES]`. In the same run, passes interleaved, best of each kept:
- Backup: the whole script (still base, check, compression, digests, reading back, row, retention)
  beside `cp` then `sha256sum` of the copy.
- Restore beside `cp` of the copy back, flushed to the disk as a restore is; the safety copy
  of the present base, which comes before, is a backup and is told apart.
- Readers: a thread reads a bulletin and its lines every few milliseconds meanwhile, in the same
  process: the last percentile, without and with a backup; then one that writes, the same.
- restic (when the command is there): the same backup, read back by `check --read-data`, the same
  restore, and the room that five monthly backups take.
Fails when a ratio or a delay is over what we promise.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.assemblage import Programme, ouvrir
from app.sauvegardes import service
from app.socle.base import ATTENTE_MS, NOM_FICHIER, connexion_lecture
from tests.bench.grande_base import CACHE, grande_base, passer_un_mois

PASSES = 3
MOIS = 5
SAUVER, RESTAURER, LIRE_MS = 3.0, 2.0, 50.0
"""What we promise: backup and restore beside their peers, last percentile of a reader."""
SAISIE = {
    "nom": "Mesure",
    "nombre": "1",
    "unite": "jour",
    "heure": "23:00",
    "debut_le": "01/09/2020",
    "garder": "5",
    "chiffrer": "0",
}
_PAUSE = 0.003


@dataclass
class Mesure:
    """Durations of one thing, in seconds: by the clock and of the processor."""

    murs: list[float] = field(default_factory=list)
    calculs: list[float] = field(default_factory=list)
    a_part: list[float] = field(default_factory=list)

    def faire(self, travail: Callable[[], float | None]) -> None:
        """Do it once more; what it gives back is not counted."""
        avant, depart = os.times(), time.perf_counter()
        hors = travail() or 0.0
        self.murs.append(time.perf_counter() - depart - hors)
        self.a_part.append(hors)
        self.calculs.append(sum(os.times()[:4]) - sum(avant[:4]))

    @property
    def mieux(self) -> float:
        """Return the shortest duration."""
        return min(self.murs)

    def __str__(self) -> str:
        return f"{self.mieux:6.2f} s (processeur {min(self.calculs):.1f} s)"


def lancer(*commande: object, **env: str) -> None:
    """Run a command, which must succeed."""
    subprocess.run(
        [str(mot) for mot in commande],
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | env,
    )


@contextmanager
def quelqu_un(geste: Callable[[sqlite3.Connection], object], base: Path) -> Iterator[list[float]]:
    """Somebody works every few milliseconds; gives the durations, in milliseconds."""
    arret, durees = threading.Event(), list[float]()

    def travailler() -> None:
        with closing(
            sqlite3.connect(base, timeout=ATTENTE_MS / 1000, isolation_level=None)
        ) as connexion:
            while not arret.is_set():
                depart = time.perf_counter()
                geste(connexion)
                durees.append(1000 * (time.perf_counter() - depart))
                time.sleep(_PAUSE)

    fil = threading.Thread(target=travailler)
    fil.start()
    try:
        yield durees
    finally:
        arret.set()
        fil.join()


def lire(connexion: sqlite3.Connection) -> None:
    """Read a bulletin and its lines, any of them."""
    tirer = "SELECT abs(random()) % max(id) + 1 FROM bulletin"
    (numero,) = connexion.execute(tirer).fetchone()
    connexion.execute("SELECT * FROM bulletin WHERE id = ?", (numero,)).fetchall()
    connexion.execute("SELECT * FROM ligne_bulletin WHERE bulletin_id = ?", (numero,)).fetchall()


def ecrire(connexion: sqlite3.Connection) -> None:
    """Change an employee, any of them."""
    connexion.execute(
        "UPDATE salarie SET enfants = enfants + 1 "
        "WHERE id = (SELECT abs(random()) % max(id) + 1 FROM salarie)"
    )


def centile(durees: list[float], rang: int = 99) -> float:
    """Return a percentile."""
    return sorted(durees)[min(len(durees) - 1, len(durees) * rang // 100)]


class Chronometre:
    """Sees the steps of a restore: how long its safety copy, a backup, took."""

    def __init__(self) -> None:
        self.debut = self.fin = 0.0

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Note when the safety copy begins, and when the backup is read after it."""
        if libelle == "Copie de précaution":
            self.debut = time.perf_counter()
        elif total and self.debut and not self.fin and libelle == "Lecture de la sauvegarde":
            self.fin = time.perf_counter()

    def annule(self) -> bool:
        """Never cancelled."""
        return False


class Banc:
    """The base, the program that holds it, and what is written beside."""

    def __init__(self, lieu: Path, ouvert: Programme) -> None:
        self.lieu, self.ouvert, self.base = lieu, ouvert, ouvert.magasin.chemin
        (lieu / "coffre").mkdir()
        with ouvert.transaction() as t:
            self.script = service.creer_script(t, SAISIE | {"dossier": str(lieu / "coffre")}).id
        self.faite = Path()
        self.tenues: list[bool] = []

    def sauver(self) -> None:
        """Run the script."""
        self.faite = Path(service.executer_script(self.ouvert, self.script).fichier)

    def restaurer(self) -> float:
        """Put back what was last saved; returns how long the safety copy before took."""
        chronometre = Chronometre()
        service.restaurer(self.ouvert, self.faite, suivi=chronometre)
        return chronometre.fin - chronometre.debut

    def dire(self, nom: str, mesure: Mesure, pair: str, temoin: Mesure, limite: float) -> None:
        """Print a measure, its peer's, their ratio and what was promised."""
        rapport = mesure.mieux / temoin.mieux
        print(f"{nom:<28}{mesure}   {pair} {temoin}   × {rapport:.2f} (au plus × {limite:.1f})")
        self.tenues.append(rapport <= limite)

    def mesurer(self, passes: int) -> None:
        """Backup and restore beside their peers."""
        copie = self.lieu / "copie.sqlite3"
        sauver, copier, rendre, restaurer = Mesure(), Mesure(), Mesure(), Mesure()

        def temoigner() -> None:
            lancer("cp", self.base, copie)
            lancer("sha256sum", copie)

        def recopier() -> None:
            lancer("cp", copie, self.lieu / "rendue.sqlite3")
            lancer("sync", self.lieu / "rendue.sqlite3")

        for _ in range(passes):
            copier.faire(temoigner)
            sauver.faire(self.sauver)
            os.sync()
            rendre.faire(recopier)
            restaurer.faire(self.restaurer)
            os.sync()
        taille = self.faite.stat().st_size / self.base.stat().st_size
        print(f"{'Taille':<28}{100 * taille:.1f} % de la base")
        self.dire("Sauvegarder", sauver, "cp + sha256sum", copier, SAUVER)
        self.dire("Restaurer", restaurer, "cp + sync", rendre, RESTAURER)
        print(f"{'  copie de précaution avant':<28}{min(restaurer.a_part):6.2f} s")

    def mesurer_les_autres(self) -> None:
        """Readers and writers, without and with a backup."""
        for nom, geste in (("Lire", lire), ("Écrire", ecrire)):
            with quelqu_un(geste, self.base) as seuls:
                time.sleep(3)
            with quelqu_un(geste, self.base) as ensemble:
                self.sauver()
            seul, avec = centile(seuls), centile(ensemble)
            limite = f" (au plus {LIRE_MS:.0f} ms)" if geste is lire else ""
            print(
                f"{f'{nom} pendant, 99 sur 100':<28}{avec:6.1f} ms ({len(ensemble)} gestes, "
                f"au pire {max(ensemble):.0f} ms)   sans {seul:.1f} ms{limite}"
            )
            if geste is lire:
                self.tenues.append(avec <= LIRE_MS)

    def comparer_a_restic(self) -> None:
        """The same work by restic, and the room of monthly backups."""
        if shutil.which("restic") is None:
            print("restic n'est pas installé : pas de comparaison.")
            return
        depot = self.lieu / "restic"
        cle = {
            "RESTIC_PASSWORD": "mesure",
            "RESTIC_REPOSITORY": str(depot),
            "RESTIC_CACHE_DIR": str(self.lieu / "cache"),
        }
        restic = ("restic", "--quiet", "--no-cache")
        lancer(*restic, "init", **cle)
        tailles, sauver, relire, rendre = [0, 0], Mesure(), Mesure(), Mesure()
        sauver.faire(lambda: lancer(*restic, "backup", self.base, **cle))
        relire.faire(lambda: lancer(*restic, "check", "--read-data", **cle))
        vers = self.lieu / "rendu"
        rendre.faire(lambda: lancer(*restic, "restore", "latest", "--target", vers, **cle))
        print(f"{'restic, sauvegarder':<28}{sauver}   relire {relire}   restaurer {rendre}")
        for mois in range(MOIS):
            if mois:
                passer_un_mois(self.base)
                lancer(*restic, "backup", self.base, **cle)
            self.sauver()
            tailles[0] += self.faite.stat().st_size
            tailles[1] = sum(f.stat().st_size for f in depot.rglob("*") if f.is_file())
        ici, la = (t / 1e6 for t in tailles)
        print(f"{f'{MOIS} mois':<28}{ici:.0f} Mo en {MOIS} fichiers   restic {la:.0f} Mo")


def main() -> int:
    """Measure and print; returns 1 when a promise is not kept."""
    passes = int(sys.argv[1]) if len(sys.argv) > 1 else PASSES
    source = grande_base()
    with tempfile.TemporaryDirectory(dir=CACHE) as temporaire:
        lieu = Path(temporaire)
        (lieu / "donnees").mkdir()
        shutil.copyfile(source, lieu / "donnees" / NOM_FICHIER)
        ouvert = ouvrir(lieu / "donnees")
        try:
            banc = Banc(lieu, ouvert)
            print(f"Base de {banc.base.stat().st_size / 1e9:.2f} Go, {passes} passes.")
            banc.mesurer(passes)
            banc.mesurer_les_autres()
            banc.comparer_a_restic()
            with closing(connexion_lecture(banc.base)) as c:
                assert c.execute("PRAGMA quick_check").fetchone() == ("ok",)
        finally:
            ouvert.fermer()
    print(f"Charge de la machine : {os.getloadavg()[0]:.1f} pour {os.cpu_count()} cœurs.")
    return int(not all(banc.tenues))


if __name__ == "__main__":
    sys.exit(main())
