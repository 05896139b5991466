"""Identifiers drawn for the demonstration have good keys."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.demonstration.rules import cles
from app.demonstration.rules.matiere import Banque
from app.demonstration.rules.tirage import Tirage
from app.noyau.identifiants import (
    lire_bic,
    lire_iban,
    lire_nir,
    lire_rna,
    lire_siret,
    lire_telephone,
)

GRAINES = st.integers(min_value=0, max_value=10**9)
INSEE = st.sampled_from(["75111", "2A004", "2B033", "97411", "05061", "99350", "01053"])


@given(GRAINES)
def test_every_siret_has_a_good_key(graine: int) -> None:
    """SIREN and SIRET both pass Luhn's check."""
    siret = cles.siret(Tirage(graine))
    assert lire_siret(siret) == siret
    assert siret[8] == cles.cle_de_luhn(siret[:8])


@given(GRAINES, INSEE, st.dates(date(1940, 1, 1), date(2009, 12, 31)), st.booleans())
def test_every_nir_agrees_with_the_person(
    graine: int, insee: str, naissance: date, femme: bool
) -> None:
    """Sex, year, month, place and key; Corsica was 20 before 1976."""
    nir = cles.nir(Tirage(graine), naissance, insee, femme=femme)

    assert lire_nir(nir) == nir
    assert nir[0] == ("2" if femme else "1")
    assert nir[1:5] == f"{naissance:%y%m}"
    ancienne_corse = insee[:2] in {"2A", "2B"} and naissance.year < 1976
    assert nir[5:10] == ("20" + insee[2:] if ancienne_corse else insee)


@given(GRAINES, st.sampled_from(["10278", "42559", "30004"]))
def test_every_iban_has_both_keys(graine: int, code: str) -> None:
    """The key of the IBAN (modulo 97) and the clé RIB inside it."""
    iban = cles.iban(Tirage(graine), Banque(code, "CMCIFR2A"))

    assert lire_iban(iban) == iban
    rib = iban[4:]
    assert (89 * int(rib[:5]) + 15 * int(rib[5:10]) + 3 * int(rib[10:21]) + int(rib[21:])) % 97 == 0


@given(GRAINES, INSEE, st.booleans())
def test_rna_and_telephones_have_the_right_shape(graine: int, insee: str, mobile: bool) -> None:
    """Telephones are of the ranges set apart for fiction."""
    tirage = Tirage(graine)
    rna, telephone = cles.rna(tirage, insee), cles.telephone(tirage, mobile=mobile)

    assert lire_rna(rna) == rna
    assert lire_telephone(telephone) == telephone
    assert telephone.startswith("063998" if mobile else ("0199", "0261", "0353", "0465", "0536"))


def test_a_known_iban_and_siret_come_out_of_the_same_keys() -> None:
    """The SIREN of La Poste's neighbour in the textbooks: 732 829 320."""
    assert cles.cle_de_luhn("73282932") == "0"
    assert cles.cle_de_luhn("7328293200007") == "4"
    assert lire_bic("CMCIFR2A") == "CMCIFR2A"


def test_the_departement_of_a_birth() -> None:
    """Two characters, three overseas, 99 abroad."""
    assert [cles.departement(i) for i in ("75111", "2A004", "97411", "99350")] == [
        "75",
        "2A",
        "974",
        "99",
    ]
