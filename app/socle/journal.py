"""Journal: every change of a record, who, when, before, after — in the same transaction.

Rules:
- A model with a `libelle_journal` is journalled by itself, whatever code changes it. What
  would go behind its back (INSERT, UPDATE, DELETE of many rows at once) is refused as a bug,
  unless the caller says that it keeps the journal itself (`TENU`).
- Values are kept as JSON, dates ISO, amounts in centimes; only changed columns for an update.
- An entry can be undone (`annuler_entree`): the undoing is a change like any other.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from blinker import Signal
from sqlalchemy import DateTime, Index, Text, event, insert, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    scoped_session,
    sessionmaker,
)

from app.noyau.erreurs import ErreurMetier
from app.socle.base import Base, Horodatage
from app.socle.errors import FicheIntrouvable, RetablissementImpossible

CREATION, MODIFICATION, SUPPRESSION = "creation", "modification", "suppression"
SessionFactory = sessionmaker[Session] | scoped_session[Any]
modification_annulee = Signal("A change was undone")
"""Sent with the transaction, `fiche` and `avant`: its columns as they were before the undoing."""
acte_annule = Signal("An action was undone, or a part of it")
"""Sent with the transaction and `entree` (`EntreeJournal`), once what it brings back is written
and `modification_annulee` was sent: a receiver brings back what else belongs to the action, or
refuses by raising."""
TENU = {"journal_tenu": True}
"""Execution options of a statement on many rows whose caller writes the entries."""
_TECHNIQUES = frozenset({"version", "cree_a", "modifie_a"})


class EntreeJournal(Base):
    """One change of one record."""

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "objet", "objet_id"),
        Index(None, "objet", "action"),
        Index(None, "moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[datetime] = mapped_column(DateTime)
    par: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    objet: Mapped[str] = mapped_column(Text)
    objet_id: Mapped[int]
    designation: Mapped[str] = mapped_column(Text, default="")
    avant: Mapped[str | None] = mapped_column(Text)
    apres: Mapped[str | None] = mapped_column(Text)

    def valeurs_avant(self) -> dict[str, Any]:
        """Values before the change, by column."""
        return json.loads(self.avant) if self.avant else {}

    def valeurs_apres(self) -> dict[str, Any]:
        """Values after the change, by column."""
        return json.loads(self.apres) if self.apres else {}


def _json(valeurs: dict[str, Any]) -> str:
    return json.dumps(valeurs, ensure_ascii=False, default=_en_texte, separators=(",", ":"))


def _en_texte(valeur: Any) -> str:
    if isinstance(valeur, date | datetime):
        return valeur.isoformat()
    raise TypeError(type(valeur).__name__)


def _colonnes(classe: type[Base]) -> list[str]:
    exclues = _TECHNIQUES | classe.hors_journal
    return [c.key for c in inspect(classe).column_attrs if c.key not in exclues]


def _entiere(objet: Base) -> dict[str, Any]:
    return {c: getattr(objet, c) for c in _colonnes(type(objet))}


def _avant(session: Session, objet: Base) -> dict[str, Any]:
    """Return the columns about to change, with the values that the base still holds."""
    attributs = inspect(objet).attrs
    histoires = {c: attributs[c].history for c in _colonnes(type(objet))}
    changees = {c: h.deleted for c, h in histoires.items() if h.has_changes()}
    avant = {c: valeurs[0] for c, valeurs in changees.items() if valeurs}
    if len(avant) < len(changees):  # set without having been read: only the base knows
        table = objet.__table__
        requete = select(*(table.c[c] for c in changees)).where(table.c.id == objet.id)  # type: ignore[attr-defined]
        avant = dict(session.connection().execute(requete).mappings().one())
    return {c: valeur for c, valeur in avant.items() if valeur != getattr(objet, c)}


def _entree(session: Session, objet: Base, action: str, avant: Any, apres: Any) -> dict[str, Any]:
    return {
        "moment": session.info["maintenant"],
        "par": session.info["par"],
        "action": action,
        "objet": objet.__tablename__,
        "objet_id": objet.id,  # type: ignore[attr-defined]
        "designation": str(objet)[:200],
        "avant": _json(avant) if avant else None,
        "apres": _json(apres) if apres else None,
    }


def _est_suivi(classe: type[Base]) -> bool:
    """Tell whether every change of a table's records is journalled by itself."""
    return bool(classe.libelle_journal) and classe.journal_automatique


def noter_acte(session: Session, objet: Base, avant: dict[str, Any], apres: dict[str, Any]) -> None:
    """Journal what a person did to a record that is not journalled by itself."""
    noter_actes(session, [(objet, avant, apres)])


def noter_actes(
    session: Session, actes: Iterable[tuple[Base, dict[str, Any], dict[str, Any]]]
) -> None:
    """Journal what a person did to many such records at once: (record, before, after)."""
    entrees = [_entree(session, objet, MODIFICATION, a, b) for objet, a, b in actes]
    if entrees:
        session.execute(insert(EntreeJournal), entrees)


