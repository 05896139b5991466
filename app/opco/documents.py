"""The report « Rapport mise à jour caisses OPCO », as text that a person reads."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.noyau.periodes import afficher_date
from app.noyau.typographie import VIDE, accorder, typographier
from app.opco.rules.application import Decision, Ecriture, Genre, Motif

NOM = "Rapport mise à jour caisses OPCO.txt"
_TITRES = (
    (Motif.SANS_CONVENTION, "Sans convention collective"),
    (Motif.CLOTUREE, "Convention collective clôturée"),
    (Motif.INCONNUE, "Convention collective inconnue"),
    (Motif.NON_REPERTORIEE, "Caisse non répertoriée"),
)
_REMEDE = (
    "À faire : corrigez la convention dans la fiche administrative de l'employeur, onglet "
    "« Convention collective », ou choisissez son OPCO dans l'onglet « Formation professionnelle »."
)


def rediger(
    *, au: date, faites: Sequence[Decision], decisions: Sequence[Decision], simulation: bool
) -> str:
    """Return the text of the report; lines end with LF.

    Args:
        au: the day of the correspondence.
        faites: the employers of which something was written (or would be).
        decisions: every employer.
        simulation: nothing was written.
    """
    sans = [d for d in decisions if d.est_sans_correspondance]
    combien = accorder(len(decisions), "employeur examiné", "employeurs examinés")
    lignes = [
        "RAPPORT MISE À JOUR CAISSES OPCO",
        f"Correspondance entre conventions collectives et OPCO au {afficher_date(au)}",
        "",
        f"{combien}, associations archivées comprises.",
        _bilan(len(faites), simulation=simulation),
        f"{accorder(len(sans), 'employeur', 'employeurs')} sans correspondance.",
        "",
        *_sans_correspondance(sans),
        *_changements(faites, simulation=simulation),
        *_a_verifier(decisions),
    ]
    return typographier("\n".join(lignes).rstrip()) + "\n"


def _bilan(combien: int, *, simulation: bool) -> str:
    if simulation:
        return f"{accorder(combien, 'employeur serait mis', 'employeurs seraient mis')} à jour."
    return f"{accorder(combien, 'employeur a été mis', 'employeurs ont été mis')} à jour."


def _titre(texte: str) -> list[str]:
    return [texte, "-" * len(texte)]


def _sans_correspondance(sans: Sequence[Decision]) -> Iterable[str]:
    """List the employers that nothing corresponds to, by reason."""
    yield from _titre("1. EMPLOYEURS SANS CORRESPONDANCE")
    if not sans:
        yield from ("Aucun : chaque employeur a son OPCO.", "")
        return
    yield from (_REMEDE, "")
    for motif, titre in _TITRES:
        concernes = [d for d in sans if d.motif is motif]
        if not concernes:
            continue
        yield f"{titre} ({accorder(len(concernes), 'employeur')})"
        for d in concernes:
            yield f"  {_designation(d)}"
            yield f"      Motif : {d.explication}"
            yield f"      OPCO de la fiche : {d.apres or VIDE}"
            if d.probable:
                yield f"      Convention probable : {_probable(d)}"
        yield ""


def _designation(d: Decision) -> str:
    e = d.employeur
    archive = ", archivé" if e.est_archive else ""
    return f"{e.raison_sociale} (dossier {e.dossier}{archive}) – IDCC {e.idcc or VIDE}"


def _probable(d: Decision) -> str:
    if d.probable is None:
        return ""
    return f"{d.probable.idcc}, d'après le code NAF {d.probable.naf} ({d.probable.activite})"


def _changements(faites: Sequence[Decision], *, simulation: bool) -> Iterable[str]:
    """List what was written, by employer."""
    yield from _titre("2. " + ("CE QUI CHANGERAIT" if simulation else "CE QUI A CHANGÉ"))
    if not faites:
        yield from ("Rien : tout était déjà à jour.", "")
        return
    for d in faites:
        yield f"  {_designation(d)}"
        yield from (f"      {_ecriture(e)}" for e in d.ecritures)
    yield ""


def _ecriture(e: Ecriture) -> str:
    ou = {
        Genre.EMPLOYEUR: "Formation professionnelle",
        Genre.ORGANISME: "Identification des organismes",
        Genre.SALARIE: f"Salarié {e.designation}",
    }[e.genre]
    return f"{ou} : {e.avant or VIDE} → {e.apres or VIDE}"


def _a_verifier(decisions: Sequence[Decision]) -> Iterable[str]:
    """List the employers whose convention does not go with their NAF code."""
    douteuses = [d for d in decisions if d.probable and not d.est_sans_correspondance]
    if not douteuses:
        return
    yield from _titre("3. CONVENTIONS À VÉRIFIER")
    for d in douteuses:
        yield f"  {_designation(d)}"
        yield f"      Convention probable : {_probable(d)}"
