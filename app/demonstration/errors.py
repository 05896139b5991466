"""Refusals of the demonstration dossier (prefix DEM)."""

from dataclasses import dataclass

from app.noyau.erreurs import Conflit


@dataclass(eq=False)
class BaseDejaRemplie(Conflit):
    """Demonstration data go into an empty base only."""

    code = "DEM-101"
    message = (
        "La base contient déjà {contenu} : les données de démonstration ne se créent que dans "
        "une base vide. Rien n'a été modifié."
    )
    remede = (
        "Indiquez un dossier de données neuf avec --donnees, ou ajoutez --si-vide pour ne rien "
        "faire dans ce cas."
    )

    contenu: str
