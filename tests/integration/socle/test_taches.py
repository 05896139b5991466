"""Long jobs: progress, cancelling, one of a kind, failures, restarts."""

import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.noyau.erreurs import Refus
from app.socle.errors import DisquePlein, FicheIntrouvable, TacheDejaEnCours
from app.socle.taches import SANS_SUIVI, EtatTache, Suivi, Tache, Taches
from app.socle.transaction import Magasin


@pytest.fixture
def taches(magasin: Magasin) -> Iterator[Taches]:
    """The jobs of the open base; all are stopped at the end."""
    ouvertes = Taches(magasin)
    yield ouvertes
    ouvertes.tout_arreter()


class _Porte:
    """A job that goes step by step, when it is let through."""

    def __init__(self) -> None:
        self.pas = threading.Semaphore(0)
        self.fait = threading.Semaphore(0)

    def travail(self, suivi: Suivi) -> dict[str, Any]:
        for i in range(1, 4):
            assert self.pas.acquire(timeout=10)
            suivi.etape(f"Étape {i}", i, 3)
            self.fait.release()
        return {"lignes": 3}

    def avancer(self) -> None:
        """Let one step through and wait for it."""
        self.pas.release()
        assert self.fait.acquire(timeout=10)


def _mener(taches: Taches, travail: Any, genre: str = "essai") -> EtatTache:
    numero = taches.lancer(genre, "Essai", travail, "Paul")
    taches.attendre(numero, 10)
    return taches.etat(numero)


def test_a_job_says_how_far_it_is_then_what_it_did(taches: Taches) -> None:
    """Step, done, total, percent while it runs; result at the end."""
    porte = _Porte()
    numero = taches.lancer("essai", "Essai", porte.travail, "Paul")
    avant = taches.etat(numero)
    porte.avancer()
    pendant = taches.etat(numero)
    porte.avancer()
    porte.avancer()
    taches.attendre(numero, 10)
    apres = taches.etat(numero)

    assert (avant.est_en_cours, avant.etape, avant.pourcentage) == (True, "Préparation", None)
    assert (pendant.etape, pendant.fait, pendant.total, pendant.pourcentage) == (
        "Étape 1",
        1,
        3,
        33,
    )
    assert (apres.etat, apres.resultat, apres.message) == ("finie", {"lignes": 3}, "")
    assert not apres.est_en_cours
    assert apres.etape == ""


def test_a_job_stops_at_its_next_step_when_asked(taches: Taches) -> None:
    """Cancelled is neither done nor failed; a job that looks may stop by itself."""
    porte = _Porte()
    numero = taches.lancer("essai", "Essai", porte.travail, "Paul")
    porte.avancer()
    taches.annuler(numero)
    porte.pas.release()
    taches.attendre(numero, 10)
    etat = taches.etat(numero)

    assert etat.etat == "annulee"
    assert etat.message == "L’opération a été annulée\u00a0: rien n’a été conservé."
    taches.annuler(numero)
    taches.attendre(numero)


def test_a_job_can_look_whether_it_is_asked_to_stop(taches: Taches) -> None:
    """Without an error, where that is simpler."""
    commence, vu = threading.Event(), []

    def travail(suivi: Suivi) -> dict[str, Any]:
        vu.append(suivi.annule())
        commence.set()
        while not suivi.annule():
            pass
        return {"arrete": True}

    numero = taches.lancer("essai", "Essai", travail, "Paul")
    assert commence.wait(10)
    taches.annuler(numero)
    taches.attendre(numero, 10)

    assert vu == [False]
    assert taches.etat(numero).resultat == {"arrete": True}


def test_one_job_of_a_kind_runs_at_a_time(taches: Taches) -> None:
    """Another of its kind is refused by the name of the first; another kind runs."""
    porte = _Porte()
    taches.lancer("import", "Import du fichier A", porte.travail, "Paul")

    with pytest.raises(TacheDejaEnCours) as refus:
        taches.lancer("import", "Import du fichier B", porte.travail, "Paul")
    autre = _mener(taches, lambda _: {}, "verification")
    for _ in range(3):
        porte.avancer()
    taches.tout_arreter()

    assert refus.value.texte() == "«\u202fImport du fichier A\u202f» est déjà en cours."
    assert autre.etat == "finie"
    assert _mener(taches, lambda _: {}, "import").etat == "finie"


class _Refuse(Refus):
    """A refusal of a job."""

    code = "TST-010"
    message = "Le fichier est vide."
    remede = "Choisissez-en un autre."


def test_a_refusal_is_told_with_its_remedy(taches: Taches) -> None:
    """The person reads what to do."""

    def travail(_: Suivi) -> dict[str, Any]:
        raise _Refuse

    etat = _mener(taches, travail)

    assert (etat.etat, etat.message) == (
        "echouee",
        "Le fichier est vide. Choisissez-en un autre.",
    )


