"""The branch regimes, read from their data files and checked at the first need."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import func, select

from app.prevoyance.errors import RegimeIntrouvable, RegimeRefuse
from app.prevoyance.models import ContratPrevoyance
from app.prevoyance.rules.fiches import PARAMETREE
from app.prevoyance.rules.fiches_regimes import adresse_de
from app.prevoyance.rules.lecture_regimes import lire_regime
from app.prevoyance.rules.regimes import Regime
from app.socle.donnees import lire_yaml
from app.socle.transaction import Transaction

DOSSIER = Path(__file__).parents[1] / "regimes"


def charger_regimes(dossier: Path = DOSSIER) -> Mapping[str, Regime]:
    """Read the regimes of a folder, one file each, in the order of the file names.

    Raises:
        RegimeRefuse, DonneesInternes: a file is not as it must be; it is named.
    """
    lus: dict[str, Regime] = {}
    for chemin in sorted(dossier.glob("*.yaml")):
        regime = lire_regime(lire_yaml(chemin.read_text(encoding="utf-8"), chemin.name))
        if regime.code in lus:
            raise RegimeRefuse(regime.code, "ce code figure dans deux fichiers")
        lus[regime.code] = regime
    return MappingProxyType(lus)


@cache
def regimes() -> Mapping[str, Regime]:
    """Return the program's own regimes, by code.

    Raises:
        RegimeRefuse, DonneesInternes: see `charger_regimes`.
    """
    return charger_regimes()


def regimes_a_confirmer(t: Transaction) -> dict[str, int]:
    """Count the contracts in force of each regime whose rates are to be confirmed today."""
    requete = (
        select(ContratPrevoyance.regime, func.count())
        .where(
            ContratPrevoyance.genre == PARAMETREE,
            ContratPrevoyance.debut_le <= t.aujourd_hui,
            ContratPrevoyance.fin_le >= t.aujourd_hui,
        )
        .group_by(ContratPrevoyance.regime)
        .order_by(ContratPrevoyance.regime)
    )
    comptes = [(str(code), int(n)) for code, n in t.session.execute(requete)]
    return {code: n for code, n in comptes if lire(code).a_verifier(t.aujourd_hui)}


def lire(code: str) -> Regime:
    """Return a regime.

    Raises:
        RegimeIntrouvable: no such code.
    """
    regime = regimes().get(code)
    if regime is None:
        raise RegimeIntrouvable(code)
    return regime


def lire_a_l_adresse(adresse: str) -> Regime:
    """Return the regime of an address.

    Raises:
        RegimeIntrouvable: no such address.
    """
    for code, regime in regimes().items():
        if adresse_de(code) == adresse:
            return regime
    raise RegimeIntrouvable(adresse)
