"""How SQLite runs the queries: months are the way into bulletins, never the whole table."""

import re
from contextlib import closing

import pytest

from app.extractions import service
from app.extractions.rules import Requete
from app.extractions.service import catalogue
from tests.integration.extractions.requetes.conftest import Monde

LUES = re.compile(r"vue_(bulletins|lignes|cotisations|conges)\b")
BALAYAGE = re.compile(r"SCAN (bulletin|ligne_bulletin|[ab]|l)\b(?! USING COVERING)")
SUR_LES_BULLETINS = [r for r in service.lister_requetes() if LUES.search(r.sql)]


@pytest.mark.exigence("E5")
@pytest.mark.parametrize("requete", SUR_LES_BULLETINS, ids=lambda r: r.fichier)
def test_a_query_of_some_months_never_reads_every_bulletin(monde: Monde, requete: Requete) -> None:
    """Nor every line: an index on the months, then on the bulletin of the lines."""
    mois = {"du": "2026-05-01", "au": "2026-05-31", "annee": 2026, "jours": 0}
    valeurs = {p.nom: mois.get(p.nom) for p in requete.parametres}
    with closing(catalogue.ouvrir_base(monde.atelier.base)) as base:
        plan = [etape[3] for etape in base.execute(f"EXPLAIN QUERY PLAN {requete.sql}", valeurs)]
    assert [etape for etape in plan if BALAYAGE.match(etape)] == []
    assert any("ix_bulletin_annee_mois_employeur_id" in etape for etape in plan), plan


def test_the_check_sees_a_query_that_reads_everything(monde: Monde) -> None:
    """A filter on what has no index."""
    with closing(catalogue.ouvrir_base(monde.atelier.base)) as base:
        plan = base.execute(
            "EXPLAIN QUERY PLAN SELECT 1 FROM vue_bulletins WHERE brut_centimes > 0"
        ).fetchall()
    assert any(BALAYAGE.match(etape[3]) for etape in plan)
    assert len(SUR_LES_BULLETINS) > 25
