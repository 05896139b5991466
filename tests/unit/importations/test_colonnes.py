"""Headings matched to fields."""

import pytest

from app.importations.errors import ColonneManquante
from app.importations.rules.colonnes import (
    Colonne,
    chercher_entete,
    cle_entete,
    colonnes_du_fichier,
    exiger_reperes,
    reconnaitre,
)
from app.importations.rules.genres import GENRES, Genre


@pytest.mark.parametrize("genre", GENRES.values(), ids=lambda g: g.nom)
def test_every_label_and_name_recognises_its_own_field(genre: Genre) -> None:
    """The headings of our own template are all known, each for its field."""
    for attribut in ("libelle", "nom"):
        entetes = [getattr(champ, attribut) for champ in genre.colonnes]
        trouves = reconnaitre(genre, entetes)
        assert [c.nom for c in genre.colonnes] == [trouves[i].nom for i in range(len(entetes))]


@pytest.mark.parametrize(
    ("entete", "nom"),
    [
        ("PRENOM", "prenoms"),
        ("  Prénom(s) ", "prenoms"),
        ("N° SS", "nir"),
        ("numéro de sécurité sociale", "nir"),
        ("Date_Naissance", "ne_le"),
        ("e-mail", ""),
        ("E-MAIL", ""),
        ("Mail", "courriel"),
        ("C.P.", ""),
        ("CP", "code_postal"),
        ("Association", "employeur_nom"),
        ("Siret employeur", "employeur_siret"),
        ("Couleur préférée", ""),
    ],
)
def test_headings_are_known_whatever_case_accents_and_punctuation(entete: str, nom: str) -> None:
    """What is not known is left for a person to match."""
    trouves = reconnaitre(GENRES["salaries"], [entete])
    assert nom == (trouves[0].nom if trouves else "")


def test_one_field_is_filled_by_one_column_and_the_surest_wins() -> None:
    """« Nom » is a synonym, « Nom de naissance » the label: the label keeps the field."""
    trouves = reconnaitre(GENRES["salaries"], ["Nom", "Nom de naissance"])
    assert {i: c.nom for i, c in trouves.items()} == {1: "nom_naissance"}


def test_headings_may_stand_under_a_title() -> None:
    """The line with most known headings is taken, titles above it are not data."""
    lignes = [("Liste du personnel",), ("Civilité", "Nom", "Prénom"), ("M", "Durand", "Paul")]
    assert chercher_entete(GENRES["salaries"], lignes) == 1


def test_columns_matched_by_hand_replace_the_guess_and_never_collide() -> None:
    """Two columns asked for one field: the first one gets it."""
    colonnes = colonnes_du_fichier(
        GENRES["employeurs"],
        ["x", "y", "SIRET"],
        {0: "raison_sociale", 1: "raison_sociale", 2: "", 3: "inconnu"},
    )
    assert [c.champ.nom if c.champ else "" for c in colonnes] == ["raison_sociale", "", ""]


def test_a_file_without_anything_that_identifies_is_refused_by_name() -> None:
    """The refusal names the columns that would do."""
    colonnes = colonnes_du_fichier(GENRES["salaries"], ["Prénom", "Nom"])
    with pytest.raises(ColonneManquante) as refus:
        exiger_reperes(GENRES["salaries"], colonnes)
    assert "SIRET de l’employeur" in refus.value.texte()


@pytest.mark.parametrize(("index", "lettre"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_a_column_is_named_as_the_spreadsheet_does(index: int, lettre: str) -> None:
    """A, B… Z, AA."""
    assert lettre == Colonne(index, "").lettre


def test_small_words_do_not_count() -> None:
    """« Date d'embauche » and « DATE EMBAUCHE » are one heading."""
    assert cle_entete("Date d'embauche") == cle_entete("DATE EMBAUCHE")
