"""One base for all the tests of the catalogue, and its records as Python sees them.

The records are read through the ORM: no SQL of a query or of a view serves to check another.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.assemblage import Programme, ouvrir
from app.demonstration.service import remplir
from app.employeurs import service as employeurs
from app.employeurs.models import Dossier, Employeur
from app.noyau.periodes import FIN_OUVERTE, Mois
from app.opco.models import ApplicationOpco, LigneApplicationOpco
from app.organismes.models import Organisme
from app.paie.models import Bulletin, LigneBulletin, SaisieMois
from app.paie.service.calculer import calculer_le_mois
from app.paie.service.exercices import clore_exercice
from app.paie.service.recalculer import recalculer_un
from app.paie.service.valider import annuler_la_validation, valider_le_mois
from app.prevoyance.models import (
    ContratPrevoyance,
    PeriodePrevoyance,
    Rattachement,
    TauxPrevoyance,
)
from app.salaries import service as salaries
from app.salaries.models import Contrat, Salarie
from app.sauvegardes.models import Sauvegarde
from app.socle.transaction import Transaction
from tests.conftest import LE_JOUR
from tests.integration.extractions.conftest import Atelier

Ligne = dict[str, Any]
LES_SAUVEGARDES = [datetime.fromisoformat(f"2026-05-0{n}T23:00:05") for n in range(1, 5)]
"""Instants of the backups, naive UTC as they are stored."""
MOIS = [Mois(2025, 11), Mois(2025, 12), *(Mois(2026, m) for m in range(1, 7))]
"""Months of the bulletins of the base."""


def iso(jour: date | None) -> str | None:
    """Return a day as results hold it; nothing for an open end."""
    return None if jour is None or jour == FIN_OUVERTE else str(jour)


@dataclass
class Monde:
    """Records of a base by number, and how they hang together."""

    atelier: Atelier
    tables: dict[type[Any], dict[int, Any]] = field(default_factory=dict)

    def tous(self, modele: type[Any]) -> list[Any]:
        """Return the records of a table."""
        if modele not in self.tables:
            with self.atelier.programme.transaction() as t:
                lus = list(t.session.scalars(select(modele)))
                t.session.expunge_all()
            self.tables[modele] = {getattr(r, "id", rang): r for rang, r in enumerate(lus)}
        return list(self.tables[modele].values())

    def un(self, modele: type[Any], numero: int) -> Any:
        """Return the record of that number."""
        self.tous(modele)
        return self.tables[modele][numero]

    def employeur(self, e: Employeur) -> Ligne:
        """Return the dossier and the name of an employer."""
        return {
            "dossier": self.un(Dossier, e.dossier_id).nom,
            "raison_sociale": e.raison_sociale,
        }

    def personne(self, s: Salarie) -> Ligne:
        """Return the dossier, the employer and the names of an employee."""
        e = self.un(Employeur, s.employeur_id)
        return self.employeur(e) | {"nom": s.nom_usage or s.nom_naissance, "prenoms": s.prenoms}

    def est_archive(self, fiche: Salarie | Employeur) -> bool:
        """Tell whether a record, its employer or its dossier is archived."""
        if isinstance(fiche, Salarie):
            return bool(fiche.archive_le) or self.est_archive(
                self.un(Employeur, fiche.employeur_id)
            )
        return bool(fiche.archive_le or self.un(Dossier, fiche.dossier_id).archive_le)

    def actifs(self, modele: type[Any]) -> list[Any]:
        """Return the employers or the employees that are not archived."""
        return [x for x in self.tous(modele) if not self.est_archive(x)]

    def contrats(self, du: date, au: date | None = None) -> list[Contrat]:
        """Return the contracts that cover a day at least of a period."""
        fin = au or du
        return [c for c in self.tous(Contrat) if c.debut_le <= fin and c.fin_le >= du]

    def salarie(self, c: Contrat | Bulletin) -> Salarie:
        """Return the employee of a contract or of a bulletin."""
        return self.un(Salarie, c.salarie_id)  # type: ignore[no-any-return]

    def bulletins(self, du: date, au: date) -> list[Bulletin]:
        """Return the bulletins in force of the months of a period."""
        return [
            b
            for b in self.tous(Bulletin)
            if b.etat != "remplace" and Mois.de(du) <= Mois(b.annee, b.mois) <= Mois.de(au)
        ]

    def lignes(self, du: date, au: date) -> list[tuple[Bulletin, LigneBulletin]]:
        """Return the lines of the bulletins in force of the months of a period."""
        gardes = {b.id: b for b in self.bulletins(du, au)}
        return [
            (gardes[x.bulletin_id], x) for x in self.tous(LigneBulletin) if x.bulletin_id in gardes
        ]

    def comparer(self, numero: int, attendu: Iterable[Ligne], **saisie: str) -> list[Ligne]:
        """Run a query; its lines are those expected, every column of them."""
        recues = self.atelier.lignes(self.atelier.executer(numero, **saisie))
        assert _compter(recues) == _compter(attendu)
        assert recues, "an empty result proves nothing"
        return recues


def _compter(lignes: Iterable[Ligne]) -> Counter[str]:
    return Counter(str(sorted((k, None if v == "" else v) for k, v in x.items())) for x in lignes)


def additionner(
    lignes: Iterable[Any], cle: Callable[[Any], Any], *mesures: Callable[[Any], int]
) -> dict[Any, list[int]]:
    """Return the sums of measures by key."""
    sommes: dict[Any, list[int]] = {}
    for x in lignes:
        sommes.setdefault(cle(x), [0] * len(mesures))
        for rang, mesure in enumerate(mesures):
            sommes[cle(x)][rang] += mesure(x)
    return sommes


def _troubler(t: Transaction) -> None:
    """Change records so that every query has something to tell."""
    maisons = list(t.session.scalars(select(Employeur).order_by(Employeur.id)))
    courants = [
        c
        for c in t.session.scalars(select(Contrat).order_by(Contrat.id))
        if c.debut_le <= LE_JOUR <= c.fin_le
    ]
    gens = [t.session.get_one(Salarie, c.salarie_id) for c in courants]
    gens = [s for s in gens if s.nir]
    maisons[0].opco = ""
    maisons[1].effectif += 3
    next(s for s in gens[4:] if s.employeur_id != gens[0].employeur_id).nir = gens[0].nir
    gens[1].nir = ""
    gens[2].opco = "Caisse d'ailleurs"
    gens[3].ne_le = None
    courants[0].taux_pas_millioniemes = None
    courants[1].fin_le = date(2026, 7, 31)
    double = {k: getattr(courants[2], k) for k in ("salarie_id", "emploi", "categorie")}
    double |= {"nature": "cdd", "motif": "usage", "heures_centiemes": 2000}
    t.session.add(
        Contrat(**double, debut_le=date(2026, 5, 1), fin_le=LE_JOUR, salaire_centimes=30_000)
    )
    autre_dossier = employeurs.creer_dossier(t, {"nom": "Été 2025"})
    fiche = {"raison_sociale": "École de voile", "forme": "association", "code_postal": "97400"}
    employeurs.creer_employeur(t, autre_dossier, fiche)
    fiche |= {"raison_sociale": "Chorale sans salarié", "code_postal": "33000"}
    employeurs.creer_employeur(t, autre_dossier, fiche)
    ferme = employeurs.creer_dossier(t, {"nom": "Fermé"})
    employeurs.creer_employeur(t, ferme, fiche | {"raison_sociale": "Ancienne fanfare"})
    employeurs.archiver_dossier(t, ferme, archive=True)
    perdu = Contrat(**double, debut_le=date(2019, 5, 1), fin_le=date(2019, 5, 31))
    perdu.salaire_centimes = 20_000
    t.session.add(perdu)
    t.session.flush()
    t.session.delete(perdu)
    _saisir(t, courants)
    _assurer(t, courants)


def _saisir(t: Transaction, contrats: list[Contrat]) -> None:
    """Enter hours, absences, leave and bonuses."""
    for rang, c in enumerate(contrats[:12]):
        saisie = SaisieMois(contrat_id=c.id, annee=2026, mois=5)
        saisie.primes_centimes = 10_000 + rang
        saisie.conges_pris = 100 * (rang % 4)
        saisie.heures_absence = 700 if rang % 3 == 0 else 0
        saisie.heures_maladie = 700 if rang % 6 == 0 else 0
        saisie.indemnites_centimes = 1_500 if rang % 2 else 0
        saisie.acompte_centimes = 5_000 if rang % 5 == 0 else 0
        t.session.add(saisie)
    t.session.flush()


def _assurer(t: Transaction, contrats: list[Contrat]) -> None:
    """Give an employer a contract of prévoyance and one of santé, with employees attached."""
    caisse = t.session.scalar(select(Organisme).where(Organisme.famille == "prevoyance"))
    assert caisse is not None
    premier = t.session.get_one(Salarie, contrats[0].salarie_id).employeur_id
    for nature, base, salarial, patronal in (
        ("prevoyance", "brut", 5_000, 7_000),
        ("sante", "forfait", 0, 0),
    ):
        p = ContratPrevoyance(employeur_id=premier, genre="autre", nature=nature)
        p.organisme_id, p.reference, p.debut_le = caisse.id, f"R-{nature}", date(2026, 1, 1)
        t.session.add(p)
        t.session.flush()
        options = dict.fromkeys(("forfait_social", "csg_crds", "deduction_po"), True)
        periode = PeriodePrevoyance(contrat_id=p.id, debut_le=p.debut_le, **options)
        periode.deduction_pp = False
        t.session.add(periode)
        t.session.flush()
        taux = TauxPrevoyance(periode_id=periode.id, population="tous", base=base)
        taux.salarial_millioniemes, taux.patronal_millioniemes = salarial, patronal
        if base == "forfait":
            taux.salarial_centimes, taux.patronal_centimes = 2_000, 2_500
        t.session.add(taux)
        siens = [
            c for c in contrats if t.session.get_one(Salarie, c.salarie_id).employeur_id == premier
        ]
        for c in siens[: None if nature == "prevoyance" else 1]:
            debut = max(c.debut_le, p.debut_le)
            lien = Rattachement(contrat_prevoyance_id=p.id, contrat_id=c.id, adhesion_le=debut)
            lien.debut_le, lien.fin_le = debut, c.fin_le
            t.session.add(lien)
    t.session.flush()


def _payer(t: Transaction) -> None:
    """Compute and validate; make one bulletin anew, leave some to be recalculated."""
    for mois in MOIS:
        calculer_le_mois(t, mois)
        if mois < MOIS[-1]:
            valider_le_mois(t, mois)
    bulletins = list(t.session.scalars(select(Bulletin).order_by(Bulletin.id)))
    avril = [b for b in bulletins if (b.annee, b.mois) == (2026, 4)]
    annuler_la_validation(t, avril[0].id, "Prime oubliée")
    recalculer_un(t, avril[0].id)
    contrat = t.session.get_one(Contrat, avril[1].contrat_id)
    salaire = contrat.salaire_centimes + 5_000
    salaries.modifier_contrats_en_masse(t, {contrat.id: {"salaire_centimes": salaire}})
    clore_exercice(t, bulletins[0].employeur_id, 2025)
    application = ApplicationOpco(moment=t.maintenant.replace(tzinfo=None), par=t.par)
    application.origine, application.au, application.avis = "essai", LE_JOUR, ""
    application.examines, application.changes, application.sans_correspondance = 1, 1, 0
    application.annulee_par = ""
    t.session.add(application)
    t.session.flush()
    ecrite = LigneApplicationOpco(application_id=application.id, objet="employeur", objet_id=1)
    ecrite.employeur_id, ecrite.designation = 1, "Essai"
    ecrite.idcc, ecrite.motif = "2511", "avenant"
    for rang, etat in enumerate(("bonne", "echouee", "absente", "abimee")):
        sauvegarde = Sauvegarde(script="Script 1", etat=etat, faite_a=LES_SAUVEGARDES[rang])
        sauvegarde.fichier, sauvegarde.taille = f"/mnt/s{rang}.clairpaie", 1_000 + rang
        sauvegarde.cause = "Disque plein" if etat == "echouee" else ""
        sauvegarde.verifiee_a = sauvegarde.faite_a if etat == "bonne" else None
        sauvegarde.chiffree, sauvegarde.precaution = rang == 1, rang == 2
        t.session.add(sauvegarde)
    ecrite.avant, ecrite.apres, ecrite.issue = "Uniformation", "AFDAS", "changee"
    t.session.add(ecrite)
    t.session.flush()


@pytest.fixture(scope="session")
def monde(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monde]:
    """A demonstration base with bulletins, changed so that each query tells something."""
    dossier: Path = tmp_path_factory.mktemp("catalogue")
    ouvert: Programme = ouvrir(dossier / "donnees")
    with ouvert.transaction() as t:
        remplir(t, employeurs=12, salaries=60, aujourd_hui=LE_JOUR, bulletins=False)
    with ouvert.transaction() as t:
        _troubler(t)
    with ouvert.transaction() as t:
        _payer(t)
    yield Monde(Atelier(ouvert, dossier))
    ouvert.fermer()
