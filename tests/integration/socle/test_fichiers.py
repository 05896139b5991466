"""Files: whole or not at all, and the system's refusals in French."""

import errno
import os
import stat
from pathlib import Path

import pytest

from app.socle import fichiers
from app.socle.errors import DisquePlein, DossierIllisible


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """Until the end the old one stands; nothing else is left in the folder."""
    cible = tmp_path / "liste.txt"
    fichiers.ecrire_texte(cible, "avant é")

    with fichiers.remplacer(cible) as provisoire:
        provisoire.write_text("après", encoding="utf-8")
        assert cible.read_text(encoding="utf-8") == "avant é"
        assert provisoire.parent == tmp_path

    assert cible.read_text(encoding="utf-8") == "après"
    assert list(tmp_path.iterdir()) == [cible]


def test_a_failed_writing_leaves_the_old_file(tmp_path: Path) -> None:
    """Whatever fails; the temporary file goes."""
    cible = tmp_path / "liste.txt"
    fichiers.ecrire_texte(cible, "avant")

    def echouer(chemin: Path, erreur: Exception) -> None:
        chemin.write_text("moitié", encoding="utf-8")
        raise erreur

    for erreur, attendue in (
        (ZeroDivisionError(), ZeroDivisionError),
        (OSError(errno.ENOSPC, "x"), DisquePlein),
        (OSError(errno.EIO, "x"), DossierIllisible),
    ):
        with pytest.raises(attendue), fichiers.remplacer(cible) as provisoire:
            echouer(provisoire, erreur)

    assert cible.read_text(encoding="utf-8") == "avant"
    assert list(tmp_path.iterdir()) == [cible]


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_rights_are_kept_and_new_files_are_private(tmp_path: Path) -> None:
    """Payroll data are nobody else's, unless the person opened the file to others."""
    cible = tmp_path / "liste.txt"
    fichiers.ecrire_texte(cible, "a")
    privee = stat.S_IMODE(cible.stat().st_mode)
    cible.chmod(0o644)
    fichiers.ecrire_texte(cible, "b")

    assert privee == 0o600
    assert stat.S_IMODE(cible.stat().st_mode) == 0o644


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    """Nothing is made in silence."""
    with (
        pytest.raises(DossierIllisible, match="il n’existe pas"),
        fichiers.remplacer(tmp_path / "parti" / "x"),
    ):
        pass


def test_the_data_folder_is_made_and_tried(tmp_path: Path) -> None:
    """With its parents; nothing stays of the trial."""
    dossier = tmp_path / "a" / "b"

    fichiers.preparer_dossier(dossier)
    fichiers.preparer_dossier(dossier)

    assert list(dossier.iterdir()) == []


def test_a_file_in_the_way_of_the_data_folder_is_said(tmp_path: Path) -> None:
    """Both as the folder itself and above it."""
    (tmp_path / "fichier").write_text("x")

    for dossier in (tmp_path / "fichier", tmp_path / "fichier" / "dossier"):
        with pytest.raises(DossierIllisible, match="un fichier porte ce nom"):
            fichiers.preparer_dossier(dossier)


@pytest.mark.parametrize(
    ("numero", "cause"),
    [
        (errno.EACCES, "vous n'avez pas le droit"),
        (errno.EROFS, "le disque est en lecture seule"),
        (errno.ENAMETOOLONG, "son nom est trop long"),
        (errno.ENOTCONN, "le réseau ne répond pas"),
        (errno.ENOSPC, "il n'y a plus de place"),
        (errno.ELOOP, "le système répond « Too many"),
    ],
)
def test_the_system_is_translated(numero: int, cause: str) -> None:
    """What people meet is in French; the rest is quoted."""
    assert fichiers.cause(OSError(numero, os.strerror(numero))).startswith(cause)
    assert fichiers.est_plein(OSError(numero, "x")) == (numero == errno.ENOSPC)


def test_other_systems_need_no_flushing_of_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps a new name by itself, and opens no folder."""
    monkeypatch.setattr("app.socle.fichiers.os.name", "nt")

    fichiers.graver(tmp_path / "nulle part")
