"""A convention collective, and the strict reading of the reference list."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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
