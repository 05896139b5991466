"""What the loop asks of the backups: the scripts that are due, run one after the other."""

from app.noyau.erreurs import ErreurMetier
from app.sauvegardes.service.executer import executer_script
from app.sauvegardes.service.scripts import scripts_dus
from app.socle.boucle import Du
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi

GENRE = "sauvegarde"


def regarder(ouvert: ProgrammeOuvert) -> Du | None:
    """Return the run of the scripts that are due, those missed included; None when none is."""
    with ouvert.magasin.transaction("système") as t:
        dus = scripts_dus(t)
    if not dus:
        return None
    return Du(GENRE, "Sauvegarde automatique", lambda suivi: _executer(ouvert, dus, suivi))


def _executer(ouvert: ProgrammeOuvert, dus: list[int], suivi: Suivi) -> dict[str, object]:
    """Run scripts one after the other; one that fails does not keep the next from its turn."""
    faites, echecs = [], []
    for numero in dus:
        try:
            faites.append(executer_script(ouvert, numero, suivi).en_donnees())
        except ErreurMetier as refus:
            if suivi.annule():
                raise
            echecs.append(refus)
    if echecs:
        raise echecs[0]
    return {"faites": faites}
