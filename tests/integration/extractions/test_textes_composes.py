"""TXT and CSV composed by SQLite: the same bytes as cell by cell, whatever the lines hold."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.extractions import service
from app.extractions.documents import plat
from app.extractions.rules import Presentation
from app.extractions.service import Resultat, resultats
from app.extractions.service.exports import extraction_de

NOMS = (
    *("nom", "siret", "debut_le", "salaire_centimes", "taux_millioniemes"),
    *("heures_centiemes", "annee", "nombre_bulletins"),
)
_MOTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    (
        "École",
        "=1+1",
        " -2",
        "\u00a0@x",
        "a;b",
        'dit "oui"',
        "a\tb",
        "a\r\nb",
        "\x01",
        "\x02",
        "x,-1",
    )
)
_ENTIERS = (
    st.integers(-(10**12), 10**12) | st.integers(-300, 300) | st.sampled_from((0, 100, 12_000))
)
_VALEURS = (_MOTS, _MOTS, st.dates().map(str), *(_ENTIERS,) * 5)
LIGNES = st.lists(st.tuples(*(st.none() | v for v in _VALEURS)), max_size=9) | st.lists(
    st.tuples(*_VALEURS), max_size=9
)


def resultat_de(atelier: Any, lignes: list[tuple[Any, ...]]) -> Resultat:
    """Run a query that gives these lines."""

    def ouvrir(_base: Path) -> sqlite3.Connection:
        base = sqlite3.connect(":memory:")
        base.execute(f"CREATE TABLE vue_dossiers ({', '.join(NOMS)})")
        base.executemany("INSERT INTO vue_dossiers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lignes)
        return base

    requete = atelier.ecrire(f"SELECT {', '.join(NOMS)} FROM vue_dossiers ORDER BY rowid")  # noqa: S608
    return service.executer_requete(atelier.base, requete, [], ouvrir=ouvrir)


@pytest.mark.exigence("E6")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lignes=LIGNES, separateur=st.sampled_from(";\t"), trie=st.booleans())
def test_sqlite_composes_what_cells_say(
    atelier: Any, tmp_path: Path, lignes: list[tuple[Any, ...]], separateur: str, trie: bool
) -> None:
    """Blocks of two lines, so that some need care and others do not; sorted or not."""
    resultat = resultat_de(atelier, lignes)
    vue = atelier.vue(resultat, tri="salaire_centimes") if trie else Presentation()
    extraction = extraction_de(resultat, vue)
    un, deux = tmp_path / "un", tmp_path / "deux"
    code = "csv" if separateur == ";" else "txt"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resultats, "BLOC", 2)
        service.exporter(resultat, code, un, vue)
    plat.ecrire_separe(deux, extraction, resultat.parcourir(vue), separateur)

    assert un.read_bytes() == deux.read_bytes()
    assert "\x00" not in un.read_text(encoding="utf-8-sig")


@pytest.mark.exigence("E6")
def test_more_columns_than_a_function_takes(atelier: Any, tmp_path: Path) -> None:
    """Forty-five amounts in a line."""
    colonnes = ", ".join(f"{i * 101} AS c{i}_centimes" for i in range(45))
    resultat = atelier.executer(atelier.ecrire(f"SELECT {colonnes} ORDER BY 1"))
    service.exporter(resultat, "csv", tmp_path / "un")
    plat.ecrire_separe(
        tmp_path / "deux", extraction_de(resultat), resultat.parcourir(Presentation()), ";"
    )

    assert (tmp_path / "un").read_bytes() == (tmp_path / "deux").read_bytes()
    assert b"0,00;1,01;2,02;" in (tmp_path / "un").read_bytes()
