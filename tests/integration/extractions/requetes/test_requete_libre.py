"""Queries that a person writes: what they give, and each refusal."""

import time
from pathlib import Path

import pytest

from app.employeurs.models import Employeur
from app.extractions import errors as e
from app.extractions.rules import libre as rules
from app.extractions.service import libre
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
    assert resultat.numero == rules.LIBRES
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


def test_a_decimal_is_refused_with_the_way_out(monde: Monde) -> None:
    """Amounts are whole centimes."""
    sql = "SELECT avg(salaire_centimes) AS moyenne FROM vue_contrats"
    with pytest.raises(e.ColonneNonExportable, match="moyenne"):
        libre.executer_libre(monde.atelier.base, sql)
    sql = "SELECT CAST(avg(salaire_centimes) AS INTEGER) AS moyenne_centimes FROM vue_contrats"
    assert libre.executer_libre(monde.atelier.base, sql).total == 1


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
