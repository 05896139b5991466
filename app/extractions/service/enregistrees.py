"""Queries that a person wrote and kept: saved under a name, found again, deleted."""

import re
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.extractions.errors import NomDeRequetePris, RequeteIntrouvable
from app.extractions.models import RequeteEnregistree
from app.extractions.rules import Requete
from app.extractions.rules import libre as rules
from app.extractions.rules.entete import LIBRES
from app.extractions.service import catalogue
from app.noyau import champs
from app.noyau.champs import Champ
from app.noyau.typographie import sans_accents
from app.socle.journal import derniere_entree
from app.socle.transaction import Transaction

_REFERENCE = re.compile(r"[Mm](\d{1,6})(?:\.\s.*|\.)?")
NOM = Champ("nom", "Nom de la requête", champs.texte(80), obligatoire=True)


@dataclass(frozen=True, slots=True)
class Enregistree:
    """A query that was kept."""

    id: int
    nom: str
    sql: str

    @property
    def numero(self) -> int:
        """Its number among all queries."""
        return LIBRES + self.id

    def en_requete(self) -> Requete:
        """Return it as the catalogue shows a query."""
        libre = rules.requete_libre(self.sql, self.nom, self.id)
        return replace(libre, theme="Mes requêtes", description=" ".join(self.sql.split())[:200])


def lister_enregistrees(t: Transaction) -> list[Enregistree]:
    """Return the queries that were kept, by name."""
    lues = t.session.scalars(select(RequeteEnregistree).order_by(RequeteEnregistree.cle))
    return [Enregistree(r.id, r.nom, r.sql) for r in lues]


def toutes_les_requetes(t: Transaction) -> list[Requete]:
    """Return the predefined queries by number, then one's own by name."""
    return [*catalogue.lister_requetes(), *(e.en_requete() for e in lister_enregistrees(t))]


def trouver(t: Transaction, saisie: int | str) -> Requete:
    """Return a query of all: « 35 », « M3 », « M3. Mes adhérents », or its number.

    Raises:
        RequeteAChoisir: nothing is said.
        RequeteIntrouvable: none.
    """
    texte = str(saisie).strip()
    if isinstance(saisie, int) and saisie > LIBRES:
        return lire_enregistree(t, saisie - LIBRES).en_requete()
    if (mienne := _REFERENCE.fullmatch(texte)) is not None:
        return lire_enregistree(t, int(mienne[1])).en_requete()
    return catalogue.trouver_requete(saisie)


def _lire(t: Transaction, numero: int) -> RequeteEnregistree:
    gardee = t.session.get(RequeteEnregistree, numero)
    if gardee is None:
        raise RequeteIntrouvable(f"M{numero}")
    return gardee


def lire_enregistree(t: Transaction, numero: int) -> Enregistree:
    """Return a query that was kept.

    Raises:
        RequeteIntrouvable: deleted, or never was.
    """
    gardee = _lire(t, numero)
    return Enregistree(gardee.id, gardee.nom, gardee.sql)


def enregistrer(t: Transaction, nom: str, sql: str, numero: int = 0) -> Enregistree:
    """Keep a query under a name; with a number, that one changes.

    Raises:
        ChampObligatoire, TexteTropLong: the name.
        ErreurMetier: it is not a query (see `rules.libre.lire_libre`).
        NomDeRequetePris: another one has the name.
        RequeteIntrouvable: the one to change was deleted.
    """
    propre = NOM.lire(nom)
    texte = rules.lire_libre(sql)
    cle = sans_accents(propre)
    prise = select(RequeteEnregistree.nom).where(
        RequeteEnregistree.cle == cle, RequeteEnregistree.id != numero
    )
    if (autre := t.session.scalar(prise)) is not None:
        raise NomDeRequetePris(autre)
    gardee = _lire(t, numero) if numero else RequeteEnregistree()
    gardee.nom, gardee.cle, gardee.sql = propre, cle, texte
    t.session.add(gardee)
    t.session.flush()
    return Enregistree(gardee.id, propre, texte)


def supprimer_enregistree(t: Transaction, numero: int) -> tuple[str, int | None]:
    """Delete a query; returns its name, and the journal entry that brings it back.

    Raises:
        RequeteIntrouvable: deleted, or never was.
    """
    gardee = _lire(t, numero)
    nom = gardee.nom
    t.session.delete(gardee)
    t.session.flush()
    return nom, derniere_entree(t.session, "requete_enregistree", numero)
