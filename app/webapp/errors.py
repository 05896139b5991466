"""Refusals of the web floor itself (prefix WEB)."""

from dataclasses import dataclass

from app.noyau.erreurs import Introuvable


@dataclass(eq=False)
class FicheAideIntrouvable(Introuvable):
    """No page of help of that name."""

    code = "WEB-101"
    message = "L'aide ne contient pas de fiche « {nom} »."
    remede = "Choisissez une fiche dans le sommaire de l'aide."

    nom: str


@dataclass(eq=False)
class MessageInconnu(Introuvable):
    """No explanation of that code."""

    code = "WEB-102"
    message = "Aucun message ne porte le code « {recherche} »."
    remede = "Vérifiez le code : trois lettres, un tiret, trois chiffres, par exemple TEC-201."

    recherche: str
