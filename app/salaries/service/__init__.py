"""Use cases of employees and employment contracts, one file per subject."""

from app.salaries.service.contrats import (
    creer_contrat,
    lire_contrat,
    lister_contrats,
    modifier_contrat,
    supprimer_contrat,
)
from app.salaries.service.emplois import (
    Emploi,
    categories_par_numero,
    emplois_de_l_employeur,
    emplois_du_salarie,
    emplois_par_numero,
)
from app.salaries.service.fiche import (
    archiver_salarie,
    creer_salarie,
    lire_fiche_salarie,
    modifier_salarie,
    supprimer_salarie,
)
from app.salaries.service.journal import lire_journal
from app.salaries.service.liste import lister_salaries
from app.salaries.service.masse import (
    ajouter_contrats_en_masse,
    ajouter_en_masse,
    cles_contrats,
    cles_existantes,
    modifier_contrats_en_masse,
    modifier_en_masse,
    valeurs_contrats_en_masse,
    valeurs_en_masse,
)
from app.salaries.service.reponses import brancher

__all__ = [
    "Emploi",
    "ajouter_contrats_en_masse",
    "ajouter_en_masse",
    "archiver_salarie",
    "brancher",
    "categories_par_numero",
    "cles_contrats",
    "cles_existantes",
    "creer_contrat",
    "creer_salarie",
    "emplois_de_l_employeur",
    "emplois_du_salarie",
    "emplois_par_numero",
    "lire_contrat",
    "lire_fiche_salarie",
    "lire_journal",
    "lister_contrats",
    "lister_salaries",
    "modifier_contrat",
    "modifier_contrats_en_masse",
    "modifier_en_masse",
    "modifier_salarie",
    "supprimer_contrat",
    "supprimer_salarie",
    "valeurs_contrats_en_masse",
    "valeurs_en_masse",
]
