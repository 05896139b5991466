"""What associations are drawn from: métiers, emplois, communes, SMIC; read strictly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.noyau.argent import Centimes
from app.prevoyance.rules.regimes import Regime

Durees = tuple[tuple[int, int], ...]
"""Monthly hours in hundredths, each with its weight."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """A commune; `lieu` is its name as a place of birth (an arrondissement)."""

    commune: str
    lieu: str
    code_postal: str
    insee: str
    urssaf: str


@dataclass(frozen=True, slots=True)
class Pays:
    """A country of birth outside France."""

    insee: str
    lieu: str
    nationalite: str


@dataclass(frozen=True, slots=True)
class Banque:
    """A bank: its code and its BIC."""

    code: str
    bic: str


@dataclass(frozen=True, slots=True)
class Emploi:
    """A job of a métier; shares in percent, pay in percent of the SMIC."""

    masculin: str
    feminin: str
    part: int
    femmes: int
    classification: str
    salaire: tuple[int, int]
    durees: Durees
    motifs: tuple[str, ...]
    est_cadre: bool
    en_vacances: bool

    def intitule(self, *, femme: bool) -> str:
        """Return the job's name, feminine or masculine."""
        return self.feminin if femme else self.masculin


@dataclass(frozen=True, slots=True)
class Metier:
    """A kind of association."""

    code: str
    dossier: str
    part: int
    taille: int
    naf: str
    idcc: str
    taux_at: tuple[int, int]
    opca: tuple[str, ...]
    cdd: int
    noms: tuple[str, ...]
    emplois: tuple[tuple[Emploi, int], ...]


@dataclass(frozen=True, slots=True)
class Matiere:
    """Everything that the draw needs."""

    metiers: Mapping[str, Metier]
    closes: Mapping[str, str]
    lieux: tuple[tuple[Lieu, int], ...]
    pays: tuple[tuple[Pays, int], ...]
    banques: tuple[Banque, ...]
    figures: tuple[str, ...]
    voies: tuple[str, ...]
    organismes: Mapping[str, tuple[str, ...]]
    smic: tuple[tuple[date, Centimes], ...]
    opco: Mapping[str, str]
    """Label of the OPCO of each métier's IDCC, those that have one."""
    voisines: Mapping[str, str]
    """IDCC of a neighbouring branch that some of a métier follow by mistake."""
    regimes: Mapping[str, Regime]

    def smic_horaire(self, au: date) -> Centimes:
        """Return the SMIC per hour in force on a day (the first known before that)."""
        return next((m for depuis, m in reversed(self.smic) if depuis <= au), self.smic[0][1])


def lire_metiers(donnees: Mapping[str, Any]) -> dict[str, Metier]:
    """Read the métiers of `data/metiers.yaml`."""
    temps = {
        nom: tuple((int(heures), int(poids)) for heures, poids in durees)
        for nom, durees in donnees["temps"].items()
    }
    return {m["code"]: _metier(m, temps) for m in donnees["metiers"]}


def _metier(m: Mapping[str, Any], temps: Mapping[str, Durees]) -> Metier:
    emplois = [_emploi(e, m["femmes"], temps) for e in m["emplois"]]
    return Metier(
        code=m["code"],
        dossier=m["dossier"],
        part=m["part"],
        taille=m["taille"],
        naf=m["naf"],
        idcc=m["idcc"],
        taux_at=(m["taux_at"][0], m["taux_at"][1]),
        opca=tuple(m["opca"]),
        cdd=m["cdd"],
        noms=tuple(m["noms"]),
        emplois=tuple((e, e.part) for e in emplois),
    )


def _emploi(e: Mapping[str, Any], femmes: int, temps: Mapping[str, Durees]) -> Emploi:
    return Emploi(
        masculin=e["emploi"],
        feminin=e.get("feminin", e["emploi"]),
        part=e["part"],
        femmes=e.get("femmes", femmes),
        classification=e["classification"],
        salaire=(e["salaire"][0], e["salaire"][1]),
        durees=temps[e["temps"]],
        motifs=tuple(e["motifs"]),
        est_cadre=e.get("cadre", False),
        en_vacances=e.get("vacances", False),
    )


def lire_lieux(lignes: Sequence[Mapping[str, str]]) -> tuple[tuple[Lieu, int], ...]:
    """Read `data/communes.csv`: places with their weights."""
    noms = ("commune", "lieu", "code_postal", "insee", "urssaf")
    return tuple((Lieu(*(ligne[n] for n in noms)), int(ligne["poids"])) for ligne in lignes)


def lire_pays(lignes: Sequence[Mapping[str, str]]) -> tuple[tuple[Pays, int], ...]:
    """Read `data/pays.csv`: countries with their weights."""
    return tuple((Pays(x["insee"], x["lieu"], x["nationalite"]), int(x["poids"])) for x in lignes)


def lire_smic(lignes: Sequence[Mapping[str, str]]) -> tuple[tuple[date, Centimes], ...]:
    """Read `data/smic.csv`: hourly amounts by date of effect, oldest first."""
    lues = [
        (date.fromisoformat(x["debut_le"]), Centimes(int(x["horaire_centimes"]))) for x in lignes
    ]
    return tuple(sorted(lues))
