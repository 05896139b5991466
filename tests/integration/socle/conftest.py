"""An open base with a small dossier: one association, one employee."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.assemblage import ouvrir_base
from app.employeurs.models import Dossier, Employeur
from app.salaries.models import Salarie
from app.socle.base import NOM_FICHIER
from app.socle.journal import EntreeJournal
from app.socle.transaction import Magasin, Transaction


@pytest.fixture(scope="session")
def base_modele(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed base with an association and an employee; copied, never opened in place."""
    chemin = tmp_path_factory.mktemp("socle") / NOM_FICHIER
    magasin = ouvrir_base(chemin)
    with magasin.transaction("préparation") as t:
        dossier = Dossier(nom="Dossier d'essai")
        t.session.add(dossier)
        t.session.flush()
        employeur = Employeur(dossier_id=dossier.id, raison_sociale="Les Amis", commune="Lyon")
        t.session.add(employeur)
        t.session.flush()
        t.session.add(
            Salarie(
                employeur_id=employeur.id,
                civilite="mme",
                nom_naissance="Durand",
                prenoms="Anne",
                ne_le=date(1990, 5, 31),
            )
        )
    magasin.fermer()
    return chemin


@pytest.fixture
def chemin(base_modele: Path, tmp_path: Path) -> Path:
    """A private copy of that base."""
    copie = tmp_path / "donnees" / NOM_FICHIER
    copie.parent.mkdir()
    copie.write_bytes(base_modele.read_bytes())
    return copie


@pytest.fixture
def magasin(chemin: Path) -> Iterator[Magasin]:
    """The base, open."""
    ouvert = Magasin(chemin)
    yield ouvert
    ouvert.fermer()


def entrees(t: Transaction, objet: str = "employeur", objet_id: int = 1) -> list[EntreeJournal]:
    """Return the entries of a record, first one first."""
    from app.socle import journal

    return journal.lire(t.session, objet, objet_id)[::-1]


def modifier(magasin: Magasin, **valeurs: object) -> None:
    """Change the association, in the name of Paul."""
    with magasin.transaction("Paul") as t:
        for nom, valeur in valeurs.items():
            setattr(t.session.get_one(Employeur, 1), nom, valeur)


def lire(magasin: Magasin, colonne: str = "commune") -> object:
    """Return a column of the association as the base holds it."""
    with magasin.transaction("lecture") as t:
        return getattr(t.session.get_one(Employeur, 1), colonne)
