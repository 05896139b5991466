"""Known records: who a line speaks of."""

from datetime import date

import pytest

from app.importations.errors import (
    EmployeurAmbigu,
    EmployeurInconnu,
    MatriculePris,
    SalarieAmbigu,
    SalarieInconnu,
)
from app.importations.rules.rapprochement import (
    EmployeurConnu,
    Employeurs,
    Personne,
    SalarieConnu,
    Salaries,
)

NE = date(1980, 5, 2)


def employeurs() -> Employeurs:
    """Three employers in two dossiers, one SIRET in both."""
    return Employeurs(
        [
            EmployeurConnu(1, "Sport", "Judo club", "111"),
            EmployeurConnu(2, "Culture", "Judo club", "111"),
            EmployeurConnu(3, "Sport", "Les Amis du théâtre", ""),
        ]
    )


def salaries() -> Salaries:
    """Two namesakes at employer 1, the first again at employer 2."""
    return Salaries(
        [
            SalarieConnu(10, 1, "M1", "Durand", "Paul", "1800575", NE),
            SalarieConnu(11, 1, "M2", "Durand", "Paul", "1810575", date(1981, 5, 2)),
            SalarieConnu(12, 2, "M1", "Durand", "Paul", "1800575", NE),
            SalarieConnu(13, 1, "", "Petit", "Léa", "", None),
        ]
    )


def test_a_siret_is_looked_for_in_the_dossier_that_the_line_names() -> None:
    """The same SIRET in two dossiers is two employers."""
    assert employeurs().reconnaitre("111", "x", "Culture", dossier_impose=True) == 2
    assert employeurs().reconnaitre("111", "x", "Autre", dossier_impose=True) is None


def test_a_siret_in_two_dossiers_is_never_chosen_by_chance() -> None:
    """Without a dossier, several records match."""
    with pytest.raises(EmployeurAmbigu):
        employeurs().reconnaitre("111", "x", "", dossier_impose=False)


def test_an_employer_without_siret_is_known_by_dossier_and_name() -> None:
    """Accents and case do not count; a SIRET may then be added."""
    connus = employeurs()
    nom = "LES AMIS DU THEATRE"
    assert connus.reconnaitre("", nom, "sport", dossier_impose=True) == 3
    assert connus.reconnaitre("222", nom, "Sport", dossier_impose=True) == 3
    assert connus.reconnaitre("", nom, "Culture", dossier_impose=True) is None


def test_another_siret_under_the_same_name_is_another_employer() -> None:
    """Two establishments may share a name."""
    assert employeurs().reconnaitre("999", "Judo club", "Sport", dossier_impose=True) is None


def test_the_employer_of_an_employee_must_exist_and_be_alone() -> None:
    """Unknown or ambiguous employers are said; the dossier decides."""
    connus = employeurs()
    assert connus.trouver("", "judo CLUB", "Culture") == 2
    with pytest.raises(EmployeurInconnu):
        connus.trouver("", "Aïkido", "")
    with pytest.raises(EmployeurAmbigu):
        connus.trouver("", "Judo club", "")


def test_an_employee_is_known_by_nir_then_matricule_then_name() -> None:
    """Each key in its turn, at the employer of the line."""
    connus = salaries()
    assert connus.reconnaitre(1, Personne("1810575", "M1", "Autre", "Nom")) == 11
    assert connus.reconnaitre(1, Personne("", "m2", "", "")) == 11
    assert connus.reconnaitre(1, Personne("", "", "DURAND", "paul", NE)) == 10
    assert connus.reconnaitre(1, Personne("", "", "Petit", "Lea", NE)) == 13
    assert connus.reconnaitre(2, Personne("", "", "Petit", "Lea")) is None


def test_namesakes_are_not_chosen_by_chance() -> None:
    """Two records of one name and no date of birth on the line."""
    with pytest.raises(SalarieAmbigu):
        salaries().reconnaitre(1, Personne("", "", "Durand", "Paul"))


def test_a_matricule_of_somebody_else_is_refused() -> None:
    """A file must not overwrite a person by a reused matricule."""
    with pytest.raises(MatriculePris):
        salaries().reconnaitre(1, Personne("", "M1", "Martin", "Zoé"))


def test_the_employee_of_a_contract_needs_the_employer_when_two_have_him() -> None:
    """One NIR at two employers: the employer column decides."""
    connus = salaries()
    assert connus.trouver(2, Personne("1800575", "", "", "")) == 12
    with pytest.raises(SalarieAmbigu):
        connus.trouver(None, Personne("1800575", "", "", ""))
    with pytest.raises(SalarieInconnu):
        connus.trouver(1, Personne("1999999", "", "", ""))
