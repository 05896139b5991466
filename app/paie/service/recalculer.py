"""Recalculate what a change touched, month after month, and say what it changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.employeurs.service import designations
from app.noyau.periodes import Mois
from app.paie.errors import ValidationImpossible
from app.paie.models import Bulletin
from app.paie.rules import constats as k
from app.paie.rules.constats import ConstatDuMois
from app.paie.rules.etats import COURANTS, Etat
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.exercices import dans_un_exercice_ouvert, refuser_si_clos
from app.paie.service.portee import Portee
from app.paie.service.valider import bulletin
from app.salaries.service import lire_fiche_salarie, valeurs_en_masse
from app.socle.fiches import en_chunks
from app.socle.journal import noter_acte
from app.socle.taches import SANS_SUIVI, Suivi
from app.socle.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Ecart:
    """A bulletin recalculated: what its net was, what it is now; centimes."""

    bulletin_id: int
    mois: str
    nom: str
    employeur: str
    avant: int
    apres: int


@dataclass(frozen=True, slots=True)
class BilanRecalcul:
    """What a recalculation did, those that changed most first."""

    ecarts: tuple[Ecart, ...]
    ecartes: int
    constats: tuple[ConstatDuMois, ...]

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "calcules": len(self.ecarts),
            "changes": sum(e.avant != e.apres for e in self.ecarts),
            "ecartes": self.ecartes,
            "ecarts": [asdict(e) for e in self.ecarts],
            "constats": [c.en_donnees() for c in self.constats],
        }


def a_recalculer(t: Transaction, portee: Portee | None = None) -> dict[Mois, int]:
    """Count the bulletins to be recalculated by month, in order; none of a closed year."""
    requete = select(Bulletin.annee, Bulletin.mois).where(
        Bulletin.etat == str(Etat.A_RECALCULER),
        dans_un_exercice_ouvert(),
        *(portee or Portee()).conditions(),
    )
    compte = Counter(Mois(int(a), int(m)) for a, m in t.session.execute(requete))
    return dict(sorted(compte.items()))


def recalculer(
    t: Transaction, portee: Portee | None = None, suivi: Suivi = SANS_SUIVI
) -> BilanRecalcul:
    """Make a new version of every bulletin to be recalculated, the oldest months first.

    Raises:
        BaremeInconnu: a month lies outside the barèmes.
        TacheAnnulee: the person asked to stop; nothing was written.
    """
    requete = (
        select(
            Bulletin.annee, Bulletin.mois, Bulletin.id, Bulletin.contrat_id, Bulletin.employeur_id
        )
        .where(Bulletin.etat == str(Etat.A_RECALCULER), *(portee or Portee()).conditions())
        .order_by(Bulletin.annee, Bulletin.mois)
    )
    lignes = t.session.execute(requete).all()
    par_mois: dict[Mois, list[Any]] = {}
    for ligne in lignes:
        par_mois.setdefault(Mois(ligne.annee, ligne.mois), []).append(ligne)
    constats: list[ConstatDuMois] = []
    ecartes = 0
    for rang, (mois, siens) in enumerate(par_mois.items()):
        suivi.etape(f"Recalcul de {mois.mois:02}/{mois.annee}", rang, len(par_mois))
        bilan = calculer_le_mois(
            t, mois, sorted({s.employeur_id for s in siens}), contrats={s.contrat_id for s in siens}
        )
        constats += bilan.constats
        ecartes += bilan.ecartes
    suivi.etape("Comparaison avec les versions précédentes", len(par_mois), len(par_mois))
    return BilanRecalcul(_ecarts(t, [li.id for li in lignes]), ecartes, k.trier(constats))


def _ecarts(t: Transaction, anciens: Sequence[int]) -> tuple[Ecart, ...]:
    """Compare the versions that replace others with these."""
    ancien, nouveau = aliased(Bulletin), aliased(Bulletin)
    lignes: list[Any] = []
    for morceau in en_chunks(anciens):
        requete = (
            select(
                nouveau.id,
                nouveau.annee,
                nouveau.mois,
                nouveau.salarie_id,
                nouveau.employeur_id,
                ancien.net_a_payer_centimes.label("avant"),
                nouveau.net_a_payer_centimes.label("apres"),
            )
            .join(ancien, ancien.id == nouveau.remplace_id)
            .where(nouveau.remplace_id.in_(morceau))
        )
        lignes += t.session.execute(requete).all()
    salaries = valeurs_en_masse(t, sorted({li.salarie_id for li in lignes}))
    noms = designations(t, [li.employeur_id for li in lignes])
    ecarts = [
        Ecart(
            bulletin_id=li.id,
            mois=str(Mois(li.annee, li.mois)),
            nom=_nom(salaries[li.salarie_id]),
            employeur=noms.get(li.employeur_id, ""),
            avant=li.avant,
            apres=li.apres,
        )
        for li in lignes
    ]
    return tuple(sorted(ecarts, key=lambda e: (-abs(e.apres - e.avant), e.mois, e.nom)))


def _nom(valeurs: Mapping[str, Any]) -> str:
    return f"{valeurs['nom_usage'] or valeurs['nom_naissance']} {valeurs['prenoms']}"


def recalculer_un(t: Transaction, bulletin_id: int) -> tuple[int | None, BilanCalcul]:
    """Compute one bulletin again; returns the number of the version that now counts.

    A draft is made again; a validated one gets a new version, the former is kept. None: it could
    not be computed, the findings say why.

    Raises:
        BulletinIntrouvable: none of that number.
        ValidationImpossible: it was replaced already.
        ExerciceClos: its year is closed.
    """
    ligne = bulletin(t, bulletin_id)
    refuser_si_clos(t, ligne.employeur_id, ligne.annee)
    etat, mois = Etat(ligne.etat), Mois(ligne.annee, ligne.mois)
    if etat is Etat.REMPLACE:
        nom = lire_fiche_salarie(t, ligne.salarie_id).nom
        raise ValidationImpossible(nom, etat.en_mots, "recalculé")
    if etat is Etat.VALIDE:
        noter_acte(t.session, ligne, {"etat": ligne.etat}, {"etat": str(Etat.A_RECALCULER)})
        ligne.etat = str(Etat.A_RECALCULER)
        t.session.flush()
    contrat, employeur = ligne.contrat_id, ligne.employeur_id
    t.session.expunge(ligne)
    bilan = calculer_le_mois(t, mois, [employeur], contrats=[contrat])
    courant = select(Bulletin.id).where(
        Bulletin.contrat_id == contrat,
        Bulletin.annee == mois.annee,
        Bulletin.mois == mois.mois,
        Bulletin.etat.in_([str(e) for e in COURANTS]),
    )
    return t.session.scalar(courant), bilan
