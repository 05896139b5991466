"""The reading of the OPCO's lists, and the state of an employer's OPCO."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conventions.rules import Convention
from app.noyau.periodes import FIN_OUVERTE
from app.opco import rules
from app.opco.errors import CorrespondancesRefusees
from app.opco.rules import EtatOpco, Opco
from app.opco.service import anciens_opca

LE_JOUR = date(2026, 1, 1)
AFDAS = Opco("AFDAS", "AFDAS", "Opérateur de compétences de la culture et du sport")
SPORT = Convention("2511", "Sport", "Sport", "ouverte", None, "", associative=True)


def correspondance(**valeurs: str) -> dict[str, str]:
    """Return a good row with some values changed."""
    bonne = {"idcc": "2511", "opco": "AFDAS", "debut_le": "2019-04-01", "fin_le": "", "sources": ""}
    return bonne | valeurs


def etat(
    idcc: str = "2511",
    actuel: str = "AFDAS",
    convention: Convention | None = SPORT,
    attendu: Opco | None = AFDAS,
) -> tuple[EtatOpco, str]:
    """Return the state and the OPCO expected on the day."""
    trouve = rules.situation(
        idcc=idcc, actuel=actuel, convention=convention, attendu=attendu, au=LE_JOUR
    )
    return trouve.etat, trouve.attendu


@pytest.mark.exigence("O3", "O4")
def test_the_state_compares_the_record_with_the_correspondence() -> None:
    """The same OPCO whatever the writing; another, or none, is to be brought up to date."""
    assert etat() == (EtatOpco.A_JOUR, "AFDAS")
    assert etat(actuel="Afdas") == (EtatOpco.A_JOUR, "AFDAS")
    assert etat(actuel=AFDAS.nom_officiel.upper()) == (EtatOpco.A_JOUR, "AFDAS")
    assert etat(actuel="Uniformation") == (EtatOpco.A_METTRE_A_JOUR, "AFDAS")
    assert etat(actuel="") == (EtatOpco.A_METTRE_A_JOUR, "AFDAS")


@pytest.mark.exigence("O4")
def test_without_convention_nothing_corresponds() -> None:
    """No CCN, 9999, an unknown IDCC, a closed convention: each has its own reason."""
    close = Convention("0550", "Travailleuses", "", "clôturée", date(2017, 5, 31), "", False)

    assert etat(idcc="", convention=None, attendu=None)[0] == EtatOpco.SANS_CONVENTION
    assert etat(idcc="9999", convention=None, attendu=None) == (
        EtatOpco.NON_REPERTORIEE,
        "Caisse non répertoriée",
    )
    assert etat(idcc="1234", convention=None, attendu=None)[0] == EtatOpco.NON_REPERTORIEE
    assert etat(idcc="0550", convention=close, attendu=None)[0] == EtatOpco.CONVENTION_CLOTUREE


def test_correspondences_are_periods_open_at_the_end() -> None:
    """An empty end means « still valid »."""
    deux = [
        correspondance(fin_le="2020-12-31"),
        correspondance(opco="AKTO", debut_le="2021-01-01"),
    ]
    lues = rules.lire_correspondances(deux, {"AFDAS", "AKTO"})

    assert [c.opco_code for c in lues] == ["AFDAS", "AKTO"]
    assert lues[1].periode.fin == FIN_OUVERTE


@pytest.mark.parametrize(
    ("lignes", "cause"),
    [
        ([correspondance(idcc="25")], "quatre chiffres"),
        ([correspondance(opco="OPCA")], "est inconnu"),
        ([correspondance(debut_le="")], "AAAA-MM-JJ"),
        ([correspondance(fin_le="2019-03-31")], "la fin précède le début"),
        ([correspondance(), correspondance(opco="AKTO", debut_le="2024-01-01")], "deux OPCO"),
    ],
)
def test_a_defect_of_the_correspondence_is_refused(
    lignes: list[dict[str, str]], cause: str
) -> None:
    """The refusal names the IDCC and what is wrong."""
    with pytest.raises(CorrespondancesRefusees) as refus:
        rules.lire_correspondances(lignes, {"AFDAS", "AKTO"})
    assert cause in refus.value.texte()


@given(st.lists(st.sampled_from(["", "2019-04-01", "2020-06-30", "2021-07-01"]), max_size=4))
def test_a_day_never_has_two_opco(debuts: list[str]) -> None:
    """Whatever is read, the periods of one IDCC do not overlap."""
    lignes = [correspondance(debut_le=d, fin_le="2021-12-31") for d in debuts if d]
    if len(lignes) < 2:
        assert len(rules.lire_correspondances(lignes, {"AFDAS"})) == len(lignes)
        return
    with pytest.raises(CorrespondancesRefusees, match="deux OPCO"):
        rules.lire_correspondances(lignes, {"AFDAS"})


@pytest.mark.parametrize(
    ("valeurs", "cause"),
    [({"libelle": ""}, "un nom manque"), ({"code": ""}, "un nom manque")],
)
def test_an_opco_without_name_is_refused(valeurs: dict[str, str], cause: str) -> None:
    """Code, label and official name are all needed."""
    ligne = {"code": "AFDAS", "libelle": "AFDAS", "nom_officiel": "AFDAS", **valeurs}
    with pytest.raises(CorrespondancesRefusees, match=cause):
        rules.lire_opco([ligne])


def test_an_opco_twice_is_refused() -> None:
    """One line per OPCO."""
    ligne = {"code": "AFDAS", "libelle": "AFDAS", "nom_officiel": "AFDAS"}
    with pytest.raises(CorrespondancesRefusees, match="deux fois"):
        rules.lire_opco([ligne, ligne])


@pytest.mark.exigence("O1")
def test_former_opca_map_to_their_opco_from_the_reform_on() -> None:
    """20 OPCA; nothing before 01/04/2019; several OPCO where the IDCC decides."""
    anciens = anciens_opca()

    assert len(anciens) == 20
    assert rules.successeurs(anciens, "UNIFAF", date(2019, 4, 1)) == ("OPCO Santé",)
    assert rules.successeurs(anciens, "Unifaf", date(2019, 3, 31)) == ()
    assert rules.successeurs(anciens, "Uniformation", LE_JOUR) == ("Uniformation", "AFDAS")
    assert len(rules.successeurs(anciens, "Agefos PME", LE_JOUR)) == 11
    assert rules.successeurs(anciens, "Inconnu", LE_JOUR) == ()


def test_a_former_opca_without_known_opco_is_refused() -> None:
    """Its OPCO must be one of the 11."""
    ligne = {"opca": "Forco", "opco": "X", "autres_opco": "", "regle": "", "opco_depuis_le": ""}
    with pytest.raises(CorrespondancesRefusees, match="est inconnu"):
        rules.lire_anciens_opca([ligne], {"AFDAS"})
    with pytest.raises(CorrespondancesRefusees, match="AAAA-MM-JJ"):
        rules.lire_anciens_opca([ligne | {"opco": "AFDAS"}], {"AFDAS"})
