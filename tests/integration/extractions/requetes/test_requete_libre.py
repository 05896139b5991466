# ruff: noqa: S608 -- what a person writes
"""Queries that a person writes: what they give, and each refusal."""

import time
from contextlib import closing
from pathlib import Path

import pytest

from app.employeurs.models import Employeur
from app.extractions import errors as e
from app.extractions.rules import libre as rules
from app.extractions.rules.colonnes import controler
from app.extractions.rules.entete import LIBRES
from app.extractions.rules.publiques import colonnes_publiques
from app.extractions.service import catalogue, libre
from app.noyau.erreurs import ErreurMetier
from app.socle.errors import TacheAnnulee
from tests.integration.extractions.requetes.conftest import Monde

pytestmark = pytest.mark.exigence("E10")
INFINIE = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
SANS_FIN = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


def test_it_reads_the_views(monde: Monde) -> None:
    """With a WITH, a count, a comment and the last « ; »."""
    sql = """-- by town
    WITH villes AS (SELECT commune, count(*) AS nombre_employeurs FROM vue_employeurs GROUP BY 1)
    SELECT commune, nombre_employeurs FROM villes ORDER BY commune; """
    resultat = libre.executer_libre(monde.atelier.base, sql)
    lignes = monde.atelier.lignes(resultat)
    communes = [x.commune for x in monde.tous(Employeur)]
    assert {x["commune"] or "": x["nombre_employeurs"] for x in lignes} == {
        c: communes.count(c) for c in communes
    }
    assert resultat.numero == LIBRES
    assert [c.libelle for c in resultat.colonnes] == ["Commune", "Employeurs"]


@pytest.mark.parametrize(
    ("sql", "refus"),
    [
        ("", e.RequeteLibreVide),
        (" -- nothing\n ;", e.RequeteLibreVide),
        ("SELECT 1 AS a; SELECT 2 AS b", e.PlusieursInstructions),
        ("SELECT 1 AS a; DROP TABLE salarie", e.PlusieursInstructions),
        ("DELETE FROM salarie", e.EcritureInterdite),
        ("UPDATE vue_salaries SET nom = 'x'", e.EcritureInterdite),
        ("WITH x AS (SELECT 1) DELETE FROM salarie", e.EcritureInterdite),
        ("WITH x AS (SELECT 1) INSERT INTO dossier SELECT * FROM x", e.EcritureInterdite),
        ("ATTACH DATABASE '/tmp/x' AS x", e.EcritureInterdite),
        ("PRAGMA table_info(salarie)", e.EcritureInterdite),
        ("SELECT :nom AS nom", e.EcritureInterdite),
        ("SELECT nir FROM salarie", e.HorsDesVues),
        ("SELECT count(*) AS n FROM salarie", e.HorsDesVues),
        ("SELECT count(*) AS n FROM main.salarie", e.HorsDesVues),
        ("SELECT sql FROM sqlite_master", e.HorsDesVues),
        ("SELECT count(*) AS n FROM sqlite_master", e.HorsDesVues),
        ("SELECT name FROM sqlite_temp_master", e.HorsDesVues),
        ("SELECT (SELECT max(nir) FROM salarie) AS n FROM vue_dossiers", e.HorsDesVues),
        (
            "WITH vue_dossiers AS (SELECT nir FROM salarie) SELECT * FROM vue_dossiers",
            e.HorsDesVues,
        ),
        ("SELECT * FROM (SELECT nir FROM salarie) AS vue_dossiers", e.HorsDesVues),
        ("SELECT name FROM pragma_table_info('salarie')", ErreurMetier),
        ("SELECT load_extension('x') AS n", e.FonctionInterdite),
        ("SELECT zeroblob(900000000) AS n", e.FonctionInterdite),
        ("SELECT readfile('/etc/passwd') AS n", ErreurMetier),
        ("SELECT nomm FROM vue_salaries", e.NomInconnu),
        ("SELECT nom FROM vue_inconnue", e.NomInconnu),
        ("SELECT nom, nom FROM vue_salaries", e.ColonneNonExportable),
    ],
)
def test_anything_else_is_refused(monde: Monde, sql: str, refus: type[Exception]) -> None:
    """In French, and nothing changes."""
    avant = len(monde.atelier.table("salarie"))
    with pytest.raises(refus) as attrape:
        libre.executer_libre(monde.atelier.base, sql)
    assert attrape.value.texte()  # type: ignore[attr-defined]
    assert attrape.value.texte_remede()  # type: ignore[attr-defined]
    assert len(monde.atelier.table("salarie")) == avant


