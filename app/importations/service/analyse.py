"""Preview of an import: what each line of the file would do, and what is wrong with it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from app.employeurs import rules as regles_employeurs
from app.employeurs import service as employeurs
from app.importations.errors import DossierAChoisir, EntetesInconnus, FichierVide
from app.importations.rules import colonnes as entetes
from app.importations.rules.cellules import Cellule
from app.importations.rules.colonnes import Colonne
from app.importations.rules.genres import CONTRATS, EMPLOYEURS, GENRES, SALARIES, Genre
from app.importations.rules.lignes import (
    CREER,
    ERREUR,
    INCHANGEE,
    MODIFIER,
    Doublons,
    Lecteur,
    Ligne,
    Reperage,
    examiner,
    lire_textes,
)
from app.importations.rules.rapprochement import (
    ContratConnu,
    Contrats,
    EmployeurConnu,
    Employeurs,
    SalarieConnu,
    Salaries,
)
from app.importations.rules.reperage import Base, reperer
from app.importations.service.lecture import LigneLue, lire_fichier
from app.importations.service.remarques import chercher_remarques
from app.noyau.erreurs import Constat
from app.salaries import rules as regles_salaries
from app.salaries import service as salaries
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction

PAS = 200
"""Lines between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Demande:
    """A file to import: its kind, content, name, and what the person chose.

    `correspondance` gives a field's name by column index (None: headings are recognised);
    `dossier` is the name of an existing dossier, "" when none was chosen.
    """

    genre: str
    fichier: bytes | Path
    nom: str
    correspondance: Mapping[int, str] | None = None
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class Entetes:
    """The columns of a file and the first cells below each, before any reading of lines."""

    genre: Genre
    nom: str
    ligne: int
    colonnes: tuple[Colonne, ...]
    exemples: tuple[str, ...]
    donnees: Sequence[LigneLue]
    avis: tuple[str, ...]

    @property
    def reconnues(self) -> int:
        """How many columns fill a field."""
        return sum(1 for c in self.colonnes if c.champ)


@dataclass(frozen=True, slots=True)
class Analyse:
    """The preview of an import."""

    entetes: Entetes
    lignes: tuple[Ligne, ...]
    remarques: tuple[Constat, ...]
    dossiers_a_creer: tuple[str, ...]

    @property
    def genre(self) -> Genre:
        """What the file holds."""
        return self.entetes.genre

    @property
    def comptes(self) -> dict[str, int]:
        """How many lines of each state."""
        comptes = Counter(ligne.etat for ligne in self.lignes)
        return {etat: comptes[etat] for etat in (CREER, MODIFIER, INCHANGEE, ERREUR)}

    @property
    def bonnes(self) -> int:
        """How many lines would be written."""
        return self.comptes[CREER] + self.comptes[MODIFIER]

    @property
    def constats(self) -> list[Constat]:
        """Every finding, in order of line."""
        return [c for ligne in self.lignes for c in ligne.constats]


def lire_entetes(demande: Demande, suivi: Suivi = SANS_SUIVI) -> Entetes:
    """Read a file's columns and match them; nothing is asked of the base.

    Raises:
        ErreurMetier: what `lire_fichier` says of the file.
        FichierVide: headings without a line below.
    """
    genre = GENRES[demande.genre]
    tableau = lire_fichier(demande.fichier, demande.nom, suivi)
    debut = [ligne.cellules for ligne in tableau.lignes[: entetes.LIGNES_D_ENTETE]]
    rang = entetes.chercher_entete(genre, debut)
    titres = tableau.lignes[rang]
    donnees = tableau.lignes[rang + 1 :]
    if not donnees:
        raise FichierVide(demande.nom)
    largeur = max(len(titres.cellules), *(len(ligne.cellules) for ligne in donnees))
    textes = [entetes.texte_entete(v) for v in titres.cellules]
    textes += [""] * (largeur - len(textes))
    colonnes = entetes.colonnes_du_fichier(genre, textes, demande.correspondance)
    exemples = tuple(_exemple(donnees, i) for i in range(largeur))
    return Entetes(
        genre, demande.nom, titres.numero, tuple(colonnes), exemples, donnees, tableau.avis
    )


def _exemple(donnees: Sequence[LigneLue], index: int) -> str:
    """Return the first cell of a column that holds something."""
    for ligne in donnees[:PAS]:
        if index < len(ligne.cellules) and (texte := _court(ligne.cellules[index])):
            return texte
    return ""


def _court(valeur: Cellule) -> str:
    return entetes.texte_entete(valeur)


