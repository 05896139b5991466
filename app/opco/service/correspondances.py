"""Use cases of OPCO: load the correspondence, ask it, say how an employer's OPCO stands."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from app.conventions import service as conventions
from app.conventions.rules import ABSENCE
from app.conventions.service import lire_table
from app.noyau.periodes import Periode
from app.opco import rules
from app.opco.models import Opco, OpcoCorrespondance
from app.opco.rules import NON_REPERTORIEE, AncienOpca, SituationOpco
from app.socle import reference
from app.socle.donnees import empreinte
from app.socle.transaction import Transaction

DOSSIER = Path(__file__).parents[1] / "data"
CLE = "opco"


def charger(t: Transaction, dossier: Path = DOSSIER) -> bool:
    """Fill the tables when a data file changed; tells whether it did.

    Raises:
        DonneesInternes, CorrespondancesRefusees: a file is not as it must be; nothing changes.
    """
    fichiers = (dossier / "opco.csv", dossier / "correspondances.csv")
    somme = empreinte(*fichiers)
    if reference.est_a_jour(t.session, CLE, somme):
        return False
    liste = rules.lire_opco(lire_table(fichiers[0], rules.COLONNES_OPCO))
    lignes = lire_table(fichiers[1], rules.COLONNES_CORRESPONDANCES)
    correspondances = rules.lire_correspondances(lignes, {o.code for o in liste})
    t.session.execute(delete(OpcoCorrespondance))
    t.session.execute(delete(Opco))
    t.session.execute(
        insert(Opco),
        [{"code": o.code, "libelle": o.libelle, "nom_officiel": o.nom_officiel} for o in liste],
    )
    t.session.execute(
        insert(OpcoCorrespondance),
        [
            {
                "idcc": c.idcc,
                "opco_code": c.opco_code,
                "debut_le": c.periode.debut,
                "fin_le": c.periode.fin,
            }
            for c in correspondances
        ],
    )
    reference.noter(t.session, CLE, somme)
    return True


def _attendu(t: Transaction, idcc: str, au: date) -> rules.Opco | None:
    requete = (
        select(Opco)
        .join(OpcoCorrespondance, OpcoCorrespondance.opco_code == Opco.code)
        .where(
            OpcoCorrespondance.idcc == idcc,
            OpcoCorrespondance.debut_le <= au,
            OpcoCorrespondance.fin_le >= au,
        )
    )
    ligne = t.session.scalar(requete)
    return None if ligne is None else rules.Opco(ligne.code, ligne.libelle, ligne.nom_officiel)


def correspondance(t: Transaction, idcc: str, au: date) -> str | None:
    """Return the label of the OPCO of an IDCC on a day; nothing when none corresponds.

    9999 (« absence de convention ») gives « Caisse non répertoriée ».
    """
    if idcc == ABSENCE:
        return NON_REPERTORIEE
    attendu = _attendu(t, idcc, au)
    return None if attendu is None else attendu.libelle


def situation(t: Transaction, *, idcc: str, actuel: str, au: date) -> SituationOpco:
    """Say what an employer's OPCO should be on a day, and how the record stands against it."""
    return rules.situation(
        idcc=idcc,
        actuel=actuel,
        convention=conventions.lire(t, idcc),
        attendu=_attendu(t, idcc, au),
        au=au,
    )


def libelles(t: Transaction) -> list[str]:
    """Return the choices of an OPCO: the 11, by name, then « Caisse non répertoriée »."""
    noms = t.session.scalars(select(Opco.libelle).order_by(func.sans_accents(Opco.libelle)))
    return [*noms, NON_REPERTORIEE]


def est_connu(t: Transaction, nom: str) -> bool:
    """Tell whether a record's OPCO is none, one of the 11, a former OPCA or the unlisted caisse."""
    if rules.est_sans_caisse(nom) or rules.successeurs(anciens_opca(), nom, t.aujourd_hui):
        return True
    actuels = (
        rules.Opco(o.code, o.libelle, o.nom_officiel) for o in t.session.scalars(select(Opco))
    )
    return any(rules.designe(nom, actuel) for actuel in actuels)


@dataclass(frozen=True, slots=True)
class OpcoResume:
    """An OPCO with the number of conventions that follow it on a day."""

    opco: rules.Opco
    conventions: int


def lister_opco(t: Transaction, au: date) -> list[OpcoResume]:
    """Return the OPCO by name, each with the conventions that follow it that day."""
    suit = (OpcoCorrespondance.debut_le <= au) & (OpcoCorrespondance.fin_le >= au)
    requete = (
        select(Opco, func.count(OpcoCorrespondance.id))
        .outerjoin(OpcoCorrespondance, (OpcoCorrespondance.opco_code == Opco.code) & suit)
        .group_by(Opco.code)
        .order_by(func.sans_accents(Opco.libelle))
    )
    return [
        OpcoResume(rules.Opco(o.code, o.libelle, o.nom_officiel), int(combien))
        for o, combien in t.session.execute(requete)
    ]


def periodes_d_une_convention(t: Transaction, idcc: str) -> list[tuple[Periode, str]]:
    """Return the OPCO of an IDCC through time, by date."""
    requete = (
        select(OpcoCorrespondance, Opco.libelle)
        .join(Opco, Opco.code == OpcoCorrespondance.opco_code)
        .where(OpcoCorrespondance.idcc == idcc)
        .order_by(OpcoCorrespondance.debut_le)
    )
    return [(Periode(c.debut_le, c.fin_le), libelle) for c, libelle in t.session.execute(requete)]


@cache
def anciens_opca() -> tuple[AncienOpca, ...]:
    """Return the former OPCA, with the OPCO that took over on 01/04/2019.

    Raises:
        DonneesInternes, CorrespondancesRefusees: the file is not as it must be.
    """
    codes = {o.code for o in rules.lire_opco(lire_table(DOSSIER / "opco.csv", rules.COLONNES_OPCO))}
    lignes = lire_table(DOSSIER / "anciens_opca.csv", rules.COLONNES_ANCIENS)
    return tuple(rules.lire_anciens_opca(lignes, codes))