@pytest.mark.parametrize(
    ("sql", "ligne", "colonne", "mot"),
    [
        ("SELECT nom\nFORM vue_salaries", 2, 6, "vue_salaries"),
        ("SELECT nom,\n  prenoms,\nFROM vue_salaries", 3, 1, "FROM"),
        ("SELECT 'FROM' AS a,\n FROM vue_salaries", 2, 2, "FROM"),
        ("SELECT (nom\nFROM vue_salaries", 2, 1, "FROM"),
        ("SELECT nom FROM", 1, 16, "fin de la requête"),
    ],
)
def test_a_slip_is_shown_at_its_place(
    monde: Monde, sql: str, ligne: int, colonne: int, mot: str
) -> None:
    """Line and column of the word where the reading stops."""
    with pytest.raises(e.ErreurDeSyntaxe) as attrape:
        libre.verifier_libre(monde.atelier.base, sql)
    vu = attrape.value
    assert (vu.ligne, vu.colonne, vu.mot) == (ligne, colonne, mot)


def test_a_query_that_never_ends_is_stopped(monde: Monde) -> None:
    """After its seconds, whether it gives lines or not; nothing is left."""
    resultats = monde.atelier.base.parent / "resultats"
    avant = {p.name for p in resultats.iterdir()} if resultats.exists() else set()
    debut = time.monotonic()
    with pytest.raises(e.RequeteTropLongue):
        libre.executer_libre(monde.atelier.base, INFINIE, secondes=0.3)
    assert time.monotonic() - debut < 10
    apres = {p.name for p in resultats.iterdir()} if resultats.exists() else set()
    assert apres <= avant


def test_a_query_of_too_many_lines_is_refused(monde: Monde) -> None:
    """Rather than cut: a part would be taken for the whole."""
    with pytest.raises(e.TropDeLignes, match="5"):
        libre.executer_libre(monde.atelier.base, SANS_FIN, lignes_max=5_000)


@pytest.mark.parametrize("table", ["dossier", "organisme", "employeur", "contrat", "journal"])
def test_no_private_table_is_counted(monde: Monde, table: str) -> None:
    """Even one that bears the name of a column, by no clause that names it without a column."""
    for sql in (
        f"SELECT count(*) AS n FROM {table}",
        f"SELECT count(*) AS n FROM main.{table}",
        f'SELECT count(*) AS n FROM "{table}"',
        f"SELECT 1 AS n FROM vue_dossiers, {table}",
        f"SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM {table})",
        f"WITH x AS (SELECT 1 AS a FROM {table}) SELECT count(*) AS n FROM x",
    ):
        with pytest.raises(e.HorsDesVues):
            libre.verifier_libre(monde.atelier.base, sql)


def test_a_name_of_its_own_may_be_that_of_a_table(monde: Monde) -> None:
    """A WITH, an alias or a column: the views alone are read."""
    sql = """WITH dossier AS (SELECT dossier FROM vue_employeurs)
    SELECT count(*) AS combien, (SELECT count(*) FROM vue_dossiers organisme) AS autres
    FROM dossier"""
    (ligne,) = monde.atelier.lignes(libre.executer_libre(monde.atelier.base, sql))
    assert ligne["combien"] == len(monde.tous(Employeur))


