"""The same random lives, with payslips: nothing validated is ever silently wrong.

After each step, of whatever the program was asked: every validated bulletin of the current year,
and every draft that is not said to be stale, is line by line what the engine computes from the
facts of now; no line names a contract that is gone; a closed year is what it was, to the byte.
Facts without a date of effect leave the earlier years as they were paid: of these, what is due to
prévoyance is compared.
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import or_, select

from app.employeurs import service as employeurs
from app.noyau.periodes import Mois, afficher_date
from app.paie.models import Bulletin, LigneBulletin
from app.paie.rules.comparaison import comparer, version_calculee
from app.paie.rules.etats import Etat
from app.paie.service.baremes import moteur
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.conges import conges_du_mois, ecrire_compteur
from app.paie.service.exercices import clore_exercice
from app.paie.service.faits import dossiers_du_mois, mots_des_contrats, mots_des_lignes
from app.paie.service.raisons import TOUCHES, est_perime
from app.paie.service.recalculer import recalculer, recalculer_un
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.simuler import versions_stockees
from app.paie.service.valider import annuler_la_validation, valider_bulletin, valider_le_mois
from app.prevoyance import service
from app.prevoyance.models import ContratPrevoyance
from app.salaries import service as salaries
from app.socle import horloge
from app.socle.transaction import Transaction
from tests.integration.prevoyance.test_machine_prevoyance import TOUT, Prevoyances

CLOS = 2023
PAYES = [Mois(CLOS, 11), Mois(CLOS, 12), *(Mois(2024, n) for n in range(1, 5))]
SCELLES = (
    "SELECT * FROM bulletin WHERE annee = ?",
    "SELECT l.* FROM ligne_bulletin l JOIN bulletin b ON b.id = l.bulletin_id WHERE annee = ?",
)
"""What is kept of a closed year."""
payes = st.sampled_from(PAYES)
rangs = st.integers(0, 30)
"""Which bulletin, of those that count."""


class Paies(Prevoyances):
    """An employer that pays: compute, validate, cancel, recalculate, close a year."""

    def __init__(self) -> None:
        super().__init__()
        fige = self.piles.enter_context(pytest.MonkeyPatch.context())
        fige.setattr(horloge, "aujourd_hui", lambda: date(2024, 12, 15))
        self.scelle: list[Any] | None = None

        def renseigner(t: Transaction) -> None:
            taux = {self.maison.employeur: {"taux_at_millioniemes": 15_000}}
            employeurs.modifier_en_masse(t, taux)

        self.maison.faire(renseigner)

    @initialize(cadre=st.booleans(), valides=payes)
    def fonder(self, cadre: bool, valides: Mois) -> None:
        """Somebody attached to a contract since the year before; some months are only drafts."""
        categorie = "cadre" if cadre else "non_cadre"
        travail = self.maison.embaucher("Ancien", debut_le="01/10/2023", categorie=categorie)
        contrat = self.maison.autre(*TOUT, debut_le="01/10/2023", reference="R0")
        self.maison.faire(service.attacher, contrat, [travail], confirmes=TOUT)
        self.payer(PAYES[-1], valides)

    # What the payroll does.

    @rule(mois=payes)
    def calculer(self, mois: Mois) -> None:
        """Compute a month."""
        self.tenter(calculer_le_mois, mois)

    @rule(jusqu_a=payes, valides=payes)
    def payer(self, jusqu_a: Mois, valides: Mois) -> None:
        """Compute every month up to one, validate those up to another."""
        for mois in PAYES:
            if mois <= jusqu_a:
                self.tenter(calculer_le_mois, mois)
            if mois <= valides:
                self.tenter(valider_le_mois, mois)

    @rule(mois=payes)
    def valider(self, mois: Mois) -> None:
        """Validate a month."""
        self.tenter(valider_le_mois, mois)

    @rule(rang=rangs)
    def valider_un(self, rang: int) -> None:
        """Validate one bulletin."""
        self.tenter(valider_bulletin, self._numero(rang))

    @rule(rang=rangs)
    def annuler_une_validation(self, rang: int) -> None:
        """Take one back as a draft."""
        self.tenter(annuler_la_validation, self._numero(rang), "Erreur")

    @rule()
    def tout_recalculer(self) -> None:
        """Recalculate what is marked."""
        self.tenter(recalculer)

    @rule(rang=rangs)
    def en_recalculer_un(self, rang: int) -> None:
        """Recalculate one, in whatever order."""
        self.tenter(recalculer_un, self._numero(rang))

    @rule(travail=rangs, mois=payes, prime=st.integers(0, 5_000), jours=rangs)
    def saisir(self, travail: int, mois: Mois, prime: int, jours: int) -> None:
        """Enter a bonus and leave taken."""
        saisie = {"primes_centimes": str(prime), "conges_pris": str(jours % 4)}
        saisies = {self.un_travail(travail): saisie}
        self.tenter(enregistrer_saisies, mois, self.maison.employeur, saisies)

    @rule(travail=rangs, salaire=st.integers(1_800, 30_000))
    def augmenter(self, travail: int, salaire: int) -> None:
        """Change a salary."""
        travail = self.un_travail(travail)

        def changer(t: Transaction) -> None:
            emploi = salaries.emplois_par_numero(t, [travail])[travail]
            valeurs = salaries.lire_contrat(t, emploi.salarie_id, travail).valeurs
            fin = valeurs["fin_le"]
            saisie = {
                "nature": "cdi",
                "debut_le": afficher_date(valeurs["debut_le"]),
                "fin_le": "" if fin.year == 9999 else afficher_date(fin),
                "emploi": "Animatrice",
                "categorie": valeurs["categorie"],
                "heures_centiemes": "151,67",
                "salaire_centimes": str(salaire),
            }
            salaries.modifier_contrat(t, emploi.salarie_id, travail, saisie)

        self.tenter(changer)

    @rule(taux=st.integers(10, 30))
    def changer_le_taux_at(self, taux: int) -> None:
        """Another rate of the employer."""
        valeurs = {self.maison.employeur: {"taux_at_millioniemes": taux * 1_000}}
        self.tenter(employeurs.modifier_en_masse, valeurs)

    @rule()
    def clore(self) -> None:
        """Close the year before."""
        self.tenter(clore_exercice, self.maison.employeur, CLOS)
        if self.scelle is None:
            self.scelle = self._contenu()

    def _numero(self, rang: int) -> int:
        with self.programme.transaction() as t:
            requete = select(Bulletin.id).where(Bulletin.etat.in_(TOUCHES)).order_by(Bulletin.id)
            numeros = list(t.session.scalars(requete))
        return numeros[rang % len(numeros)] if numeros else 0

    def _contenu(self) -> list[Any]:
        """Return every byte of the bulletins of the year before and of their lines."""
        with self.programme.magasin.moteur.connect() as connexion:
            return [
                sorted(tuple(ligne) for ligne in connexion.exec_driver_sql(requete, (CLOS,)))
                for requete in SCELLES
            ]

    # What always holds.

    @invariant()
    def ce_qui_est_valide_est_juste(self) -> None:
        """Validated, or a draft that is not stale: what the engine computes from these facts."""
        with self.programme.transaction() as t:
            requete = select(Bulletin).where(
                or_(Bulletin.etat == str(Etat.VALIDE), Bulletin.etat == str(Etat.BROUILLON)),
                ~est_perime(),
                Bulletin.annee > (CLOS if self.scelle is not None else 0),
            )
            par_mois: dict[Mois, list[Bulletin]] = {}
            for b in t.session.scalars(requete):
                par_mois.setdefault(Mois(b.annee, b.mois), []).append(b)
            for mois, bulletins in par_mois.items():
                _comparer(t, mois, bulletins)

    @invariant()
    def aucune_ligne_n_est_orpheline(self) -> None:
        """A line names a contract that exists, but in a draft that has to be made again."""
        with self.programme.transaction() as t:
            connus = select(ContratPrevoyance.id)
            requete = (
                select(LigneBulletin.contrat_prevoyance_id, Bulletin.etat, Bulletin.mois)
                .join(Bulletin, Bulletin.id == LigneBulletin.bulletin_id)
                .where(
                    Bulletin.etat.in_(TOUCHES),
                    ~est_perime(),
                    LigneBulletin.contrat_prevoyance_id.is_not(None),
                    LigneBulletin.contrat_prevoyance_id.not_in(connus),
                )
            )
            assert t.session.execute(requete).all() == []

    @invariant()
    def un_exercice_clos_ne_change_plus(self) -> None:
        """To the byte."""
        if self.scelle is not None:
            assert self._contenu() == self.scelle


def _comparer(t: Transaction, mois: Mois, bulletins: list[Bulletin]) -> None:
    """Compare bulletins of a month with what their facts give now; nothing is written."""
    actif = moteur()
    employeur = bulletins[0].employeur_id
    prets = {
        p.contrat.contrat_id: p for p in dossiers_du_mois(t, mois, actif.baremes, [employeur])[0]
    }
    stockees = versions_stockees(t, [b.id for b in bulletins])
    conges = conges_du_mois(t, mois, list(prets.values()))
    for b in bulletins:
        if mois.annee == CLOS and b.contrat_id not in prets:
            # A rate of the employer that was taken back leaves the years before as they were paid.
            emploi = salaries.emplois_par_numero(t, [b.contrat_id])[b.contrat_id]
            assert emploi.periode.recouvre(mois.periode), (mois, b.id, "hors contrat")
            continue
        assert b.contrat_id in prets, (mois, b.id, "hors contrat")
        p = prets[b.contrat_id]
        prevoyances = p.dossier.contrat.prevoyances
        mots = mots_des_lignes(actif) | mots_des_contrats(prevoyances)
        calculee = version_calculee(actif.calculer(p.dossier), mots)
        stockee = stockees[b.id]
        if mois.annee == CLOS:
            dus = {(x.code, x.taux_salarial, x.taux_patronal) for x in prevoyances}
            portes = {
                (x.code, x.taux_salarial, x.taux_patronal)
                for x in stockee.lignes
                if x.code.startswith("prevoyance_") and x.code[11].isdecimal()
            }
            assert portes == dus, (mois, b.id)
            continue
        ecarts = comparer(stockee, calculee)
        assert ecarts.est_vide, (mois, b.id, b.etat, ecarts)
        assert b.compteur_conges == ecrire_compteur(conges[b.contrat_id].compteur), (mois, b.id)


Paies.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestPaies = pytest.mark.exigence("P12", "P13")(Paies.TestCase)
