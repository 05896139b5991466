"""« Fiche administrative employeur »: identity, bank, employees, archiving, journal."""

from dataclasses import dataclass

from flask import Response

from app.employeurs import rules, service
from app.employeurs.rules import LigneSalarie
from app.employeurs.views.racine import Cadre, bp, cadre, champs_de
from app.socle.listes import Page
from app.socle.web import page, transaction, vue_demandee
from app.socle.web_fiches import EcransDeFiche

RUBRIQUES_IDENTITE = (
    (
        "Association",
        ("raison_sociale", "sigle", "forme", "siret", "naf", "rna", "creee_le", "cesse_le"),
    ),
    (
        "Adresse et contact",
        ("voie", "complement", "code_postal", "commune", "telephone", "courriel"),
    ),
    ("Représentant légal", ("representant", "qualite")),
    ("Emploi", ("effectif", "premiere_embauche_le", "taux_at_millioniemes")),
)
"""The tab « Identité » under its headings."""
ECRANS = EcransDeFiche(
    mot="employeurs",
    cadre=cadre,
    champs=champs_de,
    onglets={
        rules.IDENTITE: RUBRIQUES_IDENTITE,
        rules.BANQUE: (("Compte de l'association", ()),),
    },
    nommer=lambda fiche: str(fiche.raison_sociale),
    modifier=service.modifier_employeur,
    archiver=lambda t, numero, archive: service.archiver_employeur(t, numero, archive=archive),
    supprimer=service.supprimer_employeur,
    lire_journal=service.lire_journal,
)
ECRANS.brancher(bp)


@dataclass(frozen=True, slots=True)
class PageSalaries:
    """The tab « Salariés »."""

    cadre: Cadre
    liste: Page[LigneSalarie]


@bp.get("/<int:numero>/salaries")
def lister_ses_salaries(numero: int) -> Response:
    """Show the tab « Salariés »."""
    with transaction() as t:
        autour = cadre(t, numero, "salaries")
        liste = service.lister_salaries_de(t, numero, vue_demandee(("archives",)))
    return page("employeurs/salaries.html", PageSalaries(autour, liste))
