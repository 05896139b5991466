"""Use cases of the backups; `regard` is imported apart, by the loop, at the end of a start."""

from app.sauvegardes.service.copier import (
    Copiees,
    SauvegardeTrouvee,
    SupportVu,
    copier_sur_support,
    lister_supports,
)
from app.sauvegardes.service.destinations import Lieux
from app.sauvegardes.service.executer import Faite, executer_script
from app.sauvegardes.service.graver import Image, creer_image
from app.sauvegardes.service.liste import (
    SauvegardeVue,
    lire_sauvegarde,
    lister_sauvegardes,
    relever,
    relever_le_site,
)
from app.sauvegardes.service.restaurer import (
    RESTAUREE,
    Restauree,
    restaurer,
    restaurer_sauvegarde,
)
from app.sauvegardes.service.scripts import (
    ScriptCree,
    ScriptVu,
    creer_script,
    deplacer_script,
    lire_script,
    lister_scripts,
    mettre_a_l_essai,
    modifier_script,
    oublier_la_cle,
    remettre_a_jour,
    repousser_script,
    scripts_dus,
    supprimer_script,
    trouver_script,
    valeurs_du_script,
)
from app.sauvegardes.service.situation import anomalies_de, lire_temoin
from app.sauvegardes.service.verifier import Verdict, verifier_sauvegardes

__all__ = [
    "RESTAUREE",
    "Copiees",
    "Faite",
    "Image",
    "Lieux",
    "Restauree",
    "SauvegardeTrouvee",
    "SauvegardeVue",
    "ScriptCree",
    "ScriptVu",
    "SupportVu",
    "Verdict",
    "anomalies_de",
    "copier_sur_support",
    "creer_image",
    "creer_script",
    "deplacer_script",
    "executer_script",
    "lire_sauvegarde",
    "lire_script",
    "lire_temoin",
    "lister_sauvegardes",
    "lister_scripts",
    "lister_supports",
    "mettre_a_l_essai",
    "modifier_script",
    "oublier_la_cle",
    "relever",
    "relever_le_site",
    "remettre_a_jour",
    "repousser_script",
    "restaurer",
    "restaurer_sauvegarde",
    "scripts_dus",
    "supprimer_script",
    "trouver_script",
    "valeurs_du_script",
    "verifier_sauvegardes",
]
