"""Use cases of prévoyance, one file per subject."""
