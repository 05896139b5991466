"""Security of the loopback floor, on the real server and with raw requests.

Whoever is not one of our pages gets 403, learns nothing and changes nothing.
"""

import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from app.assemblage import Programme
from app.desktop.serveur import Serveur
from app.socle.base import NOM_FICHIER

SECRETS = ("clairpaie_", "Salariés", "Employeurs", "utilisateur", "Traceback", "werkzeug")


@dataclass(frozen=True)
class Reponse:
    """What came back."""

    statut: int
    entetes: Mapping[str, str]
    cookies: list[str]
    corps: str


def demander(
    serveur: Serveur,
    chemin: str = "/",
    methode: str = "GET",
    *,
    corps: str | None = None,
    sans: tuple[str, ...] = (),
    **entetes: str,
) -> Reponse:
    """Send a request as our own pages do, but for the headers given or left out."""
    lancement = serveur.lancement
    connexion = HTTPConnection("127.0.0.1", lancement.port, timeout=10)
    envoyes = {
        "Host": f"127.0.0.1:{lancement.port}",
        "Cookie": lancement.cookie,
        "Origin": lancement.adresse,
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
    } | {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
    connexion.putrequest(methode, chemin, skip_host=True, skip_accept_encoding=True)
    for nom, valeur in envoyes.items():
        if nom not in sans:
            connexion.putheader(nom, valeur)
    contenu = (corps or "").encode()
    connexion.putheader("Content-Length", str(len(contenu)))
    connexion.endheaders(contenu)
    brute = connexion.getresponse()
    texte = brute.read().decode("utf-8", "replace")
    recue = Reponse(
        brute.status, dict(brute.headers), brute.headers.get_all("Set-Cookie") or [], texte
    )
    connexion.close()
    return recue


def exiger_le_refus(recue: Reponse, serveur: Serveur) -> None:
    """Check that a refusal gives nothing away: no token, no data, no cookie, no detail."""
    assert recue.statut == 403
    assert recue.cookies == []
    assert serveur.lancement.jeton not in recue.corps
    assert not [secret for secret in SECRETS if secret in recue.corps]
    assert "fenêtre de Clairpaie" in recue.corps


def dossiers(programme: Programme) -> int:
    """Count the dossiers of the base, from outside."""
    base = sqlite3.connect(programme.dossier / NOM_FICHIER)
    nombre = int(base.execute("SELECT count(*) FROM dossier").fetchone()[0])
    base.close()
    return nombre


def test_our_own_page_is_answered(serveur: Serveur) -> None:
    """The other tests refuse what differs from this request."""
    recue = demander(serveur)

    assert recue.statut == 200
    assert "Accueil" in recue.corps


@pytest.mark.parametrize(
    "chemin",
    [
        *("/", "/employeurs/", "/salaries/", "/extractions/", "/maintenance/journal", "/aide/"),
        *("/static/js/main.js", "/static/icone.svg", "/n-existe-pas", "/ouvrir", "/%00"),
    ],
)
def test_a_request_without_the_token_is_refused(serveur: Serveur, chemin: str) -> None:
    """Pages, files and unknown addresses alike, so that nothing tells them apart."""
    exiger_le_refus(demander(serveur, chemin, sans=("Cookie",)), serveur)


@pytest.mark.parametrize("jeton", ["", "x", "é", "%00", "a" * 5_000, "../../etc/passwd"])
def test_a_wrong_token_is_refused(serveur: Serveur, jeton: str) -> None:
    """In the cookie."""
    nom = serveur.lancement.cookie.partition("=")[0]
    exiger_le_refus(demander(serveur, Cookie=f"{nom}={jeton}"), serveur)


@pytest.mark.parametrize("jeton", ["", "x", "%C3%A9", "%00", "a" * 5_000])
def test_a_wrong_token_in_the_opening_address_is_refused(serveur: Serveur, jeton: str) -> None:
    """In the address that opens the program."""
    exiger_le_refus(demander(serveur, f"/ouvrir?jeton={jeton}", sans=("Cookie",)), serveur)


def test_the_token_of_another_launch_is_refused(
    serveur: Serveur, programme_demo: Programme
) -> None:
    """Each launch draws its own."""
    autre = Serveur(programme_demo)
    autre.demarrer()

    recue = demander(serveur, Cookie=f"clairpaie_{serveur.lancement.port}={autre.lancement.jeton}")

    autre.arreter()
    assert len(autre.lancement.jeton) >= 43
    exiger_le_refus(recue, serveur)


@pytest.mark.parametrize(
    "hote",
    [
        *("evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example"),
        *("127.0.0.2", "[::1]", "2130706433", "127.1", "", "[", "127.0.0.1:abc"),
        *("127.0.0.1@evil.example", "evil.example@127.0.0.1", "127.0.0.1:99999", "127.0.0.1 x"),
    ],
)
def test_another_host_name_is_refused(serveur: Serveur, hote: str) -> None:
    """A page of the network whose name was made to point here (DNS rebinding) has another Host."""
    recue = demander(serveur, Host=hote)

    assert recue.statut in {400, 403}
    assert not [secret for secret in SECRETS if secret in recue.corps]


def test_a_request_without_a_host_is_refused(serveur: Serveur) -> None:
    """As old programs send."""
    assert demander(serveur, sans=("Host",)).statut in {400, 403}


@pytest.mark.parametrize(
    "origine",
    ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", "http://localhost:{port}"],
)  # fmt: skip
def test_a_change_asked_by_another_site_is_refused(
    serveur: Serveur, programme_demo: Programme, origine: str
) -> None:
    """The cookie alone does not suffice: the page that asks must be ours."""
    avant = dossiers(programme_demo)
    origine = origine.format(port=serveur.lancement.port)

    recue = demander(
        serveur, "/premier-demarrage/dossier", "POST", corps="nom=Pirate", Origin=origine
    )

    exiger_le_refus(recue, serveur)
    assert dossiers(programme_demo) == avant


@pytest.mark.parametrize("methode", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_without_an_origin_is_refused(
    serveur: Serveur, programme_demo: Programme, methode: str
) -> None:
    """Browsers always send it with a change."""
    avant = dossiers(programme_demo)

    recue = demander(
        serveur, "/premier-demarrage/dossier", methode, corps="nom=Pirate", sans=("Origin",)
    )

    exiger_le_refus(recue, serveur)
    assert dossiers(programme_demo) == avant


@pytest.mark.parametrize("provenance", ["cross-site", "same-site", "autre"])
def test_a_request_that_the_browser_says_foreign_is_refused(
    serveur: Serveur, provenance: str
) -> None:
    """Reading too: an image or a script asked by another page, even of another local port."""
    exiger_le_refus(demander(serveur, Sec_Fetch_Site=provenance), serveur)
    exiger_le_refus(demander(serveur, "/static/js/main.js", Sec_Fetch_Site=provenance), serveur)


def test_a_preflight_of_another_site_is_refused(serveur: Serveur) -> None:
    """No CORS: nothing is ever allowed to other sites."""
    recue = demander(
        serveur,
        "/salaries/",
        "OPTIONS",
        sans=("Cookie",),
        Origin="http://evil.example",
        Access_Control_Request_Method="POST",
    )

    exiger_le_refus(recue, serveur)
    assert not [e for e in recue.entetes if e.lower().startswith("access-control-")]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(serveur: Serveur) -> None:
    """HttpOnly, SameSite=Strict, gone with the browser; the address loses the token."""
    recue = demander(serveur, f"/ouvrir?jeton={serveur.lancement.jeton}", sans=("Cookie", "Origin"))

    assert recue.statut == 303
    assert recue.entetes["Location"] == "/"
    (cookie,) = recue.cookies
    attributs = {a.strip().lower() for a in cookie.split(";")[1:]}
    assert attributs == {"httponly", "samesite=strict", "path=/"}
    assert recue.entetes["Cache-Control"] == "no-store"
    assert recue.entetes["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "vers",
    [
        *("http://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example"),
        *("/%09/evil.example", "/%0A/evil.example", "/%0D%0ASet-Cookie:x=y", "%20//evil.example"),
        *("javascript:alert(1)", "data:text/html,x", "", "evil.example", "/%5C/evil.example"),
    ],
)
def test_the_opening_address_leads_nowhere_else(serveur: Serveur, vers: str) -> None:
    """No open redirect, no header slipped in."""
    recue = demander(serveur, f"/ouvrir?jeton={serveur.lancement.jeton}&vers={vers}")

    assert recue.statut == 303
    assert recue.entetes["Location"] == "/"
    assert len(recue.cookies) == 1


def test_the_opening_address_leads_to_our_pages(serveur: Serveur) -> None:
    """A window of its own opens on its page."""
    recue = demander(serveur, f"/ouvrir?jeton={serveur.lancement.jeton}&vers=/maintenance/?a=1")

    assert recue.entetes["Location"] == "/maintenance/?a=1"


@pytest.mark.parametrize(
    "chemin",
    [
        *("/static/../../pyproject.toml", "/static/..%2f..%2fpyproject.toml"),
        *("/static/%2e%2e/%2e%2e/app/cli.py", "/static/....//....//pyproject.toml"),
        *("/static//etc/passwd", "/static/%2Fetc%2Fpasswd", "/static/..%5c..%5cpyproject.toml"),
        *("/static/js/../../templates/base.html", "/static/%00", "//etc/passwd", "/static/js"),
        *("/aide/..%2f..%2fpyproject", "/aide/%2e%2e/README"),
    ],
)
def test_no_path_leaves_the_static_folder(serveur: Serveur, chemin: str) -> None:
    """Only files of `web/static` are given, and no folder is listed."""
    recue = demander(serveur, chemin)

    ailleurs = not recue.entetes.get("Location", "/").startswith((serveur.adresse, "/"))
    assert recue.statut in {308, 400, 403, 404}
    assert not ailleurs
    assert not re.search(r"root:|\[project\]|def main|<!doctype html>.{0,40}%", recue.corps)


def test_pages_may_run_only_our_own_files(serveur: Serveur) -> None:
    """The policy allows no inline script or style, no other host, no frame, no plug-in."""
    for chemin in ("/", "/n-existe-pas", "/static/js/main.js"):
        politique = demander(serveur, chemin).entetes["Content-Security-Policy"]
        regles = dict(regle.strip().split(" ", 1) for regle in politique.split(";"))

        assert regles["default-src"] == "'none'"
        assert regles["script-src"] == regles["style-src"] == "'self'"
        assert regles["frame-ancestors"] == regles["base-uri"] == "'none'"
        assert regles["form-action"] == "'self'"
        assert "unsafe" not in politique
        assert "*" not in politique


def test_answers_say_nothing_to_other_sites(serveur: Serveur) -> None:
    """No CORS header, no server name, no guess of the type; pages are not kept."""
    for chemin in ("/", "/static/js/main.js", "/n-existe-pas"):
        entetes = {nom.lower(): v for nom, v in demander(serveur, chemin).entetes.items()}

        assert not [nom for nom in entetes if nom.startswith("access-control-")]
        assert "server" not in entetes
        assert entetes["x-content-type-options"] == "nosniff"
        assert entetes["cross-origin-resource-policy"] == "same-origin"
        assert entetes["cross-origin-opener-policy"] == "same-origin"
        if not chemin.startswith("/static/"):
            assert entetes["cache-control"] == "no-store"


def test_no_page_bears_the_token(serveur: Serveur) -> None:
    """Nor an address of it: only the cookie does."""
    for chemin in ("/", "/employeurs/", "/maintenance/", "/aide/"):
        assert serveur.lancement.jeton not in demander(serveur, chemin).corps


def test_the_token_stays_out_of_the_logs(serveur: Serveur, programme_demo: Programme) -> None:
    """Whatever was asked, well or ill."""
    jeton = serveur.lancement.jeton
    demander(serveur, f"/ouvrir?jeton={jeton}")
    demander(serveur, f"/ouvrir?jeton={jeton}&vers=//evil.example")
    demander(serveur, f"/n-existe-pas?jeton={jeton}", "POST")
    demander(serveur, f"/ouvrir?jeton={jeton}", Host="evil.example")
    demander(serveur, f"/{jeton}", Host="[")

    journal = (programme_demo.dossier / "journaux" / "clairpaie.log").read_text(encoding="utf-8")

    assert jeton not in journal
    assert "ERROR" not in journal


def test_the_server_answers_on_loopback_alone(serveur: Serveur) -> None:
    """Its socket is bound to 127.0.0.1: no other address of this computer answers."""
    assert serveur.lancement.prise.getsockname()[0] == "127.0.0.1"
    autres: set[str] = set()
    with suppress(socket.gaierror):  # a machine may not know its own name
        autres = {str(a[4][0]) for a in socket.getaddrinfo(socket.gethostname(), None)}
    for adresse in autres - {"127.0.0.1", "127.0.1.1", "::1"} | {"127.0.0.2"}:
        famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
        with socket.socket(famille) as prise:
            prise.settimeout(2)
            assert prise.connect_ex((adresse, serveur.lancement.port)) != 0


def test_a_body_too_large_is_refused(serveur: Serveur) -> None:
    """Announced as larger than 64 MB: refused without being read to the end."""
    with socket.create_connection(("127.0.0.1", serveur.lancement.port), timeout=10) as prise:
        prise.sendall(
            f"POST /premier-demarrage/dossier HTTP/1.1\r\nHost: 127.0.0.1:{serveur.lancement.port}"
            f"\r\nContent-Length: 99999999999\r\n\r\n".encode()
        )
        assert b" 413 " in prise.recv(1_000)


def test_the_secret_is_in_no_command_line_and_no_readable_file(
    programme_demo: Programme, dossier_demo: Path
) -> None:
    """A real `clairpaie serveur`: other sessions of this computer see neither token nor cookie."""
    programme_demo.fermer()
    commande = [sys.executable, "-m", "app", "--donnees", str(dossier_demo)]
    with subprocess.Popen(
        [*commande, "serveur", "--sans-fenetre"], stdout=subprocess.PIPE, text=True
    ) as processus:
        assert processus.stdout is not None
        adresse = next(ligne for ligne in processus.stdout if ligne.startswith("http://"))
        jeton = adresse.strip().partition("jeton=")[2]
        ligne = Path(f"/proc/{processus.pid}/cmdline").read_bytes().decode()
        lisibles = [
            f
            for f in dossier_demo.rglob("*")
            if f.is_file() and f.stat().st_mode & 0o077 and jeton.encode() in f.read_bytes()
        ]
        annonce = (dossier_demo / "instance.json").stat().st_mode & 0o777
        processus.terminate()

    assert len(jeton) >= 43
    assert jeton not in ligne
    assert lisibles == []
    assert annonce == 0o600
    assert processus.returncode == 0
