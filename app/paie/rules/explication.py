"""Why a line is what it is: formula in words, base, rate, date of effect, legal text."""

from dataclasses import dataclass

from app.noyau.argent import Centimes, Millioniemes, afficher_euros, afficher_taux, nombre_decimal
from app.noyau.periodes import afficher_date
from app.paie.rules.baremes import Cotisation, Serie
from app.paie.rules.calcul import Bulletin, Ligne, Moteur
from app.paie.rules.faits import Dossier, LignePrevoyance

ASSIETTES_EN_MOTS = {
    "brut": "le salaire brut soumis à cotisations",
    "tranche_1": "la part du brut jusqu'au plafond de la sécurité sociale, régularisée sur l'année",
    "tranche_2": "la part du brut entre 1 et 8 plafonds, régularisée sur l'année",
    "tranche_1_a_4": "la part du brut jusqu'à 4 plafonds, régularisée sur l'année",
    "cet": "le brut jusqu'à 8 plafonds, dès qu'il dépasse le plafond dans l'année",
    "csg": "98,25 % du brut jusqu'à 4 plafonds, plus la part patronale de prévoyance et de santé",
    "csg_heures_supplementaires": "98,25 % des heures supplémentaires exonérées d'impôt",
    "heures_supplementaires": "la rémunération des heures supplémentaires et complémentaires",
    "prevoyance_patronale": "la part patronale de prévoyance et de complémentaire santé",
    "mutuelle": "la cotisation mensuelle de complémentaire santé",
    "plafond": "le plafond de la sécurité sociale du mois",
}
FORMULES_EN_MOTS = {
    "taux_maladie": "taux réduit tant que la rémunération de l'année reste sous le plafond en SMIC "
    "(jusqu'au 31/12/2025), taux plein ensuite",
    "taux_famille": "taux réduit tant que la rémunération de l'année reste sous le plafond en SMIC "
    "(jusqu'au 31/12/2025), taux plein ensuite",
    "taux_accidents_travail": "taux notifié à l'employeur par la CARSAT, saisi dans sa fiche",
    "taux_versement_mobilite": "taux de la commune, saisi pour l'établissement",
    "contribution_apprentissage": "taux selon la part d'alternants dans l'effectif",
    "mutuelle": "montant fixe, partagé entre le salarié et l'employeur",
    "reduction_generale": "rémunération de l'année × coefficient, moins ce qui a déjà été déduit",
    "reduction_heures_supplementaires": "taux réel des cotisations vieillesse du salarié, "
    "dans la limite de 11,31 %",
    "deduction_heures_supplementaires": "nombre d'heures supplémentaires × montant par heure",
}


@dataclass(frozen=True, slots=True)
class Explication:
    """What a line says of itself, in French."""

    code: str
    libelle: str
    formule: str
    assiette: str
    taux: str
    effet: str
    source: str

    def en_donnees(self) -> dict[str, str]:
        """Return the machine-readable shape."""
        return {
            "code": self.code,
            "libelle": self.libelle,
            "formule": self.formule,
            "assiette": self.assiette,
            "taux": self.taux,
            "effet": self.effet,
            "source": self.source,
        }


def _effet(serie: Serie, dossier: Dossier) -> str:
    trouve = serie.a(dossier.mois.fin)
    return afficher_date(trouve[0]) if trouve else ""


def _formule(c: Cotisation, ligne: Ligne, bulletin: Bulletin) -> str:
    base = afficher_euros(Centimes(ligne.assiette))
    if c.code == "reduction_generale":
        coefficient = nombre_decimal(bulletin.coefficient_reduction, 4, 4)
        return f"{FORMULES_EN_MOTS[c.formule]} ; coefficient {coefficient}"
    if c.formule:
        return FORMULES_EN_MOTS[c.formule]
    parts = []
    if ligne.salarial:
        parts.append(f"salarié : {base} × {afficher_taux(Millioniemes(ligne.taux_salarial))}")
    if ligne.patronal:
        parts.append(f"employeur : {base} × {afficher_taux(Millioniemes(ligne.taux_patronal))}")
    return " ; ".join(parts)


def _du_contrat(p: LignePrevoyance, ligne: Ligne) -> Explication:
    base = afficher_euros(Centimes(ligne.assiette))
    taux = [
        f"{nom} {afficher_taux(Millioniemes(valeur))}"
        for nom, valeur in (("salarié", p.taux_salarial), ("employeur", p.taux_patronal))
        if valeur
    ]
    return Explication(
        code=p.code,
        libelle=p.libelle,
        formule=f"{base} × taux du contrat de prévoyance",
        assiette=f"{base} : {ASSIETTES_EN_MOTS[p.assiette]}",
        taux=", ".join(taux),
        effet="",
        source=p.source,
    )


def expliquer(dossier: Dossier, bulletin: Bulletin, moteur: Moteur) -> tuple[Explication, ...]:
    """Explain every line of a bulletin, in its order."""
    jour = dossier.mois.fin
    par_code = {c.code: c for c in moteur.baremes.cotisations}
    contrats = {p.code: p for p in dossier.contrat.prevoyances}
    explications = []
    for ligne in bulletin.lignes:
        if ligne.code in contrats:
            explications.append(_du_contrat(contrats[ligne.code], ligne))
            continue
        c = par_code[ligne.code]
        taux = [
            f"{nom} {afficher_taux(Millioniemes(valeur))}"
            for nom, valeur in (
                ("salarié", ligne.taux_salarial),
                ("employeur", ligne.taux_patronal),
            )
            if valeur
        ]
        effets = {_effet(s, dossier) for s in (c.salariale, c.patronale)} - {""}
        explications.append(
            Explication(
                code=c.code,
                libelle=c.libelle,
                formule=_formule(c, ligne, bulletin),
                assiette=f"{afficher_euros(Centimes(ligne.assiette))} : "
                f"{ASSIETTES_EN_MOTS[c.assiette]}",
                taux=", ".join(taux),
                effet=", ".join(sorted(effets)),
                source=c.source(jour),
            )
        )
    return tuple(explications)
