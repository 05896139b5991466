"""Identifiers of the trade: keys, shapes, what is stored, what is shown, what is hidden."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import numdb
from stdnum.iso7064 import mod_97_10

from app.noyau import identifiants as i
from app.noyau.erreurs import ErreurMetier
from tests import strategies

CHIFFRES = "0123456789"


def _change(texte: str, place: int, nouveau: str) -> str:
    assume(texte[place] != nouveau)
    return texte[:place] + nouveau + texte[place + 1 :]


@given(strategies.nirs())
def test_a_nir_is_read_back_as_shown(nir: str) -> None:
    """Compact, as on the card, with dashes or in lower case: stored the same."""
    assert i.lire_nir(nir) == nir
    assert i.lire_nir(i.afficher_nir(nir)) == nir
    assert i.lire_nir(f" {i.afficher_nir(nir).replace(' ', '-').lower()} ") == nir


@given(strategies.nirs(), st.integers(0, 14), st.sampled_from(CHIFFRES))
def test_any_wrong_digit_of_a_nir_is_found(nir: str, place: int, nouveau: str) -> None:
    """One character changed is always refused, in the number or in its key, Corsica included."""
    with pytest.raises((i.CleFausse, i.IdentifiantMalForme)):
        i.lire_nir(_change(nir, place, nouveau))


@pytest.mark.parametrize(
    "nir",
    [
        "2 55 08 14 168 025 38",
        "1 85 05 2A 004 001 81",
        "1 85 05 2B 033 001 14",
        "185 05 2b 033 00114",
    ],
)
def test_known_nirs_are_read(nir: str) -> None:
    """The example of the field, both departments of Corsica."""
    assert len(i.lire_nir(nir)) == 15


@pytest.mark.parametrize("premier", "3478")
def test_provisional_nirs_are_read(premier: str) -> None:
    """Persons who wait for their number have one that begins with 3, 4, 7 or 8."""
    corps = f"{premier}850578006084"
    nir = corps + f"{97 - int(corps) % 97:02}"

    assert i.lire_nir(nir) == nir


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("", "TEC-120"),
        ("255081416802", "TEC-120"),
        ("2550814168025381", "TEC-120"),
        ("255081416802539", "TEC-121"),
        ("555081416802538", "TEC-122"),
        ("25508141680253X", "TEC-122"),
        ("2550820168025٣٨", "TEC-122"),
        ("255082C16802538", "TEC-122"),
    ],
)
def test_what_is_no_nir_is_refused(saisie: str, code: str) -> None:
    """Too short, wrong key, impossible character: each says which."""
    with pytest.raises(ErreurMetier) as refus:
        i.lire_nir(saisie)

    assert refus.value.code == code


@given(strategies.sirets())
def test_a_siret_is_read_back_as_shown(siret: str) -> None:
    """By groups or in one piece."""
    assert i.lire_siret(siret) == siret
    assert i.lire_siret(i.afficher_siret(siret)) == siret


@given(strategies.sirets(), st.integers(0, 13), st.sampled_from(CHIFFRES))
def test_any_wrong_digit_of_a_siret_is_found(siret: str, place: int, nouveau: str) -> None:
    """Luhn's key finds one digit changed, wherever it stands."""
    assume(not siret.startswith("356000000"))
    with pytest.raises(i.CleFausse):
        i.lire_siret(_change(siret, place, nouveau))


@given(strategies.sirets(), st.integers(0, 8), st.sampled_from(CHIFFRES))
def test_a_siren_is_the_head_of_a_siret_and_has_its_key(
    siret: str, place: int, nouveau: str
) -> None:
    """Read back as shown; any wrong digit is found; nine zeros are none."""
    siren = siret[:9]
    assert i.lire_siren(i.afficher_siren(siren)) == siren
    assume(siren[place] != nouveau)
    with pytest.raises(ErreurMetier):
        i.lire_siren(_change(siren, place, nouveau))
    for faux in ("000 000 000", "12345678", "ABCDEFGHI"):
        with pytest.raises(ErreurMetier):
            i.lire_siren(faux)


@pytest.mark.parametrize("siret", ["35600000000048", "35600000049837", "35600000050024"])
def test_la_poste_has_its_own_rule(siret: str) -> None:
    """Its establishments have digits that sum to a multiple of five; its head office, Luhn."""
    assert i.lire_siret(siret) == siret


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("7328293200007", "TEC-120"),
        ("73282932000075", "TEC-121"),
        ("35600000049838", "TEC-121"),
        ("7328293200007A", "TEC-122"),
        ("0" * 14, "TEC-122"),
    ],
)
def test_what_is_no_siret_is_refused(saisie: str, code: str) -> None:
    """Fourteen zeros satisfy Luhn and are no SIRET."""
    with pytest.raises(ErreurMetier) as refus:
        i.lire_siret(saisie)

    assert refus.value.code == code


