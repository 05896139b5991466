"""Rates of an « autre prévoyance »: the fields that take them, and what they must satisfy.

Rules:
- One line a base: employee's and employer's share, as rates of the base, or as amounts of a
  month for the forfait.
- A base is given for everybody, or for cadres and non-cadres apart; never both ways.
- Both shares together never pass 20 % of a base: the exemption of contributions ends at 12 %
  of the plafond (CSS, art. D242-1, II: 6 % of the plafond and 1.5 % of the pay, 12 % at most),
  and above the person confirms; beyond 20 % it is a slip of the decimal comma.
- The employer bears half at least of the mandatory complémentaire santé (CSS, art. L911-7, III).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.noyau import champs as c
from app.noyau.argent import Millioniemes, afficher_taux
from app.noyau.champs import Champ
from app.noyau.erreurs import Avertissement, Constat
from app.noyau.periodes import Periode
from app.prevoyance.errors import AucunTaux, TauxAuDessusDuMaximum, TauxEnDouble, TauxHorsPopulation
from app.prevoyance.rules.regimes import BASES, CADRE, NON_CADRE, Options

TOUS: Final = "tous"
FORFAIT: Final = "forfait"
BASES_SAISIES: Mapping[str, str] = {**BASES, FORFAIT: "Forfait par mois"}
"""What a line of rates applies to, in the order of the screens."""
POPULATIONS = ((TOUS, "Tous les salariés"), (NON_CADRE, "Non-cadres"), (CADRE, "Cadres"))
LIBELLES_POPULATION: Mapping[str, str] = {
    TOUS: "salariés",
    NON_CADRE: "non-cadres",
    CADRE: "cadres",
}
"""Whom a contract is for, within a sentence."""


def categorie_de(population: str) -> str:
    """Return the category that a population is part of: cadre, non_cadre, or tous.

    Regimes set some apart: `permanent_non_cadre` are non-cadres.

    >>> categorie_de("permanent_non_cadre"), categorie_de("technicien_cadre")
    ('non_cadre', 'cadre')
    """
    if population.endswith(NON_CADRE):
        return NON_CADRE
    return CADRE if population.endswith(CADRE) else TOUS


def populations_lues(population: str) -> tuple[str, ...]:
    """Return those whose rates a contract for a population takes: both, or its own."""
    return (NON_CADRE, CADRE) if population == TOUS else (population,)


MAXIMUM: Final = 200_000
A_CONFIRMER: Final = 120_000
FORFAIT_MAXIMUM: Final = 100_000
"""Highest amount of one share in a month, centimes."""
PARTS = (("salarial", "part salariale"), ("patronal", "part patronale"))


@dataclass(frozen=True, slots=True)
class TauxSaisi:
    """One line as entered: rates in millionths, amounts in centimes (base `forfait` only)."""

    population: str
    base: str
    salarial: int = 0
    patronal: int = 0
    montant_salarial: int = 0
    montant_patronal: int = 0


@dataclass(frozen=True, slots=True)
class PeriodeSaisie:
    """A period of a contract as entered: its days, its four options, its lines of rates."""

    periode: Periode
    options: Options
    taux: tuple[TauxSaisi, ...] = ()


def _champs() -> Iterator[Champ]:
    for population, qui in POPULATIONS:
        for base, libelle in BASES_SAISIES.items():
            nature = c.euros(0, FORFAIT_MAXIMUM) if base == FORFAIT else c.taux()
            for part, nom in PARTS:
                yield Champ(
                    nom_du_champ(population, base, part),
                    f"{libelle}, {nom}",
                    nature,
                    groupe=qui,
                    vide=None,
                )


def nom_du_champ(population: str, base: str, part: str) -> str:
    """Return the name of the field of one share: « tous_t1_salarial »."""
    return f"{population}_{base}_{part}"


CHAMPS_TAUX: tuple[Champ, ...] = tuple(_champs())


def taux_saisis(valeurs: Mapping[str, Any]) -> tuple[TauxSaisi, ...]:
    """Return the lines of a form whose fields were read; an empty base gives none."""
    lignes = []
    for population, _ in POPULATIONS:
        for base in BASES_SAISIES:
            parts = [valeurs.get(nom_du_champ(population, base, part)) for part, _ in PARTS]
            if not any(parts):
                continue
            salarial, patronal = (p or 0 for p in parts)
            if base == FORFAIT:
                lignes.append(TauxSaisi(population, base, 0, 0, salarial, patronal))
            else:
                lignes.append(TauxSaisi(population, base, salarial, patronal))
    return tuple(lignes)


def ecrire_taux(lignes: Sequence[TauxSaisi]) -> dict[str, str]:
    """Return the texts of the form for the lines of a period."""
    textes = {champ.nom: "" for champ in CHAMPS_TAUX}
    par_nom = {champ.nom: champ for champ in CHAMPS_TAUX}
    for li in lignes:
        parts = {
            "salarial": li.montant_salarial if li.base == FORFAIT else li.salarial,
            "patronal": li.montant_patronal if li.base == FORFAIT else li.patronal,
        }
        for part, valeur in parts.items():
            nom = nom_du_champ(li.population, li.base, part)
            textes[nom] = par_nom[nom].ecrire(valeur)
    return textes


def _maximum(li: TauxSaisi) -> list[Constat]:
    total = li.salarial + li.patronal
    if total <= MAXIMUM:
        return []
    textes = (afficher_taux(Millioniemes(total)), afficher_taux(Millioniemes(MAXIMUM)))
    erreur = TauxAuDessusDuMaximum(BASES_SAISIES[li.base], *textes)
    return [Constat.de_l_erreur(erreur, nom_du_champ(li.population, li.base, "salarial"))]


def verifier_taux(
    lignes: Sequence[TauxSaisi], population: str, *, requis: bool = True
) -> list[Constat]:
    """Return what is wrong in the rates of a contract for a population, beside each field.

    Args:
        lignes: what was entered.
        population: of the contract.
        requis: at least one line is due (False for a paramétrée).
    """
    if requis and not lignes:
        return [Constat.de_l_erreur(AucunTaux())]
    constats = []
    pour_tous = {li.base for li in lignes if li.population == TOUS}
    for li in lignes:
        base, qui = BASES_SAISIES[li.base], LIBELLES_POPULATION[li.population]
        champ = nom_du_champ(li.population, li.base, "salarial")
        constats += _maximum(li)
        if li.population == TOUS:
            continue
        if population not in {TOUS, li.population}:
            constats.append(Constat.de_l_erreur(TauxHorsPopulation(base, qui), champ))
        elif li.base in pour_tous:
            constats.append(Constat.de_l_erreur(TauxEnDouble(base, qui), champ))
    return constats


def avertir_taux(lignes: Sequence[TauxSaisi], nature: str) -> list[Avertissement]:
    """Return what is to be confirmed: rates above the exemption, employer below half of santé."""
    avertissements = []
    hauts = [li for li in lignes if li.salarial + li.patronal > A_CONFIRMER]
    if hauts:
        noms = ", ".join(BASES_SAISIES[li.base] for li in hauts)
        message = (
            f"{noms} : plus de {afficher_taux(Millioniemes(A_CONFIRMER))} au total, au-delà de la "
            "limite d'exonération des cotisations (article D242-1 du Code de la sécurité sociale)."
        )
        avertissements.append(Avertissement("PRV-207", message))
    if nature == "sante" and any(
        li.salarial > li.patronal or li.montant_salarial > li.montant_patronal for li in lignes
    ):
        message = (
            "L'employeur finance au moins la moitié de la complémentaire santé obligatoire "
            "(article L911-7 du Code de la sécurité sociale)."
        )
        avertissements.append(Avertissement("PRV-208", message))
    return avertissements
