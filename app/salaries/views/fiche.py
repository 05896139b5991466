"""« Fiche administrative salarié »: identity, address, bank, archiving, journal."""

from app.opco import service as opco
from app.salaries import rules, service
from app.salaries.views.racine import bp, cadre, champs_de
from app.socle.transaction import Transaction
from app.socle.web import FormulaireVu
from app.socle.web_fiches import EcransDeFiche

RUBRIQUES_IDENTITE = (
    ("État civil", ("civilite", "nom_naissance", "nom_usage", "prenoms", "matricule")),
    ("Naissance", ("nir", "ne_le", "ne_a", "ne_departement", "nationalite")),
    ("Famille", ("situation", "enfants")),
    ("Formation professionnelle", ("opco",)),
)
"""The tab « Identité » under its headings."""


def avec_caisses(t: Transaction, vu: FormulaireVu) -> FormulaireVu:
    """Return the form with the OPCO suggested under « Caisse de formation », when it has it."""
    return vu.avec_suggestions("opco", opco.libelles(t))


EcransDeFiche(
    mot="salaries",
    cadre=cadre,
    champs=champs_de,
    onglets={
        rules.IDENTITE: RUBRIQUES_IDENTITE,
        rules.COORDONNEES: (("Adresse et contact", ()),),
        rules.BANQUE: (("Compte du salarié", ()),),
    },
    nommer=lambda fiche: str(fiche.nom),
    modifier=service.modifier_salarie,
    archiver=lambda t, numero, archive: service.archiver_salarie(t, numero, archive=archive),
    supprimer=service.supprimer_salarie,
    lire_journal=service.lire_journal,
    completer=avec_caisses,
).brancher(bp)
