"""The bulletin: from figures and facts to lines and totals. Exact, pure, dated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from app.noyau.argent import arrondi
from app.paie.rules import assiettes, particularites, prevoyance, reductions
from app.paie.rules.assiettes import Mesures
from app.paie.rules.baremes import RUBRIQUES, Baremes, Condition, Cotisation
from app.paie.rules.brut import Brut, composer
from app.paie.rules.faits import ARTISTE, TAUX_PLEIN, Cumuls, Dossier
from app.paie.rules.formules import FORMULES, Contexte, Formule, Taux, imputer_a_la_retraite
from app.paie.rules.imputation import PART_RETRAITE, REDUCTION, Imputation
from app.paie.rules.particularites import Situation
from app.paie.rules.reductions import Reference

RETRAITES = frozenset(
    {"vieillesse_plafonnee", "vieillesse_deplafonnee", "retraite_tranche_1", "retraite_tranche_2"}
    | {"ceg_tranche_1", "ceg_tranche_2", "cet"}
)
"""Employee contributions that the reduction on overtime counts (CSS, art. D241-21)."""
_ORDRE = {rubrique: rang for rang, rubrique in enumerate(RUBRIQUES)}


class Ligne(NamedTuple):
    """A line of the bulletin: base in centimes, rates in millionths, amounts in centimes."""

    code: str
    assiette: int
    taux_salarial: int
    salarial: int
    taux_patronal: int
    patronal: int


@dataclass(frozen=True, slots=True)
class Totaux:
    """Totals of a bulletin, centimes."""

    brut: int
    cotisations_salarie: int
    cotisations_employeur: int
    net_a_payer_avant_impot: int
    net_imposable: int
    montant_net_social: int
    cout_employeur: int
    taux_impot: int
    impot: int
    net_a_payer: int
    heures_exonerees: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A computed bulletin: gross, lines in the order of the legal model, totals, year so far.

    `reintegration`: employer's part of prévoyance that joins the social base, centimes;
    `imputation` is the part of the réduction générale that goes to Agirc-Arrco.
    """

    brut: Brut
    lignes: tuple[Ligne, ...]
    totaux: Totaux
    cumuls: Cumuls
    plafond: int
    coefficient_reduction: int
    imputation: Imputation
    situation: Situation = particularites.COMMUNE
    reintegration: int = 0


class Prete(NamedTuple):
    """A cotisation in force for a month and a profile, its rates and formula resolved."""

    cotisation: Cotisation
    code: str
    assiette: str
    taux: Taux
    formule: Formule | None
    est_csg: bool
    est_retraite: bool
    complementaire: str


class Profil(NamedTuple):
    """What decides which cotisations are due, shared by many bulletins."""

    effectif: int
    association: bool
    alsace_moselle: bool
    idcc: str | None
    cadre: bool
    nature: str
    statut: str
    prevoyance: bool
    retraite_sup: bool


def _profil(d: Dossier, statut: str) -> Profil:
    e, c = d.employeur, d.contrat
    couvert = retraite = False
    if c.prevoyances:
        couvert = prevoyance.a_un_contrat(c.prevoyances, prevoyance.PREVOYANCE)
        retraite = prevoyance.a_un_contrat(c.prevoyances, prevoyance.RETRAITE)
    return Profil(
        effectif=e.effectif,
        association=e.association,
        alsace_moselle=e.alsace_moselle,
        idcc=e.idcc,
        cadre=c.cadre,
        nature=c.nature,
        statut=statut,
        prevoyance=couvert,
        retraite_sup=retraite,
    )


def _concerne(si: Condition, p: Profil) -> bool:
    return (
        (si.cadre is None or si.cadre == p.cadre)
        and (si.nature is None or si.nature == p.nature)
        and (si.alsace_moselle is None or si.alsace_moselle == p.alsace_moselle)
        and (si.association is None or si.association == p.association)
        and (si.idcc is None or si.idcc == p.idcc)
        and (si.effectif_min is None or p.effectif >= si.effectif_min)
        and (si.effectif_max is None or p.effectif <= si.effectif_max)
        and (si.statut is None or si.statut == p.statut)
        and (si.prevoyance is None or si.prevoyance == p.prevoyance)
        and (si.retraite_sup is None or si.retraite_sup == p.retraite_sup)
    )


