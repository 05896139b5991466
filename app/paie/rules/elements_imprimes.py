"""The lines of the gross pay, as the bulletin prints them.

Rules:
- A bulletin keeps amounts and hours paid at the plain rate; increased hours by rate are those of
  the entry of the month. They are printed when they still give the amounts that the bulletin
  bears, otherwise one line bears the whole.
"""

from app.paie.rules.brut import heures_payees
from app.paie.rules.faits import Elements, FaitsContrat
from app.paie.rules.imprimes import BrutStocke, ElementBrut, montant_horaire

MAJOREES = (
    ("heures_sup_25", 125, "Heures supplémentaires à 125 %"),
    ("heures_sup_50", 150, "Heures supplémentaires à 150 %"),
    ("heures_compl_10", 110, "Heures complémentaires à 110 %"),
    ("heures_compl_25", 125, "Heures complémentaires à 125 %"),
)


def elements_du_brut(
    stocke: BrutStocke, contrat: FaitsContrat, saisie: Elements
) -> tuple[tuple[ElementBrut, ...], int]:
    """Return the lines of the gross pay, and the hours paid in all (hundredths).

    Args:
        stocke: what the bulletin keeps.
        contrat: salary and share of a full time, as they stand now.
        saisie: what was entered for the month, as it stands now.
    """
    absence = stocke.heures_absence
    heures = stocke.heures + absence
    elements = [_ligne("Salaire de base", stocke.base, heures)]
    if stocke.absences:
        elements.append(_ligne("Absences non rémunérées", -stocke.absences, -absence))
    majorees = _majorees(stocke.heures_sup, contrat, saisie)
    elements += majorees
    elements += [
        ElementBrut(libelle, montant)
        for libelle, montant in (
            ("Primes", stocke.primes),
            ("Avantages en nature", stocke.avantages),
            ("Indemnité de fin de contrat", stocke.fin_de_contrat),
            ("Indemnité compensatrice de congés payés", stocke.conges),
        )
        if montant
    ]
    return tuple(elements), heures - absence + sum(e.heures or 0 for e in majorees)


def _ligne(libelle: str, montant: int, heures: int) -> ElementBrut:
    if not heures:
        return ElementBrut(libelle, montant)
    return ElementBrut(libelle, montant, heures, montant_horaire(montant, heures))


def _majorees(total: int, contrat: FaitsContrat, saisie: Elements) -> list[ElementBrut]:
    if not total:
        return []
    lignes = []
    for nom, pour_cent, libelle in MAJOREES:
        heures = getattr(saisie, nom)
        if heures:
            lignes.append(_ligne(libelle, heures_payees(contrat, heures, pour_cent), heures))
    if sum(li.montant for li in lignes) == total:
        return lignes
    return [ElementBrut("Heures supplémentaires et complémentaires", total)]
