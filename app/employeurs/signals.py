"""What employers announce to the capabilities above them."""

from blinker import Signal

employeur_va_disparaitre = Signal("An employer is about to be deleted")
"""Sent with the transaction, `employeur_id`, `raison_sociale`; a receiver may refuse by raising."""

compter_salaries = Signal("How many employees do these employers have?")
"""Sent with the transaction and `employeurs` (numbers); receivers return counts by number."""
