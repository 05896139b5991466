"""Known records, so that the same file twice makes no double.

Rules:
- An employer is known by its SIRET; else by its dossier and name.
- An employee is known by employer and NIR; else matricule; else names and date of birth.
- A contract is known by employee, first day and nature.
- Two identities that contradict each other are never merged silently; what several records
  match is said, never chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from app.importations.errors import (
    EmployeurAmbigu,
    EmployeurInconnu,
    MatriculePris,
    SalarieAmbigu,
    SalarieInconnu,
)
from app.noyau.typographie import sans_accents


class EmployeurConnu(NamedTuple):
    """Keys of an employer of the base."""

    id: int
    dossier: str
    raison_sociale: str
    siret: str


class SalarieConnu(NamedTuple):
    """Keys of an employee of the base."""

    id: int
    employeur_id: int
    matricule: str
    nom: str
    prenoms: str
    nir: str
    ne_le: date | None


class ContratConnu(NamedTuple):
    """Keys of a contract of the base."""

    id: int
    salarie_id: int
    debut_le: date
    nature: str


class Employeurs:
    """The employers of the base by their keys."""

    def __init__(self, connus: Iterable[EmployeurConnu]) -> None:
        self._par_siret: dict[str, list[EmployeurConnu]] = defaultdict(list)
        self._par_nom: dict[str, list[EmployeurConnu]] = defaultdict(list)
        for connu in connus:
            if connu.siret:
                self._par_siret[connu.siret].append(connu)
            self._par_nom[sans_accents(connu.raison_sociale)].append(connu)

    def ailleurs(self, siret: str, dossier: str) -> str:
        """Return the name of another dossier that holds this SIRET, or ""."""
        autres = self._par_siret.get(siret, ()) if siret else ()
        return next((e.dossier for e in autres if not _meme(e.dossier, dossier)), "")

    def reconnaitre(
        self, siret: str, raison_sociale: str, dossier: str, *, dossier_impose: bool
    ) -> int | None:
        """Return the employer that a line of employers speaks of, or None: a new one.

        `dossier_impose`: the line itself names the dossier; else it only says where new
        employers go.

        Raises:
            EmployeurAmbigu: several records match.
        """
        candidats: Sequence[EmployeurConnu] = self._par_siret.get(siret, ()) if siret else ()
        if candidats:
            ici = [e for e in candidats if _meme(e.dossier, dossier)]
            if ici or dossier_impose:
                candidats = ici
            if len(candidats) > 1:
                raise EmployeurAmbigu(siret)
            if candidats:
                return candidats[0].id
        candidats = [
            e
            for e in self._par_nom.get(sans_accents(raison_sociale), ())
            if raison_sociale and _meme(e.dossier, dossier) and not (siret and e.siret)
        ]
        if len(candidats) > 1:
            raise EmployeurAmbigu(raison_sociale)
        return candidats[0].id if candidats else None

    def trouver(self, siret: str, raison_sociale: str, dossier: str) -> int:
        """Return the employer that a line of employees or contracts hangs on.

        Raises:
            EmployeurInconnu: none.
            EmployeurAmbigu: several, in several dossiers.
        """
        designation = siret or raison_sociale
        source = (
            self._par_siret.get(siret, ())
            if siret
            else self._par_nom.get(sans_accents(raison_sociale), ())
        )
        candidats = [e for e in source if not dossier or _meme(e.dossier, dossier)]
        if not candidats:
            raise EmployeurInconnu(designation)
        if len(candidats) > 1:
            raise EmployeurAmbigu(designation)
        return candidats[0].id


def _meme(un: str, autre: str) -> bool:
    return un.casefold() == autre.casefold()


class Personne(NamedTuple):
    """What a line says of who a person is."""

    nir: str
    matricule: str
    nom: str
    prenoms: str
    ne_le: date | None = None

    @property
    def designation(self) -> str:
        """How a finding names the person."""
        return f"{self.nom} {self.prenoms}".strip() or self.matricule or self.nir


def _cle_nom(nom: str, prenoms: str) -> tuple[str, str]:
    return sans_accents(nom.replace("-", " ")), sans_accents(prenoms.replace("-", " "))


class Salaries:
    """The employees of the base by their keys."""

    def __init__(self, connus: Iterable[SalarieConnu]) -> None:
        self._par_nir: dict[str, list[SalarieConnu]] = defaultdict(list)
        self._par_matricule: dict[str, list[SalarieConnu]] = defaultdict(list)
        self._par_nom: dict[tuple[str, str], list[SalarieConnu]] = defaultdict(list)
        for connu in connus:
            if connu.nir:
                self._par_nir[connu.nir].append(connu)
            if connu.matricule:
                self._par_matricule[sans_accents(connu.matricule)].append(connu)
            self._par_nom[_cle_nom(connu.nom, connu.prenoms)].append(connu)

    def reconnaitre(self, employeur_id: int, qui: Personne) -> int | None:
        """Return the employee that a line of employees speaks of, or None: a new one.

        Raises:
            SalarieAmbigu: several records match.
            MatriculePris: the matricule is that of somebody else.
        """
        if trouves := self._chez(self._par_nir.get(qui.nir, ()), employeur_id):
            return self._seul(trouves, qui)
        if qui.matricule:
            trouves = self._chez(
                self._par_matricule.get(sans_accents(qui.matricule), ()), employeur_id
            )
            if trouves:
                return self._du_matricule(trouves, qui)
        trouves = self._chez(self._par_nom.get(_cle_nom(qui.nom, qui.prenoms), ()), employeur_id)
        exacts = [s for s in trouves if s.ne_le == qui.ne_le]
        possibles = exacts or [s for s in trouves if s.ne_le is None or qui.ne_le is None]
        possibles = [s for s in possibles if not _autre_identite(s, qui)]
        return self._seul(possibles, qui) if possibles else None

    def trouver(self, employeur_id: int | None, qui: Personne) -> int:
        """Return the employee that a line of contracts hangs on.

        Raises:
            SalarieInconnu, SalarieAmbigu: none, or several.
        """
        if qui.nir:
            source = self._par_nir.get(qui.nir, [])
        elif qui.matricule:
            source = self._par_matricule.get(sans_accents(qui.matricule), [])
        else:
            source = self._par_nom.get(_cle_nom(qui.nom, qui.prenoms), [])
        trouves = self._chez(source, employeur_id) if employeur_id is not None else source
        if not qui.nir and qui.matricule and qui.nom:
            trouves = [s for s in trouves if sans_accents(s.nom) == sans_accents(qui.nom)]
        if not trouves:
            raise SalarieInconnu(qui.designation)
        return self._seul(trouves, qui)

    def _du_matricule(self, trouves: Sequence[SalarieConnu], qui: Personne) -> int:
        titulaire = trouves[0]
        meme_nom = _cle_nom(titulaire.nom, titulaire.prenoms) == _cle_nom(qui.nom, qui.prenoms)
        nomme = bool(qui.nom or qui.prenoms)
        if (nomme and not meme_nom) or (not nomme and titulaire.nir and qui.nir):
            raise MatriculePris(qui.matricule, f"{titulaire.nom} {titulaire.prenoms}")
        return self._seul(trouves, qui)

    @staticmethod
    def _chez(candidats: Iterable[SalarieConnu], employeur_id: int) -> list[SalarieConnu]:
        return [s for s in candidats if s.employeur_id == employeur_id]

    @staticmethod
    def _seul(candidats: Sequence[SalarieConnu], qui: Personne) -> int:
        if len(candidats) > 1:
            raise SalarieAmbigu(qui.designation)
        return candidats[0].id


def _autre_identite(connu: SalarieConnu, qui: Personne) -> bool:
    """Tell whether matricules say that two namesakes are two persons."""
    deux = bool(connu.matricule and qui.matricule)
    return deux and sans_accents(connu.matricule) != sans_accents(qui.matricule)


class Contrats:
    """The contracts of the base by their keys."""

    def __init__(self, connus: Iterable[ContratConnu]) -> None:
        self._par_cle: dict[tuple[int, date, str], int] = {}
        self._par_salarie: dict[int, list[int]] = defaultdict(list)
        for connu in connus:
            self._par_cle[connu.salarie_id, connu.debut_le, connu.nature] = connu.id
            self._par_salarie[connu.salarie_id].append(connu.id)

    def reconnaitre(self, salarie_id: int, debut_le: date, nature: str) -> int | None:
        """Return the contract that a line speaks of, or None: a new one."""
        return self._par_cle.get((salarie_id, debut_le, nature))

    def du_salarie(self, salarie_id: int) -> list[int]:
        """Return the numbers of the contracts of an employee."""
        return self._par_salarie.get(salarie_id, [])
