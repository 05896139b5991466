"""What the screens offer to choose from: employees of a contract, caisses of an employer."""

from dataclasses import dataclass
from datetime import date

from app.employeurs.service import lister_organismes
from app.organismes.service import choix_d_organismes
from app.prevoyance.rules.rattachements import bornes_communes, population_convient
from app.prevoyance.rules.taux import LIBELLES_POPULATION, categorie_de
from app.prevoyance.service.lecture import contrat, jours_du_contrat, rattachements_de
from app.prevoyance.service.rattachements import contrats_a_attacher
from app.salaries.service import Emploi, emplois_de_l_employeur
from app.socle.transaction import Transaction

FAMILLES = (("prevoyance", ""), ("mutuelle", "Mutuelle"), ("retraite", "Retraite"))
"""Families of organismes that a contract may name, in the order of the list, and their word."""


@dataclass(frozen=True, slots=True)
class SalarieAChoisir:
    """An employee of the employer of a contract: may be attached, or why not.

    `adhesion` is the date proposed, None with a `motif`.
    """

    emploi: Emploi
    adhesion: date | None
    motif: str


@dataclass(frozen=True, slots=True)
class CaissesAChoisir:
    """Caisses of the table, as (number, name): those of the employer, then the others."""

    de_l_employeur: tuple[tuple[str, str], ...]
    autres: tuple[tuple[str, str], ...]

    @property
    def est_vide(self) -> bool:
        """Tell whether the table has no caisse at all."""
        return not self.de_l_employeur and not self.autres


def salaries_a_choisir(t: Transaction, contrat_id: int) -> list[SalarieAChoisir]:
    """Return the employees of the employer of a contract, by name, with why some are left out.

    Those whose contrat de travail ended before the contract began are not listed: there is
    nothing to choose.

    Raises:
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = contrat(t, contrat_id)
    jours = jours_du_contrat(ligne)
    adhesions = {s.emploi.contrat_id: s.adhesion for s in contrats_a_attacher(t, contrat_id)}
    deja = {r.contrat_id for r in rattachements_de(t, contrats=[contrat_id])}
    lus = []
    for emploi in emplois_de_l_employeur(t, ligne.employeur_id):
        adhesion = adhesions.get(emploi.contrat_id)
        motif = ""
        if adhesion is None:
            if bornes_communes(emploi.periode, jours) is None and emploi.contrat_id not in deja:
                continue
            motif = _motif(emploi, ligne.population, attache=emploi.contrat_id in deja)
        lus.append(SalarieAChoisir(emploi, adhesion, motif))
    return lus


def _motif(emploi: Emploi, population: str, *, attache: bool) -> str:
    if attache:
        return "Déjà rattaché à ce contrat."
    if emploi.est_archive:
        return "Salarié archivé."
    if not population_convient(population, emploi.categorie):
        return f"Contrat réservé aux {LIBELLES_POPULATION[categorie_de(population)]}."
    return "Hors des dates du contrat."


def caisses_a_choisir(t: Transaction, employeur_id: int) -> CaissesAChoisir:
    """Return the caisses that a contract of an employer may name.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    lignes = lister_organismes(t, employeur_id)
    siennes = {str(ligne.valeurs.get("organisme_id")) for ligne in lignes}
    toutes = [
        (numero, f"{nom} – {mot}" if mot else nom)
        for famille, mot in FAMILLES
        for numero, nom in choix_d_organismes(t, famille)
    ]
    return CaissesAChoisir(
        tuple(c for c in toutes if c[0] in siennes),
        tuple(c for c in toutes if c[0] not in siennes),
    )
