"""Use case: fill an empty base with the demonstration dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.conventions import service as conventions
from app.conventions.service import lire_table
from app.demonstration.errors import BaseDejaRemplie
from app.demonstration.rules import matiere as m
from app.demonstration.rules.associations import AssociationTiree, tirer
from app.demonstration.rules.plan import DOSSIER, Demande, mois_a_payer
from app.employeurs import service as employeurs_service
from app.noyau.periodes import Mois
from app.noyau.typographie import accorder
from app.opco import service as opco
from app.organismes import service as organismes_service
from app.paie import service as paie
from app.prevoyance import service as prevoyance
from app.salaries import service as salaries_service
from app.socle.donnees import lire_yaml
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

DONNEES = Path(__file__).with_name("data")
NOTE = "Données de démonstration : toutes les personnes et associations sont imaginaires."
_PAS = 20
"""Associations between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Bilan:
    """What was put into the base; nothing when it held data already (`deja_remplie`)."""

    dossiers: int = 0
    employeurs: int = 0
    salaries: int = 0
    contrats: int = 0
    bulletins: int = 0
    deja_remplie: bool = False


def remplir(  # noqa: PLR0913 -- each option of the command
    t: Transaction,
    *,
    employeurs: int = 60,
    salaries: int = 600,
    annees: int = 2,
    graine: int = 2026,
    aujourd_hui: date,
    si_vide: bool = False,
    bulletins: bool = True,
    suivi: Suivi = SANS_SUIVI,
) -> Bilan:
    """Fill an empty base; the same request gives the same records.

    Args:
        t: everything is written in this transaction, or nothing.
        employeurs: associations, over one dossier or several.
        salaries: employees in all, those who left included.
        annees: years before this one over which contracts start.
        graine: seed of the draw.
        aujourd_hui: the day as of which the records are plausible.
        si_vide: leave a base that holds data as it is, without refusing.
        bulletins: compute and validate the past months, leave the current one in draft; the
            last months only when there are many employees.
        suivi: who is told of the progress.

    Raises:
        BaseDejaRemplie: the base holds data; nothing was changed.
        TacheAnnulee: the person asked to stop; nothing was written.
    """
    dossiers = employeurs_service.lister_dossiers(t, archives=None)
    if dossiers and si_vide:
        return Bilan(deja_remplie=True)
    if dossiers:
        raise BaseDejaRemplie(accorder(len(dossiers), "dossier"))
    conventions.charger(t)
    opco.charger(t)
    demande = Demande(employeurs, salaries, annees, graine, aujourd_hui)
    tires: dict[str, list[AssociationTiree]] = {DOSSIER: []}
    for rang, association in enumerate(tirer(demande, charger_matiere(t, aujourd_hui))):
        if rang % _PAS == 0:
            suivi.etape("Préparation des associations", rang, employeurs)
        tires.setdefault(association.dossier, []).append(association)
    bilan = _ecrire(t, tires, suivi, employeurs)
    if not bulletins:
        return bilan
    return replace(bilan, bulletins=_payer(t, demande, suivi))


def _payer(t: Transaction, demande: Demande, suivi: Suivi) -> int:
    """Compute the months that a request pays, and validate those that are over."""
    combien = 0
    courant = Mois.de(demande.aujourd_hui)
    tous = mois_a_payer(demande)
    for rang, mois in enumerate(tous):
        suivi.etape(f"Bulletins de {mois}", rang, len(tous))
        combien += paie.calculer_le_mois(t, mois).calcules
        if mois < courant:
            paie.valider_le_mois(t, mois)
    return combien


def charger_matiere(t: Transaction, au: date) -> m.Matiere:
    """Read the data files that the draw needs, with the OPCO in force on a day."""
    fichier = DONNEES / "metiers.yaml"
    donnees = lire_yaml(fichier.read_text(encoding="utf-8"), fichier.name)
    metiers = m.lire_metiers(donnees)
    libelles = {code: opco.correspondance(t, x.idcc, au) or "" for code, x in metiers.items()}
    communes = ("commune", "lieu", "code_postal", "insee", "urssaf", "poids")
    pays = ("insee", "lieu", "nationalite", "poids")
    smic = ("debut_le", "horaire_centimes", "texte")
    return m.Matiere(
        metiers=metiers,
        closes=donnees["conventions_closes"],
        voisines=donnees["conventions_voisines"],
        regimes=prevoyance.regimes(),
        lieux=m.lire_lieux(lire_table(DONNEES / "communes.csv", communes)),
        pays=m.lire_pays(lire_table(DONNEES / "pays.csv", pays)),
        banques=tuple(m.Banque(b["code"], b["bic"]) for b in donnees["banques"]),
        figures=tuple(donnees["figures"]),
        voies=tuple(donnees["voies"]),
        organismes={nature: tuple(noms) for nature, noms in donnees["organismes"].items()},
        smic=m.lire_smic(lire_table(DONNEES / "smic.csv", smic)),
        opco=libelles,
    )


