"""Queries of the themes Cotisations and Organismes, against a computation in Python."""

from datetime import date

import pytest

from app.employeurs.models import Employeur, OrganismeEmployeur
from app.noyau.argent import arrondi
from app.organismes.models import Organisme
from app.paie.models import Bulletin, LigneBulletin
from app.paie.rules.imprimes import ORGANISMES
from app.salaries.models import Salarie
from tests.conftest import LE_JOUR
from tests.integration.extractions.requetes.conftest import Ligne, Monde, additionner

pytestmark = pytest.mark.exigence("E2")
AN = {"du": "01/01/2026", "au": "30/06/2026"}
DU, AU = date(2026, 1, 1), LE_JOUR
SALARIAL, PATRONAL = "montant_salarial_centimes", "montant_patronal_centimes"
RUBRIQUES = {
    "sante": "Santé",
    "accidents_travail": "Accidents du travail",
    "retraite": "Retraite",
    "famille": "Famille",
    "chomage": "Assurance chômage",
    "statutaires": "Cotisations statutaires",
    "autres": "Autres contributions",
    "csg": "CSG et CRDS",
    "exonerations": "Exonérations",
}
FAMILLES = {
    "urssaf": "URSSAF",
    "retraite": "Retraite complémentaire",
    "prevoyance": "Prévoyance",
    "mutuelle": "Mutuelle",
    "formation": "Formation professionnelle",
    "impots": "Centre des impôts",
    "medecine": "Médecine du travail",
}
Paire = tuple[Bulletin, LigneBulletin]


def base(p: Paire) -> int:
    """Return the base of a line."""
    return p[1].assiette_centimes


def salarial(p: Paire) -> int:
    """Return the employee's part of a line."""
    return p[1].montant_salarial_centimes


def patronal(p: Paire) -> int:
    """Return the employer's part of a line."""
    return p[1].montant_patronal_centimes


def un(_: object) -> int:
    """Count."""
    return 1


def chez(monde: Monde, b: Bulletin) -> Ligne:
    """Return the employer of a bulletin and its month."""
    return monde.employeur(monde.un(Employeur, b.employeur_id)) | mois(b)


def mois(b: Bulletin) -> Ligne:
    """Return the month of a bulletin."""
    return {"mois_le": f"{b.annee}-{b.mois:02}-01"}


def test_51_adds_up_by_organisme(monde: Monde) -> None:
    """A line an employer, a month, an organisme."""
    attendu = []
    sommes = additionner(
        monde.lignes(DU, AU),
        lambda p: (p[0].employeur_id, p[0].annee, p[0].mois, p[1].organisme),
        *(salarial, patronal),
    )
    exemples = {(b.employeur_id, b.annee, b.mois): b for b, _ in monde.lignes(DU, AU)}
    for (*cle, organisme), (part_salariale, part_patronale) in sommes.items():
        attendu.append(
            chez(monde, exemples[cle[0], cle[1], cle[2]])
            | {"destinataire": ORGANISMES[organisme], SALARIAL: part_salariale}
            | {PATRONAL: part_patronale}
            | {"montant_total_centimes": part_salariale + part_patronale}
        )
    monde.comparer(51, attendu, **AN)


def test_52_adds_up_by_cotisation(monde: Monde) -> None:
    """Over every employer, then over one."""
    for numero in (None, monde.bulletins(DU, AU)[0].employeur_id):
        lignes = [p for p in monde.lignes(DU, AU) if numero is None or p[0].employeur_id == numero]
        sommes = additionner(
            lignes,
            lambda p: (p[1].organisme, p[1].code, p[1].libelle),
            *(un, base, salarial, patronal),
        )
        attendu = [
            {"destinataire": ORGANISMES[organisme], "code_cotisation": code, "cotisation": mot}
            | {"nombre_bulletins": n[0], "assiette_centimes": n[1], SALARIAL: n[2]}
            | {PATRONAL: n[3], "montant_total_centimes": n[2] + n[3]}
            for (organisme, code, mot), n in sommes.items()
        ]
        choix = {} if numero is None else {"employeur": f"(n° {numero})"}
        monde.comparer(52, attendu, **AN, **choix)


