"""A payslip case that stands alone: read from neutral data, answered in neutral data.

Rules:
- Amounts and rates of a case are text or numbers in euros and percent, read exactly.
- One month without regularisation; the mutuelle of the public model (40 €, half the
  employer's) unless the case says otherwise.
- Fields of ours: `statut` (general, artiste, sport_forfait), `usage` (CDD d'usage),
  `jours_engagement`, `salaries_permanents`, `manifestations` (amounts of the events, in order).
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.noyau.argent import arrondi, lire_euros, lire_heures, lire_taux
from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import Mois
from app.paie.errors import CasIllisible
from app.paie.rules.baremes import Baremes
from app.paie.rules.calcul import Bulletin, Moteur
from app.paie.rules.faits import (
    ARTISTE,
    CDD,
    CDI,
    GENERAL,
    SPORT_FORFAIT,
    TAUX_PLEIN,
    Dossier,
    Elements,
    FaitsContrat,
    FaitsEmployeur,
    LignePrevoyance,
)

MUTUELLE_DU_MODELE = 4_000
"""Monthly mutuelle of the public model, centimes."""
SPORT = "2511"
Prevoyances = tuple[LignePrevoyance, ...]
DUREE_LEGALE = 3_500
"""Legal weekly hours, hundredths (Code du travail, art. L3121-27)."""
CHAMPS = {
    "id",
    "mois",
    "salaire_brut",
    "contrat",
    "cadre",
    "effectif",
    "association",
    "taux_at",
    "heures_hebdomadaires",
    "heures_supplementaires",
    "alsace_moselle",
    "idcc",
    "mutuelle",
    "statut",
    "usage",
    "jours_engagement",
    "salaries_permanents",
    "manifestations",
}
OBLIGATOIRES = {"id", "mois", "salaire_brut"}


class _Lecteur:
    """Reads the fields of one case; what is wrong bears its name."""

    def __init__(self, brut: Mapping[str, Any]) -> None:
        self._brut = brut
        self.nom = str(brut.get("id", "sans id"))
        for champ in OBLIGATOIRES - brut.keys():
            raise CasIllisible(self.nom, champ, "il manque")
        for champ in brut.keys() - CHAMPS:
            raise CasIllisible(self.nom, champ, "ce champ est inconnu")

    def lire(self, champ: str, lecture: Callable[[str], Any], defaut: str) -> Any:
        valeur = self._brut.get(champ)
        texte = defaut if valeur is None else _en_texte(valeur)
        try:
            return lecture(texte)
        except (ErreurMetier, ValueError) as erreur:
            raise CasIllisible(self.nom, champ, f"« {texte} » ({erreur})") from erreur

    def nombre(self, champ: str) -> int | None:
        """Return a whole number, None when the case does not bear the field."""
        return None if self._brut.get(champ) is None else int(self.lire(champ, int, ""))

    def montants(self, champ: str) -> tuple[int, ...]:
        """Return a list of amounts, centimes; empty when the case does not bear the field."""
        valeurs = self._brut.get(champ) or []
        if not isinstance(valeurs, list):
            raise CasIllisible(self.nom, champ, "ce doit être une liste de montants")
        try:
            return tuple(lire_euros(_en_texte(valeur)) for valeur in valeurs)
        except ErreurMetier as erreur:
            raise CasIllisible(self.nom, champ, str(erreur)) from erreur

    def vrai(self, champ: str, *, defaut: bool) -> bool:
        valeur = self._brut.get(champ, defaut)
        if not isinstance(valeur, bool):
            raise CasIllisible(self.nom, champ, "ce doit être vrai ou faux")
        return valeur


def _en_texte(valeur: Any) -> str:
    """Return a number as it was written; JSON numbers arrive as `Decimal` or `int`."""
    return format(valeur, "f") if isinstance(valeur, Decimal) else str(valeur)


def _contrat(texte: str) -> str:
    nature = texte.lower()
    if nature not in {CDI, CDD}:
        raise ValueError(texte)
    return nature


def _statut(texte: str) -> str:
    if texte not in {GENERAL, ARTISTE, SPORT_FORFAIT}:
        raise ValueError(texte)
    return texte


def _prevoyance_de_branche(idcc: str | None, mois: Mois, baremes: Baremes) -> Prevoyances:
    """Return the branch's mandatory prévoyance, which a case without contracts implies."""
    if idcc != SPORT:
        return ()
    part = baremes.valeur("prevoyance_sport", mois.fin)
    texte = "CCN du sport, art. 10.8"
    libelle = "Prévoyance de la branche du sport"
    ligne = LignePrevoyance(
        contrat_prevoyance_id=0,
        code="prevoyance_sport",
        libelle=libelle,
        nature="prevoyance",
        base="t1_a_t4",
        taux_salarial=part,
        taux_patronal=part,
        montant_salarial=0,
        montant_patronal=0,
        forfait_social=True,
        csg_crds=True,
        deduction_po=True,
        deduction_pp=True,
        source=texte,
    )
    return (ligne,)


