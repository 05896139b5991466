"""Drawing an association: record, organismes, employees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.demonstration.rules import cles
from app.demonstration.rules.contrats import Fenetre
from app.demonstration.rules.matiere import Lieu, Matiere, Metier
from app.demonstration.rules.plan import (
    Cas,
    Defaut,
    Demande,
    dossier_du_rang,
    mois_a_payer,
    repartir_les_cas,
    repartir_les_salaries,
)
from app.demonstration.rules.prevoyance import PrevoyanceTiree, Souscripteur, tirer_prevoyances
from app.demonstration.rules.saisies import Saisie, statut_de_paie, tirer_saisies
from app.demonstration.rules.salaries import SalarieTire, tirer_salarie
from app.demonstration.rules.textes import de, en_adresse, sigle
from app.demonstration.rules.tirage import Tirage
from app.noyau.argent import arrondi
from app.noyau.periodes import Mois

TEMPS_PLEIN = 15_167
ALSACE_MOSELLE = frozenset({"57", "67", "68"})
"""Départements whose associations follow local law and are not in the RNA."""
_REFORME_OPCO = date(2019, 4, 1)
_OPCA = date(1995, 1, 1)
"""The OPCA began with the year 1995."""
_SUITE = 1_000_003
"""What follows from the records has a chance of its own, so that it never changes them."""
_ABSENCE, _NON_REPERTORIEE = "9999", "Caisse non répertoriée"


@dataclass(frozen=True, slots=True)
class AssociationTiree:
    """An employer, its organismes, employees, contracts of prévoyance, months of entry: columns."""

    dossier: str
    fiche: dict[str, Any]
    organismes: tuple[dict[str, Any], ...]
    salaries: tuple[SalarieTire, ...]
    prevoyances: tuple[PrevoyanceTiree, ...] = ()
    saisies: tuple[Saisie, ...] = ()


def tirer(demande: Demande, matiere: Matiere) -> Iterator[AssociationTiree]:
    """Draw the associations one after the other; the same for the same request."""
    tirage = Tirage(demande.graine)
    suite = Tirage(demande.graine + _SUITE)
    mois = mois_a_payer(demande)
    cas = repartir_les_cas(tirage, demande.employeurs, matiere.metiers, matiere.closes)
    tailles = repartir_les_salaries(tirage, demande.salaries, cas, matiere.metiers)
    noms: set[str] = set()
    for rang, (un_cas, taille) in enumerate(zip(cas, tailles, strict=True)):
        metier = matiere.metiers[un_cas.metier]
        lieu, nom = _nommer(tirage, matiere, metier, noms)
        noms.add(nom)
        fiche = _identite(tirage, matiere, metier, lieu, nom)
        fiche |= _dates(tirage, demande, un_cas)
        fiche |= _convention(tirage, matiere, metier, un_cas)
        salaries = _personnel(tirage, matiere, metier, lieu, fiche, demande=demande, taille=taille)
        fiche |= _effectif(tirage, salaries, fiche["creee_le"], demande.aujourd_hui)
        fiche |= _adhesion(tirage, fiche, un_cas)
        organismes = _organismes(tirage, matiere, metier, lieu, fiche)
        tiree = AssociationTiree(dossier_du_rang(rang, metier), fiche, tuple(organismes), salaries)
        yield _suivre(suite, matiere, metier, tiree, rang=rang, mois=mois, jour=demande.aujourd_hui)


def _suivre(
    suite: Tirage,
    matiere: Matiere,
    metier: Metier,
    tiree: AssociationTiree,
    *,
    rang: int,
    mois: Sequence[Mois],
    jour: date,
) -> AssociationTiree:
    """Add what follows from the records: statuts, contracts of prévoyance, months of entry."""
    for salarie in tiree.salaries:
        for contrat in salarie.contrats:
            contrat["statut_paie"] = statut_de_paie(suite, metier, contrat)
    culture = "prevoyance_culture" if metier.dossier == "Culture" else "prevoyance"
    souscripteur = Souscripteur(
        rang=rang,
        fiche=tiree.fiche,
        organismes=tiree.organismes,
        salaries=tiree.salaries,
        caisses=matiere.organismes[culture],
        regimes=matiere.regimes,
        aujourd_hui=jour,
    )
    prevoyances = tirer_prevoyances(suite, souscripteur)
    saisies = tirer_saisies(suite, metier, tiree.salaries, mois)
    return replace(
        tiree,
        organismes=(*tiree.organismes, *_nouvelles_caisses(tiree.organismes, prevoyances)),
        prevoyances=tuple(prevoyances),
        saisies=() if tiree.fiche["archive_le"] else tuple(saisies),
    )


def _nouvelles_caisses(
    organismes: Sequence[dict[str, Any]], prevoyances: Sequence[PrevoyanceTiree]
) -> Iterator[dict[str, Any]]:
    """Yield the lines of the caisses that replaced another one, which the record lacks."""
    connues = {(o["nature"], o["nom"]) for o in organismes}
    for p in prevoyances:
        nature, nom = p.caisse
        if p.caisse not in connues:
            connues.add(p.caisse)
            ligne = {"nature": nature, "regime": "general", "nom": nom}
            depuis = {"reference": p.fiche["reference"], "depuis_le": p.fiche["debut_le"]}
            yield ligne | depuis


def _nommer(tirage: Tirage, matiere: Matiere, metier: Metier, pris: set[str]) -> tuple[Lieu, str]:
    """Return a place and a name that no other association has."""
    suffixe = ""
    while True:
        for _ in range(12):
            lieu = tirage.peser(matiere.lieux)
            modele = tirage.choisir(metier.noms) + suffixe
            figure = tirage.choisir(matiere.figures)
            nom = modele.format(de=de(lieu.lieu), commune=lieu.lieu, figure=figure)
            if nom not in pris:
                return lieu, nom
        suffixe = " – {figure}" if not suffixe else f" – {tirage.entier(1902, 2010)}"


def _identite(
    tirage: Tirage, matiere: Matiere, metier: Metier, lieu: Lieu, nom: str
) -> dict[str, Any]:
    locale = cles.departement(lieu.insee) in ALSACE_MOSELLE
    utilite_publique = metier.taille >= 15 and tirage.chance(30)
    femme = tirage.chance(42)
    banque = tirage.choisir(matiere.banques)
    representant = f"{tirage.prenom(femme=femme)} {tirage.nom()}"
    bas, haut = metier.taux_at
    return {
        "raison_sociale": nom,
        "sigle": sigle(nom) if tirage.chance(50) else "",
        "forme": "alsace_moselle"
        if locale
        else "association_rup"
        if utilite_publique
        else "association",
        "siret": tirage.inedit(lambda: cles.siret(tirage)),
        "naf": metier.naf,
        "rna": "" if locale else cles.rna(tirage, lieu.insee),
        "voie": f"{tirage.entier(1, 120)} {tirage.choisir(matiere.voies)}",
        "complement": "Maison des associations" if tirage.chance(15) else "",
        "code_postal": lieu.code_postal,
        "commune": lieu.commune,
        "telephone": cles.telephone(tirage, mobile=False),
        "courriel": f"contact@{en_adresse(nom)}.example" if tirage.chance(90) else "",
        "representant": representant,
        "qualite": "Présidente" if femme else "Président",
        "taux_at_millioniemes": None if tirage.chance(3) else tirage.entier(bas, haut) * 100,
        "titulaire": nom[:70],
        "iban": tirage.inedit(lambda: cles.iban(tirage, banque)),
        "bic": banque.bic,
    }


def _dates(tirage: Tirage, demande: Demande, cas: Cas) -> dict[str, Any]:
    """Return the dates of creation, of the end and of the filing away."""
    derniere_annee = demande.horizon.year - 2
    if cas.defaut.est_ancien:
        derniere_annee = min(derniere_annee, _REFORME_OPCO.year - 3)
    creee_le = tirage.jour(date(1956, 1, 1), date(derniere_annee, 12, 31))
    if not cas.est_archive:
        return {"creee_le": creee_le, "cesse_le": None, "archive_le": None}
    jour = demande.aujourd_hui
    cesse_le = tirage.jour(demande.horizon + timedelta(days=90), jour - timedelta(days=45))
    archive_le = tirage.jour(cesse_le + timedelta(days=10), jour - timedelta(days=1))
    return {"creee_le": creee_le, "cesse_le": cesse_le, "archive_le": archive_le}


def _convention(tirage: Tirage, matiere: Matiere, metier: Metier, cas: Cas) -> dict[str, Any]:
    """Return the CCN and the OPCO as the record has them, right or not."""
    idcc, opco = metier.idcc, matiere.opco.get(metier.code, "")
    if idcc == _ABSENCE and cas.defaut == Defaut.AUCUN:
        opco = tirage.choisir((_NON_REPERTORIEE, ""))
    elif cas.defaut == Defaut.SANS_OPCO:
        opco = ""
    elif cas.defaut.est_ancien:
        opco = tirage.choisir(metier.opca)
    if cas.defaut == Defaut.SANS_CCN:
        idcc = ""
    elif cas.defaut == Defaut.ABSENCE:
        idcc = _ABSENCE
    elif cas.defaut == Defaut.CCN_CLOSE:
        idcc = matiere.closes[metier.code]
    elif cas.defaut == Defaut.CCN_VOISINE:
        idcc = matiere.voisines[metier.code]
    return {"idcc": idcc, "opco": opco}


def _adhesion(tirage: Tirage, fiche: dict[str, Any], cas: Cas) -> dict[str, Any]:
    """Return the number of the member of an OPCO and the day it joined; none without OPCO."""
    if fiche["opco"] in {"", _NON_REPERTORIEE}:
        return {"opco_adherent": "", "opco_depuis_le": None}
    premiere: date = fiche["premiere_embauche_le"] or fiche["creee_le"]
    depuis = max(premiere, _OPCA if cas.defaut.est_ancien else _REFORME_OPCO)
    return {"opco_adherent": tirage.chiffres(7), "opco_depuis_le": depuis}


def _personnel(
    tirage: Tirage,
    matiere: Matiere,
    metier: Metier,
    lieu: Lieu,
    fiche: dict[str, Any],
    *,
    demande: Demande,
    taille: int,
) -> tuple[SalarieTire, ...]:
    cesse_le: date | None = fiche["cesse_le"]
    creee_le: date = fiche["creee_le"]
    fenetre = Fenetre(
        depuis=creee_le + timedelta(days=365),
        horizon=demande.horizon,
        limite=cesse_le or demande.aujourd_hui,
        est_cessee=cesse_le is not None,
    )
    tires = [tirer_salarie(tirage, matiere, metier, lieu, fenetre) for _ in range(taille)]
    tires.sort(key=lambda s: s.contrats[0]["debut_le"])
    for rang, tire in enumerate(tires, start=1):
        tire.fiche["matricule"] = f"{rang:04}"
        if cesse_le is not None:
            tire.fiche["archive_le"] = fiche["archive_le"]
    return tuple(tires)


def _effectif(
    tirage: Tirage, salaries: tuple[SalarieTire, ...], creee_le: date, jour: date
) -> dict[str, Any]:
    """Return the full-time equivalents of those present, and the first hiring ever.

    One equivalent at least if anybody is present; the first person hired has mostly left
    since, before the records began.
    """
    contrats = [c for s in salaries for c in s.contrats]
    heures = sum(c["heures_centiemes"] for c in contrats if c["debut_le"] <= jour <= c["fin_le"])
    effectif = max(1, arrondi(heures, TEMPS_PLEIN)) if heures else 0
    if not contrats:
        return {"effectif": 0, "premiere_embauche_le": None}
    premiers = tirage.jour(creee_le + timedelta(days=120), creee_le + timedelta(days=700))
    premiere = min(premiers, *(c["debut_le"] for c in contrats))
    return {"effectif": effectif, "premiere_embauche_le": premiere}


def _organismes(
    tirage: Tirage, matiere: Matiere, metier: Metier, lieu: Lieu, fiche: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the lines of « Identification des organismes »."""
    culture = metier.dossier == "Culture"
    locale = fiche["forme"] == "alsace_moselle"
    choix = matiere.organismes
    retraite = tirage.choisir(choix["retraite_culture" if culture else "retraite"])
    prevoyance = tirage.choisir(choix["prevoyance_culture" if culture else "prevoyance"])
    noms = [
        ("urssaf", lieu.urssaf, tirage.chiffres(18)),
        ("retraite", retraite, tirage.chiffres(9)),
        ("prevoyance", prevoyance, tirage.chiffres(8)),
        ("mutuelle", tirage.choisir(choix["mutuelle"]), tirage.chiffres(8)),
        ("formation", fiche["opco"], fiche["opco_adherent"]),
        ("impots", f"Service des impôts des entreprises {de(lieu.commune)}", ""),
        ("medecine", f"Santé au travail {de(lieu.commune)}", tirage.chiffres(6)),
    ]
    lignes = [
        {
            "nature": nature,
            "regime": "alsace_moselle" if locale and nature == "urssaf" else "general",
            "nom": nom,
            "reference": reference,
            "depuis_le": fiche["opco_depuis_le"] if nature == "formation" else None,
        }
        for nature, nom, reference in noms
        if nom
    ]
    if metier.code.startswith("spectacle"):
        artistes = {"nature": "prevoyance", "regime": "artiste", "nom": prevoyance}
        lignes.insert(3, artistes | {"reference": tirage.chiffres(8), "depuis_le": None})
    return lignes
