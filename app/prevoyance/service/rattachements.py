"""Employees attached to a contract, from the side of the employer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.noyau.erreurs import exiger_confirmation
from app.noyau.periodes import FIN_OUVERTE, Periode, lendemain
from app.prevoyance.errors import AutreEmployeur, PopulationDifferente
from app.prevoyance.models import ContratPrevoyance, Rattachement
from app.prevoyance.rules import rattachements as rules
from app.prevoyance.rules.taux import LIBELLES_POPULATION, categorie_de
from app.prevoyance.service.annonces import annoncer, jours_de, motif_contrat
from app.prevoyance.service.lecture import contrat, jours_du_contrat, rattachements_de
from app.salaries.service import Emploi, emplois_de_l_employeur, emplois_par_numero
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SalarieAttachable:
    """An employee who may be attached, and the date of adhesion that is proposed."""

    emploi: Emploi
    adhesion: date


@dataclass(frozen=True, slots=True)
class SalarieRattache:
    """An employee attached: the days that count, and what was asked.

    `population_differe`: the category changed since, the contract is for others.
    """

    id: int
    version: int
    emploi: Emploi
    periode: Periode
    adhesion: date
    sortie: date
    population_differe: bool

    def est_en_cours(self, jour: date) -> bool:
        """Tell whether somebody is attached on a day, or will be."""
        return jour <= self.periode.fin


def contrats_a_attacher(t: Transaction, contrat_id: int) -> list[SalarieAttachable]:
    """Return the employees of the employer who may be attached to a contract, by name.

    Of its population, at work during the contract, not archived, not attached up to the end.

    Raises:
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = contrat(t, contrat_id)
    deja: dict[int, date] = {}
    for r in rattachements_de(t, contrats=[contrat_id]):
        deja[r.contrat_id] = max(r.fin_le, deja.get(r.contrat_id, date.min))
    return [
        SalarieAttachable(e, adhesion)
        for e in emplois_de_l_employeur(t, ligne.employeur_id)
        if not e.est_archive
        and rules.population_convient(ligne.population, e.categorie)
        and (adhesion := _adhesion(e, ligne, deja.get(e.contrat_id))) is not None
    ]


def _adhesion(emploi: Emploi, ligne: ContratPrevoyance, deja: date | None) -> date | None:
    """Return the first day when somebody may be attached, after an earlier rattachement."""
    bornes = rules.bornes_communes(emploi.periode, jours_du_contrat(ligne))
    if bornes is None:
        return None
    debut = bornes.debut if deja is None else lendemain(deja)
    return None if debut is None or debut > bornes.fin else max(debut, bornes.debut)


