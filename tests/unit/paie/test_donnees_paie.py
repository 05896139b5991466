"""Data of the barèmes: every entry dated, sourced, checked and used; a strict reader."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.noyau.periodes import Mois
from app.paie.errors import BaremeInconnu, BaremeRefuse
from app.paie.rules.affichage import (
    ORGANISMES,
    PARAMETRES_DES_FORMULES,
    PARAMETRES_DES_STATUTS,
    UNITES,
)
from app.paie.rules.assiettes import ASSIETTES
from app.paie.rules.baremes import (
    RUBRIQUES,
    Baremes,
    Cotisation,
    Grille,
    Parametre,
    Serie,
    lire_cotisation,
    lire_figure,
    lire_grille,
    lire_parametre,
    lire_serie,
)
from app.paie.rules.calcul import Moteur
from app.paie.rules.faits import Dossier, Elements, FaitsContrat, FaitsEmployeur
from app.paie.rules.formules import FORMULES
from app.paie.service.baremes import DOSSIER, charger_baremes
from app.socle.donnees import lire_yaml
from tests.unit.maison import APP
from tests.unit.paie.fabrique import ligne_prevoyance

B = charger_baremes()
DEBUT = date(2019, 1, 1)
PRESENT = Mois(2026, 11)
MOIS = [m.fin for m in Mois(2019, 1).jusqu_a(PRESENT)]
JOURS_SANS_RIEN = {"sport_benevoles": "avenant n° 143 du 21/05/2019 : contribution créée en 2020"}
"""Cotisations younger than 2019, each with what created it."""
Entree = Parametre | Cotisation | Grille
ENTREES: list[Entree] = [*B.parametres.values(), *B.cotisations, *B.grilles.values()]


def series(entree: Entree) -> list[Serie]:
    """Return the series of an entry."""
    if isinstance(entree, Parametre):
        return [entree.serie]
    return [entree.salariale, entree.patronale] if isinstance(entree, Cotisation) else []


def bruts() -> Iterator[dict[str, Any]]:
    """Return every entry as it is written."""
    for chemin in sorted(DOSSIER.rglob("*.yaml")):
        yield from lire_yaml(chemin.read_text(encoding="utf-8"), chemin.name)


@pytest.mark.parametrize("entree", ENTREES, ids=[e.code for e in ENTREES])
def test_an_entry_is_dated_sourced_and_checked(entree: Entree) -> None:
    """Dates in order, a text of some length for each, checked in 2026 and not in the future."""
    for serie in series(entree):
        assert list(serie.dates) == sorted(set(serie.dates))
        assert set(serie.dates) <= set(entree.sources)
    if isinstance(entree, Grille):
        assert set(entree.grilles) == set(entree.sources)
    assert all(len(texte) >= 8 for texte in entree.sources.values())
    assert date(2026, 1, 1) <= entree.verifie_le <= PRESENT.fin
    assert entree.libelle.strip() == entree.libelle != ""


@pytest.mark.exigence("B2")
@pytest.mark.parametrize("entree", ENTREES, ids=[e.code for e in ENTREES])
def test_an_entry_answers_for_every_month_since_2019(entree: Entree) -> None:
    """From its first date to its repeal there is no hole; it begins by 2019, or says what began."""
    for serie in series(entree):
        if not serie.dates:
            continue
        vus = [serie.a(jour) is not None for jour in MOIS]
        depuis = vus[vus.index(True) :]
        assert depuis == sorted(depuis, reverse=True), "a hole, or it came back"
        assert None not in serie.valeurs[:-1]
    if isinstance(entree, Cotisation):
        debut = min(s.dates[0] for s in series(entree) if s.dates)
        assert debut <= DEBUT or entree.code in JOURS_SANS_RIEN
        assert min(entree.sources) <= debut
        for jour in MOIS:
            if jour >= debut:
                assert entree.source(jour)
                assert entree.condition(jour)
    if isinstance(entree, Grille):
        for jour in MOIS:
            taux = [entree.taux(base, jour) for base in range(0, 7_000_000, 50_000)]
            assert taux == sorted(taux)
            assert (taux[0], taux[-1]) == (0, 430_000)


@pytest.mark.parametrize("cotisation", B.cotisations, ids=[c.code for c in B.cotisations])
def test_a_cotisation_names_known_things(cotisation: Cotisation) -> None:
    """Heading, base, organisme and formula are those that the program knows."""
    assert cotisation.rubrique in RUBRIQUES
    assert cotisation.assiette in ASSIETTES
    assert cotisation.organisme in ORGANISMES
    assert cotisation.formule in {"", *FORMULES}
    assert cotisation.salariale.dates or cotisation.patronale.dates


def test_a_figure_bears_the_sign_of_its_unit() -> None:
    """« taux » is written in %, « €/heure » in €, a multiple without sign."""
    for brut in bruts():
        if "unite" in brut:
            signe, _ = UNITES[brut["unite"]]
            valeurs = [str(v) for v in brut["valeurs"].values() if v is not None]
        else:
            signe = "%"
            parts = [brut.get(p) or {} for p in ("part_salariale", "part_patronale")]
            valeurs = [str(v) for part in parts for v in part.values() if v is not None]
        for valeur in valeurs:
            assert re.fullmatch(rf"-?[\d.]+{f' {signe}' if signe else ''}", valeur), brut["code"]


class Figures(dict[str, int | None]):
    """Figures of a day that tell which of them were asked for."""

    def __init__(self, figures: Mapping[str, int | None], demandes: set[str]) -> None:
        super().__init__(figures)
        self.demandes = demandes

    def __getitem__(self, code: str) -> int | None:
        self.demandes.add(code)
        return super().__getitem__(code)


class Espion(Moteur):
    """The engine, remembering which parameters it was asked for."""

    def __init__(self, baremes: Baremes) -> None:
        self.demandes: set[str] = set()
        super().__init__(baremes)

    def _lire_figures(self, jour: date) -> dict[str, int | None]:
        return Figures(super()._lire_figures(jour), self.demandes)


@pytest.fixture(scope="module")
def demandes() -> set[str]:
    """Parameters that the engine asks for, over every month and every size of employer."""
    machine = Espion(B)
    elements = Elements(heures_sup_25=1_000)
    for mois in Mois(2019, 1).jusqu_a(PRESENT):
        for effectif in (5, 19, 20, 49, 50, 300):
            for salaire in (180_000, 900_000):
                employeur = FaitsEmployeur(effectif, 20_000)
                contrat = FaitsContrat(salaire, prevoyances=(ligne_prevoyance(),))
                machine.calculer(Dossier(mois, employeur, contrat, elements))
        employeur = FaitsEmployeur(5, 20_000)
        for salaire in (30_000, 50_000, 60_000, 80_000, 110_000):
            for statut in ("artiste", "sport_forfait"):
                particulier = FaitsContrat(salaire, statut=statut, quotite=100_000)
                primes = Elements(manifestations=(9_000,))
                machine.calculer(Dossier(mois, employeur, particulier, primes))
    return machine.demandes


def ecrits_ailleurs() -> set[str]:
    """Return the codes of parameters written outside of the engine: services, cases, yearly tax."""
    regles = [APP / "paie" / "rules" / nom for nom in ("cas.py", "taxe_salaires.py")]
    constantes = {
        noeud.value
        for fichier in [*regles, *(APP / "paie" / "service").glob("*.py")]
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8")))
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)
    }
    return constantes & set(B.parametres)


def test_every_parameter_asked_for_exists_and_every_one_is_used(demandes: set[str]) -> None:
    """No figure that no formula asks for."""
    assert demandes <= set(B.parametres)
    assert set(B.parametres) - demandes - ecrits_ailleurs() == set()


def test_the_figures_that_a_formula_shows_are_those_it_asks_for(demandes: set[str]) -> None:
    """The page of a cotisation lists them; each exists, each formula too."""
    listes = [*PARAMETRES_DES_FORMULES.values(), *PARAMETRES_DES_STATUTS.values()]
    montres = {code for codes in listes for code in codes}
    assert set(PARAMETRES_DES_FORMULES) <= set(FORMULES)
    assert montres <= demandes
    du_brut = {"plafond_mensuel", "indemnite_fin_cdd", "csg_abattement", "csg_abattement_plafonds"}
    des_limites = {code for code in demandes if code.startswith(("prevoyance_", "retraite_sup_"))}
    assert demandes - montres == du_brut | des_limites
    assert len(des_limites) == 8


def test_a_figure_written_twice_is_the_same() -> None:
    """The SMIC of the réduction générale is the SMIC of the month, until 2026."""
    for jour in MOIS:
        if jour < date(2026, 6, 1):
            assert B.valeur("smic_reduction", jour) == B.valeur("smic_horaire", jour)


PARAMETRE: dict[str, Any] = {
    "code": "essai",
    "libelle": "Essai",
    "unite": "taux",
    "valeurs": {DEBUT: "1.00 %"},
    "sources": {DEBUT: "Un texte"},
    "verifie_le": date(2026, 11, 24),
}
COTISATION: dict[str, Any] = {
    "code": "essai",
    "libelle": "Essai",
    "rubrique": "sante",
    "organisme": "urssaf",
    "assiette": "brut",
    "part_patronale": {DEBUT: "1.00 %"},
    "sources": {DEBUT: "Un texte"},
    "verifie_le": date(2026, 11, 24),
}
GRILLE: dict[str, Any] = {
    "code": "essai",
    "libelle": "Essai",
    "grilles": {DEBUT: [{"des": "0.00 €", "taux": "0.00 %"}]},
    "sources": {DEBUT: "Un texte"},
    "verifie_le": date(2026, 11, 24),
}
DEUX = {date(2020, 1, 1): "1.00 %", DEBUT: "2.00 %"}
TROU = {DEBUT: "1.00 %", date(2021, 7, 1): None, date(2022, 1, 1): "2.00 %"}
REFUS: list[tuple[str, str, dict[str, Any], str]] = [
    ("unknown key", "parametre", {"intrus": 1}, "champ inconnu : intrus"),
    ("missing key", "parametre", {"unite": ...}, "il manque unite"),
    ("no value", "parametre", {"valeurs": {}}, "chaque valeur doit citer son texte"),
    ("no source", "parametre", {"sources": {}}, "chaque date doit citer son texte"),
    ("empty source", "parametre", {"sources": {DEBUT: " "}}, "chaque date doit citer son texte"),
    ("stray source", "parametre", {"sources": {date(2020, 1, 1): "x"}}, "et lui seul"),
    ("no date", "parametre", {"valeurs": {"2019": "1.00 %"}}, "« 2019 » n'est pas une date"),
    ("no figure", "parametre", {"valeurs": {DEBUT: "1,00 %"}}, "« 1,00 % » n'est pas un chiffre"),
    ("too fine", "parametre", {"valeurs": {DEBUT: "1.001 €"}}, "n'est pas un chiffre"),
    ("disorder", "parametre", {"valeurs": DEUX}, "les dates ne sont pas dans l'ordre"),
    ("hole", "parametre", {"valeurs": TROU}, "il y a un trou à partir du 01/07/2021"),
    ("hole", "cotisation", {"part_patronale": TROU}, "il y a un trou à partir du 01/07/2021"),
    ("unknown key", "cotisation", {"intrus": 1}, "champ inconnu : intrus"),
    ("missing key", "cotisation", {"organisme": ...}, "il manque organisme"),
    ("heading", "cotisation", {"rubrique": "autre"}, "rubrique inconnue : autre"),
    ("base", "cotisation", {"assiette": "net"}, "assiette inconnue : net"),
    ("formula", "cotisation", {"formule": "magie"}, "formule inconnue : magie"),
    ("condition", "cotisation", {"si": {"age": 12}}, "condition inconnue"),
    ("source", "cotisation", {"sources": {}}, "chaque date doit citer son texte"),
    ("disorder", "cotisation", {"part_salariale": DEUX}, "les dates ne sont pas dans l'ordre"),
    ("unknown key", "grille", {"intrus": 1}, "champ inconnu : intrus"),
    ("missing key", "grille", {"grilles": ...}, "il manque grilles"),
    ("from above", "grille", {"grilles": {DEBUT: [{"des": "9 €", "taux": "1 %"}]}}, "depuis 0"),
    (
        "decreasing",
        "grille",
        {
            "grilles": {
                DEBUT: [
                    {"des": "0 €", "taux": "0 %"},
                    {"des": "9 €", "taux": "1 %"},
                    {"des": "8 €", "taux": "2 %"},
                ]
            }
        },
        "n'est pas croissante",
    ),
    (
        "falling rates",
        "grille",
        {
            "grilles": {
                DEBUT: [
                    {"des": "0 €", "taux": "0 %"},
                    {"des": "8 €", "taux": "2 %"},
                    {"des": "9 €", "taux": "1 %"},
                ]
            }
        },
        "baissent",
    ),
    ("source", "grille", {"sources": {}}, "chaque date doit citer son texte"),
]
LECTEURS: dict[str, tuple[dict[str, Any], Callable[[dict[str, Any]], Any]]] = {
    "parametre": (PARAMETRE, lire_parametre),
    "cotisation": (COTISATION, lambda brut: lire_cotisation(brut, 0, ASSIETTES, FORMULES)),
    "grille": (GRILLE, lire_grille),
}


@pytest.mark.parametrize(
    ("genre", "change", "cause"), [r[1:] for r in REFUS], ids=[f"{r[1]}: {r[0]}" for r in REFUS]
)
def test_the_reader_refuses_what_is_not_as_it_must_be(
    genre: str, change: dict[str, Any], cause: str
) -> None:
    """The refusal names the entry and the cause; the same entry unchanged is accepted."""
    modele, lire = LECTEURS[genre]
    assert lire(modele).code == "essai"
    brut = {k: v for k, v in (modele | change).items() if v is not ...}
    with pytest.raises(BaremeRefuse) as refus:
        lire(brut)
    assert refus.value.bareme == "essai"
    assert cause in refus.value.cause


@pytest.mark.parametrize("texte", ["1,5 %", "1.00001 %", "12 €/h", "un", "1.001 €", "--1 %"])
def test_a_figure_without_its_form_is_refused(texte: str) -> None:
    """A comma, an unknown unit or too many decimals are no figure."""
    with pytest.raises(ValueError, match=re.escape(texte)):
        lire_figure(texte)


def test_a_folder_of_baremes_is_refused_whole(tmp_path: Path) -> None:
    """A list that is none, a code written twice: refused by name."""
    fichiers = {f.relative_to(DOSSIER): f.read_text("utf-8") for f in DOSSIER.rglob("*.yaml")}

    def charger(nom: str, texte: str) -> Baremes:
        for chemin, contenu in fichiers.items():
            (tmp_path / chemin).parent.mkdir(exist_ok=True)
            (tmp_path / chemin).write_text(texte if str(chemin) == nom else contenu, "utf-8")
        return charger_baremes(tmp_path)

    sante = fichiers[Path("cotisations/sante.yaml")]
    parametres = fichiers[Path("parametres.yaml")]
    for nom, texte, cause in (
        ("parametres.yaml", "code: x", "liste"),
        ("parametres.yaml", parametres + parametres, "deux fois"),
        ("cotisations/sante.yaml", sante + sante, "deux fois"),
    ):
        with pytest.raises(BaremeRefuse) as refus:
            charger(nom, texte)
        assert cause in refus.value.texte()
    assert charger("", "").parametres.keys() == B.parametres.keys()


def test_a_value_repealed_or_not_begun_is_unknown_by_name() -> None:
    """Never a guess: the refusal bears the label and the day."""
    serie = lire_serie({date(2020, 1, 1): "1.00 %", date(2021, 1, 1): None}, "essai")
    assert serie.a(DEBUT) is None
    assert serie.a(date(2020, 6, 1)) == (date(2020, 1, 1), 10_000)
    assert serie.a(date(2021, 1, 1)) is None
    for code, jour in (("rgdu_t_min", date(2025, 12, 31)), ("reduction_t_petites", MOIS[-1])):
        with pytest.raises(BaremeInconnu) as refus:
            B.valeur(code, jour)
        assert "n’a pas de valeur" in refus.value.texte().replace("'", "’")
