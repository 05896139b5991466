"""Use cases of the organismes collecteurs, one file per subject."""

from app.organismes.service.annonces import brancher
from app.organismes.service.fiche import (
    archiver_organisme,
    creer_organisme,
    lire_fiche,
    lire_journal,
    modifier_organisme,
    supprimer_organisme,
)
from app.organismes.service.fusion import apercevoir_fusion, doublons_probables, fusionner
from app.organismes.service.liste import (
    choix_d_organismes,
    lire_organismes,
    lister_familles,
    lister_organismes,
    noms_au_journal,
    organismes_de,
    trouver_ou_creer,
    trouver_ou_creer_en_masse,
)
from app.organismes.service.modeles import lire_modele, lister_modeles, modeles_connus

__all__ = [
    "apercevoir_fusion",
    "archiver_organisme",
    "brancher",
    "choix_d_organismes",
    "creer_organisme",
    "doublons_probables",
    "fusionner",
    "lire_fiche",
    "lire_journal",
    "lire_modele",
    "lire_organismes",
    "lister_familles",
    "lister_modeles",
    "lister_organismes",
    "modeles_connus",
    "modifier_organisme",
    "noms_au_journal",
    "organismes_de",
    "supprimer_organisme",
    "trouver_ou_creer",
    "trouver_ou_creer_en_masse",
]