def test_amounts_are_euros_and_sum_to_the_centime(monde: Monde) -> None:
    """As the catalogue's centimes, whatever is asked of them."""
    base = monde.atelier.base
    with closing(catalogue.ouvrir_base(base)) as exacte:
        attendu, combien = exacte.execute(
            "SELECT sum(brut_centimes), count(*) FROM vue_bulletins"
        ).fetchone()
        un = exacte.execute("SELECT max(brut_centimes) FROM vue_bulletins").fetchone()[0]
    sql = "SELECT brut, heures, nom, taux_impot FROM vue_bulletins ORDER BY bulletin_id"
    resultat = libre.executer_libre(base, sql)
    types = [c.type.value for c in resultat.colonnes]
    assert types == ["montant", "heures", "texte", "taux"]
    assert (resultat.cumuls["brut"], resultat.total) == (attendu, combien)
    sql = f"""SELECT sum(brut) AS brut, avg(brut) AS moyenne, sum(brut) / 3 AS tiers_euros,
        count(*) FROM vue_bulletins WHERE brut <= {un // 100}.{un % 100:02d}"""
    (ligne,) = monde.atelier.lignes(resultat := libre.executer_libre(base, sql))
    assert ligne["brut"] == attendu
    assert ligne["moyenne"] == (attendu * 2 + combien) // (2 * combien)
    assert ligne["tiers_euros"] == (attendu * 2 + 3) // 6
    assert ligne["count"] == combien
    assert [c.type.value for c in resultat.colonnes] == ["montant", "decimal", "montant", "entier"]
    glissant = (
        "SELECT sum(brut) OVER (ORDER BY bulletin_id ROWS 1 PRECEDING) AS brut FROM vue_bulletins"
    )
    un_par_un = [
        x["brut"]
        for x in monde.atelier.lignes(
            libre.executer_libre(base, "SELECT brut FROM vue_bulletins ORDER BY bulletin_id")
        )
    ]
    deux = [x["brut"] for x in monde.atelier.lignes(libre.executer_libre(base, glissant))]
    assert deux == [a + b for a, b in zip([0, *un_par_un], un_par_un, strict=False)]


def test_every_public_view_gives_its_dictionary(monde: Monde) -> None:
    """`SELECT *`: each column is there, and its values are those of the base's view."""
    libelles = {x for vue in catalogue.lister_vues() for x in vue.colonnes.values()}
    for vue in catalogue.lister_vues():
        resultat = libre.executer_libre(monde.atelier.base, f"SELECT * FROM {vue.nom}")
        publiques = colonnes_publiques(vue)
        assert [c.nom for c in resultat.colonnes] == [c.nom for c in publiques]
        assert {c.libelle for c in resultat.colonnes} <= libelles
        with closing(catalogue.ouvrir_base(monde.atelier.base)) as exacte:
            noms = ", ".join(c.source for c in publiques)
            exactes = exacte.execute(f"SELECT {noms} FROM {vue.nom}").fetchall()
        attendues = [
            tuple(controler(v, c.type) for v, c in zip(ligne, publiques, strict=True))
            for ligne in exactes
        ]
        lues = [tuple(ligne.values()) for ligne in monde.atelier.lignes(resultat)]
        assert lues == attendues, vue.nom


def test_the_name_in_centimes_says_the_one_in_euros(monde: Monde) -> None:
    """Somebody who read a query of the program finds the way."""
    with pytest.raises(e.NomInconnu, match=r"brut_centimes.*s.écrit.*\bbrut\b"):
        libre.verifier_libre(monde.atelier.base, "SELECT brut_centimes FROM vue_bulletins")


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("SELECT nom\nFROM vue_salaries, organisme", (2, 20)),
        ("SELECT 'nomm',\n nomm FROM vue_salaries", (2, 2)),
        ("SELECT nom\nFORM vue_salaries", (2, 6)),
        ("SELECT readfile('x') AS a", (1, 8)),
        ("", None),
    ],
)
def test_what_is_refused_has_a_place(monde: Monde, sql: str, place: tuple[int, int] | None) -> None:
    """Line and column of the word, texts and comments aside."""
    with pytest.raises(ErreurMetier) as attrape:
        libre.verifier_libre(monde.atelier.base, sql)
    assert rules.place_du_refus(sql, attrape.value) == place


class Arret:
    """A person who asks to stop at once."""

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Say nothing."""

    def annule(self) -> bool:
        """Stop."""
        return True


def test_the_person_can_stop_it(monde: Monde, tmp_path: Path) -> None:
    """And is told that, not that it was too long."""
    with pytest.raises(TacheAnnulee):
        libre.executer_libre(monde.atelier.base, INFINIE, suivi=Arret())
    assert tmp_path.exists()
