"""Use cases of the payroll, one file per subject."""

from app.paie.service.a_payer import APayer, lister_a_payer
from app.paie.service.baremes import charger_baremes, moteur
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.masse import ajouter_saisies_en_masse
from app.paie.service.reponses import brancher
from app.paie.service.valider import valider_le_mois

__all__ = [
    "APayer",
    "ajouter_saisies_en_masse",
    "brancher",
    "calculer_le_mois",
    "charger_baremes",
    "lister_a_payer",
    "moteur",
    "valider_le_mois",
]
