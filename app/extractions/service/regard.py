"""What the loop asks of the extractions: those that are due, run one after the other."""

from app.extractions.service.programmees import executer_programmee, programmees_dues
from app.socle.boucle import Du, chacun
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import Suivi

GENRE = "extraction-programmee"


def regarder(ouvert: ProgrammeOuvert) -> Du | None:
    """Return the run of the extractions that are due, those missed included; None when none is."""
    with ouvert.magasin.transaction("système") as t:
        dues = programmees_dues(t)

    def travail(suivi: Suivi) -> dict[str, object]:
        faites = chacun(dues, lambda n: executer_programmee(ouvert, n, suivi), suivi)
        return {"fichiers": [f.fichier for f in faites]}

    return Du(GENRE, "Extractions programmées", travail) if dues else None
