"""The bootstrap: versions, witness of what is installed, failures that speak."""

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

amorce: Any = importlib.import_module("_amorce")
ouverture: Any = importlib.import_module("_ouverture")
terminaux: Any = importlib.import_module("_terminal")

SINON = ("L’étape a échoué.", "Relancez.")


@pytest.fixture
def maison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with an environment that looks installed."""
    for nom in ("requirements.lock", "build/tests.lock", "pyproject.toml", ".venv/bin/python"):
        fichier = tmp_path / nom
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(nom, encoding="utf-8")
    monkeypatch.setattr(amorce, "RACINE", tmp_path)
    monkeypatch.setattr(amorce, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(amorce, "_TEMOIN", tmp_path / ".venv/amorce.json")
    return tmp_path


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A terminal that logs apart and does not wait before trying again."""
    monkeypatch.setattr(terminaux, "ATTENTE_AVANT_REPRISE", 0)
    with terminaux.Terminal(tmp_path / "journal.log") as ouvert:
        yield ouvert


def test_un_python_trop_ancien_est_refuse_en_francais() -> None:
    amorce.exiger_python((3, 11, 0))
    with pytest.raises(terminaux.Echec) as refus:
        amorce.exiger_python((3, 9, 2))
    assert "3.11 ou plus récent" in refus.value.cause
    assert "3.9" in refus.value.cause


def test_sans_temoin_rien_n_est_a_jour(maison: Path) -> None:
    assert maison.is_dir()
    assert not amorce.est_a_jour(amorce.VERROU)


def test_le_temoin_des_tests_vaut_pour_l_execution(maison: Path) -> None:
    amorce._poser_le_temoin(amorce.VERROU_TESTS)
    assert amorce.est_a_jour(amorce.VERROU_TESTS)
    assert amorce.est_a_jour(amorce.VERROU)
    assert maison.is_dir()


def test_le_temoin_de_l_execution_ne_vaut_pas_pour_les_tests(maison: Path) -> None:
    amorce._poser_le_temoin(amorce.VERROU)
    assert amorce.est_a_jour(amorce.VERROU)
    assert not amorce.est_a_jour(amorce.VERROU_TESTS)
    assert maison.is_dir()


@pytest.mark.parametrize("nom", ["requirements.lock", "pyproject.toml"])
def test_un_verrou_ou_un_projet_change_demande_une_installation(maison: Path, nom: str) -> None:
    amorce._poser_le_temoin(amorce.VERROU)
    (maison / nom).write_text("autre", encoding="utf-8")
    assert not amorce.est_a_jour(amorce.VERROU)


def test_un_environnement_efface_demande_une_installation(maison: Path) -> None:
    amorce._poser_le_temoin(amorce.VERROU)
    (maison / ".venv/bin/python").unlink()
    assert not amorce.est_a_jour(amorce.VERROU)


def test_un_temoin_illisible_ne_bloque_pas(maison: Path) -> None:
    (maison / ".venv/amorce.json").write_text("{", encoding="utf-8")
    assert not amorce.est_a_jour(amorce.VERROU)


@pytest.mark.parametrize(
    ("sortie", "indice"),
    [
        ("E: Failed to fetch http://x  Temporary failure resolving", "réseau"),
        ("WARNING: Retrying: Max retries exceeded\nERROR: No matching distribution", "réseau"),
        ("SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "certificat"),
        ("ERROR: No matching distribution found for flask", "introuvable"),
        ("ERROR: [Errno 28] No space left on device", "disque"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "empreinte"),
        ("E: Unable to locate package libfoo", "introuvable"),
        ("autre chose", "L’étape"),
    ],
)
def test_une_sortie_devient_une_cause_francaise(sortie: str, indice: str) -> None:
    cause, remede = terminaux.expliquer(sortie, SINON)
    assert indice in cause
    assert remede


def _commande_a_essais(temoin: Path, message: str, reussir_a: int) -> list[str]:
    programme = (
        "import pathlib, sys\n"
        f"p = pathlib.Path({str(temoin)!r})\n"
        "n = len(p.read_text()) if p.exists() else 0\n"
        "p.write_text('x' * (n + 1))\n"
        f"print({message!r})\n"
        f"sys.exit(0 if n + 1 >= {reussir_a} else 1)\n"
    )
    return [sys.executable, "-c", programme]


def test_une_panne_de_reseau_vaut_un_second_essai(terminal: Any, tmp_path: Path) -> None:
    temoin = tmp_path / "essais"
    terminal.exiger(_commande_a_essais(temoin, "Connection refused", 2), sinon=SINON)
    assert temoin.read_text(encoding="utf-8") == "xx"


def test_un_second_essai_mais_pas_un_troisieme(terminal: Any, tmp_path: Path) -> None:
    temoin = tmp_path / "essais"
    with pytest.raises(terminaux.Echec, match="réseau"):
        terminal.exiger(_commande_a_essais(temoin, "Connection refused", 9), sinon=SINON)
    assert temoin.read_text(encoding="utf-8") == "xx"


def test_un_autre_echec_n_est_pas_retente(terminal: Any, tmp_path: Path) -> None:
    temoin = tmp_path / "essais"
    with pytest.raises(terminaux.Echec, match="L’étape a échoué"):
        terminal.exiger(_commande_a_essais(temoin, "conflit", 2), sinon=SINON)
    assert temoin.read_text(encoding="utf-8") == "x"


def test_un_echec_dit_la_cause_le_remede_et_le_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminaux, "CACHE", tmp_path)

    def echouer(terminal: Any) -> int:
        terminal.executer([sys.executable, "-c", "print('le détail')"])
        raise terminaux.Echec("La cause.", "Le remède.")

    assert terminaux.lancer("essai", echouer) == 1
    dit = capsys.readouterr().err
    assert "Échec : La cause." in dit
    assert "Remède : Le remède." in dit
    assert str(tmp_path / "essai.log") in dit
    assert "le détail" in (tmp_path / "essai.log").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS always has a screen")
@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_l_ecran_se_reconnait(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    for nom in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(nom, raising=False)
    assert not ouverture.a_un_ecran()
    monkeypatch.setenv(variable, ":0")
    assert ouverture.a_un_ecran()


def test_les_autres_arguments_vont_a_clairpaie() -> None:
    options, suite = ouverture._options(["--donnees", "ici", "--port", "0", "--sans-ouvrir"])
    assert (options.donnees, options.sans_ouvrir, suite) == ("ici", True, ["--port", "0"])