def lire_cas(brut: Mapping[str, Any], baremes: Baremes) -> Dossier:
    """Read one case.

    Raises:
        CasIllisible: names the case and the field.
    """
    lecteur = _Lecteur(brut)
    hebdomadaires = lecteur.lire("heures_hebdomadaires", lire_heures, "35")
    nature = lecteur.lire("contrat", _contrat, CDI)
    idcc = None if brut.get("idcc") is None else str(brut["idcc"])
    mois = lecteur.lire("mois", Mois.lire, "")
    contrat = FaitsContrat(
        salaire=lecteur.lire("salaire_brut", lire_euros, "0"),
        nature=nature,
        cadre=lecteur.vrai("cadre", defaut=False),
        quotite=arrondi(hebdomadaires * TAUX_PLEIN, DUREE_LEGALE),
        mutuelle=lecteur.lire("mutuelle", lire_euros, "40"),
        prevoyances=_prevoyance_de_branche(idcc, mois, baremes),
        statut=lecteur.lire("statut", _statut, GENERAL),
        usage=lecteur.vrai("usage", defaut=False),
        jours=lecteur.nombre("jours_engagement"),
    )
    employeur = FaitsEmployeur(
        effectif=lecteur.lire("effectif", int, "1"),
        taux_at=lecteur.lire("taux_at", lire_taux, "0"),
        association=lecteur.vrai("association", defaut=True),
        alsace_moselle=lecteur.vrai("alsace_moselle", defaut=False),
        idcc=idcc,
        permanents=lecteur.nombre("salaries_permanents"),
    )
    elements = Elements(
        heures_sup_25=lecteur.lire("heures_supplementaires", lire_heures, "0"),
        fin_de_contrat=nature == CDD,
        manifestations=lecteur.montants("manifestations"),
    )
    return Dossier(mois, employeur, contrat, elements)


def en_donnees(nom: str, bulletin: Bulletin, moteur: Moteur, dossier: Dossier) -> dict[str, Any]:
    """Return a bulletin as data: totals and lines, amounts in centimes, rates in millionths."""
    t = bulletin.totaux
    libelles = {c.code: c.libelle for c in moteur.baremes.cotisations}
    libelles |= {p.code: p.libelle for p in dossier.contrat.prevoyances}
    return {
        "id": nom,
        "totaux": {
            "brut": t.brut,
            "cotisations_salarie": t.cotisations_salarie,
            "cotisations_employeur": t.cotisations_employeur,
            "net_a_payer_avant_impot": t.net_a_payer_avant_impot,
            "net_imposable": t.net_imposable,
            "montant_net_social": t.montant_net_social,
            "cout_employeur": t.cout_employeur,
        },
        "lignes": [
            {
                "code": li.code,
                "libelle": libelles[li.code],
                "assiette_centimes": li.assiette,
                "taux_salarial_millioniemes": li.taux_salarial,
                "montant_salarial_centimes": li.salarial,
                "taux_patronal_millioniemes": li.taux_patronal,
                "montant_patronal_centimes": li.patronal,
            }
            for li in bulletin.lignes
        ],
    }
