"""Applying the correspondence: what each employer's OPCO becomes, and why.

Rules:
- The OPCO of the day's correspondence is written into the record, its line « Formation
  professionnelle » and the employees' own caisse when that named the employer's former one.
- A convention without OPCO (9999) gives « Caisse non répertoriée », once: an OPCO that somebody
  chose by hand since then stays.
- Without a convention that is known and in force nothing corresponds: the record stays, but a
  former OPCA with one successor, which took over on 01/04/2019.
- Deciding again on what was written decides nothing (idempotent).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.conventions.rules import CcnProbable, Convention
from app.noyau.periodes import afficher_date
from app.noyau.typographie import sans_accents
from app.opco.rules.correspondances import (
    NON_REPERTORIEE,
    AncienOpca,
    Opco,
    designe,
    est_sans_caisse,
    successeurs,
)


class Motif(StrEnum):
    """Why an employer's OPCO becomes what it becomes."""

    A_JOUR = "à jour"
    CHANGE = "mis à jour"
    SANS_CONVENTION = "aucune convention collective"
    CLOTUREE = "convention clôturée"
    INCONNUE = "IDCC inconnu"
    NON_REPERTORIEE = "caisse non répertoriée"

    @property
    def est_sans_correspondance(self) -> bool:
        """Tell whether somebody has to look at the employer."""
        return self not in {Motif.A_JOUR, Motif.CHANGE}


class Genre(StrEnum):
    """What kind of record names a training body."""

    EMPLOYEUR = "employeur"
    ORGANISME = "organisme"
    SALARIE = "salarie"


@dataclass(frozen=True, slots=True)
class LigneFormation:
    """A line « Formation professionnelle » among an employer's organismes.

    `est_nue`: nobody wrote a reference or a date into it.
    """

    id: int
    nom: str
    est_nue: bool


@dataclass(frozen=True, slots=True)
class EmployeurExamine:
    """An employer as the application looks at it, archived ones included."""

    id: int
    dossier_id: int
    dossier: str
    raison_sociale: str
    idcc: str
    naf: str
    opco: str
    est_archive: bool
    lignes: tuple[LigneFormation, ...]


@dataclass(frozen=True, slots=True)
class SalarieExamine:
    """An employee whose record names a caisse of its own."""

    id: int
    employeur_id: int
    nom: str
    opco: str


@dataclass(frozen=True, slots=True)
class Ecriture:
    """A training body to write: into which record, what it named, what it will name.

    `objet_id` None: a line to add. `apres` "" on an organisme: the line to take away.
    """

    genre: Genre
    objet_id: int | None
    employeur_id: int
    designation: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Correspondances:
    """What is known on the day: conventions, their OPCO, the OPCO, the former OPCA.

    `deja`: employers to which « Caisse non répertoriée » was written once for the IDCC they have.
    """

    conventions: Mapping[str, Convention]
    attendus: Mapping[str, Opco]
    opco: Sequence[Opco]
    anciens: Sequence[AncienOpca]
    au: date
    deja: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What an employer's OPCO was and becomes, why, and every record to write."""

    employeur: EmployeurExamine
    motif: Motif
    apres: str
    explication: str
    ecritures: tuple[Ecriture, ...]
    probable: CcnProbable | None = None

    @property
    def avant(self) -> str:
        """The OPCO on record."""
        return self.employeur.opco

    @property
    def est_sans_correspondance(self) -> bool:
        """Tell whether somebody has to look at the employer."""
        return self.motif.est_sans_correspondance


