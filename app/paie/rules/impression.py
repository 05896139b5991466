"""How bulletins are printed: the shapes of a batch, and what a person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.noyau import champs as c
from app.noyau.champs import Champ
from app.noyau.erreurs import Constat


class Forme(StrEnum):
    """How the bulletins of a month are shared out among files."""

    UNIQUE = "unique"
    EMPLOYEUR = "employeur"
    SALARIE = "salarie"


FORMES = (
    (str(Forme.UNIQUE), "Un seul fichier, à imprimer"),
    (str(Forme.EMPLOYEUR), "Un fichier par employeur"),
    (str(Forme.SALARIE), "Un fichier par salarié, à remettre à chacun"),
)
CHAMPS_IMPRESSION = (
    Champ("forme", "Fichiers", c.choix(*FORMES), obligatoire=True, vide=str(Forme.UNIQUE)),
    Champ(
        "paye_le",
        "Date de paiement",
        c.DATE,
        vide=None,
        aide="pour cette impression seulement ; vide : celle de chaque bulletin",
    ),
)


@dataclass(frozen=True, slots=True)
class ChoixImpression:
    """What a person chose; `paye_le` None: the day that each bulletin bears."""

    forme: Forme
    paye_le: date | None


def lire_choix(saisie: Mapping[str, str]) -> tuple[ChoixImpression, list[Constat]]:
    """Read the form of an impression."""
    valeurs, constats = c.lire_fiche(CHAMPS_IMPRESSION, saisie)
    forme = Forme(valeurs.get("forme") or Forme.UNIQUE)
    return ChoixImpression(forme, valeurs.get("paye_le")), constats
