"""The figures of the barèmes at one version, as plain data, and what another version changes.

A snapshot is kept in the base with the bulletins computed from it; when the program brings other
barèmes, the difference says from which day to which day each figure changed.

Rules:
- A figure changes on the days when its value differs: added, repealed, corrected, moved.
- A cotisation whose rate only changes touches the bulletins that bear its line; one that begins,
  or whose condition changes, all those that may bear it.
- What only texts, labels or dates of checking change touches nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from app.noyau.periodes import FIN_OUVERTE, afficher_date
from app.paie.rules.affichage import PARAMETRES_DES_FORMULES
from app.paie.rules.baremes import Baremes, Cotisation, Grille, Serie
from app.paie.rules.changements import Changement

Instantane = Mapping[str, Mapping[str, Any]]
"""`parametres`, `cotisations`, `grilles`: plain JSON, by code."""
Points = Sequence[Sequence[Any]]
"""Values by day of effect (ISO), in order."""
RIEN_N_EN_DEPEND = frozenset({"smic_horaire", "prevoyance_sport"})
"""Figures that no stored bulletin is computed from: findings, cases without a base."""
SANS_BULLETIN = ("taxe_salaires_",)
DES_CONTRATS = ("prevoyance_", "retraite_sup_")
DE_LA_CSG = ("csg_abattement", "csg_abattement_plafonds")
DES_MONTANTS = frozenset({"reduction_generale"})
"""Formulas whose line may appear with another figure: every bulletin may bear it."""


class Plage(NamedTuple):
    """Days, both included, when a value differs."""

    debut: date
    fin: date
    avant: Any
    apres: Any


def instantane(b: Baremes) -> Instantane:
    """Return the figures of the barèmes as plain data."""
    return {
        "parametres": {
            p.code: {"libelle": p.libelle, "points": _points(p.serie)}
            for p in b.parametres.values()
        },
        "cotisations": {c.code: _cotisation(c) for c in b.cotisations},
        "grilles": {g.code: _grille(g) for g in b.grilles.values()},
    }


def _points(serie: Serie) -> list[list[Any]]:
    return [[jour.isoformat(), valeur] for jour, valeur in serie.points()]


def _cotisation(c: Cotisation) -> dict[str, Any]:
    return {
        "libelle": c.libelle,
        "salariale": _points(c.salariale),
        "patronale": _points(c.patronale),
        "conditions": [
            [jour.isoformat(), {n: v for n, v in _champs(si) if v is not None}]
            for jour, si in c.conditions
        ],
        "forme": [c.assiette, c.formule, c.non_deductible],
    }


def _champs(si: Any) -> list[tuple[str, Any]]:
    return [(nom, getattr(si, nom)) for nom in si.__dataclass_fields__]


def _grille(g: Grille) -> dict[str, Any]:
    points = [
        [jour.isoformat(), [list(seuil) for seuil in seuils]]
        for jour, seuils in sorted(g.grilles.items())
    ]
    return {"libelle": g.libelle, "points": points}


def plages(avant: Points, apres: Points) -> tuple[Plage, ...]:
    """Return the days when two histories of a figure differ, in order; None: no value."""
    jours = sorted({date.fromisoformat(p[0]) for p in (*avant, *apres)})
    trouvees: list[Plage] = []
    for rang, debut in enumerate(jours):
        fin = jours[rang + 1] - timedelta(1) if rang + 1 < len(jours) else FIN_OUVERTE
        ancien, nouveau = _a(avant, debut), _a(apres, debut)
        if ancien == nouveau:
            continue
        derniere = trouvees[-1] if trouvees else None
        if derniere and derniere[2:] == (ancien, nouveau) and derniere.fin + timedelta(1) == debut:
            trouvees[-1] = derniere._replace(fin=fin)
        else:
            trouvees.append(Plage(debut, fin, ancien, nouveau))
    return tuple(trouvees)


def _a(points: Points, jour: date) -> Any:
    """Return the value in force on a day, None when there is none."""
    en_vigueur = [valeur for debut, valeur in points if date.fromisoformat(debut) <= jour]
    return en_vigueur[-1] if en_vigueur else None


def changements_de_baremes(avant: Instantane, apres: Instantane) -> tuple[Changement, ...]:
    """Return what the second version of the barèmes changes for bulletins."""
    trouves = [
        *_des_parametres(avant, apres),
        *_des_cotisations(avant["cotisations"], apres["cotisations"]),
        *_des_grilles(avant["grilles"], apres["grilles"]),
    ]
    return tuple(dict.fromkeys(trouves))


def _motif(libelle: str, plage: Plage) -> str:
    fin = "" if plage.fin == FIN_OUVERTE else f" jusqu'au {afficher_date(plage.fin)}"
    debut = f" à partir du {afficher_date(plage.debut)}" if plage.debut > date.min else ""
    return f"Barèmes : « {libelle} » change{debut}{fin}"


def _codes(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    for code in sorted({*avant, *apres}):
        yield code, avant.get(code, {}), apres.get(code, {})


def _des_parametres(avant: Instantane, apres: Instantane) -> Iterable[Changement]:
    for code, ancien, nouveau in _codes(avant["parametres"], apres["parametres"]):
        if code in RIEN_N_EN_DEPEND or code.startswith(SANS_BULLETIN):
            continue
        libelle = (nouveau or ancien)["libelle"]
        lignes = _lignes_du_parametre(code, apres["cotisations"])
        for p in plages(ancien.get("points", ()), nouveau.get("points", ())):
            yield Changement(
                _motif(libelle, p),
                p.debut,
                p.fin,
                lignes=lignes,
                prevoyance=code.startswith(DES_CONTRATS),
            )


def _lignes_du_parametre(code: str, cotisations: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the codes of the lines that a figure makes, None when any bulletin may bear it."""
    if code in DE_LA_CSG:
        return frozenset(n for n, c in cotisations.items() if c["forme"][0] == "csg")
    formules = {f for f, codes in PARAMETRES_DES_FORMULES.items() if code in codes}
    if not formules or formules & DES_MONTANTS:
        return None
    return frozenset(n for n, c in cotisations.items() if c["forme"][1] in formules) | (
        frozenset({"csg_heures_supplementaires"}) if "heures_sup" in code else frozenset()
    )