def attacher(
    t: Transaction,
    contrat_id: int,
    contrats_de_travail: Collection[int],
    adhesion: date | None = None,
    *,
    confirmes: Collection[str] = (),
) -> list[int]:
    """Attach contrats de travail to a contract; returns the numbers of the rattachements.

    None of them: the contract is kept on the employer only. Without a date of adhesion, each
    begins with the later of both contracts.

    Raises:
        AutreEmployeur: a contrat de travail is not one of the employer.
        PopulationDifferente: the contract is for another population.
        RattachementAvantEmbauche, RattachementApresSortie, RattachementHorsContrat: the dates.
        RattachementEnDouble: attached already on these days.
        ConfirmationRequise: PRV-209 (adhesion within a month).
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = contrat(t, contrat_id)
    emplois = emplois_par_numero(t, contrats_de_travail)
    numeros = []
    for numero in sorted(set(contrats_de_travail)):
        emploi = exiger_emploi(emplois.get(numero), ligne)
        debut = adhesion or _adhesion(emploi, ligne, None) or emploi.periode.debut
        demande = Periode(debut, FIN_OUVERTE)
        numeros.append(ecrire(t, ligne, emploi, demande, confirmes))
    _annoncer_nouveaux(t, ligne, numeros)
    return numeros


def exiger_emploi(emploi: Emploi | None, ligne: ContratPrevoyance) -> Emploi:
    """Stop unless a contrat de travail is one of the employer, and of the population.

    Raises:
        AutreEmployeur, PopulationDifferente: see their texts.
    """
    if emploi is None or emploi.employeur_id != ligne.employeur_id:
        raise AutreEmployeur
    if not rules.population_convient(ligne.population, emploi.categorie):
        raise PopulationDifferente(LIBELLES_POPULATION[categorie_de(ligne.population)], emploi.nom)
    return emploi


def ecrire(
    t: Transaction,
    ligne: ContratPrevoyance,
    emploi: Emploi,
    demande: Periode,
    confirmes: Collection[str] = (),
) -> int:
    """Write a rattachement once its dates are checked; returns its number."""
    jours = verifier_dates(t, ligne, emploi, demande, confirmes=confirmes)
    return _inserer(t, ligne.id, emploi.contrat_id, demande, jours)


def _inserer(
    t: Transaction, contrat_id: int, travail: int, demande: Periode, jours: Periode
) -> int:
    nouveau = Rattachement(
        contrat_prevoyance_id=contrat_id,
        contrat_id=travail,
        adhesion_le=demande.debut,
        sortie_le=demande.fin,
        debut_le=jours.debut,
        fin_le=jours.fin,
    )
    t.session.add(nouveau)
    t.session.flush()
    return nouveau.id


def verifier_dates(
    t: Transaction,
    ligne: ContratPrevoyance,
    emploi: Emploi,
    demande: Periode,
    *,
    sauf: int | None = None,
    confirmes: Collection[str] = (),
) -> Periode:
    """Check the dates asked for a rattachement; returns the days that count.

    Raises:
        RattachementAvantEmbauche, RattachementApresSortie, RattachementHorsContrat: the dates.
        RattachementEnDouble: attached already on these days.
        ConfirmationRequise: PRV-209.
    """
    prevoyance = jours_du_contrat(ligne)
    rules.exiger_dates(emploi.nom, demande, emploi.periode, prevoyance)
    jours = rules.effectif(demande, emploi.periode, prevoyance)
    if jours is None:
        raise RuntimeError(demande)
    autres = [
        jours_de(r)
        for r in rattachements_de(t, travail=[emploi.contrat_id])
        if r.contrat_prevoyance_id == ligne.id and r.id != sauf
    ]
    rules.exiger_une_fois(emploi.nom, jours, autres)
    a_confirmer = rules.avertir_adhesion(demande.debut, emploi.periode, prevoyance)
    exiger_confirmation(a_confirmer, frozenset(confirmes))
    return jours


def _annoncer_nouveaux(t: Transaction, ligne: ContratPrevoyance, numeros: Collection[int]) -> None:
    motif = motif_contrat(ligne, "nouveau rattachement")
    lignes = [t.session.get_one(Rattachement, numero) for numero in numeros]
    annoncer(t, [(r.contrat_id, jours_de(r), motif) for r in lignes])


def attacher_les_memes(
    t: Transaction, ligne: ContratPrevoyance, demandes: Mapping[int, Periode], motif: str
) -> list[str]:
    """Attach to a contract those of another one that it replaces, as long as they asked.

    Returns:
        The names of those whom its population or its dates leave out.
    """
    emplois = emplois_par_numero(t, demandes.keys())
    changements: list[tuple[int, Periode | None, str]] = []
    laisses = []
    for numero, demande in sorted(demandes.items()):
        emploi = emplois[numero]
        reste = rules.effectif(demande, emploi.periode, jours_du_contrat(ligne))
        if reste is None or not rules.population_convient(ligne.population, emploi.categorie):
            laisses.append(emploi.nom)
            continue
        _inserer(t, ligne.id, numero, Periode(reste.debut, demande.fin), reste)
        changements.append((numero, reste, motif))
    annoncer(t, changements)
    return laisses


def salaries_rattaches(t: Transaction, contrat_id: int) -> list[SalarieRattache]:
    """Return the employees attached to a contract, by name and date, former ones included.

    Raises:
        ContratPrevoyanceIntrouvable: no such contract.
    """
    ligne = contrat(t, contrat_id)
    lignes = rattachements_de(t, contrats=[contrat_id])
    emplois = emplois_par_numero(t, [r.contrat_id for r in lignes])
    rangs = {numero: rang for rang, numero in enumerate(emplois)}
    lignes.sort(key=lambda r: (rangs[r.contrat_id], r.debut_le))
    return [vue(r, emplois[r.contrat_id], ligne.population) for r in lignes]


def vue(r: Rattachement, emploi: Emploi, population: str) -> SalarieRattache:
    """Return a rattachement as the screens show it."""
    return SalarieRattache(
        id=r.id,
        version=r.version,
        emploi=emploi,
        periode=jours_de(r),
        adhesion=r.adhesion_le,
        sortie=r.sortie_le,
        population_differe=not rules.population_convient(population, emploi.categorie),
    )
