"""Whose bulletins an action is about: everybody's, a dossier's, an employer's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from app.employeurs.service import employeurs_du_dossier
from app.paie.models import Bulletin
from app.socle.listes import Vue
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Portee:
    """A dossier, or one employer; both None: everybody."""

    dossier: int | None = None
    employeur: int | None = None

    @classmethod
    def de(cls, dossier: str, employeur: str) -> "Portee":
        """Read the numbers of an address; what is no number is everybody."""
        vue = Vue(filtres=(("dossier", dossier), ("employeur", employeur)))
        return cls(vue.numero("dossier"), vue.numero("employeur"))

    def vue(self) -> Vue:
        """Return the view of a list limited to it."""
        filtres = (("dossier", self.dossier), ("employeur", self.employeur))
        return Vue(filtres=tuple((nom, str(n)) for nom, n in filtres if n is not None))

    def employeurs(self, t: Transaction) -> list[int] | None:
        """Return the numbers of its employers, None for all."""
        if self.employeur is not None:
            return [self.employeur]
        if self.dossier is None:
            return None
        return [int(n) for n in t.session.scalars(employeurs_du_dossier(self.dossier))]

    def conditions(self) -> list[ColumnElement[Any]]:
        """Return what limits a query of bulletins to it."""
        if self.employeur is not None:
            return [Bulletin.employeur_id == self.employeur]
        if self.dossier is not None:
            return [Bulletin.employeur_id.in_(employeurs_du_dossier(self.dossier))]
        return []
