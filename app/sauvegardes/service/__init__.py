"""Use cases of the backups; `regard` is imported apart, by the loop, at the end of a start."""

from app.sauvegardes.service.executer import Faite, executer_script
from app.sauvegardes.service.liste import (
    SauvegardeVue,
    lire_sauvegarde,
    lister_sauvegardes,
    relever,
)
from app.sauvegardes.service.restaurer import RESTAUREE, Restauree, restaurer
from app.sauvegardes.service.scripts import (
    ScriptCree,
    ScriptVu,
    creer_script,
    deplacer_script,
    lire_script,
    lister_scripts,
    modifier_script,
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
    "Faite",
    "Restauree",
    "SauvegardeVue",
    "ScriptCree",
    "ScriptVu",
    "Verdict",
    "anomalies_de",
    "creer_script",
    "deplacer_script",
    "executer_script",
    "lire_sauvegarde",
    "lire_script",
    "lire_temoin",
    "lister_sauvegardes",
    "lister_scripts",
    "modifier_script",
    "relever",
    "remettre_a_jour",
    "repousser_script",
    "restaurer",
    "scripts_dus",
    "supprimer_script",
    "trouver_script",
    "valeurs_du_script",
    "verifier_sauvegardes",
]