@given(strategies.ibans())
def test_an_iban_is_read_back_as_shown(iban: str) -> None:
    """By groups of four, with no-break spaces, in lower case."""
    assert i.lire_iban(iban) == iban
    assert i.lire_iban(i.afficher_iban(iban).replace(" ", "\u202f").lower()) == iban


@given(strategies.ibans(), st.integers(2, 26), st.sampled_from(CHIFFRES))
def test_any_wrong_digit_of_an_iban_is_found(iban: str, place: int, nouveau: str) -> None:
    """The key modulo 97 finds one digit changed."""
    assume(iban[place].isdigit())
    with pytest.raises((i.CleFausse, i.IdentifiantMalForme)):
        i.lire_iban(_change(iban, place, nouveau))


ETRANGERS = {
    "BE68539007547034": "BE68 5390 0754 7034",
    "DE89370400440532013000": "DE89 3704 0044 0532 0130 00",
    "GB29NWBK60161331926819": "GB29 NWBK 6016 1331 9268 19",
    "MC5811222000010123456789030": "MC58 1122 2000 0101 2345 6789 030",
    "MT84MALT011000012345MTLCAST001S": "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
    "NO9386011117947": "NO93 8601 1117 947",
    "CH9300762011623852957": "CH93 0076 2011 6238 5295 7",
}


@pytest.mark.parametrize("iban", ETRANGERS)
def test_foreign_ibans_are_read_and_shown(iban: str) -> None:
    """From Norway's 15 characters to Malta's 31."""
    assert i.lire_iban(ETRANGERS[iban]) == iban
    assert i.afficher_iban(iban) == ETRANGERS[iban]


@pytest.mark.parametrize(("pays", "longueur"), [("DE", 22), ("NO", 15), ("LU", 20), ("FR", 27)])
def test_the_length_of_each_country_is_said(pays: str, longueur: int) -> None:
    """An IBAN of a wrong length is refused with the right one, before its key is looked at."""
    with pytest.raises(i.IdentifiantIncomplet) as refus:
        i.lire_iban(pays + "0" * longueur)

    assert f"compte {longueur} caractères : {longueur + 2} saisis" in refus.value.texte().replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("pays", ["AD", "BR", "EG", "IT", "LC", "SC", "UA"])
def test_a_good_key_is_found_for_the_structure_of_each_country(pays: str) -> None:
    """An account made of zeros and of the country's key is read, whatever its length."""
    structure = numdb.get("iban").info(pays)[0][1]["bban"]
    bban = "".join(
        ("A" if genre == "a" else "0") * int(n)
        for n, genre in re.findall(r"(\d+)!([nac])", structure)
    )
    iban = pays + str(mod_97_10.calc_check_digits(bban + pays)) + bban

    assert i.lire_iban(iban) == iban
    with pytest.raises(i.IdentifiantIncomplet):
        i.lire_iban(iban + "0")


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("", "TEC-122"),
        ("ZZ7630006000011234567890189", "TEC-122"),
        ("FR7630006000011234567890188", "TEC-121"),
        ("FR76", "TEC-120"),
        ("123", "TEC-122"),
        ("+-!", "TEC-122"),
    ],
)
def test_what_is_no_iban_is_refused(saisie: str, code: str) -> None:
    """An unknown country, a wrong key, text."""
    with pytest.raises(ErreurMetier) as refus:
        i.lire_iban(saisie)

    assert refus.value.code == code


def test_the_country_of_an_iban_is_named() -> None:
    """In French for ours, by its code for the others."""
    with pytest.raises(i.IdentifiantIncomplet, match=r"^Un IBAN français compte 27"):
        i.lire_iban("FR76 3000")
    with pytest.raises(i.IdentifiantIncomplet, match=r"^Un IBAN BE compte 16"):
        i.lire_iban("BE68 5390")


def test_a_wrong_key_is_said_in_good_french() -> None:
    """« cet IBAN », « ce NIR », with the document to compare with."""
    with pytest.raises(i.CleFausse) as iban:
        i.lire_iban("FR7630006000011234567890188")
    with pytest.raises(i.CleFausse) as nir:
        i.lire_nir("255081416802539")

    assert "La clé de contrôle de cet IBAN est fausse" in iban.value.texte()
    assert "La clé de contrôle de ce NIR est fausse" in nir.value.texte()
    assert "la carte Vitale du salarié" in nir.value.texte_remede()


