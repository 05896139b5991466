"""What a line speaks of: its employer, its employee, its own record, by kind of file."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

from app.importations.errors import CleAbsente
from app.importations.rules.genres import CONTRATS, EMPLOYEURS, GENRES, SALARIES
from app.importations.rules.lignes import Cle, Reperage, valeur_ou_rien
from app.importations.rules.rapprochement import Contrats, Employeurs, Personne, Salaries
from app.noyau.champs import lire_fiche
from app.noyau.erreurs import Constat, ErreurMetier
from app.noyau.typographie import sans_accents

_LONGUEUR = 80


@dataclass(frozen=True, slots=True)
class Base:
    """The keys of what the base knows, and the dossier that the person chose ("" : none)."""

    employeurs: Employeurs
    salaries: Salaries = field(default_factory=lambda: Salaries(()))
    contrats: Contrats = field(default_factory=lambda: Contrats(()))
    dossier: str = ""


def reperer(nom: str, repere: Reperage, base: Base) -> None:
    """Find the record that a line of this kind speaks of; what hinders joins its findings."""
    chercher = {EMPLOYEURS: _employeur, CONTRATS: _contrat}.get(nom, _salarie)
    _, illisibles = lire_fiche(GENRES[nom].cles, repere.textes)
    repere.constats += illisibles
    try:
        chercher(repere, base)
    except ErreurMetier as erreur:
        if not illisibles:
            repere.constats.append(Constat.de_l_erreur(erreur))
    repere.designation = repere.designation[:_LONGUEUR]
    if repere.cible is not None:
        repere.cles.append(Cle("fiche", (repere.cible,)))


def _cle(nom: str, colonne: str, repere: Reperage) -> Any:
    return valeur_ou_rien(GENRES[nom].colonne(colonne), repere.textes)


def _employeur(repere: Reperage, base: Base) -> None:
    textes = repere.textes
    siret = _cle(EMPLOYEURS, "siret", repere) or ""
    nom = textes.get("raison_sociale", "")
    impose = textes.get("dossier", "")
    dossier = impose or base.dossier
    repere.designation = nom or siret
    repere.parent = dossier
    if siret:
        repere.cles.append(Cle("SIRET", (siret, dossier.casefold()), "siret"))
    elif nom:
        cle = (sans_accents(nom), dossier.casefold())
        repere.cles.append(Cle("nom dans ce dossier", cle, "raison_sociale"))
    repere.cible = base.employeurs.reconnaitre(siret, nom, dossier, dossier_impose=bool(impose))


def _du_champ(erreur: ErreurMetier, champ: str) -> NoReturn:
    """Raise the refusal beside the field that caused it."""
    erreur.champ = champ
    raise erreur


def _chercher_employeur(nom: str, repere: Reperage, base: Base) -> int | None:
    """Return the employer that the line names; None when it names none."""
    siret = _cle(nom, "employeur_siret", repere) or ""
    raison = repere.textes.get("employeur_nom", "")
    if not siret and not raison:
        return None
    try:
        return base.employeurs.trouver(siret, raison, base.dossier)
    except ErreurMetier as erreur:
        _du_champ(erreur, "employeur_siret" if siret else "employeur_nom")


def _salarie(repere: Reperage, base: Base) -> None:
    textes = repere.textes
    qui = Personne(
        _cle(SALARIES, "nir", repere) or "",
        textes.get("matricule", ""),
        textes.get("nom_naissance", ""),
        textes.get("prenoms", ""),
        _cle(SALARIES, "ne_le", repere),
    )
    repere.designation = qui.designation
    employeur = _chercher_employeur(SALARIES, repere, base)
    if employeur is None:
        raise CleAbsente("l'employeur", "le SIRET de l'employeur, ou son nom")
    repere.parent = employeur
    repere.cles += _cles_de_personne(employeur, qui)
    try:
        repere.cible = base.salaries.reconnaitre(employeur, qui)
    except ErreurMetier as erreur:
        _du_champ(erreur, "matricule" if qui.matricule else "nom_naissance")


def _cles_de_personne(employeur: int, qui: Personne) -> list[Cle]:
    cles = []
    if qui.nir:
        cles.append(Cle("NIR chez cet employeur", (employeur, qui.nir), "nir"))
    if qui.matricule:
        matricule = (employeur, sans_accents(qui.matricule))
        cles.append(Cle("matricule chez cet employeur", matricule, "matricule"))
    if not cles:
        noms = (sans_accents(qui.nom), sans_accents(qui.prenoms))
        personne = (employeur, *noms, qui.ne_le)
        cles.append(Cle("personne chez cet employeur", personne, "nom_naissance"))
    return cles


def _contrat(repere: Reperage, base: Base) -> None:
    textes = repere.textes
    qui = Personne(
        _cle(CONTRATS, "salarie_nir", repere) or "",
        textes.get("salarie_matricule", ""),
        textes.get("salarie_nom", ""),
        textes.get("salarie_prenoms", ""),
    )
    repere.designation = qui.designation
    if not any((qui.nir, qui.matricule, qui.nom)):
        raise CleAbsente("le salarié", "son NIR, son matricule, ou son nom et ses prénoms")
    employeur = _chercher_employeur(CONTRATS, repere, base)
    try:
        salarie = base.salaries.trouver(employeur, qui)
    except ErreurMetier as erreur:
        champ = "salarie_matricule" if qui.matricule else "salarie_nom"
        _du_champ(erreur, "salarie_nir" if qui.nir else champ)
    repere.parent = salarie
    debut, nature = _cle(CONTRATS, "debut_le", repere), _cle(CONTRATS, "nature", repere)
    if debut is not None and nature:
        cle = (salarie, debut, nature)
        repere.cles.append(Cle("salarié, même début et même nature", cle, "debut_le"))
        repere.cible = base.contrats.reconnaitre(salarie, debut, nature)
