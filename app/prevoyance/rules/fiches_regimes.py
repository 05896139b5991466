"""The branch regimes as people read them: rates of a day, history, options with their texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.noyau.argent import Millioniemes, afficher_taux
from app.noyau.periodes import Periode, afficher_date
from app.noyau.typographie import VIDE
from app.prevoyance.rules.regimes import (
    AVANT_LE_DEBUT,
    BASES,
    LigneTaux,
    PeriodeRegime,
    Regime,
    Taux,
    TauxInconnus,
)

OPTIONS_EN_MOTS: Mapping[str, str] = {
    "forfait_social": "Forfait social",
    "csg_crds": "Intégration à la CSG et à la CRDS",
    "deduction_po": "Déduction du net imposable, part ouvrière",
    "deduction_pp": "Déduction du net imposable, part patronale",
}
"""Options of a contract, in the order of the screens."""
_BASES_COURTES = {"t1": "Tranche 1", "t2": "Tranche 2"}
_DEUX_TRANCHES = "Tranches 1 et 2"


@dataclass(frozen=True, slots=True)
class LigneVue:
    """Rates of a population on a base; `motif` says why there are none.

    `population` is empty on the second line of the same one. `inconnu`: the person has to
    give the rates.
    """

    population: str
    base: str = ""
    salarial: str = ""
    patronal: str = ""
    motif: str = ""
    inconnu: bool = False


@dataclass(frozen=True, slots=True)
class PeriodeVue:
    """A span with its rates; `manque` says what is to be confirmed, empty when nothing is."""

    periode: Periode | None
    texte: str
    manque: str
    en_vigueur: bool
    lignes: tuple[LigneVue, ...]


@dataclass(frozen=True, slots=True)
class RegimeVu:
    """A regime in the list: who it is for, its rates of a day."""

    adresse: str
    libelle: str
    code: str
    idcc: str
    organismes: str
    verifie_le: date
    courante: PeriodeVue


@dataclass(frozen=True, slots=True)
class FicheRegime:
    """The page of a regime: what it is, its options, its rates, latest first."""

    libelle: str
    manque: str
    verifie_le: date
    resume: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str, str], ...]
    historique: tuple[PeriodeVue, ...]


def adresse_de(code: str) -> str:
    """Return the last part of the address of a regime.

    >>> adresse_de("AIDE A DOMICILE")
    'aide-a-domicile'
    """
    return code.lower().replace(" ", "-")


def _bases(lignes: Iterable[LigneTaux]) -> list[tuple[str, LigneTaux]]:
    """Return the lines with the words of their base; both tranches at one rate are one line."""
    par_base = {ligne.base: ligne for ligne in lignes}
    t1, t2 = par_base.get("t1"), par_base.get("t2")
    memes = t1 and t2 and (t1.salarial, t1.patronal) == (t2.salarial, t2.patronal)
    if memes:
        del par_base["t2"]
    noms = {**BASES, **_BASES_COURTES, **({"t1": _DEUX_TRANCHES} if memes else {})}
    return [(noms[base], ligne) for base, ligne in par_base.items()]


def _lignes(population: str, taux: Taux) -> list[LigneVue]:
    """Return the lines of a population."""
    if isinstance(taux, TauxInconnus):
        return [LigneVue(population, motif=taux.manque, inconnu=True)]
    if not taux.lignes:
        return [LigneVue(population, motif=taux.sans_objet)]
    return [
        LigneVue(
            population if rang == 0 else "",
            base,
            afficher_taux(Millioniemes(ligne.salarial)),
            afficher_taux(Millioniemes(ligne.patronal)),
        )
        for rang, (base, ligne) in enumerate(_bases(taux.lignes))
    ]


def _periode_vue(r: Regime, p: PeriodeRegime, jour: date) -> PeriodeVue:
    lignes = [vue for code, nom in r.populations.items() for vue in _lignes(nom, p.taux[code])]
    return PeriodeVue(p.periode, p.texte, p.manque, p.periode.contient(jour), tuple(lignes))


def _courante(r: Regime, jour: date) -> PeriodeVue:
    """Return the period of a day; before the first one, every rate is unknown."""
    periode = r.periode(jour)
    if periode is not None:
        return _periode_vue(r, periode, jour)
    debut = afficher_date(r.tranches[0].periode.debut)
    manque = AVANT_LE_DEBUT.format(debut=debut)
    lignes = tuple(LigneVue(nom, motif=manque, inconnu=True) for nom in r.populations.values())
    return PeriodeVue(None, "", manque, en_vigueur=False, lignes=lignes)


def regimes_au(regimes: Iterable[Regime], jour: date) -> tuple[RegimeVu, ...]:
    """Return the regimes with their rates of a day, in the order given."""
    return tuple(
        RegimeVu(
            adresse=adresse_de(r.code),
            libelle=r.libelle,
            code=r.code,
            idcc=", ".join(r.idcc),
            organismes=", ".join(r.organismes),
            verifie_le=r.verifie_le,
            courante=_courante(r, jour),
        )
        for r in regimes
    )


def fiche_du_regime(r: Regime, jour: date) -> FicheRegime:
    """Return the page of a regime, as it stands on a day."""
    resume = [
        ("Code", r.code),
        ("IDCC", ", ".join(r.idcc) or VIDE),
        ("Texte de référence", r.article),
        ("Organismes de la branche", ", ".join(r.organismes) or VIDE),
    ]
    resume += [("À savoir", r.note)] if r.note else []
    options = tuple(
        (mots, "oui" if getattr(r.options, nom) else "non", r.sources_options[nom])
        for nom, mots in OPTIONS_EN_MOTS.items()
    )
    return FicheRegime(
        libelle=r.libelle,
        manque=r.manque(jour),
        verifie_le=r.verifie_le,
        resume=tuple(resume),
        options=options,
        historique=tuple(_periode_vue(r, p, jour) for p in reversed(r.periodes())),
    )
