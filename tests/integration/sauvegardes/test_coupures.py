"""kill -9 at random moments of a backup and of a restore: a real process, a real base."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.assemblage import Programme, ouvrir
from app.employeurs import service as employeurs
from app.sauvegardes import service
from app.sauvegardes.service import archive
from app.socle.base import NOM_FICHIER, connexion_lecture
from tests.integration.sauvegardes.conftest import SAISIE

ESSAIS = int(os.environ.get("CLAIRPAIE_ESSAIS", "16"))
"""Kills of each operation; a campaign asks for more: CLAIRPAIE_ESSAIS=150."""
_MERE = """
import os, signal, sys, time
from pathlib import Path
from app.assemblage import brancher, ouvrir
from app.sauvegardes import service
brancher()

def enfant(quoi, quel, pret):
    ouvert = ouvrir(Path(sys.argv[1]))
    os.write(pret, b"p")
    if quoi == "executer":
        service.executer_script(ouvert, int(quel))
    else:
        service.restaurer(ouvert, Path(quel))

for ligne in sys.stdin:
    quoi, delai, quel = ligne.rstrip().split(" ", 2)
    lu, pret = os.pipe()
    pid = os.fork()
    if not pid:
        enfant(quoi, quel, pret)
        os._exit(0)
    os.read(lu, 1)
    debut = time.monotonic()
    if float(delai) >= 0:
        time.sleep(float(delai))
        os.kill(pid, signal.SIGKILL)
    _, fin = os.waitpid(pid, 0)
    os.close(lu), os.close(pret)
    print(time.monotonic() - debut, fin, flush=True)
"""


class Mere:
    """A process that has imported the program, and bears children to kill."""

    def __init__(self, donnees: Path) -> None:
        self.processus = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _MERE, str(donnees)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, quoi: str, quel: object, delai: float = -1) -> tuple[float, bool]:
        """Have a child do something, killed after a while; its seconds, whether it was killed."""
        entree, sortie = self.processus.stdin, self.processus.stdout
        assert entree is not None
        assert sortie is not None
        entree.write(f"{quoi} {delai} {quel}\n")
        entree.flush()
        duree, fin = sortie.readline().split()
        assert int(fin) in {0, 9}
        return float(duree), int(fin) == 9


@pytest.fixture
def mere(donnees: Path) -> Iterator[Mere]:
    """The process whose children are killed."""
    vivante = Mere(donnees)
    yield vivante
    vivante.processus.communicate()


def _creer_dossier(programme: Programme, nom: str) -> None:
    with programme.transaction() as t:
        employeurs.creer_dossier(t, {"nom": nom})


def _dossiers(programme: Programme) -> list[str]:
    with programme.transaction() as t:
        return [d.nom for d in employeurs.lister_dossiers(t)]


def _saine(base: Path) -> bool:
    with closing(connexion_lecture(base)) as c:
        return bool(c.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


@pytest.fixture
def prete(donnees: Path, cible: Path) -> tuple[Path, int, Path]:
    """A data folder that nobody holds, its script, a backup of it with one dossier « A »."""
    ouvert = ouvrir(donnees)
    with ouvert.transaction() as t:
        script = service.creer_script(t, SAISIE | {"dossier": str(cible)}).id
    _creer_dossier(ouvert, "A")
    fichier = Path(service.executer_script(ouvert, script).fichier)
    _creer_dossier(ouvert, "B")
    ouvert.fermer()
    return donnees, script, fichier


@pytest.mark.exigence("S9")
def test_a_backup_killed_at_any_moment_leaves_nothing_by_halves(
    prete: tuple[Path, int, Path], cible: Path, mere: Mere, capsys: pytest.CaptureFixture[str]
) -> None:
    """The base is sound, every file that bears a name is whole and is in the list."""
    donnees, script, _ = prete
    duree, _tuee = mere("executer", script)
    hasard, tuees = random.Random(9), 0  # noqa: S311 -- moments, no secrets
    for _essai in range(ESSAIS):
        tuees += mere("executer", script, hasard.uniform(0, duree))[1]
        assert _saine(donnees / NOM_FICHIER)
        for fichier in cible.glob("*.clairpaie"):
            archive.lire_manifeste(fichier)

    ouvert = ouvrir(donnees)
    derniere = service.executer_script(ouvert, script)
    with ouvert.transaction() as t:
        vues = service.lister_sauvegardes(t, script)
    ouvert.fermer()
    assert derniere.fichier in {v.fichier for v in vues}
    assert all(v.est_bonne and archive.verifier(Path(v.fichier)) for v in vues)
    with capsys.disabled():
        print(f"\n  sauvegardes : {tuees} tuées sur {ESSAIS}, en {duree:.2f} s chacune")  # noqa: T201
    assert tuees > ESSAIS // 2


@pytest.mark.exigence("S8")
def test_a_restore_killed_at_any_moment_leaves_the_old_base_or_the_new_one(
    prete: tuple[Path, int, Path], mere: Mere, capsys: pytest.CaptureFixture[str]
) -> None:
    """« A, B » or « A » alone, sound, and the program opens."""
    donnees, _, fichier = prete
    duree, _tuee = mere("restaurer", fichier)
    hasard, tuees = random.Random(8), 0  # noqa: S311 -- moments, no secrets
    vus = {"ancienne": 0, "restauree": 0}
    for _essai in range(ESSAIS):
        ouvert = ouvrir(donnees)
        if _dossiers(ouvert) == ["A"]:
            _creer_dossier(ouvert, "B")
        ouvert.fermer()
        tuees += mere("restaurer", fichier, hasard.uniform(0, duree))[1]
        ouvert = ouvrir(donnees)  # SQLite recovers, which a reader alone may not do
        noms = _dossiers(ouvert)
        ouvert.fermer()
        assert _saine(donnees / NOM_FICHIER)
        assert noms in (["A", "B"], ["A"])
        vus["restauree" if noms == ["A"] else "ancienne"] += 1
    with capsys.disabled():
        print(f"\n  restaurations : {tuees} tuées sur {ESSAIS}, base ensuite {vus}")  # noqa: T201
    assert tuees > ESSAIS // 2
    assert vus["ancienne"] > 0
