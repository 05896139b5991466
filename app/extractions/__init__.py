"""Extractions de données: numbered queries, their results, their exports."""
