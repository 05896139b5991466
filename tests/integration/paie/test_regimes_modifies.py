"""Branch regimes changed by an update: who is marked, for which months, and who is not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import Programme, rattraper
from app.noyau.periodes import Mois
from app.organismes import service as organismes
from app.paie.models import BaremesAppliques
from app.paie.rules.instantane import instantane as instantane_des_baremes
from app.paie.service.a_recalculer import lister_a_recalculer, lister_a_regulariser
from app.paie.service.baremes import moteur
from app.paie.service.calculer import BilanCalcul
from app.paie.service.exercices import clore_exercice
from app.paie.service.lire import etats_du_mois
from app.paie.service.portee import Portee
from app.paie.service.recalculer import a_recalculer
from app.paie.service.suivi_baremes import marquer_les_ecarts
from app.paie.service.valider import valider_le_mois
from app.prevoyance import service as prevoyance
from app.prevoyance.rules.instantane import instantane
from app.prevoyance.service.regimes import DOSSIER, charger_regimes
from app.prevoyance.service.suivi_regimes import instantane_des_regimes
from tests.integration.paie.conftest import Maison, creer_employeur, embaucher

CONFIRMES = {f"PRV-{n}" for n in range(201, 210)}
Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def club(programme: Programme, calculer: Calculer) -> Maison:
    """Two non-cadres and a cadre in the contract of the sport, one in none; 2024-12 to 2025-02."""
    employeur = creer_employeur(programme, idcc="2511")
    noms = {"Abel": "non_cadre", "Bruno": "non_cadre", "Coste": "cadre", "Denis": "non_cadre"}
    paires = [
        embaucher(programme, employeur, nom, categorie=categorie, debut_le="01/12/2024")
        for nom, categorie in noms.items()
    ]
    contrats = tuple(c for _, c in paires)
    with programme.transaction() as t:
        caisse = organismes.creer_organisme(t, {"famille": "prevoyance", "nom": "Caisse d'essai"})
        saisie = {
            "regime": "SPORT",
            "organisme_id": str(caisse),
            "reference": "S-1",
            "debut_le": "01/12/2024",
        }
        numero = prevoyance.creer_parametree(t, employeur, saisie, CONFIRMES)
        prevoyance.attacher(t, numero, contrats[:3], confirmes=CONFIRMES)
    for mois in (Mois(2024, 12), Mois(2025, 1), Mois(2025, 2)):
        calculer(mois)
        if mois != Mois(2025, 2):
            with programme.transaction() as t:
                valider_le_mois(t, mois)
    return Maison(employeur, tuple(s for s, _ in paires), contrats)


def modifie(dossier: Path, avant: str, apres: str) -> dict[str, Any]:
    """Return the figures of a copy of the regimes in which that of the sport is altered."""
    copie = dossier / "regimes"
    shutil.copytree(DOSSIER, copie)
    fichier = copie / "1_sport.yaml"
    texte = fichier.read_text(encoding="utf-8")
    assert avant in texte
    fichier.write_text(texte.replace(avant, apres), encoding="utf-8")
    lu: dict[str, Any] = json.loads(json.dumps(instantane(charger_regimes(copie))))
    return lu


def marquer(programme: Programme, avant: dict[str, Any]) -> int:
    """Mark what the regimes of the program change since these ones."""
    baremes = instantane_des_baremes(moteur().baremes)
    with programme.transaction() as t:
        return marquer_les_ecarts(
            t, {**baremes, "regimes": avant}, {**baremes, "regimes": instantane_des_regimes()}
        )


ANCIEN_TAUX = (
    "t1: {employeur: 0.485 %, salarie: 0.485 %}",
    "t1: {employeur: 0.1 %, salarie: 0.1 %}",
)


@pytest.mark.exigence("P1", "P12")
def test_another_rate_marks_the_months_and_the_people_it_touches(
    programme: Programme, club: Maison, tmp_path: Path
) -> None:
    """From January 2025: not December; not the cadre, whom it is not for; not who is in none."""
    assert marquer(programme, modifie(tmp_path, *ANCIEN_TAUX)) == 2
    with programme.transaction() as t:
        assert a_recalculer(t) == {Mois(2025, 1): 2}
        vus = lister_a_recalculer(t, Portee()).groupes[0].bulletins
        assert [v.raisons[0].motif for v in vus] == [
            "Régime de prévoyance « Sport » : change à partir du 01/01/2025"
        ] * 2
        assert vus[0].raisons[0].depuis == Mois(2025, 1).debut
        brouillons = etats_du_mois(t, Mois(2025, 2), club.contrats)
        assert [brouillons[c].perime for c in club.contrats] == [True, True, False, False]


@pytest.mark.exigence("P12")
@pytest.mark.usefixtures("club")
def test_texts_mark_nothing(programme: Programme, tmp_path: Path) -> None:
    """Nor does a base of before regimes were followed."""
    assert marquer(programme, modifie(tmp_path, "Avenant n° 205", "Avenant numéro 205")) == 0
    assert marquer(programme, {}) == 0
    with programme.transaction() as t:
        assert a_recalculer(t) == {}


@pytest.mark.exigence("P12")
def test_who_is_attached_is_touched_even_without_a_line(
    programme: Programme, club: Maison, tmp_path: Path
) -> None:
    """The regime did not ask anything of cadres, as far as bulletins know: now it does."""
    avant = modifie(tmp_path, "sans_objet: ", "manque: ")
    assert marquer(programme, avant) == 2
    with programme.transaction() as t:
        assert a_recalculer(t) == {Mois(2024, 12): 1, Mois(2025, 1): 1}
        assert {b.salarie_id for g in lister_a_recalculer(t, Portee()).groupes
                for b in g.bulletins} == {club.salaries[2]}  # fmt: skip


@pytest.mark.exigence("P12")
@pytest.mark.usefixtures("club")
def test_who_bears_a_line_is_touched_even_when_no_longer_attached(
    programme: Programme, tmp_path: Path
) -> None:
    """Rows of rattachement may be gone by other ways than the services."""
    with programme.transaction() as t:
        t.session.connection().exec_driver_sql("DELETE FROM rattachement")
    assert marquer(programme, modifie(tmp_path, *ANCIEN_TAUX)) == 2
    with programme.transaction() as t:
        assert a_recalculer(t) == {Mois(2025, 1): 2}


@pytest.mark.exigence("P12")
def test_a_closed_year_is_never_marked(programme: Programme, club: Maison, tmp_path: Path) -> None:
    """It is only listed as to be regularised."""
    with programme.transaction() as t:
        clore_exercice(t, club.employeur, 2025)
    assert marquer(programme, modifie(tmp_path, *ANCIEN_TAUX)) == 0
    with programme.transaction() as t:
        assert a_recalculer(t) == {}
        assert len(lister_a_regulariser(t, Portee())) == 2


@pytest.mark.exigence("P12")
@pytest.mark.usefixtures("club")
def test_the_next_start_marks_once(programme: Programme, tmp_path: Path) -> None:
    """The snapshot of the last calculation holds the regimes; the digest is looked at first."""
    with programme.transaction() as t:
        (applique,) = t.session.query(BaremesAppliques).all()
        chiffres = json.loads(applique.chiffres)
        assert set(chiffres["regimes"]) == set(instantane_des_regimes())
        chiffres["regimes"] = modifie(tmp_path, *ANCIEN_TAUX)
        applique.chiffres = json.dumps(chiffres)
    rattraper(programme.magasin)
    with programme.transaction() as t:
        assert a_recalculer(t) == {}
        (applique,) = t.session.query(BaremesAppliques).all()
        applique.empreinte = applique.empreinte.partition(" ")[0] + " d'autres régimes"
    for _ in range(2):
        rattraper(programme.magasin)
        with programme.transaction() as t:
            assert a_recalculer(t) == {Mois(2025, 1): 2}
            assert t.session.query(BaremesAppliques).count() == 2
