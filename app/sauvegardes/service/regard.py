"""What the loop asks of the backups: the scripts that are due, run one after the other."""

from app.sauvegardes.service.executer import executer_script
from app.sauvegardes.service.scripts import scripts_dus
from app.socle.boucle import Du, chacun
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi

GENRE = "sauvegarde"


def regarder(ouvert: ProgrammeOuvert) -> Du | None:
    """Return the run of the scripts that are due, those missed included; None when none is."""
    with ouvert.magasin.transaction("système") as t:
        dus = scripts_dus(t)

    def travail(suivi: Suivi) -> dict[str, object]:
        faites = chacun(dus, lambda n: executer_script(ouvert, n, suivi), suivi)
        return {"faites": [f.en_donnees() for f in faites]}

    return Du(GENRE, "Sauvegarde automatique", travail) if dus else None
