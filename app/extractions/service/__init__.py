"""Use cases of the extractions, one file per subject."""

from app.extractions.service.affichage import FenetreVue, copier, montrer
from app.extractions.service.catalogue import (
    lister_requetes,
    lister_vues,
    ouvrir_base,
    trouver_requete,
)
from app.extractions.service.demandes import (
    ChoixDossier,
    Suggestion,
    lire_demande,
    lister_dossiers,
    saisies_par_defaut,
    suggerer_employeurs,
)
from app.extractions.service.execution import executer_requete
from app.extractions.service.exports import (
    ExportPret,
    exporter,
    extraction_de,
    preparer_export,
    schema_xml,
    trouver_export,
)
from app.extractions.service.resultats import (
    Fenetre,
    Resultat,
    menage,
    supprimer_resultat,
    vider,
)

__all__ = [
    "ChoixDossier",
    "ExportPret",
    "Fenetre",
    "FenetreVue",
    "Resultat",
    "Suggestion",
    "copier",
    "executer_requete",
    "exporter",
    "extraction_de",
    "lire_demande",
    "lister_dossiers",
    "lister_requetes",
    "lister_vues",
    "menage",
    "montrer",
    "ouvrir_base",
    "preparer_export",
    "saisies_par_defaut",
    "schema_xml",
    "suggerer_employeurs",
    "supprimer_resultat",
    "trouver_export",
    "trouver_requete",
    "vider",
]
