"""Helpers for views: the open program, pages with a typed model, forms, fragments, toasts."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol, cast

from flask import Response, current_app, make_response, render_template, request
from sqlalchemy.orm import Session

from app.noyau.champs import Champ, Nature
from app.noyau.erreurs import (
    Avertissement,
    ConfirmationRequise,
    Constat,
    DonneesRefusees,
    ErreurMetier,
)
from app.noyau.typographie import typographier
from app.socle.contexte import ProgrammeOuvert
from app.socle.listes import Vue
from app.socle.transaction import Transaction


class Bureau(Protocol):
    """What the desktop shell offers to the pages; absent when a browser shows them."""

    def ouvrir(self, chemin: str, titre: str) -> None:
        """Open a page in a window of its own, or bring that window forward."""

    def avancer(self) -> None:
        """Bring the main window to the front."""

    def choisir(self, depart: str, *, fichier: bool = False) -> str:
        """Ask for a folder, or a file, in the system's own window; "" when the person gives up."""

    def quitter(self) -> None:
        """Close every window and stop the program."""


@dataclass
class Etage:
    """What the web floor keeps for the views (`app.extensions["clairpaie"]`)."""

    programme: ProgrammeOuvert
    session: Any
    bureau: Bureau | None = None


def etage() -> Etage:
    """Return the web floor's own data for the current application."""
    return cast("Etage", current_app.extensions["clairpaie"])


def programme() -> ProgrammeOuvert:
    """Return the open program."""
    return etage().programme


@contextmanager
def transaction() -> Iterator[Transaction]:
    """Open a transaction in the name of the person, on the request's session."""
    ouvert = programme()
    session = cast("Session", etage().session())
    with ouvert.magasin.transaction(ouvert.par, session) as t:
        yield t


def page(gabarit: str, modele: Any, statut: int = 200) -> Response:
    """Render a template with the fields of its page model."""
    contexte = {f.name: getattr(modele, f.name) for f in fields(modele)}
    return make_response(render_template(gabarit, **contexte), statut)


