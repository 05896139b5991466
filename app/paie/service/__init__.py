"""Use cases of the payroll, one file per subject."""

from app.paie.service.a_payer import APayer, lister_a_payer
from app.paie.service.baremes import charger_baremes, moteur

__all__ = ["APayer", "charger_baremes", "lister_a_payer", "moteur"]
