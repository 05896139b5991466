"""Verify backups: the file, the base that it holds, that base's own structure."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.sauvegardes.errors import (
    CleDuSiteChangee,
    EmplacementIndisponible,
    MotDePasseAbsent,
    SauvegardeIllisible,
    SauvegardeVerrouillee,
)
from app.sauvegardes.service import archive, liste
from app.sauvegardes.service.destinations import Lieux
from app.sauvegardes.service.liste import SauvegardeVue
from app.socle.contexte import ProgrammeOuvert
from app.socle.taches import SANS_SUIVI, Suivi

ENTIERE, EMPREINTE, MAUVAISE, NON_LUE = "entiere", "empreinte", "mauvaise", "non_lue"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a backup: sound through and through, its digest alone (no key), bad.

    `NON_LUE`: its medium is not plugged in, or its site does not answer.
    """

    sauvegarde: SauvegardeVue
    resultat: str
    cause: str = ""

    def en_donnees(self) -> dict[str, object]:
        """Return the machine-readable shape."""
        return {
            "sauvegarde": self.sauvegarde.id,
            "script": self.sauvegarde.script,
            "fichier": self.sauvegarde.fichier,
            "resultat": self.resultat,
            "cause": self.cause,
        }


def verifier_sauvegardes(
    ouvert: ProgrammeOuvert,
    numeros: Sequence[int] | None = None,
    cle: str = "",
    suivi: Suivi = SANS_SUIVI,
) -> list[Verdict]:
    """Verify backups of the list, all of them by default, and write what was found.

    Raises:
        SauvegardeIntrouvable: a number is not in the list.
        TacheAnnulee, DisquePlein, DossierIllisible: those done before are written.
    """
    lieux = Lieux(ouvert)
    with ouvert.transaction() as t:
        liste.relever(t, lieux)
        if numeros is None:
            precautions = liste.lister_sauvegardes(t, precautions=True)
            vues = [*liste.lister_sauvegardes(t), *precautions]
        else:
            vues = [liste.lire_sauvegarde(t, n) for n in numeros]
        ou = {vue.id: liste.lire_avec_destination(t, vue.id)[1] for vue in vues}
    verdicts = []
    for vue in vues:
        try:
            with lieux.obtenir(vue.fichier, ou[vue.id], suivi) as fichier:
                verdict = _examiner(ouvert, vue, fichier, cle, suivi)
        except SauvegardeIllisible as refus:
            verdict = Verdict(vue, MAUVAISE, refus.cause)
        except (EmplacementIndisponible, MotDePasseAbsent, CleDuSiteChangee) as refus:
            verdicts.append(Verdict(vue, NON_LUE, refus.texte()))
            continue
        bonne = verdict.resultat != MAUVAISE
        with ouvert.transaction() as t:
            liste.noter_etat(t, vue.id, bonne=bonne, cause=verdict.cause)
        verdicts.append(verdict)
    return verdicts


def _examiner(
    ouvert: ProgrammeOuvert, vue: SauvegardeVue, fichier: Path, cle: str, suivi: Suivi
) -> Verdict:
    try:
        fiche = archive.lire_manifeste(fichier)
        if fiche.chiffree and not cle:
            return Verdict(vue, EMPREINTE)
        identite = archive.cle_de(fichier, cle) if fiche.chiffree else None
        with tempfile.TemporaryDirectory(dir=ouvert.dossier, prefix="copie-") as atelier:
            base = Path(atelier) / "base.sqlite3"
            archive.extraire(fichier, base, identite, suivi, examen=True)
    except SauvegardeIllisible as refus:
        return Verdict(vue, MAUVAISE, refus.cause)
    except SauvegardeVerrouillee:
        return Verdict(vue, EMPREINTE, "la clé donnée n'est pas la sienne")
    return Verdict(vue, ENTIERE)
