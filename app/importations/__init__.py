"""Importations: existing employers, employees and contracts come in by spreadsheet."""
