"""What cannot be opened, from the real command line: refused in French, and left untouched."""

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from app.noyau.erreurs import ErreurMetier
from app.socle import errors
from app.socle.base import NOM_FICHIER
from app.socle.lancement import Lancement

COMMANDES = (("demo", "--si-vide"), ("serveur", "--sans-fenetre"), ("verifier",))


ANGLAIS = re.compile(
    r"Traceback|Error|sqlite3\.\w+Error|file is|No such|disk (I/O|image)|errno|Permission|unable"
)


class Sortie(Protocol):
    """What a command said (see conftest)."""

    code: int
    dit: str
    erreur: str


Lancer = Callable[..., Sortie]


def empreinte(dossier: Path) -> dict[str, str]:
    """Return the digest of each file of the base."""
    return {
        f.name: hashlib.sha256(f.read_bytes()).hexdigest()
        for f in dossier.glob("*.sqlite3*")
        if f.is_file()
    }


def exiger_le_refus(vu: Sortie, refus: type[ErreurMetier]) -> None:
    """Check that a refusal bears its code, says what to do, and shows no programmer's words."""
    assert vu.code == 2
    assert vu.dit == ""
    assert vu.erreur.startswith(f"{refus.code} ")
    assert len(vu.erreur.strip().splitlines()) == 2
    assert not ANGLAIS.search(vu.erreur)


def casser(dossier: Path) -> None:
    """Overwrite pages in the middle of the base."""
    base = dossier / NOM_FICHIER
    octets = bytearray(base.read_bytes())
    octets[0:100] = b"\xff" * 100
    base.write_bytes(octets)


