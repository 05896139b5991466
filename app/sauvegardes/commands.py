"""`clairpaie sauvegarde`: scripts, runs, restores and verifications, for the night and support."""

from pathlib import Path

import click

from app.noyau.periodes import afficher_date
from app.noyau.typographie import accorder
from app.sauvegardes import service
from app.sauvegardes.errors import RythmeIllisible, SauvegardeIntrouvable
from app.sauvegardes.rules.destination import (
    DOSSIER,
    MEDIA,
    lire_adresse,
    valeurs_de_formulaire,
)
from app.sauvegardes.rules.etats import ETATS
from app.sauvegardes.rules.retention import GARDER
from app.sauvegardes.rules.script import lire_rythme
from app.sauvegardes.service import Lieux, SauvegardeVue, ScriptVu
from app.sauvegardes.service.destinations.lieux import CODE_CLE
from app.sauvegardes.service.verifier import EMPREINTE, ENTIERE, MAUVAISE, NON_LUE, Verdict
from app.socle import horloge
from app.socle.contexte import Contexte

_FICHIER = click.Path(exists=True, dir_okay=False, path_type=Path)
_VERDICTS = {
    ENTIERE: "entière",
    EMPREINTE: "fichier intact (chiffrée, base non lue)",
    MAUVAISE: "abîmée",
    NON_LUE: "non lue",
}


@click.group("sauvegarde")
def sauvegarde() -> None:
    """Sauvegardes de la base, et restaurations."""


def _secret(fichier: Path | None) -> str:
    """Return the passphrase or the recovery key that a file holds, "" without a file."""
    return fichier.read_text(encoding="utf-8").strip() if fichier else ""


@sauvegarde.command("creer")
@click.argument("nom", metavar="NOM")
@click.option("--tous-les", "rythme", required=True, help="« 1 jour », « 2 semaines », « 3 mois ».")
@click.option("--a", "heure", required=True, help="Heure, ainsi : 23:00.")
@click.option("--depuis", required=True, help="Premier jour, AAAA-MM-JJ.")
@click.option(
    "--vers", "dossier", required=True, help="Dossier, « media: NOM », ou sftp://nom@site/dossier."
)
@click.option("--garder", type=click.IntRange(1, 99), default=GARDER, help="Sauvegardes gardées.")
@click.option("--mot-de-passe", type=_FICHIER, help="Fichier qui contient celui du site.")
@click.option("--empreinte", default="", help="Clé attendue d'un site SFTP, SHA256:…")
@click.option("--chiffrer", "phrase", type=_FICHIER, help="Fichier qui contient la phrase secrète.")
@click.pass_obj
def creer(  # noqa: PLR0913 -- one per option
    contexte: Contexte,
    *,
    nom: str,
    rythme: str,
    heure: str,
    depuis: str,
    dossier: str,
    garder: int,
    mot_de_passe: Path | None,
    empreinte: str,
    phrase: Path | None,
) -> None:
    """Crée un script de sauvegarde."""
    lu = lire_rythme(rythme)
    if lu is None:
        raise RythmeIllisible(rythme)
    saisie = {
        "nom": nom,
        "nombre": lu[0],
        "unite": lu[1],
        "heure": heure,
        "debut_le": depuis,
        "garder": str(garder),
        "chiffrer": "1" if phrase else "0",
        "phrase": _secret(phrase),
    }
    lieux = Lieux(contexte.programme)
    saisie |= _destination(dossier, lieux) | {"mot_de_passe": _secret(mot_de_passe)}
    confirmes = frozenset({f"{CODE_CLE} {empreinte}"} if empreinte else ())
    with contexte.programme.transaction() as t:
        cree = service.creer_script(t, saisie, lieux, confirmes)
        vu = next(v for v in service.lister_scripts(t) if v.script.id == cree.id)
    lignes = [f"Script « {cree.nom} » créé. Prochaine exécution : {_prochaine(vu)}."]
    if cree.cle:
        lignes += ["Clé de récupération, montrée cette seule fois :", f"  {cree.cle}"]
    contexte.dire("\n".join(lignes), _script(vu) | {"cle_de_recuperation": cree.cle or None})


def _destination(vers: str, lieux: Lieux) -> dict[str, str]:
    """Return the fields of a form for what `--vers` says."""
    if (d := lire_adresse(vers)) is not None:
        return {n: str(v) for n, v in valeurs_de_formulaire(d).items()}
    if vers.startswith("media:"):
        demande = vers.removeprefix("media:").strip()
        nomme = next((v for v in lieux.volumes() if v.nom == demande), None)
        volume = lieux.volume(str(nomme.point) if nomme else demande)
        return {"genre": MEDIA, "volume": volume.identite}
    return {"genre": DOSSIER, "dossier": str(Path(vers).expanduser().absolute())}


def _prochaine(vu: ScriptVu) -> str:
    if vu.echeance.suivante is None:
        return "aucune"
    local = vu.echeance.suivante.astimezone(horloge.PARIS)
    return f"{afficher_date(local.date())} à {local:%H:%M}"


def _script(vu: ScriptVu) -> dict[str, object]:
    suivante = vu.echeance.suivante
    return {
        "id": vu.script.id,
        "nom": vu.script.nom,
        "planning": vu.script.planning.en_mots(),
        "dossier": vu.script.dossier,
        "garder": vu.script.garder,
        "chiffre": vu.script.chiffre,
        "prochaine": suivante.isoformat() if suivante else None,
        "due": vu.echeance.due is not None,
    }


def _sauvegarde(vue: SauvegardeVue) -> dict[str, object]:
    return {
        "id": vue.id,
        "version": vue.rang,
        "faite_a": f"{vue.faite_a.isoformat()}+00:00",
        "fichier": vue.fichier,
        "taille": vue.taille,
        "programme": vue.programme,
        "etat": vue.etat,
        "chiffree": vue.chiffree,
    }


