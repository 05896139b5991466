"""`clairpaie bulletin`, `clairpaie bulletins`: one case without a base, a month of the base."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from app.employeurs.service import lire_fiche_employeur
from app.noyau.argent import Centimes, afficher_euros
from app.noyau.periodes import Mois, lire_date
from app.noyau.typographie import accorder
from app.paie.errors import CasIllisible
from app.paie.rules.calcul import Bulletin
from app.paie.rules.cas import en_donnees, lire_cas
from app.paie.rules.explication import expliquer
from app.paie.rules.impression import Forme
from app.paie.service.a_recalculer import (
    ARecalculer,
    ARegulariser,
    lister_a_recalculer,
    lister_a_regulariser,
)
from app.paie.service.baremes import moteur
from app.paie.service.calculer import BilanCalcul, calculer_le_mois
from app.paie.service.imprimer import imprimer_le_mois
from app.paie.service.livre import FORMATS, ecrire_livre
from app.paie.service.portee import Portee
from app.paie.service.recalculer import recalculer
from app.socle.contexte import Contexte
from app.socle.terminal import suivi_de
from app.socle.transaction import Transaction

SANS_LIMITE = 10**9
"""The command line shows everything at once."""


@click.group("bulletin", help="Un bulletin, sans base de données.")
def bulletin() -> None:
    """Group of the commands about one payslip."""


@bulletin.command("calculer", help="Calcule un cas, ou une liste de cas, d'un fichier JSON.")
@click.argument("cas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--expliquer", "avec_explications", is_flag=True, help="Explique chaque ligne.")
@click.pass_obj
def calculer(contexte: Contexte, cas: Path, *, avec_explications: bool) -> None:
    """Compute the cases of a file; every line comes out."""
    textes, resultats = [], []
    for brut in _lire(cas):
        actif = moteur()
        dossier = lire_cas(brut, actif.baremes)
        calcule = actif.calculer(dossier)
        donnees = en_donnees(str(brut["id"]), calcule, actif, dossier)
        textes.append(_texte(donnees, calcule))
        if avec_explications:
            explications = expliquer(dossier, calcule, actif)
            donnees["explications"] = [e.en_donnees() for e in explications]
            textes += [f"  {e.libelle} : {e.formule} ({e.source})" for e in explications]
        resultats.append(donnees)
    contexte.dire("\n".join(textes), resultats)


def _lire(fichier: Path) -> list[dict[str, Any]]:
    """Read one case or a list; numbers keep the digits that were written."""
    try:
        brut = json.loads(fichier.read_text(encoding="utf-8"), parse_float=Decimal)
    except (ValueError, UnicodeDecodeError) as erreur:
        raise CasIllisible(fichier.name, "fichier", f"ce n'est pas du JSON ({erreur})") from erreur
    cas = brut if isinstance(brut, list) else [brut]
    if not all(isinstance(c, dict) for c in cas):
        raise CasIllisible(fichier.name, "fichier", "ce doit être un cas ou une liste de cas")
    return cas


def _texte(donnees: dict[str, Any], calcule: Bulletin) -> str:
    t = calcule.totaux
    lignes = [f"Cas {donnees['id']}"]
    for li in donnees["lignes"]:
        salarial = afficher_euros(Centimes(li["montant_salarial_centimes"]))
        patronal = afficher_euros(Centimes(li["montant_patronal_centimes"]))
        lignes.append(f"  {li['libelle']:<58}{salarial:>14}{patronal:>14}")
    for nom, montant in (
        ("Brut", t.brut),
        ("Montant net social", t.montant_net_social),
        ("Net à payer avant impôt", t.net_a_payer_avant_impot),
        ("Net imposable", t.net_imposable),
        ("Coût employeur", t.cout_employeur),
    ):
        lignes.append(f"  {nom:<58}{afficher_euros(Centimes(montant)):>14}")
    return "\n".join(lignes)


@click.group("bulletins", help="Les bulletins d'un mois.")
def bulletins() -> None:
    """Group of the commands about the payslips of the base."""


@bulletins.command("calculer", help="Calcule les bulletins d'un mois ; les validés restent.")
@click.option("--mois", metavar="AAAA-MM", required=True, help="Mois de paie.")
@click.option("--employeur", type=int, metavar="NUMÉRO", help="Un employeur seulement.")
@click.pass_obj
def calculer_les_bulletins(contexte: Contexte, mois: str, employeur: int | None) -> None:
    """Compute the month of every employer, or of one."""
    choisi = Mois.lire(mois)
    with contexte.programme.transaction() as t:
        if employeur is not None:
            lire_fiche_employeur(t, employeur)
        choisis = None if employeur is None else [employeur]
        bilan = calculer_le_mois(t, choisi, choisis, suivi=suivi_de(contexte))
    contexte.dire(_bilan(bilan), bilan.en_donnees())


def _bilan(bilan: BilanCalcul) -> str:
    faits = [accorder(bilan.calcules, "bulletin calculé", "bulletins calculés")]
    if bilan.nouvelles_versions:
        faits.append(accorder(bilan.nouvelles_versions, "nouvelle version", "nouvelles versions"))
    if bilan.laisses:
        faits.append(accorder(bilan.laisses, "déjà validé", "déjà validés"))
    if bilan.ecartes:
        faits.append(accorder(bilan.ecartes, "écarté, hors contrat", "écartés, hors contrat"))
    lignes = [f"Mois {bilan.mois} : {', '.join(faits)}."]
    lignes += [f"  {c.constat.code} {c.constat.message} {c.constat.remede}" for c in bilan.constats]
    return "\n".join(lignes)


@bulletins.command("imprimer", help="Imprime en PDF les bulletins d'un mois.")
@click.option("--mois", metavar="AAAA-MM", required=True, help="Mois de paie.")
@click.option("--employeur", type=int, metavar="NUMÉRO", help="Un employeur seulement.")
@click.option(
    "--vers", required=True, type=click.Path(path_type=Path), help="Dossier où écrire les fichiers."
)
@click.option(
    "--forme",
    type=click.Choice([f.value for f in Forme]),
    default=Forme.SALARIE.value,
    help="Un fichier par salarié (défaut), par employeur, ou un seul.",
)
@click.option(
    "--paiement",
    metavar="JJ/MM/AAAA",
    help="Date de paiement, pour cette impression (défaut : celle du bulletin).",
)
@click.pass_obj
def imprimer_les_bulletins(
    contexte: Contexte,
    mois: str,
    employeur: int | None,
    vers: Path,
    *,
    forme: str,
    paiement: str | None,
) -> None:
    """Print the month of every employer, or of one."""
    choisi = Mois.lire(mois)
    paye_le = lire_date(paiement) if paiement else None
    with contexte.programme.transaction() as t:
        if employeur is not None:
            lire_fiche_employeur(t, employeur)
        bilan = imprimer_le_mois(
            t,
            choisi,
            Portee(employeur=employeur),
            vers,
            forme=Forme(forme),
            paye_le=paye_le,
            suivi=suivi_de(contexte),
        )
    faits = accorder(bilan.bulletins, "bulletin imprimé", "bulletins imprimés")
    fichiers = accorder(len(bilan.fichiers), "fichier")
    contexte.dire(
        f"Mois {choisi} : {faits} dans « {vers} », {fichiers}.",
        bilan.en_donnees() | {"dossier": str(vers), "chemins": list(bilan.fichiers)},
    )


@bulletins.command("livre", help="Écrit le livre de paie d'un mois.")
@click.option("--mois", metavar="AAAA-MM", required=True, help="Mois de paie.")
@click.option("--employeur", type=int, metavar="NUMÉRO", help="Un employeur seulement.")
@click.option("--format", "genre", type=click.Choice(list(FORMATS)), default="xlsx", help="Format.")
@click.option(
    "--vers", required=True, type=click.Path(path_type=Path), help="Dossier où écrire le fichier."
)
@click.pass_obj
def ecrire_le_livre(
    contexte: Contexte, mois: str, employeur: int | None, genre: str, vers: Path
) -> None:
    """Write the livre de paie of every employer, or of one."""
    choisi = Mois.lire(mois)
    with contexte.programme.transaction() as t:
        chemin = ecrire_livre(t, choisi, Portee(employeur=employeur), genre, vers)
    contexte.dire(
        f"Livre de paie {choisi} : « {chemin} ».", {"mois": str(choisi), "fichier": str(chemin)}
    )


@bulletins.command("a-recalculer", help="Liste les bulletins à recalculer, avec la raison.")
@click.option("--employeur", type=int, metavar="NUMÉRO", help="Un employeur seulement.")
@click.pass_obj
def lister_les_bulletins_a_recalculer(contexte: Contexte, employeur: int | None) -> None:
    """List what is to be recalculated, and the closed years to be regularised."""
    with contexte.programme.transaction() as t:
        portee = _portee(t, employeur)
        liste = lister_a_recalculer(t, portee, par_page=SANS_LIMITE)
        apart = lister_a_regulariser(t, portee, SANS_LIMITE)
    bulletins_vus = [b for g in liste.groupes for b in g.bulletins]
    lignes = [accorder(liste.total, "bulletin") + " à recalculer."]
    lignes += [_a_recalculer(b) for b in bulletins_vus]
    if apart:
        lignes.append(f"Exercice clos, à régulariser : {accorder(len(apart), 'bulletin')}.")
        lignes += [f"{_a_recalculer(x.bulletin)} ; {_ecart_a_declarer(x)}" for x in apart]
    donnees = {
        "a_recalculer": [b.en_donnees() for b in bulletins_vus],
        "a_regulariser": [x.en_donnees() for x in apart],
    }
    contexte.dire("\n".join(lignes), donnees)


def _portee(t: Transaction, employeur: int | None) -> Portee:
    """Return the limits of a command.

    Raises:
        EmployeurIntrouvable: no such employer.
    """
    if employeur is not None:
        lire_fiche_employeur(t, employeur)
    return Portee(employeur=employeur)


def _a_recalculer(b: ARecalculer) -> str:
    raisons = " ; ".join(r.motif for r in b.raisons) or "données modifiées depuis la validation"
    return f"  {b.mois}  {b.employeur}  {b.nom} : {raisons}"


def _ecart_a_declarer(x: ARegulariser) -> str:
    if x.comparaison is None or x.comparaison.est_vide:
        return "aucun écart"
    ecart = Centimes(x.comparaison.ecart("net_a_payer"))
    return f"écart de net à payer {afficher_euros(ecart)}"


@bulletins.command("recalculer", help="Recalcule les bulletins à recalculer, tous mois compris.")
@click.option("--employeur", type=int, metavar="NUMÉRO", help="Un employeur seulement.")
@click.pass_obj
def recalculer_les_bulletins(contexte: Contexte, employeur: int | None) -> None:
    """Recalculate every bulletin that a change touched; closed years stay as they are."""
    with contexte.programme.transaction() as t:
        portee = _portee(t, employeur)
        bilan = recalculer(t, portee, suivi_de(contexte))
    changes = sum(e.avant != e.apres for e in bilan.ecarts)
    recalcules = accorder(len(bilan.ecarts), "bulletin recalculé", "bulletins recalculés")
    lignes = [f"{recalcules}, le net à payer change pour {changes}."]
    lignes += [
        f"  {e.mois}  {e.employeur}  {e.nom} : {afficher_euros(Centimes(e.avant))} → "
        f"{afficher_euros(Centimes(e.apres))}"
        for e in bilan.ecarts
        if e.avant != e.apres
    ]
    lignes += [f"  {c.constat.message} {c.constat.remede}" for c in bilan.constats]
    contexte.dire("\n".join(lignes), bilan.en_donnees())


commandes: list[click.Command] = [bulletin, bulletins]
