"""Composition root: opens the program on a data folder, connects what announces and answers.

The window, the web floor and the command line all go through `ouvrir`, so that the night
and the screen run the same program.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError

from app import migrations
from app.conventions import service as conventions
from app.opco import service as opco
from app.socle import fichiers, journalisation, plateforme
from app.socle.base import NOM_FICHIER, traduire
from app.socle.reglages import Reglages
from app.socle.taches import Taches
from app.socle.transaction import Magasin, Transaction

if TYPE_CHECKING:  # the loop is imported after the first page
    from app.socle.boucle import Regard

_log = logging.getLogger(__name__)
REPONSES = (
    "app.organismes.service",
    "app.employeurs.service",
    "app.salaries.service",
    "app.prevoyance.service",
    "app.paie.service",
)
"""Who answers what others announce; named, so that the window opens before all are imported."""
REGARDS = ("app.sauvegardes.service.regard", "app.extractions.service.regard")
"""What the loop looks at, in this order (`app.socle.boucle`); each module has `regarder`."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The open program: its data folder, settings, base and jobs."""

    dossier: Path
    reglages: Reglages
    magasin: Magasin
    taches: Taches

    @property
    def par(self) -> str:
        """Who acts, as the journal writes it."""
        return self.reglages["par"] or plateforme.utilisateur()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open a transaction in the name of the person."""
        with self.magasin.transaction(self.par) as t:
            yield t

    def preparer_base(self, chemin: Path) -> None:
        """Bring a base file that nobody holds to this version: schema, reference data, figures.

        Raises:
            As `ouvrir_base`.
        """
        magasin = ouvrir_base(chemin)
        try:
            brancher()
            rattraper(magasin)
        finally:
            magasin.fermer()

    def fermer(self) -> None:
        """Stop the jobs and close the base."""
        self.taches.tout_arreter()
        self.magasin.fermer()


def brancher() -> None:
    """Connect the capabilities' answers to what others announce."""
    for service in REPONSES:
        import_module(service).brancher()


def regards() -> list["Regard"]:
    """Return what the loop asks, half-minute by half-minute, for what is due."""
    return [import_module(nom).regarder for nom in REGARDS]


def rattraper(magasin: Magasin) -> None:
    """Mark what the figures of this version change since bulletins were computed.

    A digest is compared; data files are read only when it differs. Called once answers are
    connected, behind the first page.
    """
    suivi = import_module("app.paie.service.suivi_baremes")
    with magasin.transaction("système") as t:
        suivi.suivre_les_baremes(t)


def ouvrir(
    dossier: Path | None = None,
    imposes: Mapping[str, str] | None = None,
    *,
    repondre: bool = True,
) -> Programme:
    """Open the program on a data folder: folder, settings, base, reference data, jobs.

    Args:
        dossier: data folder; nothing for the person's own.
        imposes: settings of the command line.
        repondre: connect the answers; otherwise `brancher` is called before anything changes.

    Raises:
        DossierIllisible, DisquePlein, ReglageRefuse: the folder or its settings.
        BaseEndommagee, BaseEtrangere, BaseTropRecente: the base; it was not changed.
    """
    dossier = plateforme.dossier_de_donnees(dossier)
    fichiers.preparer_dossier(dossier)
    reglages = Reglages(dossier, imposes)
    journalisation.installer(dossier, reglages["journaux"])
    magasin = ouvrir_base(dossier / NOM_FICHIER, reglages["database_url"] or None)
    if repondre:
        brancher()
    programme = Programme(dossier, reglages, magasin, Taches(magasin))
    try:
        _appliquer_les_opco(programme)
        if repondre:
            rattraper(magasin)
    except BaseException:
        programme.fermer()
        raise
    _log.info("program.opened")
    return programme


def _appliquer_les_opco(programme: Programme) -> None:
    """Apply the correspondence of the OPCO when the data changed since it was last applied.

    An ordinary start reads one line; the report is laid once the base is written.
    """
    with programme.magasin.transaction("système") as t:
        if not opco.est_a_appliquer(t):
            return
        brancher()
        application = opco.appliquer(t, opco.MISE_A_JOUR)
        opco.noter_appliquee(t)
    if application.id is None:
        return
    texte = opco.texte_du_rapport(application.examen, simulation=False)
    depot = opco.deposer(texte, programme.dossier, opco.bureau(programme.reglages["bureau"]))
    if depot.avis:
        with programme.magasin.transaction("système") as t:
            opco.noter_avis(t, application.id, depot.avis)


def ouvrir_base(chemin: Path, url: str | None = None) -> Magasin:
    """Open a base file, made or brought to the last schema if need be.

    Raises:
        BaseEndommagee, BaseEtrangere, BaseTropRecente, BaseEnLectureSeule, DisquePlein: see there.
    """
    revision = None if url else migrations.examiner(chemin)
    magasin = Magasin(chemin, url)
    try:
        if revision != migrations.DERNIERE:
            _log.info("schema.upgrade from=%s to=%s", revision, migrations.DERNIERE)
            migrations.mettre_a_jour(magasin.moteur)
        with magasin.transaction("système") as t:
            conventions.charger(t)
            opco.charger(t)
    except BaseException as erreur:
        magasin.fermer()
        if isinstance(erreur, DatabaseError) and (refus := traduire(erreur, chemin)) is not None:
            raise refus from erreur
        raise
    return magasin
