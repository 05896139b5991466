"""Days and years in words, and when a planned extraction runs."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions import service
from app.extractions.rules import Requete
from app.extractions.rules.parametres import Parametre
from app.extractions.rules.programmation import (
    PREFIXE,
    Programmee,
    champs_des_parametres,
    est_due,
    parametres_en_mots,
    saisies_typees,
)
from app.extractions.rules.relatives import ANNEES, JOURS, champ_relatif, saisies_du_jour
from app.noyau.champs import Champ, texte
from app.noyau.champs_planning import HeureIllisible, champs_du_planning, lire_heure, planning_de
from app.noyau.planning import Echeance, Planning, Unite

pytestmark = pytest.mark.exigence("E9")
DU = Parametre("du", "Paie du", "date", "debut_mois")
AU = Parametre("au", "jusqu'au", "date", "fin_mois", apres="du")
ANNEE = Parametre("annee", "Année", "annee", "annee")
JOURS_DU_CALENDRIER = st.dates(date(1991, 1, 1), date(2099, 12, 31))
PAIRES = [
    ("debut_mois", "fin_mois"),
    ("debut_mois_precedent", "fin_mois_precedent"),
    ("debut_annee", "fin_annee"),
    ("debut_annee_precedente", "fin_annee_precedente"),
    ("veille", "aujourdhui"),
    ("debut_annee", "aujourdhui"),
]


@given(JOURS_DU_CALENDRIER, st.sampled_from(PAIRES))
def test_a_period_in_words_is_never_the_wrong_way_round(jour: date, paire: tuple[str, str]) -> None:
    """And a period « précédente » ends before the one of the day begins."""
    debut, fin = (JOURS[mot][1](jour) for mot in paire)
    assert debut <= fin
    if paire[1] == "fin_mois_precedent":
        assert fin + timedelta(days=1) == JOURS["debut_mois"][1](jour)
    if paire[1] == "fin_annee_precedente":
        assert fin + timedelta(days=1) == JOURS["debut_annee"][1](jour)


def test_words_become_what_a_person_would_type_that_day() -> None:
    """The rest is left as it was typed."""
    saisies = {
        "du": "debut_mois_precedent",
        "au": "fin_mois_precedent",
        "annee": "annee_precedente",
    }
    libre = Parametre("mot", "Mot", "texte")
    lues = saisies_du_jour([DU, AU, ANNEE, libre], saisies | {"mot": "veille"}, date(2026, 3, 1))
    assert lues == {"du": "01/02/2026", "au": "28/02/2026", "annee": "2025", "mot": "veille"}


def test_the_field_offers_every_word_and_the_query_s_own_default() -> None:
    """A default that no word says falls back on the first."""
    assert champ_relatif(AU).vide == "fin_mois"
    assert [cle for cle, _ in champ_relatif(ANNEE).nature.choix] == list(ANNEES)
    assert champ_relatif(replace(DU, defaut="01/01/2026")).vide == "aujourdhui"


@pytest.mark.parametrize("requete", service.lister_requetes(), ids=lambda r: r.fichier)
def test_every_query_of_the_catalogue_can_be_planned(requete: Requete) -> None:
    """Its fields are all there, under names that no field of the planning bears."""
    ordinaires = {p.nom: Champ(p.nom, p.libelle, texte(80)) for p in requete.parametres}
    noms = [c.nom for c in champs_des_parametres(requete, ordinaires)]
    assert noms == [f"{PREFIXE}{p.nom}" for p in requete.parametres]
    assert not {c.nom for c in service.CHAMPS_PROGRAMMEE} & set(noms)
    assert saisies_typees(requete, dict.fromkeys(noms, " x ")) == {
        p.nom: "x" for p in requete.parametres
    }


def test_parameters_are_said_in_words() -> None:
    """The label of a choice rather than its code; what is empty is left out."""
    champs = [champ_relatif(DU), Champ("mot", "Mot", texte(9)), Champ("vide", "Vide", texte(9))]
    saisies = {"du": "debut_mois_precedent", "mot": "judo", "vide": ""}
    assert parametres_en_mots(champs, saisies) == (
        "Paie du : le premier jour du mois précédent, Mot : judo"
    )


MAINTENANT = datetime(2026, 6, 15, 9, tzinfo=UTC)
UNE = Programmee(
    id=1,
    version=1,
    nom="Essai",
    requete=35,
    saisies={},
    format="xlsx",
    repertoire="/tmp",  # noqa: S108 -- a value
    planning=Planning(1, Unite.MOIS, time(8), date(2026, 1, 1)),
    active=True,
    servie_a=None,
    executee_a=None,
    lignes=0,
    fichier="",
    cause="",
    remede="",
)


def test_what_is_due_runs_unless_on_hold_or_just_failed() -> None:
    """A failure is tried again half an hour later; one that is said to be of tomorrow too."""
    due = Echeance(MAINTENANT, 0, None)
    ratee = replace(UNE, cause="Disque plein")
    assert est_due(UNE, due, MAINTENANT)
    assert not est_due(UNE, Echeance(None, 0, MAINTENANT), MAINTENANT)
    assert not est_due(replace(UNE, active=False), due, MAINTENANT)
    for minutes, attendu in ((0, False), (29, False), (31, True), (-60, True)):
        executee = MAINTENANT - timedelta(minutes=minutes)
        assert est_due(replace(ratee, executee_a=executee), due, MAINTENANT) is attendu


def test_the_fields_of_a_planning() -> None:
    """Read as they are typed."""
    textes = {"nombre": "2", "unite": "Semaine(s)", "heure": "7h30", "debut_le": "05/01/2026"}
    valeurs = {c.nom: c.lire(textes[c.nom]) for c in champs_du_planning(Unite.MOIS)}
    assert planning_de(valeurs) == Planning(2, Unite.SEMAINE, time(7, 30), date(2026, 1, 5))
    with pytest.raises(HeureIllisible):
        lire_heure("25:00")
