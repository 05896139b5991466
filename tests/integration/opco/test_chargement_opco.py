"""The correspondence CCN → OPCO in its tables."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from app.conventions import service as conventions
from app.opco.errors import CorrespondancesRefusees
from app.opco.rules import EtatOpco
from app.opco.service import (
    DOSSIER,
    charger,
    correspondance,
    libelles,
    lister_opco,
    situation,
)
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


@pytest.mark.exigence("O1", "O4")
@pytest.mark.parametrize(
    ("idcc", "attendu"),
    [
        ("2511", "AFDAS"),
        ("1518", "Uniformation"),
        ("1261", "Uniformation"),
        ("1031", "Uniformation"),
        ("2941", "Uniformation"),
        ("1285", "AFDAS"),
        ("3090", "AFDAS"),
        ("0029", "OPCO Santé"),
        ("0413", "OPCO Santé"),
        ("2264", "OPCO Santé"),
        ("1790", "AFDAS"),
        ("9999", "Caisse non répertoriée"),
    ],
)
def test_the_conventions_of_associations_have_their_opco(
    chargee: Magasin, idcc: str, attendu: str
) -> None:
    """Those that associations follow most, from the reform to today.

    Source: table of the ministère du Travail of 19/07/2019 and référentiel national of June 2026.
    """
    with chargee.transaction("essai") as t:
        assert correspondance(t, idcc, date(2019, 4, 1)) == attendu
        assert correspondance(t, idcc, LE_JOUR) == attendu
        convention = conventions.lire(t, idcc)
        assert convention is not None
        assert not convention.est_close(LE_JOUR)


@pytest.mark.exigence("O1", "O4")
def test_uniformation_is_the_opco_of_social_cohesion(chargee: Magasin) -> None:
    """CCN 1518 gives « l'Opco de la Cohésion sociale » by its official name."""
    with chargee.transaction("essai") as t:
        officiels = {o.opco.libelle: o.opco.nom_officiel for o in lister_opco(t, LE_JOUR)}
    assert len(officiels) == 11
    assert officiels["Uniformation"] == "Uniformation, l'Opco de la Cohésion sociale"


@pytest.mark.exigence("O1")
@pytest.mark.parametrize(
    ("idcc", "etat", "cloturee_le", "remplacee_par"),
    [
        ("2511", "ouverte", None, ""),
        ("1031", "rattachée", None, "1518"),
        ("0054", "clôturée", date(2023, 12, 31), "3248"),
        ("0650", "clôturée", date(2023, 12, 31), "3248"),
        ("0804", "clôturée", None, ""),
    ],
)
def test_conventions_have_their_state_their_closing_and_what_follows(
    chargee: Magasin, idcc: str, etat: str, cloturee_le: date | None, remplacee_par: str
) -> None:
    """Open, attached, closed with its last day and its successor."""
    with chargee.transaction("essai") as t:
        convention = conventions.lire(t, idcc)
    assert convention is not None
    assert (convention.etat, convention.cloturee_le) == (etat, cloturee_le)
    assert convention.remplacee_par == remplacee_par
