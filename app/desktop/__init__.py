"""Desktop shell: server on loopback, windows, single instance."""