def analyser(
    t: Transaction, demande: Demande, *, tetes: Entetes | None = None, suivi: Suivi = SANS_SUIVI
) -> Analyse:
    """Say what an import would do; nothing is written.

    `tetes` is what `lire_entetes` returned for the same request, when it was asked already.

    Raises:
        ErreurMetier: what `lire_entetes` says of the file.
        EntetesInconnus, ColonneManquante: its columns do not suffice.
        DossierAChoisir: new employers, and no dossier for them.
        DossierIntrouvable: the chosen dossier does not exist.
    """
    tetes = tetes or lire_entetes(demande, suivi)
    if not tetes.reconnues:
        raise EntetesInconnus(demande.nom)
    entetes.exiger_reperes(tetes.genre, tetes.colonnes)
    base = _lire_base(t, demande)
    reperes = _reperer(tetes, base, suivi)
    lignes = _examiner(t, tetes, reperes, suivi)
    if any(r.cible is None for r in reperes):
        if any(ligne.etat == CREER or _manque(tetes, ligne) for ligne in lignes):
            entetes.exiger_obligatoires(tetes.genre, tetes.colonnes)
        if tetes.genre.nom == EMPLOYEURS and any(
            ligne.etat == CREER and not ligne.parent for ligne in lignes
        ):
            raise DossierAChoisir
    remarques = chercher_remarques(t, tetes.genre.nom, lignes, base)
    return Analyse(tetes, lignes, remarques, _dossiers_a_creer(t, tetes.genre.nom, lignes))


def _manque(tetes: Entetes, ligne: Ligne) -> bool:
    """Tell whether a new record lacks a field that no column of the file could fill."""
    presents = {c.champ.nom for c in tetes.colonnes if c.champ}
    return ligne.cible is None and any(
        c.code == "TEC-130" and c.champ not in presents for c in ligne.constats
    )


def _lire_base(t: Transaction, demande: Demande) -> Base:
    """Read the keys of the base in as many queries as there are tables."""
    dossier = employeurs.trouver_dossier(t, demande.dossier).nom if demande.dossier else ""
    connus = [
        EmployeurConnu(e.id, e.dossier, e.raison_sociale, e.siret)
        for e in employeurs.cles_existantes(t)
    ]
    if demande.genre == EMPLOYEURS:
        return Base(Employeurs(connus), dossier=dossier)
    personnes = Salaries(
        SalarieConnu(s.id, s.employeur_id, s.matricule, s.nom_naissance, s.prenoms, s.nir, s.ne_le)
        for s in salaries.cles_existantes(t)
    )
    if demande.genre == SALARIES:
        return Base(Employeurs(connus), personnes, dossier=dossier)
    contrats = Contrats(ContratConnu(*c) for c in salaries.cles_contrats(t))
    return Base(Employeurs(connus), personnes, contrats, dossier)


def _reperer(tetes: Entetes, base: Base, suivi: Suivi) -> list[Reperage]:
    reperes = []
    for rang, ligne in enumerate(tetes.donnees):
        if rang % PAS == 0:
            suivi.etape("Rapprochement avec les données existantes", rang, len(tetes.donnees))
        repere = Reperage(ligne.numero, *lire_textes(tetes.colonnes, ligne.cellules))
        if not any(repere.textes.values()) and not repere.constats:
            continue
        reperer(tetes.genre.nom, repere, base)
        reperes.append(repere)
    return reperes


def _examiner(
    t: Transaction, tetes: Entetes, reperes: Sequence[Reperage], suivi: Suivi
) -> tuple[Ligne, ...]:
    genre = tetes.genre
    actuelles = _valeurs(t, genre.nom, [r.cible for r in reperes if r.cible is not None])
    lire = _lecteur(t, genre.nom)
    par_champ = {c.champ.nom: c for c in tetes.colonnes if c.champ}
    doublons = Doublons()
    lignes = []
    for rang, repere in enumerate(reperes):
        if rang % PAS == 0:
            suivi.etape("Vérification des lignes", rang, len(reperes))
        repere.constats += doublons.constater(repere)
        connues = actuelles.get(repere.cible) if repere.cible is not None else None
        lignes.append(examiner(genre, repere, connues, lire, par_champ))
    return tuple(lignes)


def _lecteur(t: Transaction, genre: str) -> Lecteur:
    if genre == EMPLOYEURS:
        return partial(regles_employeurs.lire_employeur, aujourd_hui=t.aujourd_hui)
    if genre == SALARIES:
        return partial(regles_salaries.lire_salarie, aujourd_hui=t.aujourd_hui)
    return regles_salaries.lire_contrat


def _valeurs(t: Transaction, genre: str, numeros: Sequence[int]) -> dict[int, dict[str, Any]]:
    sources: dict[str, Callable[[Transaction, Sequence[int]], dict[int, dict[str, Any]]]] = {
        EMPLOYEURS: employeurs.valeurs_en_masse,
        SALARIES: salaries.valeurs_en_masse,
        CONTRATS: salaries.valeurs_contrats_en_masse,
    }
    return sources[genre](t, list(dict.fromkeys(numeros)))


def _dossiers_a_creer(t: Transaction, genre: str, lignes: Sequence[Ligne]) -> tuple[str, ...]:
    """Return the dossiers that the file names and that do not exist, as first written."""
    if genre != EMPLOYEURS:
        return ()
    connus = {d.nom.casefold() for d in employeurs.lister_dossiers(t, archives=None)}
    nouveaux: dict[str, str] = {}
    for ligne in lignes:
        nom = str(ligne.parent or "")
        if ligne.etat == CREER and nom and nom.casefold() not in connus:
            nouveaux.setdefault(nom.casefold(), nom)
    return tuple(nouveaux.values())
