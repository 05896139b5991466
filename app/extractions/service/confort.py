"""What a person arranges for themselves: sets of parameters, pinned queries, last runs, columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select

from app.extractions.errors import DispositionIllisible, JeuIntrouvable, RequeteIntrouvable
from app.extractions.models import (
    DispositionColonnes,
    ExecutionRequete,
    JeuParametres,
    RequeteEpinglee,
)
from app.extractions.rules import Requete, ValeurParametre, ressaisir
from app.extractions.service.enregistrees import trouver
from app.noyau import champs
from app.noyau.champs import Champ
from app.noyau.typographie import sans_accents
from app.socle.horloge import PARIS
from app.socle.transaction import Transaction

EXECUTIONS_GARDEES = 10
NOM_DU_JEU = Champ("nom_du_jeu", "Nom du jeu", champs.texte(60), obligatoire=True)
COLONNES_MAX = 500
LARGEUR_MAX = 2_000
"""Pixels; wider cannot be asked for on the screen."""


@dataclass(frozen=True, slots=True)
class Jeu:
    """A set of parameters."""

    id: int
    nom: str
    saisies: dict[str, str]


@dataclass(frozen=True, slots=True)
class Execution:
    """A run of late; `executee_a` is France's time."""

    requete: Requete
    saisies: dict[str, str]
    texte: str
    lignes: int
    executee_a: datetime


@dataclass(frozen=True, slots=True)
class ColonneDisposee:
    """Where a column is shown: its width in pixels, or hidden."""

    nom: str
    largeur: int
    montree: bool


def lister_jeux(t: Transaction, requete: Requete) -> list[Jeu]:
    """Return the sets of a query, by name."""
    lus = select(JeuParametres).where(JeuParametres.requete == requete.numero)
    lignes = t.session.scalars(lus.order_by(JeuParametres.cle))
    return [Jeu(j.id, j.nom, _connues(requete, json.loads(j.saisies))) for j in lignes]


def lire_jeu(t: Transaction, requete: Requete, jeu_id: int) -> Jeu:
    """Return a set of a query.

    Raises:
        JeuIntrouvable: none of that number for this query.
    """
    for jeu in lister_jeux(t, requete):
        if jeu.id == jeu_id:
            return jeu
    raise JeuIntrouvable


def garder_jeu(t: Transaction, requete: Requete, nom: str, saisies: Mapping[str, str]) -> Jeu:
    """Keep what is typed under a name; the same name (case and accents aside) is replaced.

    Raises:
        ChampObligatoire, TexteTropLong: the name.
    """
    propre = NOM_DU_JEU.lire(nom)
    cle = sans_accents(propre)
    lu = select(JeuParametres).where(
        JeuParametres.requete == requete.numero, JeuParametres.cle == cle
    )
    jeu = t.session.scalar(lu) or JeuParametres(requete=requete.numero, cle=cle)
    jeu.nom = propre
    jeu.saisies = json.dumps(_connues(requete, saisies), ensure_ascii=False)
    t.session.add(jeu)
    t.session.flush()
    return Jeu(jeu.id, jeu.nom, json.loads(jeu.saisies))


def supprimer_jeu(t: Transaction, requete: Requete, jeu_id: int) -> str:
    """Delete a set; returns its name.

    Raises:
        JeuIntrouvable: none of that number for this query.
    """
    jeu = lire_jeu(t, requete, jeu_id)
    t.session.execute(delete(JeuParametres).where(JeuParametres.id == jeu.id))
    return jeu.nom


def _connues(requete: Requete, saisies: Mapping[str, str]) -> dict[str, str]:
    """Return what is typed for the parameters that the query has, an update later too."""
    return {p.nom: saisies[p.nom] for p in requete.parametres if p.nom in saisies}


def lister_epinglees(t: Transaction) -> list[Requete]:
    """Return the pinned queries, by number; those that are no more are left out."""
    numeros = t.session.scalars(select(RequeteEpinglee.requete).order_by(RequeteEpinglee.requete))
    return [r for n in numeros if (r := _requete(t, n)) is not None]


