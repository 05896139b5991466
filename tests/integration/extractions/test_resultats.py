"""Running, sorting, filtering, cancelling: a result is whole or absent, the base untouched."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.extractions import service
from app.extractions.errors import (
    ColonneInconnue,
    CopieTropGrande,
    RequeteEnEchec,
    RequeteMalDecrite,
    ResultatIntrouvable,
    ValeurInattendue,
)
from app.extractions.rules import Presentation
from app.extractions.rules.colonnes import cle_de_tri
from app.extractions.service import Resultat, catalogue, execution
from app.extractions.service.affichage import COPIE_MAX
from app.extractions.service.resultats import dossier_des_resultats
from app.noyau.erreurs import DonneesRefusees
from app.socle.errors import DossierIllisible, TacheAnnulee

BRUTE = Presentation()
NOMBRES = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :combien)
SELECT i AS nombre_rang, i * 7919 % 1009 AS salaire_centimes,
    iif(i % 10 = 0, NULL, iif(i % 3, 'École ', 'association ') || (i % 50)) AS nom,
    date('2020-01-01', '+' || (i % 900) || ' days') AS debut_le
FROM n ORDER BY i"""
COMBIEN = "[{nom: combien, libelle: Combien, type: entier, defaut: 1000}]"


class Arret:
    """A person who cancels when a step says a word, or after so many looks."""

    def __init__(self, mot: str = "", regards: int = 0) -> None:
        self.mot, self.regards = mot, regards

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Stop at the word."""
        _ = fait, total
        if self.mot and self.mot in libelle:
            raise TacheAnnulee

    def annule(self) -> bool:
        """Stop after so many looks."""
        self.regards -= 1
        return not self.mot and self.regards < 0


@pytest.fixture
def mille(atelier: Any) -> Resultat:
    """A result of a thousand lines."""
    resultat: Resultat = atelier.executer(atelier.ecrire(NOMBRES, parametres=COMBIEN))
    return resultat


def restes(atelier: Any) -> list[str]:
    """Return what lies in the folder of the results."""
    dossier = dossier_des_resultats(atelier.base)
    return sorted(p.name for p in dossier.glob("*")) if dossier.is_dir() else []


@pytest.mark.exigence("E5")
def test_a_window_is_read_by_rank(mille: Resultat) -> None:
    """Any part of the result, with the length and the sums of the whole."""
    fenetre = mille.fenetre(BRUTE, 400, 50)
    assert [ligne[0] for ligne in fenetre.lignes] == list(range(401, 451))
    assert (fenetre.debut, fenetre.total) == (400, 1000)
    assert fenetre.sommes == {
        "nombre_rang": 500_500,
        "salaire_centimes": sum(i * 7919 % 1009 for i in range(1, 1001)),
    }
    assert mille.fenetre(BRUTE, 990, 50).lignes[-1][0] == 1000
    assert mille.fenetre(BRUTE, 2000, 50).lignes == ()


@pytest.mark.exigence("E5")
@pytest.mark.parametrize("descendant", [False, True])
@pytest.mark.parametrize("tri", ["nom", "salaire_centimes", "debut_le"])
def test_a_sort_orders_texts_numbers_and_dates(
    atelier: Any, mille: Resultat, tri: str, *, descendant: bool
) -> None:
    """No case, no accent; empty cells last both ways; equal ones as the query gave them."""
    lignes = atelier.lignes(mille)
    vides = [ligne for ligne in lignes if ligne[tri] is None]
    pleines = sorted(
        (ligne for ligne in lignes if ligne[tri] is not None),
        key=lambda x: (cle_de_tri(x[tri]) or "") if tri == "nom" else x[tri],
        reverse=descendant,
    )

    vue = atelier.vue(mille, tri=tri, descendant=descendant)

    assert atelier.lignes(mille, vue) == pleines + vides
    assert mille.fenetre(vue, 500, 3).lignes == tuple(
        tuple(x.values()) for x in (pleines + vides)[500:503]
    )
    assert mille.fenetre(vue, 0, 1).sommes == mille.fenetre(BRUTE, 0, 1).sommes


@pytest.mark.exigence("E5")
@pytest.mark.parametrize(
    ("filtres", "garde"),
    [
        ({"nom": "ecole 7"}, lambda x: "ecole" in x["cle"] and "7" in x["cle"]),
        ({"nom": "=École 7"}, lambda x: x["cle"] == "ecole 7"),
        ({"nom": "<>école"}, lambda x: "ecole" not in x["cle"]),
        ({"nom": "="}, lambda x: x["nom"] is None),
        ({"nom": "<>"}, lambda x: x["nom"] is not None),
        ({"salaire_centimes": ">5"}, lambda x: x["salaire_centimes"] > 500),
        ({"salaire_centimes": "1..2,5"}, lambda x: 100 <= x["salaire_centimes"] <= 250),
        ({"nombre_rang": "<>3"}, lambda x: x["nombre_rang"] != 3),
        ({"debut_le": "02/2021"}, lambda x: x["debut_le"][:7] == "2021-02"),
        ({"debut_le": "2021", "nom": "école"}, lambda x: x["debut_le"][:4] == "2021"),
        ({"nombre_rang": "5000"}, lambda _: False),
    ],
)
def test_a_filter_keeps_the_lines_that_answer(
    atelier: Any, mille: Resultat, filtres: dict[str, str], garde: Any
) -> None:
    """Count and sums are those of the lines kept; a sort on top changes only their order."""
    toutes = [x | {"cle": cle_de_tri(x["nom"]) or ""} for x in atelier.lignes(mille)]
    attendu = [x["nombre_rang"] for x in toutes if garde(x)]
    if filtres.get("nom") == "école":
        attendu = [x["nombre_rang"] for x in toutes if garde(x) and "ecole" in x["cle"]]

    vue = atelier.vue(mille, filtres=filtres)
    fenetre = mille.fenetre(vue, 0, 2000)

    assert [ligne[0] for ligne in fenetre.lignes] == attendu
    assert (fenetre.total, fenetre.sommes["nombre_rang"]) == (len(attendu), sum(attendu))
    inverse = atelier.vue(mille, filtres=filtres, tri="nombre_rang", descendant=True)
    assert [x["nombre_rang"] for x in atelier.lignes(mille, inverse)] == attendu[::-1]
    assert mille.est_prete(inverse)


@pytest.mark.exigence("E10")
def test_a_query_cannot_write(atelier: Any) -> None:
    """The connection refuses every statement that changes something, even of its own schema."""
    avant = hashlib.sha256(Path(atelier.base).read_bytes()).digest()
    with closing(service.ouvrir_base(atelier.base)) as connexion:
        for sql in (
            "DELETE FROM salarie",
            "UPDATE dossier SET nom = 'x'",
            "INSERT INTO dossier (nom) VALUES ('x')",
            "CREATE TABLE intrus (x)",
            "DROP VIEW vue_employeurs",
        ):
            with pytest.raises(sqlite3.OperationalError, match=r"read-?only"):
                connexion.execute(sql)
        connexion.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connexion.execute("DELETE FROM salarie")
        assert connexion.execute("SELECT count(*) FROM vue_salaries").fetchone()[0] == 400
    assert hashlib.sha256(Path(atelier.base).read_bytes()).digest() == avant
    assert len(atelier.table("salarie")) == 400


def test_the_public_views_change_nothing_in_the_base(atelier: Any) -> None:
    """They live with the connection: the file has none of them."""
    atelier.executer(1)
    with closing(sqlite3.connect(atelier.base)) as connexion:
        vues = connexion.execute("SELECT name FROM sqlite_master WHERE name LIKE 'vue_%'")
        assert vues.fetchall() == []


def test_a_wrong_value_is_said_beside_its_field_and_nothing_runs(atelier: Any) -> None:
    """Also an employer that is not in the dossier asked for."""
    from app.employeurs import service as employeurs

    with atelier.programme.transaction() as t:
        employeurs.creer_dossier(t, {"nom": "Autre"})
    with pytest.raises(DonneesRefusees) as refus:
        atelier.executer(10, dossier="Autre", employeur="(n° 1)")
    assert [(c.champ, c.code) for c in refus.value.constats] == [("employeur", "EXT-114")]
    with pytest.raises(DonneesRefusees) as refus:
        atelier.executer(10, dossier="Rien", employeur="e", du="hier")
    assert [c.champ for c in refus.value.constats] == ["dossier", "employeur", "du"]
    assert restes(atelier) == []


def test_suggestions_follow_the_dossier_and_what_is_typed(atelier: Any) -> None:
    """Words whatever their accents, SIRET, archived ones last; a suggestion reads back."""
    with atelier.programme.transaction() as t:
        assert service.suggerer_employeurs(t, "evry")[0].saisie.startswith("Union sportive d'Évry")
        assert service.suggerer_employeurs(t, "evry", dossier="99") == []
        assert len(service.suggerer_employeurs(t, "")) == 20
        archive = next(e for e in atelier.table("employeur") if e["archive_le"])
        (propose,) = service.suggerer_employeurs(t, archive["raison_sociale"])
        assert propose.precision.endswith("archivé")
    resultat = atelier.executer(10, employeur=propose.saisie, archives="avec")
    assert resultat.parametres[1].valeur == archive["id"]


@pytest.mark.parametrize(
    ("saisie", "code"), [("(n° 99999)", "EXT-112"), ("xyz", "EXT-112"), ("de", "EXT-113")]
)
def test_an_employer_that_is_not_one_is_refused(atelier: Any, saisie: str, code: str) -> None:
    """None answers, or several do; a SIRET, a number or a whole name is enough."""
    with pytest.raises(DonneesRefusees) as refus:
        atelier.executer(10, employeur=saisie)
    assert [c.code for c in refus.value.constats] == [code]
    premier = atelier.table("employeur")[0]
    for bonne in (premier["siret"], "1", "n° 1".join("()"), premier["raison_sociale"].upper()):
        assert atelier.executer(10, employeur=bonne).parametres[1].valeur == 1


def test_a_catalogue_with_a_wrong_file_names_it(atelier: Any) -> None:
    """A number used twice, a header that is not YAML, a folder where results should lie."""
    atelier.ecrire("SELECT 1 AS a ORDER BY 1", numero=7)
    dossier = atelier.ailleurs / "7"
    (dossier / "07_autre.sql").write_text((dossier / "7_essai.sql").read_text(encoding="utf-8"))
    with pytest.raises(RequeteMalDecrite, match="déjà pris par"):
        catalogue.lire_requetes(dossier)
    (dossier / "07_autre.sql").write_text("/*---\nnumero: 7\nnumero: 8\n---*/\nSELECT 1\n")
    with pytest.raises(RequeteMalDecrite, match="07_autre"):
        catalogue.lire_requetes(dossier)
    dossier_des_resultats(atelier.base).write_text("un fichier", encoding="utf-8")
    with pytest.raises(DossierIllisible):
        atelier.executer(1)


@pytest.mark.exigence("E8")
@pytest.mark.parametrize("arret", [Arret("Interrogation"), Arret("Lecture"), Arret(regards=2)])
def test_a_cancelled_run_leaves_nothing(atelier: Any, arret: Arret) -> None:
    """Before the first line, between two batches, or inside SQLite."""
    requete = atelier.ecrire(NOMBRES.replace(":combien", "300000"))
    with pytest.raises(TacheAnnulee):
        execution.executer_requete(atelier.base, requete, [], suivi=arret)
    assert restes(atelier) == []


@pytest.mark.exigence("E8")
def test_a_cancelled_sort_leaves_the_result_as_it_was(atelier: Any) -> None:
    """The lines can be looked at, sorted again."""
    resultat = atelier.executer(atelier.ecrire(NOMBRES.replace(":combien", "100000")))
    vue = atelier.vue(resultat, tri="nom")
    with pytest.raises(TacheAnnulee):
        resultat.preparer(vue, suivi=Arret(regards=1))
    assert not resultat.est_prete(vue)
    assert [p.name for p in resultat.dossier.glob("*")] == ["lignes.sqlite3"]
    resultat.preparer(vue)
    assert resultat.est_prete(vue)


def test_a_value_of_another_type_names_the_line_and_the_column(atelier: Any) -> None:
    """Nothing is left of the run."""
    requete = atelier.ecrire("SELECT 12.5 AS salaire_centimes, 'a' AS nom ORDER BY 1")
    with pytest.raises(ValeurInattendue) as refus:
        atelier.executer(requete)
    assert (refus.value.ligne, refus.value.colonne) == (1, "salaire_centimes")
    assert restes(atelier) == []


def test_a_query_that_sqlite_refuses_says_so(atelier: Any) -> None:
    """The message bears the name of the query; nothing is left."""
    requete = atelier.ecrire("SELECT rien FROM vue_dossiers ORDER BY 1")
    with pytest.raises(RequeteEnEchec, match=r"900\. Essai"):
        atelier.executer(requete)
    assert restes(atelier) == []


def test_only_the_last_results_are_kept_and_a_start_empties_them(atelier: Any) -> None:
    """Eight of them; what an interrupted run left goes at the start of the program."""
    noms = [atelier.executer(1).nom for _ in range(10)]
    assert set(restes(atelier)) == set(noms[2:])
    with pytest.raises(ResultatIntrouvable):
        Resultat.ouvrir(atelier.base, noms[0])
    (dossier_des_resultats(atelier.base) / ".interrompu").mkdir()
    service.vider(atelier.base)
    assert restes(atelier) == []


@pytest.mark.parametrize("nom", ["", "..", "../..", "a" * 24 + "/x", "g" * 24, "0" * 24])
def test_a_result_is_opened_by_its_name_only(atelier: Any, nom: str) -> None:
    """No path leads elsewhere."""
    with pytest.raises(ResultatIntrouvable):
        Resultat.ouvrir(atelier.base, nom)


def test_orders_beyond_the_last_ones_are_forgotten(atelier: Any, mille: Resultat) -> None:
    """Looking at a result in many ways does not fill the disk."""
    for rang in range(12):
        mille.preparer(atelier.vue(mille, filtres={"nombre_rang": f">{rang}"}))
    assert len(list(mille.dossier.glob("ordre-*"))) == 6


def test_a_result_that_was_cleaned_up_cannot_be_sorted(atelier: Any, mille: Resultat) -> None:
    """The refusal says what happened."""
    service.supprimer_resultat(mille)
    with pytest.raises(ResultatIntrouvable):
        mille.preparer(atelier.vue(mille, tri="nom"))


@pytest.mark.exigence("E5")
def test_cells_are_copied_as_text_with_tabs(atelier: Any) -> None:
    """Bare numbers with a comma, French dates, nothing for nothing, no formula, no line end."""
    requete = atelier.ecrire(
        "SELECT '=1+1' AS nom, 123456 AS salaire_centimes, NULL AS fin_le,"
        " '2026-06-15' AS debut_le, 'a' || char(10, 9) || 'b' AS note ORDER BY 1"
    )
    resultat = atelier.executer(requete)
    noms = ["salaire_centimes", "nom", "fin_le", "debut_le", "note"]
    assert service.copier(resultat, BRUTE, 0, 5, noms) == "1234,56\t'=1+1\t\t15/06/2026\ta  b"
    with pytest.raises(CopieTropGrande, match="20"):
        service.copier(resultat, BRUTE, 0, COPIE_MAX + 1, noms)
    with pytest.raises(ColonneInconnue):
        service.copier(resultat, BRUTE, 0, 1, ["rien"])


def test_a_window_of_the_screen_is_made_of_texts(atelier: Any, mille: Resultat) -> None:
    """At most a thousand lines at once; sums are written too."""
    vue = service.montrer(mille, BRUTE, -5, 10_000)
    assert len(vue.lignes) == 1000
    assert vue.lignes[9] == ("10", "4,88\u202f€", "—", "11/01/2020")
    assert vue.sommes["nombre_rang"] == "500\u202f500"
    assert service.montrer(mille, atelier.vue(mille, tri="nom"), 0, 1).total == 1000


def test_two_sorts_at_once_do_not_meet(atelier: Any, mille: Resultat) -> None:
    """Windows asked together, of the same order or not, are all right."""
    from concurrent.futures import ThreadPoolExecutor

    vues = [atelier.vue(mille, tri=t) for t in ("nom", "salaire_centimes") for _ in range(4)]
    with ThreadPoolExecutor(8) as fils:
        fenetres = list(fils.map(lambda v: mille.fenetre(v, 0, 1000), vues))
    assert len({f.lignes for f in fenetres}) == 2
    assert {len(f.lignes) for f in fenetres} == {1000}