def decider(
    employeur: EmployeurExamine, salaries: Iterable[SalarieExamine], c: Correspondances
) -> Decision:
    """Decide the OPCO of an employer on the day, and what has to be written.

    Args:
        employeur: with its lines « Formation professionnelle ».
        salaries: its employees whose record names a caisse.
        c: what is known on the day.
    """
    attendu = c.attendus.get(employeur.idcc)
    motif = _motif(employeur, c)
    apres = _caisse(employeur, attendu, motif, c)
    if motif is Motif.A_JOUR and apres != employeur.opco:
        motif = Motif.CHANGE
    ecritures: list[Ecriture] = []
    if apres != employeur.opco:
        qui = employeur.raison_sociale
        fiche = Ecriture(Genre.EMPLOYEUR, employeur.id, employeur.id, qui, employeur.opco, apres)
        ecritures.append(fiche)
    if attendu is not None or ecritures:
        ecritures += _lignes(employeur, apres, c)
    for salarie in salaries:
        caisse = _du_salarie(salarie.opco, employeur.opco, apres, c)
        if caisse != salarie.opco:
            ecritures.append(
                Ecriture(Genre.SALARIE, salarie.id, employeur.id, salarie.nom, salarie.opco, caisse)
            )
    explication = _expliquer(employeur, motif, apres, c)
    return Decision(employeur, motif, apres, explication, tuple(ecritures))


def _motif(e: EmployeurExamine, c: Correspondances) -> Motif:
    if not e.idcc:
        return Motif.SANS_CONVENTION
    convention = c.conventions.get(e.idcc)
    if convention is None:
        return Motif.INCONNUE
    if convention.est_close(c.au):
        return Motif.CLOTUREE
    return Motif.A_JOUR if e.idcc in c.attendus else Motif.NON_REPERTORIEE


def _caisse(e: EmployeurExamine, attendu: Opco | None, motif: Motif, c: Correspondances) -> str:
    """Return what the record will name."""
    if attendu is not None:
        return e.opco if designe(e.opco, attendu) else attendu.libelle
    suivants = _suivants(e.opco, c)
    if motif is Motif.NON_REPERTORIEE:
        dite = (e.id, e.idcc) in c.deja
        choisie = dite and not suivants and not est_sans_caisse(e.opco)
        if not choisie:
            return e.opco if _meme(e.opco, NON_REPERTORIEE) else NON_REPERTORIEE
    return suivants[0] if len(suivants) == 1 else e.opco


def _suivants(nom: str, c: Correspondances) -> tuple[str, ...]:
    """Return the labels of the OPCO that took over from a former OPCA; none for a living one."""
    if any(designe(nom, opco) for opco in c.opco):
        return ()
    libelles = {opco.code: opco.libelle for opco in c.opco}
    return tuple(libelles[code] for code in successeurs(c.anciens, nom, c.au))


def _meme(un: str, autre: str) -> bool:
    return sans_accents(un) == sans_accents(autre)


def _memes_caisses(un: str, autre: str, c: Correspondances) -> bool:
    """Tell whether two texts name one caisse, by code, label or official name."""
    if un == autre or _meme(un, autre):
        return True
    return any(designe(un, o) and designe(autre, o) for o in c.opco)


def _lignes(e: EmployeurExamine, apres: str, c: Correspondances) -> list[Ecriture]:
    """Return what brings the lines « Formation professionnelle » to the record's OPCO.

    The only line takes the name; of several, those of the former caisse, unless one bears the
    name already; without any, one is added for a caisse that exists.
    """
    if not e.lignes:
        if est_sans_caisse(apres):
            return []
        return [Ecriture(Genre.ORGANISME, None, e.id, e.raison_sociale, "", apres)]
    if any(_memes_caisses(ligne.nom, apres, c) for ligne in e.lignes):
        return []
    changees = [
        ligne
        for ligne in e.lignes
        if len(e.lignes) == 1
        or _memes_caisses(ligne.nom, e.opco, c)
        or apres in _suivants(ligne.nom, c)
    ]
    return [
        Ecriture(Genre.ORGANISME, ligne.id, e.id, e.raison_sociale, ligne.nom, apres)
        for ligne in changees
    ]


