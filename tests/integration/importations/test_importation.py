"""Previews and imports on a real base."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from app.importations.documents import modele, releve
from app.importations.errors import (
    ColonneManquante,
    DossierAChoisir,
    EntetesInconnus,
    FichierModifie,
    LignesEnErreur,
)
from app.importations.rules.genres import GENRES
from app.importations.service import importer
from app.noyau.erreurs import Constat
from app.socle.errors import TacheAnnulee


@pytest.mark.exigence("G6")
def test_employers_come_in_with_their_new_dossier_and_exact_values(atelier: Any) -> None:
    """Headings in any order and case, extra columns, numbers where text is due."""
    rangees = [
        ["VILLE", "siret", "Remarque", "raison sociale", "c.p.", "CP", "DOSSIER", "Taux AT"],
        ["Bobigny", int(atelier.siret(1)), "x", "Judo <b>club</b>", "", 1000, "Sport 93", 2.11],
    ]

    analyse = atelier.analyser("employeurs", rangees)
    resultat = atelier.importer("employeurs", rangees)

    assert analyse.dossiers_a_creer == ("Sport 93",)
    assert [c.designation for c in analyse.entetes.colonnes if not c.champ] == [
        "C (Remarque)",
        "E (c.p.)",
    ]
    assert (resultat.creees, resultat.dossiers_crees) == (1, ("Sport 93",))
    colonnes = "raison_sociale, siret, code_postal, commune, taux_at_millioniemes"
    assert [("Judo <b>club</b>", atelier.siret(1), "01000", "Bobigny", 21_100)] == atelier.lire(
        f"SELECT {colonnes} FROM employeur"  # noqa: S608 -- our names
    )


@pytest.mark.exigence("G6")
def test_the_same_file_twice_creates_no_double_and_changes_nothing(
    atelier_avec_employeur: Any,
) -> None:
    """Second time: every line is unchanged, no row, no version and no journal entry more."""
    atelier = atelier_avec_employeur
    salaries = atelier.rangees_salaries(40)
    contrats = [["NIR", "Contrat", "Embauche", "Poste", "Heures mensuelles", "Brut"]] + [
        [r[4], "CDI", date(2024, 9, 1), "Éducateur", 151.67, 1850.10] for r in salaries[1:]
    ]
    atelier.importer("salaries", salaries)
    atelier.importer("contrats", contrats)
    avant = atelier.compter("journal")

    second = [atelier.importer("salaries", salaries), atelier.importer("contrats", contrats)]

    assert [(r.creees, r.modifiees, r.inchangees) for r in second] == [(0, 0, 40)] * 2
    assert (atelier.compter("salarie"), atelier.compter("contrat")) == (40, 40)
    assert avant == atelier.compter("journal")
    assert atelier.lire(
        "SELECT DISTINCT heures_centiemes, salaire_centimes, fin_le, version FROM contrat"
    ) == [(15_167, 185_010, "9999-12-31", 1)]


@pytest.mark.exigence("G6")
def test_one_changed_field_is_updated_and_empty_cells_erase_nothing(
    atelier_avec_employeur: Any,
) -> None:
    """The preview shows the field before and after; the rest stays as it was."""
    atelier = atelier_avec_employeur
    atelier.importer("salaries", atelier.rangees_salaries(3))
    rangees = [["Employeur", "NIR", "Ville", "CP"]] + [
        ["association 0", r[4], "Lyon" if i == 1 else "", ""]
        for i, r in enumerate(atelier.rangees_salaries(3)[1:])
    ]

    analyse = atelier.analyser("salaries", rangees)
    resultat = atelier.importer("salaries", rangees)

    modifiee = next(ligne for ligne in analyse.lignes if ligne.etat == "modifier")
    assert [(d.libelle, d.avant, d.apres) for d in modifiee.differences] == [
        ("Commune", "Paris", "Lyon")
    ]
    assert (resultat.creees, resultat.modifiees, resultat.inchangees) == (0, 1, 2)
    assert atelier.lire("SELECT commune, code_postal, version FROM salarie ORDER BY id") == [
        ("Paris", "75011", 1),
        ("Lyon", "75011", 2),
        ("Paris", "75011", 1),
    ]


@pytest.mark.exigence("G6")
def test_a_wrong_nir_is_named_with_its_line_and_column_and_nothing_is_written(
    atelier_avec_employeur: Any,
) -> None:
    """Line 7, column E: the refusal says so; the other lines wait."""
    atelier = atelier_avec_employeur
    rangees = atelier.rangees_salaries(10)
    bon = str(rangees[6][4])
    rangees[6][4] = bon[:-1] + str((int(bon[-1]) + 1) % 10)

    analyse = atelier.analyser("salaries", rangees)

    constat = analyse.constats[0]
    assert (
        len(analyse.constats),
        constat.ligne,
        constat.colonne,
        constat.code,
    ) == (1, 7, "E (N° SS)", "TEC-121")
    with pytest.raises(LignesEnErreur) as refus:
        atelier.importer("salaries", rangees)
    assert "1 ligne en erreur" in refus.value.texte()
    assert atelier.compter("salarie") == 0

    resultat = atelier.importer("salaries", rangees, bonnes=True)

    assert (resultat.creees, resultat.ignorees) == (9, 1)
    assert atelier.compter("salarie") == 9


@pytest.mark.exigence("G6")
def test_dates_the_wrong_way_round_and_missing_reasons_are_findings(
    atelier_avec_employeur: Any,
) -> None:
    """Every defect of a contract line is said, beside its column."""
    atelier = atelier_avec_employeur
    atelier.importer("salaries", atelier.rangees_salaries(1))
    nir = atelier.rangees_salaries(1)[1][4]
    rangees = [
        ["NIR", "Contrat", "Début", "Fin", "Poste", "Horaire", "Salaire"],
        [nir, "CDD", date(2026, 9, 1), date(2026, 8, 1), "Animateur", 20, 600.123],
    ]

    codes = {(c.code, c.colonne) for c in atelier.analyser("contrats", rangees).constats}

    assert {("TEC-112", "D (Fin)"), ("SAL-121", ""), ("TEC-110", "G (Salaire)")} == codes


@pytest.mark.exigence("G6")
def test_a_line_repeated_in_the_file_is_said_with_both_numbers(
    atelier_avec_employeur: Any,
) -> None:
    """Same NIR at one employer: the second line names the first."""
    atelier = atelier_avec_employeur
    rangees = atelier.rangees_salaries(3)
    rangees.append(list(rangees[1]))

    constats = atelier.analyser("salaries", rangees).constats

    assert [(c.ligne, c.code) for c in constats] == [(5, "IMP-120")]
    assert "ligne 2" in constats[0].message


def test_two_lines_that_speak_of_one_record_are_not_both_applied(
    atelier_avec_employeur: Any,
) -> None:
    """One by NIR, the other by name: the second is a double."""
    atelier = atelier_avec_employeur
    salaries = atelier.rangees_salaries(1)
    atelier.importer("salaries", salaries)
    siret, _, nom, prenom, nir = salaries[1][:5]
    rangees = [["SIRET", "NIR", "Nom", "Prénom", "Ville"], [siret, nir, "", "", "Lyon"]]
    rangees.append([siret, "", nom, prenom, "Nice"])

    constats = atelier.analyser("salaries", rangees).constats

    assert [(c.ligne, c.code) for c in constats] == [(3, "IMP-120")]


def test_an_unknown_employer_or_employee_is_a_finding(atelier_avec_employeur: Any) -> None:
    """The line names what is not known."""
    atelier = atelier_avec_employeur
    rangees = atelier.rangees_salaries(1)
    rangees[1][0] = atelier.siret(99)
    assert [c.code for c in atelier.analyser("salaries", rangees).constats] == ["IMP-121"]
    rangees[1][0] = ""
    assert [c.code for c in atelier.analyser("salaries", rangees).constats] == ["IMP-128"]
    contrat = [["NIR", "Contrat", "Début", "Emploi", "Horaire", "Salaire"]]
    contrat.append([str(rangees[1][4]), "CDI", "01/09/2026", "Juge", "35", "1000"])
    assert [c.code for c in atelier.analyser("contrats", contrat).constats] == ["IMP-123"]


def test_a_change_that_contradicts_a_known_value_is_refused(
    atelier_avec_employeur: Any,
) -> None:
    """The civilité alone is in the file, the NIR in the base: together they must agree."""
    atelier = atelier_avec_employeur
    salaries = atelier.rangees_salaries(1)
    atelier.importer("salaries", salaries)
    rangees = [["SIRET", "NIR", "Civilité"], [salaries[1][0], salaries[1][4], "Madame"]]
    assert [c.code for c in atelier.analyser("salaries", rangees).constats] == ["SAL-111"]


def test_overlapping_contracts_are_remarks_that_hinder_nothing(
    atelier_avec_employeur: Any,
) -> None:
    """A second contract over the same days deserves a look."""
    atelier = atelier_avec_employeur
    atelier.importer("salaries", atelier.rangees_salaries(1))
    nir = atelier.rangees_salaries(1)[1][4]
    rangees = [["NIR", "Contrat", "Début", "Emploi", "Horaire", "Salaire"]]
    rangees += [[nir, "CDI", jour, "Juge", "35", "1000"] for jour in ("01/09/2025", "02/09/2025")]

    analyse = atelier.analyser("contrats", rangees)

    assert [(r.ligne, r.code) for r in analyse.remarques] == [(3, "SAL-201")]
    assert analyse.comptes["erreur"] == 0


def test_a_siret_known_in_another_dossier_is_remarked(atelier_avec_employeur: Any) -> None:
    """A second employer is made only when the file itself names another dossier."""
    atelier = atelier_avec_employeur
    rangees = [["Dossier", "Raison sociale", "SIRET"], ["Culture", "Judo", atelier.siret(0)]]

    analyse = atelier.analyser("employeurs", rangees)

    assert [r.code for r in analyse.remarques] == ["IMP-201"]
    sans_dossier = [r[1:] for r in rangees]
    assert atelier.analyser("employeurs", sans_dossier).comptes["modifier"] == 1


def test_new_employers_need_a_dossier(atelier_avec_employeur: Any) -> None:
    """Named in the file or chosen; an existing one is found whatever its case."""
    atelier = atelier_avec_employeur
    rangees = [["Raison sociale"], ["Aviron"]]
    with pytest.raises(DossierAChoisir):
        atelier.analyser("employeurs", rangees)
    assert atelier.importer("employeurs", rangees, dossier="SPORT").creees == 1
    assert atelier.compter("dossier") == 1


def test_unknown_headings_and_missing_columns_are_refused_by_name(
    atelier_avec_employeur: Any,
) -> None:
    """And can be matched by hand."""
    atelier = atelier_avec_employeur
    rangees = [["Machin", "Truc"], ["Aviron", "Sport"]]
    with pytest.raises(EntetesInconnus):
        atelier.analyser("employeurs", rangees)
    salaries = [["SIRET", "Nom", "Prénom"], [atelier.siret(0), "Durand", "Zoé"]]
    with pytest.raises(ColonneManquante) as refus:
        atelier.analyser("salaries", salaries)
    assert "Civilité" in refus.value.texte()

    main = {0: "raison_sociale", 1: "dossier"}

    assert atelier.importer("employeurs", rangees, correspondance=main).creees == 1


@pytest.mark.exigence("G6")
def test_cancelling_writes_nothing(atelier_avec_employeur: Any) -> None:
    """Stopped while records are being created: the base is as before."""
    atelier = atelier_avec_employeur

    class Arret:
        """Somebody who cancels once creation has begun."""

        def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
            """Stop at the second batch."""
            if libelle == "Création" and fait:
                assert total == 600
                raise TacheAnnulee

        def annule(self) -> bool:
            """Answer no: the step itself stops."""
            return False

    demande = atelier.demande("salaries", atelier.rangees_salaries(600))
    with pytest.raises(TacheAnnulee), atelier.magasin.transaction("essai") as t:
        importer(t, demande, suivi=Arret())
    assert atelier.compter("salarie") == 0


def test_a_base_that_changed_since_the_preview_is_looked_at_again(
    atelier_avec_employeur: Any,
) -> None:
    """The person confirmed another number of lines."""
    atelier = atelier_avec_employeur
    demande = atelier.demande("salaries", atelier.rangees_salaries(2))
    with pytest.raises(FichierModifie), atelier.magasin.transaction("essai") as t:
        importer(t, demande, attendues=5)


@pytest.mark.exigence("G6")
def test_a_filled_template_comes_in_whole(atelier: Any) -> None:
    """Every example that the template gives is accepted."""
    classeur = load_workbook(io.BytesIO(modele(GENRES["employeurs"])))
    exemples = {"dossier": "Sport", "raison_sociale": "Judo club", "opco_depuis_le": "01/04/2019"}
    feuille = classeur.worksheets[0]
    for rang, champ in enumerate(GENRES["employeurs"].colonnes, 1):
        feuille.cell(2, rang, exemples.get(champ.nom) or champ.nature.exemple or "texte")
        if champ.nature.nom == "date":
            feuille.cell(2, rang, "01/04/2019")
    tampon = io.BytesIO()
    classeur.save(tampon)

    analyse = atelier.analyser("employeurs", tampon.getvalue())

    assert analyse.constats == []
    assert atelier.importer("employeurs", tampon.getvalue()).creees == 1


@pytest.mark.exigence("G6")
def test_two_thousand_employees_come_in_within_few_queries(atelier: Any) -> None:
    """No reading of the base a line: the number of queries does not grow with the file."""
    atelier.avec_employeurs(50)
    requetes: list[str] = []
    event.listen(
        atelier.magasin.moteur,
        "before_cursor_execute",
        lambda *arguments: requetes.append(arguments[2]),
    )

    resultat = atelier.importer("salaries", atelier.rangees_salaries(2_000, 50))

    assert resultat.creees == 2_000
    assert len([r for r in requetes if r.startswith("SELECT")]) < 10


def test_the_list_of_findings_is_text_even_when_it_looks_like_a_formula() -> None:
    """A heading of a foreign file must not run in the spreadsheet of whoever reads the list."""
    constat = Constat("IMP-120", "=1+1", "\x07remède", ligne=3, colonne="=cmd|' /C calc'!A0")
    feuille: Any = load_workbook(io.BytesIO(releve([constat]))).active
    assert [c.value for c in feuille[2]][:4] == [3, "=cmd|' /C calc'!A0", "=1+1", "remède"]
    assert {"s"} == {c.data_type for c in feuille[2][1:]}
