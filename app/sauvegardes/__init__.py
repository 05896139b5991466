"""Sauvegardes: plans, verified backups, destinations, restores, anomalies."""
