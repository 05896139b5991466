"""What a person asked: parameters read against the base, choices offered, suggestions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.employeurs import service as employeurs
from app.employeurs.rules import EmployeurResume
from app.extractions import rules
from app.extractions.errors import EmployeurAmbigu, EmployeurHorsDossier, EmployeurInconnu
from app.extractions.rules import References, Requete, ValeurParametre
from app.noyau.erreurs import Constat
from app.noyau.typographie import sans_accents
from app.socle.fiches import exiger
from app.socle.listes import Vue
from app.socle.transaction import Transaction

_DESIGNE = re.compile(r"(?:.*\(n°\s*)?(\d{1,9})\)?")
SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class ChoixDossier:
    """A dossier of the drop-down list."""

    id: int
    nom: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An employer proposed: what the parameter reads, and what tells it from the others."""

    saisie: str
    precision: str


def lister_dossiers(t: Transaction) -> list[ChoixDossier]:
    """Return the dossiers to choose from, archived ones after the others."""
    tous = sorted(employeurs.lister_dossiers(t, archives=None), key=lambda d: d.est_archive)
    return [ChoixDossier(d.id, f"{d.nom} (archivé)" if d.est_archive else d.nom) for d in tous]


def saisies_par_defaut(t: Transaction, requete: Requete) -> dict[str, str]:
    """Return what the window « Paramètres de la requête » shows at first."""
    return {p.nom: rules.saisie_par_defaut(p, t.aujourd_hui) for p in requete.parametres}


def lire_demande(
    t: Transaction, requete: Requete, saisie: Mapping[str, str]
) -> list[ValeurParametre]:
    """Read the parameters of a run; those not given take their default.

    Raises:
        DonneesRefusees: a finding beside each parameter that is wrong or missing.
    """
    complete = saisies_par_defaut(t, requete) | dict(saisie)
    references = References(lambda s: _dossier(t, s), lambda s: _employeur(t, s))
    valeurs, constats = rules.lire_parametres(requete.parametres, complete, references)
    exiger(constats + _hors_dossier(t, requete, valeurs))
    return valeurs


def suggerer_employeurs(t: Transaction, recherche: str, dossier: str = "") -> list[Suggestion]:
    """Return employers that answer to what is being typed, archived ones after the others.

    Args:
        t: the transaction.
        recherche: what is typed: words of the name, SIRET.
        dossier: number of the dossier chosen beside; anything else is every dossier.
    """
    trouves = _chercher(t, recherche, dossier)[:SUGGESTIONS]
    return [Suggestion(f"{e.raison_sociale} (n° {e.id})", _precision(e)) for e in trouves]


def _precision(e: EmployeurResume) -> str:
    morceaux = (e.commune, e.dossier, "archivé" if e.est_archive else "")
    return ", ".join(m for m in morceaux if m)


def _chercher(t: Transaction, recherche: str, dossier: str = "") -> list[EmployeurResume]:
    trouves: list[EmployeurResume] = []
    for archives in ("", "1"):
        filtres = (("archives", archives), ("dossier", dossier))
        vue = Vue(recherche=recherche, filtres=filtres)
        trouves += employeurs.lister_employeurs(t, vue).lignes
    return trouves


def _dossier(t: Transaction, saisie: str) -> tuple[int, str]:
    dossier = employeurs.trouver_dossier(t, saisie)
    return dossier.id, dossier.nom


def _employeur(t: Transaction, saisie: str) -> tuple[int, str]:
    if designe := _DESIGNE.fullmatch(saisie):
        numero = int(designe[1])
        if nom := employeurs.designations(t, [numero]).get(numero):
            return numero, nom
    trouves = _chercher(t, saisie)
    exacts = [e for e in trouves if sans_accents(e.raison_sociale) == sans_accents(saisie)]
    candidats = exacts or trouves
    if not candidats:
        raise EmployeurInconnu(saisie)
    if len(candidats) > 1:
        raise EmployeurAmbigu(len(candidats), saisie)
    return candidats[0].id, candidats[0].raison_sociale


def _hors_dossier(
    t: Transaction, requete: Requete, valeurs: list[ValeurParametre]
) -> list[Constat]:
    """Return a finding beside an employer that is not in the dossier asked for."""
    lus = {v.nom: v.valeur for v in valeurs}
    dossier, employeur = lus.get("dossier"), lus.get("employeur")
    if dossier is None or employeur is None or requete.parametre("employeur") is None:
        return []
    membres = t.session.scalars(employeurs.employeurs_du_dossier(int(dossier)))
    if int(employeur) in set(membres):
        return []
    return [Constat.de_l_erreur(EmployeurHorsDossier(), "employeur")]
