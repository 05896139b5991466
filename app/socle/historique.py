"""The journal as people read it: the whole list, and the history of one record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from app.noyau.champs import DATE, Champ
from app.socle.base import Base
from app.socle.journal import SUPPRESSION, EntreeJournal, classe_de, obstacle
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction

ARCHIVE = Champ("archive_le", "Archivage", DATE, vide=None)
"""The column that archives a record; forms do not show it, the journal does."""
ACTIONS = (
    ("creation", "Création"),
    ("modification", "Modification"),
    ("suppression", "Suppression"),
)


@dataclass(frozen=True, slots=True)
class LigneJournal:
    """One change of one record; `avant` and `apres` hold the changed columns."""

    id: int
    moment: datetime
    par: str
    action: str
    objet: str
    objet_id: int
    libelle: str
    designation: str
    avant: dict[str, Any]
    apres: dict[str, Any]

    @property
    def peut_s_annuler(self) -> bool:
        """Tell whether undoing makes sense (a creation is undone by deleting)."""
        return self.action != "creation"


@dataclass(frozen=True, slots=True)
class Changement:
    """One field before and after, in words."""

    libelle: str
    avant: str
    apres: str


def changements(ligne: LigneJournal, champs: Iterable[Champ]) -> tuple[Changement, ...]:
    """Return what a change did to the fields of a form, in their order.

    A creation shows what was filled in, a deletion what was lost.
    """
    lus = [
        (champ, _valeur(champ, ligne.avant), _valeur(champ, ligne.apres))
        for champ in (*champs, ARCHIVE)
    ]
    return tuple(
        Changement(champ.libelle, champ.afficher(avant), champ.afficher(apres))
        for champ, avant, apres in lus
        if avant != apres
    )


def _valeur(champ: Champ, valeurs: dict[str, Any]) -> Any:
    """Return a value that comes from JSON, where a date is ISO text."""
    valeur = valeurs.get(champ.nom, champ.vide)
    est_iso = champ.nature.nom == DATE.nom and isinstance(valeur, str) and valeur
    return date.fromisoformat(valeur) if est_iso else valeur


def objets() -> dict[str, str]:
    """Return the French name of each journalled table."""
    classes = (m.class_ for m in Base.registry.mappers)
    return {c.__tablename__: c.libelle_journal for c in classes if c.libelle_journal}


def lister_journal(t: Transaction, vue: Vue) -> Page[LigneJournal]:
    """Return a page of the journal, latest first.

    Filters: `objet` (table), `action`. Words are looked for in who and in the record's name.
    """
    cherche = func.sans_accents(EntreeJournal.designation + " " + EntreeJournal.par)
    requete: Requete = select(EntreeJournal).where(*mots(cherche, vue.recherche))
    if vue.filtre("objet"):
        requete = requete.where(EntreeJournal.objet == vue.filtre("objet"))
    if vue.filtre("action"):
        requete = requete.where(EntreeJournal.action == vue.filtre("action"))
    lignes, total, vue = paginer(t, requete, vue, [EntreeJournal.id.desc()])
    libelles = objets()
    return Page([_ligne(e, libelles) for (e,) in lignes], total, vue)


def _ligne(e: EntreeJournal, libelles: dict[str, str]) -> LigneJournal:
    return LigneJournal(
        id=e.id,
        moment=e.moment,
        par=e.par,
        action=e.action,
        objet=e.objet,
        objet_id=e.objet_id,
        libelle=libelles.get(e.objet, e.objet),
        designation=e.designation,
        avant=e.valeurs_avant(),
        apres=e.valeurs_apres(),
    )


@dataclass(frozen=True, slots=True)
class LigneHistorique:
    """A change of a record, its fields in words, and whether it can be undone as things stand."""

    entree: LigneJournal
    changements: tuple[Changement, ...]
    annulable: bool


@dataclass(frozen=True, slots=True)
class Suivies:
    """Records whose changes a history tells: their numbers, and their fields."""

    numeros: Sequence[int]
    champs: Sequence[Champ]


def lire_historique(
    t: Transaction, suivies: Mapping[str, Suivies], limite: int = 200
) -> list[LigneHistorique]:
    """Return the changes of some records (by table), latest first."""
    conditions = [
        (EntreeJournal.objet == table) & EntreeJournal.objet_id.in_(s.numeros)
        for table, s in suivies.items()
        if s.numeros
    ]
    requete = (
        select(EntreeJournal)
        .where(or_(*conditions))
        .order_by(EntreeJournal.id.desc())
        .limit(limite)
    )
    libelles = objets()
    lignes = []
    for entree in t.session.scalars(requete):
        vue = _ligne(entree, libelles)
        textes = changements(vue, suivies[entree.objet].champs)
        lignes.append(LigneHistorique(vue, textes, obstacle(t.session, entree) is None))
    return lignes


def numeros_rattaches(t: Transaction, table: str, colonne: str, numero: int) -> list[int]:
    """Return the numbers of the rows that hang on a record, those deleted since included.

    Args:
        t: the transaction.
        table: of the rows.
        colonne: the one that holds the record's number.
        numero: of the record.
    """
    classe = classe_de(table)
    colonnes = classe.__table__.columns
    presents = t.session.scalars(select(colonnes["id"]).where(colonnes[colonne] == numero))
    motif = f'"{colonne}":{numero}'
    perdus = t.session.scalars(
        select(EntreeJournal.objet_id).where(
            EntreeJournal.objet == table,
            EntreeJournal.action == SUPPRESSION,
            or_(
                EntreeJournal.avant.contains(f"{motif},"),
                EntreeJournal.avant.contains(f"{motif}}}"),
            ),
        )
    )
    return sorted({*presents, *perdus})
