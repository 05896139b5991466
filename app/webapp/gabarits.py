"""Templates: strict variables, French typography at compile time, filters of the trade."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, request, url_for
from jinja2 import StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from app.noyau import argent, identifiants, periodes, typographie
from app.socle.horloge import PARIS
from app.socle.web import etage
from app.webapp.screens import MAINTENANCE, NAVIGATION


class Typographie(Extension):
    """Typesets the literal text of templates once, when they are compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Pass every token on, literal text typeset."""
        for jeton in stream:
            if jeton.type == "data":
                yield Token(jeton.lineno, "data", typographie.typographier(jeton.value))
            else:
                yield jeton


def _moment(instant: datetime | None) -> str:
    """Write a UTC instant as « 24/11/2026 à 15:49 », time of France."""
    if instant is None:
        return typographie.VIDE
    local = instant.replace(tzinfo=UTC).astimezone(PARIS)
    return f"{periodes.afficher_date(local.date())} à {local:%H:%M}"


def _date(jour: Any) -> str:
    return (
        typographie.VIDE if jour in {None, periodes.FIN_OUVERTE} else periodes.afficher_date(jour)
    )


def _ou_vide(valeur: Any) -> Any:
    return typographie.VIDE if valeur in {None, ""} else valeur


def _octets(taille: int) -> str:
    """Write a size as « 12,4 Mo » (thousands, as systems show it)."""
    for unite, rang in (("Go", 9), ("Mo", 6), ("ko", 3)):
        if taille >= 10**rang:
            return argent.nombre_decimal(taille // 10 ** (rang - 1), 1, 1) + f"\u00a0{unite}"
    return typographie.grouper(taille) + "\u00a0octets"


FILTRES = {
    "euros": argent.afficher_euros,
    "taux": argent.afficher_taux,
    "heures": argent.afficher_heures,
    "jours": argent.afficher_jours,
    "nombre": typographie.grouper,
    "date": _date,
    "moment": _moment,
    "siren": lambda v: _ou_vide(identifiants.afficher_siren(v)),
    "siret": lambda v: _ou_vide(identifiants.afficher_siret(v)),
    "nir": lambda v: _ou_vide(identifiants.afficher_nir(v)),
    "naf": lambda v: _ou_vide(identifiants.afficher_naf(v)),
    "octets": _octets,
    "ou_vide": _ou_vide,
    "typo": typographie.typographier,
}


class Statique:
    """Addresses of static files with a digest, so that browsers may keep them a year."""

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier
        self._connus: dict[str, str] = {}

    def __call__(self, chemin: str) -> str:
        """Return the address of a file under `web/static/`."""
        if chemin not in self._connus:
            contenu = (self._dossier / chemin).read_bytes()
            empreinte = hashlib.sha256(contenu).hexdigest()[:12]
            self._connus[chemin] = url_for("static", filename=chemin, v=empreinte)
        return self._connus[chemin]


def installer(app: Flask) -> None:
    """Set up the template environment."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension(Typographie)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTRES)
    app.jinja_env.globals.update(
        statique=Statique(Path(str(app.static_folder))),
        accorder=typographie.accorder,
        navigation=NAVIGATION,
        maintenance=MAINTENANCE,
        FIN_OUVERTE=periodes.FIN_OUVERTE,
    )
    app.context_processor(_communs)


def _communs() -> dict[str, Any]:
    """What every page knows: where it stands, the theme, whether a window shows it."""
    depart = etage()
    return {
        "chemin": request.path,
        "theme": depart.programme.reglages["theme"],
        "bureau": depart.bureau is not None,
        "par": depart.programme.par,
    }
