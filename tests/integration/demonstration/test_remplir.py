"""Filling a base: determinism, refusal, progress, cancelling, command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import ouvrir_base
from app.cli import executer
from app.demonstration.errors import BaseDejaRemplie
from app.demonstration.service import Bilan, remplir
from app.socle.errors import TacheAnnulee
from app.socle.transaction import Magasin
from tests.integration.demonstration.conftest import LE_JOUR

TABLES = (
    *("dossier", "employeur", "organisme_employeur", "salarie", "contrat", "saisie_mois"),
    *("contrat_prevoyance", "periode_prevoyance", "taux_prevoyance", "rattachement"),
)
HORODATAGE = {"cree_a", "modifie_a"}


class SuiviEspion:
    """Notes the steps; cancels at one of them when asked."""

    def __init__(self, arret: int = 10_000) -> None:
        self.etapes: list[tuple[str, int, int]] = []
        self.arret = arret

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Note a step."""
        self.etapes.append((libelle, fait, total))
        if len(self.etapes) > self.arret:
            raise TacheAnnulee

    def annule(self) -> bool:
        """Never asked."""
        return False


def contenu(chemin: Path, graine: int = 2026, jour: date = LE_JOUR) -> list[Any]:
    """Return every row of a new demonstration base, timestamps left out."""
    magasin = ouvrir_base(chemin)
    with magasin.transaction("essai") as t:
        remplir(t, employeurs=20, salaries=200, graine=graine, aujourd_hui=jour, bulletins=False)
    lignes: list[Any] = []
    with magasin.moteur.connect() as connexion:
        for table in TABLES:
            requete = f"SELECT * FROM {table} ORDER BY id"  # noqa: S608 -- our names
            lignes += [
                {n: v for n, v in ligne.items() if n not in HORODATAGE}
                for ligne in connexion.exec_driver_sql(requete).mappings()
            ]
    magasin.fermer()
    return lignes


def compter(base: Magasin, table: str) -> int:
    """Return how many rows a table has."""
    with base.moteur.connect() as connexion:
        return int(connexion.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())  # noqa: S608


@pytest.mark.exigence("G2")
def test_the_same_seed_and_day_give_the_same_rows(tmp_path: Path) -> None:
    """Every column of every table but the timestamps; another seed gives others."""
    premier = contenu(tmp_path / "a.sqlite3")

    assert premier == contenu(tmp_path / "b.sqlite3")
    assert premier != contenu(tmp_path / "c.sqlite3", graine=2027)


@pytest.mark.exigence("G2")
@pytest.mark.parametrize(
    "jour", [date(2019, 4, 1), date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)]
)
@pytest.mark.parametrize("annees", [0, 7])
def test_any_day_and_any_number_of_years_can_be_drawn(
    base: Magasin, jour: date, annees: int
) -> None:
    """The first of January, a leap day, the day of the reform."""
    with base.transaction("essai") as t:
        bilan = remplir(
            t, employeurs=30, salaries=90, annees=annees, aujourd_hui=jour, bulletins=False
        )
    assert bilan == Bilan(1, 30, 90, compter(base, "contrat"))


@pytest.mark.parametrize(("employeurs", "salaries"), [(1, 0), (3, 1), (12, 150), (200, 20)])
def test_small_and_lopsided_requests_are_honoured(
    base: Magasin, employeurs: int, salaries: int
) -> None:
    """Fewer employees than associations, one association, nobody at all."""
    with base.transaction("essai") as t:
        remplir(t, employeurs=employeurs, salaries=salaries, aujourd_hui=LE_JOUR, bulletins=False)
    assert (compter(base, "employeur"), compter(base, "salarie")) == (employeurs, salaries)


