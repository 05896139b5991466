"""What is wrong, when to try again, what the indicator says, how fields are read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.noyau.champs_planning import HeureIllisible, lire_heure
from app.noyau.planning import Echeance, Planning, Unite
from app.sauvegardes.rules import etats
from app.sauvegardes.rules.destination import Destination
from app.sauvegardes.rules.etats import Anomalie, Passage
from app.sauvegardes.rules.script import (
    Script,
    lire_rythme,
    nom_de_fichier,
    prefixe,
)

MIDI = datetime(2026, 6, 15, 10, tzinfo=UTC)
PLANNING = Planning(1, Unite.JOUR, time(23), date(2026, 6, 1))
SCRIPT = Script(
    1, 1, "Nuit", PLANNING, Destination(dossier="/coffre"), 5, chiffre=False, servie_a=None
)
DEMAIN = MIDI + timedelta(days=1)


@pytest.mark.exigence("A1")
@given(minutes=st.integers(0, 300))
def test_a_failure_is_tried_again_after_half_an_hour(minutes: int) -> None:
    """Whatever is due; a clock set back does not hold it up."""
    e = Echeance(MIDI, 0, DEMAIN)
    maintenant = MIDI + timedelta(minutes=minutes)

    assert etats.est_a_executer(e, Passage(MIDI, bonne=False), maintenant) == (minutes >= 30)
    assert etats.est_a_executer(e, Passage(MIDI, bonne=True), maintenant)
    assert etats.est_a_executer(e, Passage(DEMAIN, bonne=False), MIDI)
    assert not etats.est_a_executer(Echeance(None, 0, DEMAIN), None, maintenant)


@pytest.mark.exigence("A3")
def test_a_date_is_incorrect_when_it_is_past_or_missing() -> None:
    """Owed for long, none to come; not when the run is due now."""
    passee = Echeance(MIDI - timedelta(hours=2), 0, DEMAIN)
    a_l_heure = Echeance(MIDI - timedelta(minutes=1), 0, DEMAIN)

    vue = etats.date_incorrecte(SCRIPT, passee, MIDI)
    assert vue is not None
    assert vue.titre == "Date de sauvegarde incorrecte"
    assert etats.date_incorrecte(SCRIPT, Echeance(None, 0, None), MIDI) is not None
    assert etats.date_incorrecte(SCRIPT, a_l_heure, MIDI) is None


@pytest.mark.exigence("S11")
@given(jours=st.integers(0, 400))
def test_the_indicator_warns_after_seven_days(jours: int) -> None:
    """The worst first: an anomaly, then no script, then too old."""
    vu = etats.temoin((), MIDI - timedelta(days=jours), DEMAIN, MIDI, scripts=1)
    assert vu.genre == ("bon" if jours < 7 else "alerte")
    anomalie = Anomalie(1, "Nuit", etats.EMPLACEMENT, "disque plein", "Libérez de la place.")
    assert etats.temoin((anomalie,), MIDI, DEMAIN, MIDI, scripts=1).genre == "erreur"
    assert etats.temoin((), None, None, MIDI, scripts=0).genre == "alerte"


@given(st.times())
def test_an_hour_is_read_back(heure: time) -> None:
    """As it is written, and as people write it."""
    assert lire_heure(f"{heure:%H:%M}") == f"{heure:%H:%M}"
    assert lire_heure(f"{heure.hour}h{heure.minute:02d}") == f"{heure:%H:%M}"


@pytest.mark.parametrize("saisie", ["24:00", "12:60", "minuit", "-1:00", "1:2", ""])
def test_what_is_no_hour_is_refused(saisie: str) -> None:
    with pytest.raises(HeureIllisible):
        lire_heure(saisie)


@pytest.mark.parametrize(
    ("saisie", "lu"),
    [("1 jour", ("1", "jour")), ("2 semaines", ("2", "semaine")), ("3 mois", ("3", "mois")),
     ("un jour", None), ("2 ans", None)],
)  # fmt: skip
def test_a_rhythm_is_read(saisie: str, lu: tuple[str, str] | None) -> None:
    assert lire_rythme(saisie) == lu


@given(st.text(max_size=80))
def test_files_bear_names_that_every_disk_takes(nom: str) -> None:
    """Lower case, digits and dashes; never empty, never long."""
    assert set(prefixe(nom)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(prefixe(nom)) <= 40
    assert nom_de_fichier(nom, MIDI).endswith("-20260615-100000Z.clairpaie")
