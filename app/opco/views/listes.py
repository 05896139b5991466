"""Screens « Paramétrage (Taux) » › OPCO, former OPCA, and a convention with its OPCO."""

from dataclasses import dataclass

from flask import Response

from app.conventions import service as conventions
from app.conventions.rules import Convention
from app.noyau.periodes import Periode
from app.opco import service
from app.opco.errors import ConventionIntrouvable
from app.opco.rules import AncienOpca
from app.opco.service import OpcoResume
from app.opco.views.racine import bp
from app.socle.web import page, transaction


@dataclass(frozen=True, slots=True)
class PageOpco:
    """The 11 OPCO."""

    liste: tuple[OpcoResume, ...]


@dataclass(frozen=True, slots=True)
class PageAnciens:
    """The former OPCA."""

    liste: tuple[AncienOpca, ...]


@dataclass(frozen=True, slots=True)
class PageConvention:
    """A convention, the ones that follow it, and its OPCO through time."""

    convention: Convention
    remplacantes: tuple[Convention, ...]
    periodes: tuple[tuple[Periode, str], ...]
    attendu: str


@bp.get("/")
def lister() -> Response:
    """Show the OPCO with the number of conventions that follow each."""
    with transaction() as t:
        return page("opco/liste.html", PageOpco(tuple(service.lister_opco(t, t.aujourd_hui))))


@bp.get("/anciens")
def lister_anciens() -> Response:
    """Show what became of each OPCA on 01/04/2019."""
    return page("opco/anciens.html", PageAnciens(service.anciens_opca()))


@bp.get("/conventions/<idcc>")
def montrer_convention(idcc: str) -> Response:
    """Show a convention and its OPCO."""
    with transaction() as t:
        convention = conventions.lire(t, idcc)
        if convention is None:
            raise ConventionIntrouvable(idcc)
        suivantes = (conventions.lire(t, autre) for autre in convention.remplacantes)
        modele = PageConvention(
            convention,
            tuple(c for c in suivantes if c is not None),
            tuple(service.periodes_d_une_convention(t, idcc)),
            service.correspondance(t, idcc, t.aujourd_hui) or "",
        )
    return page("opco/convention.html", modele)
