"""The list of conventions in its table: loaded once, searched, read."""

import time
from pathlib import Path

import pytest

from app.conventions.errors import ConventionsRefusees
from app.conventions.service import FICHIER, charger, chercher, lire, lire_table
from app.socle.errors import DonneesInternes
from app.socle.transaction import Magasin


def idcc_de(base: Magasin, texte: str, limite: int = 20) -> list[str]:
    """Return the IDCC that a search finds, in order."""
    with base.transaction("essai") as t:
        return [c.idcc for c in chercher(t, texte, limite)]


def chargee(base: Magasin) -> Magasin:
    """Load the list."""
    with base.transaction("essai") as t:
        charger(t)
    return base


@pytest.mark.exigence("O1")
def test_the_list_is_loaded_once_and_again_only_when_the_file_changes(
    base: Magasin, tmp_path: Path
) -> None:
    """True when it loaded; false and at once when nothing changed."""
    with base.transaction("essai") as t:
        assert charger(t)
    with base.transaction("essai") as t:
        depart = time.perf_counter()
        assert not charger(t)
        assert time.perf_counter() - depart < 0.3
    autre = tmp_path / "conventions.csv"
    autre.write_text(
        "\n".join(FICHIER.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8"
    )
    with base.transaction("essai") as t:
        assert charger(t, autre)
        assert lire(t, "0002") is not None
        assert lire(t, "2511") is None


def test_a_refused_file_leaves_the_table_as_it_was(base: Magasin, tmp_path: Path) -> None:
    """Nothing is deleted before the whole file has been read."""
    mauvais = tmp_path / "conventions.csv"
    mauvais.write_text(
        FICHIER.read_text(encoding="utf-8").replace("\n2511,", "\n251,"), encoding="utf-8"
    )

    chargee(base)
    with base.transaction("essai") as t, pytest.raises(ConventionsRefusees):
        charger(t, mauvais)
    assert idcc_de(base, "2511") == ["2511"]


@pytest.mark.exigence("O1")
def test_one_convention_is_read_by_its_idcc(base: Magasin) -> None:
    """Four characters; nothing for an unknown one; 9999 is « absence de convention »."""
    with chargee(base).transaction("essai") as t:
        eclat, absence = lire(t, "1518"), lire(t, "9999")
        assert lire(t, "0001") is None
    assert eclat is not None
    assert (eclat.titre_court, eclat.etat, eclat.associative) == ("Animation", "ouverte", True)
    assert absence is not None
    assert absence.titre_court == "Absence de convention"


def test_a_search_takes_numbers_and_words_without_accents(base: Magasin) -> None:
    """The number typed in full first, then associative ones, closed ones last."""
    chargee(base)

    assert idcc_de(base, "2511") == ["2511"]
    assert idcc_de(base, "29")[0] == "0029"
    assert idcc_de(base, "9999") == ["9999"]
    assert idcc_de(base, "ÉCLAT") == idcc_de(base, "eclat") == ["1518"]
    assert idcc_de(base, "metiers de l’education")[0] == "1518"
    assert idcc_de(base, "absence")[-1] == "9999"
    assert idcc_de(base, "convention inexistante") == []
    assert idcc_de(base, "100%") == []


def test_a_search_shows_the_associative_ones_first_and_closed_ones_last(base: Magasin) -> None:
    """Ranks never go back, and the limit holds."""
    with chargee(base).transaction("essai") as t:
        trouvees = chercher(t, "centres", 100)
        premieres = chercher(t, "", 5)
    rangs = [
        3 if c.etat == "clôturée" else 0 if c.associative else 2 if c.etat == "rattachée" else 1
        for c in trouvees
    ]
    assert rangs == sorted(rangs)
    assert len(set(rangs)) > 1
    assert [c.associative for c in premieres] == [True] * 5


@pytest.mark.parametrize(
    "contenu",
    [b"idcc,titre\n2511,Sport\n", b"a,b\n1\n", b"a,b\n1,2,3\n", b"a,b\n\xe9,1\n", b'a,b\n"1,2\n'],
)
def test_a_table_of_another_shape_is_refused(contenu: bytes, tmp_path: Path) -> None:
    """Other columns, short or long lines, another encoding, an open quote."""
    fichier = tmp_path / "donnees.csv"
    fichier.write_bytes(contenu)
    with pytest.raises(DonneesInternes, match=r"donnees\.csv"):
        lire_table(fichier, ("a", "b"))
