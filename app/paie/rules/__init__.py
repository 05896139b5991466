"""Rules of the bulletin: dated figures, gross pay, bases, cotisations, totals. Pure."""
