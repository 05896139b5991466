"""Queries of the theme Bulletins, against a computation in Python."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.noyau.argent import arrondi
from app.noyau.typographie import sans_accents
from app.paie.models import Bulletin
from app.paie.rules.imprimes import ORGANISMES
from app.salaries.models import Contrat, Salarie
from tests.conftest import LE_JOUR
from tests.integration.extractions.requetes.conftest import Ligne, Monde, additionner, iso
from tests.integration.extractions.requetes.test_controles import ETATS
from tests.integration.extractions.requetes.test_cotisations import RUBRIQUES, chez, mois

pytestmark = pytest.mark.exigence("E2")
AN = {"du": "01/01/2026", "au": "30/06/2026"}
MAI = {"du": "10/05/2026", "au": "20/05/2026"}
DU, AU = date(2026, 1, 1), LE_JOUR
EN_MAI = (date(2026, 5, 1), date(2026, 5, 31))


def qui(monde: Monde, b: Bulletin) -> Ligne:
    """Return the employee and the month of a bulletin."""
    return monde.personne(monde.salarie(b)) | mois(b)


def valeurs(objet: Any, *noms: str) -> Ligne:
    """Return columns of a record."""
    return {n: getattr(objet, n) for n in noms}


def mesure(nom: str) -> Callable[[Any], int]:
    """Return what reads an amount."""
    return lambda b: int(getattr(b, nom))


def sommes(monde: Monde, cle: Callable[[Any], Any], *noms: str) -> dict[Any, Ligne]:
    """Return the sums of columns of the bulletins of the year, by key, and their number."""
    mesures = (lambda _: 1, *(mesure(n) for n in noms))
    additions = additionner(monde.bulletins(DU, AU), cle, *mesures)
    colonnes = ("nombre_bulletins", *noms)
    return {c: dict(zip(colonnes, n, strict=True)) for c, n in additions.items()}


def test_60_is_the_livre_de_paie(monde: Monde) -> None:
    """Whatever days of the month are asked for."""
    noms: tuple[str, ...] = (
        "brut_centimes",
        "cotisations_salarie_centimes",
        "montant_net_social_centimes",
    )
    noms += ("net_imposable_centimes", "impot_centimes", "net_a_payer_centimes")
    noms += ("cotisations_employeur_centimes", "cout_employeur_centimes")
    attendu = [
        qui(monde, b)
        | {"emploi": monde.un(Contrat, b.contrat_id).emploi, "etat_bulletin": ETATS[b.etat]}
        | valeurs(b, *noms)
        for b in monde.bulletins(*EN_MAI)
    ]
    monde.comparer(60, attendu, **MAI)


def test_60_keeps_to_a_dossier(monde: Monde) -> None:
    """A dossier without a bulletin gives no line."""
    assert monde.atelier.executer(60, **AN, dossier="Été 2025").total == 0
    tous = monde.atelier.executer(60, **AN, dossier="Démonstration").total
    assert tous == len(monde.bulletins(DU, AU))


def place(monde: Monde, b: Bulletin) -> tuple[object, ...]:
    """Return where a bulletin comes: by month, employer, person."""
    fiche = qui(monde, b)
    noms = [sans_accents(str(fiche[n])) for n in ("nom", "prenoms")]
    return (
        b.annee,
        b.mois,
        sans_accents(str(fiche["raison_sociale"])),
        b.employeur_id,
        *noms,
        b.id,
    )


def test_61_lists_every_line(monde: Monde) -> None:
    """Of the versions in force, month by month, in the order of the bulletins."""
    noms: tuple[str, ...] = (
        "assiette_centimes",
        "taux_salarial_millioniemes",
        "montant_salarial_centimes",
    )
    noms += ("taux_patronal_millioniemes", "montant_patronal_centimes")
    ordonnees = sorted(monde.lignes(DU, AU), key=lambda p: (*place(monde, p[0]), p[1].rang))
    attendu = [
        qui(monde, b)
        | {"rubrique": RUBRIQUES[x.rubrique], "cotisation": x.libelle}
        | {"destinataire": ORGANISMES[x.organisme]}
        | valeurs(x, *noms)
        for b, x in ordonnees
    ]
    recues = monde.comparer(61, attendu, **AN)
    montants = ("cotisation", "assiette_centimes", "montant_patronal_centimes")
    assert [[x[n] for n in montants] for x in recues] == [[x[n] for n in montants] for x in attendu]


def test_62_adds_up_the_year(monde: Monde) -> None:
    """By person, whatever the number of contracts."""
    noms: tuple[str, ...] = ("heures_centiemes", "brut_centimes", "cotisations_salarie_centimes")
    noms += ("montant_net_social_centimes", "net_imposable_centimes", "impot_centimes")
    noms += ("net_a_payer_centimes",)
    attendu = [
        monde.personne(monde.un(Salarie, n)) | ligne
        for n, ligne in sommes(monde, lambda b: b.salarie_id, *noms).items()
    ]
    monde.comparer(62, attendu, annee="2026")


def test_63_gives_the_net_social(monde: Monde) -> None:
    """Two contracts in a month make one line."""
    groupes = sommes(
        monde, lambda b: (b.salarie_id, b.annee, b.mois), "montant_net_social_centimes"
    )
    attendu = [
        monde.personne(monde.un(Salarie, n))
        | {"nir": monde.un(Salarie, n).nir, "mois_le": f"{annee}-{m:02}-01"}
        | ligne
        for (n, annee, m), ligne in groupes.items()
    ]
    lignes = monde.comparer(63, attendu, **AN)
    assert max(x["nombre_bulletins"] for x in lignes) > 1


def test_64_gives_the_tax_withheld(monde: Monde) -> None:
    """With how many people bear some."""
    par_mois: dict[tuple[int, int, int], list[Bulletin]] = {}
    for b in monde.bulletins(DU, AU):
        par_mois.setdefault((b.employeur_id, b.annee, b.mois), []).append(b)
    attendu = [
        chez(monde, siens[0])
        | {"nombre_bulletins": len(siens)}
        | {"nombre_preleves": len({b.salarie_id for b in siens if b.impot_centimes})}
        | {n: sum(map(mesure(n), siens)) for n in ("net_imposable_centimes", "impot_centimes")}
        for siens in par_mois.values()
    ]
    monde.comparer(64, attendu, **AN)


def test_65_lists_what_is_to_be_paid(monde: Monde) -> None:
    """With the IBAN, spaces or not, as the record has it."""
    attendu = [
        qui(monde, b)
        | {"iban": monde.salarie(b).iban, "etat_bulletin": ETATS[b.etat]}
        | {"paye_le": iso(b.paye_le), "net_a_payer_centimes": b.net_a_payer_centimes}
        for b in monde.bulletins(*EN_MAI)
        if b.net_a_payer_centimes
    ]
    monde.comparer(65, attendu, **MAI)


def test_66_adds_up_hours(monde: Monde) -> None:
    """By employer and month."""
    par_mois: dict[tuple[int, int, int], list[Bulletin]] = {}
    for b in monde.bulletins(DU, AU):
        par_mois.setdefault((b.employeur_id, b.annee, b.mois), []).append(b)
    attendu = []
    for siens in par_mois.values():
        heures = sum(b.heures_centiemes for b in siens)
        attendu.append(
            chez(monde, siens[0])
            | {"nombre_salaries": len({b.salarie_id for b in siens}), "heures_centiemes": heures}
            | {"heures_absence_centiemes": sum(b.heures_absence for b in siens)}
            | {"heures_cetp": arrondi(heures * 100, 15_167)}
        )
    lignes = monde.comparer(66, attendu, **AN)
    assert any(x["heures_absence_centiemes"] for x in lignes)


def test_67_lists_variable_elements(monde: Monde) -> None:
    """Bulletins that bear nothing but the base pay are left out."""
    noms: tuple[str, ...] = (
        "absences_centimes",
        "heures_sup_centimes",
        "primes_centimes",
        "avantages_centimes",
    )
    noms += ("fin_contrat_centimes", "conges_centimes", "indemnites_centimes", "acompte_centimes")
    attendu = [
        qui(monde, b) | valeurs(b, "base_centimes", *noms)
        for b in monde.bulletins(*EN_MAI)
        if any(getattr(b, n) for n in noms)
    ]
    lignes = monde.comparer(67, attendu, **MAI)
    assert len(lignes) < len(monde.bulletins(*EN_MAI))


def test_68_lists_replaced_versions(monde: Monde) -> None:
    """Beside the version that took their place."""
    attendu = []
    courants = {(b.contrat_id, b.annee, b.mois): b for b in monde.bulletins(DU, AU)}
    for a in monde.tous(Bulletin):
        if a.etat != "remplace":
            continue
        b = courants[a.contrat_id, a.annee, a.mois]
        attendu.append(
            qui(monde, a)
            | {"numero": a.numero, "motif_version": a.motif, "version_numero": b.numero}
            | {"avant_centimes": a.net_a_payer_centimes, "apres_centimes": b.net_a_payer_centimes}
            | {"ecart_centimes": b.net_a_payer_centimes - a.net_a_payer_centimes}
        )
    monde.comparer(68, attendu, **AN)


def test_69_says_who_validated(monde: Monde) -> None:
    """And when it was paid."""
    attendu = [
        qui(monde, b)
        | {"etat_bulletin": ETATS[b.etat], "calcule_le": str(b.calcule_a.date())}
        | {"valide_le": str(b.valide_a.date()), "paye_le": iso(b.paye_le)}
        | valeurs(b, "numero", "valide_par", "net_a_payer_centimes")
        for b in monde.bulletins(*EN_MAI)
        if b.valide_a is not None
    ]
    monde.comparer(69, attendu, **MAI)
