"""Drawing the contracts of an employee: dates, nature, hours, pay, rate of PAS."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.demonstration.rules.matiere import Emploi, Matiere, Metier
from app.demonstration.rules.tirage import Tirage
from app.noyau.periodes import FIN_OUVERTE, Mois, veille

_MOIS_DE_CDD = {
    "usage": (5, 10),
    "accroissement": (2, 11),
    "remplacement": (1, 8),
    "saisonnier": (2, 5),
    "insertion": (4, 12),
    "cee": (1, 2),
}
_SANS_SUITE = frozenset({"cee", "saisonnier", "insertion"})


@dataclass(frozen=True, slots=True)
class Fenetre:
    """The days among which the contracts of an association lie.

    `depuis`: nobody was hired before; `horizon`: most were hired after; `limite`: the day of
    the draw, or the last day of an association that stopped (`est_cessee`).
    """

    depuis: date
    horizon: date
    limite: date
    est_cessee: bool


Contrat = dict[str, Any]


def tirer_contrats(
    tirage: Tirage,
    matiere: Matiere,
    metier: Metier,
    emploi: Emploi,
    fenetre: Fenetre,
    *,
    femme: bool,
) -> list[Contrat]:
    """Return the contracts of a person, oldest first; they never overlap."""
    heures = tirage.peser(emploi.durees)
    pour_cent = tirage.entier(*emploi.salaire)
    communs: Contrat = {
        "emploi": emploi.intitule(femme=femme),
        "categorie": "cadre" if emploi.est_cadre else "non_cadre",
        "classification": emploi.classification,
        "heures_centiemes": heures,
    }
    contrats = []
    for nature, motif, debut, fin in _periodes(tirage, metier, emploi, fenetre):
        smic = matiere.smic_horaire(min(fin, fenetre.limite))
        salaire = -(-heures * smic * pour_cent // 1_000_000) * 100
        contrats.append(
            communs
            | {"nature": nature, "motif": motif, "debut_le": debut, "fin_le": fin}
            | {"salaire_centimes": salaire, "taux_pas_millioniemes": None}
        )
        pour_cent += 2
    taux = _taux_pas(tirage, contrats[-1]["salaire_centimes"])
    return [c | {"taux_pas_millioniemes": taux} for c in contrats]


def _periodes(
    tirage: Tirage, metier: Metier, emploi: Emploi, fenetre: Fenetre
) -> list[tuple[str, str, date, date]]:
    """Return nature, motif, start and end of each contract."""
    motif = tirage.choisir(emploi.motifs) if emploi.motifs else ""
    if not motif or (motif != "cee" and not tirage.chance(metier.cdd)):
        debut = _debut_de_cdi(tirage, fenetre)
        return [("cdi", "", debut, _fin_de_cdi(tirage, fenetre, debut))]
    debut = _debut_de_cdd(tirage, emploi, fenetre)
    fin = Mois.de(debut).suivant(tirage.entier(*_MOIS_DE_CDD[motif]) - 1).fin
    if fenetre.est_cessee:
        fin = max(debut, min(fin, fenetre.limite))
    premier = ("cdd", motif, debut, fin)
    suite = fin + timedelta(days=1)
    reste = (fenetre.limite - fin).days
    if motif in _SANS_SUITE or reste < 40 or not tirage.chance(30):
        return [premier]
    return [premier, ("cdi", "", suite, _fin_de_cdi(tirage, fenetre, suite))]


def _au_premier(tirage: Tirage, jour: date, depuis: date) -> date:
    """Bring most starts to the first of the month, as people are hired."""
    premier = Mois.de(jour).debut
    return premier if premier >= depuis and tirage.chance(70) else jour


def _debut_de_cdi(tirage: Tirage, fenetre: Fenetre) -> date:
    ancien = max(fenetre.depuis, date(fenetre.limite.year - 15, 1, 1))
    if ancien < fenetre.horizon and tirage.chance(40):
        return _au_premier(tirage, tirage.jour(ancien, fenetre.horizon), ancien)
    jour = tirage.jour(fenetre.horizon, fenetre.limite - timedelta(days=30))
    return _au_premier(tirage, jour, fenetre.horizon)


def _fin_de_cdi(tirage: Tirage, fenetre: Fenetre, debut: date) -> date:
    """Return the open end, the end of the association, or that of somebody who left."""
    premier = max(debut + timedelta(days=60), fenetre.horizon + timedelta(days=30))
    dernier = veille(fenetre.limite)
    if premier < dernier and tirage.chance(15):
        jour = tirage.jour(premier, dernier)
        fin_de_mois = Mois.de(jour).fin
        return fin_de_mois if fin_de_mois <= dernier and tirage.chance(60) else jour
    return fenetre.limite if fenetre.est_cessee else FIN_OUVERTE


def _debut_de_cdd(tirage: Tirage, emploi: Emploi, fenetre: Fenetre) -> date:
    dernier = fenetre.limite - timedelta(days=15)
    if emploi.en_vacances:
        etes = [date(annee, 7, 1) for annee in range(fenetre.horizon.year, dernier.year + 1)]
        etes = [ete for ete in etes if fenetre.horizon <= ete <= dernier]
        if etes:
            return tirage.choisir(etes) + timedelta(days=tirage.choisir((0, 0, 3, 6)))
    return _au_premier(tirage, tirage.jour(fenetre.horizon, dernier), fenetre.horizon)


def _taux_pas(tirage: Tirage, salaire_centimes: int) -> int | None:
    """Return a rate of prélèvement à la source; None: the default scale applies."""
    if tirage.chance(12):
        return None
    if salaire_centimes < 140_000:
        dixiemes = tirage.peser(((0, 70), (tirage.entier(1, 30), 30)))
    elif salaire_centimes < 220_000:
        dixiemes = tirage.peser(((0, 25), (tirage.entier(5, 55), 75)))
    elif salaire_centimes < 320_000:
        dixiemes = tirage.entier(20, 95)
    else:
        dixiemes = tirage.entier(60, 165)
    return dixiemes * 1_000