def _ecrire(
    t: Transaction, tires: Mapping[str, Sequence[AssociationTiree]], suivi: Suivi, total: int
) -> Bilan:
    faites = salaries = contrats = 0
    for nom, associations in tires.items():
        dossier = employeurs_service.creer_dossier(t, {"nom": nom, "note": NOTE})
        for debut in range(0, len(associations), _PAS):
            suivi.etape(f"Dossier « {nom} »", faites, total)
            morceau = associations[debut : debut + _PAS]
            nouveaux, leurs_contrats = _ecrire_associations(t, dossier, morceau)
            faites += len(morceau)
            salaries += nouveaux
            contrats += leurs_contrats
    suivi.etape("Terminé", total, total)
    return Bilan(len(tires), faites, salaries, contrats)


def _ecrire_associations(
    t: Transaction, dossier: int, associations: Sequence[AssociationTiree]
) -> tuple[int, int]:
    """Write some associations; returns how many employees and contracts came with them."""
    numeros = employeurs_service.ajouter_en_masse(t, dossier, [a.fiche for a in associations])
    par_numero = list(zip(numeros, associations, strict=True))
    employeurs_service.ajouter_organismes_en_masse(
        t, [ligne | {"employeur_id": n} for n, a in par_numero for ligne in a.organismes]
    )
    tires = [(n, s) for n, a in par_numero for s in a.salaries]
    fiches: list[dict[str, Any]] = [s.fiche | {"employeur_id": n} for n, s in tires]
    personnes = salaries_service.ajouter_en_masse(t, fiches)
    contrats = [
        contrat | {"salarie_id": numero}
        for numero, (_, s) in zip(personnes, tires, strict=True)
        for contrat in s.contrats
    ]
    travail = iter(salaries_service.ajouter_contrats_en_masse(t, contrats))
    numerotes = {
        (n, rang, lequel): next(travail)
        for n, a in par_numero
        for rang, s in enumerate(a.salaries)
        for lequel, _ in enumerate(s.contrats)
    }
    _ecrire_prevoyances(t, par_numero, numerotes)
    saisies = [
        colonnes | {"contrat_id": numerotes[n, rang, lequel]}
        for n, a in par_numero
        for rang, lequel, colonnes in a.saisies
    ]
    paie.ajouter_saisies_en_masse(t, saisies)
    return len(fiches), len(contrats)


def _ecrire_prevoyances(
    t: Transaction,
    associations: Sequence[tuple[int, AssociationTiree]],
    travail: Mapping[tuple[int, int, int], int],
) -> None:
    """Write the contracts of prévoyance of some associations, and those whom they cover.

    Args:
        t: the transaction.
        associations: with their numbers.
        travail: contrats de travail by association, rank of the employee, rank of the contract.
    """
    tires = [(n, p) for n, a in associations for p in a.prevoyances]
    caisses = organismes_service.trouver_ou_creer_en_masse(t, [p.caisse for _, p in tires])
    nouveaux = [
        prevoyance.ContratNouveau(
            p.fiche | {"employeur_id": n, "organisme_id": caisses[p.caisse]}, p.periodes
        )
        for n, p in tires
    ]
    numeros = prevoyance.ajouter_contrats_en_masse(t, nouveaux)
    rattachements = [
        {
            "contrat_prevoyance_id": numero,
            "contrat_id": travail[n, r.salarie, r.contrat],
            "adhesion_le": r.demande.debut,
            "sortie_le": r.demande.fin,
            "debut_le": r.jours.debut,
            "fin_le": r.jours.fin,
        }
        for numero, (n, p) in zip(numeros, tires, strict=True)
        for r in p.rattachements
    ]
    prevoyance.ajouter_rattachements_en_masse(t, rattachements)
