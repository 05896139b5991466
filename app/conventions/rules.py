"""A convention collective, and the strict reading of the reference list."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.conventions.errors import ConventionsRefusees

ABSENCE = "9999"
"""IDCC that declares the absence of a convention collective."""

OUVERTE, CLOTUREE, RATTACHEE = "ouverte", "clôturée", "rattachée"
ETATS = (OUVERTE, CLOTUREE, RATTACHEE)

COLONNES = (
    "idcc",
    "titre",
    "titre_court",
    "etat",
    "cloturee_le",
    "remplacee_par",
    "associative",
    "sources",
)
_IDCC = re.compile(r"[0-9]{4}")
_NAF = re.compile(r"[0-9]{2}\.[0-9]{2}[A-Z]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OUI_NON = {"oui": True, "non": False}


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention collective known by its IDCC (four characters).

    `cloturee_le` is the last day in force, when known; `remplacee_par` the IDCC that follow,
    separated by a comma, "" when none is known; `associative` when associations often use it.
    """

    idcc: str
    titre: str
    titre_court: str
    etat: str
    cloturee_le: date | None
    remplacee_par: str
    associative: bool

    @property
    def designation(self) -> str:
        """The number and the shortest title: « 2511 Sport »."""
        return f"{self.idcc} {self.titre_court or self.titre}"

    @property
    def remplacantes(self) -> tuple[str, ...]:
        """The IDCC of the conventions that follow it."""
        return tuple(self.remplacee_par.split(", ")) if self.remplacee_par else ()

    def est_close(self, au: date) -> bool:
        """Tell whether it is out of force that day (a closing without known date counts)."""
        if self.etat != CLOTUREE:
            return False
        return self.cloturee_le is None or self.cloturee_le < au


def lire_conventions(lignes: Iterable[Mapping[str, str]]) -> list[Convention]:
    """Read the rows of `data/conventions.csv`, in their order.

    Raises:
        ConventionsRefusees: an IDCC twice, of another shape, an unknown état, a date that is
            none, a closing date on an open convention, a replacement that does not exist.
    """
    conventions: dict[str, Convention] = {}
    for ligne in lignes:
        convention = _lire(ligne)
        if convention.idcc in conventions:
            raise ConventionsRefusees(convention.idcc, "cet IDCC figure deux fois")
        conventions[convention.idcc] = convention
    for convention in conventions.values():
        for suivante in convention.remplacantes:
            if suivante not in conventions or suivante == convention.idcc:
                cause = f"la remplaçante « {suivante} » n'existe pas"
                raise ConventionsRefusees(convention.idcc, cause)
    return list(conventions.values())


def _lire(ligne: Mapping[str, str]) -> Convention:
    idcc = ligne["idcc"]
    if not _IDCC.fullmatch(idcc):
        raise ConventionsRefusees(idcc, "un IDCC compte quatre chiffres")
    if not ligne["titre"].strip():
        raise ConventionsRefusees(idcc, "le titre manque")
    if ligne["etat"] not in ETATS:
        raise ConventionsRefusees(idcc, f"l'état « {ligne['etat']} » est inconnu")
    if ligne["associative"] not in _OUI_NON:
        raise ConventionsRefusees(idcc, "« associative » se remplit par oui ou non")
    cloturee_le = _lire_date(idcc, ligne["cloturee_le"])
    if cloturee_le is not None and ligne["etat"] != CLOTUREE:
        raise ConventionsRefusees(idcc, "une date de clôture sur une convention non clôturée")
    return Convention(
        idcc=idcc,
        titre=ligne["titre"],
        titre_court=ligne["titre_court"],
        etat=ligne["etat"],
        cloturee_le=cloturee_le,
        remplacee_par=ligne["remplacee_par"],
        associative=_OUI_NON[ligne["associative"]],
    )


def _lire_date(idcc: str, texte: str) -> date | None:
    if not texte:
        return None
    try:
        if _DATE.fullmatch(texte):
            return date.fromisoformat(texte)
    except ValueError:
        pass
    raise ConventionsRefusees(idcc, f"« {texte} » n'est pas une date AAAA-MM-JJ")


@dataclass(frozen=True, slots=True)
class NafProbable:
    """The convention that associations of a NAF code most likely follow, from a day on.

    `aussi`: others that are as plausible. `certain`: any other deserves a look; otherwise only
    an employer without convention is pointed out. `naf` is written without its point.
    """

    naf: str
    libelle: str
    idcc: str
    aussi: tuple[str, ...]
    certain: bool
    depuis_le: date
    source: str


@dataclass(frozen=True, slots=True)
class CcnProbable:
    """A convention to look at, and why: the NAF code and what it stands for."""

    idcc: str
    naf: str
    activite: str
    sans_convention: bool


def lire_naf_probables(donnees: Any, connus: Collection[str]) -> tuple[NafProbable, ...]:
    """Read what `data/naf_probables.yaml` holds.

    Raises:
        ConventionsRefusees: a key is missing, a NAF code of another shape, an IDCC that no
            convention bears, a day that is none, no source, a code twice for one day.
    """
    lus = tuple(_lire_naf(entree, connus) for entree in donnees["codes"])
    doubles = {(p.naf, p.depuis_le) for p in lus}
    if len(doubles) != len(lus):
        raise ConventionsRefusees(donnees["codes"][0]["naf"], "un code NAF figure deux fois")
    return lus


def _lire_naf(entree: Mapping[str, Any], connus: Collection[str]) -> NafProbable:
    naf = str(entree.get("naf", ""))
    if not _NAF.fullmatch(naf):
        raise ConventionsRefusees(naf, "un code NAF compte quatre chiffres et une lettre")
    idcc, aussi = str(entree.get("idcc", "")), tuple(str(i) for i in entree.get("aussi", ()))
    for autre in (idcc, *aussi):
        if autre not in connus:
            raise ConventionsRefusees(autre, f"le code NAF {naf} propose cette convention inconnue")
    depuis_le, certain = entree.get("depuis_le"), entree.get("certain")
    textes = (entree.get("libelle"), entree.get("source"))
    if not isinstance(depuis_le, date) or not isinstance(certain, bool) or not all(textes):
        raise ConventionsRefusees(idcc, f"le code NAF {naf} n'a pas tous ses renseignements")
    libelle, source = (str(texte) for texte in textes)
    return NafProbable(naf.replace(".", ""), libelle, idcc, aussi, certain, depuis_le, source)


def ccn_probable(table: Iterable[NafProbable], naf: str, idcc: str, au: date) -> CcnProbable | None:
    """Return the convention that an employer's NAF points to, when its own deserves a look.

    Args:
        table: the codes, with their conventions.
        naf: of the employer, without point, "" when it has none.
        idcc: of the employer, "" when it has none.
        au: the day.

    Source:
        Code du travail, art. L2261-2: the main activity decides, the NAF only points to it.
    """
    jusque_la = [p for p in table if p.naf == naf.replace(".", "") and p.depuis_le <= au]
    if not jusque_la:
        return None
    p = max(jusque_la, key=lambda probable: probable.depuis_le)
    sans_convention = idcc in {"", ABSENCE}
    ailleurs = p.certain and idcc not in {p.idcc, *p.aussi}
    if not (sans_convention or ailleurs):
        return None
    return CcnProbable(p.idcc, p.naf, p.libelle, sans_convention)
