"""An employer with a caisse, employees, and contracts of prévoyance, written by the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from app.assemblage import Programme
from app.employeurs import service as employeurs
from app.noyau.periodes import Mois
from app.organismes import service as organismes
from app.prevoyance import service
from app.prevoyance.rules.lignes import LigneDuMois
from app.prevoyance.signals import ChangementPrevoyance, prevoyance_change
from app.salaries import service as salaries

TRAVAIL = {
    "nature": "cdi",
    "debut_le": "01/01/2024",
    "emploi": "Éducateur sportif",
    "categorie": "non_cadre",
    "heures_centiemes": "151,67",
    "salaire_centimes": "2 400,00",
}
AUTRE = {
    "nature": "prevoyance",
    "reference": "PRV-2024-17",
    "debut_le": "01/01/2024",
    "tous_t1_salarial": "0,40",
    "tous_t1_patronal": "0,60",
    "csg_crds": "1",
    "deduction_po": "1",
}
SPORT = {"regime": "SPORT", "reference": "S-2511", "debut_le": "01/01/2024"}


@dataclass
class Maison:
    """An employer and what a test makes of it; every act is a transaction of its own."""

    programme: Programme
    employeur: int
    caisse: int
    annonces: list[ChangementPrevoyance] = field(default_factory=list)

    def embaucher(self, nom: str, **contrat: str) -> int:
        """Create an employee with a contrat de travail; returns the number of this one."""
        identite = {"civilite": "mme", "nom_naissance": nom, "prenoms": "Anne"}
        with self.programme.transaction() as t:
            salarie = salaries.creer_salarie(t, self.employeur, identite)
            return salaries.creer_contrat(t, salarie, TRAVAIL | contrat)

    def changer_le_travail(self, contrat: int, **champs: str) -> None:
        """Change a contrat de travail."""
        with self.programme.transaction() as t:
            emploi = salaries.emplois_par_numero(t, [contrat])[contrat]
            salaries.modifier_contrat(t, emploi.salarie_id, contrat, TRAVAIL | champs)

    def autre(self, *confirmes: str, **champs: str) -> int:
        """Create an « autre prévoyance »."""
        saisie = AUTRE | {"organisme_id": str(self.caisse)} | champs
        return int(self.faire(service.creer_autre, self.employeur, saisie, confirmes))

    def parametree(self, *confirmes: str, **champs: str) -> int:
        """Create a paramétrée."""
        saisie = SPORT | {"organisme_id": str(self.caisse)} | champs
        return int(self.faire(service.creer_parametree, self.employeur, saisie, confirmes))

    def faire(self, action: Any, *args: Any, **options: Any) -> Any:
        """Run a use case in a transaction."""
        with self.programme.transaction() as t:
            return action(t, *args, **options)

    def rattaches(self, contrat: int) -> list[tuple[int, date, date]]:
        """Return (contrat de travail, first day, last day) of those attached."""
        lus = self.faire(service.salaries_rattaches, contrat)
        return [(r.emploi.contrat_id, r.periode.debut, r.periode.fin) for r in lus]

    def periodes(self, contrat: int) -> list[tuple[date, date]]:
        """Return the dates of the periods of a contract."""
        fiche = self.faire(service.lire_contrat, contrat)
        return [(p.periode.debut, p.periode.fin) for p in fiche.periodes]

    def lignes(self, mois: str, travail: int) -> tuple[LigneDuMois, ...]:
        """Return what is due for a month by a contrat de travail."""
        lignes = self.faire(service.lignes_du_mois, Mois.lire(mois), [travail])
        assert set(lignes) <= {travail}
        return tuple(lignes.get(travail, ()))

    def dites(self) -> list[tuple[int, date, date]]:
        """Return, and forget, what was announced: (contrat de travail, first, last day)."""
        dites = [(a.contrat_id, a.depuis, a.jusqu_au) for a in self.annonces]
        self.annonces.clear()
        return dites


@contextmanager
def ecouter(annonces: list[ChangementPrevoyance]) -> Iterator[None]:
    """Keep what prévoyance announces."""

    def noter(_t: Any, *, changements: tuple[ChangementPrevoyance, ...], **_: Any) -> None:
        annonces.extend(changements)

    with prevoyance_change.connected_to(noter):
        yield


def fonder(programme: Programme) -> Maison:
    """Create an employer of the sport, and a caisse."""
    with programme.transaction() as t:
        dossier = employeurs.creer_dossier(t, {"nom": "Sport"})
        fiche = {"raison_sociale": "Judo club", "idcc": "2511", "code_postal": "35000"}
        employeur = employeurs.creer_employeur(t, dossier, fiche)
        caisse = organismes.creer_organisme(t, {"famille": "prevoyance", "nom": "Caisse d'essai"})
    return Maison(programme, employeur, caisse)


@pytest.fixture
def maison(programme: Programme) -> Iterator[Maison]:
    """An employer of the sport with a caisse; what is announced is kept."""
    faite = fonder(programme)
    with ecouter(faite.annonces):
        yield faite
