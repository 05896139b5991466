"""Rates, options and branch regimes as the screens show them, to read or to type."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.noyau import champs as c
from app.noyau.argent import Centimes, Millioniemes, afficher_euros, afficher_taux
from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import afficher_date, lire_date
from app.prevoyance.rules.fiches import CHAMPS_OPTIONS
from app.prevoyance.rules.regimes import BASES as BASES_REGIME
from app.prevoyance.rules.regimes import Options, Regime, TauxInconnus
from app.prevoyance.rules.taux import (
    BASES_SAISIES,
    FORFAIT,
    PARTS,
    POPULATIONS,
    TOUS,
    TauxSaisi,
    nom_du_champ,
    populations_lues,
)
from app.socle.web import ChampVu, FormulaireVu

AIDES: Final[Mapping[str, str]] = {
    "forfait_social": "La part patronale supporte le forfait social "
    "(8 %, employeurs de 11 salariés et plus).",
    "csg_crds": "La part patronale entre, sans abattement, dans l'assiette de la CSG et la CRDS.",
    "deduction_po": "La part ouvrière (du salarié) est déduite de son net imposable.",
    "deduction_pp": "La part patronale ne s'ajoute pas au net imposable ; "
    "non, pour les frais de santé.",
}
"""What each option does to the bulletin, in one line (P2).

Source:
    CSS, art. L137-15 and L137-16 (forfait social), L136-1-1 (CSG); CGI, art. 83, 1° quater.
