"""Planned extractions: created, changed, put on hold, deleted, run when due or at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from app.extractions.documents import FORMATS
from app.extractions.errors import (
    DestinationInaccessible,
    NomDeProgrammeePris,
    ProgrammeeIntrouvable,
    RequeteIntrouvable,
)
from app.extractions.models import ExtractionProgrammee
from app.extractions.rules import Requete
from app.extractions.rules.colonnes import nom_de_fichier
from app.extractions.rules.programmation import (
    CHAMP_NOM,
    CHAMP_REPERTOIRE,
    CHAMPS_PLANNING,
    FICHIER,
    PREFIXE,
    Programmee,
    est_due,
    saisies_typees,
)
from app.extractions.rules.relatives import saisies_du_jour
from app.extractions.service.demandes import lire_demande
from app.extractions.service.enregistrees import trouver
from app.extractions.service.exports import exporter, extraction_de
from app.extractions.service.libre import executer
from app.extractions.service.resultats import supprimer_resultat
from app.noyau import champs
from app.noyau.champs import Champ, lire_fiche
from app.noyau.champs_planning import planning_de
from app.noyau.erreurs import Constat, DonneesRefusees, ErreurMetier
from app.noyau.planning import Echeance, echeance
from app.noyau.typographie import sans_accents
from app.socle.contexte import ProgrammeOuvert
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.horloge import PARIS
from app.socle.journal import TENU, derniere_entree
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

CHAMP_FORMAT = Champ(
    "format",
    "Format",
    champs.choix(*((f.code, f.libelle) for f in FORMATS), largeur=34),
    FICHIER,
    obligatoire=True,
    vide="xlsx",
)
CHAMPS_PROGRAMMEE = (CHAMP_NOM, *CHAMPS_PLANNING, CHAMP_FORMAT, CHAMP_REPERTOIRE)


@dataclass(frozen=True, slots=True)
class ProgrammeeVue:
    """A planned extraction in the list: its query (None: no more), what it owes, when next."""

    programmee: Programmee
    requete: Requete | None
    echeance: Echeance

    @property
    def prochaine(self) -> datetime | None:
        """Return the instant of the next run, naive UTC as screens write it; None on hold."""
        quand = self.echeance.due or self.echeance.suivante
        return quand.replace(tzinfo=None) if quand and self.programmee.active else None


def _utc(instant: datetime | None) -> datetime | None:
    return instant.replace(tzinfo=UTC) if instant else None


def _naif(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)


def _valeur(f: ExtractionProgrammee) -> Programmee:
    return Programmee(
        id=f.id,
        version=f.version,
        nom=f.nom,
        requete=f.requete,
        saisies=json.loads(f.saisies),
        format=f.format,
        repertoire=f.repertoire,
        planning=planning_de(valeurs_de(f)),
        active=f.active,
        servie_a=_utc(f.servie_a or f.cree_a),  # brought back by the journal: owes nothing
        executee_a=_utc(f.executee_a),
        lignes=f.lignes,
        fichier=f.fichier,
        cause=f.cause,
        remede=f.remede,
    )


def _lire(t: Transaction, numero: int) -> ExtractionProgrammee:
    fiche = t.session.get(ExtractionProgrammee, numero)
    if fiche is None:
        raise ProgrammeeIntrouvable
    return fiche


def lire_programmee(t: Transaction, numero: int) -> Programmee:
    """Return a planned extraction.

    Raises:
        ProgrammeeIntrouvable: deleted, or never was.
    """
    return _valeur(_lire(t, numero))


def valeurs_de_la_programmee(t: Transaction, numero: int) -> dict[str, Any]:
    """Return the values of the form of a planned extraction, its parameters aside.

    Raises:
        ProgrammeeIntrouvable: deleted, or never was.
    """
    fiche = _lire(t, numero)
    return {c.nom: getattr(fiche, c.nom) for c in CHAMPS_PROGRAMMEE}


def lister_programmees(t: Transaction) -> list[ProgrammeeVue]:
    """Return the planned extractions, in the order in which they were made."""
    lues = t.session.scalars(select(ExtractionProgrammee).order_by(ExtractionProgrammee.id))
    vues = []
    for fiche in lues:
        p = _valeur(fiche)
        try:
            requete = trouver(t, p.requete)
        except RequeteIntrouvable:
            requete = None
        vues.append(
            ProgrammeeVue(p, requete, echeance(p.planning, p.servie_a, t.maintenant, PARIS))
        )
    return vues


def _lire_formulaire(
    t: Transaction, requete: Requete, saisie: Mapping[str, str], sauf: int = 0
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a form, and what it says for the parameters; each fault beside it."""
    valeurs, constats = lire_fiche(CHAMPS_PROGRAMMEE, saisie)
    saisies = saisies_typees(requete, saisie)
    try:
        lire_demande(t, requete, saisies_du_jour(requete.parametres, saisies, t.aujourd_hui))
    except DonneesRefusees as refus:
        constats += [
            Constat(c.code, c.message, c.remede, f"{PREFIXE}{c.champ}") for c in refus.constats
        ]
    repertoire = valeurs.get("repertoire")
    if repertoire and not Path(repertoire).expanduser().is_dir():
        refus_du_lieu = DestinationInaccessible(repertoire, "il n'existe pas, ou plus")
        constats.append(Constat.de_l_erreur(refus_du_lieu, "repertoire"))
    exiger(constats)
    _nom_libre(t, valeurs["nom"], sauf)
    return valeurs, saisies


