"""The barèmes as people read them: figures in their unit, conditions and bases in words."""

from collections.abc import Callable, Mapping
from datetime import date

from app.noyau.argent import Centimes, Millioniemes, afficher_euros, afficher_taux, nombre_decimal
from app.noyau.periodes import afficher_date, lire_date
from app.noyau.typographie import VIDE, accorder
from app.paie.errors import BaremeInconnu
from app.paie.rules.baremes import Baremes, Condition, Cotisation, Serie
from app.paie.rules.courbe import DEBUT

ABROGE = "abrogé"
ORGANISMES = {
    "urssaf": "URSSAF",
    "agirc_arrco": "Agirc-Arrco",
    "action_logement": "Action Logement",
    "afdas": "AFDAS",
    "mutuelle": "Organisme de complémentaire santé",
    "prevoyance": "Organisme de prévoyance",
}
"""Who receives a cotisation, in words."""
ASSIETTES_COURTES = {
    "brut": "Brut",
    "securite_sociale": "Brut soumis à la sécurité sociale",
    "securite_sociale_plafonnee": "Brut soumis jusqu'à 1 plafond",
    "tranche_1": "Brut jusqu'à 1 plafond",
    "tranche_2": "Brut de 1 à 8 plafonds",
    "tranche_1_a_4": "Brut jusqu'à 4 plafonds",
    "cet": "Brut jusqu'à 8 plafonds, s'il dépasse le plafond",
    "csg": "98,25 % du brut et part patronale de prévoyance et de santé",
    "csg_heures_supplementaires": "98,25 % des heures supplémentaires exonérées",
    "heures_supplementaires": "Rémunération des heures supplémentaires",
    "prevoyance_patronale": "Part patronale de prévoyance et de santé",
    "retraite_patronale": "Part patronale de retraite supplémentaire",
    "mutuelle": "Montant de la complémentaire santé",
    "plafond": "Plafond de la sécurité sociale",
}
PARAMETRES_DES_FORMULES: Mapping[str, tuple[str, ...]] = {
    "taux_maladie": ("maladie_taux_reduit", "maladie_plafond_smic", "smic_bandeaux"),
    "taux_famille": ("famille_taux_reduit", "famille_plafond_smic", "smic_bandeaux"),
    "reduction_generale": (
        "smic_reduction",
        "reduction_plafond_smic",
        "reduction_seuil_effectif",
        "rgdu_t_min",
        "rgdu_t_delta_petites",
        "rgdu_t_delta_grandes",
        "rgdu_puissance",
        "reduction_t_petites",
        "reduction_t_grandes",
    ),
    "reduction_heures_supplementaires": ("reduction_heures_sup_maximum",),
    "deduction_heures_supplementaires": (
        "deduction_heures_sup_petites",
        "deduction_heures_sup_grandes",
        "deduction_heures_sup_effectif_max",
    ),
}
"""Figures that each formula asks for, by the name of the formula."""
PARAMETRES_DES_STATUTS: Mapping[str, tuple[str, ...]] = {
    "base forfaitaire du sport": (
        *(f"sport_{nom}_{rang}" for rang in range(1, 6) for nom in ("seuil", "base")),
        "sport_plancher",
        "sport_plancher_plafonds",
    ),
    "franchise des manifestations sportives": (
        "sport_franchise_part",
        "sport_franchise_manifestations",
        "sport_franchise_permanents",
    ),
    "taux réduits des artistes du spectacle": ("artistes_part",),
}
"""Figures that a particular base or rate asks for, by its name."""
TAUX_REDUITS = {"taux_maladie": "maladie_taux_reduit", "taux_famille": "famille_taux_reduit"}
"""Parameter that holds the reduced rate, by the name of the formula."""
_TAUX_EN_MOTS = {
    "taux_accidents_travail": "notifié",
    "taux_versement_mobilite": "de la commune",
    "reduction_generale": "calculé",
    "reduction_heures_supplementaires": "calculé",
    "deduction_heures_supplementaires": "par heure",
}
STATUTS_EN_MOTS = {
    "general": "hors taux réduits et bases forfaitaires",
    "artiste": "artistes du spectacle",
    "sport_forfait": "base forfaitaire du sport",
}
"""How the contributions of a contract are computed, in words."""
_OUI_NON = {
    "cadre": ("cadres", "non-cadres"),
    "association": ("associations", "hors associations"),
    "alsace_moselle": ("en Alsace-Moselle", "hors Alsace-Moselle"),
    "prevoyance": ("avec contrat de prévoyance", "sans contrat de prévoyance"),
    "retraite_sup": ("avec retraite supplémentaire", "sans retraite supplémentaire"),
}
_NATURES = {"cdd": "contrats à durée déterminée", "cdi": "contrats à durée indéterminée"}


