"""The bulletins of a person, by year."""

from dataclasses import dataclass
from typing import Any

from flask import Response

from app.noyau.periodes import NOMS_DES_MOIS
from app.paie.rules.etats import Etat
from app.paie.service.lire import lister_bulletins_du_salarie
from app.paie.views.racine import GENRES, bp
from app.salaries.service import lire_fiche_salarie
from app.salaries.service.fiche import FicheSalarie
from app.socle.web import page, transaction


@dataclass(frozen=True, slots=True)
class PageBulletinsDuSalarie:
    """The current bulletins of a person, latest year first."""

    fiche: FicheSalarie
    annees: dict[int, list[dict[str, Any]]]
    noms_des_mois: tuple[str, ...]
    etats: dict[str, str]
    genres: dict[str, str]


@bp.get("/salarie/<int:numero>")
def lister_ses_bulletins(numero: int) -> Response:
    """Show the bulletins of a person."""
    with transaction() as t:
        fiche = lire_fiche_salarie(t, numero)
        annees = lister_bulletins_du_salarie(t, numero)
    etats = {str(e): e.en_mots for e in Etat}
    return page(
        "paie/salarie.html", PageBulletinsDuSalarie(fiche, annees, NOMS_DES_MOIS, etats, GENRES)
    )
