"""Adapters of the destinations: what is asked of a remote site, and how each protocol does it."""

from app.sauvegardes.service.destinations.depot import Depot
from app.sauvegardes.service.destinations.lieux import Lieux

__all__ = ["Depot", "Lieux"]
