"""Why a line is what it is: formula in words, base, rate, date of effect, legal text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.noyau.argent import Centimes, Millioniemes, afficher_euros, afficher_taux, nombre_decimal
from app.noyau.periodes import afficher_date
from app.paie.rules.baremes import Cotisation, Serie
from app.paie.rules.calcul import Bulletin, Ligne, Moteur
from app.paie.rules.explication_statuts import Remarque, remarquer
from app.paie.rules.faits import Dossier, LignePrevoyance
from app.paie.rules.imputation import REDUCTION, partager, reunir
from app.paie.rules.particularites import Situation
from app.paie.rules.prevoyance import BASES, FORFAIT, SANTE, TRANCHE_2_CONTRAT

ASSIETTES_EN_MOTS = {
    "brut": "le salaire brut soumis à cotisations",
    "securite_sociale": "le salaire brut soumis à la sécurité sociale",
    "securite_sociale_plafonnee": "la part du brut soumis jusqu'au plafond de la sécurité sociale, "
    "régularisée sur l'année",
    "tranche_1": "la part du brut jusqu'au plafond de la sécurité sociale, régularisée sur l'année",
    "tranche_2": "la part du brut entre 1 et 8 plafonds, régularisée sur l'année",
    "tranche_1_a_4": "la part du brut jusqu'à 4 plafonds, régularisée sur l'année",
    "cet": "le brut jusqu'à 8 plafonds, dès qu'il dépasse le plafond dans l'année",
    "csg": "98,25 % du brut jusqu'à 4 plafonds, plus la part patronale de prévoyance et de santé",
    "csg_heures_supplementaires": "98,25 % des heures supplémentaires exonérées d'impôt",
    "heures_supplementaires": "la rémunération des heures supplémentaires et complémentaires",
    "prevoyance_patronale": "la part patronale de prévoyance et de complémentaire santé",
    "retraite_patronale": "la part patronale de retraite supplémentaire",
    "mutuelle": "la cotisation mensuelle de complémentaire santé",
    "plafond": "le plafond de la sécurité sociale du mois",
    "pmss": "le plafond mensuel de la sécurité sociale, entier",
    TRANCHE_2_CONTRAT: "la part du brut entre 1 et 4 plafonds, régularisée sur l'année",
    FORFAIT: "le montant mensuel fixé par le contrat",
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
ORIGINES = {
    "contrat": "contrat de travail",
    "saisie": "saisie du mois",
    "employeur": "fiche administrative de l'employeur",
    "cumuls": "bulletins précédents de l'année",
    "prevoyance": "contrat de prévoyance",
}
"""Where the inputs of a line come from, in words."""
_DES_ASSIETTES = {
    "brut": ("contrat", "saisie"),
    "securite_sociale": ("contrat", "saisie"),
    "securite_sociale_plafonnee": ("contrat", "saisie", "cumuls"),
    "tranche_1": ("contrat", "saisie", "cumuls"),
    "tranche_2": ("contrat", "saisie", "cumuls"),
    "tranche_1_a_4": ("contrat", "saisie", "cumuls"),
    TRANCHE_2_CONTRAT: ("contrat", "saisie", "cumuls"),
    "cet": ("contrat", "saisie", "cumuls"),
    "csg": ("contrat", "saisie", "cumuls"),
    "csg_heures_supplementaires": ("contrat", "saisie"),
    "heures_supplementaires": ("contrat", "saisie"),
    "prevoyance_patronale": ("prevoyance",),
    "retraite_patronale": ("prevoyance",),
    "mutuelle": ("contrat",),
    "plafond": ("contrat",),
}
_DES_FORMULES = {
    "taux_maladie": ("cumuls",),
    "taux_famille": ("cumuls",),
    "taux_accidents_travail": ("employeur",),
    "taux_versement_mobilite": ("employeur",),
    "contribution_apprentissage": ("employeur",),
    "reduction_generale": ("cumuls", "employeur"),
    "deduction_heures_supplementaires": ("employeur",),
}


@dataclass(frozen=True, slots=True)
class Explication:
    """What a line says of itself, in French; `origines` are keys of `ORIGINES`."""

    code: str
    libelle: str
    formule: str
    assiette: str
    taux: str
    effet: str
    source: str
    origines: tuple[str, ...] = ()

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "code": self.code,
            "libelle": self.libelle,
            "formule": self.formule,
            "assiette": self.assiette,
            "taux": self.taux,
            "effet": self.effet,
            "source": self.source,
            "origines": list(self.origines),
        }


def _effet(serie: Serie, jour: date) -> str:
    trouve = serie.a(jour)
    return afficher_date(trouve[0]) if trouve else ""


def _formule(c: Cotisation, ligne: Ligne, coefficient: int, imputee: str) -> str:
    base = afficher_euros(Centimes(ligne.assiette))
    if c.code == REDUCTION:
        ecrit = nombre_decimal(coefficient, 4, 4)
        ecrite = f"{FORMULES_EN_MOTS[c.formule]} ; coefficient {ecrit}"
        return f"{ecrite} ; {imputee}" if imputee else ecrite
    if c.formule:
        return FORMULES_EN_MOTS[c.formule]
    parts = []
    if ligne.salarial:
        parts.append(f"salarié : {base} × {afficher_taux(Millioniemes(ligne.taux_salarial))}")
    if ligne.patronal:
        parts.append(f"employeur : {base} × {afficher_taux(Millioniemes(ligne.taux_patronal))}")
    return " ; ".join(parts)


def _taux(ligne: Ligne) -> str:
    parts = (("salarié", ligne.taux_salarial), ("employeur", ligne.taux_patronal))
    return ", ".join(f"{nom} {afficher_taux(Millioniemes(taux))}" for nom, taux in parts if taux)


def _origines(c: Cotisation, jour: date) -> tuple[str, ...]:
    """Return where the inputs come from, in the order of `ORIGINES`."""
    trouvees = {*_DES_ASSIETTES[c.assiette], *_DES_FORMULES.get(c.formule, ())}
    si = c.condition(jour)
    if any(x is not None for x in (si.idcc, si.effectif_min, si.effectif_max)):
        trouvees.add("employeur")
    return tuple(nom for nom in ORIGINES if nom in trouvees)


def _de_la_loi(
    c: Cotisation, ligne: Ligne, jour: date, coefficient: int, *, remarque: Remarque, parts: str
) -> Explication:
    effets = {_effet(s, jour) for s in (c.salariale, c.patronale)} - {""}
    base = remarque.assiette or ASSIETTES_EN_MOTS[c.assiette]
    return Explication(
        code=c.code,
        libelle=c.libelle,
        formule=_formule(c, ligne, coefficient, parts),
        assiette=f"{afficher_euros(Centimes(ligne.assiette))} : {base}",
        taux=" ; ".join(filter(None, (_taux(ligne), remarque.taux))),
        effet=", ".join(sorted(effets)),
        source=" ; ".join(filter(None, (c.source(jour), remarque.source))),
        origines=_origines(c, jour),
    )


def _du_contrat(ligne: Ligne, libelle: str, p: LignePrevoyance | None) -> Explication:
    """Explain a line of a contract of prévoyance; None: that contract exists no more."""
    base = afficher_euros(Centimes(ligne.assiette))
    return Explication(
        code=ligne.code,
        libelle=libelle,
        formule=" ; ".join([_parts(ligne), *(options_en_mots(p) if p else ())]),
        assiette=f"{base} : {ASSIETTES_EN_MOTS[BASES[p.base]]}" if p else base,
        taux=_taux(ligne),
        effet="",
        source=p.source if p else "Contrat de prévoyance en vigueur lors du calcul",
        origines=_origines_du_contrat(p),
    )


def _parts(ligne: Ligne) -> str:
    """Return the formula of both parts; an amount without rate is fixed by the contract."""
    base = afficher_euros(Centimes(ligne.assiette))
    parts = []
    for nom, taux, montant in (
        ("salarié", ligne.taux_salarial, ligne.salarial),
        ("employeur", ligne.taux_patronal, ligne.patronal),
    ):
        if taux:
            parts.append(f"{nom} : {base} × {afficher_taux(Millioniemes(taux))}")
        elif montant:
            parts.append(f"{nom} : {afficher_euros(Centimes(montant))} par mois")
    return " ; ".join(parts)


def options_en_mots(p: LignePrevoyance) -> tuple[str, ...]:
    """Return what the options of a contract do to the bulletin, in words."""
    mots = []
    if p.forfait_social:
        mots.append("la part patronale porte le forfait social")
    mots.append(
        "la part patronale est soumise à la CSG et à la CRDS"
        if p.csg_crds
        else "la part patronale n'est pas soumise à la CSG et à la CRDS"
    )
    mots.append(f"part salariale {'déduite' if p.deduction_po else 'non déduite'} du net imposable")
    if p.nature == SANTE:
        mots.append("part patronale ajoutée au net imposable (CGI, art. 83, 1° quater)")
    else:
        deduite = "non ajoutée" if p.deduction_pp else "ajoutée"
        mots.append(f"part patronale {deduite} au net imposable")
    return tuple(mots)


def _origines_du_contrat(p: LignePrevoyance | None) -> tuple[str, ...]:
    """Return where the inputs of a line come from, in the order of `ORIGINES`."""
    trouvees = {"prevoyance", *_DES_ASSIETTES.get(BASES[p.base] if p else "", ())}
    return tuple(nom for nom in ORIGINES if nom in trouvees)


def expliquer_ligne(
    moteur: Moteur,
    jour: date,
    ligne: Ligne,
    *,
    libelle: str,
    coefficient: int,
    prevoyances: Sequence[LignePrevoyance] = (),
    situation: Situation | None = None,
    parts: str = "",
) -> Explication:
    """Explain one line, as it was computed, on the last day of its month.

    Args:
        moteur: the engine, whose barèmes hold the texts.
        jour: last day of the month.
        ligne: the line.
        libelle: its label, when no barème bears its code.
        coefficient: of the réduction générale, ten-thousandths.
        prevoyances: lines of the contracts of prévoyance that the employee is attached to.
        situation: how the month was computed, None: not known any more, or the common law.
        parts: who receives the réduction générale, in words.
    """
    cotisation = next((c for c in moteur.baremes.cotisations if c.code == ligne.code), None)
    contrat = next((p for p in prevoyances if p.code == ligne.code), None)
    if contrat is None and cotisation is not None:
        remarque = remarquer(cotisation, ligne.assiette, situation, moteur.baremes, jour)
        return _de_la_loi(cotisation, ligne, jour, coefficient, remarque=remarque, parts=parts)
    return _du_contrat(ligne, contrat.libelle if contrat else libelle, contrat)


def expliquer(dossier: Dossier, bulletin: Bulletin, moteur: Moteur) -> tuple[Explication, ...]:
    """Explain every line of a bulletin, in its order."""
    return tuple(
        expliquer_ligne(
            moteur,
            dossier.mois.fin,
            ligne,
            libelle=ligne.code,
            coefficient=bulletin.coefficient_reduction,
            prevoyances=dossier.contrat.prevoyances,
            situation=bulletin.situation,
            parts=parts,
        )
        for entiere in bulletin.lignes
        for ligne, parts in reunir(partager(entiere, bulletin.imputation))
    )
