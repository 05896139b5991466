"""Lists with search, sort and pages, answered by the database: 10 000 lines stay instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.noyau.typographie import sans_accents
from app.socle.transaction import Transaction

T = TypeVar("T")
Requete: TypeAlias = Select[*tuple[Any, ...]]
"""Any query that a list is read from."""
PAR_PAGE = 50
CHIFFRES = 15
"""More digits than any number of a record: SQLite would overflow."""


@dataclass(frozen=True, slots=True)
class Vue:
    """What a person asked of a list: words, order, page, filters by name."""

    recherche: str = ""
    tri: str = ""
    descendant: bool = False
    page: int = 1
    filtres: tuple[tuple[str, str], ...] = ()

    def filtre(self, nom: str) -> str:
        """Return the value of a filter, "" when it is not set."""
        return dict(self.filtres).get(nom, "")

    def numero(self, nom: str) -> int | None:
        """Return a filter that is the number of a record, None when it is none."""
        valeur = self.filtre(nom)
        return int(valeur) if valeur.isdecimal() and len(valeur) <= CHIFFRES else None

    def avec(self, **changements: Any) -> "Vue":
        """Return the same view with something changed."""
        return replace(self, **changements)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list."""

    lignes: Sequence[T]
    total: int
    vue: Vue

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAR_PAGE))

    @property
    def premier(self) -> int:
        """Rank of the first line shown, from 1."""
        return (self.vue.page - 1) * PAR_PAGE + 1 if self.total else 0

    @property
    def dernier(self) -> int:
        """Rank of the last line shown."""
        return min(self.total, self.vue.page * PAR_PAGE)


def mots(colonne: ColumnElement[str], recherche: str) -> list[ColumnElement[bool]]:
    """Return the conditions of a search: each word must stand in the search column.

    Words that are all figures may also be the groups of one number (a SIRET, a NIR).
    """
    demandes = sans_accents(recherche).split()
    conditions = [colonne.contains(m, autoescape=True) for m in demandes]
    numero = "".join(demandes)
    if len(demandes) > 1 and numero.isdecimal():
        return [or_(colonne.contains(numero, autoescape=True), and_(*conditions))]
    return conditions


def paginer(
    t: Transaction, requete: Requete, vue: Vue, ordres: Sequence[ColumnElement[Any]]
) -> tuple[list[Any], int, Vue]:
    """Run one page of a query; a page past the end becomes the last one."""
    total = t.session.scalar(select(func.count()).select_from(requete.order_by(None).subquery()))
    total = int(total or 0)
    page = max(1, min(vue.page, -(-total // PAR_PAGE) or 1))
    limitee = requete.order_by(*ordres).limit(PAR_PAGE).offset((page - 1) * PAR_PAGE)
    return list(t.session.execute(limitee)), total, vue.avec(page=page)
