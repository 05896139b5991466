"""What organismes ask of, and announce to, the capabilities above them."""

from blinker import Signal

organisme_utilise_par = Signal("Who uses these organismes?")
"""Sent with the transaction, `organismes` (numbers) and `nommer` (how many users to name, 0 to
count only); receivers return a sequence of `rules.Usage`, those that nobody uses left out."""

organismes_fusionnes = Signal("Two organismes become one")
"""Sent with the transaction, `garde` and `absorbe` (`rules.Organisme`) before the second is
deleted; receivers make whatever named the second name the first."""

organisme_renomme = Signal("An organisme bears another name")
"""Sent with the transaction, `organisme` (`rules.Organisme`) and `avant`, its former name, also
when the journal brings that name back: what names it by its name follows."""