"""


@dataclass(frozen=True, slots=True)
class LigneVue:
    """A line of rates to read; every value is a text."""

    base: str
    population: str
    salarial: str
    patronal: str


@dataclass(frozen=True, slots=True)
class OptionVue:
    """One of the four options: name of its box, label, what it does, whether it is on."""

    nom: str
    libelle: str
    aide: str
    valeur: bool


@dataclass(frozen=True, slots=True)
class CelluleVue:
    """A rate to type: name of its field, value, label for screen readers, state."""

    nom: str
    valeur: str
    libelle: str
    premiere: bool
    est_refusee: bool


@dataclass(frozen=True, slots=True)
class LigneGrille:
    """The rates of one base; `unite` is « % » or « € »."""

    libelle: str
    unite: str
    cellules: tuple[CelluleVue, ...]


@dataclass(frozen=True, slots=True)
class GrilleVue:
    """The grid of rates to type: populations as columns, bases as lines, what was refused."""

    populations: tuple[tuple[str, str], ...]
    lignes: tuple[LigneGrille, ...]
    erreurs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegimeVu:
    """A branch regime at a date: rates and options that the program gives.

    `sans_taux`: a sentence a population without rates; `manque`: what is to be confirmed;
    `a_saisir`: some rates are unknown, the person gives those of the contract.
    """

    libelle: str
    jour: str
    lignes: tuple[LigneVue, ...]
    sans_taux: tuple[str, ...]
    options: tuple[OptionVue, ...]
    manque: str
    source: str
    a_saisir: bool


def options_vues(options: Options) -> tuple[OptionVue, ...]:
    """Return four options to read."""
    return tuple(
        OptionVue(o.nom, o.libelle, AIDES[o.nom], getattr(options, o.nom)) for o in CHAMPS_OPTIONS
    )


def options_du_formulaire(vu: FormulaireVu) -> tuple[OptionVue, ...]:
    """Return the four boxes of a form."""
    return tuple(
        OptionVue(o.nom, o.libelle, AIDES[o.nom], vu.champ(o.nom).valeur == "1")
        for o in CHAMPS_OPTIONS
    )


def _cellules(
    vu: FormulaireVu, base: str, populations: Sequence[tuple[str, str]]
) -> Iterator[CelluleVue]:
    for population, qui in populations:
        for part, nom_part in PARTS:
            champ = vu.champ(nom_du_champ(population, base, part))
            libelle = f"{BASES_SAISIES[base]}, {qui}, {nom_part}"
            yield CelluleVue(
                champ.nom, champ.valeur, libelle, part == PARTS[0][0], bool(champ.erreur)
            )


def _erreur(champ: ChampVu) -> str:
    """Return what was refused of a rate, with where it stands; most messages name the base."""
    base = champ.libelle.rpartition(", ")[0]
    ou = champ.groupe if champ.erreur.startswith(base) else f"{champ.groupe}, {champ.libelle}"
    return f"{ou} – {champ.erreur} {champ.remede}"


def grille(vu: FormulaireVu, population: str = TOUS) -> GrilleVue:
    """Return the grid of a form for the population of a contract."""
    montrees = tuple(
        (cle, qui) for cle, qui in POPULATIONS if population == TOUS or cle in {TOUS, population}
    )
    if population != TOUS:
        montrees = montrees[1:] + montrees[:1]
    noms = {nom_du_champ(p, b, part) for p, _ in POPULATIONS for b in BASES_SAISIES
            for part, _ in PARTS}  # fmt: skip
    erreurs = [_erreur(x) for x in vu.champs if x.nom in noms and x.erreur]
    return GrilleVue(
        montrees,
        tuple(
            LigneGrille(
                libelle, "€" if base == FORFAIT else "%", tuple(_cellules(vu, base, montrees))
            )
            for base, libelle in BASES_SAISIES.items()
        ),
        tuple(erreurs),
    )


def _part(taux: int, montant: int) -> str:
    if montant:
        return f"{afficher_euros(Centimes(montant))} par mois"
    return afficher_taux(Millioniemes(taux))


def lignes_vues(lignes: Sequence[TauxSaisi]) -> tuple[LigneVue, ...]:
    """Return the lines of rates of a period to read."""
    qui = dict(POPULATIONS)
    return tuple(
        LigneVue(
            BASES_SAISIES[li.base],
            qui[li.population],
            _part(li.salarial, li.montant_salarial),
            _part(li.patronal, li.montant_patronal),
        )
        for li in lignes
    )


def regime_vu(regime: Regime, jour: date, population: str = TOUS) -> RegimeVu:
    """Return a regime as it is on a day for the population of a contract."""
    lignes: list[LigneVue] = []
    sans: list[str] = []
    a_saisir = False
    for qui in populations_lues(population):
        nom, taux = regime.populations[qui], regime.taux(jour, qui)
        if isinstance(taux, TauxInconnus):
            a_saisir = True
            sans.append(f"{nom} : taux à saisir ({taux.manque}).")
        elif not taux.lignes:
            sans.append(f"{nom} : sans cotisation ; {taux.sans_objet or 'rien à cotiser'}.")
        else:
            lignes += [
                LigneVue(BASES_REGIME[li.base], nom, _part(li.salarial, 0), _part(li.patronal, 0))
                for li in taux.lignes
            ]
    periode = regime.periode(jour)
    return RegimeVu(
        libelle=regime.libelle,
        jour=afficher_date(jour),
        lignes=tuple(lignes),
        sans_taux=tuple(sans),
        options=options_vues(regime.options),
        manque=" ; ".join(
            dict.fromkeys(
                phrase
                for qui in populations_lues(population)
                for phrase in regime.manque(jour, qui).split(" ; ")
                if phrase
            )
        ),
        source=f"Source : {periode.texte if periode else regime.article}.",
        a_saisir=a_saisir,
    )


def population_vue(vu: FormulaireVu, regime: Regime | None) -> ChampVu:
    """Return the field of the population of a paramétrée: those that its regime has rates for."""
    siennes = tuple(regime.populations.items()) if regime else POPULATIONS[1:]
    choix = c.choix(POPULATIONS[0], *siennes, largeur=30)
    champ = vu.champ("population")
    connues = dict(choix.choix)
    valeur = champ.valeur if champ.valeur in connues else TOUS
    return replace(champ, nature=choix, valeur=valeur, obligatoire=True)


def jour_du_formulaire(texte: str, defaut: date) -> date:
    """Return the date being typed, today's while it cannot be read."""
    try:
        return lire_date(texte)
    except ErreurMetier:
        return defaut
