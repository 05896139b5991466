"""What applying the correspondence decides for an employer, and what undoing gives back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.conventions.rules import Convention
from app.opco.documents import rediger
from app.opco.rules import NON_REPERTORIEE, AncienOpca, Opco
from app.opco.rules.application import (
    Correspondances,
    Decision,
    Ecrite,
    Ecriture,
    EmployeurExamine,
    Genre,
    LigneFormation,
    Motif,
    SalarieExamine,
    annuler,
    decider,
)
from app.opco.service import anciens_opca

LE_JOUR = date(2026, 6, 1)
AFDAS = Opco("AFDAS", "AFDAS", "Opérateur de compétences de la culture et du sport")
UNIFORMATION = Opco("Uniformation", "Uniformation", "Uniformation, l'Opco de la Cohésion sociale")
SANTE = Opco("OPCO Santé", "OPCO Santé", "Opérateur de compétences du secteur privé de la santé")


def _ccn(
    idcc: str, close: date | None = None, par: str = "", *, fermee: bool = False
) -> Convention:
    etat = "clôturée" if close or fermee else "ouverte"
    return Convention(idcc, f"Convention {idcc}", "", etat, close, par, associative=True)


ANCIENS = (
    AncienOpca("Unifaf", "OPCO Santé", (), "", date(2019, 4, 1)),
    AncienOpca("Opcalia", "AFDAS", ("Uniformation",), "par IDCC", date(2019, 4, 1)),
)
CONNU = Correspondances(
    conventions={
        c.idcc: c
        for c in (
            _ccn("2511"),
            _ccn("1518"),
            _ccn("9999"),
            _ccn("0550", date(2017, 5, 31), "1518"),
            _ccn("0804", fermee=True),
        )
    },
    attendus={"2511": AFDAS, "1518": UNIFORMATION, "0804": SANTE},
    opco=(AFDAS, UNIFORMATION, SANTE),
    anciens=ANCIENS,
    au=LE_JOUR,
)


def employeur(idcc: str = "2511", opco: str = "", *lignes: str) -> EmployeurExamine:
    """Return an employer with lines « Formation professionnelle » numbered from 10."""
    vues = tuple(LigneFormation(10 + i, nom, est_nue=True) for i, nom in enumerate(lignes))
    return EmployeurExamine(
        1, 1, "Demo", "Club", idcc, "9312Z", opco, est_archive=False, lignes=vues
    )


def ecrire(
    e: EmployeurExamine, salaries: list[SalarieExamine], d: Decision
) -> tuple[EmployeurExamine, list[SalarieExamine], list[Ecrite]]:
    """Write a decision into values, as the capabilities above do into rows."""
    lignes = {ligne.id: ligne for ligne in e.lignes}
    caisses = {s.id: s for s in salaries}
    ecrites = []
    for rang, w in enumerate(d.ecritures):
        numero = w.objet_id or 99
        if w.genre is Genre.EMPLOYEUR:
            e = replace(e, opco=w.apres)
        elif w.genre is Genre.ORGANISME and not w.apres:
            del lignes[numero]
        elif w.genre is Genre.ORGANISME:
            lignes[numero] = LigneFormation(numero, w.apres, est_nue=True)
        else:
            caisses[numero] = replace(caisses[numero], opco=w.apres)
        ecrites.append(Ecrite(rang, replace(w, objet_id=numero)))
    return replace(e, lignes=tuple(lignes.values())), list(caisses.values()), ecrites


@pytest.mark.exigence("O2", "O4")
@pytest.mark.parametrize(
    ("idcc", "opco", "motif", "apres"),
    [
        ("2511", "Uniformation", Motif.CHANGE, "AFDAS"),
        ("2511", "", Motif.CHANGE, "AFDAS"),
        ("2511", "afdas", Motif.A_JOUR, "afdas"),
        ("1518", "Opcalia", Motif.CHANGE, "Uniformation"),
        ("9999", "", Motif.NON_REPERTORIEE, NON_REPERTORIEE),
        ("9999", "Uniformation", Motif.NON_REPERTORIEE, NON_REPERTORIEE),
        ("", "Uniformation", Motif.SANS_CONVENTION, "Uniformation"),
        ("", "Unifaf", Motif.SANS_CONVENTION, "OPCO Santé"),
        ("", "Opcalia", Motif.SANS_CONVENTION, "Opcalia"),
        ("4242", "AFDAS", Motif.INCONNUE, "AFDAS"),
        ("0550", "AFDAS", Motif.CLOTUREE, "AFDAS"),
        ("0804", "AFDAS", Motif.CLOTUREE, "OPCO Santé"),
    ],
)
def test_each_employer_has_its_reason(idcc: str, opco: str, motif: Motif, apres: str) -> None:
    """Before, after, why: every case of the correspondence."""
    decision = decider(employeur(idcc, opco), [], CONNU)
    assert (decision.motif, decision.avant, decision.apres) == (motif, opco, apres)
    assert decision.est_sans_correspondance == (motif not in {Motif.A_JOUR, Motif.CHANGE})
    assert bool(decision.explication) == decision.est_sans_correspondance


@pytest.mark.exigence("O2")
def test_a_closed_convention_names_what_follows_it() -> None:
    """With its day and its successor's OPCO; without successor, that is said."""
    texte = decider(employeur("0550"), [], CONNU).explication
    assert "31/05/2017" in texte
    assert "1518" in texte
    assert "OPCO Uniformation" in texte
    assert "aucune remplaçante" in decider(employeur("0804"), [], CONNU).explication


