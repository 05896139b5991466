"""What an employer's form must satisfy, and what the record suggests."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.employeurs import rules
from app.noyau.champs import ecrire_fiche
from app.noyau.typographie import sans_accents

LE_JOUR = date(2026, 6, 15)
BONNE = {"raison_sociale": "Les Amis du judo"}


def refuses(**saisie: str) -> dict[str, str]:
    """Return the code found beside each field."""
    _, constats = rules.lire_employeur(BONNE | saisie, LE_JOUR)
    return {c.champ: c.code for c in constats}


@pytest.mark.exigence("B1")
def test_a_name_is_enough() -> None:
    """Everything else may come later; the form then holds what « nothing » means."""
    valeurs, constats = rules.lire_employeur(BONNE, LE_JOUR)
    assert constats == []
    assert valeurs["raison_sociale"] == "Les Amis du judo"
    assert valeurs["forme"] == "association"
    assert (valeurs["siret"], valeurs["creee_le"], valeurs["effectif"]) == ("", None, 0)


def test_a_name_is_needed() -> None:
    """Spaces are no name."""
    assert refuses(raison_sociale="   ") == {"raison_sociale": "TEC-130"}


@pytest.mark.exigence("B1")
def test_every_defect_is_said_beside_its_field() -> None:
    """A wrong key, a date that is none, an unknown choice: all at once."""
    assert refuses(siret="732 829 320 00075", creee_le="31/02/2020", forme="SARL") == {
        "siret": "TEC-121",
        "creee_le": "TEC-111",
        "forme": "TEC-132",
    }


def test_dates_follow_one_another() -> None:
    """An end before the beginning is refused beside the end; the future beside creation."""
    assert refuses(creee_le="01/01/2020", cesse_le="31/12/2019") == {"cesse_le": "TEC-112"}
    assert refuses(premiere_embauche_le="02/01/2020", cesse_le="01/01/2020") == {
        "cesse_le": "TEC-112"
    }
    assert refuses(creee_le="16/06/2026") == {"creee_le": "EMP-110"}
    assert refuses(creee_le="15/06/2026", cesse_le="15/06/2026") == {}


@given(
    st.fixed_dictionaries(
        {"raison_sociale": st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30)},
        optional={
            "effectif": st.integers(0, 100_000).map(str),
            "taux_at_millioniemes": st.sampled_from(["2,11", "0,9", "12 %"]),
            "naf": st.sampled_from(["93.12Z", "8891a"]),
            "siret": st.sampled_from(["73282932000074", "732 829 320 00074"]),
            "idcc": st.integers(0, 9999).map(str),
            "creee_le": st.dates(date(1901, 1, 1), LE_JOUR).map(lambda d: d.strftime("%d/%m/%Y")),
        },
    )
)
def test_what_was_read_is_written_back_and_read_the_same(saisie: dict[str, str]) -> None:
    """The form that shows stored values is a form that gives them again."""
    valeurs, constats = rules.lire_employeur(saisie, LE_JOUR)
    assert constats == []
    relues, constats = rules.lire_employeur(ecrire_fiche(rules.CHAMPS_EMPLOYEUR, valeurs), LE_JOUR)
    assert constats == []
    assert relues == valeurs


@pytest.mark.exigence("P4")
def test_a_line_of_organismes_has_a_nature_and_a_caisse() -> None:
    """The régime is « Général » unless said otherwise; labels are read as well as values."""
    valeurs, constats = rules.lire_organisme(
        {"nature": "Prévoyance", "regime": "Général", "organisme_id": "7", "reference": "C-12"}
    )
    assert constats == []
    assert valeurs == {
        "nature": "prevoyance",
        "regime": "general",
        "organisme_id": 7,
        "reference": "C-12",
        "depuis_le": None,
    }
    _, constats = rules.lire_organisme({})
    assert [c.champ for c in constats] == ["nature", "organisme_id"]


@pytest.mark.exigence("P4")
@pytest.mark.parametrize(
    ("nature", "champs"),
    [("prevoyance", ["reference"]), ("mutuelle", ["reference"]), ("urssaf", []), ("medecine", [])],
)
def test_a_contract_is_designated_by_its_reference(nature: str, champs: list[str]) -> None:
    """Prévoyance and mutuelle want it; the others may do without."""
    _, constats = rules.lire_organisme({"nature": nature, "organisme_id": "7", "reference": " "})
    assert [c.champ for c in constats] == champs


@pytest.mark.exigence("O6")
def test_a_record_without_training_body_is_known() -> None:
    """Empty, or « Caisse non répertoriée » however it is written."""
    assert rules.sans_formation("")
    assert rules.sans_formation("caisse NON repertoriee")
    assert not rules.sans_formation("AFDAS")


@given(st.text(), st.text())
def test_the_search_key_holds_every_word_without_accents(nom: str, commune: str) -> None:
    """What a person types of a name or a town, accents or not, is found in the key."""
    cle = rules.cle_employeur({"raison_sociale": nom, "commune": commune, "sigle": None})
    for mot in sans_accents(f"{nom} {commune}").split():
        assert mot in cle


def test_lists_are_ordered_by_name_whatever_the_accents() -> None:
    """Accents and capitals do not count: « éclair » comes before « Eclat »."""
    noms = ["École de voile", "Eclat", "éclair", "Zèbre"]
    tries = sorted(noms, key=lambda nom: rules.cle_employeur({"raison_sociale": nom}))
    assert tries == ["éclair", "Eclat", "École de voile", "Zèbre"]
