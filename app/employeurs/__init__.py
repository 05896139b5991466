"""Dossiers of a tiers, associations, their fiche administrative, archiving."""
