"""How the backups stand now: anomalies of the scripts, the standing indicator."""

from datetime import UTC

from app.sauvegardes.rules import etats
from app.sauvegardes.rules.destination import DOSSIER
from app.sauvegardes.rules.etats import EMPLACEMENT, Anomalie, Temoin
from app.sauvegardes.service import dossiers
from app.sauvegardes.service.scripts import ScriptVu, lister_scripts
from app.socle.transaction import Transaction


def anomalies_de(t: Transaction, vus: list[ScriptVu]) -> list[Anomalie]:
    """Return what is wrong with scripts: their folder now, their last run, their dates.

    A stick may well lie in a drawer between two runs, and a site is not asked at each look:
    of these, the last run tells.
    """
    trouvees = []
    for vu in vus:
        script = vu.script
        sur_place = script.destination.genre == DOSSIER
        refus = dossiers.sonder(script.destination.dossier) if sur_place else None
        if refus is not None:
            cause = f"« {script.dossier} », {refus.cause}"
            trouvees.append(Anomalie(script.id, script.nom, EMPLACEMENT, cause, refus.conseil))
        elif vu.dernier is not None and not vu.dernier.bonne:
            cause = vu.dernier.cause.rstrip(".")
            trouvees.append(Anomalie(script.id, script.nom, EMPLACEMENT, cause, vu.dernier.remede))
        if (date := etats.date_incorrecte(script, vu.echeance, t.maintenant)) is not None:
            trouvees.append(date)
    return trouvees


def lire_temoin(t: Transaction) -> Temoin:
    """Return the standing indicator of the main window."""
    vus = lister_scripts(t)
    reussies = [vu.reussie_a for vu in vus if vu.reussie_a]
    suivantes = [vu.echeance.suivante for vu in vus if vu.echeance.suivante]
    return etats.temoin(
        anomalies_de(t, vus),
        max(reussies).replace(tzinfo=UTC) if reussies else None,
        min(suivantes) if suivantes else None,
        t.maintenant,
        scripts=len(vus),
    )
