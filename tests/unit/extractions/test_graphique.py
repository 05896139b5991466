"""Charts: round scales, time without holes, shapes that stay on the plane."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extractions.documents import svg
from app.extractions.errors import ColonneInconnue, RienAMontrer
from app.extractions.rules import Colonne, TypeColonne
from app.extractions.rules.graphique import (
    ANNEE,
    BARRES,
    COURBE,
    HAUTEUR,
    LARGEUR,
    MOIS,
    DemandeGraphique,
    Point,
    Rectangle,
    Texte,
    Trait,
    composer,
    graduations,
    lire_demande_graphique,
    points_du_temps,
)

JOUR = Colonne.deduire("debut_le")
NOM = Colonne.deduire("nom")
SALAIRE = Colonne.deduire("salaire_centimes")


@pytest.mark.exigence("E11")
@given(st.integers(-(10**14), 10**14), st.integers(-(10**14), 10**14))
def test_a_scale_is_round_and_covers_the_values(a: int, b: int) -> None:
    """Between two and eight round values, evenly apart, 0 among them."""
    crans = graduations(min(a, b), max(a, b))
    pas = crans[1] - crans[0]
    assert crans[0] <= min(a, b, 0)
    assert crans[-1] >= max(a, b, 0)
    assert {y - x for x, y in pairwise(crans)} == {pas}
    assert 0 in crans
    assert 2 <= len(crans) <= 8
    assert str(pas).rstrip("0") in {"1", "2", "5"}


@pytest.mark.exigence("E11")
def test_months_without_a_value_are_zero() -> None:
    """A line over time has no hole; too many months become years, sums kept."""
    points, pas = points_du_temps([("2026-02", 5), ("2025-11", 7)], MOIS)
    assert (points, pas) == (
        [Point("11/2025", 7), Point("12/2025", 0), Point("01/2026", 0), Point("02/2026", 5)],
        MOIS,
    )
    points, pas = points_du_temps([("2000-01", 1), ("2000-05", 2), ("2026-01", 4)], MOIS)
    assert (pas, len(points)) == (ANNEE, 27)
    assert [points[0], points[1], points[-1]] == [
        Point("2000", 3),
        Point("2001", 0),
        Point("2026", 4),
    ]
    assert points_du_temps([], MOIS) == ([], MOIS)


@pytest.mark.exigence("E11")
@pytest.mark.parametrize("demande", [
    DemandeGraphique(JOUR, SALAIRE, BARRES),
    DemandeGraphique(JOUR, SALAIRE, COURBE),
    DemandeGraphique(NOM, SALAIRE),
])  # fmt: skip
@given(valeurs=st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=21))
def test_shapes_stay_on_the_plane(demande: DemandeGraphique, valeurs: list[int]) -> None:
    """Whatever the values; the file is well-formed."""
    points = [Point(f"<{i}>&", v) for i, v in enumerate(valeurs)]
    formes = composer("Titre", "Sous-titre", demande, points)
    for forme in formes:
        if isinstance(forme, Rectangle):
            assert 0 <= forme.x <= forme.x + forme.largeur <= LARGEUR
            assert 0 <= forme.y <= forme.y + forme.hauteur <= HAUTEUR
            assert forme.largeur > 0
        elif isinstance(forme, Trait):
            assert all(0 <= x <= LARGEUR and 0 <= y <= HAUTEUR for x, y in forme.points)
        else:
            assert isinstance(forme, Texte)
            assert 0 <= forme.x <= LARGEUR
    racine = ET.fromstring(svg.ecrire("Titre <&>\x00", formes))  # noqa: S314 -- ours
    assert racine.findtext("{http://www.w3.org/2000/svg}title") == "Titre <&>"


@pytest.mark.exigence("E11")
def test_bars_are_as_long_as_their_values() -> None:
    """Twice the value, twice the bar; a negative one goes the other way."""
    points = [Point("a", 1000), Point("b", 500), Point("c", -500)]
    formes = composer("", "", DemandeGraphique(NOM, SALAIRE), points)
    a, b, c = (f for f in formes if isinstance(f, Rectangle))
    assert abs(a.largeur - 2 * b.largeur) <= 1
    assert abs(b.largeur - c.largeur) <= 1
    assert c.x + c.largeur == a.x == b.x


@pytest.mark.exigence("E11")
def test_what_is_not_said_is_chosen_and_the_impossible_refused() -> None:
    """Time first; a query without a number has no chart."""
    demande = lire_demande_graphique([NOM, SALAIRE, JOUR])
    assert (demande.abscisse, demande.ordonnee, demande.forme) == (JOUR, SALAIRE, COURBE)
    mots = lire_demande_graphique([NOM, SALAIRE], forme=COURBE, pas="x")
    assert (mots.forme, mots.pas, mots.longueur) == (BARRES, MOIS, 0)
    for colonnes in ([NOM, JOUR], [SALAIRE]):
        with pytest.raises(RienAMontrer):
            lire_demande_graphique(colonnes)
    with pytest.raises(ColonneInconnue):
        lire_demande_graphique([NOM, SALAIRE], abscisse="salaire_centimes")
    with pytest.raises(RienAMontrer):
        composer("", "", DemandeGraphique(Colonne("a", "A", TypeColonne.TEXTE), SALAIRE), [])
