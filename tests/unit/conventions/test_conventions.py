"""The strict reading of the list of conventions, and what a convention says of itself."""

from datetime import date

import pytest

from app.conventions.errors import ConventionsRefusees
from app.conventions.rules import ABSENCE, COLONNES, Convention, lire_conventions
from app.conventions.service import FICHIER, lire_table


def rangee(**valeurs: str) -> dict[str, str]:
    """Return a good row with some values changed."""
    bonne = {
        "idcc": "2511",
        "titre": "Convention collective nationale du sport",
        "titre_court": "Sport",
        "etat": "ouverte",
        "cloturee_le": "",
        "remplacee_par": "",
        "associative": "oui",
        "sources": "S1",
    }
    return bonne | valeurs


def la_liste() -> dict[str, Convention]:
    """Return the conventions of the data file by IDCC."""
    return {c.idcc: c for c in lire_conventions(lire_table(FICHIER, COLONNES))}


@pytest.mark.exigence("O1")
def test_the_list_holds_every_convention_with_its_title_and_state() -> None:
    """1 184 IDCC; those of the trade are open and associative; 9999 is there."""
    liste = la_liste()

    assert len(liste) == 1184
    for idcc in ("0029", "0413", "1261", "1285", "1518", "2511", "2941", "3090"):
        assert (liste[idcc].etat, liste[idcc].associative) == ("ouverte", True)
    assert liste["2511"].designation == "2511 Sport"
    assert liste[ABSENCE].titre == "Absence de convention collective"


@pytest.mark.exigence("O1")
def test_closed_conventions_tell_when_and_what_follows() -> None:
    """La métallurgie gave way to 3248 on 01/01/2024; familles rurales is attached to ÉCLAT."""
    liste = la_liste()

    metallurgie = liste["0054"]
    assert metallurgie.remplacantes == ("3248",)
    assert not metallurgie.est_close(date(2023, 12, 31))
    assert metallurgie.est_close(date(2024, 1, 1))
    assert (liste["1031"].etat, liste["1031"].remplacantes) == ("rattachée", ("1518",))
    assert liste["1740"].remplacantes == ("1596", "1597")
    assert not liste["1031"].est_close(date(2030, 1, 1))


def test_a_closing_without_a_known_date_counts_as_closed() -> None:
    """The state says it, even when nobody knows the day."""
    assert la_liste()["0071"].est_close(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("valeurs", "cause"),
    [
        ({"idcc": "29"}, "quatre chiffres"),
        ({"idcc": "2511A"}, "quatre chiffres"),
        ({"titre": " "}, "le titre manque"),
        ({"etat": "fermée"}, "est inconnu"),
        ({"associative": "1"}, "oui ou non"),
        ({"etat": "clôturée", "cloturee_le": "31/12/2023"}, "AAAA-MM-JJ"),
        ({"etat": "clôturée", "cloturee_le": "2023-02-30"}, "AAAA-MM-JJ"),
        ({"cloturee_le": "2023-12-31"}, "non clôturée"),
        ({"remplacee_par": "1234"}, "n’existe pas"),
        ({"remplacee_par": "2511"}, "n’existe pas"),
    ],
)
def test_a_defect_of_the_list_is_refused(valeurs: dict[str, str], cause: str) -> None:
    """The refusal names the IDCC and what is wrong."""
    with pytest.raises(ConventionsRefusees) as refus:
        lire_conventions([rangee(**valeurs)])
    assert cause in refus.value.texte()


def test_the_same_idcc_twice_is_refused() -> None:
    """One line per convention."""
    with pytest.raises(ConventionsRefusees, match="deux fois"):
        lire_conventions([rangee(), rangee()])
