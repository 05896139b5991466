"""Queries of prévoyance, leave, closed years and the journal, against a computation in Python."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.employeurs.models import Employeur
from app.organismes.models import Organisme
from app.paie.models import Bulletin, ExerciceClos, SaisieMois
from app.prevoyance.models import (
    ContratPrevoyance,
    PeriodePrevoyance,
    Rattachement,
    TauxPrevoyance,
)
from app.salaries.models import Contrat, Salarie
from app.sauvegardes.models import Sauvegarde
from app.socle.journal import EntreeJournal
from tests.conftest import LE_JOUR
from tests.integration.extractions.requetes.conftest import MOIS, Ligne, Monde, additionner, iso
from tests.integration.extractions.requetes.test_bulletins import AN, AU, DU, valeurs
from tests.integration.extractions.requetes.test_employeurs import CATEGORIES

pytestmark = pytest.mark.exigence("E2")
JOUR = f"{LE_JOUR:%d/%m/%Y}"
GARANTIES = {
    "prevoyance": "Prévoyance",
    "sante": "Complémentaire santé",
    "retraite_sup": "Retraite supplémentaire",
}
POPULATIONS = {"tous": "Tous les salariés", "cadre": "Cadres", "non_cadre": "Non-cadres"}
GENRES = {"parametree": "Régime de branche", "autre": "Autre"}
ACTIONS = {"creation": "Création", "modification": "Modification", "suppression": "Suppression"}


def contrat_de(monde: Monde, p: ContratPrevoyance) -> Ligne:
    """Return what every query says of a contract of prévoyance."""
    return {
        "garantie": GARANTIES[p.nature],
        "organisme": monde.un(Organisme, p.organisme_id).nom,
        "reference_contrat": p.reference,
    }


def en_cours(x: Any) -> bool:
    """Tell whether a record covers the day."""
    return bool(x.debut_le <= LE_JOUR <= x.fin_le)


def population(code: str) -> str:
    """Return the words of a population."""
    return POPULATIONS.get(code, code)


@pytest.mark.parametrize("garantie", ["toutes", "sante"])
def test_80_lists_contracts_of_prevoyance(monde: Monde, garantie: str) -> None:
    """Of every guarantee, or of one."""
    attendu = [
        monde.employeur(monde.un(Employeur, p.employeur_id))
        | contrat_de(monde, p)
        | {"genre": GENRES[p.genre], "contrat_prevoyance": p.libelle}
        | {"population": population(p.population)}
        | {"debut_le": iso(p.debut_le), "fin_le": iso(p.fin_le)}
        | {
            "nombre_rattaches": len(
                {r.contrat_id for r in monde.tous(Rattachement) if r.contrat_prevoyance_id == p.id}
            )
        }
        for p in monde.tous(ContratPrevoyance)
        if en_cours(p) and garantie in {"toutes", p.nature}
    ]
    monde.comparer(80, attendu, au=JOUR, garantie=garantie)


@pytest.mark.parametrize("garantie", ["toutes", "prevoyance"])
def test_81_lists_who_is_attached(monde: Monde, garantie: str) -> None:
    """On the day."""
    attendu = []
    for r in filter(en_cours, monde.tous(Rattachement)):
        p = monde.un(ContratPrevoyance, r.contrat_prevoyance_id)
        if garantie in {"toutes", p.nature}:
            attendu.append(
                monde.personne(monde.salarie(monde.un(Contrat, r.contrat_id)))
                | contrat_de(monde, p)
                | {"debut_le": iso(r.debut_le), "fin_le": iso(r.fin_le)}
            )
    monde.comparer(81, attendu, au=JOUR, garantie=garantie)


@pytest.mark.parametrize("garantie", ["sante", "prevoyance"])
def test_82_lists_who_is_not_attached(monde: Monde, garantie: str) -> None:
    """To any contract of the guarantee."""
    attaches = {
        r.contrat_id
        for r in filter(en_cours, monde.tous(Rattachement))
        if monde.un(ContratPrevoyance, r.contrat_prevoyance_id).nature == garantie
    }
    attendu = [
        monde.personne(monde.salarie(c))
        | {"nature_contrat": c.nature.upper(), "categorie": CATEGORIES[c.categorie]}
        | {"emploi": c.emploi, "debut_le": iso(c.debut_le)}
        for c in monde.contrats(LE_JOUR)
        if c.id not in attaches
    ]
    monde.comparer(82, attendu, au=JOUR, garantie=garantie)
    assert attaches


def test_83_adds_up_what_contracts_cost(monde: Monde) -> None:
    """By the contract that each line comes from."""
    groupes: dict[int, list[tuple[Bulletin, Any]]] = defaultdict(list)
    for b, x in monde.lignes(DU, AU):
        if x.contrat_prevoyance_id is not None:
            groupes[x.contrat_prevoyance_id].append((b, x))
    attendu = []
    for numero, paires in groupes.items():
        p = monde.un(ContratPrevoyance, numero)
        attendu.append(
            monde.employeur(monde.un(Employeur, p.employeur_id))
            | contrat_de(monde, p)
            | {"nombre_salaries": len({b.salarie_id for b, _ in paires})}
            | {
                n: sum(getattr(x, n) for _, x in paires)
                for n in ("montant_salarial_centimes", "montant_patronal_centimes")
            }
        )
    lignes = monde.comparer(83, attendu, **AN)
    assert {"Prévoyance", "Complémentaire santé"} <= {x["garantie"] for x in lignes}


def test_84_gives_rates(monde: Monde) -> None:
    """With the options of their period."""
    attendu = []
    options = ("forfait_social", "csg_crds", "deduction_po", "deduction_pp")
    noms: tuple[str, ...] = ("base", "salarial_millioniemes", "patronal_millioniemes")
    noms += ("salarial_centimes", "patronal_centimes")
    for x in monde.tous(TauxPrevoyance):
        periode = monde.un(PeriodePrevoyance, x.periode_id)
        p = monde.un(ContratPrevoyance, periode.contrat_id)
        if en_cours(periode):
            attendu.append(
                monde.employeur(monde.un(Employeur, p.employeur_id))
                | {"garantie": GARANTIES[p.nature], "reference_contrat": p.reference}
                | {"debut_le": iso(periode.debut_le), "fin_le": iso(periode.fin_le)}
                | {"population_taux": population(x.population)}
                | valeurs(x, *noms)
                | {o: "Oui" if getattr(periode, o) else "Non" for o in options}
            )
    sans_taux = {p.id for p in filter(en_cours, monde.tous(PeriodePrevoyance))} - {
        x.periode_id for x in monde.tous(TauxPrevoyance)
    }
    recues = monde.atelier.lignes(monde.atelier.executer(84, au=JOUR))
    assert len(recues) == len(attendu) + len(sans_taux)
    garder: Callable[[Ligne], bool] = lambda x: x["base"] is not None  # noqa: E731
    assert Counter(map(str, map(_trie, filter(garder, recues)))) == Counter(
        map(str, map(_trie, attendu))
    )


def _trie(ligne: Ligne) -> list[tuple[str, Any]]:
    return sorted((k, v or None if v == "" else v) for k, v in ligne.items())


@pytest.mark.parametrize("jours", [0, 10])
def test_85_gives_balances_of_leave(monde: Monde, jours: int) -> None:
    """At the end of the month, from so many days on."""
    attendu = [
        monde.personne(monde.salarie(b))
        | {"acquis_cjours": b.conges_acquis, "pris_cjours": b.conges_pris}
        | {"solde_anterieur_cjours": b.conges_anterieurs}
        | {"solde_en_cours_cjours": b.conges_en_cours}
        | {"solde_total_cjours": b.conges_anterieurs + b.conges_en_cours}
        for b in monde.bulletins(date(2026, 5, 1), date(2026, 5, 31))
        if b.conges_anterieurs + b.conges_en_cours >= 100 * jours
    ]
    monde.comparer(85, attendu, au="31/05/2026", jours=str(jours))


def test_86_adds_up_leave_taken(monde: Monde) -> None:
    """Who took none is left out."""
    prises = additionner(
        monde.bulletins(DU, AU),
        lambda b: b.salarie_id,
        lambda b: b.conges_acquis,
        lambda b: b.conges_pris,
    )
    attendu = [
        monde.personne(monde.un(Salarie, n)) | {"acquis_cjours": acquis, "pris_cjours": pris}
        for n, (acquis, pris) in prises.items()
        if pris > 0
    ]
    monde.comparer(86, attendu, **AN)


SAISIES = {
    "heures_sup_25_centiemes": "heures_sup_25",
    "heures_sup_50_centiemes": "heures_sup_50",
    "heures_compl_10_centiemes": "heures_compl_10",
    "heures_compl_25_centiemes": "heures_compl_25",
    "heures_absence_centiemes": "heures_absence",
    "heures_maladie_centiemes": "heures_maladie",
    "pris_cjours": "conges_pris",
    "primes_centimes": "primes_centimes",
    "avantages_centimes": "avantages_centimes",
    "indemnites_centimes": "indemnites_centimes",
    "acompte_centimes": "acompte_centimes",
}


def saisies(monde: Monde, *sans: str) -> list[Ligne]:
    """Return the entries of May."""
    return [
        monde.personne(monde.salarie(monde.un(Contrat, m.contrat_id)))
        | {"mois_le": f"{m.annee}-{m.mois:02}-01"}
        | {c: getattr(m, n) for c, n in SAISIES.items() if c not in sans}
        for m in monde.tous(SaisieMois)
        if (m.annee, m.mois) == (2026, 5)
    ]


def test_87_lists_absences(monde: Monde) -> None:
    """Sickness is part of them."""
    gardees = ("heures_absence_centiemes", "heures_maladie_centiemes", "pris_cjours")
    attendu = [
        x
        for x in saisies(monde, *(set(SAISIES) - set(gardees)))
        if x["heures_absence_centiemes"] > 0
    ]
    monde.comparer(87, attendu, du="01/05/2026", au="31/05/2026")


def test_88_lists_entries(monde: Monde) -> None:
    """All of what was typed, but for the share of sickness."""
    attendu = saisies(monde, "heures_maladie_centiemes")
    monde.comparer(88, attendu, du="01/05/2026", au="31/05/2026")


def test_90_lists_closed_years(monde: Monde) -> None:
    """With how many bulletins they hold."""
    attendu = []
    for x in monde.tous(ExerciceClos):
        siens = [
            b
            for b in monde.bulletins(date(x.annee, 1, 1), date(x.annee, 12, 31))
            if b.employeur_id == x.employeur_id
        ]
        attendu.append(
            monde.employeur(monde.un(Employeur, x.employeur_id))
            | {"annee": x.annee, "clos_le": str(x.clos_le.date()), "clos_par": x.par}
            | {"nombre_bulletins": len(siens)}
        )
    monde.comparer(90, attendu)


@pytest.mark.parametrize("etat", ["toutes", "Vérifiées", "Échouées"])
def test_92_lists_backups(monde: Monde, etat: str) -> None:
    """Those that failed too, with the cause; bounds are both included."""
    mots = {"bonne": "Vérifiée", "echouee": "Échouée", "absente": "Fichier absent"}
    mots["abimee"] = "Abîmée"
    attendu = [
        {"faite_le": str(s.faite_a.date()), "heure": f"{s.faite_a:%H:%M:%S}", "script": s.script}
        | {"nature_sauvegarde": "Copie de précaution" if s.precaution else "Sauvegarde"}
        | {"etat_sauvegarde": mots[s.etat], "cause": s.cause, "fichier": s.fichier}
        | {"nombre_octets": s.taille, "chiffree": "Oui" if s.chiffree else "Non"}
        | {"verifiee_le": iso(s.verifiee_a and s.verifiee_a.date())}
        | {"version_programme": s.programme}
        for s in monde.tous(Sauvegarde)
        if etat == "toutes" or f"{mots[s.etat]}s" == etat
    ]
    monde.comparer(92, attendu, du="01/05/2026", au="04/05/2026", etat=etat)
    assert monde.atelier.executer(92, du="02/05/2026", au="03/05/2026").total == 2


@pytest.mark.parametrize("annee", [2025, 2026])
def test_91_lists_years_to_close(monde: Monde, annee: int) -> None:
    """The closed one is left out."""
    clos = {(x.employeur_id, x.annee) for x in monde.tous(ExerciceClos)}
    groupes: dict[int, list[str]] = defaultdict(list)
    for b in monde.bulletins(date(annee, 1, 1), date(annee, 12, 31)):
        groupes[b.employeur_id].append(b.etat)
    attendu = [
        monde.employeur(monde.un(Employeur, n))
        | {"annee": annee, "nombre_bulletins": len(etats)}
        | {"nombre_brouillons": etats.count("brouillon")}
        | {"nombre_a_recalculer": etats.count("a_recalculer")}
        for n, etats in groupes.items()
        if (n, annee) not in clos
    ]
    lignes = monde.comparer(91, attendu, annee=str(annee))
    assert (len(lignes) < len(groupes)) == (annee == MOIS[0].annee)


def jours_du_journal(monde: Monde) -> dict[str, str]:
    """Return the days that the journal covers, as they are typed."""
    moments = [e.moment for e in monde.tous(EntreeJournal)]
    return {"du": f"{min(moments):%d/%m/%Y}", "au": f"{max(moments):%d/%m/%Y}"}


@pytest.mark.parametrize("fiche", ["toutes", "contrat"])
def test_95_lists_changes(monde: Monde, fiche: str) -> None:
    """Of every record, or of one kind."""
    attendu = [
        {"fait_le": str(e.moment.date()), "heure": f"{e.moment:%H:%M:%S}", "fait_par": e.par}
        | {"action": ACTIONS[e.action], "fiche_id": e.objet_id, "fiche_nom": e.designation}
        for e in monde.tous(EntreeJournal)
        if fiche in {"toutes", e.objet}
    ]
    saisie = jours_du_journal(monde) | {"fiche": fiche}
    recues = monde.atelier.lignes(monde.atelier.executer(95, **saisie))
    mots = {x.pop("fiche") for x in recues}
    assert Counter(map(str, map(_trie, recues))) == Counter(map(str, map(_trie, attendu)))
    assert "Contrat de travail" in mots
    assert (len(mots) == 1) == (fiche == "contrat")


def test_96_counts_changes(monde: Monde) -> None:
    """By day, author and kind; the kinds in words, each its own."""
    comptes = additionner(
        monde.tous(EntreeJournal),
        lambda e: (str(e.moment.date()), e.par, e.objet),
        *((lambda e, a=a: e.action == a) for a in ACTIONS),
    )
    recues = monde.atelier.lignes(monde.atelier.executer(96, **jours_du_journal(monde)))
    noms: tuple[str, ...] = ("nombre_creations", "nombre_modifications", "nombre_suppressions")
    assert Counter((x["fait_le"], x["fait_par"], *(x[n] for n in noms)) for x in recues) == Counter(
        (jour, par, *n) for (jour, par, _), n in comptes.items()
    )
    assert all(x["nombre_changements"] == sum(x[n] for n in noms) for x in recues)
    assert not {x["fiche"] for x in recues} & {objet for *_, objet in comptes}


def test_97_lists_deleted_records(monde: Monde) -> None:
    """Who deleted them, and when."""
    attendu = [
        {"fait_le": str(e.moment.date()), "heure": f"{e.moment:%H:%M:%S}", "fait_par": e.par}
        | {"fiche": "Contrat de travail", "fiche_id": e.objet_id, "fiche_nom": e.designation}
        for e in monde.tous(EntreeJournal)
        if e.action == "suppression"
    ]
    monde.comparer(97, attendu, **jours_du_journal(monde))
