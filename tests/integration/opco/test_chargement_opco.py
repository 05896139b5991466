"""The correspondence CCN → OPCO in its tables."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from app.conventions import service as conventions
from app.opco.errors import CorrespondancesRefusees
from app.opco.rules import EtatOpco
from app.opco.service import DOSSIER, charger, correspondance, libelles, situation
from app.socle.transaction import Magasin

LE_JOUR = date(2026, 1, 1)


@pytest.fixture
def chargee(base: Magasin) -> Magasin:
    """A base with conventions and correspondence."""
    with base.transaction("essai") as t:
        assert conventions.charger(t)
        assert charger(t)
    return base


@pytest.mark.exigence("O4")
def test_sport_gives_afdas_animation_gives_uniformation_9999_none(chargee: Magasin) -> None:
    """The three cases that the trade checks first."""
    with chargee.transaction("essai") as t:
        assert correspondance(t, "2511", LE_JOUR) == "AFDAS"
        assert correspondance(t, "1518", LE_JOUR) == "Uniformation"
        assert correspondance(t, "9999", LE_JOUR) == "Caisse non répertoriée"


@pytest.mark.exigence("O1")
def test_correspondences_have_dates(chargee: Magasin) -> None:
    """None before the reform; none once the convention is closed."""
    with chargee.transaction("essai") as t:
        assert correspondance(t, "2511", date(2019, 3, 31)) is None
        assert correspondance(t, "2511", date(2019, 4, 1)) == "AFDAS"
        assert correspondance(t, "0054", date(2023, 12, 31)) == "OPCO 2i"
        assert correspondance(t, "0054", date(2024, 1, 1)) is None
        assert correspondance(t, "0000", LE_JOUR) is None


@pytest.mark.exigence("O1")
def test_the_eleven_opco_are_offered_and_the_unlisted_caisse(chargee: Magasin) -> None:
    """By name; « Caisse non répertoriée » last."""
    with chargee.transaction("essai") as t:
        choix = libelles(t)
    assert len(choix) == 12
    assert choix[0] == "AFDAS"
    assert {"AKTO", "L'Opcommerce", "OPCO Santé", "Uniformation"} < set(choix)
    assert choix[-1] == "Caisse non répertoriée"


@pytest.mark.exigence("O3", "O4")
def test_the_situation_of_an_employer_at_a_date(chargee: Magasin) -> None:
    """Every state, each with what should be written."""
    attendus = {
        ("2511", "AFDAS"): (EtatOpco.A_JOUR, "AFDAS"),
        ("2511", "Uniformation"): (EtatOpco.A_METTRE_A_JOUR, "AFDAS"),
        ("1518", "Uniformation"): (EtatOpco.A_JOUR, "Uniformation"),
        ("", "AFDAS"): (EtatOpco.SANS_CONVENTION, "Caisse non répertoriée"),
        ("9999", "AFDAS"): (EtatOpco.NON_REPERTORIEE, "Caisse non répertoriée"),
        ("0054", "OPCO 2i"): (EtatOpco.CONVENTION_CLOTUREE, "Caisse non répertoriée"),
    }
    with chargee.transaction("essai") as t:
        for (idcc, actuel), attendu in attendus.items():
            trouve = situation(t, idcc=idcc, actuel=actuel, au=LE_JOUR)
            assert (trouve.etat, trouve.attendu) == attendu


def test_loading_again_changes_nothing_and_is_instant(chargee: Magasin) -> None:
    """False when the files are those in the base already."""
    with chargee.transaction("essai") as t:
        depart = time.perf_counter()
        assert not charger(t)
        assert time.perf_counter() - depart < 0.3


def test_new_data_take_the_place_of_the_old(chargee: Magasin, tmp_path: Path) -> None:
    """A dated change of OPCO is one line ended and one begun."""
    copie = shutil.copytree(DOSSIER, tmp_path / "data")
    fichier = copie / "correspondances.csv"
    texte = fichier.read_text(encoding="utf-8")
    avant = "2511,AFDAS,2019-04-01,,"
    apres = "2511,AFDAS,2019-04-01,2027-12-31,S1\n2511,Uniformation,2028-01-01,,"
    fichier.write_text(texte.replace(avant, apres), encoding="utf-8")

    with chargee.transaction("essai") as t:
        assert charger(t, copie)
        assert correspondance(t, "2511", LE_JOUR) == "AFDAS"
        assert correspondance(t, "2511", date(2028, 1, 1)) == "Uniformation"


def test_a_refused_file_leaves_the_tables_as_they_were(chargee: Magasin, tmp_path: Path) -> None:
    """An unknown OPCO in one line refuses the whole file."""
    copie = shutil.copytree(DOSSIER, tmp_path / "data")
    with (copie / "correspondances.csv").open("a", encoding="utf-8") as flux:
        flux.write("0001,OPCA,2019-04-01,,S1\n")

    with chargee.transaction("essai") as t, pytest.raises(CorrespondancesRefusees):
        charger(t, copie)
    with chargee.transaction("essai") as t:
        assert correspondance(t, "2511", LE_JOUR) == "AFDAS"