def est_fragment() -> bool:
    """Tell whether htmx asks for a part of the page (not a boosted or restored whole one)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def cible() -> str:
    """Return the id of the element that htmx will replace."""
    return request.headers.get("HX-Target", "")


def formulaire() -> dict[str, str]:
    """Return the fields that were sent, as text."""
    return {nom: valeur for nom, valeur in request.form.items() if not nom.startswith("_")}


def version_vue() -> int | None:
    """Return the version of the record that the form was made from."""
    valeur = request.form.get("_version", "")
    return int(valeur) if valeur.isdecimal() else None


def confirmes() -> frozenset[str]:
    """Return the codes of the warnings that the person confirmed."""
    return frozenset(request.form.getlist("_confirmer"))


def vue_demandee(filtres: Sequence[str]) -> Vue:
    """Read search, order, page and filters from the address."""
    arguments = request.args
    tri = arguments.get("tri", "")
    numero = arguments.get("page", "1")
    return Vue(
        recherche=arguments.get("q", "").strip()[:100],
        tri=tri.removeprefix("-"),
        descendant=tri.startswith("-"),
        page=int(numero) if numero.isdecimal() and len(numero) < 7 else 1,
        filtres=tuple((f, arguments.get(f, "")) for f in filtres),
    )


def _annoncer(reponse: Response, **evenements: Any) -> Response:
    deja = json.loads(reponse.headers.get("HX-Trigger", "{}"))
    reponse.headers["HX-Trigger"] = json.dumps(deja | evenements)
    return reponse


def message(
    reponse: Response,
    texte: str,
    *,
    annuler: int | None = None,
    genre: str = "succes",
    lien: tuple[str, str] | None = None,
) -> Response:
    """Add a toast to a response.

    Args:
        reponse: what is answered.
        texte: what happened.
        annuler: journal entry that the toast's button undoes.
        genre: « succes », « alerte » or « erreur ».
        lien: words and address of where to go on.
    """
    contenu: dict[str, Any] = {"texte": typographier(texte), "annuler": annuler, "genre": genre}
    if lien is not None:
        contenu["lien"] = {"texte": typographier(lien[0]), "adresse": lien[1]}
    return _annoncer(reponse, **{"clairpaie:message": contenu})


def adresse_locale(adresse: str, defaut: str) -> str:
    """Return an address of the program to go back to; the other one when it is none."""
    locale = adresse.startswith("/") and not adresse.startswith(("//", "/\\"))
    return adresse if locale else defaut


def aller(adresse: str) -> Response:
    """Send the browser to another page, from a form sent by htmx or by the browser itself."""
    if est_fragment():
        return make_response(
            "",
            204,
            {
                "HX-Location": json.dumps(
                    {
                        "path": adresse,
                        "target": "#page",
                        "select": "#page",
                        "swap": "outerHTML scroll:#contenu:top",
                    }
                )
            },
        )
    return make_response("", 303, {"Location": adresse})


@dataclass(frozen=True, slots=True)
class ChampVu:
    """A field as the form shows it."""

    nom: str
    libelle: str
    nature: Nature
    valeur: str
    obligatoire: bool = False
    aide: str = ""
    erreur: str = ""
    remede: str = ""
    suggestions: tuple[str, ...] = ()
    groupe: str = ""


@dataclass(frozen=True, slots=True)
class FormulaireVu:
    """A form as the page shows it: fields, top error, warnings to confirm, version."""

    champs: tuple[ChampVu, ...]
    version: int | None = None
    erreur: str = ""
    remede: str = ""
    a_confirmer: tuple[Avertissement, ...] = ()

    def groupe(self, nom: str) -> tuple[ChampVu, ...]:
        """Return the fields of one tab or heading."""
        return tuple(c for c in self.champs if c.groupe == nom)

    def champ(self, nom: str) -> ChampVu:
        """Return one field."""
        return next(c for c in self.champs if c.nom == nom)

    def avec_suggestions(self, nom: str, suggestions: Sequence[str]) -> "FormulaireVu":
        """Return the form with suggestions under one field."""
        return replace(
            self,
            champs=tuple(
                replace(c, suggestions=tuple(suggestions)) if c.nom == nom else c
                for c in self.champs
            ),
        )


def formulaire_vide(
    champs: Sequence[Champ], textes: Mapping[str, str] | None = None, version: int | None = None
) -> FormulaireVu:
    """Return a form to fill in, with the texts given."""
    return _former(champs, textes or {}, {}, version)


def formulaire_de(
    champs: Sequence[Champ], valeurs: Mapping[str, Any], version: int | None = None
) -> FormulaireVu:
    """Return a form that shows stored values."""
    return _former(champs, {c.nom: c.ecrire(valeurs.get(c.nom)) for c in champs}, {}, version)


def formulaire_refuse(
    champs: Sequence[Champ],
    saisie: Mapping[str, str],
    erreur: Exception,
    version: int | None = None,
) -> FormulaireVu:
    """Return the form as it was typed, with what was refused beside each field.

    Raises:
        Exception: the error itself, when it is none that a form shows.
    """
    constats: dict[str, Constat] = {}
    haut, remede = "", ""
    a_confirmer: tuple[Avertissement, ...] = ()
    if isinstance(erreur, DonneesRefusees):
        for constat in erreur.constats:
            constats.setdefault(constat.champ, constat)
        haut, remede = erreur.texte(), erreur.texte_remede()
    elif isinstance(erreur, ConfirmationRequise):
        haut, remede, a_confirmer = erreur.texte(), erreur.texte_remede(), erreur.avertissements
    elif isinstance(erreur, ErreurMetier) and erreur.statut != 404:
        if erreur.champ:
            constats[erreur.champ] = Constat.de_l_erreur(erreur)
        haut, remede = erreur.texte(), erreur.texte_remede()
    else:
        raise erreur
    vu = _former(champs, saisie, constats, version)
    return replace(vu, erreur=haut, remede=remede, a_confirmer=a_confirmer)


def _former(
    champs: Sequence[Champ],
    textes: Mapping[str, str],
    constats: Mapping[str, Constat],
    version: int | None,
) -> FormulaireVu:
    vus = []
    for champ in champs:
        constat = constats.get(champ.nom)
        vus.append(
            ChampVu(
                nom=champ.nom,
                libelle=champ.libelle,
                nature=champ.nature,
                valeur=_valeur_de_formulaire(champ, textes),
                obligatoire=champ.obligatoire,
                aide=champ.aide,
                erreur=constat.message if constat else "",
                remede=constat.remede if constat else "",
                groupe=champ.groupe,
            )
        )
    return FormulaireVu(tuple(vus), version)


def _valeur_de_formulaire(champ: Champ, textes: Mapping[str, str]) -> str:
    if champ.nom in textes:
        return textes[champ.nom]
    return str(champ.vide) if champ.nature.choix and champ.vide else ""
