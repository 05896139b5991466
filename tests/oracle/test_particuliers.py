"""Base forfaitaire, franchise, artistes: bulletins computed by hand from the text beside them."""

from pathlib import Path
from typing import Any

import pytest

from app.paie.rules.cas import lire_cas
from app.paie.service.baremes import moteur
from app.socle.donnees import lire_yaml

FICHIER = Path(__file__).with_name("particuliers.yaml")
CAS: list[dict[str, Any]] = lire_yaml(FICHIER.read_text("utf-8"), FICHIER.name)


@pytest.mark.exigence("B3")
@pytest.mark.parametrize("cas", CAS, ids=[c["code"] for c in CAS])
def test_a_bulletin_is_that_of_its_text(cas: dict[str, Any]) -> None:
    """Base and both amounts of each line to the centime; lines not due are not there."""
    assert min(len(cas["texte"]), len(cas["calcul"])) >= 10
    machine = moteur()
    bulletin = machine.calculer(lire_cas({"id": cas["code"], **cas["cas"]}, machine.baremes))
    lignes = {li.code: [li.assiette, li.salarial, li.patronal] for li in bulletin.lignes}
    assert {code: lignes.get(code) for code in cas["attendu"]} == cas["attendu"]
    assert set(cas.get("absent", [])) & set(lignes) == set()
    assert set(cas.get("present", [])) <= set(lignes)
