"""Screen: taxe sur les salaires of each employer for a year."""

from dataclasses import dataclass

from flask import Response, request

from app.paie.service.taxe_salaires import TaxeEmployeur, lister_taxes
from app.paie.views.racine import bp
from app.socle.web import page, transaction


@dataclass(frozen=True, slots=True)
class PageTaxe:
    """The tax of each employer, the year and the years to choose from; total in centimes."""

    annee: int
    annees: tuple[int, ...]
    taxes: tuple[TaxeEmployeur, ...]
    total: int


@bp.get("/taxe-salaires")
def montrer_taxe() -> Response:
    """Show the tax of every employer for a year (this one unless `annee` says another)."""
    with transaction() as t:
        annees = tuple(range(t.aujourd_hui.year, 2018, -1))
        demandee = request.args.get("annee", "")
        annee = int(demandee) if demandee in {str(a) for a in annees} else annees[0]
        taxes = tuple(lister_taxes(t, annee))
    return page(
        "paie/taxe_salaires.html",
        PageTaxe(annee, annees, taxes, sum(x.taxe.due for x in taxes)),
    )
