"""Validated, cancelled, recalculated: a bulletin never loses what it was."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.errors import BulletinIntrouvable, MotifManquant, ValidationImpossible
from app.paie.rules.etats import Etat
from app.paie.service.calculer import BilanCalcul
from app.paie.service.expliquer import expliquer_bulletin, expliquer_une_ligne
from app.paie.service.lire import lire_bulletin
from app.paie.service.portee import Portee
from app.paie.service.recalculer import a_recalculer, recalculer, recalculer_un
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.valider import annuler_la_validation, valider_bulletin, valider_le_mois
from tests.integration.paie.conftest import Maison

JANVIER, FEVRIER, MARS = (Mois(2026, m) for m in (1, 2, 3))
Calculer = Callable[..., BilanCalcul]


def bulletin_de(programme: Programme, contrat: int, mois: Mois) -> int:
    """Return the number of the current bulletin of a contract."""
    with programme.magasin.moteur.connect() as connexion:
        requete = (
            "SELECT id FROM bulletin WHERE contrat_id = ? AND annee = ? AND mois = ? "
            "AND etat <> 'remplace'"
        )
        valeurs = (contrat, mois.annee, mois.mois)
        return int(connexion.exec_driver_sql(requete, valeurs).scalar_one())


def primer(programme: Programme, maison: Maison, mois: Mois, montant: str) -> None:
    """Enter a bonus for the first employee."""
    with programme.transaction() as t:
        saisie = {maison.contrats[0]: {"primes_centimes": montant}}
        enregistrer_saisies(t, mois, maison.employeur, saisie)


@pytest.fixture
def valides(programme: Programme, maison: Maison, calculer: Calculer) -> Maison:
    """Three months computed and validated."""
    for mois in (JANVIER, FEVRIER, MARS):
        calculer(mois)
        with programme.transaction() as t:
            assert valider_le_mois(t, mois, Portee(employeur=maison.employeur)).valides == 3
    return maison


@pytest.mark.exigence("B6")
def test_a_validated_bulletin_is_left_alone(
    programme: Programme, valides: Maison, calculer: Calculer
) -> None:
    """Computing its month again changes neither its number nor its amounts."""
    avant = bulletin_de(programme, valides.contrats[0], MARS)
    bilan = calculer(MARS)
    assert (bilan.calcules, bilan.laisses) == (0, 3)
    assert bulletin_de(programme, valides.contrats[0], MARS) == avant


@pytest.mark.exigence("B6", "P12")
def test_a_recalculation_keeps_the_former_version_and_says_what_changed(
    programme: Programme, valides: Maison
) -> None:
    """A bonus entered in February marks February and March; former and new nets are compared."""
    ancien = bulletin_de(programme, valides.contrats[0], FEVRIER)
    primer(programme, valides, FEVRIER, "500,00")
    with programme.transaction() as t:
        assert a_recalculer(t) == {FEVRIER: 1, MARS: 1}
        bilan = recalculer(t)
    premier, dernier = bilan.ecarts
    assert (premier.mois, dernier.mois) == ("2026-02", "2026-03")
    assert premier.apres > premier.avant
    with programme.transaction() as t:
        assert a_recalculer(t) == {}
        nouveau = lire_bulletin(t, bulletin_de(programme, valides.contrats[0], FEVRIER))
        garde = lire_bulletin(t, ancien)
    assert (nouveau.etat, nouveau.valeurs["numero"]) == (Etat.BROUILLON, 2)
    assert nouveau.valeurs["remplace_id"] == ancien
    assert [v.numero for v in nouveau.versions] == [2, 1]
    assert (garde.etat, garde.valeurs["primes_centimes"]) == (Etat.REMPLACE, 0)
    assert garde.rubriques
    assert nouveau.valeurs["brut_centimes"] - garde.valeurs["brut_centimes"] == 50_000


@pytest.mark.exigence("B6")
def test_cancelling_a_validation_asks_for_a_reason_and_marks_the_months_after(
    programme: Programme, valides: Maison
) -> None:
    """The reason and who did it stand in the journal; the former figures stay readable."""
    numero = bulletin_de(programme, valides.contrats[0], JANVIER)
    with pytest.raises(MotifManquant), programme.transaction() as t:
        annuler_la_validation(t, numero, "  ")
    with programme.transaction() as t:
        annuler_la_validation(t, numero, "Prime oubliée")
        assert a_recalculer(t) == {FEVRIER: 1, MARS: 1}
    with programme.magasin.moteur.connect() as connexion:
        apres = connexion.exec_driver_sql(
            "SELECT apres, par FROM journal WHERE objet = 'bulletin' AND objet_id = ? "
            "AND apres LIKE '%Prime%'",
            (numero,),
        ).one()
    assert json.loads(apres[0]) == {"etat": "brouillon", "motif": "Prime oubliée"}
    assert apres[1] == programme.par
    with programme.transaction() as t:
        courant, bilan = recalculer_un(t, numero)
    assert bilan.calcules == 1
    assert courant is not None
    assert courant != numero
    with programme.transaction() as t:
        assert [v.etat for v in lire_bulletin(t, courant).versions] == [
            Etat.BROUILLON,
            Etat.REMPLACE,
        ]


@pytest.mark.exigence("B6")
def test_the_journal_says_who_validated(programme: Programme, valides: Maison) -> None:
    """One entry a bulletin, with the author; the bulletin bears both too."""
    numero = bulletin_de(programme, valides.contrats[0], MARS)
    with programme.transaction() as t:
        b = lire_bulletin(t, numero)
    assert b.valeurs["valide_par"] == programme.par
    assert b.valeurs["valide_a"] is not None
    with programme.magasin.moteur.connect() as connexion:
        lignes = connexion.exec_driver_sql(
            "SELECT par, apres FROM journal WHERE objet = 'bulletin' AND objet_id = ?", (numero,)
        ).all()
    assert [(par, json.loads(apres)["etat"]) for par, apres in lignes] == [
        (programme.par, "valide")
    ]


def test_a_state_that_does_not_allow_it_refuses(programme: Programme, valides: Maison) -> None:
    """Validated twice, cancelled twice, a replaced version: each is refused with its words."""
    numero = bulletin_de(programme, valides.contrats[1], MARS)
    with pytest.raises(ValidationImpossible, match="est validé"), programme.transaction() as t:
        valider_bulletin(t, numero)
    with programme.transaction() as t:
        courant, _ = recalculer_un(t, numero)
    assert courant
    with pytest.raises(ValidationImpossible, match="remplacé"), programme.transaction() as t:
        recalculer_un(t, numero)
    with pytest.raises(ValidationImpossible), programme.transaction() as t:
        annuler_la_validation(t, courant, "Non")
    with pytest.raises(BulletinIntrouvable), programme.transaction() as t:
        valider_bulletin(t, 9_999)


@pytest.mark.exigence("B5")
def test_every_line_of_a_bulletin_explains_itself(programme: Programme, valides: Maison) -> None:
    """Formula, base, legal text, where the inputs come from; also pieces and totals."""
    numero = bulletin_de(programme, valides.contrats[0], MARS)
    with programme.transaction() as t:
        b = lire_bulletin(t, numero)
        explications = expliquer_bulletin(t, numero)
        codes: list[Any] = [li["code"] for r in b.rubriques for li in r.lignes]
        autres = [expliquer_une_ligne(t, numero, c) for c in ("base", "brut", "impot")]
        autres += [expliquer_une_ligne(t, numero, codes[0])]
    assert list(explications) == codes
    assert len(codes) > 15
    for e in (*explications.values(), *autres):
        assert e.formule
        assert e.source
        assert e.origines
    assert "2,50" in autres[2].taux
    assert "31 ÷ 31 jours" in autres[0].assiette
