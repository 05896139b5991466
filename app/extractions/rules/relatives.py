"""Days and years said in words, which each run of a planned extraction reads anew.

« Le premier jour du mois précédent » is another day each month: that is what a planning needs.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from app.extractions.rules.parametres import Parametre
from app.noyau import champs
from app.noyau.champs import Champ
from app.noyau.periodes import Mois, afficher_date

JOURS: dict[str, tuple[str, Callable[[date], date]]] = {
    "aujourdhui": ("le jour de l'extraction", lambda jour: jour),
    "veille": ("la veille", lambda jour: jour - timedelta(days=1)),
    "debut_mois": ("le premier jour du mois", lambda jour: Mois.de(jour).debut),
    "fin_mois": ("le dernier jour du mois", lambda jour: Mois.de(jour).fin),
    "debut_mois_precedent": (
        "le premier jour du mois précédent",
        lambda jour: Mois.de(jour).suivant(-1).debut,
    ),
    "fin_mois_precedent": (
        "le dernier jour du mois précédent",
        lambda jour: Mois.de(jour).suivant(-1).fin,
    ),
    "debut_annee": ("le premier jour de l'année", lambda jour: date(jour.year, 1, 1)),
    "fin_annee": ("le dernier jour de l'année", lambda jour: date(jour.year, 12, 31)),
    "debut_annee_precedente": (
        "le premier jour de l'année précédente",
        lambda jour: date(jour.year - 1, 1, 1),
    ),
    "fin_annee_precedente": (
        "le dernier jour de l'année précédente",
        lambda jour: date(jour.year - 1, 12, 31),
    ),
}
"""Words of a day, and the day they say on the day of a run."""
ANNEES: dict[str, tuple[str, Callable[[date], int]]] = {
    "annee": ("l'année en cours", lambda jour: jour.year),
    "annee_precedente": ("l'année précédente", lambda jour: jour.year - 1),
}
"""Words of a year, and the year they say on the day of a run."""
_MOTS: dict[str, Mapping[str, tuple[str, Callable[[date], object]]]] = {
    "date": JOURS,
    "annee": ANNEES,
}


def est_relatif(p: Parametre) -> bool:
    """Tell whether a planning says the value of a parameter in words."""
    return p.type in _MOTS


def champ_relatif(p: Parametre) -> Champ:
    """Return the field that asks which words; the query's own default is shown at first."""
    mots = _MOTS[p.type]
    nature = champs.choix(*((cle, libelle) for cle, (libelle, _) in mots.items()), largeur=34)
    defaut = p.defaut if p.defaut in mots else next(iter(mots))
    return Champ(p.nom, p.libelle, nature, obligatoire=True, vide=defaut)


def saisies_du_jour(
    parametres: Sequence[Parametre], saisies: Mapping[str, str], jour: date
) -> dict[str, str]:
    """Return what a person would type that day for the parameters of a planned extraction."""
    textes: dict[str, str] = {}
    for p in parametres:
        saisie = saisies.get(p.nom, "")
        lu = _MOTS.get(p.type, {}).get(saisie)
        if lu is None:
            textes[p.nom] = saisie
            continue
        valeur = lu[1](jour)
        textes[p.nom] = afficher_date(valeur) if isinstance(valeur, date) else str(valeur)
    return textes
