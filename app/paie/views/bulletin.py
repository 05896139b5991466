"""One bulletin on screen: its lines, their explanations, its versions, its state."""

from dataclasses import dataclass, replace

from flask import Response, request

from app.employeurs import service as employeurs
from app.noyau.champs import Champ, texte
from app.noyau.periodes import afficher_date
from app.noyau.typographie import accorder
from app.paie.rules.etats import Etat, peut_annuler_la_validation, peut_valider
from app.paie.rules.explication import ORIGINES, Explication
from app.paie.rules.explication_totaux import BRUT, TOTAUX, LigneTotal
from app.paie.rules.paiement import CHAMP_PAYE_LE
from app.paie.service.expliquer import expliquer_une_ligne
from app.paie.service.lire import BulletinComplet, Voisins, lire_bulletin, lire_voisins
from app.paie.service.portee import Portee
from app.paie.service.recalculer import recalculer_un
from app.paie.service.valider import annuler_la_validation, valider_bulletin
from app.paie.views.racine import GENRES, adresse_du_mois, bp
from app.socle.web import ChampVu, aller, formulaire_vide, message, page, transaction

MOTIF = Champ(
    "motif", "Motif", texte(500, largeur=60), obligatoire=True, aide="il reste dans le journal"
)
PAYE_LE = replace(CHAMP_PAYE_LE, aide="", obligatoire=True)


@dataclass(frozen=True, slots=True)
class PageBulletin:
    """A bulletin with what can be done with it."""

    bulletin: BulletinComplet
    titre_du_mois: str
    voisins: Voisins
    adresse: str
    retour: str
    saisie: str
    lignes_du_brut: dict[str, LigneTotal]
    totaux: dict[str, LigneTotal]
    genres: dict[str, str]
    validable: bool
    annulable: bool
    recalculable: bool
    motif: ChampVu
    sans_formation: tuple[tuple[int, str], ...]
    paye_le: ChampVu


@dataclass(frozen=True, slots=True)
class FragmentExplication:
    """Why a line is what it is, with where its inputs come from."""

    explication: Explication
    origines: tuple[tuple[str, str], ...]
    a_change: bool


@bp.get("/<int:numero>")
def montrer(numero: int) -> Response:
    """Show a bulletin."""
    with transaction() as t:
        b = lire_bulletin(t, numero)
        voisins = lire_voisins(t, numero)
        sans = employeurs.lister_sans_formation(t, [b.valeurs["employeur_id"]])
    chez = Portee(employeur=b.valeurs["employeur_id"])
    modele = PageBulletin(
        bulletin=b,
        titre_du_mois=b.mois.en_toutes_lettres,
        voisins=voisins,
        adresse=f"/bulletins/{numero}",
        retour=adresse_du_mois(b.mois, chez),
        saisie=adresse_du_mois(b.mois, chez, "saisie"),
        lignes_du_brut={n: li for n, li in BRUT.items() if b.valeurs[f"{n}_centimes"]},
        totaux=TOTAUX,
        genres=GENRES,
        validable=not b.clos and peut_valider(b.etat),
        annulable=not b.clos and peut_annuler_la_validation(b.etat),
        recalculable=not b.clos and b.etat is not Etat.REMPLACE,
        motif=formulaire_vide((MOTIF,)).champ("motif"),
        sans_formation=tuple(sans) if b.etat is not Etat.REMPLACE else (),
        paye_le=formulaire_vide((PAYE_LE,), {"paye_le": afficher_date(b.paye_le)}).champ("paye_le"),
    )
    return page("paie/bulletin.html", modele)


def _origines(b: BulletinComplet, e: Explication) -> tuple[tuple[str, str], ...]:
    """Return where the inputs of a line come from: words, and the address of the record."""
    salarie, employeur = b.salarie_id, b.valeurs["employeur_id"]
    adresses = {
        "contrat": f"/salaries/{salarie}/contrats/{b.valeurs['contrat_id']}",
        "saisie": adresse_du_mois(b.mois, Portee(employeur=employeur), "saisie"),
        "employeur": f"/employeurs/{employeur}",
        "cumuls": f"/bulletins/salarie/{salarie}",
        "prevoyance": f"/employeurs/{employeur}/prevoyance",
    }
    return tuple((ORIGINES[nom], adresses[nom]) for nom in e.origines)


@bp.get("/<int:numero>/lignes/<code>")
def expliquer(numero: int, code: str) -> Response:
    """Explain a line of a bulletin."""
    with transaction() as t:
        b = lire_bulletin(t, numero)
        explication = expliquer_une_ligne(t, numero, code)
    a_change = b.perime or b.etat in {Etat.A_RECALCULER, Etat.REMPLACE}
    modele = FragmentExplication(explication, _origines(b, explication), a_change)
    return page("paie/_explication.html", modele)


@bp.post("/<int:numero>/valider")
def valider(numero: int) -> Response:
    """Validate a draft, computed again first when its facts changed."""
    with transaction() as t:
        valide = valider_bulletin(t, numero)
    fait = "Bulletin recalculé, puis validé." if valide.recalcule else "Bulletin validé."
    return message(aller(f"/bulletins/{valide.id}"), fait)


@bp.post("/<int:numero>/annuler")
def annuler(numero: int) -> Response:
    """Give a draft back from a validated bulletin."""
    with transaction() as t:
        annuler_la_validation(t, numero, request.form.get("motif", ""))
    fait = "Validation annulée : le bulletin est de nouveau un brouillon."
    return message(aller(f"/bulletins/{numero}"), fait)


@bp.post("/<int:numero>/recalculer")
def recalculer(numero: int) -> Response:
    """Compute a bulletin again; the former version is kept when it was validated."""
    with transaction() as t:
        mois = lire_bulletin(t, numero).mois
        courant, bilan = recalculer_un(t, numero)
    if not bilan.calcules:
        textes = " ".join(f"{c.constat.message} {c.constat.remede}" for c in bilan.constats)
        retour = f"/bulletins/{courant}" if courant else adresse_du_mois(mois)
        return message(aller(retour), textes, genre="alerte")
    constats = len(bilan.constats)
    fait = "Bulletin recalculé."
    if constats:
        fait += f" {accorder(constats, 'remarque')} : " + " ".join(
            c.constat.message for c in bilan.constats
        )
    return message(aller(f"/bulletins/{courant}"), fait)
