"""Results of queries on the demonstration base, and queries written for a test."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.assemblage import Programme
from app.extractions import service
from app.extractions.rules import Presentation, Requete, lire_presentation
from app.extractions.service import Resultat, catalogue

Ligne = dict[str, Any]


@dataclass(frozen=True)
class Atelier:
    """Runs queries on one base, as the screen does."""

    programme: Programme
    ailleurs: Path

    @property
    def base(self) -> Path:
        """The base file."""
        return self.programme.magasin.chemin

    def executer(self, requete: int | Requete, **saisie: str) -> Resultat:
        """Run a query with what is typed."""
        choisie = service.trouver_requete(requete) if isinstance(requete, int) else requete
        with self.programme.transaction() as t:
            valeurs = service.lire_demande(t, choisie, saisie)
        return service.executer_requete(self.base, choisie, valeurs)

    def lignes(self, resultat: Resultat, presentation: Presentation | None = None) -> list[Ligne]:
        """Return every line of a view, by column."""
        presentation = presentation or Presentation()
        noms = [c.nom for c in resultat.montrees(presentation)]
        return [dict(zip(noms, v, strict=True)) for v in resultat.parcourir(presentation)]

    def vue(self, resultat: Resultat, **demande: Any) -> Presentation:
        """Return a presentation that has no defect."""
        presentation, constats = lire_presentation(resultat.colonnes, **demande)
        assert constats == []
        return presentation

    def ecrire(self, sql: str, numero: int = 900, parametres: str = "[]", **reste: str) -> Requete:
        """Write the file of a query, and read it as the catalogue does."""
        lignes = [f"numero: {numero}", "titre: Essai", "theme: Essais", "description: Un essai."]
        lignes += [f"parametres: {parametres}", *(f"{k}: {v}" for k, v in reste.items())]
        dossier = self.ailleurs / str(numero)
        dossier.mkdir(exist_ok=True)
        texte = "/*---\n" + "\n".join(lignes) + f"\n---*/\n{sql}\n"
        (dossier / f"{numero}_essai.sql").write_text(texte, encoding="utf-8")
        return catalogue.lire_requetes(dossier)[0]

    def table(self, nom: str) -> list[Ligne]:
        """Return the rows of a table, read apart from the program."""
        with closing(sqlite3.connect(self.base)) as connexion:
            connexion.row_factory = sqlite3.Row
            return [dict(r) for r in connexion.execute(f"SELECT * FROM {nom}")]  # noqa: S608


@pytest.fixture
def atelier(programme_demo: Programme, tmp_path: Path) -> Atelier:
    """Queries on the demonstration base."""
    return Atelier(programme_demo, tmp_path)


@pytest.fixture
def ajouter(monkeypatch: pytest.MonkeyPatch) -> Callable[[Requete], None]:
    """Put a query written for a test in the catalogue."""

    def faire(requete: Requete) -> None:
        toutes = (*service.lister_requetes(), requete)
        monkeypatch.setattr(catalogue, "lister_requetes", lambda: toutes)
        monkeypatch.setattr(service, "lister_requetes", lambda: toutes)

    return faire
