"""The work list: why, before and after, one action; closed years apart; other barèmes."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.assemblage import Programme, rattraper
from app.cli import executer
from app.noyau.periodes import FIN_OUVERTE, Mois
from app.paie.models import BaremesAppliques, Bulletin
from app.paie.rules.changements import BulletinVu, Changement, touche
from app.paie.rules.instantane import instantane
from app.paie.service.a_recalculer import lister_a_recalculer, lister_a_regulariser
from app.paie.service.baremes import moteur
from app.paie.service.calculer import BilanCalcul
from app.paie.service.exercices import clore_exercice
from app.paie.service.portee import Portee
from app.paie.service.recalculer import a_recalculer, recalculer
from app.paie.service.simuler import simuler
from app.paie.service.suivi_baremes import conditions_de, marquer_les_ecarts
from app.paie.service.valider import valider_le_mois
from app.salaries import service as salaries
from app.socle.transaction import Transaction
from tests.conftest import client_de
from tests.integration.paie.conftest import CONTRAT, Maison

Calculer = Callable[..., BilanCalcul]
TOUS = Portee()


@pytest.fixture
def annee(programme: Programme) -> int:
    """The current year, whose months an undated change touches."""
    with programme.transaction() as t:
        return t.aujourd_hui.year


@pytest.fixture
def paye(programme: Programme, maison: Maison, calculer: Calculer, annee: int) -> Maison:
    """December of last year, January to March of this one, validated."""
    for mois in (Mois(annee - 1, 12), *(Mois(annee, n) for n in (1, 2, 3))):
        calculer(mois)
        with programme.transaction() as t:
            valider_le_mois(t, mois)
    return maison


def augmenter(programme: Programme, maison: Maison, salaire: str = "2 500,00") -> None:
    """Raise the salary of the first contract."""
    with programme.transaction() as t:
        saisie = CONTRAT | {"salaire_centimes": salaire}
        salaries.modifier_contrat(t, maison.salaries[0], maison.contrats[0], saisie)


def contenu(programme: Programme) -> list[tuple[Any, ...]]:
    """Return every row of the bulletins and their lines."""
    with programme.magasin.moteur.connect() as connexion:
        return [
            tuple(ligne)
            for table in ("bulletin", "ligne_bulletin", "raison_recalcul")
            for ligne in connexion.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
        ]


@pytest.mark.exigence("P12")
def test_the_list_says_who_when_and_why(programme: Programme, paye: Maison, annee: int) -> None:
    """By employer, with the field that changed, its day of effect and the instant."""
    augmenter(programme, paye)
    with programme.transaction() as t:
        liste = lister_a_recalculer(t, TOUS)
    (groupe,) = liste.groupes
    assert (groupe.employeur, groupe.total, liste.total) == ("Judo club", 3, 3)
    assert [b.mois for b in groupe.bulletins] == [Mois(annee, n) for n in (1, 2, 3)]
    (raison,) = groupe.bulletins[0].raisons
    assert raison.motif.startswith("Contrat de travail modifié : Salaire")
    assert raison.depuis == Mois(annee, 1).debut


@pytest.mark.exigence("P12")
def test_a_simulation_is_what_the_recalculation_does_and_writes_nothing(
    programme: Programme, paye: Maison
) -> None:
    """Months go on from one another in memory as they will in the base."""
    augmenter(programme, paye)
    avant = contenu(programme)
    with programme.transaction() as t:
        ids = [b.id for g in lister_a_recalculer(t, TOUS).groupes for b in g.bulletins]
        prevus = simuler(t, ids)
    assert contenu(programme) == avant
    assert all(not c.est_vide for c in prevus.values())
    with programme.transaction() as t:
        bilan = recalculer(t)
    assert {e.apres - e.avant for e in bilan.ecarts} == {
        c.ecart("net_a_payer") for c in prevus.values()
    }
    assert len(bilan.ecarts) == 3
    with programme.transaction() as t:
        assert lister_a_recalculer(t, TOUS).total == 0


@pytest.mark.exigence("P12")
def test_some_only_are_recalculated(programme: Programme, paye: Maison, annee: int) -> None:
    """The others stay in the list; a month that moves marks those after it."""
    augmenter(programme, paye)
    with programme.transaction() as t:
        premier = lister_a_recalculer(t, TOUS).groupes[0].bulletins[0]
        bilan = recalculer(t, choisis=[premier.id])
        assert len(bilan.ecarts) == 1
        assert a_recalculer(t) == {Mois(annee, 2): 1, Mois(annee, 3): 1}
        raisons = [r.motif for r in lister_a_recalculer(t, TOUS).groupes[0].bulletins[0].raisons]
    assert any(m.startswith("Cumuls de l'année modifiés") for m in raisons)


@pytest.mark.exigence("P12")
def test_validating_the_new_version_forgets_the_reason(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """Nothing of it comes back when the year is closed."""
    augmenter(programme, paye)
    with programme.transaction() as t:
        recalculer(t)
        for n in (1, 2, 3):
            valider_le_mois(t, Mois(annee, n))
        clore_exercice(t, paye.employeur, annee)
        assert lister_a_regulariser(t, TOUS) == []


def deplacer_la_fin(programme: Programme, maison: Maison, annee: int) -> None:
    """End the first contract in the middle of December of last year."""
    with programme.transaction() as t:
        saisie = CONTRAT | {"fin_le": f"15/12/{annee - 1}"}
        salaries.modifier_contrat(t, maison.salaries[0], maison.contrats[0], saisie)


@pytest.mark.exigence("P12")
@pytest.mark.exigence("B6")
def test_a_closed_year_never_changes_and_says_what_is_to_be_declared(
    programme: Programme, paye: Maison, annee: int
) -> None:
    """Listed apart, with the difference; recalculating everything leaves it as it is."""
    with programme.transaction() as t:
        clore_exercice(t, paye.employeur, annee - 1)
    deplacer_la_fin(programme, paye, annee)
    with programme.transaction() as t:
        (apart,) = lister_a_regulariser(t, TOUS)
        assert all(
            b.mois.annee == annee for g in lister_a_recalculer(t, TOUS).groupes for b in g.bulletins
        )
        recalculer(t)
    assert apart.bulletin.mois == Mois(annee - 1, 12)
    assert apart.comparaison is not None
    assert apart.comparaison.ecart("brut") < 0
    with programme.magasin.moteur.connect() as connexion:
        vus = connexion.exec_driver_sql(
            "SELECT etat, numero FROM bulletin WHERE annee = ?", (annee - 1,)
        ).all()
    assert {tuple(v) for v in vus} == {("valide", 1)}


def autres_baremes(**parametres: list[list[Any]]) -> dict[str, Any]:
    """Return the snapshot of the program's barèmes with other values of some parameters."""
    image: dict[str, Any] = json.loads(json.dumps(instantane(moteur().baremes)))
    for code, points in parametres.items():
        image["parametres"][code]["points"] = points
    return image


