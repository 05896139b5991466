"""What services share about records: values in and out of a row, checked reads, search keys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import insert, inspect

from app.noyau.erreurs import Constat, DonneesRefusees
from app.noyau.typographie import sans_accents
from app.socle.base import Base
from app.socle.errors import ModifieEntreTemps
from app.socle.journal import TENU, noter_creations
from app.socle.transaction import Transaction

T = TypeVar("T", bound=Base)


def exiger(constats: Sequence[Constat]) -> None:
    """Stop when a form has defects.

    Raises:
        DonneesRefusees: with every finding.
    """
    if constats:
        raise DonneesRefusees(tuple(constats))


def remplir(fiche: Base, valeurs: Mapping[str, Any]) -> None:
    """Put values into a row; equal ones are left alone, so that the journal stays true."""
    for nom, valeur in valeurs.items():
        if getattr(fiche, nom) != valeur:
            setattr(fiche, nom, valeur)


def valeurs_de(fiche: Base) -> dict[str, Any]:
    """Return the columns of a row by name."""
    return {c.key: getattr(fiche, c.key) for c in inspect(type(fiche)).column_attrs}


def exiger_version(fiche: Base, version: int | None) -> None:
    """Stop when the record changed since the person saw it (None: not asked).

    Raises:
        ModifieEntreTemps: the versions differ.
    """
    if version is not None and version != getattr(fiche, "version", None):
        raise ModifieEntreTemps


def cle_de_recherche(*textes: str) -> str:
    """Return what a search looks in: the texts without accents, one after the other."""
    return sans_accents(" ".join(t for t in textes if t))


def inserer_en_masse(
    t: Transaction, classe: type[T], fiches: Iterable[Mapping[str, Any]]
) -> list[int]:
    """Insert many rows at once, journalled like the others; returns their numbers in order."""
    instant = t.maintenant.replace(tzinfo=None)
    communs = {"version": 1, "cree_a": instant, "modifie_a": instant}
    colonnes = {c.key for c in inspect(classe).column_attrs} - {"id"}
    lignes = [{k: v for k, v in fiche.items() if k in colonnes} | communs for fiche in fiches]
    if not lignes:
        return []
    lignes = _completer(classe, lignes)
    requete = insert(classe).returning(classe.__table__.columns["id"], sort_by_parameter_order=True)
    numeros = [int(n) for n in t.session.scalars(requete, lignes, execution_options=TENU)]
    noter_creations(t.session, classe, numeros, lignes)
    return numeros


def _completer(classe: type[Base], lignes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every row the same columns, absent ones at their default, as bulk inserts want."""
    vides = dict.fromkeys(c for ligne in lignes for c in ligne)
    defauts = {
        colonne.key: colonne.default.arg
        for colonne in classe.__table__.columns
        if colonne.default is not None and colonne.default.is_scalar
    }
    return [{**vides, **defauts, **ligne} for ligne in lignes]


def verser(
    t: Transaction, classe: type[Base], colonnes: Sequence[str], lignes: Sequence[Sequence[Any]]
) -> None:
    """Insert plain rows by the hundred thousand, as tuples in the order of the columns.

    For tables that are neither journalled nor dated: nothing stands between rows and driver.
    """
    if not lignes:
        return
    connexion = t.session.connection()
    place = "?" if connexion.dialect.paramstyle == "qmark" else "%s"
    places = ", ".join([place] * len(colonnes))
    table = classe.__tablename__
    ordre = f"INSERT INTO {table} ({', '.join(colonnes)}) VALUES ({places})"  # noqa: S608 -- our names
    connexion.exec_driver_sql(ordre, [tuple(ligne) for ligne in lignes])


def en_chunks(numeros: Sequence[int], taille: int = 500) -> Iterable[Sequence[int]]:
    """Cut a list of numbers into pieces that one SQL statement can hold."""
    for i in range(0, len(numeros), taille):
        yield numeros[i : i + taille]
