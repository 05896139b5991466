"""Create a contract of prévoyance: a paramétrée, or an « autre »."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.employeurs.service import lire_fiche_employeur
from app.noyau.erreurs import (
    Avertissement,
    Constat,
    ErreurMetier,
    exiger_confirmation,
)
from app.noyau.periodes import Periode, afficher_date
from app.prevoyance.errors import TauxAConfirmer
from app.prevoyance.models import ContratPrevoyance, PeriodePrevoyance, TauxPrevoyance
from app.prevoyance.rules import fiches, taux
from app.prevoyance.rules.regimes import Options, Regime
from app.prevoyance.rules.taux import TauxSaisi
from app.prevoyance.service import regimes
from app.prevoyance.service.caisses import exiger_caisse
from app.prevoyance.service.lecture import jours_du_contrat
from app.prevoyance.service.masse import colonnes_du_taux
from app.socle.fiches import exiger
from app.socle.transaction import Transaction

Saisie = Mapping[str, str]


def creer_autre(
    t: Transaction, employeur_id: int, saisie: Saisie, confirmes: Collection[str] = ()
) -> int:
    """Create an « autre prévoyance » of an employer, with its first period; returns its number.

    Raises:
        DonneesRefusees: the form has defects, rates among them.
        ContratEnConflit: another contract of its nature covers the same people and days.
        ConfirmationRequise: PRV-203, PRV-207, PRV-208.
        EmployeurIntrouvable: no such employer.
    """
    lire_fiche_employeur(t, employeur_id)
    valeurs, constats = fiches.lire_autre(saisie)
    constats += _caisse(t, valeurs)
    exiger(constats)
    lignes = taux.taux_saisis(valeurs)
    avertissements = verifier_seul(t, employeur_id, valeurs)
    avertissements += taux.avertir_taux(lignes, valeurs["nature"])
    exiger_confirmation(avertissements, frozenset(confirmes))
    return _ecrire(t, employeur_id, fiches.AUTRE, valeurs, fiches.options_de(valeurs), lignes)


def creer_parametree(
    t: Transaction, employeur_id: int, saisie: Saisie, confirmes: Collection[str] = ()
) -> int:
    """Create a paramétrée of an employer; returns its number.

    Rates and options are those of the regime, at each date. Rates of the form are kept only
    for the populations whose rates the regime does not know: they serve until it does.

    Raises:
        DonneesRefusees: the form has defects; no such regime; rates that nobody knows.
        ContratEnConflit: another contract of its nature covers the same people and days.
        ConfirmationRequise: PRV-201, PRV-202, PRV-203, PRV-207.
        EmployeurIntrouvable: no such employer.
    """
    valeurs, regime, lignes = _lire_parametree(t, employeur_id, saisie)
    avertissements = _avertir_parametree(t, employeur_id, valeurs, regime)
    avertissements += verifier_seul(t, employeur_id, valeurs)
    avertissements += taux.avertir_taux(lignes, regime.nature)
    exiger_confirmation(avertissements, frozenset(confirmes))
    return _ecrire(t, employeur_id, fiches.PARAMETREE, valeurs, regime.options, lignes)


def _avertir_parametree(
    t: Transaction, employeur_id: int, valeurs: Mapping[str, Any], regime: Regime
) -> list[Avertissement]:
    idcc = str(lire_fiche_employeur(t, employeur_id).valeurs["idcc"])
    jours = Periode(valeurs["debut_le"], valeurs["fin_le"])
    return fiches.avertir_regime(regime, idcc, jours)


def _lire_parametree(
    t: Transaction, employeur_id: int, saisie: Saisie
) -> tuple[dict[str, Any], Regime, tuple[TauxSaisi, ...]]:
    """Read the form of a paramétrée: values, regime, and the rates that are to be kept."""
    lire_fiche_employeur(t, employeur_id)
    valeurs, constats = fiches.lire_parametree(saisie)
    constats += _caisse(t, valeurs)
    regime = None
    try:
        regime = regimes.lire(valeurs["regime"]) if "regime" in valeurs else None
    except ErreurMetier as erreur:
        constats.append(Constat.de_l_erreur(erreur, "regime"))
    exiger(constats)
    if regime is None:
        raise RuntimeError(valeurs)
    valeurs["nature"] = regime.nature
    jours = Periode(valeurs["debut_le"], valeurs["fin_le"])
    lignes = taux.taux_saisis(valeurs)
    population = valeurs["population"]
    exiger(fiches.verifier_population(regime, population))
    exiger(_taux_inconnus(regime, jours, population, lignes))
    return valeurs, regime, fiches.taux_gardes(regime, jours, population, lignes)


def _taux_inconnus(
    regime: Regime, jours: Periode, population: str, lignes: Sequence[TauxSaisi]
) -> list[Constat]:
    constats = []
    for qui, jour, manque in fiches.taux_a_renseigner(regime, jours, population, lignes):
        erreur = TauxAConfirmer(regime.libelle, afficher_date(jour), manque)
        bloc = qui if qui == taux.categorie_de(qui) else taux.TOUS
        constats.append(Constat.de_l_erreur(erreur, taux.nom_du_champ(bloc, "t1", "salarial")))
    return constats


def _caisse(t: Transaction, valeurs: Mapping[str, Any]) -> list[Constat]:
    try:
        if "organisme_id" in valeurs:
            exiger_caisse(t, valeurs["organisme_id"])
    except ErreurMetier as erreur:
        return [Constat.de_l_erreur(erreur)]
    return []


def verifier_seul(
    t: Transaction, employeur_id: int, valeurs: Mapping[str, Any], sauf: int | None = None
) -> list[Avertissement]:
    """Compare a contract with the others of the employer.

    Returns:
        What is to be confirmed.

    Raises:
        ContratEnConflit: two of one nature for one population over the same days.
    """
    requete = select(ContratPrevoyance).where(
        ContratPrevoyance.employeur_id == employeur_id,
        ContratPrevoyance.nature == valeurs["nature"],
        ContratPrevoyance.id != (sauf or 0),
    )
    autres = [(str(c), c.population, jours_du_contrat(c)) for c in t.session.scalars(requete)]
    jours = Periode(valeurs["debut_le"], valeurs["fin_le"])
    return fiches.exiger_seul(jours, valeurs["population"], autres)


def _ecrire(  # noqa: PLR0917 -- what a contract is made of
    t: Transaction,
    employeur_id: int,
    genre: str,
    valeurs: Mapping[str, Any],
    options: Options,
    lignes: Sequence[TauxSaisi],
) -> int:
    colonnes = {nom: valeurs[nom] for nom in fiches.COLONNES_CONTRAT if nom in valeurs}
    contrat = ContratPrevoyance(employeur_id=employeur_id, genre=genre, **colonnes)
    t.session.add(contrat)
    t.session.flush()
    ouvrir_periode(t, contrat.id, jours_du_contrat(contrat), options, lignes)
    return contrat.id


def ouvrir_periode(
    t: Transaction, contrat_id: int, jours: Periode, options: Options, lignes: Sequence[TauxSaisi]
) -> int:
    """Write a period with its rates; returns its number."""
    periode = PeriodePrevoyance(
        contrat_id=contrat_id,
        debut_le=jours.debut,
        fin_le=jours.fin,
        forfait_social=options.forfait_social,
        csg_crds=options.csg_crds,
        deduction_po=options.deduction_po,
        deduction_pp=options.deduction_pp,
    )
    t.session.add(periode)
    t.session.flush()
    for li in lignes:
        t.session.add(TauxPrevoyance(periode_id=periode.id, **colonnes_du_taux(li)))
    t.session.flush()
    return periode.id
