"""Contrats de travail as other capabilities need them: who, for whom, from when to when."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.noyau.periodes import Periode
from app.salaries.models import Contrat, Salarie
from app.socle.fiches import en_chunks
from app.socle.listes import Requete
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Emploi:
    """A contrat de travail with its employee; `categorie` is cadre or non_cadre."""

    contrat_id: int
    salarie_id: int
    employeur_id: int
    nom: str
    emploi: str
    categorie: str
    periode: Periode
    est_archive: bool


def emplois_de_l_employeur(t: Transaction, employeur_id: int) -> list[Emploi]:
    """Return the contrats de travail of an employer, by name; archived employees included."""
    return _lire(t, _requete().where(Salarie.employeur_id == employeur_id))


def emplois_du_salarie(t: Transaction, salarie_id: int) -> list[Emploi]:
    """Return the contrats de travail of an employee, by date."""
    return _lire(t, _requete().where(Contrat.salarie_id == salarie_id))


def emplois_par_numero(t: Transaction, numeros: Collection[int]) -> dict[int, Emploi]:
    """Return contrats de travail by number; those that do not exist are left out."""
    return {
        emploi.contrat_id: emploi
        for morceau in en_chunks(sorted(set(numeros)))
        for emploi in _lire(t, _requete().where(Contrat.id.in_(morceau)))
    }


def categories_par_numero(t: Transaction, numeros: Collection[int]) -> dict[int, str]:
    """Return cadre or non_cadre of contrats de travail, by number, many at once."""
    return {
        int(numero): categorie or "non_cadre"
        for morceau in en_chunks(sorted(set(numeros)))
        for numero, categorie in t.session.execute(
            select(Contrat.id, Contrat.categorie).where(Contrat.id.in_(morceau))
        )
    }


def _requete() -> Requete:
    nom = func.coalesce(func.nullif(Salarie.nom_usage, ""), Salarie.nom_naissance)
    return (
        select(Contrat, Salarie)
        .join(Salarie, Salarie.id == Contrat.salarie_id)
        .order_by(func.sans_accents(nom), func.sans_accents(Salarie.prenoms), Contrat.debut_le)
    )


def _lire(t: Transaction, requete: Requete) -> list[Emploi]:
    return [
        Emploi(
            contrat_id=c.id,
            salarie_id=s.id,
            employeur_id=s.employeur_id,
            nom=str(s),
            emploi=c.emploi,
            categorie=c.categorie or "non_cadre",
            periode=Periode(c.debut_le, c.fin_le),
            est_archive=s.archive_le is not None,
        )
        for c, s in t.session.execute(requete)
    ]