def _nom_libre(t: Transaction, nom: str, sauf: int) -> None:
    autres = select(ExtractionProgrammee.nom).where(ExtractionProgrammee.id != sauf)
    for pris in t.session.scalars(autres):
        if sans_accents(pris) == sans_accents(nom):
            raise NomDeProgrammeePris(pris)


def programmer(t: Transaction, requete: Requete, saisie: Mapping[str, str]) -> Programmee:
    """Plan a query; its first run is the first occurrence to come.

    Raises:
        DonneesRefusees: a finding beside each field that is wrong.
        NomDeProgrammeePris: another one has the name.
    """
    valeurs, saisies = _lire_formulaire(t, requete, saisie)
    fiche = ExtractionProgrammee(
        **valeurs,
        requete=requete.numero,
        saisies=json.dumps(saisies, ensure_ascii=False),
    )
    t.session.add(fiche)
    t.session.flush()
    return _valeur(fiche)


def modifier_programmee(
    t: Transaction, numero: int, saisie: Mapping[str, str], version: int | None = None
) -> Programmee:
    """Change a planned extraction; a planning that changes owes nothing of before.

    Raises:
        ProgrammeeIntrouvable: deleted, or never was.
        DonneesRefusees: a finding beside each field that is wrong.
        NomDeProgrammeePris: another one has the name.
        ModifieEntreTemps: changed since the form was shown.
        RequeteIntrouvable: its query is no more.
    """
    fiche = _lire(t, numero)
    exiger_version(fiche, version)
    valeurs, saisies = _lire_formulaire(t, trouver(t, fiche.requete), saisie, numero)
    avant = _valeur(fiche).planning
    remplir(fiche, valeurs | {"saisies": json.dumps(saisies, ensure_ascii=False)})
    if _valeur(fiche).planning != avant:
        fiche.servie_a = _naif(t.maintenant)
    t.session.flush()
    return _valeur(fiche)


def suspendre(t: Transaction, numero: int, *, active: bool) -> Programmee:
    """Put a planned extraction on hold, or start it again, owing nothing of meanwhile.

    Raises:
        ProgrammeeIntrouvable: deleted, or never was.
    """
    fiche = _lire(t, numero)
    if active and not fiche.active:
        fiche.servie_a = _naif(t.maintenant)
    fiche.active = active
    t.session.flush()
    return _valeur(fiche)


def supprimer_programmee(t: Transaction, numero: int) -> tuple[str, int | None]:
    """Delete a planned extraction; returns its name, and the entry that brings it back.

    Raises:
        ProgrammeeIntrouvable: deleted, or never was.
    """
    fiche = _lire(t, numero)
    nom = fiche.nom
    t.session.delete(fiche)
    t.session.flush()
    return nom, derniere_entree(t.session, "extraction_programmee", numero)


def programmees_dues(t: Transaction) -> list[int]:
    """Return the numbers of the planned extractions that the loop has to run now."""
    return [
        vue.programmee.id
        for vue in lister_programmees(t)
        if est_due(vue.programmee, vue.echeance, t.maintenant)
    ]


def executer_programmee(
    ouvert: ProgrammeOuvert, numero: int, suivi: Suivi = SANS_SUIVI
) -> Programmee:
    """Run a planned extraction now, and note what it gave; what was due is served.

    Raises:
        ErreurMetier: the query, the folder or the disk; noted too, and tried again later.
    """
    try:
        fichier, lignes = _ecrire(ouvert, numero, suivi)
    except ErreurMetier as refus:
        if not suivi.annule():
            _noter(ouvert, numero, cause=refus.texte(), remede=refus.texte_remede())
        raise
    return _noter(ouvert, numero, fichier=str(fichier), lignes=lignes)


def _ecrire(ouvert: ProgrammeOuvert, numero: int, suivi: Suivi) -> tuple[Path, int]:
    with ouvert.magasin.transaction("système") as t:
        p = lire_programmee(t, numero)
        requete = trouver(t, p.requete)
        saisies = saisies_du_jour(requete.parametres, p.saisies, t.aujourd_hui)
        valeurs = lire_demande(t, requete, saisies)
    dossier = Path(p.repertoire).expanduser()
    if not dossier.is_dir():
        raise DestinationInaccessible(p.repertoire, "il n'existe pas, ou plus")
    resultat = executer(ouvert.magasin.chemin, requete, valeurs, suivi=suivi)
    try:
        jour = extraction_de(resultat).cree_a
        fichier = dossier / f"{nom_de_fichier(p.nom)} - {jour:%Y-%m-%d}.{p.format}"
        return fichier, exporter(resultat, p.format, fichier, suivi=suivi)
    finally:
        supprimer_resultat(resultat)


def _noter(
    ouvert: ProgrammeOuvert,
    numero: int,
    *,
    fichier: str = "",
    lignes: int = 0,
    cause: str = "",
    remede: str = "",
) -> Programmee:
    with ouvert.magasin.transaction("système") as t:
        p = lire_programmee(t, numero)
        valeurs: dict[str, Any] = {"executee_a": _naif(t.maintenant), "cause": cause}
        valeurs["remede"] = remede
        if not cause:
            due = echeance(p.planning, p.servie_a, t.maintenant, PARIS).due
            valeurs |= {"fichier": fichier, "lignes": lignes}
            valeurs |= {"servie_a": _naif(due)} if due else {}
        requete = update(ExtractionProgrammee).where(ExtractionProgrammee.id == numero)
        t.session.execute(requete.values(**valeurs), execution_options=TENU)
        t.session.expire_all()
        return lire_programmee(t, numero)
