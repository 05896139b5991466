"""The form of a script: planning, destination with « Tester », encryption; its backups."""

from dataclasses import dataclass, replace

from flask import Response, request

from app.noyau.champs import choix
from app.noyau.champs_planning import PLANNING
from app.noyau.erreurs import ConfirmationRequise, DonneesRefusees, ErreurMetier
from app.sauvegardes import service
from app.sauvegardes.rules.destination import (
    CHAMPS_DESTINATION,
    DESTINATION,
    DOSSIER,
    LIEUX,
)
from app.sauvegardes.rules.script import CHAMPS_SCRIPT, SECRET, Script
from app.sauvegardes.service import Lieux, SauvegardeVue
from app.sauvegardes.views.racine import ACCUEIL, bp
from app.socle.web import (
    ChampVu,
    FormulaireVu,
    aller,
    confirmes,
    formulaire,
    formulaire_de,
    formulaire_refuse,
    message,
    page,
    programme,
    transaction,
    version_vue,
)


@dataclass(frozen=True, slots=True)
class PageScript:
    """The form of a script, new or not, and its backups.

    `lieux` are the kinds of destination (key, words, fields), `genre` the chosen one.
    """

    titre: str
    action: str
    formulaire: FormulaireVu
    planning: tuple[ChampVu, ...]
    genre: str
    lieux: tuple[tuple[str, str, tuple[ChampVu, ...]], ...]
    gardees: tuple[ChampVu, ...]
    secret: tuple[ChampVu, ...]
    script: int
    nom: str
    chiffre: bool
    cle_hote: bool
    distante: bool
    sauvegardes: tuple[SauvegardeVue, ...]


@dataclass(frozen=True, slots=True)
class PageCle:
    """The recovery key of a script that encrypts with new keys, shown once."""

    nom: str
    cle: str


@dataclass(frozen=True, slots=True)
class FragmentEssai:
    """What « Tester » found: the destination in words, or what was refused and what to do."""

    ou: str
    cause: str
    remede: str
    a_confirmer: str


def _avec_les_supports(vu: FormulaireVu) -> FormulaireVu:
    """Return the form with the media that are plugged in as choices."""
    actuel = vu.champ("volume").valeur
    branches = [(s.choix, s.nom) for s in service.lister_supports(programme())]
    if actuel and actuel not in dict(branches):
        branches.append((actuel, "Support du script (non branché)"))
    nature = choix(*branches, largeur=40) if branches else choix(("", "Aucun support branché"))
    champs = (replace(c, nature=nature) if c.nom == "volume" else c for c in vu.champs)
    return replace(vu, champs=tuple(champs))


def _page_script(vu: FormulaireVu, script: Script | None = None, statut: int = 200) -> Response:
    sauvegardes: tuple[SauvegardeVue, ...] = ()
    if script is not None:
        with transaction() as t:
            sauvegardes = tuple(service.lister_sauvegardes(t, script.id))
    vu = _avec_les_supports(vu)
    modele = PageScript(
        titre=f"Script « {script.nom} »" if script else "Nouveau script de sauvegarde",
        action=f"/sauvegardes/{script.id}" if script else "/sauvegardes/nouveau",
        formulaire=vu,
        planning=vu.groupe(PLANNING),
        genre=vu.champ("genre").valeur or DOSSIER,
        lieux=tuple((genre, titre, vu.groupe(genre)) for genre, titre in LIEUX),
        gardees=vu.groupe(DESTINATION),
        secret=vu.groupe(SECRET),
        script=script.id if script else 0,
        nom=script.nom if script else "",
        chiffre=bool(script and script.chiffre),
        cle_hote=bool(script and script.destination.cle_hote),
        distante=bool(script and script.destination.est_distante),
        sauvegardes=sauvegardes,
    )
    return page("sauvegardes/script.html", modele, statut)