def _des_cotisations(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Iterable[Changement]:
    for code, ancien, nouveau in _codes(avant, apres):
        libelle = (nouveau or ancien)["libelle"]
        idcc = _idcc(ancien, nouveau)
        for part in ("salariale", "patronale"):
            for p in plages(ancien.get(part, ()), nouveau.get(part, ())):
                porteuses = None if p.avant is None else frozenset({code})
                yield Changement(_motif(libelle, p), p.debut, p.fin, lignes=porteuses, idcc=idcc)
        if not (ancien and nouveau):
            continue
        for p in plages(ancien["conditions"], nouveau["conditions"]):
            yield Changement(_motif(libelle, p), p.debut, p.fin, idcc=idcc)
        if ancien["forme"] != nouveau["forme"]:
            partout = Plage(date.min, FIN_OUVERTE, None, None)
            yield Changement(_motif(libelle, partout), date.min, lignes=frozenset({code}))


def _idcc(*versions: Mapping[str, Any]) -> str | None:
    """Return the convention collective that a cotisation is for in all versions, None: several."""
    trouves = {si.get("idcc") for v in versions if v for _, si in v["conditions"]}
    return trouves.pop() if len(trouves) == 1 else None


def _des_grilles(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> Iterable[Changement]:
    for code, ancien, nouveau in _codes(avant, apres):
        libelle = (nouveau or ancien)["libelle"]
        for p in plages(ancien.get("points", ()), nouveau.get("points", ())):
            yield Changement(_motif(libelle, p), p.debut, p.fin, grille=code)


def taux_de_la_grille(version: Instantane, code: str, base: int, jour: date) -> int | None:
    """Return the rate (millionths) of a base (centimes) in a grid of a snapshot; None: no grid."""
    seuils = _a(version["grilles"].get(code, {}).get("points", ()), jour)
    trouves = [taux for seuil, taux in seuils or () if seuil <= base]
    return trouves[-1] if trouves else None
