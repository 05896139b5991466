"""Versions side by side: laid, mended, removed, cut, damaged, killed at any moment."""

import io
import os
import random
import resource
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest
import zstandard
from installeur import pose

ESSAIS = int(os.environ.get("CLAIRPAIE_ESSAIS", "8"))
FICHIERS = 200
PAQUETS = Path(pose.__file__).parents[1]
_TUE = "import sys; from pathlib import Path; from installeur import pose; \
pose.installer(open(sys.argv[1], 'rb'), Path(sys.argv[2]), sys.argv[3])"


def charge(version: str, fichiers: int = FICHIERS) -> bytes:
    """Return a small version: a program that says its number, and files that bear it too."""
    brut = io.BytesIO()
    with tarfile.open(fileobj=brut, mode="w") as archive:
        for nom in ("clairpaie", *(f"interne/{n:03}" for n in range(fichiers))):
            contenu = version.encode() * 500
            entree = tarfile.TarInfo(nom)
            entree.size, entree.mode = len(contenu), 0o755
            archive.addfile(entree, io.BytesIO(contenu))
    return zstandard.compress(brut.getvalue())


def installer(racine: Path, version: str) -> Path:
    """Install a small version."""
    return pose.installer(io.BytesIO(charge(version)), racine, version)


def lire(racine: Path) -> str:
    """Return the version that the pointer names, once it is seen whole."""
    courante = pose.version_courante(racine)
    assert courante is not None
    fichiers = [f for f in courante.rglob("*") if f.is_file()]
    contenus = {f.read_bytes() for f in fichiers}
    assert (len(fichiers), len(contenus)) == (FICHIERS + 1, 1)
    return contenus.pop().decode()[:5]


def test_the_new_version_starts_and_the_one_before_stays(tmp_path: Path) -> None:
    """The path of the program is the same from one version to the next; two are kept."""
    programmes = {installer(tmp_path, version) for version in ("0.1.0", "0.1.1", "0.1.2")}
    assert programmes == {tmp_path / "courante" / "clairpaie"}
    assert lire(tmp_path) == "0.1.2"
    assert {v.name for v in (tmp_path / "versions").iterdir()} == {"0.1.1", "0.1.2"}


def test_a_damaged_version_is_mended(tmp_path: Path) -> None:
    """The same version laid again is whole."""
    installer(tmp_path, "0.1.0")
    (tmp_path / "courante" / "interne" / "007").write_text("abîmé")
    installer(tmp_path, "0.1.0")
    assert lire(tmp_path) == "0.1.0"


@pytest.mark.parametrize("garde", [0, 40, -30])
def test_a_cut_file_is_refused(tmp_path: Path, garde: int) -> None:
    """A download that stopped changes nothing."""
    installer(tmp_path, "0.1.0")
    with pytest.raises(pose.PoseRefusee, match="incomplet"):
        pose.installer(io.BytesIO(charge("0.1.1")[:garde]), tmp_path, "0.1.1")
    assert lire(tmp_path) == "0.1.0"
    assert [v.name for v in (tmp_path / "versions").iterdir()] == ["0.1.0"]


def test_a_disk_that_refuses_changes_nothing(tmp_path: Path) -> None:
    """The system refuses to write more: said in French, nothing left behind."""
    installer(tmp_path, "0.1.0")
    prete = io.BytesIO(charge("0.1.1"))
    souple, dure = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, dure))
    try:
        with pytest.raises(pose.PoseRefusee, match="disque") as refus:
            pose.installer(prete, tmp_path, "0.1.1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (souple, dure))
    assert "Libérez" in refus.value.remede
    assert lire(tmp_path) == "0.1.0"
    assert [v.name for v in (tmp_path / "versions").iterdir()] == ["0.1.0"]


def test_uninstalling_leaves_what_is_not_the_program(tmp_path: Path) -> None:
    """A file that the person laid there stays; an empty folder goes."""
    installer(tmp_path / "a", "0.1.0")
    pose.desinstaller(tmp_path / "a")
    assert not (tmp_path / "a").exists()
    installer(tmp_path / "b", "0.1.0")
    (tmp_path / "b" / "notes.txt").touch()
    pose.desinstaller(tmp_path / "b")
    assert [f.name for f in (tmp_path / "b").iterdir()] == ["notes.txt"]
    pose.desinstaller(tmp_path / "absente")


def test_two_installations_do_not_mix(tmp_path: Path) -> None:
    """The second is refused while the first holds the folder."""
    with pose._seul(tmp_path), pytest.raises(pose.PoseRefusee, match="autre installation"):
        installer(tmp_path, "0.1.0")


def test_killed_at_any_moment_the_old_or_the_new_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Kill -9 at moments drawn over the whole installation; CLAIRPAIE_ESSAIS sets how many.

    After each, the pointer names one version, whole, and the next installation succeeds.
    """
    racine, fichier = tmp_path / "racine", tmp_path / "charge"
    installer(racine, "0.1.0")
    vues: dict[str, int] = {}
    tirage = random.Random(9)  # noqa: S311 -- moments, not secrets
    for essai in range(ESSAIS):
        attendue, version = lire(racine), f"0.2.{essai % 10}"
        fichier.write_bytes(charge(version))
        with subprocess.Popen(
            [sys.executable, "-c", _TUE, str(fichier), str(racine), version],
            env={**os.environ, "PYTHONPATH": str(PAQUETS)},
            stderr=subprocess.DEVNULL,
        ) as processus:
            time.sleep(tirage.uniform(0.05, 0.4))
            processus.send_signal(signal.SIGKILL)
        apres = lire(racine)
        assert apres in {attendue, version}
        sorte = "nouvelle" if apres == version else "ancienne"
        vues[sorte] = vues.get(sorte, 0) + 1
    installer(racine, "0.3.0")
    assert lire(racine) == "0.3.0"
    with capsys.disabled():
        print(f" tried {ESSAIS}, survived {sum(vues.values())} {vues}", end="")  # noqa: T201
