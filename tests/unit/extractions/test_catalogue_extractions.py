"""The catalogue: every file of a query or a view is as it must be."""

import sqlite3
from collections import Counter

import pytest

from app.extractions import service
from app.extractions.errors import RequeteAChoisir, RequeteIntrouvable
from app.extractions.rules import Requete, noms_lies
from app.extractions.rules.entete import tables_lues
from app.extractions.service.catalogue import REQUETES, VUES
from app.migrations import modeles

TOUTES = service.lister_requetes()
requetes = pytest.mark.parametrize("requete", TOUTES, ids=lambda r: r.fichier)


@pytest.fixture(scope="module")
def base_vide() -> sqlite3.Connection:
    """A base with every table and every public view, without a line."""
    from sqlalchemy import create_engine

    moteur = create_engine("sqlite://")
    modeles.METADATA.create_all(moteur)
    connexion = sqlite3.connect(":memory:")
    with moteur.connect() as source:
        tables = source.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'")
        for (sql,) in tables:
            if "sqlite_sequence" not in sql:
                connexion.execute(sql)
    moteur.dispose()
    connexion.create_function("sans_accents", 1, str, deterministic=True)
    for vue in service.lister_vues():
        connexion.execute(f"CREATE TEMP VIEW {vue.nom} AS {vue.sql}")
    return connexion


@pytest.mark.exigence("E2")
def test_every_file_is_in_the_catalogue_and_numbers_are_unique() -> None:
    """One query a file, one number a query."""
    assert len(TOUTES) == len(list(REQUETES.glob("*.sql")))
    assert max(Counter(r.numero for r in TOUTES).values()) == 1
    assert len(service.lister_vues()) == len(list(VUES.glob("*.sql")))


@requetes
def test_the_number_is_that_of_the_file(requete: Requete) -> None:
    """`NN_titre.sql`."""
    assert int(requete.fichier.split("_")[0]) == requete.numero


@requetes
def test_parameters_are_those_of_the_sql(requete: Requete) -> None:
    """No more and no less; each has a label."""
    assert {p.nom for p in requete.parametres} == noms_lies(requete.sql)
    assert all(p.libelle.strip() for p in requete.parametres)


@requetes
def test_it_reads_public_views_only_and_orders_its_lines(requete: Requete) -> None:
    """`vue_…` or its own WITH; an ORDER BY at the end, so that a run is the same each time."""
    connues = {v.nom for v in service.lister_vues()}
    assert tables_lues(requete.sql) <= connues
    assert "ORDER BY" in requete.sql


@requetes
def test_declared_columns_all_exist_and_have_a_label(
    requete: Requete, base_vide: sqlite3.Connection
) -> None:
    """What the header declares is given by the SQL; what it does not, the views label."""
    valeurs = dict.fromkeys(noms_lies(requete.sql))
    noms = [d[0] for d in base_vide.execute(requete.sql, valeurs).description]
    assert set(requete.colonnes) <= set(noms)
    assert len(set(noms)) == len(noms)
    libelles = {n: c for vue in service.lister_vues() for n, c in vue.colonnes.items()}
    for nom in noms:
        assert requete.colonnes.get(nom, {}).get("libelle") or nom in libelles, nom


def test_the_dictionary_of_a_view_is_its_columns(base_vide: sqlite3.Connection) -> None:
    """Each column is labelled, no label is without column."""
    for vue in service.lister_vues():
        noms = [d[0] for d in base_vide.execute(f"SELECT * FROM {vue.nom}").description]  # noqa: S608
        assert noms == list(vue.colonnes), vue.nom


def test_a_column_has_the_same_label_in_every_view() -> None:
    """So that the same word is met everywhere, but for words that depend on the view."""
    libelles: dict[str, set[str]] = {}
    for vue in service.lister_vues():
        for nom, libelle in vue.colonnes.items():
            libelles.setdefault(nom, set()).add(libelle)
    communes = {"employeur_id", "dossier_id", "dossier", "raison_sociale", "idcc", "archive"}
    assert {n for n in communes if len(libelles[n]) > 1} == set()


@pytest.mark.parametrize("saisie", [35, "35", " 35. ", "35. Employeurs-caisse OPCO"])
@pytest.mark.exigence("E2")
def test_a_query_is_found_by_its_number_or_its_whole_name(saisie: int | str) -> None:
    """As the list writes it."""
    assert service.trouver_requete(saisie).titre == "Employeurs-caisse OPCO"


@pytest.mark.parametrize("saisie", ["999999", "opco", "3 5", "-35", "35x"])
def test_a_query_that_is_not_there_is_refused(saisie: str) -> None:
    """The message repeats what was typed."""
    with pytest.raises(RequeteIntrouvable, match="Aucune requête"):
        service.trouver_requete(saisie)


def test_no_query_at_all_is_another_refusal() -> None:
    """Nothing typed: the person is asked to choose."""
    with pytest.raises(RequeteAChoisir):
        service.trouver_requete("  ")
