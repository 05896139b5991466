"""The list of employees: search, sort, filters, pages; what employers ask of it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import afficher_date
from app.salaries import service
from app.socle.listes import PAR_PAGE, Vue
from app.socle.transaction import Transaction

CONTRAT = {"nature": "cdi", "heures_centiemes": "100", "salaire_centimes": "1500"}


def contrat(t: Transaction, salarie: int, emploi: str, debut: int, fin: int | None = None) -> None:
    """Give a contract that begins and ends so many days from today."""
    jours = [afficher_date(t.aujourd_hui + timedelta(n)) if n is not None else "" for n in
             (debut, fin)]  # fmt: skip
    saisie = CONTRAT | {"emploi": emploi, "debut_le": jours[0], "fin_le": jours[1]}
    service.creer_contrat(t, salarie, saisie, {"SAL-201"})


@pytest.fixture
def equipe(programme: Programme, employeur: int, salarie: int) -> dict[str, int]:
    """Four employees: present, gone, to come, without contract."""
    with programme.transaction() as t:

        def nouveau(nom: str, prenoms: str) -> int:
            saisie = {"civilite": "m", "nom_naissance": nom, "prenoms": prenoms}
            return service.creer_salarie(t, employeur, saisie)

        numeros = {
            "lea": salarie,
            "parti": nouveau("Éloi", "Marc"),
            "avenir": nouveau("Ébène", "Noé"),
            "sans": nouveau("de la Tour", "Ivan"),
        }
        contrat(t, numeros["lea"], "Éducatrice", -400, -30)
        contrat(t, numeros["lea"], "Animatrice", -29)
        contrat(t, numeros["parti"], "Agent", -400, -1)
        contrat(t, numeros["avenir"], "Accueil", 1)
    return numeros


def noms(programme: Programme, vue: Vue) -> list[str]:
    """Return the names that a view shows, in order."""
    with programme.transaction() as t:
        return [s.nom for s in service.lister_salaries(t, vue).lignes]


def filtre(**valeurs: str) -> Vue:
    """Return a view with filters."""
    return Vue(filtres=tuple(valeurs.items()))


@pytest.mark.exigence("B1")
@pytest.mark.usefixtures("equipe")
@pytest.mark.parametrize(
    ("recherche", "attendus"),
    [
        ("eloi", ["Éloi"]),
        ("PETIT lea", ["Roy"]),
        ("roy petit", ["Roy"]),
        ("2 85 07 75 116", ["Roy"]),
        ("28507", ["Roy"]),
        ("m-7", ["Roy"]),
        ("tour", ["de la Tour"]),
        ("eloi noe", []),
        ("%", []),
        ("animatrice", []),
    ],
)
def test_words_are_found_whatever_their_accents(
    programme: Programme, recherche: str, attendus: list[str]
) -> None:
    """Names of birth and of use, first names, NIR with or without spaces, matricule."""
    assert noms(programme, Vue(recherche=recherche)) == attendus


@pytest.mark.usefixtures("equipe")
def test_the_latest_contract_is_shown_and_sorts_the_list(programme: Programme) -> None:
    """By name without accents, by job, by date; somebody without contract is still there."""
    ordre = ["de la Tour", "Ébène", "Éloi", "Roy"]
    assert noms(programme, Vue()) == ordre
    assert noms(programme, Vue(tri="nom", descendant=True)) == ordre[::-1]
    assert noms(programme, Vue(tri="emploi")) == ["de la Tour", "Ébène", "Éloi", "Roy"]
    assert noms(programme, Vue(tri="debut_le", descendant=True))[:2] == ["Ébène", "Roy"]
    assert noms(programme, Vue(tri="nir", descendant=True))[0] == "Roy"
    assert noms(programme, Vue(tri="matricule", descendant=True))[0] == "Roy"
    with programme.transaction() as t:
        lignes = {s.nom: s for s in service.lister_salaries(t, Vue()).lignes}
    assert (lignes["Roy"].emploi, lignes["Roy"].fin_le) == ("Animatrice", None)
    assert (lignes["de la Tour"].emploi, lignes["de la Tour"].debut_le) == ("", None)
    assert lignes["Roy"].employeur == "Judo club"


@pytest.mark.usefixtures("equipe")
def test_present_today_means_under_contract_today(programme: Programme) -> None:
    """Neither gone yesterday nor hired for tomorrow; nobody twice."""
    assert noms(programme, filtre(presents="1")) == ["Roy"]


def test_the_list_is_filtered_by_employer_and_dossier(
    programme: Programme, employeur: int, equipe: dict[str, int]
) -> None:
    """A filter that is no number is none."""
    assert len(noms(programme, filtre(employeur=str(employeur)))) == len(equipe)
    assert noms(programme, filtre(employeur="999")) == []
    assert len(noms(programme, filtre(dossier="1"))) == len(equipe)
    assert noms(programme, filtre(dossier="999")) == []
    assert len(noms(programme, filtre(employeur="x", dossier="y"))) == len(equipe)


@pytest.mark.exigence("B1")
def test_employees_leave_the_list_with_their_employer(
    programme: Programme, employeur: int, equipe: dict[str, int]
) -> None:
    """They count as archived; the list of that employer still shows them."""
    with programme.transaction() as t:
        service.archiver_salarie(t, equipe["parti"], archive=True)
        employeurs.archiver_employeur(t, employeur, archive=True)
    assert noms(programme, Vue()) == []
    assert len(noms(programme, filtre(archives="1"))) == len(equipe)
    assert noms(programme, filtre(employeur=str(employeur))) == ["de la Tour", "Ébène", "Roy"]
    assert noms(programme, filtre(employeur=str(employeur), archives="1")) == ["Éloi"]


@pytest.mark.usefixtures("equipe")
def test_the_employer_lists_and_counts_its_employees(programme: Programme, employeur: int) -> None:
    """Through the announcement that employees answer; archived ones are not counted."""
    with programme.transaction() as t:
        page = employeurs.lister_salaries_de(t, employeur, Vue(recherche="ebene"))
        assert [(s.nom, s.emploi) for s in page.lignes] == [("Ébène", "Accueil")]
        assert employeurs.lister_employeurs(t, Vue()).lignes[0].salaries == 4


def test_a_page_costs_the_same_whatever_the_number_of_lines(programme_demo: Programme) -> None:
    """Four statements: how many, which ones, their employers, their contracts."""
    requetes: list[str] = []
    moteur = programme_demo.magasin.moteur
    event.listen(moteur, "before_cursor_execute", lambda *a: requetes.append(a[2]))
    with programme_demo.transaction() as t:
        page = service.lister_salaries(t, Vue(recherche="a", filtres=(("presents", "1"),)))
    assert len(page.lignes) == PAR_PAGE
    assert len(requetes) == 4


def test_a_page_past_the_end_is_the_last_one(programme: Programme, employeur: int) -> None:
    """Fifty a page."""
    with programme.transaction() as t:
        fiches = [
            {
                "employeur_id": employeur,
                "civilite": "m",
                "nom_naissance": f"Nom {i:03}",
                "prenoms": "Luc",
            }
            for i in range(PAR_PAGE + 1)
        ]
        service.ajouter_en_masse(t, fiches)
        page = service.lister_salaries(t, Vue(page=99))
    assert (page.vue.page, page.pages, page.total) == (2, 2, PAR_PAGE + 1)
    assert [s.nom for s in page.lignes] == [f"Nom {PAR_PAGE:03}"]
