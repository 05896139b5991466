"""Undoing: what one action did to a contract goes back as a whole, and stays sound.

Rules:
- Undoing a change of a contract, of a period or of its rates undoes all that the same action
  did to prévoyance: periods opened go, rattachements closed reopen.
- Undoing that of one rattachement, or of a contrat de travail, concerns these alone.
- An undoing that would leave periods overlapping, or two contracts of one nature for one
  population, is refused; rattachements are cut again by both contracts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import Periode, pavage
from app.prevoyance.errors import ContratEnConflit, RetablissementIncoherent
from app.prevoyance.models import (
    ContratPrevoyance,
    PeriodePrevoyance,
    Rattachement,
    TauxPrevoyance,
)
from app.prevoyance.rules import periodes as rules
from app.prevoyance.rules.rattachements import jours_touches
from app.prevoyance.service.annonces import ajuster, annoncer, detacher, jours_de
from app.prevoyance.service.creation import verifier_seul
from app.prevoyance.service.lecture import (
    jours_du_contrat,
    periodes_du_contrat,
    rattachements_de,
)
from app.socle import journal
from app.socle.fiches import valeurs_de
from app.socle.journal import CREATION, MODIFICATION, SUPPRESSION, EntreeJournal
from app.socle.transaction import Transaction

_CONTRATS = ("contrat_prevoyance", "periode_prevoyance", "taux_prevoyance")
_RATTACHEMENT = "rattachement"
_CLASSES: Mapping[str, type[Any]] = {
    _RATTACHEMENT: Rattachement,
    "taux_prevoyance": TauxPrevoyance,
    "periode_prevoyance": PeriodePrevoyance,
    "contrat_prevoyance": ContratPrevoyance,
}
"""Tables in the order in which rows go: what hangs on others first."""
MOTIF = "modification annulée"


def completer(t: Transaction, *, entree: EntreeJournal, **_: Any) -> None:
    """Bring the rest of an action back, check what results, announce the days touched.

    Raises:
        RetablissementIncoherent: it would leave contracts that contradict each other.
        BulletinsRattaches: bulletins are tied to a rattachement that would go.
    """
    acte = [e for e in journal.meme_acte(t.session, entree) if e.objet in _CLASSES]
    if not acte:
        return
    defaits = {entree.id: entree} if entree.objet in _CLASSES else {}
    if entree.action == SUPPRESSION:
        defaits |= {e.id: e for e in acte if e.action != CREATION and _est_rendue(t, e)}
    jours: list[tuple[int, Periode | None, str]] = []
    if entree.objet in _CONTRATS:
        defaits |= _defaire(t, [e for e in acte if e.id not in defaits], jours)
    elif entree.objet != _RATTACHEMENT:
        perdus = [e for e in acte if e.objet == _RATTACHEMENT and e.action == SUPPRESSION]
        defaits |= _defaire(t, [e for e in perdus if e.id not in defaits], jours)
    contrats = _contrats(t, acte)
    _exiger_sains(t, contrats)
    jours += _jours_rendus(t, defaits.values())
    rattaches = {r.id: r for r in rattachements_de(t, contrats=[c.id for c in contrats])}
    ajuster(t, list(rattaches.values()), MOTIF)
    _exiger_une_fois(t, list(rattaches))
    annoncer(t, jours)


def _exiger_une_fois(t: Transaction, numeros: Iterable[int]) -> None:
    """Stop when somebody would be attached twice to one contract on one day."""
    jours: dict[tuple[int, int], list[Periode]] = defaultdict(list)
    for numero in numeros:
        r = t.session.get(Rattachement, numero)
        if r is not None:
            jours[r.contrat_prevoyance_id, r.contrat_id].append(jours_de(r))
    if any(pavage(periodes)[0] for periodes in jours.values()):
        raise RetablissementIncoherent("un salarié serait rattaché deux fois les mêmes jours")


def _est_rendue(t: Transaction, entree: EntreeJournal) -> bool:
    """Tell whether a record bears the values that an entry says it had."""
    fiche = t.session.get(_CLASSES[entree.objet], entree.objet_id)
    return fiche is not None and journal.est_rendue(fiche, entree)


def _defaire(
    t: Transaction,
    entrees: Iterable[EntreeJournal],
    jours: list[tuple[int, Periode | None, str]],
) -> dict[int, EntreeJournal]:
    """Undo entries: what was deleted comes back, what was changed too, what was made goes."""
    entrees = list(entrees)
    a_rendre = [e for e in entrees if e.action != CREATION and not _est_rendue(t, e)]
    for e in a_rendre:
        if _est_rendue(t, e):
            continue  # came back with an earlier one
        try:
            journal.annuler_entree(t.session, e.id)
        except ErreurMetier as erreur:
            cause = "la suite de la même action a encore changé depuis"
            raise RetablissementIncoherent(cause) from erreur
    creees: dict[str, list[int]] = {e.objet: [] for e in entrees}
    for e in entrees:
        creees[e.objet] += [e.objet_id] if e.action == CREATION else []
    for objet, classe in _CLASSES.items():
        fiches = [f for n in creees.get(objet, ()) if (f := t.session.get(classe, n)) is not None]
        if objet == _RATTACHEMENT:
            jours += [(numero, perdus, MOTIF) for numero, perdus in detacher(t, fiches)]
            continue
        for fiche in fiches:
            t.session.delete(fiche)
        t.session.flush()
    return {e.id: e for e in a_rendre}


def _contrats(t: Transaction, acte: Iterable[EntreeJournal]) -> list[ContratPrevoyance]:
    """Return the contracts of prévoyance that an action touched and that exist."""
    numeros = set()
    for e in acte:
        fiche = t.session.get(_CLASSES[e.objet], e.objet_id)
        if isinstance(fiche, ContratPrevoyance):
            numeros.add(fiche.id)
        elif isinstance(fiche, PeriodePrevoyance):
            numeros.add(fiche.contrat_id)
        elif isinstance(fiche, Rattachement):
            numeros.add(fiche.contrat_prevoyance_id)
        elif isinstance(fiche, TauxPrevoyance):
            numeros.add(t.session.get_one(PeriodePrevoyance, fiche.periode_id).contrat_id)
    lignes = (t.session.get(ContratPrevoyance, numero) for numero in sorted(numeros))
    return [ligne for ligne in lignes if ligne is not None]


def _exiger_sains(t: Transaction, contrats: Iterable[ContratPrevoyance]) -> None:
    for ligne in contrats:
        lues = [Periode(p.debut_le, p.fin_le) for p in periodes_du_contrat(t, ligne.id)]
        if phrases := rules.defauts(jours_du_contrat(ligne), lues):
            raise RetablissementIncoherent(phrases[0])
        try:
            verifier_seul(t, ligne.employeur_id, valeurs_de(ligne), sauf=ligne.id)
        except ContratEnConflit as erreur:
            cause = f"le contrat « {erreur.contrat} » couvre maintenant les mêmes salariés"
            raise RetablissementIncoherent(cause) from erreur


def _jours_rendus(
    t: Transaction, entrees: Iterable[EntreeJournal]
) -> list[tuple[int, Periode | None, str]]:
    """Return the days that undone entries touch, by contrat de travail."""
    jours: list[tuple[int, Periode | None, str]] = []
    for e in entrees:
        fiche = t.session.get(_CLASSES[e.objet], e.objet_id)
        if isinstance(fiche, Rattachement):
            rendus = jours_de(fiche)
            perdus = None if e.action == SUPPRESSION else _etait(fiche, e)
            jours.append((fiche.contrat_id, jours_touches(perdus, rendus), MOTIF))
        elif isinstance(fiche, PeriodePrevoyance) and e.action == MODIFICATION:
            etait = _etait(fiche, e)
            touches = jours_touches(etait, Periode(fiche.debut_le, fiche.fin_le))
            if touches is None:
                continue
            jours += [
                (r.contrat_id, jours_de(r).intersection(touches), MOTIF)
                for r in rattachements_de(t, contrats=[fiche.contrat_id])
            ]
    return jours


def _etait(fiche: Rattachement | PeriodePrevoyance, entree: EntreeJournal) -> Periode:
    """Return the days of a record as they were before the undoing."""
    apres = journal.valeurs_apres(fiche, entree)
    debut: date = apres.get("debut_le", fiche.debut_le)
    fin: date = apres.get("fin_le", fiche.fin_le)
    return Periode(debut, fin)
