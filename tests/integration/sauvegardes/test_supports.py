"""Removable media, copies on a stick, ISO images; encryption changed; the journal of a restore."""

import shutil
import subprocess
from pathlib import Path

import pycdlib
import pytest
from sqlalchemy import select

from app.assemblage import Programme
from app.sauvegardes import service
from app.sauvegardes.errors import EmplacementIndisponible, PasDePlace, SauvegardeVerrouillee
from app.sauvegardes.service import Lieux, archive
from app.socle.journal import EntreeJournal
from app.socle.plateforme import volumes
from tests.integration.sauvegardes.conftest import SAISIE


@pytest.fixture
def supports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose folders are media, with one stick plugged in."""
    dossier = tmp_path / "supports"
    (dossier / "CLE").mkdir(parents=True)
    monkeypatch.setenv("CLAIRPAIE_SUPPORTS", str(dossier))
    return dossier


def _sur_media(programme: Programme, supports: Path) -> int:
    saisie = {"genre": "media", "volume": str(supports / "CLE"), "sous_dossier": "Paie"}
    with programme.transaction() as t:
        return service.creer_script(t, SAISIE | saisie, Lieux(programme)).id


@pytest.mark.exigence("S6", "S7", "A1")
def test_a_stick_is_known_by_its_identity(programme: Programme, supports: Path) -> None:
    """Found again at another place; unplugged, or a stranger's there: refused in words."""
    numero = _sur_media(programme, supports)
    faite = service.executer_script(programme, numero)
    assert faite.fichier.startswith("media://marque-")
    assert len(list((supports / "CLE" / "Paie").glob("*.clairpaie"))) == 1

    (supports / "CLE").rename(supports / "AUTRE LETTRE")
    service.executer_script(programme, numero)
    presents = list((supports / "AUTRE LETTRE" / "Paie").glob("*.clairpaie"))
    assert len(presents) == 2
    assert [v.resultat for v in service.verifier_sauvegardes(programme)] == ["entiere"] * 2

    (supports / "AUTRE LETTRE").rename(supports.parent / "debranchee")
    (supports / "CLE").mkdir()
    with pytest.raises(EmplacementIndisponible, match="n’est pas branché"):
        service.executer_script(programme, numero)
    assert list((supports / "CLE").iterdir()) == []
    assert [v.resultat for v in service.verifier_sauvegardes(programme)] == ["non_lue"] * 2
    with programme.transaction() as t:
        assert all(v.est_bonne for v in service.lister_sauvegardes(t, numero))

    (supports.parent / "debranchee").rename(supports / "REVENUE")
    assert service.restaurer_sauvegarde(programme, faite.id).precaution


@pytest.mark.exigence("A4", "S11", "S12")
def test_one_action_copies_the_latest_backups_on_a_stick(
    programme: Programme, script: int, supports: Path
) -> None:
    """Whole copies, made once; the stick then shows them, and one of them is restored."""
    service.executer_script(programme, script)
    derniere = service.executer_script(programme, script)
    copiees = service.copier_sur_support(programme, str(supports / "CLE"))

    (copie,) = (supports / "CLE").rglob("*.clairpaie")
    assert copie.name == Path(derniere.fichier).name
    assert copiees.octets == copie.stat().st_size
    assert archive.verifier(copie).script == "Chaque nuit"
    (vu,) = service.lister_supports(programme, contenu=True)
    assert [s.chemin for s in vu.sauvegardes] == [str(copie)]
    assert service.copier_sur_support(programme, vu.choix).octets == 0
    assert service.restaurer(programme, copie).precaution


