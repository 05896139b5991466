"""What the loop asks of the extractions: those that are due, run one after the other."""

from app.extractions.service.programmees import executer_programmee, programmees_dues
from app.noyau.erreurs import ErreurMetier
from app.socle.boucle import Du
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi

GENRE = "extraction-programmee"


def regarder(ouvert: ProgrammeOuvert) -> Du | None:
    """Return the run of the extractions that are due, those missed included; None when none is."""
    with ouvert.magasin.transaction("système") as t:
        dues = programmees_dues(t)
    if not dues:
        return None
    return Du(GENRE, "Extractions programmées", lambda suivi: _executer(ouvert, dues, suivi))


def _executer(ouvert: ProgrammeOuvert, dues: list[int], suivi: Suivi) -> dict[str, object]:
    """Run them one after the other; one that fails does not keep the next from its turn."""
    fichiers, echecs = [], []
    for numero in dues:
        try:
            fichiers.append(executer_programmee(ouvert, numero, suivi).fichier)
        except ErreurMetier as refus:
            if suivi.annule():
                raise
            echecs.append(refus)
    if echecs:
        raise echecs[0]
    return {"fichiers": fichiers}
