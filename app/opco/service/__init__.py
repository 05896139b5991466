"""Use cases of OPCO: load and ask the correspondence, apply it, undo it, report it."""

from app.opco.service.annuler import ApplicationAnnulee, annuler_application
from app.opco.service.appliquer import DEMANDE, MISE_A_JOUR, Application, appliquer, noter_avis
from app.opco.service.correspondances import (
    DOSSIER,
    OpcoResume,
    anciens_opca,
    charger,
    correspondance,
    est_connu,
    libelles,
    lister_opco,
    periodes_d_une_convention,
    situation,
)
from app.opco.service.examen import Examen, est_a_appliquer, examiner, noter_appliquee
from app.opco.service.liste import (
    FILTRES,
    ApplicationResume,
    LigneResume,
    derniere_application,
    lire_resume,
    lister_applications,
    lister_decisions,
    lister_lignes,
)
from app.opco.service.rapports import Depot, bureau, deposer, texte_du_rapport

__all__ = [
    "DEMANDE",
    "DOSSIER",
    "FILTRES",
    "MISE_A_JOUR",
    "Application",
    "ApplicationAnnulee",
    "ApplicationResume",
    "Depot",
    "Examen",
    "LigneResume",
    "OpcoResume",
    "anciens_opca",
    "annuler_application",
    "appliquer",
    "bureau",
    "charger",
    "correspondance",
    "deposer",
    "derniere_application",
    "est_a_appliquer",
    "est_connu",
    "examiner",
    "libelles",
    "lire_resume",
    "lister_applications",
    "lister_decisions",
    "lister_lignes",
    "lister_opco",
    "noter_appliquee",
    "noter_avis",
    "periodes_d_une_convention",
    "situation",
    "texte_du_rapport",
]
