"""Exports when the place they go to fails: said in French, nothing left, what stood there kept."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.extractions import service
from app.extractions.documents import FORMATS, xlsx
from app.extractions.errors import DestinationInaccessible
from app.extractions.service import Resultat
from app.socle.errors import DisquePlein
from app.socle.taches import SANS_SUIVI

CODES = [*(f.code for f in FORMATS), "flux"]
LONGUE = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
SELECT i AS nombre_rang, hex(randomblob(60)) AS nom, i * 7919 AS salaire_centimes FROM n ORDER BY i
"""


@pytest.fixture(params=CODES)
def code(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each format; « flux » is XLSX by the writer of very long results."""
    if request.param == "flux":
        monkeypatch.setattr(xlsx, "PAR_BIBLIOTHEQUE", -1)
        return "xlsx"
    return str(request.param)


@pytest.fixture
def longue(atelier: Any) -> Resultat:
    """Two megabytes that do not compress."""
    resultat: Resultat = atelier.executer(atelier.ecrire(LONGUE))
    return resultat


@pytest.fixture
def petit_disque(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, mounted for the test."""
    disque = tmp_path / "disque"
    disque.mkdir()
    commande = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disque)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(commande, check=False).returncode:
        pytest.skip("this machine mounts no disk")
    yield disque
    subprocess.run(["umount", str(disque)], check=True)


class Pendant:
    """Does something once, while lines are being written."""

    def __init__(self, geste: Any) -> None:
        self.geste = geste

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Act in the middle."""
        _ = total
        if "Écriture" in libelle and fait and self.geste:
            geste, self.geste = self.geste, None
            geste()

    def annule(self) -> bool:
        """Never."""
        return SANS_SUIVI.annule()


@pytest.mark.exigence("E6", "E8")
def test_a_full_disk_leaves_the_file_that_was_there(
    longue: Resultat, petit_disque: Path, code: str
) -> None:
    """TEC-205, and nothing but the file of before."""
    destination = petit_disque / f"export.{code}"
    destination.write_text("ancien", encoding="utf-8")

    with pytest.raises(DisquePlein) as refus:
        service.exporter(longue, code, destination)

    assert "Le disque est plein" in refus.value.texte()
    assert "Libérez de la place" in refus.value.texte_remede()
    assert [(p.name, p.read_text(encoding="utf-8")) for p in petit_disque.iterdir()] == [
        (destination.name, "ancien")
    ]


@pytest.mark.exigence("E6", "E8")
@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a folder that is written in")
def test_a_folder_that_disappears_is_said(longue: Resultat, tmp_path: Path, code: str) -> None:
    """The stick is pulled out in the middle: EXT-131 names the folder, nothing is made again."""
    support = tmp_path / "support"
    support.mkdir()

    with pytest.raises(DestinationInaccessible) as refus:
        service.exporter(
            longue, code, support / f"a.{code}", suivi=Pendant(lambda: shutil.rmtree(support))
        )

    assert str(support) in refus.value.texte()
    assert "rien n’a été exporté" in refus.value.texte()
    assert not support.exists()


@pytest.mark.exigence("E8")
def test_a_file_stands_where_the_folder_should(longue: Resultat, tmp_path: Path, code: str) -> None:
    """Neither a bug nor a half file."""
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    with pytest.raises(DestinationInaccessible):
        service.exporter(longue, code, tmp_path / "fichier" / f"a.{code}")
