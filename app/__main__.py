"""Entry of the frozen program and of `python -m app`."""

from app.cli import main

main()
