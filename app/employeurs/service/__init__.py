"""Use cases of dossiers and employers, one file per subject."""

from app.employeurs.service import annonces, reponses_opco
from app.employeurs.service.dossiers import (
    archiver_dossier,
    creer_dossier,
    lire_dossier,
    lister_dossiers,
    modifier_dossier,
    supprimer_dossier,
    trouver_dossier,
)
from app.employeurs.service.fiche import (
    archiver_employeur,
    creer_employeur,
    deplacer_employeur,
    lire_fiche_employeur,
    modifier_employeur,
    supprimer_employeur,
)
from app.employeurs.service.formation import (
    appliquer_opco,
    lister_sans_formation,
    situation_opco,
    successeurs_opca,
)
from app.employeurs.service.journal import champs_des_lignes, lire_journal
from app.employeurs.service.liste import (
    compter_les_manques,
    designations,
    employeurs_archives,
    employeurs_du_dossier,
    lister_employeurs,
    lister_salaries_de,
    suggerer_employeurs,
)
from app.employeurs.service.masse import (
    ajouter_en_masse,
    ajouter_organismes_en_masse,
    cles_existantes,
    modifier_en_masse,
    valeurs_en_masse,
)
from app.employeurs.service.organismes import (
    ajouter_organisme,
    lire_organisme,
    lister_organismes,
    modifier_organisme,
    supprimer_organisme,
)

__all__ = [
    "ajouter_en_masse",
    "ajouter_organisme",
    "ajouter_organismes_en_masse",
    "appliquer_opco",
    "archiver_dossier",
    "archiver_employeur",
    "brancher",
    "champs_des_lignes",
    "cles_existantes",
    "compter_les_manques",
    "creer_dossier",
    "creer_employeur",
    "deplacer_employeur",
    "designations",
    "employeurs_archives",
    "employeurs_du_dossier",
    "lire_dossier",
    "lire_fiche_employeur",
    "lire_journal",
    "lire_organisme",
    "lister_dossiers",
    "lister_employeurs",
    "lister_organismes",
    "lister_salaries_de",
    "lister_sans_formation",
    "modifier_dossier",
    "modifier_employeur",
    "modifier_en_masse",
    "modifier_organisme",
    "situation_opco",
    "successeurs_opca",
    "suggerer_employeurs",
    "supprimer_dossier",
    "supprimer_employeur",
    "supprimer_organisme",
    "trouver_dossier",
    "valeurs_en_masse",
]


def brancher() -> None:
    """Connect what employers answer; called once by the composition root."""
    annonces.brancher()
    reponses_opco.brancher()
