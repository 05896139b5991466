"""Use cases of the backups."""
