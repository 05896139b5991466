"""Technical ground: database, transaction, journal, jobs, clock, files, settings."""