def tronquer(dossier: Path) -> None:
    """Keep the first half of the base, as an interrupted copy does."""
    base = dossier / NOM_FICHIER
    base.write_bytes(base.read_bytes()[: base.stat().st_size // 2])


def griffonner(dossier: Path) -> None:
    """Keep the header, and put noise in the page of the schema."""
    base = dossier / NOM_FICHIER
    octets = bytearray(base.read_bytes())
    octets[100:4000] = b"\xa5" * 3900
    base.write_bytes(octets)


def remplacer_par_du_texte(dossier: Path) -> None:
    """Put a letter in its place."""
    (dossier / NOM_FICHIER).write_text("Chère association,\n" * 500, encoding="utf-8")


def remplacer_par_un_autre_programme(dossier: Path) -> None:
    """Put the sound base of another program in its place."""
    base = dossier / NOM_FICHIER
    base.unlink()
    with sqlite3.connect(base) as connexion:
        connexion.execute("CREATE TABLE compta (id INTEGER PRIMARY KEY, montant REAL)")
        connexion.execute("INSERT INTO compta VALUES (1, 2.5)")
    connexion.close()


def vieillir_le_programme(dossier: Path) -> None:
    """Say that a version to come wrote the base."""
    with sqlite3.connect(dossier / NOM_FICHIER) as connexion:
        connexion.execute("UPDATE alembic_version SET version_num = '9999'")
    connexion.close()


ABIMEES = (
    (casser, errors.BaseEndommagee),
    (tronquer, errors.BaseEndommagee),
    (griffonner, errors.BaseEndommagee),
    (remplacer_par_du_texte, errors.BaseEndommagee),
    (remplacer_par_un_autre_programme, errors.BaseEtrangere),
    (vieillir_le_programme, errors.BaseTropRecente),
)


@pytest.mark.parametrize(("abimer", "refus"), ABIMEES)
def test_a_base_that_cannot_be_read_is_refused_and_left_as_it_is(
    lancer: Lancer,
    dossier_demo: Path,
    abimer: Callable[[Path], None],
    refus: type[ErreurMetier],
) -> None:
    """Damaged, foreign or newer: the message names the file; not one byte of it changes."""
    abimer(dossier_demo)
    avant = empreinte(dossier_demo)

    vu = lancer("demo", "--si-vide", donnees=dossier_demo)

    exiger_le_refus(vu, refus)
    assert str(dossier_demo / NOM_FICHIER) in vu.erreur
    assert empreinte(dossier_demo) == avant


@pytest.mark.parametrize("commande", COMMANDES)
def test_every_command_refuses_a_damaged_base(
    lancer: Lancer, dossier_demo: Path, commande: tuple[str, ...]
) -> None:
    """The night's commands and the browser's as the others."""
    casser(dossier_demo)

    exiger_le_refus(lancer(*commande, donnees=dossier_demo), errors.BaseEndommagee)


def test_a_refusal_can_be_read_by_a_machine(lancer: Lancer, dossier_demo: Path) -> None:
    """With --json, the same refusal on standard output too."""
    casser(dossier_demo)

    vu = lancer("--json", "demo", donnees=dossier_demo)

    assert vu.code == 2
    assert vu.donnees["erreur"]["code"] == "TEC-201"  # type: ignore[attr-defined]
    assert vu.erreur.startswith("TEC-201 ")


def test_a_file_in_place_of_the_data_folder_is_refused(lancer: Lancer, tmp_path: Path) -> None:
    """It is named, and kept."""
    fichier = tmp_path / "donnees"
    fichier.write_text("texte", encoding="utf-8")

    vu = lancer("demo", donnees=fichier)

    exiger_le_refus(vu, errors.DossierIllisible)
    assert str(fichier) in vu.erreur
    assert fichier.read_text(encoding="utf-8") == "texte"


@pytest.mark.parametrize("dossier", ["/proc/clairpaie", "/dev/null/clairpaie"])
def test_a_folder_that_cannot_be_written_is_refused(lancer: Lancer, dossier: str) -> None:
    """Even for the administrator of this computer, whom rights do not stop."""
    exiger_le_refus(lancer("demo", donnees=Path(dossier)), errors.DossierIllisible)


@pytest.mark.parametrize("blocs", [20, 1500])
def test_a_full_disk_is_said_and_loses_nothing(lancer: Lancer, tmp_path: Path, blocs: int) -> None:
    """At the first step or further: nothing is half written; with room, the command goes on."""
    plein = lancer("demo", "--salaries", "400", "--annees", "0", blocs=blocs)
    base = tmp_path / "donnees" / NOM_FICHIER
    reste = compter(base)
    ensuite = lancer("demo", "--employeurs", "3", "--salaries", "5", "--annees", "0")

    exiger_le_refus(plein, errors.DisquePlein)
    assert reste == 0
    assert ensuite.code == 0
    assert compter(base) == 5


def compter(base: Path) -> int:
    """Count the employees of a base, once it is found sound; none in a base without tables."""
    with closing(sqlite3.connect(base)) as connexion:
        assert connexion.execute("PRAGMA quick_check").fetchone() == ("ok",)
        if not connexion.execute("SELECT 1 FROM sqlite_master WHERE name = 'salarie'").fetchone():
            return 0
        return int(connexion.execute("SELECT count(*) FROM salarie").fetchone()[0])


def test_a_taken_port_is_refused(lancer: Lancer) -> None:
    """The message names it."""
    lancement = Lancement()

    vu = lancer("serveur", "--sans-fenetre", "--port", str(lancement.port))

    lancement.prise.close()
    exiger_le_refus(vu, errors.PortOccupe)
    assert str(lancement.port) in vu.erreur


def test_the_window_without_a_screen_is_refused_with_the_way_out(
    lancer: Lancer, tmp_path: Path
) -> None:
    """Nothing stays locked: the command that is proposed works."""
    vu = lancer()

    exiger_le_refus(vu, errors.FenetreImpossible)
    assert "clairpaie serveur --sans-fenetre" in vu.erreur
    assert not (tmp_path / "donnees" / "instance.json").exists()
    assert lancer("demo", "--employeurs", "2", "--salaries", "2").code == 0


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        ("theme: vert\n", "TEC-210"),
        ("theme: [\n", "TEC-219"),
        ("theme: clair\ntheme: sombre\n", "TEC-219"),
        ("\udcff", "TEC-219"),
    ],
)
def test_a_bad_setting_is_refused_with_its_place(
    lancer: Lancer, tmp_path: Path, contenu: str, code: str
) -> None:
    """The file is named and kept as the person wrote it."""
    dossier = tmp_path / "donnees"
    dossier.mkdir()
    fichier = dossier / "reglages.yaml"
    fichier.write_bytes(contenu.encode("utf-8", "surrogateescape"))

    vu = lancer("demo")

    assert vu.code == 2
    assert vu.erreur.startswith(f"{code} ")
    assert "reglages.yaml" in vu.erreur
    assert fichier.read_bytes() == contenu.encode("utf-8", "surrogateescape")
