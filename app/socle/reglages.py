"""Settings: declared once with key, default, label, help; read from four places.

Precedence: command line, environment (`CLAIRPAIE_<KEY>`), file `reglages.yaml` of the data
folder, default. A bad value is refused at start with the place where it stands.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.noyau.typographie import sans_accents
from app.socle.donnees import ecrire_yaml, lire_yaml
from app.socle.errors import DonneesInternes, ReglageRefuse, ReglagesIllisibles
from app.socle.fichiers import cause, ecrire_texte

FICHIER = "reglages.yaml"


@dataclass(frozen=True, slots=True)
class Reglage:
    """One setting; `choix` lists the accepted values (empty: any text)."""

    cle: str
    defaut: str
    libelle: str
    aide: str
    choix: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return "CLAIRPAIE_" + self.cle.upper()


REGLAGES: tuple[Reglage, ...] = (
    Reglage(
        "theme",
        "systeme",
        "Apparence",
        "Claire, sombre, ou comme le système.",
        ("systeme", "clair", "sombre"),
    ),
    Reglage(
        "journaux",
        "INFO",
        "Détail des journaux",
        "DEBUG à la demande du support seulement.",
        ("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    Reglage(
        "par",
        "",
        "Votre nom",
        "Écrit dans le journal des modifications ; vide : le nom de votre session.",
    ),
    Reglage(
        "bureau",
        "",
        "Dossier des rapports déposés",
        "Où les rapports sont posés pour vous ; vide : le bureau de votre session.",
    ),
    Reglage(
        "supports",
        "",
        "Dossier des supports amovibles",
        "Chaque dossier qu'il contient compte comme une clé USB ; vide : les clés du système.",
    ),
    Reglage(
        "database_url",
        "",
        "Base de données en réseau",
        "Adresse SQLAlchemy d'une base PostgreSQL ; vide : le fichier local.",
    ),
)


class Reglages(Mapping[str, str]):
    """The settings in force."""

    def __init__(self, dossier: Path, imposes: Mapping[str, str] | None = None) -> None:
        self._fichier = dossier / FICHIER
        self._imposes = dict(imposes or {})
        self._tout = self._lire_fichier()
        for reglage in REGLAGES:
            self[reglage.cle]

    def _lire_fichier(self) -> dict[str, Any]:
        """Return all that the file holds, keys that we do not know too."""
        chemin = str(self._fichier)
        try:
            texte = self._fichier.read_text(encoding="utf-8")
            tout = lire_yaml(texte, chemin)
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError as erreur:
            raise ReglagesIllisibles(chemin, "ce n'est pas un texte en UTF-8") from erreur
        except OSError as erreur:
            raise ReglagesIllisibles(chemin, cause(erreur)) from erreur
        except DonneesInternes as erreur:
            raise ReglagesIllisibles(chemin, erreur.cause) from erreur
        if not isinstance(tout, dict | None):
            raise ReglagesIllisibles(chemin, "il faut une ligne « clé: valeur » par réglage")
        return tout or {}

    def _du_fichier(self, cle: str) -> str:
        valeur = self._tout.get(cle)
        return "" if valeur is None else str(valeur)

    def __getitem__(self, cle: str) -> str:
        reglage = next((r for r in REGLAGES if r.cle == cle), None)
        if reglage is None:
            raise KeyError(cle)
        for origine, valeur in (
            ("ligne de commande", self._imposes.get(cle)),
            (f"variable {reglage.variable}", os.environ.get(reglage.variable)),
            (f"fichier {self._fichier}", self._du_fichier(cle)),
        ):
            if valeur:
                return _accepter(reglage, valeur, origine)
        return reglage.defaut

    def __iter__(self) -> Iterator[str]:
        return (r.cle for r in REGLAGES)

    def __len__(self) -> int:
        return len(REGLAGES)

    def enregistrer(self, valeurs: Mapping[str, str]) -> None:
        """Write settings to the file; unknown keys of the file are kept.

        Raises:
            ReglageRefuse: a value is not among the choices.
        """
        for reglage in REGLAGES:
            if valeurs.get(reglage.cle):
                _accepter(reglage, valeurs[reglage.cle], "écran des réglages")
        tout = {**self._tout, **valeurs}
        ecrire_texte(self._fichier, ecrire_yaml(tout))
        self._tout = tout


def _accepter(reglage: Reglage, valeur: str, origine: str) -> str:
    if not reglage.choix:
        return valeur
    for choix in reglage.choix:
        if sans_accents(choix) == sans_accents(valeur):
            return choix
    raise ReglageRefuse(reglage.cle, valeur, origine, ", ".join(reglage.choix))