@pytest.mark.exigence("A1", "A4")
def test_a_stick_that_is_full_is_refused_before_the_first_byte(
    programme: Programme, script: int, supports: Path
) -> None:
    """A small disk of its own; skipped, and said, where mounting is not allowed."""
    service.executer_script(programme, script)
    petit = str(supports / "CLE")
    montage = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", petit]
    if subprocess.run(montage, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk is refused here")
    try:
        with pytest.raises(PasDePlace):
            service.copier_sur_support(programme, petit)
        assert [f.name for f in (supports / "CLE").iterdir()] == [volumes.MARQUE]
    finally:
        subprocess.run(["umount", "-l", petit], check=True)


@pytest.mark.exigence("S6")
def test_an_image_holds_the_backups_of_a_script(
    programme: Programme, script: int, tmp_path: Path
) -> None:
    """ISO 9660 with the real names; what comes out of it is a backup."""
    noms = [Path(service.executer_script(programme, script).fichier).name for _ in range(2)]
    image = service.creer_image(programme, script, str(tmp_path))

    assert sorted(image.sauvegardes) == sorted(noms)
    iso = pycdlib.PyCdlib()
    iso.open(image.fichier)
    sortie = tmp_path / noms[0]
    iso.get_file_from_iso(str(sortie), rr_path=f"/{noms[0]}")
    iso.close()
    assert archive.verifier(sortie).script == "Chaque nuit"


@pytest.mark.exigence("S9")
def test_the_encryption_of_a_script_changes(programme: Programme, script: int, cible: Path) -> None:
    """Begun, changed, ended: each backup opens with the phrase of its day."""
    saisie = SAISIE | {"dossier": str(cible)}

    def changer(**champs: str) -> str:
        with programme.transaction() as t:
            return service.modifier_script(t, script, saisie | champs).cle

    assert changer(chiffrer="1", phrase="première phrase secrète").startswith("AGE-SECRET-KEY-")
    une = Path(service.executer_script(programme, script).fichier)
    assert changer(chiffrer="1", phrase="") == ""
    assert changer(chiffrer="1", phrase="seconde phrase secrète")
    deux = Path(service.executer_script(programme, script).fichier)
    changer(chiffrer="0")
    trois = Path(service.executer_script(programme, script).fichier)

    assert archive.verifier(une, archive.cle_de(une, "première phrase secrète"))
    assert archive.verifier(deux, archive.cle_de(deux, "seconde phrase secrète"))
    with pytest.raises(SauvegardeVerrouillee):
        archive.cle_de(deux, "première phrase secrète")
    assert not archive.verifier(trois).chiffree


@pytest.mark.exigence("S7", "S8")
def test_a_restore_is_in_the_journal(programme: Programme, script: int) -> None:
    """Who, from which backup; it is not undone from there."""
    faite = service.executer_script(programme, script)
    service.restaurer_sauvegarde(programme, faite.id)

    with programme.transaction() as t:
        requete = select(EntreeJournal).where(EntreeJournal.objet == "sauvegarde")
        (entree,) = t.session.scalars(requete)
        assert entree.designation.startswith("Chaque nuit, sauvegarde du ")
        assert entree.valeurs_apres()["fichier"] == Path(faite.fichier).name


@pytest.mark.exigence("S8")
def test_a_restore_without_room_changes_nothing(
    programme: Programme, script: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room is asked for before anything is written."""
    faite = service.executer_script(programme, script)
    plein = shutil.disk_usage(programme.dossier)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _dossier: plein)
    with pytest.raises(PasDePlace):
        service.restaurer(programme, Path(faite.fichier))
    assert not (programme.dossier / "precautions").exists()


def test_linux_tells_a_stick_from_a_disk(tmp_path: Path) -> None:
    """From /proc, /dev and /sys as they are: USB kept, the inner disk left out."""
    arbre = (
        "proc/self",
        "dev/disk/by-uuid",
        "dev/disk/by-label",
        "sys/class/block",
        "sys/devices/pci0/usb1/sdb/sdb1",
        "sys/devices/pci0/ata1/sda/sda1",
    )
    for dossier in arbre:
        (tmp_path / dossier).mkdir(parents=True)
    (tmp_path / "proc/self/mountinfo").write_text(
        "25 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
        "91 25 8:17 / /mnt/ma\\040cle rw shared:9 - vfat /dev/sdb1 rw\n"
    )
    (tmp_path / "dev/disk/by-uuid/1A2B-3C4D").symlink_to("../../sdb1")
    (tmp_path / "dev/disk/by-label/PAIE\\x20USB").symlink_to("../../sdb1")
    blocs = tmp_path / "sys/class/block"
    (blocs / "sdb1").symlink_to(tmp_path / "sys/devices/pci0/usb1/sdb/sdb1")
    (blocs / "sda1").symlink_to(tmp_path / "sys/devices/pci0/ata1/sda/sda1")

    (trouve,) = volumes.de_linux(tmp_path)
    assert trouve == volumes.Volume("1A2B-3C4D", "PAIE USB", Path("/mnt/ma cle"))
