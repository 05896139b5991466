"""Lists of organismes: the families, one family with who uses what, the choices of a form."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.organismes import rules
from app.organismes.models import Organisme, valeur
from app.organismes.rules import Usage
from app.organismes.service.fiche import du_nom
from app.organismes.service.modeles import modeles_connus
from app.organismes.service.usages import compter_usages
from app.socle.fiches import en_chunks
from app.socle.journal import SUPPRESSION, EntreeJournal
from app.socle.listes import Page, Requete, Vue, mots, paginer
from app.socle.transaction import Transaction

TRIS: dict[str, ColumnElement[Any]] = {
    "nom": Organisme.cle.expression,
    "code_dsn": Organisme.code_dsn.expression,
    "commune": func.sans_accents(Organisme.commune),
}
_CHERCHE = func.sans_accents(
    Organisme.nom + " " + Organisme.code_dsn + " " + Organisme.siren + " " + Organisme.commune
)


@dataclass(frozen=True, slots=True)
class FamilleResume:
    """A family of organismes: its title, how many are in use, how many archived."""

    famille: str
    titre: str
    organismes: int
    archives: int


@dataclass(frozen=True, slots=True)
class LigneListe:
    """A line of the list of a family: the organisme, and who uses it."""

    organisme: rules.Organisme
    usages: tuple[Usage, ...]


def lister_familles(t: Transaction) -> list[FamilleResume]:
    """Return every family, in its order."""
    archives = func.count(Organisme.archive_le)
    requete = select(Organisme.famille, func.count() - archives, archives).group_by(
        Organisme.famille
    )
    comptes = {famille: (int(n), int(a)) for famille, n, a in t.session.execute(requete)}
    return [
        FamilleResume(famille, titre, *comptes.get(famille, (0, 0)))
        for famille, titre in rules.TITRES.items()
    ]


def lister_organismes(t: Transaction, famille: str, vue: Vue) -> Page[LigneListe]:
    """Return a page of the organismes of a family.

    Filter: `archives` (« 1 »: archived ones, else those in use).

    Raises:
        FamilleInconnue: no such family.
    """
    rules.famille_connue(famille)
    archives = vue.filtre("archives") == "1"
    etat = Organisme.archive_le.is_not(None) if archives else Organisme.archive_le.is_(None)
    requete: Requete = select(Organisme).where(
        Organisme.famille == famille, etat, *mots(_CHERCHE, vue.recherche)
    )
    ordre = TRIS.get(vue.tri, TRIS["nom"])
    ordres = [ordre.desc() if vue.descendant else ordre, Organisme.id.expression]
    lignes, total, vue = paginer(t, requete, vue, ordres)
    montres = [valeur(o) for (o,) in lignes]
    usages = compter_usages(t, [o.id for o in montres])
    return Page([LigneListe(o, tuple(usages.get(o.id, ()))) for o in montres], total, vue)


def organismes_de(t: Transaction, famille: str) -> list[rules.Organisme]:
    """Return every organisme of a family by name, archived ones included.

    Raises:
        FamilleInconnue: no such family.
    """
    rules.famille_connue(famille)
    requete = select(Organisme).where(Organisme.famille == famille)
    return [valeur(o) for o in t.session.scalars(requete.order_by(Organisme.cle))]


def choix_d_organismes(
    t: Transaction, famille: str, garde: int | None = None
) -> list[tuple[str, str]]:
    """Return the choices of a form: (number, name) of the organismes of a family in use.

    Args:
        t: the transaction.
        famille: whose organismes; none for an unknown one.
        garde: one that is offered even though it is archived.
    """
    if famille not in rules.TITRES:
        return []
    return [
        (str(o.id), f"{o.nom} (archivé)" if o.est_archive else o.nom)
        for o in organismes_de(t, famille)
        if not o.est_archive or o.id == garde
    ]


def lire_organismes(t: Transaction, numeros: Collection[int]) -> dict[int, rules.Organisme]:
    """Return organismes by number; those that do not exist are left out."""
    return {
        o.id: valeur(o)
        for morceau in en_chunks(sorted(set(numeros)))
        for o in t.session.scalars(select(Organisme).where(Organisme.id.in_(morceau)))
    }


def noms_au_journal(t: Transaction) -> list[tuple[str, str]]:
    """Return (number, name) of every organisme, those that were deleted included."""
    perdus = select(EntreeJournal.objet_id, EntreeJournal.designation).where(
        EntreeJournal.objet == Organisme.__tablename__, EntreeJournal.action == SUPPRESSION
    )
    presents = select(Organisme.id, Organisme.nom)
    noms = dict([*t.session.execute(perdus), *t.session.execute(presents)])
    return [(str(numero), nom) for numero, nom in noms.items()]


def trouver_ou_creer(t: Transaction, famille: str, nom: str) -> int:
    """Return the number of the organisme of that name, made when the family has none.

    A new one takes what is known of an organisme of that very name; an archived one is used
    again, so it comes back into the lists.

    Raises:
        FamilleInconnue: no such family.
    """
    rules.famille_connue(famille)
    ligne = du_nom(t, famille, nom)
    if ligne is None:
        modele = rules.modele_du_nom(modeles_connus(), famille, nom, t.aujourd_hui)
        connues = dict(modele.valeurs) if modele else {}
        ligne = Organisme(famille=famille, nom=nom, **connues)
        t.session.add(ligne)
    ligne.archive_le = None
    t.session.flush()
    return ligne.id


def trouver_ou_creer_en_masse(
    t: Transaction, noms: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Return the numbers of organismes by (family, name), made when they do not exist.

    Raises:
        FamilleInconnue: no such family.
    """
    return {(f, n): trouver_ou_creer(t, f, n) for f, n in dict.fromkeys(noms)}
