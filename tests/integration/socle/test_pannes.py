"""What a power cut, a kill or a full disk leaves: the base before or after, never between."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.employeurs.models import Dossier
from app.socle.transaction import Magasin, Transaction

ECRIVAIN = """
import resource, sys
from pathlib import Path
from app.employeurs.models import Dossier
from app.socle.transaction import Magasin

def dire(mot):
    print(mot, flush=True)

magasin = Magasin(Path(sys.argv[1]))
moment = sys.argv[2]
if moment == "plein":
    with magasin.transaction("avant") as t:
        t.session.add(Dossier(nom="Avant"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with magasin.transaction("essai") as t:
        for i in range(3_000):
            t.session.add(Dossier(nom=f"N{i}", note="x" * 500))
            if i % 500 == 0:
                t.session.flush()
            if moment == "milieu" and i == 2_000:
                dire("pret")
                sys.stdin.read()
    if moment == "apres":
        dire("pret")
        sys.stdin.read()
except Exception as erreur:
    dire(getattr(erreur, "code", repr(erreur)))
    with magasin.transaction("ensuite") as t:
        t.session.add(Dossier(nom="Ensuite"))
    dire("ensuite")
"""


def _lancer(chemin: Path, moment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ECRIVAIN, str(chemin), moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _etat(chemin: Path) -> tuple[str, int, int]:
    """Return the integrity, the number of dossiers and that of their entries."""
    connexion = sqlite3.connect(chemin)
    ligne = connexion.execute(
        "SELECT (SELECT count(*) FROM dossier),"
        " (SELECT count(*) FROM journal WHERE objet = 'dossier')"
    ).fetchone()
    integrite = connexion.execute("PRAGMA integrity_check").fetchone()[0]
    connexion.close()
    return (str(integrite), int(ligne[0]), int(ligne[1]))


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX")
@pytest.mark.parametrize(("moment", "attendu"), [("milieu", 1), ("apres", 3_001)])
def test_a_kill_leaves_the_base_before_or_after(chemin: Path, moment: str, attendu: int) -> None:
    """Killed in the middle of a transaction, nothing of it; killed after, all of it."""
    with _lancer(chemin, moment) as ecrivain:
        assert ecrivain.stdout is not None
        assert ecrivain.stdout.readline() == "pret\n"
        ecrivain.send_signal(signal.SIGKILL)
        ecrivain.wait()

    assert _etat(chemin) == ("ok", attendu, attendu)
    magasin = Magasin(chemin)
    with magasin.transaction("après la panne") as t:
        t.session.add(Dossier(nom="Après la panne"))
    magasin.fermer()
    assert _etat(chemin) == ("ok", attendu + 1, attendu + 1)


@pytest.mark.skipif(os.name != "posix", reason="limits of processes are of POSIX")
def test_a_full_disk_is_said_and_loses_nothing(chemin: Path) -> None:
    """No room in the middle of a transaction: TEC-205, nothing of it kept, the rest goes on."""
    with _lancer(chemin, "plein") as ecrivain:
        dit, _ = ecrivain.communicate(timeout=60)

    assert dit.split() == ["TEC-205", "ensuite"]
    assert _etat(chemin) == ("ok", 3, 3)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root mounts a small disk")
def test_a_disk_that_is_really_full_is_said(chemin: Path, tmp_path: Path) -> None:
    """The same on a disk of 1 MB, with what the system itself answers."""
    disque = tmp_path / "disque"
    disque.mkdir()
    monte = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disque)], check=False
    )
    if monte.returncode:
        pytest.skip("this machine mounts no disk")
    try:
        copie = disque / chemin.name
        copie.write_bytes(chemin.read_bytes())
        with _lancer(copie, "rien") as ecrivain:
            dit, _ = ecrivain.communicate(timeout=60)
        etat = _etat(copie)
    finally:
        subprocess.run(["umount", str(disque)], check=True)

    assert dit.split() == ["TEC-205", "ensuite"]
    assert etat == ("ok", 2, 2)


def test_a_commit_that_fails_leaves_a_session_that_works(magasin: Magasin) -> None:
    """The next transaction of the same session begins afresh."""
    session = magasin._sessions()

    def perdre(t: Transaction) -> None:
        t.session.add(Dossier(nom="Perdu"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), magasin.transaction("essai", session) as t:
        perdre(t)
    with magasin.transaction("essai", session) as t:
        t.session.add(Dossier(nom="Gardé"))
    session.close()

    with magasin.transaction("lecture") as t:
        noms = t.session.scalars(select(Dossier.nom)).all()
        assert t.session.scalar(select(func.count()).select_from(Dossier)) == 2
    assert "Perdu" not in noms
