"""Settings: where each comes from, what is refused, what is written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.socle.errors import ReglageRefuse, ReglagesIllisibles
from app.socle.reglages import FICHIER, REGLAGES, Reglages
from tests import strategies


@pytest.fixture(autouse=True)
def _sans_environnement(monkeypatch: pytest.MonkeyPatch) -> None:
    for reglage in REGLAGES:
        monkeypatch.delenv(reglage.variable, raising=False)


def _ecrire(dossier: Path, texte: str) -> Path:
    (dossier / FICHIER).write_text(texte, encoding="utf-8")
    return dossier


def test_without_anything_the_defaults_are_in_force(tmp_path: Path) -> None:
    """Every setting has one; the mapping lists them all."""
    reglages = Reglages(tmp_path)

    assert dict(reglages) == {r.cle: r.defaut for r in REGLAGES}
    assert len(reglages) == len(REGLAGES)
    with pytest.raises(KeyError):
        reglages["inconnu"]


def test_the_command_line_wins_then_the_environment_then_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each place hides those below; an empty value hides nothing."""
    _ecrire(tmp_path, "theme: clair\npar: Fichier\n")

    assert Reglages(tmp_path)["theme"] == "clair"
    monkeypatch.setenv("CLAIRPAIE_THEME", "sombre")
    assert Reglages(tmp_path)["theme"] == "sombre"
    assert Reglages(tmp_path, {"theme": "systeme"})["theme"] == "systeme"
    assert Reglages(tmp_path, {"theme": "", "par": ""})["theme"] == "sombre"
    monkeypatch.setenv("CLAIRPAIE_THEME", "")
    assert Reglages(tmp_path)["theme"] == "clair"
    assert Reglages(tmp_path)["par"] == "Fichier"


def test_a_choice_is_known_whatever_its_case_and_accents(tmp_path: Path) -> None:
    """« Système » is `systeme`."""
    assert Reglages(_ecrire(tmp_path, "theme: Système\njournaux: debug\n"))["theme"] == "systeme"
    assert Reglages(tmp_path)["journaux"] == "DEBUG"


@pytest.mark.parametrize(
    ("imposes", "variable", "fichier", "endroit"),
    [
        ({"theme": "rose"}, "", "", "ligne de commande"),
        ({}, "rose", "", "variable CLAIRPAIE_THEME"),
        ({}, "", "theme: rose", FICHIER),
    ],
)
def test_a_bad_value_is_refused_at_start_with_its_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    imposes: dict[str, str],
    variable: str,
    fichier: str,
    endroit: str,
) -> None:
    """What it is, where it stands, what is accepted."""
    monkeypatch.setenv("CLAIRPAIE_THEME", variable)
    _ecrire(tmp_path, fichier)

    with pytest.raises(ReglageRefuse) as refus:
        Reglages(tmp_path, imposes)

    assert endroit in refus.value.texte()
    assert "rose" in refus.value.texte()
    assert "systeme, clair, sombre" in refus.value.texte_remede()


@pytest.mark.parametrize(
    ("contenu", "cause"),
    [
        (b"theme: [clair", "ligne 1, \xe9criture YAML incorrecte"),
        (b"par: a\npar: b\n", "ligne 2, cl\xe9 en double"),
        (b"seulement du texte", "une ligne"),
        (b"- un\n- deux\n", "une ligne"),
        (b"par: \xff\xfe", "pas un texte en UTF-8"),
        (b"par: \x00", "un caract\xe8re"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, contenu: bytes, cause: str
) -> None:
    """Never ignored: the person's choices would be lost in silence."""
    (tmp_path / FICHIER).write_bytes(contenu)

    with pytest.raises(ReglagesIllisibles) as refus:
        Reglages(tmp_path)

    assert cause in refus.value.texte()
    assert FICHIER in refus.value.texte()


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """The system's answer, in French."""
    (tmp_path / FICHIER).mkdir()

    with pytest.raises(ReglagesIllisibles, match="un dossier porte le nom du fichier"):
        Reglages(tmp_path)


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    """Nor does a file of comments, or a key without value."""
    for contenu in ("", "# rien\n", "theme:\n"):
        assert Reglages(_ecrire(tmp_path, contenu))["theme"] == "systeme"


@given(strategies.textes)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=100,
    database=None,
)
def test_any_text_is_read_back_as_saved(tmp_path: Path, texte: str) -> None:
    """Quotes, colons, line ends, other alphabets; an empty one is the default."""
    Reglages(_ecrire(tmp_path, "")).enregistrer({"par": texte})

    assert Reglages(tmp_path)["par"] == texte


@pytest.mark.parametrize(
    "texte", ["l'ami", '"a"', "a: b", "0016", "no", "# x", "true", "2026-01-01", "~", "- a", "{"]
)
def test_text_that_yaml_would_take_for_something_else_is_kept(tmp_path: Path, texte: str) -> None:
    """An apostrophe in a name, zeros in front, words of YAML."""
    Reglages(tmp_path).enregistrer({"par": texte, "theme": "sombre"})

    assert dict(Reglages(tmp_path)) == dict(Reglages(tmp_path)) | {"par": texte, "theme": "sombre"}


def test_keys_that_we_do_not_know_are_kept_as_they_were(tmp_path: Path) -> None:
    """A newer version's settings survive an older one: numbers, lists, tables, dates."""
    _ecrire(tmp_path, "futur: {a: [1, 0016], b: 2026-01-31}\nautre: oui\nvrai: true\npar: x\n")
    reglages = Reglages(tmp_path)

    reglages.enregistrer({"par": "l'ami"})
    reglages.enregistrer({"theme": "clair"})

    relu = Reglages(tmp_path)
    assert relu._tout == reglages._tout
    assert relu._tout["futur"]["a"] == [1, "0016"]
    assert relu._tout["vrai"] is True
    assert (relu["par"], relu["theme"]) == ("l'ami", "clair")


def test_a_value_that_is_refused_is_not_saved(tmp_path: Path) -> None:
    """Neither in the file nor in force."""
    reglages = Reglages(tmp_path)

    with pytest.raises(ReglageRefuse, match="écran des réglages"):
        reglages.enregistrer({"theme": "rose", "par": "x"})

    assert not (tmp_path / FICHIER).exists()
    assert (reglages["theme"], reglages["par"]) == ("systeme", "")


def test_what_could_not_be_written_is_not_in_force(tmp_path: Path) -> None:
    """The folder is gone: the settings stay those of the file."""
    dossier = tmp_path / "donnees"
    dossier.mkdir()
    reglages = Reglages(dossier)
    dossier.rmdir()

    with pytest.raises(Exception, match="n’est pas accessible en écriture"):
        reglages.enregistrer({"par": "x"})

    assert reglages["par"] == ""
