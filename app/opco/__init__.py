"""OPCO: the 11 opérateurs de compétences and the correspondence from IDCC, with dates."""