@pytest.mark.exigence("P12")
@pytest.mark.usefixtures("paye")
def test_other_baremes_mark_the_months_they_change_at_the_next_start(
    programme: Programme, annee: int
) -> None:
    """The snapshot of the last calculation is compared; the same figures mark nothing."""
    with programme.transaction() as t:
        (applique,) = t.session.query(BaremesAppliques).all()
        actuels = moteur().baremes.parametres["plafond_mensuel"].serie.points()
        anciens = [[j.isoformat(), v] for j, v in actuels]
        anciens.append([Mois(annee, 2).debut.isoformat(), 390_000])
        applique.chiffres = json.dumps(autres_baremes(plafond_mensuel=anciens))
    rattraper(programme.magasin)
    with programme.transaction() as t:
        assert a_recalculer(t) == {}
        (applique,) = t.session.query(BaremesAppliques).all()
        applique.empreinte = "celle d'une autre version"
    rattraper(programme.magasin)
    with programme.transaction() as t:
        assert a_recalculer(t) == {Mois(annee, 2): 3, Mois(annee, 3): 3}
        raison = lister_a_recalculer(t, TOUS).groupes[0].bulletins[0].raisons[0]
        assert "Plafond mensuel" in raison.motif
        assert t.session.query(BaremesAppliques).count() == 2


@pytest.mark.exigence("P12")
@pytest.mark.usefixtures("paye")
def test_a_rate_marks_the_bulletins_that_bear_its_line_only(
    programme: Programme, annee: int
) -> None:
    """A contribution of cadres, whom nobody is here, touches nobody; AGS touches all."""
    apres = instantane(moteur().baremes)
    for code, attendu in (("prevoyance_cadres", {}), ("ags", {Mois(annee, 1): 3})):
        avant = json.loads(json.dumps(apres))
        avant["cotisations"][code]["patronale"] = [
            *avant["cotisations"][code]["patronale"],
            [Mois(annee, 1).debut.isoformat(), 1],
            [Mois(annee, 2).debut.isoformat(), avant["cotisations"][code]["patronale"][-1][1]],
        ]
        with programme.transaction() as t:
            marquer_les_ecarts(t, avant, apres)
            assert a_recalculer(t) == attendu