@pytest.mark.exigence("O4", "O6")
def test_an_opco_chosen_by_hand_for_9999_is_kept_once_it_was_said() -> None:
    """« Caisse non répertoriée » is written once; who then chooses an OPCO keeps it."""
    deja = replace(CONNU, deja=frozenset({(1, "9999")}))
    assert decider(employeur("9999", "AFDAS"), [], deja).apres == "AFDAS"
    assert decider(employeur("9999", "AFDAS"), [], deja).ecritures == ()
    assert decider(employeur("9999", ""), [], deja).apres == NON_REPERTORIEE


@pytest.mark.exigence("O2")
@pytest.mark.parametrize(
    ("opco", "lignes", "attendues"),
    [
        ("Uniformation", ("Uniformation",), [(10, "AFDAS")]),
        ("AFDAS", ("Uniformation",), [(10, "AFDAS")]),
        ("AFDAS", ("Afdas",), []),
        ("AFDAS", (), [(None, "AFDAS")]),
        ("Uniformation", ("FIF PL", "Uniformation"), [(11, "AFDAS")]),
        ("Uniformation", ("AFDAS", "Uniformation"), []),
        ("AFDAS", ("FIF PL", "Opcalia"), [(11, "AFDAS")]),
    ],
)
def test_the_lines_of_organismes_follow(
    opco: str, lignes: tuple[str, ...], attendues: list[tuple[int | None, str]]
) -> None:
    """The only one, else that of the former caisse; one is added where there is none."""
    decision = decider(employeur("2511", opco, *lignes), [], CONNU)
    ecrites = [(e.objet_id, e.apres) for e in decision.ecritures if e.genre is Genre.ORGANISME]
    assert ecrites == attendues


@pytest.mark.exigence("O2")
@pytest.mark.parametrize(
    ("avant", "caisse", "apres"),
    [
        ("Uniformation", "Uniformation", "AFDAS"),
        ("Uniformation", "OPCO Santé", "OPCO Santé"),
        ("AFDAS", "Uniformation", "Uniformation"),
        ("AFDAS", "Unifaf", "OPCO Santé"),
        ("AFDAS", "Opcalia", "AFDAS"),
        ("Uniformation", "AFDAS", "AFDAS"),
    ],
)
def test_the_caisse_of_an_employee_follows_a_former_one_only(
    avant: str, caisse: str, apres: str
) -> None:
    """An intermittent's AFDAS stays; the employer's former OPCO and a former OPCA move on."""
    salarie = SalarieExamine(7, 1, "Durand Anne", caisse)
    decision = decider(employeur("2511", avant, "AFDAS"), [salarie], CONNU)
    ecrites = [e.apres for e in decision.ecritures if e.genre is Genre.SALARIE]
    assert ecrites == ([apres] if apres != caisse else [])


CAISSES = ["", "AFDAS", "afdas", "Uniformation", "OPCO Santé", "Unifaf", "Opcalia", "FIF PL",
           NON_REPERTORIEE, "caisse non repertoriee"]  # fmt: skip