@bp.get("/nouveau")
def preparer() -> Response:
    """Show the form of a new script: every day at 23:00 from today."""
    with transaction() as t:
        jour = t.aujourd_hui
    valeurs = {"nombre": 1, "unite": "jour", "heure": "23:00", "debut_le": jour, "garder": 5}
    vides = {c.nom: c.vide for c in CHAMPS_DESTINATION if c.vide}
    return _page_script(formulaire_de(CHAMPS_SCRIPT, vides | valeurs | {"chiffrer": "0"}))


def _enregistre(fait: service.ScriptCree) -> Response:
    texte = f"Le script « {fait.nom} » est enregistré."
    if fait.cle:
        return message(page("sauvegardes/cle.html", PageCle(fait.nom, fait.cle)), texte)
    return message(aller(ACCUEIL), texte)


@bp.post("/nouveau")
def creer() -> Response:
    """Create a script; one that encrypts shows its recovery key, once."""
    saisie = formulaire()
    try:
        with transaction() as t:
            cree = service.creer_script(t, saisie, Lieux(programme()), confirmes())
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_SCRIPT, saisie, erreur)
        return _page_script(vu, statut=erreur.statut)
    return _enregistre(cree)


@bp.get("/<int:numero>")
def ouvrir(numero: int) -> Response:
    """Show a script and its backups."""
    with transaction() as t:
        script = service.lire_script(t, numero)
        valeurs = service.valeurs_du_script(t, numero)
    vides = {c.nom: c.vide for c in CHAMPS_DESTINATION if c.vide}
    return _page_script(formulaire_de(CHAMPS_SCRIPT, vides | valeurs, script.version), script)


@bp.post("/<int:numero>")
def modifier(numero: int) -> Response:
    """Save a script."""
    saisie = formulaire()
    with transaction() as t:
        script = service.lire_script(t, numero)
    try:
        with transaction() as t:
            fait = service.modifier_script(
                t, numero, saisie, version_vue(), lieux=Lieux(programme()), confirmes=confirmes()
            )
    except ErreurMetier as erreur:
        vu = formulaire_refuse(CHAMPS_SCRIPT, saisie, erreur, version_vue())
        return _page_script(vu, script, erreur.statut)
    return _enregistre(fait)


@bp.post("/tester")
def tester() -> Response:
    """Try the destination of the form, nothing saved (« Tester »)."""
    numero = request.form.get("_script", "0")
    ou, cause, remede, a_confirmer = "", "", "", ""
    try:
        with transaction() as t:
            ou = service.mettre_a_l_essai(
                t,
                Lieux(programme()),
                formulaire(),
                int(numero) if numero.isdecimal() else 0,
                confirmes(),
            )
    except ConfirmationRequise as demande:
        cause, a_confirmer = demande.texte(), demande.avertissements[0].code
        remede = (
            "Comparez cette clé à celle que donne qui tient le site, puis testez de nouveau "
            "pour l'accepter."
        )
    except DonneesRefusees as refus:
        cause = " ".join(c.message for c in refus.constats)
        remede = refus.constats[0].remede
    except ErreurMetier as refus:
        cause, remede = refus.texte(), refus.texte_remede()
    return page("sauvegardes/_essai.html", FragmentEssai(ou, cause, remede, a_confirmer))


@bp.post("/<int:numero>/oublier-la-cle")
def oublier_la_cle(numero: int) -> Response:
    """Forget the key of an SFTP site, to compare and confirm the next one."""
    with transaction() as t:
        service.oublier_la_cle(t, numero)
    texte = "La clé du site est oubliée : enregistrez le script pour voir la nouvelle."
    return message(aller(f"/sauvegardes/{numero}"), texte)


@bp.post("/<int:numero>/supprimer")
def supprimer(numero: int) -> Response:
    """Delete a script; its files stay."""
    with transaction() as t:
        nom = service.supprimer_script(t, numero, Lieux(programme()))
    return message(aller(ACCUEIL), f"Le script « {nom} » est supprimé ; ses fichiers restent.")
