"""Refusals of the verification (prefix VER)."""

from dataclasses import dataclass

from app.noyau.erreurs import Refus


@dataclass(eq=False)
class DefautsTrouves(Refus):
    """The verification found defects."""

    code = "VER-101"
    message = "La vérification a trouvé {combien}."
    remede = "Ne modifiez plus rien : faites une copie de la base, puis appelez le support."

    combien: str
