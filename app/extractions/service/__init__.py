"""Use cases of the extractions, one file per subject."""

from app.extractions.service.affichage import FenetreVue, copier, montrer
from app.extractions.service.catalogue import (
    lister_requetes,
    lister_vues,
    ouvrir_base,
    trouver_requete,
)
from app.extractions.service.confort import (
    NOM_DU_JEU,
    Execution,
    Jeu,
    detacher,
    epingler,
    garder_disposition,
    garder_jeu,
    lire_disposition,
    lire_jeu,
    lister_epinglees,
    lister_executions,
    lister_jeux,
    noter_execution,
    ressaisies,
    supprimer_jeu,
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
from app.extractions.service.graphique import Graphique, dessiner
from app.extractions.service.libre import executer_libre
from app.extractions.service.resultats import (
    Fenetre,
    Resultat,
    menage,
    supprimer_resultat,
    vider,
)

__all__ = [
    "NOM_DU_JEU",
    "ChoixDossier",
    "Execution",
    "ExportPret",
    "Fenetre",
    "FenetreVue",
    "Graphique",
    "Jeu",
    "Resultat",
    "Suggestion",
    "copier",
    "dessiner",
    "detacher",
    "epingler",
    "executer_libre",
    "executer_requete",
    "exporter",
    "extraction_de",
    "garder_disposition",
    "garder_jeu",
    "lire_demande",
    "lire_disposition",
    "lire_jeu",
    "lister_dossiers",
    "lister_epinglees",
    "lister_executions",
    "lister_jeux",
    "lister_requetes",
    "lister_vues",
    "menage",
    "montrer",
    "noter_execution",
    "ouvrir_base",
    "preparer_export",
    "ressaisies",
    "saisies_par_defaut",
    "schema_xml",
    "suggerer_employeurs",
    "supprimer_jeu",
    "supprimer_resultat",
    "trouver_export",
    "trouver_requete",
    "vider",
]
