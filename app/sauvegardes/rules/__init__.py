"""Decisions of the backups: when they run, which are kept, what is wrong with them. Pure."""
