"""Files to import: workbooks and texts made from rows, valid identifiers made from numbers."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from stdnum import luhn

import app.employeurs.models
import app.salaries.models  # noqa: F401 -- tables of the base
from app.importations.service import Analyse, Demande, Resultat, analyser, importer
from app.socle.base import Base
from app.socle.transaction import Magasin

Rangees = Sequence[Sequence[object]]


def siret_numero(numero: int) -> str:
    """Return a valid SIRET, another for each number."""
    siren = _avec_cle(f"{30_000_000 + numero:08d}")
    return _avec_cle(f"{siren}0001")


def _avec_cle(radical: str) -> str:
    return next(radical + c for c in "0123456789" if luhn.is_valid(radical + c))


def nir_de(sexe: int, naissance: date, ordre: int) -> str:
    """Return a valid NIR of somebody born that day in Paris."""
    debut = f"{sexe}{naissance.year % 100:02d}{naissance.month:02d}75"
    corps = f"{debut}{ordre // 990 % 990 + 1:03d}{ordre % 990 + 1:03d}"
    return f"{corps}{97 - int(corps) % 97:02d}"


def en_classeur(rangees: Rangees) -> bytes:
    """Return a workbook of one sheet."""
    classeur = Workbook()
    feuille: Any = classeur.active
    for rangee in rangees:
        feuille.append(list(rangee))
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


class Atelier:
    """Imports into one base, as a person would; makes the files."""

    siret = staticmethod(siret_numero)
    nir = staticmethod(nir_de)
    classeur = staticmethod(en_classeur)

    def __init__(self, magasin: Magasin) -> None:
        self.magasin = magasin

    def demande(self, genre: str, fichier: bytes | Rangees, **reste: Any) -> Demande:
        """Return a request for a file, or for rows made into a workbook."""
        octets = fichier if isinstance(fichier, bytes) else en_classeur(fichier)
        return Demande(genre, octets, reste.pop("nom", "fichier.xlsx"), **reste)

    def analyser(self, genre: str, fichier: bytes | Rangees, **reste: Any) -> Analyse:
        """Preview a file."""
        with self.magasin.transaction("essai") as t:
            return analyser(t, self.demande(genre, fichier, **reste))

    def importer(
        self, genre: str, fichier: bytes | Rangees, *, bonnes: bool = False, **reste: Any
    ) -> Resultat:
        """Import a file."""
        with self.magasin.transaction("essai") as t:
            demande = self.demande(genre, fichier, **reste)
            return importer(t, demande, seulement_les_bonnes=bonnes)

    def lire(self, requete: str) -> list[tuple[Any, ...]]:
        """Return rows of the base."""
        with self.magasin.moteur.connect() as connexion:
            return [tuple(ligne) for ligne in connexion.exec_driver_sql(requete)]

    def compter(self, table: str) -> int:
        """Return how many rows a table has."""
        return int(self.lire(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608 -- our names

    def rangees_salaries(self, combien: int, employeurs: int = 1) -> list[list[object]]:
        """Return a sheet of employees, all good."""
        entetes = ["SIRET employeur", "Civilité", "Nom", "Prénom", "N° SS", "Né le", "CP", "Ville"]
        rangees: list[list[object]] = [list(entetes)]
        for i in range(combien):
            sexe, naissance = 1 + i % 2, date(1960 + i % 45, 1 + i % 12, 1 + i % 28)
            civilite = "Monsieur" if sexe == 1 else "Madame"
            siret, nir = siret_numero(i % employeurs), nir_de(sexe, naissance, i)
            noms = [f"Durand{i}", "Camille"]
            rangees.append([siret, civilite, *noms, nir, naissance, 75011, "Paris"])
        return rangees

    def avec_employeurs(self, combien: int = 1) -> None:
        """Put employers into the base."""
        rangees: list[list[object]] = [["Dossier", "Raison sociale", "SIRET"]]
        rangees += [["Sport", f"Association {i}", siret_numero(i)] for i in range(combien)]
        self.importer("employeurs", rangees)


@pytest.fixture
def atelier(tmp_path: Path) -> Iterator[Atelier]:
    """Imports into an empty base."""
    magasin = Magasin(tmp_path / "base.sqlite3")
    Base.metadata.create_all(magasin.moteur)
    yield Atelier(magasin)
    magasin.fermer()


@pytest.fixture
def atelier_avec_employeur(atelier: Atelier) -> Atelier:
    """Imports into a base that has one employer."""
    atelier.avec_employeurs()
    return atelier
