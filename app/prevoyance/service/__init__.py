"""Use cases of prévoyance, one file per subject."""

from app.prevoyance.service.caisses import caisses_a_choisir
from app.prevoyance.service.cloture import (
    ContratCloture,
    ContratSupprime,
    cloturer_contrat,
    supprimer_contrat,
)
from app.prevoyance.service.creation import creer_autre, creer_parametree
from app.prevoyance.service.historique import lire_journal
from app.prevoyance.service.lecture import FichePrevoyance, lire_contrat, lister_contrats
from app.prevoyance.service.masse import (
    ContratNouveau,
    ajouter_contrats_en_masse,
    ajouter_rattachements_en_masse,
)
from app.prevoyance.service.modification import (
    ContratRemplace,
    dates_de_fin_proches,
    modifier_autre,
    modifier_identite,
    remplacer_parametree,
    saisie_de_la_suite,
)
from app.prevoyance.service.mois import lignes_du_mois
from app.prevoyance.service.rattachements import (
    SalarieAttachable,
    SalarieRattache,
    attacher,
    contrats_a_attacher,
    salaries_rattaches,
)
from app.prevoyance.service.regimes import regimes, regimes_a_confirmer
from app.prevoyance.service.reponses import brancher
from app.prevoyance.service.salarie import (
    ContratDuSalarie,
    RattachementSupprime,
    cloturer_rattachement,
    contrats_du_salarie,
    contrats_pour,
    creer_rattachement,
    dates_de_fin_du_rattachement,
    lire_rattachement,
    modifier_rattachement,
    supprimer_rattachement,
)

__all__ = [
    "ContratCloture",
    "ContratDuSalarie",
    "ContratNouveau",
    "ContratRemplace",
    "ContratSupprime",
    "FichePrevoyance",
    "RattachementSupprime",
    "SalarieAttachable",
    "SalarieRattache",
    "ajouter_contrats_en_masse",
    "ajouter_rattachements_en_masse",
    "attacher",
    "brancher",
    "caisses_a_choisir",
    "cloturer_contrat",
    "cloturer_rattachement",
    "contrats_a_attacher",
    "contrats_du_salarie",
    "contrats_pour",
    "creer_autre",
    "creer_parametree",
    "creer_rattachement",
    "dates_de_fin_du_rattachement",
    "dates_de_fin_proches",
    "lignes_du_mois",
    "lire_contrat",
    "lire_journal",
    "lire_rattachement",
    "lister_contrats",
    "modifier_autre",
    "modifier_identite",
    "modifier_rattachement",
    "regimes",
    "regimes_a_confirmer",
    "remplacer_parametree",
    "saisie_de_la_suite",
    "salaries_rattaches",
    "supprimer_contrat",
    "supprimer_rattachement",
]
