"""The scripts de sauvegarde: created, changed, deleted, put right, listed with their next run."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select, update

from app.noyau.champs import lire_fiche
from app.noyau.erreurs import Constat
from app.noyau.planning import Echeance, echeance
from app.sauvegardes.errors import EmplacementIndisponible, ScriptEnDouble, ScriptIntrouvable
from app.sauvegardes.models import Sauvegarde, ScriptSauvegarde
from app.sauvegardes.rules import script as regles
from app.sauvegardes.rules.etats import BONNE, ECHOUEE, Passage, est_a_executer
from app.sauvegardes.rules.script import CHAMPS_NOUVEAU, CHAMPS_SCRIPT, Script
from app.sauvegardes.service import cles, dossiers
from app.sauvegardes.service.cles import Cles
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
        planning=regles.planning_de(valeurs_de(fiche)),
        dossier=fiche.dossier,
        garder=fiche.garder,
        chiffre=bool(fiche.cle_publique),
        servie_a=en_utc(fiche.servie_a),
    )


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
    return valeurs_de(_lire(t, numero))


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


def _dossier_pret(valeurs: Mapping[str, object], constats: list[Constat]) -> None:
    dossier = valeurs.get("dossier")
    if not dossier:
        return
    try:
        dossiers.preparer(str(dossier))
    except EmplacementIndisponible as refus:
        constats.append(Constat.de_l_erreur(refus, "dossier"))


def creer_script(t: Transaction, saisie: Mapping[str, str]) -> ScriptCree:
    """Create a script; its first run is the first occurrence to come.

    Raises:
        DonneesRefusees: the form has defects, or the folder cannot take a backup.
        ScriptEnDouble: the name is taken.
    """
    valeurs, constats = lire_fiche(CHAMPS_NOUVEAU, saisie)
    phrase = regles.phrase_demandee(valeurs, constats)
    _dossier_pret(valeurs, constats)
    exiger(constats)
    _nom_libre(t, valeurs["nom"])
    cle = ""
    fiche = ScriptSauvegarde(
        **{c.nom: valeurs[c.nom] for c in CHAMPS_SCRIPT},
        cle=regles.prefixe(valeurs["nom"]),
        servie_a=_stocker(t.maintenant),
    )
    if phrase:
        paire, cle = cles.creer_cles(phrase)
        fiche.cle_publique = paire.publique
        fiche.enveloppe = base64.b64encode(paire.enveloppe).decode()
    t.session.add(fiche)
    t.session.flush()
    return ScriptCree(fiche.id, fiche.nom, cle)


def modifier_script(
    t: Transaction, numero: int, saisie: Mapping[str, str], version: int | None = None
) -> None:
    """Change a script; with new dates, what was owed before is forgotten.

    Raises:
        ScriptIntrouvable, ScriptEnDouble, ModifieEntreTemps: see there.
        DonneesRefusees: the form has defects, or the folder cannot take a backup.
    """
    fiche = _lire(t, numero)
    exiger_version(fiche, version)
    valeurs, constats = lire_fiche(CHAMPS_SCRIPT, saisie)
    _dossier_pret(valeurs, constats)
    exiger(constats)
    _nom_libre(t, valeurs["nom"], numero)
    dates = [getattr(fiche, nom) for nom in _DATES]
    remplir(fiche, valeurs | {"cle": regles.prefixe(valeurs["nom"])})
    if dates != [valeurs[nom] for nom in _DATES]:
        fiche.servie_a = _stocker(t.maintenant)
    t.session.flush()


def supprimer_script(t: Transaction, numero: int) -> str:
    """Delete a script; its files stay where they are. Returns its name.

    Raises:
        ScriptIntrouvable: no such script.
    """
    fiche = _lire(t, numero)
    nom = fiche.nom
    t.session.delete(fiche)
    t.session.flush()
    return nom


def deplacer_script(t: Transaction, numero: int, dossier: str) -> None:
    """Give a script another folder (« Parcourir »); failures of the former one are forgotten.

    Raises:
        ScriptIntrouvable: no such script.
        DonneesRefusees: the folder cannot take a backup.
    """
    fiche = _lire(t, numero)
    champ = next(c for c in CHAMPS_SCRIPT if c.nom == "dossier")
    valeurs, constats = lire_fiche([champ], {"dossier": dossier})
    _dossier_pret(valeurs, constats)
    exiger(constats)
    remplir(fiche, valeurs)
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
