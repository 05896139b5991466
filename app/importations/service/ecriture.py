"""The import itself: one transaction, in bulk; on any error or on cancel, nothing is written."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.employeurs import service as employeurs
from app.importations.errors import FichierModifie, LignesEnErreur
from app.importations.rules.genres import CONTRATS, EMPLOYEURS, SALARIES
from app.importations.rules.lignes import CREER, ERREUR, INCHANGEE, MODIFIER, Ligne
from app.importations.service.analyse import Analyse, Demande, analyser
from app.noyau.typographie import accorder
from app.salaries import service as salaries
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

LOT = 500
"""Records written between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Resultat:
    """What an import did."""

    genre: str
    creees: int
    modifiees: int
    inchangees: int
    ignorees: int
    dossiers_crees: tuple[str, ...] = ()

    def en_donnees(self) -> dict[str, Any]:
        """Return the machine-readable shape."""
        return {
            "genre": self.genre,
            "creees": self.creees,
            "modifiees": self.modifiees,
            "inchangees": self.inchangees,
            "ignorees": self.ignorees,
            "dossiers_crees": list(self.dossiers_crees),
        }


def importer(
    t: Transaction,
    demande: Demande,
    *,
    seulement_les_bonnes: bool = False,
    attendues: int | None = None,
    suivi: Suivi = SANS_SUIVI,
) -> Resultat:
    """Import a file: create what is new, update what changed.

    `attendues` is the number of lines to write that the person saw in the preview.

    Raises:
        LignesEnErreur: lines have defects, and only the good ones were not asked for.
        FichierModifie: the base changed since the preview.
        TacheAnnulee: the person stopped it; the caller's transaction keeps nothing.
        ErreurMetier: what `analyser` says.
    """
    analyse = analyser(t, demande, suivi=suivi)
    comptes = analyse.comptes
    if comptes[ERREUR] and not seulement_les_bonnes:
        lignes = accorder(comptes[ERREUR], "ligne en erreur", "lignes en erreur")
        raise LignesEnErreur(lignes, tuple(analyse.constats))
    if attendues is not None and attendues != analyse.bonnes:
        raise FichierModifie(attendues, analyse.bonnes)
    _creer(t, analyse, suivi)
    _modifier(t, analyse, suivi)
    suivi.etape("Enregistrement", analyse.bonnes, analyse.bonnes)
    return Resultat(
        demande.genre,
        comptes[CREER],
        comptes[MODIFIER],
        comptes[INCHANGEE],
        comptes[ERREUR],
        analyse.dossiers_a_creer,
    )


def _creer(t: Transaction, analyse: Analyse, suivi: Suivi) -> None:
    lignes = [ligne for ligne in analyse.lignes if ligne.etat == CREER]
    genre = analyse.genre.nom
    if genre == EMPLOYEURS:
        _creer_employeurs(t, lignes, analyse, suivi)
        return
    parent = "employeur_id" if genre == SALARIES else "salarie_id"
    ajouter = salaries.ajouter_en_masse if genre == SALARIES else salaries.ajouter_contrats_en_masse
    for debut in range(0, len(lignes), LOT):
        suivi.etape("Création", debut, analyse.bonnes)
        lot = lignes[debut : debut + LOT]
        ajouter(t, [{**ligne.valeurs, parent: ligne.parent} for ligne in lot])


def _creer_employeurs(
    t: Transaction, lignes: Sequence[Ligne], analyse: Analyse, suivi: Suivi
) -> None:
    for nom in analyse.dossiers_a_creer:
        employeurs.creer_dossier(t, {"nom": nom})
    dossiers = {d.nom.casefold(): d.id for d in employeurs.lister_dossiers(t, archives=None)}
    par_dossier: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for ligne in lignes:
        par_dossier[dossiers[str(ligne.parent).casefold()]].append(ligne.valeurs)
    fait = 0
    for dossier_id, fiches in par_dossier.items():
        for debut in range(0, len(fiches), LOT):
            suivi.etape("Création", fait, analyse.bonnes)
            lot = fiches[debut : debut + LOT]
            employeurs.ajouter_en_masse(t, dossier_id, lot)
            fait += len(lot)


def _modifier(t: Transaction, analyse: Analyse, suivi: Suivi) -> None:
    modifier: Callable[[Transaction, Mapping[int, Mapping[str, Any]]], int] = {
        EMPLOYEURS: employeurs.modifier_en_masse,
        SALARIES: salaries.modifier_en_masse,
        CONTRATS: salaries.modifier_contrats_en_masse,
    }[analyse.genre.nom]
    changees = {
        ligne.cible: ligne.valeurs
        for ligne in analyse.lignes
        if ligne.etat == MODIFIER and ligne.cible is not None
    }
    numeros = list(changees)
    deja = analyse.comptes[CREER]
    for debut in range(0, len(numeros), LOT):
        suivi.etape("Mise à jour", deja + debut, analyse.bonnes)
        modifier(t, {n: changees[n] for n in numeros[debut : debut + LOT]})