@pytest.mark.exigence("O7")
@given(
    st.sampled_from(["", "2511", "1518", "9999", "0550", "0804", "4242"]),
    st.sampled_from(CAISSES),
    st.lists(st.sampled_from(CAISSES[1:]), max_size=3),
    st.lists(st.sampled_from(CAISSES[1:]), max_size=3),
    st.booleans(),
)
def test_applying_twice_changes_nothing_and_undoing_gives_all_back(
    idcc: str, opco: str, lignes: list[str], caisses: list[str], deja: bool
) -> None:
    """Whatever the records hold: the second application is empty, the undoing complete."""
    connu = replace(CONNU, deja=frozenset({(1, idcc)}) if deja else frozenset())
    e = employeur(idcc, opco, *lignes)
    salaries = [SalarieExamine(i, 1, "X", caisse) for i, caisse in enumerate(caisses, 20)]

    decision = decider(e, salaries, connu)
    apres, salaries_apres, ecrites = ecrire(e, salaries, decision)
    dite = {(1, idcc)} if decision.apres == NON_REPERTORIEE else set()
    assert decider(apres, salaries_apres, connu).ecritures == ()
    encore = replace(connu, deja=connu.deja | dite)
    assert decider(apres, salaries_apres, encore).ecritures == ()

    annulation = annuler(ecrites, [apres], salaries_apres)
    assert annulation.laissees == ()
    rendu = replace(decision, ecritures=annulation.ecritures)
    assert ecrire(apres, salaries_apres, rendu)[:2] == (e, salaries)


@pytest.mark.exigence("O7")
def test_undoing_leaves_alone_what_somebody_changed_since() -> None:
    """Another OPCO, an added line with a reference, a record that is gone."""

    def ecrite(numero: int, genre: Genre, objet: int, avant: str) -> Ecrite:
        return Ecrite(numero, Ecriture(genre, objet, 1, "Club", avant, "AFDAS"))

    fiche = ecrite(1, Genre.EMPLOYEUR, 1, "Uniformation")
    ajoutee = ecrite(2, Genre.ORGANISME, 10, "")
    partie = ecrite(3, Genre.SALARIE, 7, "Uniformation")
    nommee = ecrite(4, Genre.ORGANISME, 11, "Uniformation")
    e = replace(
        employeur("2511", "OPCO Santé"),
        lignes=(
            LigneFormation(10, "AFDAS", est_nue=False),
            LigneFormation(11, "AFDAS", est_nue=False),
        ),
    )

    annulation = annuler([fiche, ajoutee, partie, nommee], [e], [])

    assert [(x.ecrite.id, x.actuel) for x in annulation.laissees] == [
        (1, "OPCO Santé"),
        (2, "AFDAS"),
        (3, None),
    ]
    assert annulation.rendues == (4,)
    assert [w.apres for w in annulation.ecritures] == ["Uniformation"]


@pytest.mark.exigence("O1")
def test_a_former_opca_gives_nothing_before_the_reform() -> None:
    """The OPCO took over on 01/04/2019."""
    veille = replace(CONNU, au=date(2019, 3, 31), attendus={})
    assert decider(employeur("", "Unifaf"), [], veille).apres == "Unifaf"
    assert len(anciens_opca()) == 20


@pytest.mark.exigence("O2")
def test_the_report_names_every_employer_without_a_match_and_what_changed() -> None:
    """By reason, with what to do; typeset; a simulation says so."""
    decisions = [
        decider(employeur("", ""), [], CONNU),
        decider(employeur("0550", "AFDAS"), [], CONNU),
        decider(employeur("4242", ""), [], CONNU),
        decider(employeur("9999", ""), [], CONNU),
        decider(employeur("2511", "Uniformation", "Uniformation"), [], CONNU),
    ]
    changees = [d for d in decisions if d.ecritures]
    texte = rediger(au=LE_JOUR, faites=changees, decisions=decisions, simulation=False)
    for attendu in (
        "5 employeurs examinés",
        "4 employeurs sans correspondance",
        "Sans convention collective (1 employeur)",
        "Convention collective clôturée (1 employeur)",
        "Convention collective inconnue (1 employeur)",
        "Caisse non répertoriée (1 employeur)",
        "Formation professionnelle\u00a0: Uniformation → AFDAS",
        "Identification des organismes\u00a0: Uniformation → AFDAS",
    ):
        assert attendu in texte
    simulee = rediger(au=LE_JOUR, faites=[], decisions=[], simulation=True)
    assert "CE QUI CHANGERAIT" in simulee
    assert "Aucun\u00a0: chaque employeur a son OPCO" in simulee
