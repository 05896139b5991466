"""From stored bulletins to what their pages show, many at once.

The records (employer, employee, contract) are read as they stand now; the figures are those
that the bulletin keeps.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select

from app.conventions import service as conventions
from app.employeurs import service as employeurs
from app.noyau.argent import arrondi
from app.noyau.periodes import Mois, Periode
from app.noyau.typographie import sans_accents
from app.paie.models import Bulletin, LigneBulletin, SaisieMois
from app.paie.rules import imprimes as r
from app.paie.rules.elements_imprimes import elements_du_brut
from app.paie.rules.etats import COURANTS, Etat
from app.paie.rules.faits import HEURES_TEMPS_PLEIN, TAUX_PLEIN, Elements, FaitsContrat
from app.paie.rules.presence import presence
from app.paie.service.a_imprimer import rang
from app.paie.service.baremes import moteur
from app.paie.service.paiement import dates_de_paiement
from app.paie.service.valider import bulletin
from app.salaries import service as salaries
from app.salaries.rules import CATEGORIES, CIVILITES, NATURES
from app.socle.fiches import en_chunks
from app.socle.transaction import Transaction

_LIGNES = (
    *(LigneBulletin.code, LigneBulletin.libelle, LigneBulletin.rubrique, LigneBulletin.organisme),
    *(LigneBulletin.assiette_centimes, LigneBulletin.taux_salarial_millioniemes),
    *(LigneBulletin.montant_salarial_centimes, LigneBulletin.taux_patronal_millioniemes),
    LigneBulletin.montant_patronal_centimes,
)
_CUMULES = (
    *(Bulletin.brut_centimes, Bulletin.plafond_centimes, Bulletin.montant_net_social_centimes),
    *(Bulletin.net_imposable_centimes, Bulletin.impot_centimes),
)
_SAISIES = ("heures_sup_25", "heures_sup_50", "heures_compl_10", "heures_compl_25")


def lire_imprimes(
    t: Transaction, numeros: Sequence[int], paye_le: date | None = None
) -> list[r.BulletinImprime]:
    """Return what the pages of bulletins of one month show, by employer and name.

    `paye_le`: day of payment of all; when None that of each bulletin, else the employer's habit.
    """
    lignes = _bulletins(t, numeros)
    if not lignes:
        return []
    matiere = _Matiere(t, lignes)
    vus = [matiere.composer(b, paye_le) for b in lignes]
    vus.sort(
        key=lambda v: (
            *rang(v.employeur.raison_sociale, v.employeur_id),
            sans_accents(v.salarie.nom),
            v.id,
        )
    )
    return vus


def lire_un_imprime(t: Transaction, numero: int, paye_le: date | None = None) -> r.BulletinImprime:
    """Return what the page of one bulletin shows, whatever its state.

    Raises:
        BulletinIntrouvable: none of that number.
    """
    return lire_imprimes(t, [bulletin(t, numero).id], paye_le)[0]


def _bulletins(t: Transaction, numeros: Sequence[int]) -> list[Bulletin]:
    return [
        b
        for morceau in en_chunks(numeros)
        for b in t.session.scalars(select(Bulletin).where(Bulletin.id.in_(morceau)))
    ]


class _Matiere:
    """What the pages of some bulletins of one month are made of, read at once."""

    def __init__(self, t: Transaction, lignes: Sequence[Bulletin]) -> None:
        self._mois = Mois(lignes[0].annee, lignes[0].mois)
        contrats = [b.contrat_id for b in lignes]
        self._employeurs = employeurs.valeurs_en_masse(t, sorted({b.employeur_id for b in lignes}))
        self._salaries = salaries.valeurs_en_masse(t, sorted({b.salarie_id for b in lignes}))
        self._contrats = salaries.valeurs_contrats_en_masse(t, contrats)
        self._lignes = _lignes(t, [b.id for b in lignes])
        self._cumuls = _cumuls(t, self._mois, contrats)
        self._saisies = _saisies(t, self._mois, contrats)
        self._paiements = dates_de_paiement(t, self._mois, {b.employeur_id for b in lignes})
        self._conventions = _conventions(t, self._employeurs.values())
        self._pleins = {
            c.code: trouve[1]
            for c in moteur().baremes.cotisations
            if (trouve := c.patronale.a(self._mois.fin))
        }

    def composer(self, b: Bulletin, paye_le: date | None) -> r.BulletinImprime:
        """Return what the page of a bulletin shows."""
        contrat = self._contrats[b.contrat_id]
        periode = _periode(self._mois, contrat)
        stockees = self._lignes.get(b.id, [])
        elements, heures = elements_du_brut(
            _brut(b),
            _faits(contrat),
            _elements(self._saisies.get(b.contrat_id)),
        )
        return r.BulletinImprime(
            id=b.id,
            employeur_id=b.employeur_id,
            numero=b.numero,
            mois=self._mois,
            etat=Etat(b.etat),
            periode=periode,
            paye_le=paye_le or b.paye_le or self._paiements[b.employeur_id],
            fait_a=_instant(b),
            employeur=self._employeur(b.employeur_id),
            salarie=_salarie(self._salaries[b.salarie_id], contrat),
            heures=heures,
            elements=elements,
            brut=b.brut_centimes,
            lignes=r.lignes_du_modele(stockees),
            cotisations_salarie=b.cotisations_salarie_centimes,
            cotisations_employeur=b.cotisations_employeur_centimes,
            montant_net_social=b.montant_net_social_centimes,
            avantages_nature=b.avantages_centimes,
            indemnites=b.indemnites_centimes,
            net_avant_impot=b.net_avant_impot_centimes,
            net_imposable=b.net_imposable_centimes,
            taux_impot=b.taux_impot_millioniemes,
            nature_du_taux=r.nature_du_taux(
                contrat["taux_pas_millioniemes"], b.taux_impot_millioniemes
            ),
            impot=b.impot_centimes,
            heures_exonerees=r.heures_exonerees(stockees),
            acompte=b.acompte_centimes,
            net_a_payer=b.net_a_payer_centimes,
            allegement=r.allegement(stockees, lambda code: self._pleins.get(code, 0)),
            cout_employeur=b.cout_employeur_centimes,
            plafond=b.plafond_centimes,
            cumuls=self._cumul(b),
            conges=_conges(b),
        )

    def _employeur(self, numero: int) -> r.EmployeurImprime:
        e = self._employeurs[numero]
        return r.EmployeurImprime(
            e["raison_sociale"],
            _adresse(e),
            e["siret"],
            e["naf"],
            self._conventions.get(e["idcc"], e["idcc"]),
        )

    def _cumul(self, b: Bulletin) -> r.Cumuls:
        avant = self._cumuls.get(b.contrat_id, (0,) * len(_CUMULES))
        du_mois = (getattr(b, c.key) for c in _CUMULES)
        return r.Cumuls(*(a + m for a, m in zip(avant, du_mois, strict=True)))


def _lignes(t: Transaction, numeros: Sequence[int]) -> dict[int, list[r.LigneStockee]]:
    lignes: dict[int, list[r.LigneStockee]] = {}
    for morceau in en_chunks(numeros):
        requete = (
            select(LigneBulletin.bulletin_id, *_LIGNES)
            .where(LigneBulletin.bulletin_id.in_(morceau))
            .order_by(LigneBulletin.bulletin_id, LigneBulletin.rang)
        )
        for numero, *ligne in t.session.execute(requete):
            lignes.setdefault(numero, []).append(r.LigneStockee(*ligne))
    return lignes


def _cumuls(t: Transaction, mois: Mois, contrats: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the year before the month, by contract."""
    cumuls: dict[int, tuple[int, ...]] = {}
    for morceau in en_chunks(contrats):
        requete = (
            select(Bulletin.contrat_id, *(func.sum(c) for c in _CUMULES))
            .where(
                Bulletin.contrat_id.in_(morceau),
                Bulletin.annee == mois.annee,
                Bulletin.mois < mois.mois,
                Bulletin.etat.in_([str(e) for e in COURANTS]),
            )
            .group_by(Bulletin.contrat_id)
        )
        for contrat, *sommes in t.session.execute(requete):
            cumuls[contrat] = tuple(int(s) for s in sommes)
    return cumuls