def epingler(t: Transaction, requete: Requete) -> None:
    """Keep a query at hand; it may be already."""
    if t.session.get(RequeteEpinglee, requete.numero) is None:
        instant = t.maintenant.astimezone(UTC).replace(tzinfo=None)
        t.session.add(RequeteEpinglee(requete=requete.numero, epinglee_a=instant))


def detacher(t: Transaction, requete: Requete) -> None:
    """Stop keeping a query at hand; it may be no more."""
    t.session.execute(delete(RequeteEpinglee).where(RequeteEpinglee.requete == requete.numero))


def ressaisies(requete: Requete, valeurs: Sequence[ValeurParametre]) -> dict[str, str]:
    """Return what to type to have these values again."""
    return {v.nom: ressaisir(p, v) for v in valeurs if (p := requete.parametre(v.nom)) is not None}


def noter_execution(
    t: Transaction, requete: Requete, valeurs: Sequence[ValeurParametre], lignes: int
) -> None:
    """Remember a run; only the last ones are kept, the same values once."""
    typees = json.dumps(ressaisies(requete, valeurs), ensure_ascii=False, sort_keys=True)
    t.session.execute(
        delete(ExecutionRequete).where(
            ExecutionRequete.requete == requete.numero, ExecutionRequete.saisies == typees
        )
    )
    texte = ", ".join(f"{v.libelle} : {v.texte}" for v in valeurs if v.texte)
    instant = t.maintenant.astimezone(UTC).replace(tzinfo=None)
    t.session.add(
        ExecutionRequete(
            requete=requete.numero, saisies=typees, texte=texte, lignes=lignes, executee_a=instant
        )
    )
    t.session.flush()
    gardees = select(ExecutionRequete.id).order_by(ExecutionRequete.id.desc())
    t.session.execute(
        delete(ExecutionRequete).where(
            ExecutionRequete.id.not_in(gardees.limit(EXECUTIONS_GARDEES))
        )
    )


def lister_executions(t: Transaction) -> list[Execution]:
    """Return the last runs, the latest first; queries that are no more are left out."""
    lues = t.session.scalars(select(ExecutionRequete).order_by(ExecutionRequete.id.desc()))
    return [
        Execution(
            requete,
            _connues(requete, json.loads(e.saisies)),
            e.texte,
            e.lignes,
            e.executee_a.replace(tzinfo=UTC).astimezone(PARIS),
        )
        for e in lues
        if (requete := _requete(t, e.requete)) is not None
    ]


def _requete(t: Transaction, numero: int) -> Requete | None:
    try:
        return trouver(t, numero)
    except RequeteIntrouvable:
        return None


def garder_disposition(t: Transaction, numero: int, texte: str) -> None:
    """Keep how the columns of a query are shown; nothing (`[]`) is the order of the query.

    Args:
        t: the transaction.
        numero: the number of the query.
        texte: JSON, a list of [name, width in pixels, shown], in the order shown.

    Raises:
        DispositionIllisible: not so written.
    """
    colonnes = _lire_disposition(texte)
    t.session.execute(delete(DispositionColonnes).where(DispositionColonnes.requete == numero))
    if colonnes:
        brut = json.dumps([[c.nom, c.largeur, c.montree] for c in colonnes], ensure_ascii=False)
        t.session.add(DispositionColonnes(requete=numero, colonnes=brut))


def lire_disposition(t: Transaction, numero: int) -> str:
    """Return how the columns of a query are shown, as JSON; "" when nothing was kept."""
    gardee = t.session.get(DispositionColonnes, numero)
    return gardee.colonnes if gardee is not None else ""


def _lire_disposition(texte: str) -> list[ColonneDisposee]:
    try:
        lues = [ColonneDisposee(*c) for c in json.loads(texte)]
    except (ValueError, TypeError) as erreur:
        raise DispositionIllisible from erreur
    for c in lues:
        largeur_juste = type(c.largeur) is int and 0 < c.largeur <= LARGEUR_MAX
        if not (isinstance(c.nom, str) and largeur_juste and isinstance(c.montree, bool)):
            raise DispositionIllisible
    if len(lues) > COLONNES_MAX:
        raise DispositionIllisible
    return lues
