"""Before and after: two computations of one bulletin, line by line and total by total.

Rules:
- Every line of either version stands once, in the order of the legal model; totals all stand.
- A line is added, removed, changed or the same: in words, never by a colour alone.
- The difference of each side is after less before; a line that is not there counts zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.paie.rules.baremes import RUBRIQUES
from app.paie.rules.calcul import Bulletin
from app.paie.rules.imprimes import LigneStockee
from app.paie.rules.imputation import partager

TOTAUX: Mapping[str, str] = {
    "brut": "Salaire brut",
    "cotisations_salarie": "Cotisations du salarié",
    "cotisations_employeur": "Cotisations de l'employeur",
    "montant_net_social": "Montant net social",
    "net_avant_impot": "Net à payer avant impôt",
    "net_imposable": "Net imposable",
    "impot": "Impôt prélevé à la source",
    "net_a_payer": "Net à payer",
    "cout_employeur": "Total versé par l'employeur",
}
"""Totals that are compared, in the order of the bulletin."""
AJOUTEE, RETIREE, MODIFIEE, IDENTIQUE = "ajoutée", "retirée", "modifiée", "inchangée"


@dataclass(frozen=True, slots=True)
class Version:
    """One computation of a bulletin; centimes, rates in millionths."""

    lignes: tuple[LigneStockee, ...]
    totaux: Mapping[str, int]


VIDE = Version((), dict.fromkeys(TOTAUX, 0))
"""The bulletin of a month that the contract covers no more."""


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """A line in both versions; None: it is not in that one."""

    code: str
    libelle: str
    rubrique: str
    avant: LigneStockee | None
    apres: LigneStockee | None

    @property
    def en_mots(self) -> str:
        """What happened to the line."""
        if self.avant is None:
            return AJOUTEE
        if self.apres is None:
            return RETIREE
        return IDENTIQUE if self.avant[4:] == self.apres[4:] else MODIFIEE

    @property
    def ecart_salarial(self) -> int:
        """Employee's part after, less before."""
        return (self.apres.salarial if self.apres else 0) - (
            self.avant.salarial if self.avant else 0
        )

    @property
    def ecart_patronal(self) -> int:
        """Employer's part after, less before."""
        return (self.apres.patronal if self.apres else 0) - (
            self.avant.patronal if self.avant else 0
        )


@dataclass(frozen=True, slots=True)
class TotalCompare:
    """A total in both versions, centimes."""

    nom: str
    libelle: str
    avant: int
    apres: int

    @property
    def ecart(self) -> int:
        """After, less before."""
        return self.apres - self.avant


@dataclass(frozen=True, slots=True)
class Comparaison:
    """What a recalculation changes."""

    lignes: tuple[LigneComparee, ...]
    totaux: tuple[TotalCompare, ...]

    @property
    def changees(self) -> tuple[LigneComparee, ...]:
        """The lines that are not the same."""
        return tuple(li for li in self.lignes if li.en_mots != IDENTIQUE)

    @property
    def est_vide(self) -> bool:
        """Tell whether both versions are the same."""
        return not self.changees and all(not t.ecart for t in self.totaux)

    def ecart(self, nom: str) -> int:
        """Return the difference of a total, by a key of `TOTAUX`; centimes."""
        return next(t.ecart for t in self.totaux if t.nom == nom)


def comparer(avant: Version, apres: Version) -> Comparaison:
    """Compare two computations of one bulletin."""
    anciennes = {li.code: li for li in avant.lignes}
    nouvelles = {li.code: li for li in apres.lignes}
    lignes = [
        LigneComparee(code, vue.libelle, vue.rubrique, anciennes.get(code), nouvelles.get(code))
        for code, vue in (anciennes | nouvelles).items()
    ]
    totaux = tuple(
        TotalCompare(nom, libelle, avant.totaux[nom], apres.totaux[nom])
        for nom, libelle in TOTAUX.items()
    )
    return Comparaison(_dans_l_ordre(lignes), totaux)


def _dans_l_ordre(lignes: Iterable[LigneComparee]) -> tuple[LigneComparee, ...]:
    rangs = {code: rang for rang, code in enumerate(RUBRIQUES)}
    return tuple(sorted(lignes, key=lambda li: rangs.get(li.rubrique, len(rangs))))


def version_calculee(b: Bulletin, mots: Mapping[str, tuple[str, str, str]]) -> Version:
    """Return a computed bulletin as a version.

    Args:
        b: the bulletin.
        mots: label, heading and organisme of each line, by code.
    """
    t = b.totaux
    lignes = tuple(
        LigneStockee(li.code, *mots[li.code], *li[1:])
        for entiere in b.lignes
        for li in partager(entiere, b.imputation)
    )
    totaux = {nom: getattr(t, _ATTRIBUTS.get(nom, nom)) for nom in TOTAUX}
    return Version(lignes, totaux)


_ATTRIBUTS = {"net_avant_impot": "net_a_payer_avant_impot"}
"""Name that the engine gives to a total, where it differs from the column's."""
