"""Drives the real window: Chromium's own protocol, over the port that Qt opens on request."""

import base64
import json
import os
import socket
import struct
import time
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

ATTENTE = 30.0
_PAS = 0.05


def port_libre() -> int:
    """Return a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as prise:
        return int(prise.getsockname()[1])


def jusqua(condition: Any, quoi: str, attente: float = ATTENTE, pas: float = _PAS) -> Any:
    """Wait until a condition gives something true, and return it."""
    fin = time.monotonic() + attente
    while time.monotonic() < fin:
        try:
            if vu := condition():
                return vu
        except (OSError, KeyError, ValueError, IndexError):
            pass
        time.sleep(pas)
    raise AssertionError(quoi)


def pages(port: int) -> list[dict[str, str]]:
    """List the pages that the windows show."""
    directement = build_opener(ProxyHandler({}))
    with directement.open(f"http://127.0.0.1:{port}/json", timeout=5) as reponse:
        return [p for p in json.load(reponse) if p["type"] == "page"]


class PageDeFenetre:
    """One page of a window, driven by scripts as a person's clicks."""

    def __init__(self, adresse: str) -> None:
        """Connect to the `webSocketDebuggerUrl` of a page."""
        lieu = urlsplit(adresse)
        self._prise = socket.create_connection((lieu.hostname, lieu.port), timeout=ATTENTE)
        cle = base64.b64encode(os.urandom(16)).decode()
        self._prise.sendall(
            f"GET {lieu.path} HTTP/1.1\r\nHost: {lieu.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {cle}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self._lu = self._prise.makefile("rb")
        while self._lu.readline().strip():
            pass
        self._numero = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lu.close()
        self._prise.close()

    def evaluer(self, script: str) -> Any:
        """Return what a script gives."""
        parametres = {
            "expression": script,
            "returnByValue": True,
            "userGesture": True,
            "awaitPromise": True,
        }
        resultat = self._demander("Runtime.evaluate", parametres)
        assert "exceptionDetails" not in resultat, resultat
        return resultat["result"].get("value")

    def attendre(self, script: str) -> Any:
        """Wait until a script gives something true."""
        return jusqua(lambda: self.evaluer(script), f"jamais vrai dans la page : {script}")

    def cliquer(self, selecteur: str) -> None:
        """Click an element once it is there."""
        self.attendre(f"!!document.querySelector({json.dumps(selecteur)})")
        self.evaluer(f"document.querySelector({json.dumps(selecteur)}).click()")

    def _demander(self, methode: str, parametres: dict[str, Any]) -> dict[str, Any]:
        self._numero += 1
        demande = {"id": self._numero, "method": methode, "params": parametres}
        self._envoyer(json.dumps(demande).encode())
        while True:
            recu = json.loads(self._recevoir())
            if recu.get("id") == self._numero:
                return dict(recu["result"])

    def _envoyer(self, contenu: bytes) -> None:
        masque = os.urandom(4)
        taille = len(contenu)
        longueur = bytes([0x80 | taille]) if taille < 126 else b"\xfe" + struct.pack("!H", taille)
        masques = bytes(octet ^ masque[i % 4] for i, octet in enumerate(contenu))
        self._prise.sendall(b"\x81" + longueur + masque + masques)

    def _recevoir(self) -> bytes:
        _, second = self._lu.read(2)
        taille = second & 0x7F
        if taille == 126:
            (taille,) = struct.unpack("!H", self._lu.read(2))
        elif taille == 127:
            (taille,) = struct.unpack("!Q", self._lu.read(8))
        return self._lu.read(taille)
