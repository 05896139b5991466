"""What printed documents show, as frozen values: the bulletin in the legal model, the livre.

Rules:
- The order and the grouping are those of the simplified bulletin: contributions that the
  employer alone owes are one line, the CSG stands without a heading, a heading of one line
  bears its amounts (arrêté du 25/02/2016 modifié, annexe).
- Gross, less the employee's part, less benefits in kind, plus expenses, is the net before tax;
  less tax and payments on account, the net to pay.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.noyau.periodes import Mois, Periode
from app.paie.rules.baremes import RUBRIQUES
from app.paie.rules.etats import Etat
from app.paie.rules.imputation import reunir

ORGANISMES = {
    "urssaf": "Urssaf",
    "agirc_arrco": "Agirc-Arrco",
    "prevoyance": "Prévoyance",
    "mutuelle": "Complémentaire santé",
    "afdas": "Afdas",
    "action_logement": "Action logement",
}
"""Who receives the contributions, by code."""
REGROUPEES = "autres"
SANS_TITRE = "csg"
D_UNE_LIGNE = frozenset({"accidents_travail", "famille"})


class LigneStockee(NamedTuple):
    """A line as a bulletin keeps it: amounts in centimes, rates in millionths."""

    code: str
    libelle: str
    rubrique: str
    organisme: str
    assiette: int
    taux_salarial: int
    salarial: int
    taux_patronal: int
    patronal: int


class LigneImprimee(NamedTuple):
    """A line of the table of contributions; None: the cell stays empty."""

    libelle: str
    assiette: int | None = None
    taux: int | None = None
    salarial: int | None = None
    patronal: int | None = None
    forte: bool = False


class BrutStocke(NamedTuple):
    """The gross pay as a bulletin keeps it: centimes; hours paid and not worked, hundredths."""

    heures: int
    base: int
    absences: int
    heures_sup: int
    primes: int
    avantages: int
    fin_de_contrat: int
    conges: int
    heures_absence: int = 0


class CongesImprimes(NamedTuple):
    """Paid leave, hundredths of working days: of the month, then what is left of each period."""

    acquis: int
    pris: int
    anterieurs: int
    en_cours: int


class ElementBrut(NamedTuple):
    """A line of the gross pay: hours in hundredths, rate in ten-thousandths of a euro."""

    libelle: str
    montant: int
    heures: int | None = None
    taux: int | None = None


class Cumuls(NamedTuple):
    """The year so far, this bulletin included, centimes."""

    brut: int
    plafond: int
    montant_net_social: int
    net_imposable: int
    impot: int


@dataclass(frozen=True, slots=True)
class EmployeurImprime:
    """The employer on top of a bulletin."""

    raison_sociale: str
    adresse: tuple[str, ...]
    siret: str
    naf: str
    convention: str


@dataclass(frozen=True, slots=True)
class SalarieImprime:
    """The employee and the job that a bulletin is about."""

    designation: str
    nom: str
    adresse: tuple[str, ...]
    nir: str
    matricule: str
    emploi: str
    classification: str
    categorie: str
    contrat: str
    entree_le: date


@dataclass(frozen=True, slots=True)
class BulletinImprime:
    """Everything that the page shows; amounts in centimes, hours in hundredths.

    `fait_a` is the instant that the file bears: the same bulletin gives the same bytes.
    `conges` None: computed before they were counted.
    """

    id: int
    employeur_id: int
    numero: int
    mois: Mois
    etat: Etat
    periode: Periode
    paye_le: date
    fait_a: datetime
    employeur: EmployeurImprime
    salarie: SalarieImprime
    heures: int
    elements: tuple[ElementBrut, ...]
    brut: int
    lignes: tuple[LigneImprimee, ...]
    cotisations_salarie: int
    cotisations_employeur: int
    montant_net_social: int
    avantages_nature: int
    indemnites: int
    net_avant_impot: int
    net_imposable: int
    taux_impot: int
    nature_du_taux: str
    impot: int
    heures_exonerees: int
    acompte: int
    net_a_payer: int
    allegement: int
    cout_employeur: int
    plafond: int
    cumuls: Cumuls
    conges: CongesImprimes | None = None


def lignes_du_modele(stockees: Sequence[LigneStockee]) -> tuple[LigneImprimee, ...]:
    """Return the lines of the legal model, in its order, headings included."""
    lignes: list[LigneImprimee] = []
    for code, titre in RUBRIQUES.items():
        siennes = [li for li in stockees if li.rubrique == code]
        if not siennes:
            continue
        if code == REGROUPEES:
            patronal = sum(li.patronal for li in siennes)
            salarial = sum(li.salarial for li in siennes)
            lignes.append(
                LigneImprimee(titre, salarial=salarial or None, patronal=patronal, forte=True)
            )
        elif code in D_UNE_LIGNE and len(siennes) == 1:
            lignes.append(_imprimer(siennes[0], titre, forte=True))
        elif code == SANS_TITRE:
            lignes += [_imprimer(li, li.libelle, forte=True) for li in siennes]
        else:
            lignes.append(LigneImprimee(titre, forte=True))
            for ligne, parts in reunir(siennes):
                lignes.append(_imprimer(ligne, ligne.libelle, forte=False))
                if parts:
                    lignes.append(LigneImprimee(parts))
    return tuple(lignes)


def _imprimer(li: LigneStockee, libelle: str, *, forte: bool) -> LigneImprimee:
    return LigneImprimee(
        libelle,
        li.assiette,
        li.taux_salarial if li.salarial and li.taux_salarial else None,
        li.salarial or None,
        li.patronal or None,
        forte,
    )


def allegement(stockees: Iterable[LigneStockee], taux_plein: Callable[[str], int]) -> int:
    """Return what the employer was spared: exonerations, and rates below the full ones.

    Args:
        stockees: lines of the bulletin.
        taux_plein: full employer's rate of a cotisation by code, millionths; 0 when it has none.

    Source:
        Code du travail, art. R3243-1, 13°.
    """
    epargne = 0
    for li in stockees:
        if li.rubrique == "exonerations":
            epargne -= li.patronal
        elif li.code in {"maladie", "allocations_familiales"}:
            epargne += max(0, arrondi(li.assiette * taux_plein(li.code), 1_000_000) - li.patronal)
    return epargne


def heures_exonerees(stockees: Iterable[LigneStockee]) -> int:
    """Return the overtime pay exempt from income tax: its own CSG has 98,25 % of it as base."""
    for li in stockees:
        if li.code == "csg_heures_supplementaires":
            return arrondi(arrondi(li.assiette * 10_000, 9_825), 100) * 100
    return 0


def montant_horaire(montant: int, heures: int) -> int | None:
    """Return the pay of an hour, ten-thousandths of a euro; None without hours."""
    return arrondi(montant * 10_000, heures) if heures else None


def nature_du_taux(du_contrat: int | None, applique: int) -> str:
    """Return how the tax rate was given; nothing when the contract changed since.

    Args:
        du_contrat: rate that the contract bears now, millionths; None: the neutral grid.
        applique: rate that the bulletin bears.
    """
    if du_contrat is None:
        return "taux non personnalisé"
    return "taux personnalisé" if du_contrat == applique else ""
