"""Declared fields: one entry reads, checks, writes and labels a value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau import champs as c
from app.noyau.argent import Centimes, NombreIllisible
from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import FIN_OUVERTE
from tests import strategies

NOM = c.Champ("nom", "Nom", c.texte(20), obligatoire=True)
NOTE = c.Champ("note", "Note", c.texte(200, zone=True))
ENFANTS = c.Champ("enfants", "Enfants à charge", c.entier(0, 30), vide=0)
SALAIRE = c.Champ("salaire", "Salaire", c.euros(0, 1_000_000), vide=None)
TAUX = c.Champ("taux", "Taux", c.taux(), vide=None)
HEURES = c.Champ("heures", "Heures", c.heures(20_000), vide=None)
DEBUT = c.Champ("debut", "Début", c.DATE, vide=None)
FIN = c.Champ("fin", "Fin", c.DATE, vide=FIN_OUVERTE)
FORME = c.Champ(
    "forme", "Forme", c.choix(("association", "Association (loi 1901)"), ("autre", "Autre"))
)


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("  Les Amis  ", "Les Amis"),
        ("Les\u00a0Amis", "Les Amis"),
        ("Les\u202fAmis", "Les Amis"),
        ("Les\tAmis", "Les Amis"),
        ("Les\nAmis", "Les Amis"),
        ("Les\r\nAmis", "Les Amis"),
        ("Le\u0301o", "Léo"),
        ("L\x00é\x07o\u200b", "Léo"),
    ],
)
def test_text_keeps_its_words_apart(saisie: str, attendu: str) -> None:
    """Pasted no-break spaces, tabs and line ends become spaces; control characters go."""
    assert NOM.lire(saisie) == attendu


def test_a_zone_keeps_its_lines() -> None:
    """What a browser sends (CR LF) is stored with plain line ends."""
    assert NOTE.lire("une\r\ndeux\n\ntrois") == "une\ndeux\n\ntrois"


@given(strategies.textes)
def test_text_is_read_back_as_shown(saisie: str) -> None:
    """Reading what the form shows changes nothing any more."""
    lu = NOTE.lire(saisie)

    assert NOTE.lire(NOTE.ecrire(lu)) == lu


def test_text_that_is_too_long_is_refused() -> None:
    """With both numbers."""
    with pytest.raises(c.TexteTropLong) as refus:
        NOM.lire("x" * 21)

    assert refus.value.texte() == "Ce texte compte 21 caractères, 20 au plus."


@pytest.mark.parametrize("saisie", ["", "   ", "\u200b", "\u00a0"])
def test_a_required_field_is_not_left_empty(saisie: str) -> None:
    """What cannot be seen does not count as filled in."""
    with pytest.raises(c.ChampObligatoire) as refus:
        NOM.lire(saisie)

    assert refus.value.texte_remede() == "Renseignez «\u202fNom\u202f»."


def test_an_empty_field_has_the_value_of_the_column() -> None:
    """0, nothing, or the open end, as each field says."""
    assert [x.lire(" ") for x in (ENFANTS, SALAIRE, FIN, NOTE)] == [0, None, FIN_OUVERTE, ""]


@pytest.mark.parametrize(
    "saisie", ["association", "Association (loi 1901)", "ASSOCIATION (LOI 1901)"]
)
def test_a_choice_is_known_by_its_value_or_its_label(saisie: str) -> None:
    """Whatever the case; it is shown by its label, written by its value."""
    assert FORME.lire(saisie) == "association"
    assert FORME.afficher("association") == "Association (loi 1901)"
    assert FORME.ecrire("association") == "association"


def test_an_unknown_choice_is_refused_with_the_list() -> None:
    """The remedy names the choices."""
    with pytest.raises(c.ChoixInconnu) as refus:
        FORME.lire("société")

    assert refus.value.texte_remede() == "Choisissez parmi\u00a0: Association (loi 1901), Autre."
    assert FORME.afficher("inconnu") == "—"
    assert FORME.afficher(None) == "—"


@pytest.mark.parametrize("saisie", ["-1", "1,5", "12.5", "3/4", "1-2", "1.000", "deux"])
def test_a_whole_number_never_loses_a_sign(saisie: str) -> None:
    """« -1 » is not 1, « 12.5 » is not 125: refused, not compacted."""
    with pytest.raises((NombreIllisible, c.HorsLimites)):
        ENFANTS.lire(saisie)


def test_limits_are_said_in_the_unit_of_the_field() -> None:
    """Both limits are good; one beyond is refused."""
    assert ENFANTS.lire("30") == 30
    assert SALAIRE.lire("10 000,00 €") == 1_000_000
    with pytest.raises(c.HorsLimites) as entier:
        ENFANTS.lire("31")
    with pytest.raises(c.HorsLimites) as euros:
        SALAIRE.lire("10 000,01")
    assert entier.value.texte() == "31 est hors des limites\u00a0: de 0 à 30."
    assert euros.value.texte() == (
        "10\u202f000,01\u202f€ est hors des limites\u00a0: de 0,00\u202f€ à 10\u202f000,00\u202f€."
    )


def test_limits_that_are_not_given_are_those_of_common_sense() -> None:
    """A rate up to 100 %, an amount from 0 to a million euros."""
    montant = c.Champ("montant", "Montant", c.euros())

    assert TAUX.lire("100 %") == 1_000_000
    assert montant.lire("1 000 000") == 100_000_000
    for champ, saisie in ((TAUX, "100,0001"), (montant, "1 000 000,01"), (montant, "-0,01")):
        with pytest.raises(c.HorsLimites):
            champ.lire(saisie)


@given(st.integers(0, 1_000_000).map(Centimes))
def test_amounts_are_read_back_as_the_form_shows_them(montant: Centimes) -> None:
    """The text of the form is read as the same amount; so are rates and hours."""
    assert SALAIRE.lire(SALAIRE.ecrire(montant)) == montant
    assert TAUX.lire(TAUX.ecrire(montant)) == montant
    assert HEURES.lire(HEURES.ecrire(montant % 20_000)) == montant % 20_000


@given(strategies.jours)
def test_dates_are_read_back_as_the_form_shows_them(jour: date) -> None:
    """JJ/MM/AAAA both ways."""
    assert DEBUT.lire(DEBUT.ecrire(jour)) == jour


def test_nothing_known_is_shown_as_a_dash_and_written_as_nothing() -> None:
    """None, empty text and the open end; zero is a value."""
    for valeur in (None, "", FIN_OUVERTE):
        assert FIN.ecrire(valeur) == ""
        assert FIN.afficher(valeur) == "—"
    assert ENFANTS.afficher(0) == "0"
    assert SALAIRE.afficher(0) == "0,00"


@pytest.mark.parametrize(
    "nature",
    [
        *(c.DATE, c.NIR, c.SIRET, c.IBAN, c.BIC, c.NAF, c.RNA, c.IDCC, c.CODE_POSTAL),
        *(c.COURRIEL, c.TELEPHONE, c.euros(), c.taux(), c.heures(20_000), c.entier(0, 5)),
        FORME.nature,
    ],
    ids=lambda n: n.nom,
)
def test_the_example_of_each_nature_is_good(nature: c.Nature) -> None:
    """What a form or a message gives as an example is accepted, and read back as shown."""
    valeur = nature.lire(nature.exemple)

    assert nature.lire(nature.ecrire(valeur)) == valeur


def test_a_record_is_read_whole_with_every_defect() -> None:
    """Good fields give values, each bad one a finding beside it; missing ones are empty."""
    valeurs, constats = c.lire_fiche(
        [NOM, ENFANTS, DEBUT, NOTE], {"enfants": "x", "debut": "31/02/2026"}
    )

    assert valeurs == {"note": ""}
    assert [(k.champ, k.code) for k in constats] == [
        ("nom", "TEC-130"),
        ("enfants", "TEC-110"),
        ("debut", "TEC-111"),
    ]
    assert all(k.message and k.remede for k in constats)


def test_a_record_is_written_as_a_form() -> None:
    """Texts by field; what is not known is empty."""
    assert c.ecrire_fiche([NOM, SALAIRE, FIN], {"nom": "Amis", "salaire": 185_000}) == {
        "nom": "Amis",
        "salaire": "1\u202f850,00",
        "fin": "",
    }


def test_dates_the_wrong_way_round_are_found_beside_the_end() -> None:
    """The same day is good; a date that is not known is not compared."""
    un, deux = date(2026, 1, 1), date(2026, 1, 2)

    constats = c.ordre_des_dates({"debut": deux, "fin": un}, "debut", "fin")

    assert [(k.champ, k.code) for k in constats] == [("fin", "TEC-112")]
    assert c.ordre_des_dates({"debut": un, "fin": un}, "debut", "fin") == []
    assert c.ordre_des_dates({"debut": un, "fin": None}, "debut", "fin") == []


def test_every_refusal_of_a_field_can_be_said() -> None:
    """Each class of this room has its texts with its own values."""
    for erreur in (
        c.ChampObligatoire("Nom"),
        c.TexteTropLong(3, 2),
        c.ChoixInconnu("x", "a, b"),
        c.HorsLimites("3", "0", "2"),
    ):
        assert isinstance(erreur, ErreurMetier)
        assert "{" not in erreur.texte() + erreur.texte_remede()


@pytest.mark.parametrize("saisie", ["/media/cle", "D:\\Paie", "\\\\serveur\\partage", "~/coffre"])
def test_a_whole_address_is_taken(saisie: str) -> None:
    """With quotes around, as an explorer copies it; a relative one is refused."""
    lire = c.adresse("/media/cle").lire
    assert lire(f' "{saisie}" ') == saisie
    with pytest.raises(c.AdresseRelative):
        lire("coffre/" + saisie.strip("/\\~"))