def _dater(session: Session, _uow: UOWTransaction, _objets: Any) -> None:
    """Stamp changed records and keep what they were, before the flush forgets it."""
    attente: list[tuple[Base, str, Any, Any]] = []
    maintenant = session.info["maintenant"]
    for objet in session.new:
        if isinstance(objet, Horodatage):
            objet.cree_a = objet.cree_a or maintenant
            objet.modifie_a = maintenant
        if isinstance(objet, Base) and _est_suivi(type(objet)):
            attente.append((objet, CREATION, None, None))
    for objet in session.dirty:
        if not (isinstance(objet, Base) and isinstance(objet, Horodatage)):
            continue
        if avant := _avant(session, objet):
            objet.modifie_a = maintenant
            objet.version += 1
            if _est_suivi(type(objet)):
                apres = {c: getattr(objet, c) for c in avant}
                attente.append((objet, MODIFICATION, avant, apres))
    attente.extend(
        (objet, SUPPRESSION, _entiere(objet) | _avant(session, objet), None)
        for objet in session.deleted
        if isinstance(objet, Base) and _est_suivi(type(objet))
    )
    session.info["journal"] = attente


def _ecrire(session: Session, _uow: UOWTransaction) -> None:
    """Write the entries once the new records have their numbers."""
    attente = session.info.pop("journal", [])
    lignes = [
        _entree(session, o, action, avant, _entiere(o) if action == CREATION else apres)
        for o, action, avant, apres in attente
    ]
    if lignes:
        session.connection().execute(EntreeJournal.__table__.insert(), lignes)  # type: ignore[attr-defined]


def _refuser_dans_le_dos(etat: ORMExecuteState) -> None:
    """Stop a statement that would change journalled records without an entry."""
    ecrit = etat.is_insert or etat.is_update or etat.is_delete
    if not ecrit or etat.bind_mapper is None or etat.execution_options.get("journal_tenu"):
        return
    if _est_suivi(etat.bind_mapper.class_):
        raise RuntimeError(f"{etat.bind_mapper.class_.__name__} changes without journal entries")


def brancher(sessions: SessionFactory) -> None:
    """Make the sessions of a factory write the journal; `info` holds `par` and `maintenant`."""
    event.listen(sessions, "before_flush", _dater)
    event.listen(sessions, "after_flush", _ecrire)
    event.listen(sessions, "do_orm_execute", _refuser_dans_le_dos)


def lire(session: Session, objet: str, objet_id: int, limite: int = 200) -> list[EntreeJournal]:
    """Return the changes of one record, latest first."""
    requete = (
        select(EntreeJournal)
        .where(EntreeJournal.objet == objet, EntreeJournal.objet_id == objet_id)
        .order_by(EntreeJournal.id.desc())
        .limit(limite)
    )
    return list(session.scalars(requete))


def derniere_entree(session: Session, objet: str, objet_id: int) -> int | None:
    """Return the number of the last change of a record, to offer its undoing."""
    entrees = lire(session, objet, objet_id, 1)
    return entrees[0].id if entrees else None


def classe_de(table: str) -> type[Base]:
    """Return the model of a table."""
    for mappeur in Base.registry.mappers:
        if mappeur.local_table.name == table:  # type: ignore[attr-defined]
            return mappeur.class_
    raise FicheIntrouvable(f"La table {table}")


def _convertir(classe: type[Base], valeurs: dict[str, Any]) -> dict[str, Any]:
    """Give dates back their type after JSON; columns that exist no more are left out."""
    resultat = {}
    for nom, valeur in valeurs.items():
        if nom not in classe.__table__.columns:
            continue
        genre = classe.__table__.columns[nom].type.python_type
        if valeur is not None and genre is date:
            resultat[nom] = date.fromisoformat(valeur)
        elif valeur is not None and genre is datetime:
            resultat[nom] = datetime.fromisoformat(valeur)
        else:
            resultat[nom] = valeur
    return resultat


def obstacle(session: Session, entree: EntreeJournal) -> ErreurMetier | None:
    """Return why an entry cannot be undone as things stand, None when it can."""
    if entree.action == CREATION:
        return RetablissementImpossible("c'est une création, supprimez plutôt la fiche")
    if not classe_de(entree.objet).journal_automatique:
        return RetablissementImpossible("elle s'annule depuis l'écran d'où elle vient")
    actuel = session.get(classe_de(entree.objet), entree.objet_id)
    if entree.action == SUPPRESSION:
        return None if actuel is None else RetablissementImpossible("la fiche existe déjà")
    if actuel is None:
        return FicheIntrouvable("La fiche concernée")
    apres = _convertir(type(actuel), entree.valeurs_apres())
    if any(getattr(actuel, nom) != valeur for nom, valeur in apres.items()):
        return RetablissementImpossible("ces champs ont encore changé depuis")
    return None


