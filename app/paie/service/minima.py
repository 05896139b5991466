"""The minima of the conventions, read once, and the contracts that are paid below."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from app.paie.rules import constats as k
from app.paie.rules.constats import ConstatDuMois
from app.paie.rules.minima import Minima, lire_minima, minimum
from app.salaries.service import valeurs_contrats_en_masse
from app.salaries.service.mois import ContratAPayer
from app.socle.donnees import lire_yaml
from app.socle.transaction import Transaction

FICHIER = Path(__file__).parents[1] / "data" / "minima.yaml"
TOLERANCE = 100
"""A euro of rounding is let go, centimes."""


@cache
def minima_par_idcc() -> dict[str, Minima]:
    """Return the minima of each convention that has some.

    Raises:
        BaremeRefuse, DonneesInternes: an entry is not as it must be; it is named.
    """
    bruts = lire_yaml(FICHIER.read_text(encoding="utf-8"), FICHIER.name)
    return {m.idcc: m for m in map(lire_minima, bruts)}


def sous_les_minima(
    t: Transaction,
    contrats: Sequence[tuple[ContratAPayer, str | None]],
    fin: date,
    smic: int,
) -> list[ConstatDuMois]:
    """Point out the contracts paid under the minimum of their convention.

    Those under the SMIC are pointed out already: this says nothing of them.

    Args:
        t: the transaction.
        contrats: contracts of a month, each with the IDCC of its employer.
        fin: last day of the month.
        smic: hourly SMIC, centimes.
    """
    connus = minima_par_idcc()
    concernes = [(c, connus[idcc]) for c, idcc in contrats if idcc in connus]
    if not concernes:
        return []
    fiches = valeurs_contrats_en_masse(t, [c.contrat_id for c, _ in concernes])
    constats = []
    for c, minima in concernes:
        classification = _classification(fiches.get(c.contrat_id, {}))
        trouve = minimum(minima, classification, c.heures_centiemes, fin)
        au_smic = c.salaire_centimes * 100 >= smic * c.heures_centiemes - TOLERANCE * 100
        if trouve and au_smic and c.salaire_centimes < trouve.montant - TOLERANCE:
            constats.append(
                k.sous_le_minimum(
                    c.employeur_id,
                    c.salarie_id,
                    c.nom,
                    salaire=c.salaire_centimes,
                    minimum=trouve.montant,
                    texte=trouve.texte,
                )
            )
    return constats


def _classification(fiche: Mapping[str, Any]) -> str:
    return str(fiche.get("classification", ""))