def test_a_bug_is_told_by_its_reference_only(
    taches: Taches, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the screen nor the log repeats the value, which may be somebody's."""

    def travail(_: Suivi) -> dict[str, Any]:
        raise ValueError("Durand Anne 255081416802538")

    with caplog.at_level(logging.ERROR):
        etat = _mener(taches, travail)

    assert etat.etat == "echouee"
    assert "référence" in etat.message
    assert "Durand" not in etat.message + caplog.text
    assert "2550814168" not in caplog.text
    reference = etat.message.split("référence ")[1][:6]
    assert f"reference={reference} type=ValueError" in caplog.text


def test_a_result_that_cannot_be_kept_is_a_bug_of_the_job(taches: Taches) -> None:
    """The job fails by its reference; its kind is not blocked."""
    etat = _mener(taches, lambda _: {"objet": object()})

    assert etat.etat == "echouee"
    assert _mener(taches, lambda _: {}).etat == "finie"


def test_a_job_whose_end_cannot_be_written_does_not_block_its_kind(
    taches: Taches, magasin: Magasin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at the last moment: shown as interrupted, and another may start."""
    normale = magasin.transaction
    porte = threading.Event()

    def pleine(par: str, session: Any = None) -> Any:
        if threading.current_thread() is not threading.main_thread():
            raise DisquePlein("x")
        return normale(par, session)

    def travail(_: Suivi) -> dict[str, Any]:
        assert porte.wait(10)
        return {}

    numero = taches.lancer("essai", "Essai", travail, "Paul")
    monkeypatch.setattr(magasin, "transaction", pleine)
    porte.set()
    taches.attendre(numero, 10)
    etat = taches.etat(numero)
    monkeypatch.setattr(magasin, "transaction", normale)
    suivante = _mener(taches, lambda _: {})

    assert etat.etat == "interrompue"
    assert etat.message.startswith("La fin de cette opération n'a pas pu être enregistrée")
    assert suivante.etat == "finie"
    assert taches.etat(numero).etat == "interrompue"


def test_what_ran_when_the_program_stopped_is_interrupted(taches: Taches, magasin: Magasin) -> None:
    """Known again at the next start, then another may run; what had ended stays as it was."""
    porte = _Porte()
    numero = taches.lancer("essai", "Essai", porte.travail, "Paul")
    finie = _mener(taches, lambda _: {}, "autre")
    apres_panne = Taches(magasin)
    avant = apres_panne.etat(numero)

    assert apres_panne.reprendre() == 1
    assert apres_panne.reprendre() == 0
    assert avant.est_en_cours
    assert apres_panne.etat(numero).etat == "interrompue"
    assert "relancez-la" in apres_panne.etat(numero).message
    assert apres_panne.etat(finie.id).etat == "finie"
    assert _mener(apres_panne, lambda _: {}).etat == "finie"
    for _ in range(3):
        porte.avancer()


def test_quitting_does_not_wait_for_ever(taches: Taches) -> None:
    """A job that does not listen is left after the time given, whatever their number."""
    portes = [_Porte() for _ in range(3)]
    for i, porte in enumerate(portes):
        taches.lancer(f"essai {i}", "Essai", porte.travail, "Paul")

    debut = time.monotonic()
    taches.tout_arreter(secondes=1)

    assert 0.9 < time.monotonic() - debut < 2.5
    for porte in portes:
        porte.pas.release()


def test_the_job_of_another_process_is_left_alone(magasin: Magasin, taches: Taches) -> None:
    """Until the next start, what the base says runs is believed to run."""
    with magasin.transaction("fenêtre") as t:
        debut = t.maintenant.replace(tzinfo=None)
        t.session.add(Tache(genre="essai", libelle="Ailleurs", par="Marie", debut_a=debut))

    with pytest.raises(TacheDejaEnCours):
        taches.lancer("essai", "Ici", lambda _: {}, "Paul")


def test_quitting_stops_every_job(taches: Taches) -> None:
    """Each is asked to stop and waited for; nothing is left in memory."""

    def sans_fin(suivi: Suivi) -> dict[str, Any]:
        while True:
            suivi.etape("Attente")
            time.sleep(0.01)

    numeros = [taches.lancer(f"essai {i}", "Essai", sans_fin, "Paul") for i in range(2)]

    taches.tout_arreter()

    assert {taches.etat(n).etat for n in numeros} == {"annulee"}
    assert not taches._fils
    assert not taches._suivis


def test_an_unknown_job_is_refused(taches: Taches) -> None:
    """A page left open over a new base."""
    with pytest.raises(FicheIntrouvable, match="Cette opération n’existe pas"):
        taches.etat(999)


def test_nobody_watching_changes_nothing() -> None:
    """The command line without a terminal reports to nobody and is never cancelled."""
    SANS_SUIVI.etape("Étape", 1, 2)

    assert not SANS_SUIVI.annule()
