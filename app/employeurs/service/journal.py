"""The journal of an employer: its record and its organismes, deleted ones included."""

from app.employeurs.rules import CHAMPS_EMPLOYEUR, champs_organisme
from app.employeurs.service.dossiers import lister_dossiers
from app.noyau.champs import Champ, choix
from app.organismes import service as organismes
from app.socle.historique import LigneHistorique, Suivies, lire_historique, numeros_rattaches
from app.socle.transaction import Transaction

_ORGANISME = "organisme_employeur"


def champs_des_lignes(t: Transaction) -> tuple[Champ, ...]:
    """Return the fields of a line of organismes as the journal shows them: caisses by name."""
    return champs_organisme(organismes.noms_au_journal(t))


def lire_journal(t: Transaction, employeur_id: int) -> list[LigneHistorique]:
    """Return who changed what of an employer, latest first."""
    lignes = numeros_rattaches(t, _ORGANISME, "employeur_id", employeur_id)
    dossiers = [(str(d.id), d.nom) for d in lister_dossiers(t, archives=None)]
    dossier = Champ("dossier_id", "Dossier", choix(*dossiers))
    suivies = {
        "employeur": Suivies([employeur_id], (dossier, *CHAMPS_EMPLOYEUR)),
        _ORGANISME: Suivies(lignes, champs_des_lignes(t)),
    }
    return lire_historique(t, suivies)
