"""Contracts, periods and employees attached as the screens show them: texts, icons, states."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.noyau.periodes import FIN_OUVERTE, Periode, afficher_date
from app.noyau.typographie import accorder
from app.prevoyance.rules.fiches import GENRES, LIBELLES_NATURE
from app.prevoyance.rules.lignes import PeriodeLue
from app.prevoyance.rules.taux import POPULATIONS
from app.prevoyance.service.lecture import FichePrevoyance
from app.prevoyance.service.lecture_choix import SalarieAChoisir
from app.prevoyance.service.rattachements import SalarieRattache
from app.prevoyance.views.racine import adresse_contrat, adresse_salarie
from app.prevoyance.views.taux import (
    LigneVue,
    OptionVue,
    lignes_vues,
    options_vues,
    regime_vu,
)
from app.salaries.rules import CATEGORIES
from app.salaries.service import Emploi

ICONES: Final = {"prevoyance": "bouclier", "sante": "coeur", "retraite_sup": "epargne"}
"""Icon of each nature of contract."""


@dataclass(frozen=True, slots=True)
class ContratVu:
    """A contract as an icon; `etats` are (kind of the macro `etat`, words)."""

    id: int
    adresse: str
    icone: str
    nom: str
    caisse: str
    reference: str
    dates: str
    detail: str
    etats: tuple[tuple[str, str], ...]
    est_clos: bool
    est_parametree: bool


@dataclass(frozen=True, slots=True)
class PeriodeVue:
    """A period of a contract to read; `titre` says what it is and when."""

    dates: str
    titre: str
    est_courante: bool
    lignes: tuple[LigneVue, ...]
    sans_taux: tuple[str, ...]
    options: tuple[OptionVue, ...]
    source: str


def etats_de(periode: Periode, manque: str, aujourd_hui: date) -> tuple[tuple[str, str], ...]:
    """Return the states of a contract or of a rattachement: one by its dates, one by its rates."""
    if periode.debut > aujourd_hui:
        etats = [("point", "À venir")]
    elif periode.fin < aujourd_hui:
        etats = [("archive", "Clôturé")]
    elif periode.est_ouverte:
        etats = [("bon", "En cours")]
    else:
        etats = [("bon", f"En cours, clos le {afficher_date(periode.fin)}")]
    return (*etats, ("alerte", "Taux à confirmer")) if manque else tuple(etats)


def contrat_vu(fiche: FichePrevoyance, aujourd_hui: date) -> ContratVu:
    """Return a contract as its icon shows it."""
    return ContratVu(
        id=fiche.id,
        adresse=adresse_contrat(fiche.id),
        icone=ICONES[fiche.nature],
        nom=fiche.designation,
        caisse=fiche.caisse,
        reference=fiche.reference,
        dates=_majuscule(str(fiche.periode)),
        detail=accorder(fiche.rattaches, "salarié rattaché", "salariés rattachés"),
        etats=etats_de(fiche.periode, fiche.manque, aujourd_hui),
        est_clos=fiche.periode.fin < aujourd_hui,
        est_parametree=fiche.est_parametree,
    )


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def identite(fiche: FichePrevoyance) -> tuple[tuple[str, str], ...]:
    """Return what is said of a contract beside its periods."""
    regime = (("Régime", fiche.regime.libelle),) if fiche.regime else ()
    return (
        ("Genre", dict(GENRES)[fiche.genre]),
        *regime,
        ("Nature", LIBELLES_NATURE[fiche.nature]),
        ("Caisse", fiche.caisse),
        ("Référence", fiche.reference),
        ("Population", population_en_mots(fiche)),
        ("Début", afficher_date(fiche.periode.debut)),
        ("Fin", date_du_metier(fiche.periode.fin)),
        *((("Note", fiche.note),) if fiche.note else ()),
    )


def population_en_mots(fiche: FichePrevoyance) -> str:
    """Return whom a contract is for, in the words of its regime if any."""
    du_regime = fiche.regime.populations if fiche.regime else {}
    return (dict(POPULATIONS) | dict(du_regime)).get(fiche.population, fiche.population)


def date_du_metier(jour: date) -> str:
    """Write an end as the trade does: an open one is 31/12/9999."""
    return afficher_date(jour)


def periodes_vues(fiche: FichePrevoyance, aujourd_hui: date) -> tuple[PeriodeVue, ...]:
    """Return the history of a contract, first period first.

    A paramétrée has one span of days for each change of its regime.
    """
    if fiche.regime is None:
        return tuple(
            _periode_vue(p.periode, lignes_vues(p.taux), p, aujourd_hui) for p in fiche.periodes
        )
    return tuple(_du_regime(fiche, aujourd_hui))


def _periode_vue(
    jours: Periode, lignes: Sequence[LigneVue], lue: PeriodeLue, aujourd_hui: date
) -> PeriodeVue:
    dates = _majuscule(str(jours))
    return PeriodeVue(
        dates=dates,
        titre=dates,
        est_courante=jours.contient(aujourd_hui),
        lignes=tuple(lignes),
        sans_taux=(),
        options=options_vues(lue.options),
        source="",
    )


def _du_regime(fiche: FichePrevoyance, aujourd_hui: date) -> list[PeriodeVue]:
    if fiche.regime is None:
        return []
    saisies = lignes_vues(fiche.derniere.taux)
    vues = []
    debuts = {p.periode.debut for p in fiche.regime.periodes()}
    coupes = sorted({fiche.periode.debut} | {d for d in debuts if fiche.periode.contient(d)})
    for rang, debut in enumerate(coupes):
        tranche = fiche.regime.periode(debut)
        fin = tranche.periode.fin if tranche else FIN_OUVERTE
        if rang + 1 < len(coupes) and tranche is None:
            fin = date.fromordinal(coupes[rang + 1].toordinal() - 1)
        jours = Periode(debut, min(fin, fiche.periode.fin))
        vu = regime_vu(fiche.regime, debut, fiche.population)
        dates = _majuscule(str(jours))
        vues.append(
            PeriodeVue(
                dates=dates,
                titre=dates,
                est_courante=jours.contient(aujourd_hui),
                lignes=(*vu.lignes, *(saisies if vu.a_saisir else ())),
                sans_taux=() if vu.a_saisir and saisies else vu.sans_taux,
                options=vu.options,
                source=vu.source,
            )
        )
    return vues


@dataclass(frozen=True, slots=True)
class RattacheVu:
    """An employee attached, in the list of a contract."""

    contrat_id: int
    adresse: str
    salarie: str
    emploi: str
    debut: str
    fin: str
    etats: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SalarieVu:
    """A line of a list of employees to choose from; with a `motif` it cannot be chosen."""

    contrat_id: int
    nom: str
    emploi: str
    categorie: str
    debut_le: date
    fin_le: date
    motif: str
    est_choisi: bool


def rattaches_vus(
    liste: Sequence[SalarieRattache], fiche: FichePrevoyance, aujourd_hui: date
) -> tuple[RattacheVu, ...]:
    """Return the employees attached to a contract."""
    return tuple(
        RattacheVu(
            contrat_id=r.emploi.contrat_id,
            adresse=adresse_salarie(r.emploi.salarie_id, fiche.genre),
            salarie=r.emploi.nom,
            emploi=r.emploi.emploi,
            debut=afficher_date(r.periode.debut),
            fin=date_du_metier(r.periode.fin),
            etats=etats_du_rattachement(r, aujourd_hui),
        )
        for r in liste
    )


def etats_du_rattachement(r: SalarieRattache, aujourd_hui: date) -> tuple[tuple[str, str], ...]:
    """Return the states of an employee attached."""
    differe = (("alerte", "Autre catégorie"),) if r.population_differe else ()
    return etats_de(r.periode, "", aujourd_hui) + differe


def a_choisir(
    liste: Sequence[SalarieAChoisir], coches: Sequence[int] | None = None
) -> tuple[SalarieVu, ...]:
    """Return a list to choose from; those who may be are all chosen at first."""
    return tuple(
        _salarie_vu(s.emploi, s.motif, choisi=not s.motif if coches is None else
                    s.emploi.contrat_id in coches)
        for s in liste
    )  # fmt: skip


def rattaches_a_choisir(
    liste: Sequence[SalarieRattache], coches: Sequence[int] | None = None
) -> tuple[SalarieVu, ...]:
    """Return employees attached as a list to choose from, all chosen at first."""
    return tuple(
        _salarie_vu(r.emploi, "", choisi=coches is None or r.emploi.contrat_id in coches)
        for r in liste
    )


def _salarie_vu(emploi: Emploi, motif: str, *, choisi: bool) -> SalarieVu:
    return SalarieVu(
        contrat_id=emploi.contrat_id,
        nom=emploi.nom,
        emploi=emploi.emploi,
        categorie=dict(CATEGORIES).get(emploi.categorie, emploi.categorie),
        debut_le=emploi.periode.debut,
        fin_le=emploi.periode.fin,
        motif=motif,
        est_choisi=choisi,
    )
