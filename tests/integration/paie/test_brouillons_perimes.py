"""A draft whose facts changed is never validated as it is: computed again first, or refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.organismes import service as organismes
from app.paie.errors import RecalculImpossible
from app.paie.rules.instantane import instantane
from app.paie.service.baremes import moteur
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.lire import EtatBulletin, etats_du_mois
from app.paie.service.portee import Portee
from app.paie.service.raisons import marquer_a_recalculer, raisons_de
from app.paie.service.recalculer import a_recalculer, recalculer, recalculer_un
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.simuler import simuler
from app.paie.service.suivi_baremes import marquer_les_ecarts
from app.paie.service.valider import (
    BilanValidation,
    annuler_la_validation,
    compter_perimes,
    valider_bulletin,
    valider_le_mois,
)
from app.prevoyance import service as prevoyance
from app.salaries import service as salaries
from app.socle.transaction import Transaction
from tests.conftest import client_de
from tests.integration.paie.conftest import CONTRAT, Maison, embaucher

Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def janvier(programme: Programme) -> Mois:
    """January of the current year, which an undated change touches."""
    with programme.transaction() as t:
        return Mois(t.aujourd_hui.year, 1)


@pytest.fixture
def calculee(maison: Maison, calculer: Calculer, janvier: Mois) -> Maison:
    """Three drafts of January."""
    calculer(janvier)
    return maison


def modifier(programme: Programme, maison: Maison, **champs: str) -> None:
    """Change the first contract by its form."""
    with programme.transaction() as t:
        saisie = CONTRAT | champs
        salaries.modifier_contrat(t, maison.salaries[0], maison.contrats[0], saisie)


def etats(programme: Programme, mois: Mois, maison: Maison) -> list[EtatBulletin | None]:
    """Return the current bulletins of the three contracts."""
    with programme.transaction() as t:
        trouves = etats_du_mois(t, mois, maison.contrats)
        return [trouves.get(c) for c in maison.contrats]


def numero(programme: Programme, mois: Mois, maison: Maison) -> int:
    """Return the number of the current bulletin of the first contract."""
    etat = etats(programme, mois, maison)[0]
    assert etat is not None
    return etat.id


def valider(programme: Programme, mois: Mois) -> BilanValidation:
    """Validate a month."""
    with programme.transaction() as t:
        return valider_le_mois(t, mois)


def identiques(programme: Programme, mois: Mois, maison: Maison) -> bool:
    """Tell whether every bulletin of the month is what the engine computes now."""
    with programme.transaction() as t:
        numeros = [e.id for e in etats_du_mois(t, mois, maison.contrats).values()]
        return all(c.est_vide for c in simuler(t, numeros).values())


def _salaire(t: Transaction, maison: Maison, _: Mois) -> None:
    saisie = CONTRAT | {"salaire_centimes": "2 500,00"}
    salaries.modifier_contrat(t, maison.salaries[0], maison.contrats[0], saisie)


def _employeur(t: Transaction, maison: Maison, _: Mois) -> None:
    employeurs.modifier_en_masse(t, {maison.employeur: {"taux_at_millioniemes": 21_000}})


def _saisie(t: Transaction, maison: Maison, mois: Mois) -> None:
    enregistrer_saisies(t, mois, maison.employeur, {maison.contrats[0]: {"primes_centimes": "100"}})


def _prevoyance(t: Transaction, maison: Maison, mois: Mois) -> None:
    caisse = organismes.creer_organisme(t, {"famille": "prevoyance", "nom": "Caisse d'essai"})
    saisie = {
        "nature": "prevoyance",
        "organisme_id": str(caisse),
        "reference": "PRV-17",
        "debut_le": f"01/01/{mois.annee}",
        "tous_t1_salarial": "0,40",
        "tous_t1_patronal": "0,60",
    }
    contrat = prevoyance.creer_autre(t, maison.employeur, saisie)
    prevoyance.attacher(t, contrat, [maison.contrats[0]])


@pytest.mark.exigence("P12")
@pytest.mark.parametrize(
    ("changer", "combien"), [(_salaire, 1), (_employeur, 3), (_saisie, 1), (_prevoyance, 1)]
)
def test_whatever_changes_a_draft_is_computed_again_before_it_is_validated(
    programme: Programme,
    calculee: Maison,
    janvier: Mois,
    changer: Callable[[Transaction, Maison, Mois], None],
    combien: int,
) -> None:
    """It stays a draft, is said to be stale, and is validated with the facts of now."""
    with programme.transaction() as t:
        changer(t, calculee, janvier)
    vus = etats(programme, janvier, calculee)
    assert [e.etat for e in vus if e] == ["brouillon"] * 3
    assert sum(e.perime for e in vus if e) == combien
    with programme.transaction() as t:
        assert a_recalculer(t) == {}
        assert compter_perimes(t, janvier, Portee()) == combien
    assert not identiques(programme, janvier, calculee)
    bilan = valider(programme, janvier)
    assert (bilan.valides, bilan.recalcules, bilan.laisses) == (3, combien, 0)
    assert identiques(programme, janvier, calculee)
    assert {e.etat for e in etats(programme, janvier, calculee) if e} == {"valide"}


@pytest.mark.exigence("P12")
def test_other_baremes_touch_drafts(programme: Programme, calculee: Maison, janvier: Mois) -> None:
    """A line of the law, and a grid of taxes nobody bears here."""
    apres = instantane(moteur().baremes)
    avant = json.loads(json.dumps(apres))
    avant["cotisations"]["ags"]["patronale"].append([janvier.debut.isoformat(), 1])
    with programme.transaction() as t:
        assert marquer_les_ecarts(t, avant, apres) == 0
    assert [e.perime for e in etats(programme, janvier, calculee) if e] == [True] * 3


@pytest.mark.exigence("P12")
def test_one_is_computed_again_and_its_number_follows(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """The others are left alone; a fresh one keeps its number."""
    modifier(programme, calculee, salaire_centimes="2 500,00")
    avant = etats(programme, janvier, calculee)
    assert avant[0] is not None
    assert avant[1] is not None
    with programme.transaction() as t:
        perime = valider_bulletin(t, avant[0].id)
        frais = valider_bulletin(t, avant[1].id)
    assert (perime.recalcule, frais.recalcule) == (True, False)
    assert perime.id != avant[0].id
    assert frais.id == avant[1].id
    apres = etats(programme, janvier, calculee)[0]
    assert apres is not None
    assert (apres.id, apres.etat, apres.brut) == (perime.id, "valide", 250_000)


@pytest.mark.exigence("P12")
def test_a_month_before_that_moves_touches_the_drafts_after_it(
    programme: Programme, calculee: Maison, calculer: Calculer, janvier: Mois
) -> None:
    """Figures of the year: February goes on from a January that is no more."""
    fevrier = janvier.suivant()
    calculer(fevrier)
    with programme.transaction() as t:
        saisie = {calculee.contrats[0]: {"primes_centimes": "3000"}}
        enregistrer_saisies(t, janvier, calculee.employeur, saisie)
    calculer(fevrier)
    assert not any(e.perime for e in etats(programme, fevrier, calculee) if e)
    calculer(janvier)
    assert [e.perime for e in etats(programme, fevrier, calculee) if e] == [True, False, False]
    assert valider(programme, fevrier).recalcules == 1
    assert identiques(programme, fevrier, calculee)


@pytest.mark.exigence("P12")
def test_a_balance_of_leave_that_moves_touches_the_months_after_it(
    programme: Programme, calculee: Maison, calculer: Calculer, janvier: Mois
) -> None:
    """Even when no figure of the year does: the balance is printed."""
    fevrier = janvier.suivant()
    with programme.transaction() as t:
        saisie = {calculee.contrats[0]: {"conges_pris": "2"}}
        enregistrer_saisies(t, janvier, calculee.employeur, saisie)
    calculer(fevrier)
    valider(programme, fevrier)
    calculer(janvier)
    with programme.transaction() as t:
        assert a_recalculer(t) == {fevrier: 1}


@pytest.mark.exigence("P12")
def test_a_month_set_aside_touches_those_after_it(
    programme: Programme, calculee: Maison, calculer: Calculer, janvier: Mois
) -> None:
    """February was computed again before January was set aside: it is marked anew."""
    fevrier = janvier.suivant()
    calculer(fevrier)
    valider(programme, janvier)
    valider(programme, fevrier)
    modifier(programme, calculee, debut_le=f"10/02/{janvier.annee}")
    with programme.transaction() as t:
        recalculer_un(t, numero(programme, fevrier, calculee))
    assert valider(programme, fevrier).recalcules == 0
    with programme.transaction() as t:
        recalculer_un(t, numero(programme, janvier, calculee))
        assert a_recalculer(t) == {fevrier: 1}
        recalculer(t)
    assert identiques(programme, fevrier, calculee)


@pytest.mark.exigence("P12")
def test_one_out_of_its_contract_is_refused_and_stays(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """PAI-127 says why and what to do; a batch sets it aside and validates the others."""
    modifier(programme, calculee, debut_le=f"01/03/{janvier.annee}")
    avant = numero(programme, janvier, calculee)
    dit = "ne couvre plus aucun jour"
    with pytest.raises(RecalculImpossible, match=dit), programme.transaction() as t:
        valider_bulletin(t, avant)
    assert numero(programme, janvier, calculee) == avant
    reponse = client_de(programme).post(f"/bulletins/{avant}/valider")
    assert reponse.status_code == 409
    bilan = valider(programme, janvier)
    assert (bilan.valides, bilan.recalcules, bilan.ecartes, bilan.laisses) == (2, 0, 1, 0)
    assert etats(programme, janvier, calculee)[0] is None


@pytest.mark.exigence("P12")
def test_what_cannot_be_computed_stays_a_draft(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """Without AT/MP rate nothing is validated, and the finding says where to mend it."""
    with programme.transaction() as t:
        employeurs.modifier_en_masse(t, {calculee.employeur: {"taux_at_millioniemes": None}})
    with pytest.raises(RecalculImpossible, match="AT/MP"), programme.transaction() as t:
        valider_bulletin(t, numero(programme, janvier, calculee))
    bilan = valider(programme, janvier)
    assert (bilan.valides, bilan.recalcules, bilan.laisses) == (0, 0, 3)
    assert "PAI-110" in {c.constat.code for c in bilan.constats}
    assert {e.etat for e in etats(programme, janvier, calculee) if e} == {"brouillon"}


@pytest.mark.exigence("P12")
def test_a_validation_cancelled_does_not_wash_what_changed(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """« À recalculer » taken back as a draft is stale, with its reason, or that it was asked."""
    valider(programme, janvier)
    modifier(programme, calculee, salaire_centimes="2 500,00")
    with programme.transaction() as t:
        t.session.connection().exec_driver_sql("DELETE FROM raison_recalcul")
    avant = numero(programme, janvier, calculee)
    with programme.transaction() as t:
        annuler_la_validation(t, avant, "Erreur")
        assert [r.motif for r in raisons_de(t, [avant])[avant]] == ["Recalcul demandé"]
        valide = valider_bulletin(t, avant)
    assert valide.recalcule
    assert identiques(programme, janvier, calculee)
    with programme.transaction() as t:
        annuler_la_validation(t, valide.id, "Erreur")
        assert not valider_bulletin(t, valide.id).recalcule


@pytest.mark.exigence("P12")
def test_a_batch_asks_the_base_as_often_for_few_as_for_many(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """No query a bulletin, but for its own row."""

    def combien() -> int:
        requetes: list[str] = []

        def noter(_c: Any, _k: Any, requete: str, *_: Any) -> None:
            requetes.append(requete)

        with programme.transaction() as t:
            calculer_le_mois(t, janvier)
            marquer_a_recalculer(t, depuis=janvier)
        event.listen(programme.magasin.moteur, "before_cursor_execute", noter)
        try:
            valider(programme, janvier)
        finally:
            event.remove(programme.magasin.moteur, "before_cursor_execute", noter)
        return sum(not r.startswith("INSERT INTO bulletin ") for r in requetes)

    peu = combien()
    for rang in range(20):
        embaucher(programme, calculee.employeur, f"Dupont {chr(65 + rang)}")
    assert combien() == peu


@pytest.mark.exigence("P12")
def test_the_screens_say_it_and_validating_tells_how_many(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """List, entry, bulletin, the person's own; then the result of the job."""
    modifier(programme, calculee, salaire_centimes="2 500,00")
    client: Any = client_de(programme)
    sien = numero(programme, janvier, calculee)
    for adresse in (
        f"/bulletins/?mois={janvier}",
        f"/bulletins/saisie?mois={janvier}&employeur={calculee.employeur}",
        f"/bulletins/{sien}",
        f"/bulletins/salarie/{calculee.salaries[0]}",
    ):
        assert "à recalculer avant validation" in client.get(adresse).text
    assert "Recalculer et valider" in client.get(f"/bulletins/{sien}").text
    assert "Contrat de travail modifié" in client.get(f"/bulletins/{sien}").text
    reponse = client.post(f"/bulletins/valider?mois={janvier}", data={"paye_le": ""})
    adresse = reponse.headers["Location"]
    programme.taches.attendre(int(adresse.partition("operations/")[2].partition("?")[0]))
    rapport = client.get(adresse).text
    assert "Recalculés avant validation" in rapport
    assert 'id="resultat-recalcules">1<' in rapport
    assert 'id="resultat-valides">3<' in rapport
    assert "à recalculer avant validation" not in client.get(f"/bulletins/?mois={janvier}").text


@pytest.mark.exigence("P12")
def test_one_is_computed_again_and_validated_by_its_button(
    programme: Programme, calculee: Maison, janvier: Mois
) -> None:
    """The page of the new one says so."""
    modifier(programme, calculee, salaire_centimes="2 500,00")
    client: Any = client_de(programme)
    reponse = client.post(f"/bulletins/{numero(programme, janvier, calculee)}/valider")
    nouveau = numero(programme, janvier, calculee)
    assert reponse.headers["Location"].endswith(f"/bulletins/{nouveau}")
    page = client.get(f"/bulletins/{nouveau}").text
    assert "2 500,00" in page.replace("\u202f", " ").replace("\u00a0", " ")
