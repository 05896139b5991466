"""Salariés and their contrats de travail."""
