"""What employers announce to the capabilities above them."""

from blinker import Signal

employeur_va_disparaitre = Signal("An employer is about to be deleted")
"""Sent with the transaction, `employeur_id`, `raison_sociale`; a receiver may refuse by raising."""

salaries_de = Signal("Who are the employees of this employer?")
"""Sent with the transaction, `employeur_id` and `vue`; the receiver returns a page of lines."""

compter_salaries = Signal("How many employees do these employers have?")
"""Sent with the transaction and `employeurs` (numbers); receivers return counts by number."""

employeur_change = Signal("Employers have changed")
"""Sent with the transaction and `changements`: the names of the fields, by employer's number."""