def _saisies(t: Transaction, mois: Mois, contrats: Sequence[int]) -> dict[int, SaisieMois]:
    return {
        s.contrat_id: s
        for morceau in en_chunks(contrats)
        for s in t.session.scalars(
            select(SaisieMois).where(
                SaisieMois.contrat_id.in_(morceau),
                SaisieMois.annee == mois.annee,
                SaisieMois.mois == mois.mois,
            )
        )
    }


def _conventions(t: Transaction, fiches: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    lues = {idcc: conventions.lire(t, idcc) for idcc in {f["idcc"] for f in fiches} if idcc}
    return {idcc: c.designation for idcc, c in lues.items() if c}


def _adresse(fiche: Mapping[str, Any]) -> tuple[str, ...]:
    ville = f"{fiche['code_postal']} {fiche['commune']}".strip()
    return tuple(ligne for ligne in (fiche["voie"], fiche["complement"], ville) if ligne)


def _salarie(s: Mapping[str, Any], contrat: Mapping[str, Any]) -> r.SalarieImprime:
    civilite = dict(CIVILITES).get(s["civilite"], "")
    nom = (s["nom_usage"] or s["nom_naissance"]).upper()
    return r.SalarieImprime(
        designation=f"{civilite} {s['prenoms']} {nom}".strip(),
        nom=f"{nom} {s['prenoms']}",
        adresse=_adresse(s),
        nir=s["nir"],
        matricule=s["matricule"],
        emploi=contrat["emploi"],
        classification=contrat["classification"],
        categorie=dict(CATEGORIES).get(contrat["categorie"], ""),
        contrat=dict(NATURES).get(contrat["nature"], ""),
        entree_le=contrat["debut_le"],
    )


def _periode(mois: Mois, contrat: Mapping[str, Any]) -> Periode:
    """Return the days that the bulletin pays; the month when the contract was moved since."""
    touche = contrat["debut_le"] <= mois.fin and contrat["fin_le"] >= mois.debut
    if not touche:
        return mois.periode
    return presence(mois, contrat["debut_le"], contrat["fin_le"]).periode


def _brut(b: Bulletin) -> r.BrutStocke:
    return r.BrutStocke(
        b.heures_centiemes,
        b.base_centimes,
        b.absences_centimes,
        b.heures_sup_centimes,
        b.primes_centimes,
        b.avantages_centimes,
        b.fin_contrat_centimes,
        b.conges_centimes,
        b.heures_absence,
    )


def _conges(b: Bulletin) -> r.CongesImprimes | None:
    if b.compteur_conges is None:
        return None
    return r.CongesImprimes(b.conges_acquis, b.conges_pris, b.conges_anterieurs, b.conges_en_cours)


def _faits(contrat: Mapping[str, Any]) -> FaitsContrat:
    quotite = arrondi(contrat["heures_centiemes"] * TAUX_PLEIN, HEURES_TEMPS_PLEIN)
    return FaitsContrat(
        salaire=contrat["salaire_centimes"],
        quotite=max(1, min(quotite, TAUX_PLEIN)),
    )


def _elements(saisie: SaisieMois | None) -> Elements:
    if saisie is None:
        return Elements()
    return Elements(**{nom: getattr(saisie, nom) for nom in _SAISIES})


def _instant(b: Bulletin) -> datetime:
    return (b.valide_a or b.calcule_a).replace(tzinfo=UTC)