def annuler_entree(session: Session, entree_id: int) -> Base:
    """Undo one change: a deleted record comes back, changed columns take their old values.

    Records deleted together come back together, and what the same action had changed to let
    them go takes its old values again, unless it changed since.

    Raises:
        FicheIntrouvable: no such entry, or its record is gone.
        RetablissementImpossible: the columns changed again since, other records forbid the old
            values, or it was a creation.
    """
    entree = session.get(EntreeJournal, entree_id)
    if entree is None:
        raise FicheIntrouvable("Cette ligne du journal")
    if (refus := obstacle(session, entree)) is not None:
        raise refus
    try:
        if entree.action == SUPPRESSION:
            return _ramener(session, entree)
        actuel = session.get_one(classe_de(entree.objet), entree.objet_id)
        _rendre(actuel, entree)
        session.flush()
    except IntegrityError as erreur:
        nom = getattr(erreur.orig, "sqlite_errorname", "")
        raise RetablissementImpossible(_CONFLITS.get(nom, _CONFLIT)) from erreur
    return actuel


def annoncer_l_annulation(t: Any, fiche: Base, entree_id: int) -> None:
    """Announce, in its transaction, a change that was undone, those that went with it included."""
    entree = t.session.get_one(EntreeJournal, entree_id)
    if entree.action == MODIFICATION:
        avant = _convertir(type(fiche), entree.valeurs_apres())
        modification_annulee.send(t, fiche=fiche, avant=avant)
    else:
        _annoncer_la_suite(t, entree)
    acte_annule.send(t, entree=entree)


def _annoncer_la_suite(t: Any, entree: EntreeJournal) -> None:
    """Announce the changes that were undone with a deletion."""
    for autre in _du_meme_acte(t.session, entree, MODIFICATION):
        rendue = t.session.get(classe_de(autre.objet), autre.objet_id)
        if rendue is not None and est_rendue(rendue, autre):
            avant = _convertir(type(rendue), autre.valeurs_apres())
            modification_annulee.send(t, fiche=rendue, avant=avant)


def est_rendue(fiche: Base, entree: EntreeJournal) -> bool:
    """Tell whether a record bears the values that an entry says it had."""
    avant = _convertir(type(fiche), entree.valeurs_avant())
    return all(getattr(fiche, nom) == valeur for nom, valeur in avant.items())


def valeurs_apres(fiche: Base, entree: EntreeJournal) -> dict[str, Any]:
    """Return the columns that an entry changed, as it left them, with their types."""
    return _convertir(type(fiche), entree.valeurs_apres())


def meme_acte(session: Session, entree: EntreeJournal) -> list[EntreeJournal]:
    """Return everything that the action of an entry did, latest first."""
    requete = select(EntreeJournal).where(
        EntreeJournal.moment == entree.moment, EntreeJournal.par == entree.par
    )
    return list(session.scalars(requete.order_by(EntreeJournal.id.desc())))


def _du_meme_acte(session: Session, entree: EntreeJournal, action: str) -> list[EntreeJournal]:
    """Return what the action that an entry belongs to did of one kind, latest first."""
    return [e for e in meme_acte(session, entree) if e.action == action]


_CONFLIT = "d'autres fiches s'y opposent"
_CONFLITS = {
    "SQLITE_CONSTRAINT_FOREIGNKEY": "la fiche à laquelle celle-ci se rattache n'existe plus, "
    "rétablissez-la d'abord",
    "SQLITE_CONSTRAINT_UNIQUE": "une autre fiche porte maintenant le même nom ou le même numéro",
}


def _ramener(session: Session, entree: EntreeJournal) -> Base:
    """Bring back what one action deleted, what others hang on first, then what it changed."""
    rangs = {table.name: rang for rang, table in enumerate(Base.metadata.sorted_tables)}
    perdues = _du_meme_acte(session, entree, SUPPRESSION)
    for perdue in sorted(perdues, key=lambda e: (rangs.get(e.objet, 0), e.objet_id)):
        classe = classe_de(perdue.objet)
        if session.get(classe, perdue.objet_id) is None:
            session.add(classe(**_convertir(classe, perdue.valeurs_avant())))
            session.flush()
    for changee in _du_meme_acte(session, entree, MODIFICATION):
        if obstacle(session, changee) is None:
            _rendre(session.get_one(classe_de(changee.objet), changee.objet_id), changee)
    session.flush()
    return session.get_one(classe_de(entree.objet), entree.objet_id)


def _rendre(fiche: Base, entree: EntreeJournal) -> None:
    """Give a record the values that an entry says it had."""
    for nom, valeur in _convertir(type(fiche), entree.valeurs_avant()).items():
        setattr(fiche, nom, valeur)


def noter_creations(
    session: Session, classe: type[Base], numeros: list[int], lignes: list[dict[str, Any]]
) -> None:
    """Write the creation entries of rows that were inserted in bulk."""
    if not _est_suivi(classe):
        return
    colonnes = _colonnes(classe)
    entrees = []
    for numero, ligne in zip(numeros, lignes, strict=True):
        valeurs = {c: numero if c == "id" else ligne.get(c) for c in colonnes}
        designation = str(classe(**{k: v for k, v in ligne.items() if k != "id"}))[:200]
        entrees.append(
            {
                "moment": session.info["maintenant"],
                "par": session.info["par"],
                "action": CREATION,
                "objet": classe.__tablename__,
                "objet_id": numero,
                "designation": designation,
                "avant": None,
                "apres": _json(valeurs),
            }
        )
    session.execute(insert(EntreeJournal), entrees)
