"""Why the gross and the totals of a bulletin are what they are, in words and figures."""

from collections.abc import Mapping
from typing import NamedTuple

from app.noyau.argent import (
    Centiemes,
    Centimes,
    Millioniemes,
    afficher_euros,
    afficher_heures,
    afficher_taux,
    arrondi,
)
from app.paie.rules.brut import HEURES_PAR_AN
from app.paie.rules.explication import Explication
from app.paie.rules.faits import TAUX_PLEIN, Elements, FaitsContrat

MENSUALISATION = "Code du travail, art. L3242-1 (mensualisation)"


class LigneTotal(NamedTuple):
    """A line of the gross or a total: label, formula in words, legal text, where from."""

    libelle: str
    formule: str
    source: str
    origines: tuple[str, ...]


BRUT = {
    "base": LigneTotal(
        "Salaire de base",
        "salaire mensuel du contrat × jours de présence ÷ jours du mois",
        MENSUALISATION,
        ("contrat",),
    ),
    "absences": LigneTotal(
        "Absences",
        "salaire mensuel × heures d'absence ÷ heures mensuelles du contrat",
        MENSUALISATION,
        ("contrat", "saisie"),
    ),
    "heures_sup": LigneTotal(
        "Heures supplémentaires et complémentaires",
        "taux horaire × heures, majoré de 25 % puis 50 % (supplémentaires), de 10 % puis 25 % "
        "(complémentaires)",
        "Code du travail, art. L3121-36 et L3123-29",
        ("contrat", "saisie"),
    ),
    "primes": LigneTotal("Primes", "montant saisi pour le mois", "CSS, art. L242-1", ("saisie",)),
    "avantages": LigneTotal(
        "Avantages en nature",
        "valeur saisie : elle porte cotisations et impôt, mais n'est pas versée",
        "CSS, art. L242-1 ; arrêté du 10/12/2002",
        ("saisie",),
    ),
    "fin_contrat": LigneTotal(
        "Indemnité de fin de contrat",
        "10 % de la rémunération brute du CDD",
        "Code du travail, art. L1243-8",
        ("contrat",),
    ),
    "conges": LigneTotal(
        "Indemnité compensatrice de congés payés",
        "un dixième de la rémunération brute",
        "Code du travail, art. L1242-16 et L3141-28",
        ("contrat",),
    ),
}
"""Lines of the gross, by the name of their column."""
TOTAUX = {
    "brut": LigneTotal(
        "Salaire brut",
        "salaire de base − absences + heures majorées + primes + avantages en nature + "
        "indemnités de fin de contrat",
        "CSS, art. L242-1",
        ("contrat", "saisie"),
    ),
    "montant_net_social": LigneTotal(
        "Montant net social",
        "brut − cotisations et contributions du salarié",
        "CSS, art. R844-1 ; arrêté du 31/01/2023",
        ("contrat", "saisie"),
    ),
    "net_avant_impot": LigneTotal(
        "Net à payer avant impôt",
        "brut − cotisations du salarié − avantages en nature + frais remboursés",
        "Code du travail, art. R3243-1",
        ("contrat", "saisie"),
    ),
    "net_imposable": LigneTotal(
        "Net imposable",
        "brut − cotisations du salarié + CSG et CRDS non déductibles + part patronale de "
        "complémentaire santé et parts de prévoyance non déductibles − heures supplémentaires "
        "exonérées",
        "CGI, art. 83 et 81 quater",
        ("contrat", "saisie", "cumuls"),
    ),
    "impot": LigneTotal(
        "Impôt sur le revenu prélevé à la source",
        "net imposable × taux",
        "CGI, art. 204 A, 204 H et 1671",
        ("contrat",),
    ),
    "net_a_payer": LigneTotal(
        "Net à payer",
        "net à payer avant impôt − impôt prélevé à la source − acompte déjà versé",
        "Code du travail, art. R3243-1",
        ("contrat", "saisie"),
    ),
    "cout_employeur": LigneTotal(
        "Total versé par l'employeur",
        "brut + cotisations de l'employeur − exonérations",
        "Code du travail, art. R3243-1 ; arrêté du 25/02/2016",
        ("contrat", "saisie", "employeur"),
    ),
}
"""Totals, by the name of their column, in the order of the bulletin."""


