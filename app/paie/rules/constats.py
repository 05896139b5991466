"""What a calculation points out: what it could not do, or what looks odd; never a wall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.noyau.argent import Centiemes, Centimes, afficher_euros, afficher_jours
from app.noyau.erreurs import Constat
from app.noyau.periodes import Mois, Periode, afficher_date
from app.noyau.typographie import accorder
from app.paie.errors import RegimeNonCouvert


@dataclass(frozen=True, slots=True)
class ConstatDuMois:
    """A finding, and the records where it is mended."""

    constat: Constat
    employeur_id: int
    salarie_id: int | None = None

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        liens = {"employeur_id": self.employeur_id, "salarie_id": self.salarie_id}
        return self.constat.en_donnees() | liens


def taux_manquant(employeur_id: int, raison_sociale: str) -> ConstatDuMois:
    """Point out an employer without AT/MP rate: nothing of it is computed."""
    constat = Constat(
        "PAI-110",
        f"Le taux AT/MP de « {raison_sociale} » n'est pas renseigné : ses bulletins n'ont pas "
        "été calculés.",
        "Saisissez-le dans sa fiche administrative, onglet « Identité », puis recalculez.",
    )
    return ConstatDuMois(constat, employeur_id)


def sous_le_smic(
    employeur_id: int, salarie_id: int, nom: str, *, salaire: int, minimum: int
) -> ConstatDuMois:
    """Point out a salary under the SMIC of its hours; the bulletin is computed. Centimes."""
    constat = Constat(
        "PAI-111",
        f"{nom} : {afficher_euros(Centimes(salaire))} de brut, sous le SMIC de ses heures "
        f"({afficher_euros(Centimes(minimum))}).",
        "Vérifiez le salaire et les heures du contrat.",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def chevauchement(
    employeur_id: int, salarie_id: int, nom: str, periodes: Sequence[Periode]
) -> ConstatDuMois | None:
    """Point out contracts of one person that cover the same days; both are computed."""
    rangees = sorted(periodes)
    for avant, apres in pairwise(rangees):
        if avant.recouvre(apres):
            constat = Constat(
                "PAI-112",
                f"{nom} a deux contrats qui se chevauchent à partir du "
                f"{afficher_date(apres.debut)} : chacun a son bulletin.",
                "Vérifiez les dates de ses contrats, ou laissez-les s'il cumule deux emplois.",
            )
            return ConstatDuMois(constat, employeur_id, salarie_id)
    return None


def hors_contrat(
    employeur_id: int, salarie_id: int, nom: str, mois: Mois, periode: Periode
) -> ConstatDuMois:
    """Point out a bulletin set aside because its contract covers no day of its month."""
    constat = Constat(
        "PAI-113",
        f"Le contrat de {nom} ({periode}) ne couvre plus aucun jour de "
        f"{mois.mois:02}/{mois.annee} : son bulletin a été écarté.",
        "Vérifiez les dates du contrat ; le bulletin écarté reste lisible parmi ses versions.",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def mois_manquants(employeur_id: int, raison_sociale: str, combien: int) -> ConstatDuMois:
    """Point out people whose year so far is incomplete, which the regularisation counts on."""
    constat = Constat(
        "PAI-114",
        f"« {raison_sociale} » : {accorder(combien, 'contrat')} sans bulletin pour un mois "
        "précédent, les cumuls de l'année sont incomplets.",
        "Calculez les mois précédents dans l'ordre, puis celui-ci.",
    )
    return ConstatDuMois(constat, employeur_id)


def net_negatif(employeur_id: int, salarie_id: int, nom: str, net: int) -> ConstatDuMois:
    """Point out a net to be paid below zero. Centimes."""
    constat = Constat(
        "PAI-115",
        f"{nom} : le net à payer est négatif ({afficher_euros(Centimes(net))}).",
        "Vérifiez les absences et l'acompte du mois.",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def non_couvert(
    employeur_id: int, salarie_id: int, nom: str, refus: RegimeNonCouvert
) -> ConstatDuMois:
    """Point out a contract whose regime is not computed: it has no bulletin."""
    message = f"{nom} : {refus.texte()}"
    constat = Constat(refus.code, message, refus.texte_remede())
    return ConstatDuMois(constat, employeur_id, salarie_id)


def sous_le_minimum_des_cadres(
    employeur_id: int, salarie_id: int, nom: str, manque: int
) -> ConstatDuMois:
    """Point out a cadre whose contracts cost the employer less than the minimum. Centimes."""
    constat = Constat(
        "PAI-124",
        f"{nom} : la part patronale de ses contrats de prévoyance est sous le minimum des cadres "
        f"(1,50 % de la tranche 1) ; il manque {afficher_euros(Centimes(manque))}.",
        "Relevez la part patronale du contrat, ou vérifiez que le salarié y est bien rattaché.",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def sous_le_minimum(
    employeur_id: int, salarie_id: int, nom: str, *, salaire: int, minimum: int, texte: str
) -> ConstatDuMois:
    """Point out a salary under the minimum of its convention; the bulletin is computed. Centimes.

    `texte` names the level and the text that the minimum comes from.
    """
    constat = Constat(
        "PAI-116",
        f"{nom} : {afficher_euros(Centimes(salaire))} de brut, sous le minimum conventionnel de "
        f"ses heures ({afficher_euros(Centimes(minimum))}, {texte}).",
        "Vérifiez le salaire, les heures et la classification du contrat.",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def prevoyance_reintegree(
    employeur_id: int, salarie_id: int, nom: str, montant: int
) -> ConstatDuMois:
    """Point out what of the employer's part joins the social base, or leaves it. Centimes."""
    ecrit = afficher_euros(Centimes(abs(montant)))
    dit = "soumis à cotisations comme du salaire" if montant > 0 else "rendu, l'année le permet"
    constat = Constat(
        "PAI-125",
        f"{nom} : la part patronale de prévoyance dépasse la limite exonérée de l'année ; "
        f"{ecrit} {dit} ce mois-ci.",
        "Rien à faire si les taux du contrat sont justes (CSS, art. D242-1).",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def conges_depasses(employeur_id: int, salarie_id: int, nom: str, solde: int) -> ConstatDuMois:
    """Point out more leave taken than acquired; the bulletin is computed. Hundredths of days."""
    constat = Constat(
        "PAI-117",
        f"{nom} : les congés pris dépassent les droits acquis, le solde est de "
        f"{afficher_jours(Centiemes(solde))}.",
        "Vérifiez les jours saisis et la reprise de ses congés ; sinon ce sont des congés "
        "accordés par anticipation.",
    )
    return ConstatDuMois(constat, employeur_id, salarie_id)


def exercice_clos(employeur_id: int, raison_sociale: str, annee: int) -> ConstatDuMois:
    """Point out an employer whose year is closed: a batch leaves it alone."""
    constat = Constat(
        "PAI-118",
        f"L'exercice {annee} de « {raison_sociale} » est clos : ses bulletins restent tels quels.",
        "Consultez-les en lecture ; corrigez sur un mois d'un exercice encore ouvert.",
    )
    return ConstatDuMois(constat, employeur_id)


_EMPECHEMENTS = {
    "PAI-110": "le taux AT/MP de l'employeur n'est pas renseigné",
    "PAI-113": "son contrat ne couvre plus aucun jour de ce mois",
    RegimeNonCouvert.code: "la paie de ce contrat d'artiste n'est pas calculée",
}
"""Findings of a month that has no bulletin, in a few words."""


def empechement(constats: Iterable[ConstatDuMois]) -> str:
    """Say what prevented the calculation of one contract, by the findings of its month."""
    codes = [c.constat.code for c in constats]
    trouves = [mots for code, mots in _EMPECHEMENTS.items() if code in codes]
    return trouves[0] if trouves else "son contrat n'est plus à payer ce mois-ci"


def mois_attendus(mois: Mois, debut: date) -> int:
    """Count the months of the year before this one that a contract begun that day touches."""
    premier = max(Mois(mois.annee, 1), Mois.de(debut))
    return max(0, mois.mois - premier.mois) if premier <= mois else 0


def trier(constats: Iterable[ConstatDuMois]) -> tuple[ConstatDuMois, ...]:
    """Return findings with those that prevented a calculation first."""
    return tuple(sorted(constats, key=lambda c: c.constat.code))
