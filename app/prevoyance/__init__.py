"""Prévoyance: branch regimes, contracts as dated periods, their employees."""
