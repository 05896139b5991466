"""Rules of prévoyance: branch regimes by date, contracts and their periods. Pure."""
