"""Charts of a result: the sums are those of the lines, filters followed."""

import re
from collections import defaultdict
from typing import Any

import pytest

from app.extractions import service
from app.extractions.rules import Presentation, afficher, lire_demande_graphique
from app.extractions.rules.graphique import CATEGORIES_MAX
from tests.integration.extractions.test_ecrans_extractions import resultat_de


@pytest.mark.exigence("E11")
@pytest.mark.parametrize("filtres", [{}, {"nature": "=cdd"}])
def test_sums_by_year_are_those_of_the_lines(atelier: Any, filtres: dict[str, str]) -> None:
    """Each year between the first and the last."""
    resultat = atelier.executer(20, au="15/06/2026")
    vue = atelier.vue(resultat, filtres=filtres)
    demande = lire_demande_graphique(resultat.colonnes, ordonnee="salaire_centimes", pas="annee")
    attendu: dict[str, int] = defaultdict(int)
    for ligne in atelier.lignes(resultat, vue):
        attendu[ligne[demande.abscisse.nom][:4]] += ligne["salaire_centimes"] or 0

    graphique = service.dessiner(resultat, vue, demande)

    genre = demande.ordonnee.type
    assert len(attendu) > 1
    assert dict(graphique.valeurs) == {
        str(a): afficher(attendu.get(str(a), 0), genre)
        for a in range(int(min(attendu)), int(max(attendu)) + 1)
    }
    assert graphique.svg.count("<polyline") >= 3


@pytest.mark.exigence("E11")
def test_words_beyond_the_greatest_are_drawn_together(atelier: Any) -> None:
    """« Autres » holds the rest: nothing is lost; a missing word shows as « — »."""
    sql = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
        " SELECT iif(i = 50, NULL, 'Nom ' || i) AS nom, i AS nombre_heures FROM n ORDER BY i"
    )
    resultat = atelier.executer(atelier.ecrire(sql))
    demande = lire_demande_graphique(resultat.colonnes)
    valeurs = service.dessiner(resultat, Presentation(), demande).valeurs
    assert len(valeurs) == CATEGORIES_MAX + 1
    assert valeurs[:2] == (("—", "50"), ("Nom 49", "49"))
    assert valeurs[-1] == ("Autres (30)", "465")
    assert sum(int(v) for _, v in valeurs) == 50 * 51 // 2


@pytest.mark.exigence("E11")
def test_the_screen_draws_and_sends_the_image(client_demo: Any) -> None:
    """From the result; the image is an SVG of our own; what cannot be drawn is said."""
    adresse = resultat_de(client_demo, 20)
    assert "data-graphique" in client_demo.get(adresse).text
    page = client_demo.get(f"{adresse}/graphique?f.nature=%3Dcdd&ordonnee=salaire_centimes").text
    assert 'name="f.nature" value="=cdd"' in page
    image = re.search(r'<img src="([^"]+)"', page)
    assert image
    reponse = client_demo.get(image[1].replace("&amp;", "&"))
    assert reponse.headers["Content-Type"].startswith("image/svg+xml")
    assert reponse.text.startswith("<svg ")
    sans = resultat_de(client_demo, 35, dossier="tous")
    assert "data-graphique" not in client_demo.get(sans).text
    refus = client_demo.get(f"{sans}/graphique")
    assert (refus.status_code, "EXT-142" in refus.text) == (422, True)
