"""Properties are held by many examples and no clock: the machine may be busy."""

from hypothesis import settings

settings.register_profile("noyau", deadline=None, max_examples=100, database=None)
settings.load_profile("noyau")
