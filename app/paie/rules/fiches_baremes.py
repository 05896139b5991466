"""Lists and pages of the barèmes: what is in force on a day, what was before, since when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.noyau.periodes import afficher_date
from app.noyau.typographie import VIDE, sans_accents
from app.paie.errors import BaremeInconnu, BaremeIntrouvable
from app.paie.rules.affichage import (
    ABROGE,
    ASSIETTES_COURTES,
    ORGANISMES,
    PARAMETRES_DES_FORMULES,
    PARAMETRES_DES_STATUTS,
    TAUX_REDUITS,
    a_verifier,
    afficher_court,
    afficher_millioniemes,
    afficher_valeur,
    condition_en_mots,
    parts_en_mots,
)
from app.paie.rules.baremes import RUBRIQUES, Baremes, Condition, Cotisation, Grille, Parametre
from app.paie.rules.courbe import Courbe, tracer
from app.paie.rules.explication import ASSIETTES_EN_MOTS, FORMULES_EN_MOTS


@dataclass(frozen=True, slots=True)
class LigneBareme:
    """A line of a list: what it is, its figures on a day, who asks for it and who checked it."""

    code: str
    libelle: str
    valeurs: tuple[str, ...]
    effet: date | None
    texte: str
    verifie_le: date
    a_verifier: bool
    condition: str = ""
    assiette: str = ""
    organisme: str = ""


@dataclass(frozen=True, slots=True)
class Etape:
    """A date of the history, with its figures and its legal text."""

    effet: date
    valeurs: tuple[str, ...]
    texte: str
    en_vigueur: bool


@dataclass(frozen=True, slots=True)
class FicheBareme:
    """The page of one entry; `historique` is latest first, `colonnes` heads its figures."""

    code: str
    libelle: str
    resume: tuple[tuple[str, str], ...]
    verifie_le: date
    a_verifier: bool
    colonnes: tuple[str, ...]
    historique: tuple[Etape, ...]
    courbe: Courbe | None
    lies: tuple[LigneBareme, ...] = ()


@dataclass(frozen=True, slots=True)
class GrilleVue:
    """A grid on a day: from which base, below which (None: no end), at which rate."""

    libelle: str
    effet: date
    lignes: tuple[tuple[int, int | None, int], ...]
    texte: str
    verifie_le: date
    a_verifier: bool
    effets: tuple[date, ...]


def _ligne(b: Baremes, c: Cotisation, jour: date) -> LigneBareme:
    en_vigueur = [s for s in (c.salariale.a(jour), c.patronale.a(jour)) if s]
    si = c.condition(jour)
    return LigneBareme(
        code=c.code,
        libelle=c.libelle,
        valeurs=parts_en_mots(b, c, jour),
        effet=max(effet for effet, _ in en_vigueur),
        texte=c.source(jour),
        verifie_le=c.verifie_le,
        a_verifier=a_verifier(c.verifie_le, jour),
        condition="" if si == Condition() else condition_en_mots(si),
        assiette=ASSIETTES_COURTES[c.assiette],
        organisme=ORGANISMES[c.organisme],
    )


def cotisations_en_vigueur(b: Baremes, jour: date) -> dict[str, tuple[LigneBareme, ...]]:
    """Return the cotisations of a day by the heading of the bulletin, in its order."""
    rubriques = {}
    for rubrique, titre in RUBRIQUES.items():
        lignes = tuple(
            _ligne(b, c, jour)
            for c in b.cotisations
            if c.rubrique == rubrique and (c.salariale.a(jour) or c.patronale.a(jour))
        )
        if lignes:
            rubriques[titre] = lignes
    return rubriques


def _ligne_de_parametre(p: Parametre, jour: date) -> LigneBareme:
    passees = [effet for effet in p.serie.dates if effet <= jour]
    effet = passees[-1] if passees else None
    trouve = p.serie.a(jour)
    valeur = afficher_valeur(trouve[1] if trouve else None, p.unite) if effet else VIDE
    return LigneBareme(
        code=p.code,
        libelle=p.libelle,
        valeurs=(valeur,),
        effet=effet,
        texte=p.sources[effet] if effet else VIDE,
        verifie_le=p.verifie_le,
        a_verifier=a_verifier(p.verifie_le, jour),
    )


def parametres_au(b: Baremes, jour: date) -> tuple[LigneBareme, ...]:
    """Return every parameter with its figure of a day, by label."""
    tries = sorted(b.parametres.values(), key=lambda p: sans_accents(p.libelle))
    return tuple(_ligne_de_parametre(p, jour) for p in tries)


def _historique(
    dates: Iterable[date], jour: date, etape: Callable[[date], tuple[tuple[str, ...], str]]
) -> tuple[Etape, ...]:
    """Return the history, latest first; the last date reached is in force, unless it repeals."""
    ordre = sorted(set(dates), reverse=True)
    courante = next((d for d in ordre if d <= jour), None)
    etapes = []
    for effet in ordre:
        valeurs, texte = etape(effet)
        etapes.append(Etape(effet, valeurs, texte, effet == courante and ABROGE not in valeurs))
    return tuple(etapes)


def fiche_de_parametre(b: Baremes, code: str, jour: date) -> FicheBareme:
    """Return the page of a parameter.

    Raises:
        BaremeIntrouvable: no such code.
    """
    p = b.parametres.get(code)
    if p is None:
        raise BaremeIntrouvable(code)
    ligne, valeurs = _ligne_de_parametre(p, jour), dict(p.serie.points())
    usages = [
        c.libelle for c in b.cotisations if code in PARAMETRES_DES_FORMULES.get(c.formule, ())
    ]
    usages += [nom for nom, codes in PARAMETRES_DES_STATUTS.items() if code in codes]
    resume = [(f"Valeur au {afficher_date(jour)}", ligne.valeurs[0])]
    if ligne.effet:
        resume += [("Depuis le", afficher_date(ligne.effet)), ("Texte", ligne.texte)]
    resume += [("Sert au calcul de", ", ".join(usages))] if usages else []
    return FicheBareme(
        code=code,
        libelle=p.libelle,
        resume=tuple(resume),
        verifie_le=p.verifie_le,
        a_verifier=ligne.a_verifier,
        colonnes=("Valeur",),
        historique=_historique(
            p.serie.dates, jour, lambda d: ((afficher_valeur(valeurs[d], p.unite),), p.sources[d])
        ),
        courbe=tracer([("Valeur", p.serie)], jour, lambda v: afficher_court(v, p.unite)),
    )


def fiche_de_cotisation(b: Baremes, code: str, jour: date) -> FicheBareme:
    """Return the page of a cotisation, with the figures that its formula asks for.

    Raises:
        BaremeIntrouvable: no such code.
    """
    c = next((c for c in b.cotisations if c.code == code), None)
    if c is None:
        raise BaremeIntrouvable(code)
    parts = zip(("salarié", "employeur"), parts_en_mots(b, c, jour), strict=True)
    taux = " ; ".join(f"{qui} : {part}" for qui, part in parts if part != VIDE)
    resume = [
        (f"Taux au {afficher_date(jour)}", taux or VIDE),
        ("Rubrique du bulletin", RUBRIQUES[c.rubrique]),
        ("Base", ASSIETTES_EN_MOTS[c.assiette]),
        ("Concerne", condition_en_mots(c.condition(jour))),
        ("Organisme", ORGANISMES[c.organisme]),
    ]
    resume += [("Calcul", FORMULES_EN_MOTS[c.formule])] if c.formule else []
    if c.artistes:
        part = afficher_millioniemes(b.valeur("artistes_part", jour))
        resume.append(("Artistes du spectacle", f"{part} du taux"))
    resume += [("Impôt sur le revenu", "part du salarié non déductible")] * c.non_deductible
    conditions = [debut for debut, _ in c.conditions if debut > date.min]
    reduit = b.parametres.get(TAUX_REDUITS.get(c.formule, ""))
    textes = {**(reduit.sources if reduit else {}), **c.sources}
    parametres = PARAMETRES_DES_FORMULES.get(c.formule, ())
    series = [("Salarié", c.salariale), ("Employeur", c.patronale)]
    return FicheBareme(
        code=code,
        libelle=c.libelle,
        resume=tuple(resume),
        verifie_le=c.verifie_le,
        a_verifier=a_verifier(c.verifie_le, jour),
        colonnes=("Salarié", "Employeur", "Concerne"),
        historique=_historique(
            {*c.salariale.dates, *c.patronale.dates, *conditions, *textes},
            jour,
            lambda d: (
                (*parts_en_mots(b, c, d), condition_en_mots(c.condition(d))),
                textes.get(d) or c.source(d),
            ),
        ),
        courbe=tracer(series, jour, afficher_millioniemes),
        lies=tuple(_ligne_de_parametre(b.parametres[p], jour) for p in parametres),
    )


def zone_en_mots(g: Grille) -> str:
    """Return the zone that a grid of neutral rates is for, from its label."""
    zone = g.libelle.partition(", ")[2]
    return zone[:1].upper() + zone[1:]


def grille_au(g: Grille, jour: date) -> GrilleVue:
    """Return a grid on a day.

    Raises:
        BaremeInconnu: no grid yet on that day.
    """
    effet = max((d for d in g.grilles if d <= jour), default=None)
    if effet is None:
        raise BaremeInconnu(g.libelle, afficher_date(jour))
    seuils = g.grilles[effet]
    fins = [*(seuil for seuil, _ in seuils[1:]), None]
    return GrilleVue(
        libelle=g.libelle,
        effet=effet,
        lignes=tuple((s, fin, taux) for (s, taux), fin in zip(seuils, fins, strict=True)),
        texte=g.sources[effet],
        verifie_le=g.verifie_le,
        a_verifier=a_verifier(g.verifie_le, jour),
        effets=tuple(sorted(g.grilles, reverse=True)),
    )
