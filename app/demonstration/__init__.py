"""The demonstration dossier: plausible, valid, the same for the same seed and day."""