class Moteur:
    """The engine over one set of barèmes; what a month and a profile share is resolved once."""

    def __init__(self, baremes: Baremes) -> None:
        self.baremes = baremes
        self._non_deductibles = frozenset(c.code for c in baremes.cotisations if c.non_deductible)
        self._pretes = lru_cache(maxsize=512)(self._preparer)
        self._figures = lru_cache(maxsize=128)(self._lire_figures)

    def _preparer(self, jour: date, profil: Profil) -> tuple[Prete, ...]:
        pretes = []
        for cotisation in self.baremes.cotisations:
            salariale, patronale = cotisation.salariale.a(jour), cotisation.patronale.a(jour)
            if (salariale or patronale) and _concerne(cotisation.condition(jour), profil):
                taux = Taux(*(s[1] if s else 0 for s in (salariale, patronale)))
                pretes.append(_resoudre(cotisation, taux))
        return tuple(
            sorted(pretes, key=lambda p: (_ORDRE[p.cotisation.rubrique], p.cotisation.rang))
        )

    def _lire_figures(self, jour: date) -> dict[str, int | None]:
        parametres = self.baremes.parametres
        return {code: self.baremes.valeur_ou_rien(code, jour) for code in parametres}

    def calculer(self, d: Dossier) -> Bulletin:
        """Compute a bulletin.

        Raises:
            BaremeInconnu: a figure has no value on that month.
            RegimeNonCouvert: an artiste intermittent.
        """
        refus = particularites.non_couvert(d.contrat)
        if refus is not None:
            raise refus
        jour = d.mois.fin
        contexte = Contexte(d, jour, self.baremes, self._figures(jour))
        valeur = contexte.valeur
        brut = composer(d.contrat, d.elements, valeur("indemnite_fin_cdd"))
        plafond = assiettes.plafond_du_mois(
            valeur("plafond_mensuel"), d.contrat, d.elements.heures_absence
        )
        mesures = assiettes.mesurer(brut, plafond, d.cumuls)
        bases = contexte.bases
        bases.update(assiettes.tranches(mesures, d.cumuls))
        bases["mutuelle"] = d.contrat.mutuelle
        effets, de_la_paie = prevoyance.AUCUN, mesures
        if prevoyance.est_concerne(d.contrat.prevoyances, d.cumuls):
            de_la_paie = prevoyance.de_la_paie_seule(mesures, d.cumuls)
            effets = prevoyance.appliquer(contexte, de_la_paie)
            if effets.reintegre:
                mesures = assiettes.reintegrer(mesures, effets.reintegre)
                bases.update(assiettes.tranches(mesures, d.cumuls))
        soumises = self._soumettre(contexte, mesures)
        exonere = _heures_exonerees(brut, d.cumuls, jour)
        bases["csg_abattue"] = assiettes.abattue(
            _sans_reintegration(soumises, mesures, de_la_paie),
            d.cumuls,
            valeur("csg_abattement"),
            valeur("csg_abattement_plafonds") // 100,
        )
        lignes, imposable = self._lignes(contexte, effets, exonere)
        totaux = self._totaux(
            contexte,
            brut,
            lignes,
            imposable=imposable,
            exonere=exonere,
            net_social=effets.net_social,
        )
        reduite = sum(li.patronal for li in lignes if li.code == REDUCTION)
        imputation, imputee = imputer_a_la_retraite(contexte, reduite)
        cumuls = _cumuler(contexte, lignes, totaux, plafond, effets=effets, imputee=imputee)
        coefficient = next((-li.taux_patronal // 100 for li in lignes if li.code == REDUCTION), 0)
        return Bulletin(
            brut=brut,
            lignes=lignes,
            totaux=totaux,
            cumuls=cumuls,
            plafond=plafond,
            coefficient_reduction=coefficient,
            imputation=imputation,
            situation=contexte.situation,
            reintegration=effets.reintegre,
        )

    def situer(self, d: Dossier, brut: int) -> Situation:
        """Return how a month of that gross is computed: base forfaitaire, franchise, artiste.

        Raises:
            BaremeInconnu: a figure has no value on that month.
        """
        if not particularites.est_particulier(d):
            return particularites.COMMUNE
        contexte = Contexte(d, d.mois.fin, self.baremes, self._figures(d.mois.fin))
        horaire = self.baremes.valeur("smic_horaire", date(d.mois.annee, 1, 1))
        return particularites.situer(d, brut, horaire, contexte.valeur)

    def _soumettre(self, contexte: Contexte, mesures: Mesures) -> Mesures:
        """Set the bases of the sécurité sociale; returns what they are measured from."""
        d, bases = contexte.dossier, contexte.bases
        contexte.situation = s = self.situer(d, mesures.brut)
        sociales, soumises = particularites.assiettes_sociales(
            mesures, d.cumuls, s, bases["tranche_1"]
        )
        bases.update(sociales)
        _mesurer_le_smic(contexte, soumises.brut_cumule)
        return soumises

    def _lignes(
        self, contexte: Contexte, effets: prevoyance.Effets, exonere: int
    ) -> tuple[tuple[Ligne, ...], int]:
        """Return the lines, and what of prévoyance and santé joins the taxable net."""
        d, bases = contexte.dossier, contexte.bases
        imposable, complementaires = effets.imposable, 0
        lignes = [_ligne_de_contrat(m) for m in effets.montants]
        bases["prevoyance_patronale"] = effets.forfait_social
        bases["retraite_patronale"] = effets.forfait_retraite
        for p in self._pretes(contexte.jour, _profil(d, contexte.situation.statut)):
            if p.est_csg and "csg" not in bases:
                _assiettes_csg(contexte, exonere, effets.csg + complementaires)
            ligne = _ligne(p, contexte, bases[p.assiette])
            if not (ligne.salarial or ligne.patronal):
                continue
            lignes.append(ligne)
            if p.est_retraite:
                contexte.retraite_salariale += ligne.salarial
            if p.complementaire:
                if p.complementaire == "mutuelle":
                    imposable += ligne.patronal
                complementaires += ligne.patronal
                bases["prevoyance_patronale"] = effets.forfait_social + complementaires
        return tuple(lignes), imposable

    def _totaux(
        self,
        contexte: Contexte,
        brut: Brut,
        lignes: Sequence[Ligne],
        *,
        imposable: int,
        exonere: int,
        net_social: int,
    ) -> Totaux:
        d = contexte.dossier
        salarie = sum(li.salarial for li in lignes)
        employeur = sum(li.patronal for li in lignes)
        codes = self._non_deductibles
        non_deductible = sum(li.salarial for li in lignes if li.code in codes)
        net = brut.total - salarie - brut.nature
        imposable += brut.total - salarie + non_deductible - exonere
        taux = d.contrat.taux_pas
        if taux is None:
            grille = self.baremes.grilles[f"pas_neutre_{d.employeur.zone_pas}"]
            taux = grille.taux(imposable, contexte.jour)
        impot = arrondi(max(0, imposable) * taux, TAUX_PLEIN)
        return Totaux(
            brut=brut.total,
            cotisations_salarie=salarie,
            cotisations_employeur=employeur,
            net_a_payer_avant_impot=net + d.elements.indemnites,
            net_imposable=imposable,
            montant_net_social=brut.total - salarie + net_social,
            cout_employeur=brut.total + employeur,
            taux_impot=taux,
            impot=impot,
            net_a_payer=net + d.elements.indemnites - impot - d.elements.acompte,
            heures_exonerees=exonere,
        )


def _ligne_de_contrat(m: prevoyance.Montant) -> Ligne:
    """Return the line of a contract of prévoyance."""
    p = m.ligne
    return Ligne(p.code, m.assiette, p.taux_salarial, m.salarial, p.taux_patronal, m.patronal)


def _resoudre(c: Cotisation, taux: Taux) -> Prete:
    return Prete(
        cotisation=c,
        code=c.code,
        assiette=c.assiette,
        taux=taux,
        formule=FORMULES[c.formule] if c.formule else None,
        est_csg=c.rubrique == "csg",
        est_retraite=c.code in RETRAITES,
        complementaire=c.organisme if c.organisme in {"mutuelle", "prevoyance"} else "",
    )


def _ligne(p: Prete, contexte: Contexte, assiette: int) -> Ligne:
    taux = p.taux
    if p.formule is not None:
        montants = p.formule(contexte, assiette, taux)
        if not _est_reduite(p, contexte):
            return Ligne(p.code, assiette, *montants)
        taux = Taux(montants.taux_salarial, montants.taux_patronal)
    if _est_reduite(p, contexte):
        part = contexte.valeur("artistes_part")
        taux = Taux(*(particularites.taux_d_artiste(t, part) for t in taux))
    taux_s, taux_p = taux
    salarial = arrondi(assiette * taux_s, TAUX_PLEIN) if taux_s else 0
    patronal = arrondi(assiette * taux_p, TAUX_PLEIN) if taux_p else 0
    return Ligne(p.code, assiette, taux_s, salarial, taux_p, patronal)


def _sans_reintegration(soumises: Mesures, mesures: Mesures, de_la_paie: Mesures) -> Mesures:
    """Return what the CSG is measured from: the employer's part joins its base on its own."""
    return soumises._replace(
        brut=soumises.brut - mesures.brut + de_la_paie.brut,
        brut_cumule=soumises.brut_cumule - mesures.brut_cumule + de_la_paie.brut_cumule,
    )


def _est_reduite(p: Prete, contexte: Contexte) -> bool:
    """Tell whether a rate is reduced: an artiste du spectacle (arrêté du 24/01/1975)."""
    return p.cotisation.artistes and contexte.situation.statut == ARTISTE


def _mesurer_le_smic(contexte: Contexte, brut: int) -> None:
    """Set what reductions are measured by: pay and reference SMIC of the year so far.

    `brut`: pay subject to contributions, centimes; that of the month alone on a base forfaitaire,
    which leaves no trace in the cumulated figures.
    """
    d = contexte.dossier
    seul = contexte.situation.forfait is not None
    e, cumuls = d.elements, d.cumuls
    heures = e.heures_sup_25 + e.heures_sup_50 + e.heures_compl_10 + e.heures_compl_25
    quotite, presence = d.contrat.quotite, d.contrat.presence
    en_plus = heures - e.heures_absence
    horaire = contexte.valeur("smic_reduction")
    smic = reductions.smic_12_du_mois(horaire, quotite, presence, en_plus)
    contexte.reference = Reference(brut, smic if seul else cumuls.smic + smic)
    contexte.bases["smic_12"] = 0 if seul else smic
    gele = contexte.valeur_ou_rien("smic_bandeaux")
    if gele is not None:
        du_mois = reductions.smic_12_du_mois(gele, quotite, presence, en_plus)
        deja = 0 if seul else cumuls.assiettes.get("smic_bandeaux_12", 0)
        contexte.valeurs["smic_bandeaux_12"] = deja + du_mois
        contexte.bases["smic_bandeaux_12"] = 0 if seul else du_mois


def _heures_exonerees(brut: Brut, cumuls: Cumuls, jour: date) -> int:
    """Return the overtime pay exempt from income tax, whole euros, within the year's limit.

    Source:
        CGI, art. 81 quater (5 000 €, 7 500 € from 2022, net of deductible CSG) ; rounded to the
        euro as the public model does.
    """
    plafond = 750_000 if jour.year >= 2022 else 500_000
    limite = arrondi(plafond * 10**8, 10**8 - 9_825 * 680)
    euros = arrondi(min(brut.exonerees, max(0, limite - cumuls.heures_sup_exonerees)), 100)
    return euros * 100


def _assiettes_csg(contexte: Contexte, exonere: int, prevoyance: int) -> None:
    """Set the bases of the CSG: overtime exempt from tax has its own, wholly non deductible.

    A base forfaitaire replaces the whole pay, without allowance (Urssaf, « Les cotisations et
    contributions dues » of the sportif, 08/09/2015).
    """
    bases, forfait = contexte.bases, contexte.situation.forfait
    if forfait is not None:
        bases["csg_heures_supplementaires"] = bases["csg_abattue"] = 0
        bases["csg"] = forfait + prevoyance
        return
    part = arrondi(exonere * 9_825, 10_000)
    bases["csg_heures_supplementaires"] = part
    bases["csg"] = bases["csg_abattue"] + prevoyance - part


def _cumuler(
    contexte: Contexte,
    lignes: Sequence[Ligne],
    totaux: Totaux,
    plafond: int,
    *,
    effets: prevoyance.Effets,
    imputee: int,
) -> Cumuls:
    """Return the year so far with this month."""
    avant, bases = contexte.dossier.cumuls, contexte.bases
    suivies = (*assiettes.CUMULEES, "csg_abattue", "smic_bandeaux_12")
    deja = avant.assiettes
    cumulees = {n: deja.get(n, 0) + bases.get(n, 0) for n in suivies}
    if effets.suivies:
        cumulees |= {n: deja.get(n, 0) + montant for n, montant in effets.suivies.items()}
    return Cumuls(
        brut=avant.brut + totaux.brut + effets.reintegre,
        plafond=avant.plafond + plafond,
        smic=avant.smic + bases["smic_12"],
        net_imposable=avant.net_imposable + totaux.net_imposable,
        heures_sup_exonerees=avant.heures_sup_exonerees + totaux.heures_exonerees,
        assiettes=cumulees | particularites.cumuls_hors_regularisation(avant, bases),
        lignes={
            REDUCTION: avant.lignes.get(REDUCTION, 0)
            + sum(li.patronal for li in lignes if li.code == REDUCTION),
            PART_RETRAITE: imputee,
        },
    )
