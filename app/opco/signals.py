"""What the OPCO asks of the capabilities above them, which hold the records."""

from blinker import Signal

employeurs_a_examiner = Signal("Which employers are there, and what training body do they name?")
"""Sent with the transaction; the receiver returns `EmployeurExamine`, archived ones included."""

salaries_a_examiner = Signal("Which employees name a caisse of their own?")
"""Sent with the transaction; the receiver returns `SalarieExamine`."""

opco_a_ecrire = Signal("These records name another training body")
"""Sent with the transaction and `ecritures`; each receiver writes those of its records, and
returns the numbers of the lines that it added, by employer's number."""
