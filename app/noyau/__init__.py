"""Pure ground: money, periods, identifiers, errors, typography. No I/O, no clock."""
