"""How demonstration associations are drawn: pure, from a seed and a day."""
