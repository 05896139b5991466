"""Queries of the themes Employeurs, Salariés and Contrats, against a computation in Python."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pytest

from app.conventions.models import ConventionCollective
from app.employeurs.models import Employeur
from app.noyau.argent import arrondi
from app.noyau.periodes import FIN_OUVERTE
from app.salaries.models import Contrat, Salarie
from tests.conftest import LE_JOUR
from tests.integration.extractions.requetes.conftest import Ligne, Monde, iso

pytestmark = pytest.mark.exigence("E2")
JOUR = f"{LE_JOUR:%d/%m/%Y}"
TEMPS_PLEIN = 15_167
MOTIFS = {
    "remplacement": "Remplacement d'un salarié absent",
    "accroissement": "Accroissement temporaire d'activité",
    "saisonnier": "Emploi saisonnier",
    "usage": "CDD d'usage",
    "cee": "Contrat d'engagement éducatif",
    "insertion": "Contrat aidé ou d'insertion",
}
CATEGORIES = {"cadre": "Cadre", "non_cadre": "Non-cadre"}


def grouper_employeurs(monde: Monde, cle: str) -> dict[str, list[int]]:
    """Count active employers, and the records of their employees, by a value."""
    groupes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for e in monde.actifs(Employeur):
        groupe = groupes[getattr(e, cle)]
        groupe[0] += 1
        groupe[1] += sum(s.employeur_id == e.id for s in monde.tous(Salarie))
    return groupes


def test_2_and_36_count_employers(monde: Monde) -> None:
    """By convention collective and by OPCO."""
    titres = {c.idcc: c.titre for c in monde.tous(ConventionCollective)}
    comptes = ("nombre_employeurs", "nombre_salaries")
    monde.comparer(
        2,
        [
            {"idcc": idcc, "convention": titres.get(idcc)} | dict(zip(comptes, n, strict=True))
            for idcc, n in grouper_employeurs(monde, "idcc").items()
        ],
    )
    monde.comparer(
        36,
        [
            {"opco": opco} | dict(zip(comptes, n, strict=True))
            for opco, n in grouper_employeurs(monde, "opco").items()
        ],
    )


def test_3_counts_employers_by_departement(monde: Monde) -> None:
    """Two digits, three overseas."""
    groupes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for code, n in grouper_employeurs(monde, "code_postal").items():
        groupe = groupes[code[: 3 if code[:2] in {"97", "98"} else 2]]
        groupe[0] += n[0]
        groupe[1] += n[1]
    lignes = monde.comparer(
        3,
        [
            {"departement": d, "nombre_employeurs": e, "nombre_salaries": s}
            for d, (e, s) in groupes.items()
        ],
    )
    assert "974" in {x["departement"] for x in lignes}


def test_4_lists_employers_without_a_contract(monde: Monde) -> None:
    """On the day; with the last day of their last contract."""
    employes = {monde.salarie(c).employeur_id for c in monde.contrats(LE_JOUR)}
    attendu = []
    for e in monde.actifs(Employeur):
        fins = [
            c.fin_le
            for c in monde.tous(Contrat)
            if monde.salarie(c).employeur_id == e.id and c.fin_le < LE_JOUR
        ]
        if e.id not in employes:
            attendu.append(
                monde.employeur(e)
                | {"siret": e.siret, "premiere_embauche_le": iso(e.premiere_embauche_le)}
                | {"cesse_le": iso(e.cesse_le), "dernier_contrat_le": iso(max(fins, default=None))}
            )
    monde.comparer(4, attendu, au=JOUR)


def test_5_compares_declared_and_present_staff(monde: Monde) -> None:
    """People, and full-time equivalents in hundredths."""
    attendu = []
    for e in monde.actifs(Employeur):
        siens = [c for c in monde.contrats(LE_JOUR) if monde.salarie(c).employeur_id == e.id]
        presents = len({c.salarie_id for c in siens})
        heures = sum(min(c.heures_centiemes, TEMPS_PLEIN) for c in siens)
        attendu.append(
            monde.employeur(e)
            | {"effectif": e.effectif, "nombre_presents": presents}
            | {
                "nombre_ecart": presents - e.effectif,
                "presents_cetp": arrondi(heures * 100, TEMPS_PLEIN),
            }
        )
    monde.comparer(5, attendu, au=JOUR)


def presents(monde: Monde, jour: date) -> list[Salarie]:
    """Return the people under contract on a day."""
    return [monde.un(Salarie, n) for n in {c.salarie_id for c in monde.contrats(jour)}]


def ans(depuis: date, jour: date) -> int:
    """Return the whole years between two days."""
    return jour.year - depuis.year - ((jour.month, jour.day) < (depuis.month, depuis.day))


@pytest.mark.parametrize("mois", range(1, 13))
def test_11_lists_birthdays(monde: Monde, mois: int) -> None:
    """Of whoever is under contract on the day, in its month."""
    jour = date(2026, mois, 20)
    attendu = [
        monde.personne(s)
        | {"ne_le": iso(s.ne_le), "jour_numero": s.ne_le.day, "age": 2026 - s.ne_le.year}
        for s in presents(monde, jour)
        if s.ne_le is not None and s.ne_le.month == mois
    ]
    if attendu:
        monde.comparer(11, attendu, au=f"{jour:%d/%m/%Y}")
    else:
        assert monde.atelier.executer(11, au=f"{jour:%d/%m/%Y}").total == 0


@pytest.mark.parametrize("au_moins", [0, 5])
def test_12_counts_years_of_service(monde: Monde, au_moins: int) -> None:
    """From the first day of the first contract."""
    entrees: dict[int, date] = {}
    for c in monde.tous(Contrat):
        entrees[c.salarie_id] = min(c.debut_le, entrees.get(c.salarie_id, FIN_OUVERTE))
    attendu = [
        monde.personne(monde.salarie(c))
        | {"emploi": c.emploi, "entree_le": iso(entrees[c.salarie_id])}
        | {"nombre_annees": annees}
        for c in monde.contrats(LE_JOUR)
        if (annees := ans(entrees[c.salarie_id], LE_JOUR)) >= au_moins
    ]
    monde.comparer(12, attendu, au=JOUR, annees=str(au_moins))


def test_13_counts_people_by_age(monde: Monde) -> None:
    """In bands of ten years, women and men; an unknown age has its line."""
    bandes: tuple[tuple[int, str], ...] = (
        (26, "Moins de 26 ans"),
        (36, "De 26 à 35 ans"),
        (46, "De 36 à 45 ans"),
    )
    bandes += ((56, "De 46 à 55 ans"), (999, "56 ans et plus"))
    comptes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for s in presents(monde, LE_JOUR):
        tranche = "Âge inconnu"
        if s.ne_le is not None:
            tranche = next(mot for borne, mot in bandes if ans(s.ne_le, LE_JOUR) < borne)
        for rang, vrai in enumerate((s.civilite == "mme", s.civilite == "m", True)):
            comptes[tranche][rang] += vrai
    colonnes = ("nombre_femmes", "nombre_hommes", "nombre_salaries")
    attendu = [{"tranche": t} | dict(zip(colonnes, n, strict=True)) for t, n in comptes.items()]
    lignes = monde.comparer(13, attendu, au=JOUR)
    assert lignes[-1]["tranche"] == "Âge inconnu"


def test_14_finds_people_of_several_employers(monde: Monde) -> None:
    """By their NIR."""
    chez: dict[str, set[int]] = defaultdict(set)
    for s in monde.tous(Salarie):
        chez[s.nir].add(s.employeur_id)
    attendu = [
        monde.personne(s)
        | {"nir": s.nir, "nombre_employeurs": len(chez[s.nir])}
        | {"archive": "Oui" if monde.est_archive(s) else "Non"}
        for s in monde.tous(Salarie)
        if s.nir and len(chez[s.nir]) > 1
    ]
    monde.comparer(14, attendu)


def en_ligne(monde: Monde, contrats: Iterable[Contrat], *noms: str) -> list[Ligne]:
    """Return contracts as lines, with these columns of theirs."""
    lignes = []
    for c in contrats:
        valeurs = {
            "nature": c.nature.upper(),
            "motif": MOTIFS.get(c.motif, c.motif),
            "categorie": CATEGORIES[c.categorie],
            "debut_le": iso(c.debut_le),
            "fin_le": iso(c.fin_le),
        }
        lues = {n: valeurs[n] if n in valeurs else getattr(c, n) for n in noms}
        lignes.append(monde.personne(monde.salarie(c)) | lues)
    return lignes


def test_21_lists_contracts_that_end(monde: Monde) -> None:
    """First and last day included."""
    fin = [c for c in monde.tous(Contrat) if LE_JOUR <= c.fin_le <= date(2026, 12, 31)]
    colonnes = ("nature", "motif", "emploi", "debut_le", "fin_le", "salaire_centimes")
    attendu = en_ligne(monde, fin, *colonnes)
    lignes = monde.comparer(21, attendu, du=JOUR, au="31/12/2026")
    assert [x["fin_le"] for x in lignes] == sorted(x["fin_le"] for x in lignes)
    assert JOUR in {f"{c.fin_le:%d/%m/%Y}" for c in fin}


def test_22_counts_the_reasons_of_fixed_terms(monde: Monde) -> None:
    """Those that cover a day of the year at least."""
    par_motif: dict[str, list[Contrat]] = defaultdict(list)
    for c in monde.contrats(date(2026, 1, 1), date(2026, 12, 31)):
        if c.nature == "cdd":
            par_motif[MOTIFS.get(c.motif, c.motif)].append(c)
    attendu = [
        {
            "motif": motif,
            "nombre_contrats": len(siens),
            "nombre_salaries": len({c.salarie_id for c in siens}),
            "salaire_centimes": sum(c.salaire_centimes for c in siens),
        }
        for motif, siens in par_motif.items()
    ]
    monde.comparer(22, attendu, du="01/01/2026", au="31/12/2026")


def test_23_lists_who_comes_and_goes(monde: Monde) -> None:
    """A contract of the year comes twice when it begins and ends in it."""
    du, au = date(2026, 1, 1), date(2026, 12, 31)
    colonnes = ("nature", "emploi", "debut_le", "fin_le")
    attendu = []
    for mot, borne in (("Entrée", "debut_le"), ("Sortie", "fin_le")):
        vus = [c for c in monde.tous(Contrat) if du <= getattr(c, borne) <= au]
        attendu += [
            ligne | {"jour_le": ligne[borne], "mouvement": mot}
            for ligne in en_ligne(monde, vus, *colonnes)
        ]
    monde.comparer(23, attendu, du="01/01/2026", au="31/12/2026")


def test_24_lists_part_time(monde: Monde) -> None:
    """With its share of a full time, millionths."""
    attendu = [
        ligne | {"quotite_millioniemes": arrondi(ligne["heures_centiemes"] * 10**6, TEMPS_PLEIN)}
        for ligne in en_ligne(
            monde,
            (c for c in monde.contrats(LE_JOUR) if c.heures_centiemes < TEMPS_PLEIN),
            *("emploi", "heures_centiemes", "salaire_centimes"),
        )
    ]
    monde.comparer(24, attendu, au=JOUR)


def test_25_gives_hourly_pay(monde: Monde) -> None:
    """Of each contract, rounded to the centime, and of the whole."""
    par_emploi: dict[tuple[str, str], list[Contrat]] = defaultdict(list)
    for c in monde.contrats(LE_JOUR):
        par_emploi[c.emploi, CATEGORIES[c.categorie]].append(c)
    attendu = []
    for (emploi, categorie), siens in par_emploi.items():
        horaires = [arrondi(c.salaire_centimes * 100, c.heures_centiemes) for c in siens]
        salaires = sum(c.salaire_centimes for c in siens)
        heures = sum(c.heures_centiemes for c in siens)
        attendu.append(
            {"emploi": emploi, "categorie": categorie, "nombre_contrats": len(siens)}
            | {"minimum_centimes": min(horaires), "maximum_centimes": max(horaires)}
            | {"ensemble_centimes": arrondi(salaires * 100, heures)}
        )
    monde.comparer(25, attendu, au=JOUR)