@pytest.mark.parametrize("archives", ["sans", "avec"])
def test_53_lists_organismes(monde: Monde, archives: str) -> None:
    """With how many employers name each."""
    attendu = []
    for o in monde.tous(Organisme):
        siens = {x.employeur_id for x in monde.tous(OrganismeEmployeur) if x.organisme_id == o.id}
        colonnes = ("code_dsn", "siren", "code_postal", "commune", "telephone", "courriel")
        if archives == "sans" and o.archive_le:
            continue
        attendu.append(
            {"famille": FAMILLES[o.famille], "organisme": o.nom}
            | {c: getattr(o, c) for c in colonnes}
            | {"nombre_employeurs": len(siens), "archive": "Oui" if o.archive_le else "Non"}
        )
    monde.comparer(53, attendu, archives=archives)


def test_54_adds_up_by_person_and_heading(monde: Monde) -> None:
    """Headings of the bulletin."""
    sommes = additionner(
        monde.lignes(DU, AU), lambda p: (p[0].salarie_id, p[1].rubrique), salarial, patronal
    )
    attendu = [
        monde.personne(monde.un(Salarie, salarie))
        | {"rubrique": RUBRIQUES[rubrique], SALARIAL: n[0], PATRONAL: n[1]}
        for (salarie, rubrique), n in sommes.items()
    ]
    monde.comparer(54, attendu, **AN)


def reductions(monde: Monde) -> list[Paire]:
    """Return the lines of the réduction générale."""
    return [p for p in monde.lignes(DU, AU) if p[1].code.startswith("reduction_generale")]


def test_55_adds_up_the_reduction_by_employer(monde: Monde) -> None:
    """The part of the Urssaf and that of the retraite apart."""
    groupes: dict[tuple[int, int, int], list[Paire]] = {}
    for p in reductions(monde):
        groupes.setdefault((p[0].employeur_id, p[0].annee, p[0].mois), []).append(p)
    attendu = []
    for paires in groupes.values():
        parts = [
            sum(patronal(p) for p in paires if (p[1].organisme == "urssaf") == urssaf)
            for urssaf in (True, False)
        ]
        attendu.append(
            chez(monde, paires[0][0])
            | {"nombre_bulletins": len({b.id for b, _ in paires}), "urssaf_centimes": parts[0]}
            | {"retraite_centimes": parts[1], "total_centimes": sum(parts)}
        )
    monde.comparer(55, attendu, **AN)


def test_56_adds_up_the_reduction_by_person(monde: Monde) -> None:
    """With the share of the gross pay of the months that have one."""
    sommes = additionner(reductions(monde), lambda p: p[0].salarie_id, patronal)
    avec = {b.id: b for b, _ in reductions(monde)}
    bruts = additionner(avec.values(), lambda b: b.salarie_id, lambda b: b.brut_centimes)
    attendu = []
    for salarie, (montant,) in sommes.items():
        brut = bruts[salarie][0]
        attendu.append(
            monde.personne(monde.un(Salarie, salarie))
            | {"brut_centimes": brut, "reduction_centimes": montant}
            | {"part_millioniemes": arrondi(-montant * 10**6, brut) if brut else None}
        )
    monde.comparer(56, attendu, **AN)


def test_57_adds_up_the_csg(monde: Monde) -> None:
    """Deductible or not, by employer and month."""
    groupes: dict[tuple[object, ...], list[Paire]] = {}
    for p in monde.lignes(DU, AU):
        if p[1].rubrique == "csg":
            cle = (p[0].employeur_id, p[0].annee, p[0].mois, p[1].code, p[1].libelle)
            groupes.setdefault(cle, []).append(p)
    attendu = [
        chez(monde, paires[0][0])
        | {"cotisation": paires[0][1].libelle, "nombre_bulletins": len(paires)}
        | {"assiette_centimes": sum(map(base, paires)), SALARIAL: sum(map(salarial, paires))}
        for paires in groupes.values()
    ]
    monde.comparer(57, attendu, **AN)


def test_58_adds_up_accidents_du_travail(monde: Monde) -> None:
    """With the rate of the record."""
    sommes = additionner(
        (p for p in monde.lignes(DU, AU) if p[1].code == "accidents_travail"),
        lambda p: p[0].employeur_id,
        *(un, base, patronal),
    )
    attendu = []
    for numero, n in sommes.items():
        e = monde.un(Employeur, numero)
        attendu.append(
            monde.employeur(e)
            | {"taux_at_millioniemes": e.taux_at_millioniemes, "nombre_bulletins": n[0]}
            | {"assiette_centimes": n[1], PATRONAL: n[2]}
        )
    monde.comparer(58, attendu, **AN)