def _euros(periode: str) -> Callable[[int], str]:
    return lambda valeur: f"{afficher_euros(Centimes(valeur))} par {periode}"


def afficher_millioniemes(valeur: int) -> str:
    """Write a rate: « 2,11 % »."""
    return afficher_taux(Millioniemes(valeur))


UNITES: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "taux": ("%", afficher_millioniemes),
    "€/heure": ("€", _euros("heure")),
    "€/mois": ("€", _euros("mois")),
    "€/an": ("€", _euros("an")),
    "multiple du SMIC": ("", lambda valeur: f"{nombre_decimal(valeur, 2, 2)} SMIC"),
    "coefficient": ("", lambda valeur: nombre_decimal(valeur, 2, 2)),
    "salariés": ("", lambda valeur: accorder(valeur // 100, "salarié")),
    "plafonds": ("", lambda valeur: accorder(valeur // 100, "plafond")),
    "plafonds ou fractions": ("", lambda valeur: f"{nombre_decimal(valeur, 2, 2)} plafonds"),
    "SMIC horaires": ("", lambda valeur: f"{valeur // 100} SMIC horaires"),
    "manifestations": ("", lambda valeur: accorder(valeur // 100, "manifestation")),
}
"""Sign that the data files write after a figure, and how it is shown, by unit."""


def afficher_valeur(valeur: int | None, unite: str) -> str:
    """Write a figure with its unit; repealed is said.

    >>> afficher_valeur(160, "multiple du SMIC"), afficher_valeur(2000, "salariés")
    ('1,60 SMIC', '20 salariés')
    """
    return ABROGE if valeur is None else UNITES[unite][1](valeur)


def afficher_court(valeur: int, unite: str) -> str:
    """Write a figure for a narrow place: euros without the time they are for.

    >>> afficher_court(1231, "€/heure") == afficher_euros(Centimes(1231))
    True
    """
    return afficher_euros(Centimes(valeur)) if "€" in unite else UNITES[unite][1](valeur)


def condition_en_mots(si: Condition) -> str:
    """Return whom a condition concerns, « tous les salariés » when it is everybody.

    >>> condition_en_mots(Condition(cadre=True, effectif_min=11))
    'cadres, 11 salariés et plus'
    """
    mots = [
        oui if vu else non
        for nom, (oui, non) in _OUI_NON.items()
        if (vu := getattr(si, nom)) is not None
    ]
    if si.nature is not None:
        mots.insert(si.cadre is not None, _NATURES[si.nature])
    if si.idcc is not None:
        mots.append(f"convention collective {si.idcc}")
    if si.effectif_min is not None and si.effectif_max is not None:
        mots.append(f"de {si.effectif_min} à {accorder(si.effectif_max, 'salarié')}")
    elif si.effectif_min is not None:
        mots.append(f"{accorder(si.effectif_min, 'salarié')} et plus")
    elif si.effectif_max is not None:
        mots.append(f"moins de {accorder(si.effectif_max + 1, 'salarié')}")
    if si.statut is not None:
        mots.append(STATUTS_EN_MOTS[si.statut])
    return ", ".join(mots) or "tous les salariés"


def jour_demande(saisie: str, aujourd_hui: date) -> date:
    """Read the day that the figures are asked for; today when nothing is typed.

    Raises:
        DateIllisible: not a date.
        BaremeInconnu: before the barèmes begin.
    """
    if not saisie.strip():
        return aujourd_hui
    jour = lire_date(saisie)
    if jour < DEBUT:
        raise BaremeInconnu("Barèmes", afficher_date(jour))
    return jour


def a_verifier(verifie_le: date, jour: date) -> bool:
    """Tell whether an entry was last checked before the year of a day began."""
    return verifie_le < date(jour.year, 1, 1)


def _part(b: Baremes, c: Cotisation, serie: Serie, jour: date) -> str:
    """Return the rate of one side as people read it."""
    trouve = serie.a(jour)
    if trouve is None:
        return VIDE
    if trouve[1] == 0 and c.formule in _TAUX_EN_MOTS:
        return _TAUX_EN_MOTS[c.formule]
    reduit = TAUX_REDUITS.get(c.formule)
    valeur = b.valeur_ou_rien(reduit, jour) if reduit else None
    return (
        afficher_millioniemes(trouve[1])
        if valeur is None
        else f"{afficher_millioniemes(valeur)} ou {afficher_millioniemes(trouve[1])}"
    )


def parts_en_mots(b: Baremes, c: Cotisation, jour: date) -> tuple[str, str]:
    """Return the rates of the employee and of the employer on a day; « — » when none is due."""
    return _part(b, c, c.salariale, jour), _part(b, c, c.patronale, jour)