@pytest.mark.exigence("G2")
def test_a_base_that_holds_data_is_refused_and_left_as_it_was(base: Magasin) -> None:
    """DEM-101, unless asked to do nothing in that case."""
    with base.transaction("essai") as t:
        remplir(t, employeurs=2, salaries=5, aujourd_hui=LE_JOUR, bulletins=False)
    with base.transaction("essai") as t, pytest.raises(BaseDejaRemplie) as refus:
        remplir(t, aujourd_hui=LE_JOUR, bulletins=False)
    with base.transaction("essai") as t:
        assert remplir(t, aujourd_hui=LE_JOUR, si_vide=True) == Bilan(deja_remplie=True)

    assert (refus.value.code, refus.value.statut) == ("DEM-101", 409)
    assert "1 dossier" in refus.value.texte()
    assert compter(base, "salarie") == 5


def test_progress_goes_forward_to_the_end(base: Magasin) -> None:
    """Each step says how far it is; the last is the whole."""
    suivi = SuiviEspion()
    with base.transaction("essai") as t:
        remplir(t, employeurs=100, salaries=150, aujourd_hui=LE_JOUR, suivi=suivi, bulletins=False)

    assert suivi.etapes[0] == ("Préparation des associations", 0, 100)
    assert suivi.etapes[-1] == ("Terminé", 100, 100)
    ecriture = [fait for libelle, fait, _ in suivi.etapes if not libelle.startswith("Prép")]
    assert ecriture == sorted(ecriture)


def test_cancelling_writes_nothing(base: Magasin) -> None:
    """One transaction: all or nothing."""
    with pytest.raises(TacheAnnulee), base.transaction("essai") as t:
        remplir(
            t,
            employeurs=100,
            salaries=150,
            aujourd_hui=LE_JOUR,
            suivi=SuiviEspion(arret=7),
            bulletins=False,
        )
    assert (compter(base, "dossier"), compter(base, "employeur")) == (0, 0)


@pytest.mark.exigence("G2", "G3")
def test_the_command_fills_refuses_and_may_leave_alone(tmp_path: Path, capsys: Any) -> None:
    """French sentence, machine-readable result, exit code 2 with the code on refusal."""
    commande = ["--donnees", str(tmp_path / "donnees"), "demo", "--employeurs", "3"]

    assert executer([*commande, "--salaries", "7", "--annees", "1", "--graine", "5"]) == 0
    assert "3 employeurs, 7 salariés" in capsys.readouterr().out.replace("\u202f", " ")
    assert executer(commande) == 2
    assert capsys.readouterr().err.startswith("DEM-101 La base contient déjà 1 dossier")
    assert executer([*commande, "--si-vide"]) == 0
    assert "rien n’a été modifié" in capsys.readouterr().out
    assert executer(["--json", *commande, "--si-vide"]) == 0
    assert json.loads(capsys.readouterr().out)["deja_remplie"] is True


@pytest.mark.exigence("B6", "G2")
def test_past_months_are_validated_and_the_current_one_is_in_draft(base: Magasin) -> None:
    """Whole past years and the current one to date, every contract of an employer with a rate."""
    with base.transaction("essai") as t:
        bilan = remplir(t, employeurs=6, salaries=40, annees=1, aujourd_hui=LE_JOUR)
    with base.moteur.connect() as connexion:
        lus = connexion.exec_driver_sql(
            "SELECT annee, mois, etat, count(*) FROM bulletin GROUP BY annee, mois, etat"
        ).all()
        ecarts = connexion.exec_driver_sql(
            "SELECT count(*) FROM bulletin b WHERE b.cotisations_salarie_centimes <> "
            "(SELECT sum(montant_salarial_centimes) FROM ligne_bulletin WHERE bulletin_id = b.id)"
        ).scalar_one()
    assert bilan.bulletins == sum(n for *_, n in lus)
    assert ecarts == 0
    assert {(a, m): e for a, m, e, _ in lus} == {
        (annee, mois): "brouillon" if (annee, mois) == (2026, 6) else "valide"
        for annee in (2025, 2026)
        for mois in range(1, 13)
        if (annee, mois) <= (2026, 6)
    }
