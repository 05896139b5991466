"""What deserves a look in a preview and hinders nothing: doubles elsewhere, overlapping days."""

from collections.abc import Sequence

from app.importations.rules.genres import CONTRATS, EMPLOYEURS
from app.importations.rules.lignes import CREER, MODIFIER, Ligne, remarque
from app.importations.rules.reperage import Base
from app.noyau.erreurs import Avertissement, Constat
from app.noyau.periodes import Periode
from app.salaries import rules as regles_salaries
from app.salaries import service as salaries
from app.socle.transaction import Transaction

SIRET_AILLEURS = "IMP-201"


def chercher_remarques(
    t: Transaction, genre: str, lignes: Sequence[Ligne], base: Base
) -> tuple[Constat, ...]:
    """Return what deserves a look and hinders nothing."""
    if genre == EMPLOYEURS:
        return tuple(
            remarque(Avertissement(SIRET_AILLEURS, message), ligne.numero, ligne.designation)
            for ligne in lignes
            if ligne.etat == CREER and (message := _ailleurs(ligne, base))
        )
    if genre == CONTRATS:
        return tuple(_chevauchements(t, lignes, base))
    return ()


def _ailleurs(ligne: Ligne, base: Base) -> str:
    autre = base.employeurs.ailleurs(ligne.valeurs.get("siret", ""), str(ligne.parent))
    if not autre:
        return ""
    return (
        f"ce SIRET existe déjà dans le dossier « {autre} » ; un second employeur sera créé "
        f"dans le dossier « {ligne.parent} »."
    )


def _chevauchements(t: Transaction, lignes: Sequence[Ligne], base: Base) -> list[Constat]:
    """Return a remark for each contract that covers days of another one of the same person."""
    touchees = [x for x in lignes if x.etat in {CREER, MODIFIER} and isinstance(x.parent, int)]
    personnes = {ligne.parent for ligne in touchees if isinstance(ligne.parent, int)}
    connus = [n for p in personnes for n in base.contrats.du_salarie(p)]
    periodes: dict[int, list[tuple[int, Periode]]] = {p: [] for p in personnes}
    valeurs = salaries.valeurs_contrats_en_masse(t, connus)
    for numero, contrat in valeurs.items():
        periode = Periode(contrat["debut_le"], contrat["fin_le"])
        periodes[contrat["salarie_id"]].append((numero, periode))
    trouve: list[Constat] = []
    for ligne in touchees:
        assert isinstance(ligne.parent, int)  # noqa: S101 -- kept so above
        completes = {**valeurs.get(ligne.cible or 0, {}), **ligne.valeurs}
        periode = Periode(completes["debut_le"], completes["fin_le"])
        autres = [p for n, p in periodes[ligne.parent] if n != ligne.cible]
        avertissements = regles_salaries.avertir_contrat(periode, autres)
        trouve += [remarque(a, ligne.numero, ligne.designation) for a in avertissements]
        periodes[ligne.parent].append((-ligne.numero, periode))
    return trouve
