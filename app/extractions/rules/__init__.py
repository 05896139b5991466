"""Rules of the extractions: headers of queries, parameters, column types, filters."""

from app.extractions.rules.colonnes import (
    Colonne,
    TypeColonne,
    afficher,
    controler,
    exporter_texte,
    nom_de_fichier,
    type_par_suffixe,
)
from app.extractions.rules.entete import (
    Entete,
    Requete,
    Vue,
    decouper,
    lire_requete,
    lire_vue,
    noms_lies,
)
from app.extractions.rules.filtres import (
    Condition,
    Presentation,
    exemple,
    lire_filtre,
    lire_presentation,
)
from app.extractions.rules.graphique import (
    DemandeGraphique,
    abscisses,
    lire_demande_graphique,
    ordonnees,
)
from app.extractions.rules.parametres import (
    TOUS,
    Parametre,
    References,
    ValeurParametre,
    lire_parametres,
    ressaisir,
    saisie_par_defaut,
    sans_saisie,
)

__all__ = [
    "TOUS",
    "Colonne",
    "Condition",
    "DemandeGraphique",
    "Entete",
    "Parametre",
    "Presentation",
    "References",
    "Requete",
    "TypeColonne",
    "ValeurParametre",
    "Vue",
    "abscisses",
    "afficher",
    "controler",
    "decouper",
    "exemple",
    "exporter_texte",
    "lire_demande_graphique",
    "lire_filtre",
    "lire_parametres",
    "lire_presentation",
    "lire_requete",
    "lire_vue",
    "nom_de_fichier",
    "noms_lies",
    "ordonnees",
    "ressaisir",
    "saisie_par_defaut",
    "sans_saisie",
    "type_par_suffixe",
]
