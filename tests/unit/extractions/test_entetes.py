"""Headers of the files of queries and views: what is accepted, what is refused and why."""

from typing import Any

import pytest

from app.extractions import rules
from app.extractions.errors import RequeteMalDecrite
from app.extractions.rules.entete import Entete, tables_lues

BONNE: dict[str, Any] = {
    "numero": 7,
    "titre": "Essai",
    "theme": "Essais",
    "description": "Une requête.",
    "parametres": [{"nom": "au", "libelle": "Au", "type": "date", "defaut": "aujourdhui"}],
    "colonnes": {"nom": {"libelle": "Nom", "largeur": 30}},
}
SQL = "SELECT nom FROM vue_salaries WHERE debut_le <= :au ORDER BY nom"


def lire(sql: str = SQL, fichier: str = "07_essai.sql", **changements: Any) -> rules.Requete:
    """Read the good header with something changed."""
    return rules.lire_requete(BONNE | changements, Entete(fichier, "", sql))


def test_a_file_is_a_header_then_a_select() -> None:
    """Both parts come out, the SQL without its blanks."""
    entete = rules.decouper("/*---\nnumero: 1\n---*/\nSELECT 1\n\n", "01_a.sql")
    assert entete == Entete("01_a.sql", "numero: 1", "SELECT 1")


@pytest.mark.parametrize("texte", ["SELECT 1", "/* numero: 1 */\nSELECT 1", "/*---\nnumero: 1\n"])
def test_a_file_without_header_is_refused(texte: str) -> None:
    """The cause says what is missing, the message names the file."""
    with pytest.raises(RequeteMalDecrite, match=r"01_a\.sql.*en-tête"):
        rules.decouper(texte, "01_a.sql")


def test_a_good_header_makes_a_query() -> None:
    """Number, title, parameters and columns are those declared."""
    requete = lire()
    assert requete.designation == "7. Essai"
    assert [p.nom for p in requete.parametres] == ["au"]
    assert requete.parametre("rien") is None
    nom, debut = requete.decrire_colonnes(["nom", "debut_le"], {"debut_le": "Début"})
    assert (nom.libelle, nom.largeur, nom.type.value) == ("Nom", 30, "texte")
    assert (debut.libelle, debut.type.value) == ("Début", "date")


@pytest.mark.parametrize(
    ("changements", "cause"),
    [
        ({"numero": 8}, "numéro"),
        ({"numero": "7"}, "numéro"),
        ({"titre": ""}, "titre"),
        ({"theme": None}, "theme"),
        ({"description": "   "}, "description"),
        ({"couleur": "bleu"}, "couleur"),
        ({"parametres": {"au": "date"}}, "liste"),
        ({"parametres": []}, "absent de l’en-tête"),
        ({"colonnes": ["nom"]}, "colonnes"),
        ({"colonnes": {"nom": {"type": "couleur"}}}, "type inconnu"),
        ({"colonnes": {"nom": {"largeur": 0}}}, "largeur"),
        ({"colonnes": {"nom": {"gras": True}}}, "gras"),
    ],
)
def test_a_wrong_header_is_refused(changements: dict[str, Any], cause: str) -> None:
    """Each key is checked; the cause is said."""
    with pytest.raises(RequeteMalDecrite, match=cause):
        lire(**changements)


@pytest.mark.parametrize(
    ("sql", "cause"),
    [
        ("SELECT nom FROM vue_salaries WHERE :au = :autre ORDER BY nom", "autre"),
        ("SELECT nom FROM vue_salaries ORDER BY nom", "absent du SQL"),
        ("SELECT nom FROM vue_salaries WHERE :au = 1", "ORDER BY"),
        ("SELECT nom FROM salarie WHERE :au = 1 ORDER BY nom", "salarie"),
        ("SELECT 1 WHERE :au = 1 ORDER BY 1; DELETE FROM salarie", "plus d’une instruction"),
        ("DELETE FROM salarie WHERE :au = 1", "SELECT"),
        ("PRAGMA user_version /* :au ORDER BY */", "absent du SQL"),
    ],
)
def test_a_query_is_one_ordered_select_over_the_views(sql: str, cause: str) -> None:
    """Other statements, other tables and unknown parameters are refused."""
    with pytest.raises(RequeteMalDecrite, match=cause):
        lire(sql)


def test_texts_and_comments_of_the_sql_are_not_read() -> None:
    """`:nom` in a text, a table in a comment: neither is bound nor read."""
    sql = "SELECT ':x', \"FROM y\" -- FROM z :w\nFROM vue_a /* JOIN t :v */ WHERE a = :au"
    assert rules.noms_lies(sql) == {"au"}
    assert tables_lues(sql) == {"vue_a"}


def test_with_clauses_are_not_foreign_tables() -> None:
    """Names that the query makes itself are left out, recursive ones too."""
    sql = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n), "
        "m AS (SELECT i FROM n JOIN vue_b) SELECT * FROM m"
    )
    assert tables_lues(sql) == {"vue_b"}


def test_a_time_in_the_sql_is_no_parameter() -> None:
    """A colon between digits or doubled binds nothing."""
    assert rules.noms_lies("SELECT a::b, c FROM vue_a WHERE d = :au") == {"au"}


def test_a_view_is_named_after_its_file_and_labels_each_column() -> None:
    """The dictionary of the columns is kept as written."""
    donnees = {"titre": "T", "description": "D", "colonnes": {"nom": "Nom"}}
    vue = rules.lire_vue(donnees, Entete("vue_essai.sql", "", "SELECT nom FROM essai;"))
    assert (vue.nom, vue.sql, dict(vue.colonnes)) == (
        "vue_essai",
        "SELECT nom FROM essai",
        {"nom": "Nom"},
    )


@pytest.mark.parametrize(
    ("fichier", "colonnes", "cause"),
    [
        ("essai.sql", {"nom": "Nom"}, "vue_"),
        ("vue_essai.sql", {}, "dictionnaire"),
        ("vue_essai.sql", {"nom": ""}, "sans libellé"),
    ],
)
def test_a_view_without_dictionary_is_refused(
    fichier: str, colonnes: dict[str, str], cause: str
) -> None:
    """Name and labels are checked."""
    donnees = {"titre": "T", "description": "D", "colonnes": colonnes}
    with pytest.raises(RequeteMalDecrite, match=cause):
        rules.lire_vue(donnees, Entete(fichier, "", "SELECT 1"))
