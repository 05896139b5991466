"""Organismes collecteurs: the caisses that employers name, by family, with their coordinates."""
