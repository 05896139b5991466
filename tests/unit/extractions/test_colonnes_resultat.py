"""Columns of a result: types by name, values kept, shown and written; names of files."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions import rules
from app.extractions.rules import Colonne, TypeColonne, afficher, controler, exporter_texte
from app.extractions.rules.colonnes import cle_de_tri, decimal
from app.extractions.rules.extraction import Extraction
from app.extractions.rules.parametres import ValeurParametre
from app.noyau.argent import Centimes, afficher_euros, lire_euros, lire_taux
from app.socle.horloge import maintenant


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("salaire_centimes", "montant"),
        ("taux_pas_millioniemes", "taux"),
        ("heures_centiemes", "heures"),
        ("solde_cjours", "decimal"),
        ("effectif_cetp", "decimal"),
        ("mois", "numero"),
        ("debut_le", "date"),
        ("employeur_id", "numero"),
        ("annee", "numero"),
        ("effectif", "entier"),
        ("nombre_salaries", "entier"),
        ("idcc", "identifiant"),
        ("siret", "identifiant"),
        ("nir", "identifiant"),
        ("code_postal", "identifiant"),
        ("raison_sociale", "texte"),
    ],
)
def test_the_end_of_a_name_says_the_type(nom: str, attendu: str) -> None:
    """Only exceptions are declared in headers."""
    assert rules.type_par_suffixe(nom).value == attendu


def test_a_column_without_label_takes_its_name() -> None:
    """Underscores become spaces; the width follows the type and the label."""
    colonne = Colonne.deduire("taux_millioniemes")
    assert (colonne.libelle, colonne.type) == ("Taux millioniemes", TypeColonne.TAUX)
    assert Colonne.deduire("x", libelle="Y", type_colonne=TypeColonne.DATE, largeur=5).largeur == 5


@pytest.mark.parametrize(
    ("valeur", "genre", "attendu"),
    [
        (None, TypeColonne.TEXTE, None),
        ("", TypeColonne.IDENTIFIANT, None),
        ("0016", TypeColonne.IDENTIFIANT, "0016"),
        (16, TypeColonne.IDENTIFIANT, "16"),
        (0, TypeColonne.MONTANT, 0),
        ("", TypeColonne.ENTIER, None),
        ("2026-06-15", TypeColonne.DATE, "2026-06-15"),
        ("9999-12-31", TypeColonne.DATE, None),
        ("", TypeColonne.DATE, None),
    ],
)
def test_a_value_of_its_type_is_kept(valeur: object, genre: TypeColonne, attendu: object) -> None:
    """Empty texts and open ends are nothing known."""
    assert controler(valeur, genre) == attendu


@pytest.mark.parametrize(
    ("valeur", "genre"),
    [
        ("douze", TypeColonne.MONTANT),
        (12.5, TypeColonne.MONTANT),
        (12.5, TypeColonne.TEXTE),
        (b"x", TypeColonne.IDENTIFIANT),
        ("31/12/2026", TypeColonne.DATE),
        ("20261231", TypeColonne.DATE),
        (20261231, TypeColonne.DATE),
        (20261231.5, TypeColonne.DATE),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(valeur: object, genre: TypeColonne) -> None:
    """No float and no text among numbers, no other form of date."""
    with pytest.raises(ValueError, match=r".+"):
        controler(valeur, genre)


@pytest.mark.parametrize(
    ("valeur", "genre", "montre", "exporte"),
    [
        (None, TypeColonne.MONTANT, "—", ""),
        (123456, TypeColonne.MONTANT, "1\u202f234,56\u202f€", "1234,56"),
        (-5, TypeColonne.MONTANT, "−0,05\u202f€", "-0,05"),
        (21100, TypeColonne.TAUX, "2,11\u202f%", "2,11"),
        (21110, TypeColonne.TAUX, "2,111\u202f%", "2,111"),
        (15167, TypeColonne.HEURES, "151,67\u202fh", "151,67"),
        (-1250, TypeColonne.DECIMAL, "−12,50", "-12,50"),
        (1234, TypeColonne.ENTIER, "1\u202f234", "1234"),
        (-1234, TypeColonne.ENTIER, "−1\u202f234", "-1234"),
        (2026, TypeColonne.NUMERO, "2026", "2026"),
        ("2026-06-05", TypeColonne.DATE, "05/06/2026", "05/06/2026"),
        ("0016", TypeColonne.IDENTIFIANT, "0016", "0016"),
    ],
)
@pytest.mark.exigence("E6")
def test_a_value_is_shown_and_written_in_french(
    valeur: int | str | None, genre: TypeColonne, montre: str, exporte: str
) -> None:
    """On screen with units and thin spaces, in texts bare with a decimal comma."""
    assert (afficher(valeur, genre), exporter_texte(valeur, genre)) == (montre, exporte)


@given(st.integers(-(10**12), 10**12))
def test_amounts_and_rates_are_written_without_loss(valeur: int) -> None:
    """What a text file holds, read again, is the same number; the screen agrees."""
    assert lire_euros(exporter_texte(valeur, TypeColonne.MONTANT)) == valeur
    assert lire_euros(afficher(valeur, TypeColonne.MONTANT)) == valeur
    assert afficher(valeur, TypeColonne.MONTANT) == afficher_euros(Centimes(valeur))
    assert lire_taux(exporter_texte(valeur, TypeColonne.TAUX)) == valeur


@given(st.integers(-(10**15), 10**15), st.sampled_from([0, 2, 4, 6]))
def test_a_decimal_keeps_every_digit(valeur: int, decimales: int) -> None:
    """Without its point it is the number again."""
    texte = decimal(valeur, decimales)
    assert int(texte.replace(".", "")) == valeur
    assert len(texte.partition(".")[2]) == decimales


def test_only_counts_amounts_and_hours_are_summed() -> None:
    """A sum of rates, of years or of dates means nothing."""
    assert {t.value for t in TypeColonne if t.est_somme} == {
        "entier",
        "montant",
        "heures",
        "decimal",
    }


@given(st.text(max_size=60))
def test_the_sort_key_ignores_case_accents_and_spaces(texte: str) -> None:
    """The key of a key is itself."""
    cle = cle_de_tri(texte)
    assert cle is not None
    assert cle_de_tri(f"  {cle}  ") == cle
    assert cle_de_tri("  École   D'ÉTÉ ") == cle_de_tri("ecole d'ete")
    assert cle_de_tri(None) is None


@given(st.lists(st.text(max_size=80), max_size=3))
def test_a_file_name_is_accepted_by_every_system(morceaux: list[str]) -> None:
    """No forbidden character, no dot or space at the ends, never empty, not too long."""
    nom = rules.nom_de_fichier(*morceaux)
    assert nom
    assert len(nom) <= 120
    assert not re.search(r'[\x00-\x1f\x7f<>:"/\\|?*]', nom)
    assert not nom.endswith((".", " "))
    assert not nom.startswith(" ")


@pytest.mark.exigence("E6")
def test_an_export_is_named_after_the_query_the_dossier_and_the_day() -> None:
    """Every dossier adds nothing."""
    instant = maintenant()
    dossier = ValeurParametre("dossier", "Dossier", 3, "Sport/Loisirs")
    tous = ValeurParametre("dossier", "Dossier", None, "Tous les dossiers")
    nom = Extraction(35, "Employeurs-caisse OPCO", (dossier,), (), 1, instant).nom_de_fichier("txt")
    assert nom == f"35. Employeurs-caisse OPCO - Sport Loisirs - {instant:%Y-%m-%d}.txt"
    sans = Extraction(35, "Employeurs-caisse OPCO", (tous,), (), 1, instant).nom_de_fichier("xml")
    assert sans == f"35. Employeurs-caisse OPCO - {instant:%Y-%m-%d}.xml"


def test_a_date_before_1000_keeps_four_digits_of_year() -> None:
    """Shown from the ISO text itself."""
    assert afficher(date(987, 5, 4).isoformat(), TypeColonne.DATE) == "04/05/0987"