@sauvegarde.command("executer")
@click.argument("nom", metavar="NOM")
@click.pass_obj
def executer(contexte: Contexte, nom: str) -> None:
    """Exécute un script maintenant."""
    with contexte.programme.transaction() as t:
        numero = service.trouver_script(t, nom).id
    faite = service.executer_script(contexte.programme, numero)
    octets = f"{faite.taille:,}".replace(",", " ")
    contexte.dire(
        f"Sauvegarde faite et vérifiée : {faite.fichier} ({octets} octets).", faite.en_donnees()
    )


@sauvegarde.command("lister")
@click.pass_obj
def lister(contexte: Contexte) -> None:
    """Liste les scripts, leur prochaine exécution et leurs sauvegardes."""
    with contexte.programme.transaction() as t:
        service.relever(t, Lieux(contexte.programme))
        vus = service.lister_scripts(t)
        listes = {v.script.id: service.lister_sauvegardes(t, v.script.id) for v in vus}
        anomalies = service.anomalies_de(t, vus)
    lignes, donnees = [], []
    for vu in vus:
        lignes.append(f"{vu.script.nom} : {vu.script.planning.en_mots()}, vers {vu.script.dossier}")
        lignes.append(f"  prochaine exécution : {_prochaine(vu)}")
        lignes += [
            f"  {v.rang}. {Path(v.fichier).name} ({ETATS[v.etat]})" for v in listes[vu.script.id]
        ]
        siennes = [a for a in anomalies if a.script_id == vu.script.id]
        lignes += [f"  {a.titre} : {a.cause}. {a.remede}" for a in siennes]
        donnees.append(
            _script(vu)
            | {
                "sauvegardes": [_sauvegarde(v) for v in listes[vu.script.id]],
                "anomalies": [{"titre": a.titre, "cause": a.cause} for a in siennes],
            }
        )
    contexte.dire("\n".join(lignes) or "Aucun script de sauvegarde.", donnees)


@sauvegarde.command("restaurer")
@click.argument("nom", metavar="[NOM]", required=False)
@click.option("--version", "rang", type=click.IntRange(1), default=1, help="1 est la dernière.")
@click.option("--fichier", type=_FICHIER, help="Un fichier de sauvegarde, à la place de NOM.")
@click.option("--cle", type=_FICHIER, help="Fichier qui contient la phrase ou la clé.")
@click.pass_obj
def restaurer(
    contexte: Contexte, nom: str | None, rang: int, fichier: Path | None, cle: Path | None
) -> None:
    """Restaure la base depuis une sauvegarde d'un script, ou depuis un fichier."""
    if fichier is None:
        with contexte.programme.transaction() as t:
            numero = service.trouver_script(t, nom or "").id
            vues = service.lister_sauvegardes(t, numero)
        if rang > len(vues):
            raise SauvegardeIntrouvable(rang)
        restauree = service.restaurer_sauvegarde(
            contexte.programme, vues[rang - 1].id, _secret(cle)
        )
    else:
        restauree = service.restaurer(contexte.programme, fichier, _secret(cle))
    contexte.dire(
        f"{service.RESTAUREE} Copie de précaution : {restauree.precaution}", restauree.en_donnees()
    )


@sauvegarde.command("verifier")
@click.option("--cle", type=_FICHIER, help="Fichier qui contient la phrase ou la clé.")
@click.pass_context
def verifier(ctx: click.Context, cle: Path | None) -> None:
    """Relit toutes les sauvegardes et la base que chacune contient."""
    contexte: Contexte = ctx.obj
    verdicts = service.verifier_sauvegardes(contexte.programme, cle=_secret(cle))
    lignes = [_dire(v) for v in verdicts]
    lignes.append(f"{accorder(len(verdicts), 'sauvegarde relue', 'sauvegardes relues')}.")
    contexte.dire("\n".join(lignes), [v.en_donnees() for v in verdicts])
    if any(v.resultat == MAUVAISE for v in verdicts):
        ctx.exit(2)


def _dire(verdict: Verdict) -> str:
    cause = f", {verdict.cause}" if verdict.cause else ""
    return f"{verdict.sauvegarde.nom} : {_VERDICTS[verdict.resultat]}{cause}"


@sauvegarde.command("copier")
@click.argument("support", metavar="SUPPORT")
@click.pass_obj
def copier(contexte: Contexte, support: str) -> None:
    """Copie la dernière sauvegarde de chaque script sur un support amovible."""
    lieux = Lieux(contexte.programme)
    nomme = next((v for v in lieux.volumes() if v.nom == support), None)
    demande = (nomme.identite or str(nomme.point)) if nomme else support
    faites = service.copier_sur_support(contexte.programme, demande)
    combien = accorder(len(faites.fichiers), "sauvegarde copiée", "sauvegardes copiées")
    contexte.dire(f"{combien} et relues dans {faites.dossier}.", faites.en_donnees())


@sauvegarde.command("image")
@click.argument("nom", metavar="NOM")
@click.option("--vers", "dossier", required=True, help="Dossier où écrire l'image.")
@click.pass_obj
def image(contexte: Contexte, nom: str, dossier: str) -> None:
    """Crée l'image ISO d'un CD ou DVD des sauvegardes d'un script."""
    with contexte.programme.transaction() as t:
        numero = service.trouver_script(t, nom).id
    ou = str(Path(dossier).expanduser().absolute())
    faite = service.creer_image(contexte.programme, numero, ou)
    contexte.dire(f"Image écrite et relue : {faite.fichier}.", faite.en_donnees())


commandes: list[click.Command] = [sauvegarde]