@pytest.mark.parametrize(
    ("lire", "saisie", "attendu"),
    [
        (i.lire_bic, "agri fr pp", "AGRIFRPP"),
        (i.lire_bic, "CMCIFR2AXXX", "CMCIFR2AXXX"),
        (i.lire_naf, "93.12z", "9312Z"),
        (i.lire_rna, "w 751 234 567", "W751234567"),
        (i.lire_rna, "W2A1000123", "W2A1000123"),
        (i.lire_idcc, "2511", "2511"),
        (i.lire_idcc, "16", "0016"),
        (i.lire_code_postal, "75 011", "75011"),
        (i.lire_code_postal, "1000", "01000"),
        (i.lire_courriel, " Contact@Association.fr ", "Contact@Association.fr"),
        (i.lire_courriel, "a.b+c@x-y.co.uk", "a.b+c@x-y.co.uk"),
        (i.lire_telephone, "01 23 45 67 89", "0123456789"),
        (i.lire_telephone, "01.23.45.67.89", "0123456789"),
        (i.lire_telephone, "123456789", "0123456789"),
        (i.lire_telephone, "103456789", "0103456789"),
        (i.lire_telephone, "+33 (0)1 23 45 67 89", "+33123456789"),
        (i.lire_telephone, "+687 27 12 34 5", "+6872712345"),
    ],
)
def test_other_identifiers_are_read(lire, saisie: str, attendu: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- one column of functions
    """Stored compact, with the zeros that a spreadsheet drops."""
    assert lire(saisie) == attendu


@pytest.mark.parametrize(
    ("lire", "saisie"),
    [
        (i.lire_bic, "AGRIFR"),
        (i.lire_bic, "AGRIZZPP"),
        (i.lire_bic, "1GRIFRPP"),
        (i.lire_naf, "9312"),
        (i.lire_naf, "93.12ZZ"),
        (i.lire_rna, "751234567"),
        (i.lire_rna, "W75123456"),
        (i.lire_idcc, "25111"),
        (i.lire_idcc, ""),
        (i.lire_idcc, "25A1"),
        (i.lire_code_postal, "750"),
        (i.lire_code_postal, "7501A"),
        (i.lire_code_postal, "A000"),
        (i.lire_courriel, "contact"),
        (i.lire_courriel, "contact@"),
        (i.lire_courriel, "contact@association"),
        (i.lire_courriel, "a b@c.fr"),
        (i.lire_courriel, "a@b..fr"),
        (i.lire_courriel, "<script>@c.fr"),
        (i.lire_telephone, "0023456789"),
        (i.lire_telephone, "01 23 45 67"),
        (i.lire_telephone, "012345678"),
        (i.lire_telephone, "+0123456789"),
        (i.lire_telephone, "+33 abc"),
        (i.lire_telephone, ""),
    ],
)
def test_what_has_not_the_shape_is_refused(lire, saisie: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- one column of functions
    """With an example of the right one."""
    with pytest.raises(i.IdentifiantMalForme) as refus:
        lire(saisie)

    assert "par exemple" in refus.value.texte_remede()


def test_identifiers_are_shown_by_groups() -> None:
    """As the documents print them; what is no French shape is left as it is."""
    assert i.afficher_nir("255081416802538") == "2 55 08 14 168 025 38"
    assert i.afficher_siret("73282932000074") == "732 829 320 00074"
    assert i.afficher_naf("9312Z") == "93.12Z"
    assert i.afficher_naf("") == ""
    assert i.afficher_telephone("0123456789") == "01 23 45 67 89"
    assert i.afficher_telephone("+33123456789") == "+33123456789"


AUTOUR = st.sampled_from(["", " ", "nir=", "« ", "compte:", "fichier_", "(", "l'"])
SUITE = st.sampled_from(["", " ", ".pdf", " »", ", suite", "_1", ")", ";"])


@given(strategies.nirs(), AUTOUR, SUITE, st.sampled_from([" ", "", "-", ".", "\u202f", "\u00a0"]))
def test_no_nir_is_left_in_a_log(nir: str, avant: str, apres: str, entre: str) -> None:
    """With or without its key, shown or compact, wherever it stands in the text."""
    montre = i.afficher_nir(nir).replace(" ", entre)

    for texte in (montre, montre[: -2 - len(entre)], montre.lower()):
        masque = i.masquer(avant + texte + apres)
        assert "***" in masque
        assert nir[5:13] not in i.compacter(masque)


@given(
    st.one_of(strategies.ibans(), st.sampled_from(sorted(ETRANGERS))),
    st.sampled_from(["", " ", "iban=", "« ", "compte_", "("]),
    SUITE,
    st.sampled_from([" ", "", "-", "\u202f", "\u00a0"]),
)
def test_no_iban_is_left_in_a_log(iban: str, avant: str, apres: str, entre: str) -> None:
    """French and foreign, shown or compact, upper or lower case."""
    montre = i.afficher_iban(iban).replace(" ", entre)

    for texte in (montre, montre.lower()):
        masque = i.masquer(avant + texte + apres)
        assert "***" in masque
        assert iban[4:12] not in i.compacter(masque)


@pytest.mark.parametrize(
    "texte",
    [
        "backup.verified script=Nuit size=123456789 seconds=12",
        "bug reference=AB23CD type=ValueError at=argent.py:42 produit",
        "schema.upgrade from=0001 to=0002",
        "program.opened at 2026-11-24 22:37:05",
        "TEC-205 siret 732 829 320 00074",
    ],
)
def test_ordinary_events_are_left_alone(texte: str) -> None:
    """Dates, sizes, references and codes stay readable in the log."""
    assert i.masquer(texte) == texte
