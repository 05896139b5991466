"""What is asked for, and how it is shared out: métiers, sizes, defects of the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.demonstration.rules.matiere import Metier
from app.demonstration.rules.tirage import Tirage
from app.noyau.argent import Centimes, repartition
from app.noyau.periodes import Mois

DOSSIER = "Démonstration"
PAR_DOSSIER = 60
"""Employers of the first dossier; those beyond go to dossiers by subject."""
UN_CLUB_SUR = 20
"""One sound sports club in so many follows, by mistake, a convention that is not its own."""


class Defaut(StrEnum):
    """What a record of the demonstration has wrong about its convention or OPCO."""

    AUCUN = "aucun"
    ANCIEN_OPCA = "ancien_opca"
    SANS_OPCO = "sans_opco"
    SANS_CCN = "sans_ccn"
    ABSENCE = "absence"
    CCN_CLOSE = "ccn_close"
    CCN_VOISINE = "ccn_voisine"

    @property
    def est_ancien(self) -> bool:
        """Tell whether the record still names an OPCA of before the reform."""
        return self not in {Defaut.AUCUN, Defaut.SANS_OPCO, Defaut.CCN_VOISINE}


PREMIER_MOIS = Mois(2019, 1)
"""First month of the barèmes."""
FICHES_PAYEES = 24_000
"""Employees times months of bulletins, at most: what a small computer does within a minute."""


@dataclass(frozen=True, slots=True)
class Demande:
    """How much to draw, over which years, from which seed, as of which day."""

    employeurs: int
    salaries: int
    annees: int
    graine: int
    aujourd_hui: date

    @property
    def horizon(self) -> date:
        """First day of the years over which contracts start; eight months at least."""
        premier_janvier = date(self.aujourd_hui.year - self.annees, 1, 1)
        return min(premier_janvier, self.aujourd_hui - timedelta(days=240))


@dataclass(frozen=True, slots=True)
class Cas:
    """An association to draw."""

    metier: str
    defaut: Defaut = Defaut.AUCUN
    est_archive: bool = False


OBLIGES = (
    Cas("sport", Defaut.ANCIEN_OPCA),
    Cas("animation"),
    Cas("sport", Defaut.ABSENCE),
    Cas("aide_domicile", Defaut.CCN_CLOSE),
    Cas("divers", Defaut.SANS_CCN),
    Cas("centre_social", Defaut.SANS_OPCO),
    Cas("sport", est_archive=True),
    Cas("maison_de_retraite", Defaut.ANCIEN_OPCA),
    Cas("spectacle_subventionne"),
    Cas("familles_rurales"),
    Cas("handicap"),
    Cas("sport", Defaut.CCN_VOISINE),
)
"""The first ones, so that the smallest dossier shows every state."""

_DEFAUTS = (
    (Defaut.AUCUN, 62),
    (Defaut.ANCIEN_OPCA, 22),
    (Defaut.SANS_OPCO, 9),
    (Defaut.SANS_CCN, 3),
    (Defaut.ABSENCE, 2),
    (Defaut.CCN_CLOSE, 2),
)
_TAILLES = ((1, 46), (2, 22), (4, 15), (8, 10), (16, 5), (24, 2))


def repartir_les_cas(
    tirage: Tirage, combien: int, metiers: Mapping[str, Metier], closes: Mapping[str, str]
) -> list[Cas]:
    """Return the associations to draw: the compulsory ones first, then at random."""
    parts = [(code, m.part) for code, m in metiers.items()]
    cas = list(OBLIGES[:combien])
    while len(cas) < combien:
        code, defaut = tirage.peser(parts), tirage.peser(_DEFAUTS)
        if defaut == Defaut.CCN_CLOSE and code not in closes:
            defaut = Defaut.AUCUN
        cas.append(Cas(code, defaut, est_archive=tirage.chance(6)))
    return _avec_voisines(cas)


def _avec_voisines(cas: list[Cas]) -> list[Cas]:
    """Give some sound clubs the convention of a neighbouring branch, without drawing."""
    sains = [rang for rang, c in enumerate(cas) if c == Cas("sport")]
    for rang in sains[1::UN_CLUB_SUR]:
        cas[rang] = Cas("sport", Defaut.CCN_VOISINE)
    return cas


def repartir_les_salaries(
    tirage: Tirage, combien: int, cas: list[Cas], metiers: Mapping[str, Metier]
) -> list[int]:
    """Return the number of employees of each association; many small, a few large.

    Everyone has one where there are enough; the numbers sum to `combien`.
    """
    poids = [
        metiers[c.metier].taille * tirage.peser(_TAILLES) * tirage.entier(70, 130) for c in cas
    ]
    minimum = 1 if combien >= len(cas) else 0
    restants = repartition(Centimes(combien - minimum * len(cas)), poids)
    return [minimum + int(n) for n in restants]


def dossier_du_rang(rang: int, metier: Metier) -> str:
    """Return the dossier of an association: the first one, then by subject."""
    return DOSSIER if rang < PAR_DOSSIER else f"{DOSSIER} – {metier.dossier}"


def mois_a_payer(demande: Demande) -> list[Mois]:
    """Return the months of bulletins: the years asked for, the last ones only of many employees.

    A large demonstration is thus ready within a minute too.
    """
    courant = Mois.de(demande.aujourd_hui)
    premier = max(Mois(demande.aujourd_hui.year - demande.annees, 1), PREMIER_MOIS)
    combien = max(1, FICHES_PAYEES // max(1, demande.salaries))
    return list(premier.jusqu_a(courant))[-combien:]