def _du_salarie(opco: str, avant: str, apres: str, c: Correspondances) -> str:
    """Return the caisse of an employee whose record names one.

    That of the employer follows the employer's; a former OPCA gives its only successor, or the
    employer's OPCO when that is one of several. An AFDAS of an intermittent stays.
    """
    if est_sans_caisse(opco):
        return opco
    change = not est_sans_caisse(apres) and not _meme(avant, apres)
    if change and _memes_caisses(opco, avant, c):
        return apres
    suivants = _suivants(opco, c)
    if apres in suivants:
        return apres
    return suivants[0] if len(suivants) == 1 else opco


def _expliquer(e: EmployeurExamine, motif: Motif, apres: str, c: Correspondances) -> str:
    """Say in French why, and what to do."""
    convention = c.conventions.get(e.idcc)
    if motif is Motif.SANS_CONVENTION:
        return "La fiche n'a pas de convention collective."
    if motif is Motif.INCONNUE:
        return f"Aucune convention connue ne porte l'IDCC {e.idcc}."
    if convention is not None and motif is Motif.CLOTUREE:
        return _clore(convention, c)
    if motif is Motif.NON_REPERTORIEE:
        if est_sans_caisse(apres):
            return f"Aucun OPCO ne correspond à l'IDCC {e.idcc}."
        return f"Aucun OPCO ne correspond à l'IDCC {e.idcc} ; celui de la fiche est gardé."
    return ""


def _clore(convention: Convention, c: Correspondances) -> str:
    """Say when a convention was closed, and what follows it with its OPCO."""
    quand = f" le {afficher_date(convention.cloturee_le)}" if convention.cloturee_le else ""
    texte = f"La convention {convention.idcc} est clôturée{quand}"
    suivantes = []
    for idcc in convention.remplacantes:
        suivante = c.conventions.get(idcc)
        if suivante is not None:
            opco = c.attendus.get(idcc)
            suivantes.append(suivante.designation + (f" (OPCO {opco.libelle})" if opco else ""))
    if suivantes:
        return f"{texte} ; elle est remplacée par : {', '.join(suivantes)}."
    return f"{texte} ; aucune remplaçante n'est connue."


@dataclass(frozen=True, slots=True)
class Ecrite:
    """A line of an application: what was written, under which number."""

    id: int
    ecriture: Ecriture


@dataclass(frozen=True, slots=True)
class Laissee:
    """A line of an application that stays when it is undone, and why."""

    ecrite: Ecrite
    actuel: str | None


@dataclass(frozen=True, slots=True)
class Annulation:
    """What undoing an application writes, and what it leaves alone."""

    ecritures: tuple[Ecriture, ...]
    rendues: tuple[int, ...]
    laissees: tuple[Laissee, ...]


def annuler(
    ecrites: Iterable[Ecrite],
    employeurs: Iterable[EmployeurExamine],
    salaries: Iterable[SalarieExamine],
) -> Annulation:
    """Decide what undoing an application writes: each record takes its former training body.

    A record that somebody changed since is left alone; `Laissee.actuel` is what it names now,
    None when it is gone. An added line to which somebody gave a reference stays.
    """
    actuels: dict[tuple[Genre, int], str] = {}
    completees: set[int] = set()
    for e in employeurs:
        actuels[Genre.EMPLOYEUR, e.id] = e.opco
        for ligne in e.lignes:
            actuels[Genre.ORGANISME, ligne.id] = ligne.nom
            if not ligne.est_nue:
                completees.add(ligne.id)
    actuels |= {(Genre.SALARIE, s.id): s.opco for s in salaries}
    ecritures, rendues, laissees = [], [], []
    for ecrite in ecrites:
        w = ecrite.ecriture
        numero = w.objet_id or 0
        actuel = actuels.get((w.genre, numero))
        ajoutee = w.genre is Genre.ORGANISME and not w.avant
        if actuel is None or actuel != w.apres or (ajoutee and numero in completees):
            laissees.append(Laissee(ecrite, actuel))
            continue
        retour = Ecriture(w.genre, w.objet_id, w.employeur_id, w.designation, w.apres, w.avant)
        ecritures.append(retour)
        rendues.append(ecrite.id)
    return Annulation(tuple(ecritures), tuple(rendues), tuple(laissees))
