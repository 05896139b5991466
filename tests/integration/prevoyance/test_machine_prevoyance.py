"""Random lives of an employer's contracts of prévoyance, on a real SQLite file.

After each step: periods never overlap nor leave a hole that nobody confirmed, nothing hangs on
nothing, rattachements lie within both contracts, and what was announced covers what changed.
A step that the program refuses (any of its refusals) changes nothing.
"""

import atexit
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, text

from app.assemblage import ouvrir
from app.noyau.erreurs import ErreurMetier
from app.noyau.periodes import FIN_OUVERTE, Mois, Periode, afficher_date, pavage
from app.prevoyance import service
from app.prevoyance.models import ContratPrevoyance, PeriodePrevoyance, Rattachement
from app.salaries import service as salaries
from app.socle import journal
from app.socle.journal import EntreeJournal
from app.socle.transaction import Transaction
from tests.integration.prevoyance.conftest import Maison, ecouter, fonder

MOIS = [Mois(2024, 1).suivant(n) for n in range(12)]
mois = st.sampled_from(MOIS)
fins = st.one_of(mois.map(lambda m: m.fin), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
"""Mostly ends of months, some days that are refused."""
rangs = st.integers(0, 7)
"""Which of the rows that exist, in the order of their numbers, round and round."""
populations = st.sampled_from(["tous", "cadre", "non_cadre"])
TOUT = {f"PRV-{n}" for n in range(201, 210)} - {"PRV-204"}
"""Everything is confirmed but a hole."""


MEMOIRE = "/dev/shm"  # noqa: S108 -- a file system in memory, where there is one


@cache
def _modele() -> Path:
    """Return a data folder with an employer and a caisse, made once."""
    dossier = Path(tempfile.mkdtemp(prefix="modele-prevoyance-"))
    atexit.register(shutil.rmtree, dossier, ignore_errors=True)
    ouvert = ouvrir(dossier)
    fonder(ouvert)
    ouvert.fermer()
    return dossier


class Etat(NamedTuple):
    """What is due to each contrat de travail, by month."""

    dus: dict[int, dict[Mois, Any]]


class Prevoyances(RuleBasedStateMachine):
    """One employer; payslips may be added as rules of their own (compute, validate)."""

    def __init__(self) -> None:
        super().__init__()
        self.piles = ExitStack()
        memoire = MEMOIRE if Path(MEMOIRE).is_dir() else None
        dossier = Path(self.piles.enter_context(tempfile.TemporaryDirectory(dir=memoire)))
        shutil.copytree(_modele(), dossier, dirs_exist_ok=True)
        self.programme = ouvrir(dossier)
        self.piles.callback(self.programme.fermer)
        self.maison = Maison(self.programme, employeur=1, caisse=1)
        self.piles.enter_context(ecouter(self.maison.annonces))
        self.rang = 0
        self.avant = self._etat()

    @initialize(cadre=st.booleans())
    def fonder(self, cadre: bool) -> None:
        """Begin with two employees and both kinds of contracts, each with the first of them."""
        self.embaucher(MOIS[0], 1, cadre=False)
        self.embaucher(MOIS[1], 15, cadre=cadre)
        self.creer_une_parametree(MOIS[0])
        self.creer_un_autre(MOIS[0], None, "non_cadre")
        self.attacher(0, 0, MOIS[0])
        self.attacher(1, 0, MOIS[1])

    def le(self, classe: type[Any], rang: int) -> int:
        """Return the number of one of the rows that exist, 0 when there is none."""
        with self.programme.transaction() as t:
            numeros = list(t.session.scalars(select(classe.id).order_by(classe.id)))
        return int(numeros[rang % len(numeros)]) if numeros else 0

    def un_travail(self, rang: int) -> int:
        """Return the number of one of the contrats de travail."""
        emplois = self.maison.faire(salaries.emplois_de_l_employeur, self.maison.employeur)
        numeros = sorted(e.contrat_id for e in emplois)
        return int(numeros[rang % len(numeros)])

    def teardown(self) -> None:
        """Close the base and drop its file."""
        self.piles.close()

    def tenter(self, action: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Run a use case; a refusal changes nothing and gives None."""
        with contextlib.suppress(ErreurMetier):
            return self.maison.faire(action, *args, **options)
        return None

    # What the employer does.

    @rule(debut=mois, fin=st.one_of(st.none(), fins), population=populations)
    def creer_un_autre(self, debut: Mois, fin: date | None, population: str) -> None:
        """Create an « autre prévoyance »."""
        self.rang += 1
        saisie = {
            "nature": "prevoyance",
            "organisme_id": str(self.maison.caisse),
            "reference": f"R{self.rang}",
            "population": population,
            "debut_le": afficher_date(debut.debut),
            "fin_le": afficher_date(fin) if fin else "",
            "tous_t1_patronal": f"0,{self.rang % 9 + 1}",
        }
        self.tenter(service.creer_autre, self.maison.employeur, saisie, TOUT)

    @rule(debut=mois)
    def creer_une_parametree(self, debut: Mois) -> None:
        """Create a paramétrée of the sport."""
        self.tenter(service.creer_parametree, self.maison.employeur, self._sport(debut), TOUT)

    def _sport(self, debut: Mois) -> dict[str, str]:
        self.rang += 1
        return {
            "regime": "SPORT",
            "organisme_id": str(self.maison.caisse),
            "reference": f"S{self.rang}",
            "debut_le": afficher_date(debut.debut),
        }

    @rule(contrat=rangs, fin=fins)
    def modifier(self, contrat: int, fin: date) -> None:
        """Close the last period, open one."""
        self.rang += 1
        saisie = {"tous_t1_salarial": f"1,{self.rang % 9}"}
        self.tenter(
            service.modifier_autre, self.le(ContratPrevoyance, contrat), fin, saisie, confirmes=TOUT
        )

    @rule(contrat=rangs, debut=mois)
    def remplacer(self, contrat: int, debut: Mois) -> None:
        """Replace a paramétrée."""
        self.tenter(
            service.remplacer_parametree,
            self.le(ContratPrevoyance, contrat),
            self._sport(debut),
            confirmes=TOUT,
        )

    @rule(contrat=rangs, fin=fins, certains=st.booleans())
    def cloturer(self, contrat: int, fin: date, certains: bool) -> None:
        """Close for all, or for every second one."""
        with self.programme.transaction() as t:
            tous = [r.contrat_id for r in t.session.scalars(select(Rattachement))]
        choisis = tous[::2] if certains else tous
        self.tenter(
            service.cloturer_contrat,
            self.le(ContratPrevoyance, contrat),
            fin,
            choisis,
            confirmes=TOUT,
        )

    @rule(contrat=rangs)
    def supprimer(self, contrat: int) -> None:
        """Delete for all."""
        self.tenter(service.supprimer_contrat, self.le(ContratPrevoyance, contrat))

    @rule(contrat=rangs)
    def attacher_les_offerts(self, contrat: int) -> None:
        """Whoever is offered may be attached: never refused."""
        contrat = self.le(ContratPrevoyance, contrat)
        offerts = self.tenter(service.contrats_a_attacher, contrat) or []
        for o in offerts:
            self.maison.faire(
                service.attacher, contrat, [o.emploi.contrat_id], o.adhesion, confirmes=TOUT
            )

    # What concerns an employee.

    @rule(debut=mois, jour=st.integers(1, 28), cadre=st.booleans())
    def embaucher(self, debut: Mois, jour: int, cadre: bool) -> None:
        """Hire somebody."""
        self.rang += 1
        self.maison.embaucher(
            f"Salarié {chr(64 + self.rang % 26)}",
            debut_le=afficher_date(debut.debut.replace(day=jour)),
            categorie="cadre" if cadre else "non_cadre",
        )

    @rule(travail=rangs, fin=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2025, 3, 31))))
    def partir(self, travail: int, fin: date | None) -> None:
        """Leave on a day, or stay after all."""
        numero = self.un_travail(travail)

        def changer(t: Transaction) -> None:
            emploi = salaries.emplois_par_numero(t, [numero])[numero]
            valeurs = salaries.lire_contrat(t, emploi.salarie_id, numero).valeurs
            saisie = {
                "nature": "cdi",
                "debut_le": afficher_date(valeurs["debut_le"]),
                "fin_le": afficher_date(fin) if fin else "",
                "emploi": "Animatrice",
                "categorie": valeurs["categorie"],
                "heures_centiemes": "151,67",
                "salaire_centimes": "2 000",
            }
            salaries.modifier_contrat(t, emploi.salarie_id, numero, saisie)

        self.tenter(changer)

    @rule(contrat=rangs, travail=rangs, adhesion=mois)
    def attacher(self, contrat: int, travail: int, adhesion: Mois) -> None:
        """Attach somebody from the first of a month on."""
        self.tenter(
            service.creer_rattachement,
            self.le(ContratPrevoyance, contrat),
            self.un_travail(travail),
            adhesion.debut,
            confirmes=TOUT,
        )

    @rule(rattachement=rangs, adhesion=mois, fin=st.one_of(st.just(FIN_OUVERTE), fins))
    def changer_les_dates(self, rattachement: int, adhesion: Mois, fin: date) -> None:
        """Change both dates."""
        self.tenter(
            service.modifier_rattachement,
            self.le(Rattachement, rattachement),
            adhesion.debut,
            fin,
            confirmes=TOUT,
        )

    @rule(rattachement=rangs, fin=fins)
    def detacher(self, rattachement: int, fin: date) -> None:
        """Close a rattachement."""
        self.tenter(service.cloturer_rattachement, self.le(Rattachement, rattachement), fin)

    @rule(rattachement=rangs)
    def effacer(self, rattachement: int) -> None:
        """Delete a rattachement."""
        self.tenter(service.supprimer_rattachement, self.le(Rattachement, rattachement))

    @rule(recul=st.integers(0, 5))
    def annuler(self, recul: int) -> None:
        """Undo one of the last entries of the journal, as its screen does."""

        def faire(t: Transaction) -> None:
            requete = select(EntreeJournal).order_by(EntreeJournal.id.desc()).limit(60)
            lues = [e for e in t.session.scalars(requete) if not journal.obstacle(t.session, e)]
            if not lues:
                return
            numero = lues[recul % len(lues)].id
            fiche = journal.annuler_entree(t.session, numero)
            t.session.flush()
            journal.annoncer_l_annulation(t, fiche, numero)

        self.tenter(faire)

    # What always holds.

    @invariant()
    def les_periodes_pavent_leur_contrat(self) -> None:
        """No overlap, no hole, from the first day of the contract to its last."""
        with self.programme.transaction() as t:
            for contrat in t.session.scalars(select(ContratPrevoyance)):
                requete = select(PeriodePrevoyance).where(
                    PeriodePrevoyance.contrat_id == contrat.id
                )
                lues = [Periode(p.debut_le, p.fin_le) for p in t.session.scalars(requete)]
                assert pavage(lues) == ([], [])
                bornes = (min(p.debut for p in lues), max(p.fin for p in lues))
                assert bornes == (contrat.debut_le, contrat.fin_le)

    @invariant()
    def rien_ne_pend_a_rien(self) -> None:
        """No orphan: the base itself finds none."""
        with self.programme.transaction() as t:
            assert t.session.execute(text("PRAGMA foreign_key_check")).all() == []

    @invariant()
    def les_rattachements_restent_dans_les_deux_contrats(self) -> None:
        """As long as was asked, never longer, never twice on a day."""
        with self.programme.transaction() as t:
            lignes = list(t.session.scalars(select(Rattachement)))
            emplois = salaries.emplois_par_numero(t, [r.contrat_id for r in lignes])
            for r in lignes:
                contrat = t.session.get_one(ContratPrevoyance, r.contrat_prevoyance_id)
                travail = emplois[r.contrat_id].periode
                prevoyance = Periode(contrat.debut_le, contrat.fin_le)
                demande = Periode(r.adhesion_le, r.sortie_le)
                commun = travail.intersection(prevoyance)
                assert commun is not None
                assert commun.intersection(demande) == Periode(r.debut_le, r.fin_le)
            paires = {(r.contrat_prevoyance_id, r.contrat_id) for r in lignes}
            for paire in paires:
                jours = [
                    Periode(r.debut_le, r.fin_le)
                    for r in lignes
                    if (r.contrat_prevoyance_id, r.contrat_id) == paire
                ]
                assert pavage(jours)[0] == []

    @invariant()
    def ce_qui_change_est_annonce(self) -> None:
        """Whoever owes something else for a month was announced for a day of that month."""
        apres = self._etat()
        annonces = list(self.maison.annonces)
        self.maison.annonces.clear()
        for travail in self.avant.dus.keys() | apres.dus.keys():
            for m in MOIS:
                if self.avant.dus.get(travail, {}).get(m) != apres.dus.get(travail, {}).get(m):
                    assert any(
                        a.contrat_id == travail and a.depuis <= m.fin and a.jusqu_au >= m.debut
                        for a in annonces
                    ), (travail, m, annonces)
        self.avant = apres

    def _etat(self) -> Etat:
        with self.programme.transaction() as t:
            travaux = [
                e.contrat_id for e in salaries.emplois_de_l_employeur(t, self.maison.employeur)
            ]
            dus: dict[int, dict[Mois, Any]] = {n: {} for n in travaux}
            for m in MOIS:
                for numero, lignes in service.lignes_du_mois(t, m, travaux).items():
                    dus[numero][m] = [
                        (x.contrat_prevoyance_id, x.base, x.taux_salarial, x.taux_patronal)
                        for x in lignes
                    ]
        return Etat(dus)


@pytest.fixture(autouse=True)
def _sans_journal(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Keep the captured log short: each life opens a base."""
    with caplog.at_level("ERROR"):
        yield


Prevoyances.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestPrevoyances = pytest.mark.exigence("P13")(Prevoyances.TestCase)