def expliquer_total(
    code: str, valeurs: Mapping[str, int], *, taux_du_contrat: bool, detail: str = ""
) -> Explication | None:
    """Explain a line of the gross or a total; None when no line bears this code.

    Args:
        code: a key of `BRUT` or of `TOTAUX`.
        valeurs: columns of the bulletin.
        taux_du_contrat: the tax rate stands in the contract; else it is the neutral grid's.
        detail: figures of a line of the gross, see `detailler_le_brut`.
    """
    ligne = BRUT.get(code) or TOTAUX.get(code)
    if ligne is None:
        return None
    montant = afficher_euros(Centimes(valeurs[f"{code}_centimes"]))
    taux = ""
    if code == "impot":
        origine = "transmis par l'administration" if taux_du_contrat else "de la grille par défaut"
        ecrit = afficher_taux(Millioniemes(valeurs["taux_impot_millioniemes"]))
        taux = f"{ecrit}, {origine}"
    return Explication(
        code=code,
        libelle=ligne.libelle,
        formule=f"{ligne.formule} = {montant}",
        assiette=detail or _detail(code, valeurs),
        taux=taux,
        effet="",
        source=ligne.source,
        origines=ligne.origines,
    )


def detailler_le_brut(
    code: str, contrat: FaitsContrat, elements: Elements, presence: tuple[int, int]
) -> str:
    """Return the figures that a line of the gross is made of, "" for what is typed as it is.

    Args:
        code: a key of `BRUT`.
        contrat: the contract as it stands.
        elements: what was entered for the month.
        presence: days covered, days of the month.
    """
    salaire = afficher_euros(Centimes(contrat.salaire))
    if code == "base":
        return f"{salaire} × {presence[0]} ÷ {presence[1]} jours"
    if code == "absences":
        return f"{salaire}, {afficher_heures(Centiemes(elements.heures_absence))} d'absence"
    if code == "primes" and elements.manifestations:
        montants = [afficher_euros(Centimes(m)) for m in elements.manifestations]
        prime = [afficher_euros(Centimes(elements.primes))] if elements.primes else []
        return " + ".join((*prime, f"manifestations : {' + '.join(montants)}"))
    if code != "heures_sup":
        return ""
    horaire = arrondi(contrat.salaire * 12 * TAUX_PLEIN, HEURES_PAR_AN * contrat.quotite)
    ecrit = afficher_euros(Centimes(horaire))
    return " + ".join(
        f"{afficher_heures(Centiemes(heures))} × {ecrit} × {pour_cent} %"
        for heures, pour_cent in (
            (elements.heures_sup_25, 125),
            (elements.heures_sup_50, 150),
            (elements.heures_compl_10, 110),
            (elements.heures_compl_25, 125),
        )
        if heures
    )


def _detail(code: str, valeurs: Mapping[str, int]) -> str:
    """Return the figures that a total adds up, "" for a line that is typed or a contract's."""
    pieces = _PIECES.get(code, ())
    ecrites = [
        f"{signe} {afficher_euros(Centimes(abs(valeurs[nom])))} ({libelle})"
        for signe, nom, libelle in pieces
        if valeurs[nom]
    ]
    if code == "montant_net_social":
        ecrites += _prevoyance_de_2023(valeurs)
    return " ".join(ecrites).removeprefix("+ ")


def _prevoyance_de_2023(valeurs: Mapping[str, int]) -> list[str]:
    """Return what the prévoyance adds to the montant net social of July to December 2023."""
    net = valeurs["brut_centimes"] - valeurs["cotisations_salarie_centimes"]
    plus = valeurs["montant_net_social_centimes"] - net
    return [f"+ {afficher_euros(Centimes(plus))} (prévoyance)"] if plus else []


_PIECES: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "brut": (
        ("+", "base_centimes", "salaire de base"),
        ("−", "absences_centimes", "absences"),
        ("+", "heures_sup_centimes", "heures majorées"),
        ("+", "primes_centimes", "primes"),
        ("+", "avantages_centimes", "avantages en nature"),
        ("+", "fin_contrat_centimes", "fin de contrat"),
        ("+", "conges_centimes", "congés payés"),
    ),
    "montant_net_social": (
        ("+", "brut_centimes", "brut"),
        ("−", "cotisations_salarie_centimes", "cotisations du salarié"),
    ),
    "net_avant_impot": (
        ("+", "brut_centimes", "brut"),
        ("−", "cotisations_salarie_centimes", "cotisations du salarié"),
        ("−", "avantages_centimes", "avantages en nature"),
        ("+", "indemnites_centimes", "frais remboursés"),
    ),
    "impot": (("+", "net_imposable_centimes", "net imposable"),),
    "net_a_payer": (
        ("+", "net_avant_impot_centimes", "net avant impôt"),
        ("−", "impot_centimes", "impôt"),
        ("−", "acompte_centimes", "acompte"),
    ),
    "cout_employeur": (
        ("+", "brut_centimes", "brut"),
        ("+", "cotisations_employeur_centimes", "cotisations nettes de l'employeur"),
    ),
}
