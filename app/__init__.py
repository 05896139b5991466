"""Clairpaie: payroll for French associations, local first."""
