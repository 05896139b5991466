"""The scripts de sauvegarde: created, changed, deleted, put right, listed with their next run."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select, update

from app.noyau.champs import lire_fiche
from app.noyau.champs_planning import planning_de
from app.noyau.erreurs import Constat, DonneesRefusees
from app.noyau.planning import Echeance, echeance
from app.sauvegardes.errors import (
    EmplacementIndisponible,
    MotDePasseAbsent,
    ScriptEnDouble,
    ScriptIntrouvable,
    SupportAbsent,
)
from app.sauvegardes.models import Sauvegarde, ScriptSauvegarde
from app.sauvegardes.rules import destination as lieu
from app.sauvegardes.rules import script as regles
from app.sauvegardes.rules.destination import DOSSIER, MEDIA, SFTP, Destination
from app.sauvegardes.rules.etats import BONNE, ECHOUEE, Passage, est_a_executer
from app.sauvegardes.rules.script import CHAMPS_DU_SCRIPT, CHAMPS_SCRIPT, Script
from app.sauvegardes.service import cles, dossiers
from app.sauvegardes.service.cles import Cles
from app.sauvegardes.service.destinations import Lieux
from app.socle.fiches import exiger, exiger_version, remplir, valeurs_de
from app.socle.horloge import PARIS
from app.socle.journal import TENU
from app.socle.transaction import Transaction

_DATES = ("nombre", "unite", "heure", "debut_le")


@dataclass(frozen=True, slots=True)
class ScriptVu:
    """A script in the list: what it owes and when it runs next, its last run that succeeded."""

    script: Script
    echeance: Echeance
    dernier: Passage | None
    reussie_a: datetime | None

    @property
    def prochaine(self) -> datetime | None:
        """Return the instant of the next run, naive UTC as the screens write it."""
        quand = self.echeance.suivante
        return quand.replace(tzinfo=None) if quand else None


@dataclass(frozen=True, slots=True)
class ScriptCree:
    """A new script; `cle` is its recovery key, to show once, "" when backups are in clear."""

    id: int
    nom: str
    cle: str


def en_utc(instant: datetime | None) -> datetime | None:
    """Give a stored instant its zone back."""
    return instant.replace(tzinfo=UTC) if instant else None


def _stocker(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)


def valeur(fiche: ScriptSauvegarde) -> Script:
    """Return the value of a row."""
    return Script(
        id=fiche.id,
        version=fiche.version,
        nom=fiche.nom,
        planning=planning_de(valeurs_de(fiche)),
        destination=destination_de(fiche),
        garder=fiche.garder,
        chiffre=bool(fiche.cle_publique),
        servie_a=en_utc(fiche.servie_a or fiche.cree_a),  # brought back: owes nothing
    )


def destination_de(fiche: ScriptSauvegarde) -> Destination:
    """Return where the backups of a row go."""
    return Destination(**{c.name: getattr(fiche, c.name) for c in fields(Destination)})


def cles_de(fiche: ScriptSauvegarde) -> Cles | None:
    """Return the keys of a script that encrypts."""
    if not fiche.cle_publique:
        return None
    return Cles(fiche.cle_publique, base64.b64decode(fiche.enveloppe))


def _lire(t: Transaction, numero: int) -> ScriptSauvegarde:
    fiche = t.session.get(ScriptSauvegarde, numero)
    if fiche is None:
        raise ScriptIntrouvable(str(numero))
    return fiche


def lire_script(t: Transaction, numero: int) -> Script:
    """Return a script.

    Raises:
        ScriptIntrouvable: no such script.
    """
    return valeur(_lire(t, numero))


def lire_avec_cles(t: Transaction, numero: int) -> tuple[Script, Cles | None]:
    """Return a script and what it encrypts with.

    Raises:
        ScriptIntrouvable: no such script.
    """
    fiche = _lire(t, numero)
    return valeur(fiche), cles_de(fiche)


def valeurs_du_script(t: Transaction, numero: int) -> dict[str, object]:
    """Return the values of the form of a script."""
    fiche = _lire(t, numero)
    du_lieu = lieu.valeurs_de_formulaire(destination_de(fiche))
    chiffrer = "1" if fiche.cle_publique else "0"
    propres = {c.nom: getattr(fiche, c.nom) for c in CHAMPS_DU_SCRIPT}
    return propres | du_lieu | {"chiffrer": chiffrer}


def trouver_script(t: Transaction, nom: str) -> Script:
    """Return a script by its name.

    Raises:
        ScriptIntrouvable: none is called so.
    """
    requete = select(ScriptSauvegarde).where(ScriptSauvegarde.cle == regles.prefixe(nom))
    fiche = t.session.scalars(requete).first()
    if fiche is None:
        raise ScriptIntrouvable(nom)
    return valeur(fiche)


def _nom_libre(t: Transaction, nom: str, sauf: int = 0) -> None:
    requete = select(ScriptSauvegarde.nom).where(
        ScriptSauvegarde.cle == regles.prefixe(nom), ScriptSauvegarde.id != sauf
    )
    if pris := t.session.scalars(requete).first():
        raise ScriptEnDouble(pris)
    if regles.prefixe(nom) == regles.PRECAUTION:
        raise ScriptEnDouble(nom)


def _lire_le_formulaire(
    saisie: Mapping[str, str], *, chiffre: bool = False
) -> tuple[dict[str, Any], Destination, str, list[Constat]]:
    """Return the values of a form, the destination and the passphrase that it asks for."""
    valeurs, constats = lire_fiche(CHAMPS_SCRIPT, saisie)
    phrase = regles.phrase_demandee(valeurs, constats, chiffre=chiffre)
    return valeurs, lieu.destination_demandee(valeurs, constats), phrase, constats


@dataclass(frozen=True, slots=True)
class Essai:
    """What a trial of a destination needs beside the form: warnings confirmed, key known."""

    confirmes: frozenset[str] = frozenset()
    cle_connue: str = ""


def essayer_destination(
    lieux: Lieux | None, d: Destination, secret: str | None, essai: Essai = Essai()
) -> Destination:
    """Try a destination for good; returns it as it is to be kept: volume named, key pinned.

    Args:
        lieux: where media and sites are from here; None when folders alone are expected.
        d: what the form asks for.
        secret: the password just typed, None for the one that is kept.
        essai: what the person confirmed, what was known.

    Raises:
        DonneesRefusees: it cannot take a backup, with the cause in words beside its field.
        ConfirmationRequise: an SFTP site shows its key for the first time.
    """
    champ = {DOSSIER: "dossier", MEDIA: "volume"}.get(d.genre, "hote")
    try:
        if d.genre == DOSSIER:
            dossiers.preparer(d.dossier)
            return d
        if lieux is None:
            raise ValueError(d.genre)
        if d.genre == MEDIA:
            volume = lieux.volume(d.volume)
            d = replace(d, volume=volume.identite, volume_nom=volume.nom)
        d = lieux.confirmer_la_cle(d, essai.confirmes, essai.cle_connue)
        lieux.essayer(d, secret)
    except (EmplacementIndisponible, MotDePasseAbsent, SupportAbsent) as refus:
        raise DonneesRefusees((Constat.de_l_erreur(refus, refus.champ or champ),)) from refus
    return d


def mettre_a_l_essai(
    t: Transaction,
    lieux: Lieux,
    saisie: Mapping[str, str],
    numero: int = 0,
    confirmes: frozenset[str] = frozenset(),
) -> str:
    """Try the destination of a form, nothing saved; returns it in words (« Tester »).

    Raises:
        DonneesRefusees, ConfirmationRequise: as `essayer_destination`.
        ScriptIntrouvable: no such script.
    """
    valeurs, constats = lire_fiche(lieu.CHAMPS_DESTINATION, saisie)
    d = lieu.destination_demandee(valeurs, constats)
    exiger(constats)
    essai = Essai(confirmes, _cle_connue(destination_de(_lire(t, numero)), d) if numero else "")
    return essayer_destination(lieux, d, valeurs["mot_de_passe"] or None, essai).en_mots()


def _cle_connue(avant: Destination, d: Destination) -> str:
    """Return the key of a site that was confirmed already."""
    meme = (avant.genre, avant.hote, avant.port) == (SFTP, d.hote, d.port)
    return avant.cle_hote if meme and d.genre == SFTP else ""


def creer_script(
    t: Transaction,
    saisie: Mapping[str, str],
    lieux: Lieux | None = None,
    confirmes: frozenset[str] = frozenset(),
) -> ScriptCree:
    """Create a script; its first run is the first occurrence to come.

    Raises:
        DonneesRefusees: the form has defects, or its destination cannot take a backup.
        ConfirmationRequise: an SFTP site shows its key for the first time.
        ScriptEnDouble: the name is taken.
    """
    valeurs, d, phrase, constats = _lire_le_formulaire(saisie)
    exiger(constats)
    _nom_libre(t, valeurs["nom"])
    secret = valeurs["mot_de_passe"] or None
    d = essayer_destination(lieux, d, secret, Essai(confirmes))
    fiche = ScriptSauvegarde(
        **{c.nom: valeurs[c.nom] for c in CHAMPS_DU_SCRIPT},
        **asdict(d),
        cle=regles.prefixe(valeurs["nom"]),
        servie_a=_stocker(t.maintenant),
    )
    cle = _chiffrer(fiche, phrase) if phrase else ""
    t.session.add(fiche)
    t.session.flush()
    if secret and lieux is not None and d.est_distante:
        lieux.coffre.garder(d.compte, secret)
    return ScriptCree(fiche.id, fiche.nom, cle)


def _chiffrer(fiche: ScriptSauvegarde, phrase: str) -> str:
    """Give a script new keys; returns the recovery key, to show once."""
    paire, cle = cles.creer_cles(phrase)
    fiche.cle_publique = paire.publique
    fiche.enveloppe = base64.b64encode(paire.enveloppe).decode()
    return cle


def modifier_script(
    t: Transaction,
    numero: int,
    saisie: Mapping[str, str],
    version: int | None = None,
    *,
    lieux: Lieux | None = None,
    confirmes: frozenset[str] = frozenset(),
) -> ScriptCree:
    """Change a script; with new dates, what was owed before is forgotten.

    A passphrase gives it new keys; what was saved before opens with the former ones.

    Raises:
        ScriptIntrouvable, ScriptEnDouble, ModifieEntreTemps: see there.
        DonneesRefusees: the form has defects, or its destination cannot take a backup.
        ConfirmationRequise: an SFTP site shows its key for the first time.
    """
    fiche = _lire(t, numero)
    exiger_version(fiche, version)
    valeurs, d, phrase, constats = _lire_le_formulaire(saisie, chiffre=bool(fiche.cle_publique))
    exiger(constats)
    _nom_libre(t, valeurs["nom"], numero)
    avant, secret = destination_de(fiche), valeurs["mot_de_passe"] or None
    d = essayer_destination(lieux, d, secret, Essai(confirmes, _cle_connue(avant, d)))
    dates = [getattr(fiche, nom) for nom in _DATES]
    propres = {c.nom: valeurs[c.nom] for c in CHAMPS_DU_SCRIPT}
    remplir(fiche, propres | asdict(d) | {"cle": regles.prefixe(valeurs["nom"])})
    if dates != [valeurs[nom] for nom in _DATES]:
        fiche.servie_a = _stocker(t.maintenant)
    cle = _chiffrer(fiche, phrase) if phrase else ""
    if valeurs["chiffrer"] != "1":
        remplir(fiche, {"cle_publique": "", "enveloppe": ""})
    if d != avant:
        _oublier_les_echecs(t, numero)
    t.session.flush()
    if secret and lieux is not None and d.est_distante:
        lieux.coffre.garder(d.compte, secret)
    _oublier_le_secret(t, lieux, avant)
    return ScriptCree(fiche.id, fiche.nom, cle)


def _oublier_le_secret(t: Transaction, lieux: Lieux | None, avant: Destination) -> None:
    """Forget the password of a site where no script goes any more."""
    if lieux is None or not avant.est_distante:
        return
    comptes = {destination_de(f).compte for f in t.session.scalars(select(ScriptSauvegarde))}
    if avant.compte not in comptes:
        lieux.coffre.oublier(avant.compte)


def oublier_la_cle(t: Transaction, numero: int) -> None:
    """Forget the key of an SFTP site: the next one is shown, to be compared and confirmed.

    Raises:
        ScriptIntrouvable: no such script.
    """
    remplir(_lire(t, numero), {"cle_hote": ""})


def supprimer_script(t: Transaction, numero: int, lieux: Lieux | None = None) -> str:
    """Delete a script; its files stay where they are. Returns its name.

    Raises:
        ScriptIntrouvable: no such script.
    """
    fiche = _lire(t, numero)
    nom, avant = fiche.nom, destination_de(fiche)
    t.session.delete(fiche)
    t.session.flush()
    if avant.est_distante:
        _oublier_le_secret(t, lieux, avant)
    return nom


def deplacer_script(t: Transaction, numero: int, dossier: str, lieux: Lieux | None = None) -> None:
    """Give a script another folder (« Parcourir »); failures of the former one are forgotten.

    Raises:
        ScriptIntrouvable: no such script.
        DonneesRefusees: the folder cannot take a backup.
    """
    fiche = _lire(t, numero)
    valeurs, constats = lire_fiche([lieu.CHAMP_DOSSIER], {"dossier": dossier})
    d = lieu.destination_demandee(valeurs, constats)
    exiger(constats)
    avant = destination_de(fiche)
    remplir(fiche, asdict(essayer_destination(lieux, d, None)))
    t.session.flush()
    _oublier_le_secret(t, lieux, avant)
    _oublier_les_echecs(t, numero)


def _oublier_les_echecs(t: Transaction, numero: int) -> None:
    echecs = select(Sauvegarde).where(Sauvegarde.script_id == numero, Sauvegarde.etat == ECHOUEE)
    for echec in t.session.scalars(echecs):
        t.session.delete(echec)


def repousser_script(t: Transaction, numero: int, au: date) -> None:
    """Push every run of a script back to a day, its rhythm kept (« Repousser les dates »).

    Raises:
        ScriptIntrouvable: no such script.
    """
    fiche = _lire(t, numero)
    remplir(fiche, {"debut_le": au, "servie_a": _stocker(t.maintenant)})
    _oublier_les_echecs(t, numero)


def remettre_a_jour(t: Transaction, numeros: Sequence[int]) -> int:
    """Make scripts start again from now, what they owed forgotten; returns how many."""
    for numero in numeros:
        fiche = _lire(t, numero)
        fiche.servie_a = _stocker(t.maintenant)
        if _vu(t, fiche, {}, {}).echeance.suivante is None:
            fiche.debut_le = t.aujourd_hui
    return len(numeros)


def noter_servie(t: Transaction, script: Script, due: datetime | None) -> None:
    """Remember the occurrence that a run has served (no journal: nobody decided it)."""
    if due is None:
        return
    requete = update(ScriptSauvegarde).where(ScriptSauvegarde.id == script.id)
    t.session.execute(requete.values(servie_a=_stocker(due)), execution_options=TENU)


def _vu(
    t: Transaction,
    fiche: ScriptSauvegarde,
    derniers: Mapping[int, Passage],
    reussies: Mapping[int, datetime],
) -> ScriptVu:
    script = valeur(fiche)
    e = echeance(script.planning, script.servie_a, t.maintenant, PARIS)
    return ScriptVu(script, e, derniers.get(fiche.id), reussies.get(fiche.id))


def lister_scripts(t: Transaction) -> list[ScriptVu]:
    """Return every script with its next run, by name."""
    derniers: dict[int, Passage] = {}
    reussies: dict[int, datetime] = {}
    for s in t.session.scalars(
        select(Sauvegarde).where(Sauvegarde.script_id.is_not(None)).order_by(Sauvegarde.id)
    ):
        numero = s.script_id or 0
        quand = s.faite_a.replace(tzinfo=UTC)
        derniers[numero] = Passage(quand, s.etat != ECHOUEE, s.cause, s.remede)
        if s.etat == BONNE:
            reussies[numero] = s.faite_a
    fiches = t.session.scalars(select(ScriptSauvegarde).order_by(ScriptSauvegarde.cle))
    return [_vu(t, fiche, derniers, reussies) for fiche in fiches]


def scripts_dus(t: Transaction) -> list[int]:
    """Return the numbers of the scripts that the loop has to run now."""
    return [
        vu.script.id
        for vu in lister_scripts(t)
        if est_a_executer(vu.echeance, vu.dernier, t.maintenant)
    ]
