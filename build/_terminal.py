"""What every construction command says, logs and reports when it fails.

Standard library only, and syntax that Python 3.8 still parses: the version check must speak.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Self

RACINE = Path(__file__).resolve().parent.parent
CACHE = RACINE / ".cache"
ATTENTE_AVANT_REPRISE = 5.0
_FIN_DE_SORTIE = 6000

_PANNE_DE_RESEAU = re.compile(
    r"could not resolve|name resolution|resolving|no address associated|failed to fetch"
    r"|unable to fetch|network is unreachable|max retries|timed out|timeouterror|hash sum mismatch"
    r"|connection (refused|reset|aborted|broken|failed)|could not connect|connectionerror"
    r"|bad gateway|service unavailable|incompleteread|protocolerror|sslerror|tls handshake",
    re.IGNORECASE,
)

_CERTIFICAT_REFUSE = "certificate verify failed"
_CAUSES = (
    (
        _CERTIFICAT_REFUSE,
        "Le certificat du dépôt de paquets n’est pas reconnu (mandataire qui filtre le réseau ?).",
        "Ajoutez au système le certificat de votre mandataire, puis relancez la commande.",
    ),
    ("no space left", "Le disque est plein.", "Libérez au moins 2 Go, puis relancez la commande."),
    (
        "do not match the hashes",
        "Une bibliothèque reçue ne correspond pas à son empreinte verrouillée.",
        "Videz le cache de pip (« python3 -m pip cache purge ») et relancez ; signalez-le sinon.",
    ),
    (
        "permission denied",
        "Un fichier n’est pas accessible en écriture.",
        "Relancez la commande avec le compte à qui appartient ce dossier.",
    ),
    (
        "could not get lock",
        "Une autre installation de paquets est en cours sur ce système.",
        "Attendez qu’elle se termine, puis relancez la commande.",
    ),
    (
        "unable to locate package",
        "Un paquet du système est introuvable dans les dépôts configurés.",
        "Vérifiez le réseau et les dépôts du système (/etc/apt), puis relancez la commande.",
    ),
)


class Echec(Exception):  # noqa: N818 -- the trade's word, French
    """A step that cannot go on: its cause and what the person can do."""

    def __init__(self, cause: str, remede: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.remede = remede


class Terminal:
    """One French line per step on screen, everything in the log."""

    def __init__(self, journal: Path) -> None:
        self.journal = journal
        journal.parent.mkdir(parents=True, exist_ok=True)
        self._fichier = journal.open("w", encoding="utf-8", errors="replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._fichier.close()

    def dire(self, texte: str = "", *, fin: str = "\n") -> None:
        """Say a line, and log it."""
        print(texte, end=fin, flush=True)
        self.noter(texte + fin)

    def noter(self, texte: str) -> None:
        """Log only."""
        self._fichier.write(texte)
        self._fichier.flush()

    @contextmanager
    def etape(self, titre: str) -> Iterator[None]:
        """Announce a step, then how long it took or that it failed."""
        debut = time.monotonic()
        self.dire(f"{titre}… ", fin="")
        try:
            yield
        except BaseException:
            self.dire("échec.")
            raise
        self.dire(f"fait ({duree(time.monotonic() - debut)}).")

    def executer(
        self,
        commande: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        montrer: bool = False,
    ) -> tuple[int, str]:
        """Run a command; log its output (and show it); return its code and its output's end."""
        self.noter(f"\n$ {' '.join(commande)}\n")
        fin = ""
        with subprocess.Popen(
            list(commande),
            cwd=RACINE,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as processus:
            for ligne in processus.stdout or ():
                self.noter(ligne)
                if montrer:
                    print(ligne, end="", flush=True)
                fin = (fin + ligne)[-_FIN_DE_SORTIE:]
        self.noter(f"[code {processus.returncode}]\n")
        return processus.returncode, fin

    def exiger(
        self,
        commande: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        sinon: tuple[str, str],
    ) -> None:
        """Run a command, with a second chance; a failure becomes an `Echec`."""
        code, fin = self.insister(commande, env=env)
        if code:
            raise Echec(*expliquer(fin, sinon))

    def insister(
        self, commande: Sequence[str], *, env: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Run a command, once more after a network error (`apt-get update` hides it: code 0)."""
        code, fin = self.executer(commande, env=env)
        if (code or commande[-1] == "update") and est_une_panne_de_reseau(fin):
            self.dire("réseau indisponible, nouvel essai… ", fin="")
            time.sleep(ATTENTE_AVANT_REPRISE)
            code, fin = self.executer(commande, env=env)
        return code, fin


def est_une_panne_de_reseau(sortie: str) -> bool:
    """Tell whether an output shows a network error, worth one more attempt."""
    return bool(_PANNE_DE_RESEAU.search(sortie)) and _CERTIFICAT_REFUSE not in sortie.lower()


def expliquer(sortie: str, sinon: tuple[str, str]) -> tuple[str, str]:
    """Return the French cause and remedy that an output shows."""
    texte = sortie.lower()
    for signe, cause, remede in _CAUSES:
        if signe in texte:
            return cause, remede
    if est_une_panne_de_reseau(sortie):
        return (
            f"{sinon[0]} Le réseau ou le dépôt de paquets ne répond pas.",
            "Vérifiez la connexion (et le mandataire, s’il y en a un), puis relancez la commande.",
        )
    if "no matching distribution" in texte:
        return (
            "Une bibliothèque est introuvable pour ce système ou cette version de Python.",
            "Vérifiez la configuration de pip, puis relancez la commande.",
        )
    return sinon


def duree(secondes: float) -> str:
    """Write a duration in French."""
    if secondes < 60:
        return f"{secondes:.1f} s".replace(".", ",")
    minutes, reste = divmod(round(secondes), 60)
    return f"{minutes} min {reste:02d} s"


def lancer(nom: str, commande: Callable[[Terminal], int]) -> int:
    """Run a construction command; print the cause, the remedy and the log of a failure."""
    for flux in (sys.stdout, sys.stderr):
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(errors="replace")
    journal = CACHE / f"{nom}.log"
    try:
        with Terminal(journal) as terminal:
            return commande(terminal)
    except Echec as echec:
        cause, remede = echec.cause, echec.remede
    except OSError as erreur:
        cause = f"Le système a refusé une opération : {erreur}."
        remede = f"Vérifiez que votre compte peut écrire dans {RACINE}, puis relancez la commande."
    except KeyboardInterrupt:
        cause, remede = "Interruption au clavier.", "Relancez la commande pour reprendre."
    ou_lire = f"\nJournal complet : {journal}" if journal.is_file() else ""
    print(f"\nÉchec : {cause}\nRemède : {remede}{ou_lire}", file=sys.stderr)
    return 1