def vus(t: Transaction) -> list[BulletinVu]:
    """Return every bulletin as the pure rule sees it."""
    lignes = t.session.connection().exec_driver_sql(
        "SELECT b.id, b.contrat_id, b.annee, b.mois, group_concat(l.code), "
        "max(l.contrat_prevoyance_id) FROM bulletin b "
        "JOIN ligne_bulletin l ON l.bulletin_id = b.id GROUP BY b.id"
    )
    return [
        BulletinVu(n, c, Mois(a, m), frozenset(codes.split(",")), prevoyance=p is not None)
        for n, c, a, m, codes, p in lignes
    ]


@pytest.mark.exigence("P12")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_the_query_marks_what_the_rule_says(
    programme: Programme, paye: Maison, annee: int, data: st.DataObject
) -> None:
    """Same bulletins by SQL and by the pure function, for any days, contracts and lines."""
    mois = [Mois(annee - 1, 11), Mois(annee - 1, 12), *(Mois(annee, n) for n in (1, 2, 3, 4))]
    depuis = data.draw(st.sampled_from(mois)).debut
    jusqu_au = data.draw(st.sampled_from([*(m.fin for m in mois), FIN_OUVERTE]))
    changement = Changement(
        "essai",
        depuis,
        jusqu_au,
        contrats=data.draw(st.none() | st.frozensets(st.sampled_from(paye.contrats), min_size=1)),
        lignes=data.draw(
            st.none() | st.frozensets(st.sampled_from(["ags", "prevoyance_cadres"]), min_size=1)
        ),
        prevoyance=data.draw(st.booleans()),
    )
    with programme.transaction() as t:
        trouves = set(t.session.scalars(select(Bulletin.id).where(*conditions_de(t, changement))))
        assert trouves == {b.id for b in vus(t) if touche(changement, b)}


@pytest.mark.exigence("P12")
def test_the_screen_lists_unfolds_and_recalculates(programme: Programme, paye: Maison) -> None:
    """Boxes by employer; before and after in words; the job's report at the end."""
    augmenter(programme, paye)
    client: Any = client_de(programme)
    vue = client.get("/bulletins/a-recalculer").text
    assert "3 bulletins validés sont à recalculer" in vue
    assert "Contrat de travail modifié" in vue
    with programme.transaction() as t:
        bulletins = lister_a_recalculer(t, TOUS).groupes[0].bulletins
    detail = client.get(f"/bulletins/a-recalculer/{bulletins[0].id}").text
    assert "modifiée" in detail
    assert "Net à payer" in detail
    choisis = {"bulletin": [str(b.id) for b in bulletins]}
    reponse = client.post("/bulletins/a-recalculer/recalculer", data=choisis)
    numero = int(reponse.headers["Location"].rpartition("/")[2])
    programme.taches.attendre(numero)
    rapport = client.get(f"/bulletins/a-recalculer/operations/{numero}").text
    assert "Bulletins recalculés" in rapport
    assert "Rien à recalculer" in client.get("/bulletins/a-recalculer").text


@pytest.mark.exigence("P12")
def test_a_closed_year_is_shown_apart(programme: Programme, paye: Maison, annee: int) -> None:
    """With the amount to be declared, and no box to tick."""
    with programme.transaction() as t:
        clore_exercice(t, paye.employeur, annee - 1)
    deplacer_la_fin(programme, paye, annee)
    client: Any = client_de(programme)
    vue = client.get(f"/bulletins/a-recalculer?employeur={paye.employeur}").text
    assert "Exercice clos" in vue
    assert "à régulariser" in vue


@pytest.mark.exigence("P12")
def test_the_command_line_lists_and_recalculates(
    programme: Programme, paye: Maison, donnees: Path, capsys: Any
) -> None:
    """Machine-readable, with the reason; then everything in one command."""
    augmenter(programme, paye)

    def lancer(*mots: str) -> Mapping[str, Any]:
        assert executer(["--donnees", str(donnees), "--json", "bulletins", *mots]) == 0
        lu: Mapping[str, Any] = json.loads(capsys.readouterr().out)
        return lu

    liste = lancer("a-recalculer", "--employeur", str(paye.employeur))
    assert len(liste["a_recalculer"]) == 3
    assert liste["a_regulariser"] == []
    assert liste["a_recalculer"][0]["raisons"][0]["motif"].startswith("Contrat de travail")
    bilan = lancer("recalculer", "--employeur", str(paye.employeur))
    assert (bilan["calcules"], bilan["changes"]) == (3, 3)
    assert lancer("a-recalculer")["a_recalculer"] == []
