"""Conventions collectives (IDCC): reference data."""
