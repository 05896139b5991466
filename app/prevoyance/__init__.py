"""Prévoyance: branch regimes, contracts, affiliations."""
