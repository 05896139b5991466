"""Backups on a remote site: real FTP, FTPS and SFTP servers, and what goes wrong with them."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar

import asyncssh
import pytest

from app.assemblage import Programme
from app.noyau.erreurs import ConfirmationRequise, DonneesRefusees
from app.sauvegardes import service
from app.sauvegardes.errors import (
    CleDuSiteChangee,
    EmplacementIndisponible,
    MotDePasseAbsent,
    RelectureDifferente,
)
from app.sauvegardes.service import Lieux, archive
from app.sauvegardes.service.destinations import transfert
from tests.integration.sauvegardes import sites
from tests.integration.sauvegardes.conftest import SAISIE
from tests.integration.sauvegardes.sites import SECRET, Site

SERVEURS: dict[str, Callable[[Path], AbstractContextManager[Site]]] = {
    "ftp": sites.ftp,
    "ftps": lambda dossier: sites.ftp(dossier, tls=True),
    "sftp": sites.sftp,
}


@pytest.fixture(params=SERVEURS)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A real server of each kind."""
    with SERVEURS[request.param](tmp_path) as ouvert:
        yield ouvert


@pytest.fixture(autouse=True)
def sans_attendre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries that follow a cut come at once."""
    monkeypatch.setattr(transfert, "ATTENTES", (0.01, 0.01, 0.01))


def creer(programme: Programme, saisie: dict[str, str]) -> int:
    """Create a script; the key of an SFTP site is confirmed when it is asked."""
    lieux = Lieux(programme)
    try:
        with programme.transaction() as t:
            return service.creer_script(t, SAISIE | saisie, lieux).id
    except ConfirmationRequise as demande:
        codes = frozenset(a.code for a in demande.avertissements)
    with programme.transaction() as t:
        return service.creer_script(t, SAISIE | saisie, lieux, codes).id


def _refus(programme: Programme, saisie: dict[str, str]) -> str:
    with pytest.raises(DonneesRefusees) as refuse:
        creer(programme, saisie)
    return " ".join(c.message for c in refuse.value.constats)


@pytest.mark.exigence("S4", "S5", "S6", "S7")
def test_a_script_goes_to_a_site_and_comes_back(programme: Programme, site: Site) -> None:
    """Sent, read back, kept in number, listed, verified, restored; nothing else left there."""
    numero = creer(programme, site.saisie("a/b") | {"garder": "2"})
    coffre = site.racine / "a" / "b"
    assert list(coffre.iterdir()) == []

    faites = [service.executer_script(programme, numero) for _ in range(3)]
    presents = sorted(p.name for p in coffre.iterdir())
    assert presents == sorted(f.fichier.rpartition("/")[2] for f in faites[1:])
    assert all(archive.verifier(coffre / nom) for nom in presents)
    assert faites[2].supprimees == 1
    assert faites[2].fichier.startswith(f"{site.genre}://claire@127.0.0.1:{site.port}/a/b/")
    verdicts = service.verifier_sauvegardes(programme)
    assert [v.resultat for v in verdicts] == ["entiere", "entiere"]
    restauree = service.restaurer_sauvegarde(programme, faites[2].id)
    assert restauree.manifeste.script == "Chaque nuit"
    assert list((programme.dossier / "envois").iterdir()) == []

    (coffre / presents[0]).unlink()
    assert service.relever_le_site(programme, numero) == 1
    with programme.transaction() as t:
        etats = [v.etat for v in service.lister_sauvegardes(t, numero)]
    assert etats == ["bonne", "absente"]


@pytest.mark.exigence("S6")
def test_a_password_is_nowhere_but_in_the_safe(
    programme: Programme, site: Site, tmp_path: Path
) -> None:
    """Not in the base, its journal, the logs, nor in clear in the file; 0600; gone at the end."""
    numero = creer(programme, site.saisie())
    service.executer_script(programme, numero)
    with programme.transaction() as t:
        service.modifier_script(
            t, numero, SAISIE | site.saisie() | {"nom": "Autre"}, lieux=Lieux(programme)
        )

    dossiers = (programme.dossier, tmp_path / "configuration", site.racine)
    lus = [f for d in dossiers for f in d.rglob("*") if f.is_file()]
    assert {"coffre.secret", "coffre.cle"} <= {f.name for f in lus}
    assert [f for f in lus if SECRET.encode() in f.read_bytes()] == []
    for fichier in lus:
        if fichier.name.startswith("coffre."):
            assert fichier.stat().st_mode & 0o777 == 0o600
    with programme.transaction() as t:
        service.supprimer_script(t, numero, Lieux(programme))
    assert not (programme.dossier / "coffre.secret").exists()


@pytest.mark.exigence("S6")
def test_a_password_stays_on_its_computer(
    programme: Programme, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data folder alone opens nothing: the password is asked for again."""
    numero = creer(programme, site.saisie())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ailleurs"))

    with pytest.raises(MotDePasseAbsent):
        service.executer_script(programme, numero)
    with programme.transaction() as t:
        anomalies = service.anomalies_de(t, service.lister_scripts(t))
    assert "mot de passe" in anomalies[0].cause


@pytest.mark.exigence("S6")
def test_the_safe_of_the_system_comes_first(programme: Programme, tmp_path: Path) -> None:
    """Where there is one, no file is written."""
    import keyring
    from keyring.backend import KeyringBackend

    class Trousseau(KeyringBackend):
        """A safe in memory."""

        priority = 1.0
        tout: ClassVar[dict[tuple[str, str], str]] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.tout.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.tout[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.tout[service, username]

    keyring.set_keyring(Trousseau())  # type: ignore[no-untyped-call]
    with sites.ftp(tmp_path) as site:
        numero = creer(programme, site.saisie())
        assert list(Trousseau.tout.values()) == [SECRET]
        assert not (programme.dossier / "coffre.secret").exists()
        assert service.executer_script(programme, numero).taille
        with programme.transaction() as t:
            service.supprimer_script(t, numero, Lieux(programme))
    assert Trousseau.tout == {}


@pytest.mark.exigence("S6", "A1")
def test_a_refusal_names_its_cause(programme: Programme, site: Site) -> None:
    """Password, name, port, rights, folder: each in words, and nothing is created."""
    saisie = site.saisie()
    dit = _refus(programme, saisie | {"mot_de_passe": "autre"})
    assert "refuse cet utilisateur ou ce mot de passe" in dit
    assert "introuvable" in _refus(programme, saisie | {"hote": "nulle.part.invalid"})
    assert "aucun service" in _refus(programme, saisie | {"port": str(sites.port_libre())})
    assert "mot de passe" in _refus(programme, saisie | {"mot_de_passe": ""})
    with programme.transaction() as t:
        assert service.lister_scripts(t) == []


@pytest.mark.exigence("S6", "A1")
def test_a_site_without_rights_or_folder_is_said_so(programme: Programme, tmp_path: Path) -> None:
    """Read only at first; later the folder is taken away."""
    with sites.ftp(tmp_path, droits="elr") as site:
        (site.racine / "coffre").mkdir()
        assert "pas le droit d’y écrire" in _refus(programme, site.saisie())
    with sites.sftp(tmp_path) as site:
        numero = creer(programme, site.saisie())
        (site.racine / "coffre").rename(site.racine / "ailleurs")
        with pytest.raises(EmplacementIndisponible, match="n’existe pas sur le site"):
            service.executer_script(programme, numero)


@pytest.mark.exigence("S6", "A1")
def test_a_certificate_that_nobody_vouches_for_is_refused(
    programme: Programme, tmp_path: Path
) -> None:
    """Without its authority, and under another name."""
    with sites.ftp(tmp_path, tls=True) as site:
        dit = _refus(programme, site.saisie() | {"autorite": ""})
        assert "certificat n’est pas reconnu" in dit
        dit = _refus(programme, site.saisie() | {"hote": "127.1"})
        assert "certificat n’est pas reconnu" in dit


@pytest.mark.exigence("S6")
def test_the_key_of_a_site_is_shown_once_and_its_change_refused(
    programme: Programme, tmp_path: Path
) -> None:
    """Fingerprint to confirm, then pinned; another key sends nothing until it is forgotten."""
    cle = asyncssh.generate_private_key("ssh-ed25519")
    with sites.sftp(tmp_path, cle=cle) as site:
        port = site.port
        with programme.transaction() as t, pytest.raises(ConfirmationRequise) as demande:
            service.creer_script(t, SAISIE | site.saisie(), Lieux(programme))
        assert cle.get_fingerprint() in demande.value.texte()
        numero = creer(programme, site.saisie())
        service.executer_script(programme, numero)
    for genre in ("ssh-ed25519", "ecdsa-sha2-nistp256"):
        autre = asyncssh.generate_private_key(genre)
        with sites.sftp(tmp_path, port=port, cle=autre), pytest.raises(CleDuSiteChangee):
            service.executer_script(programme, numero)
    with sites.sftp(tmp_path, port=port, cle=autre):
        with programme.transaction() as t:
            service.oublier_la_cle(t, numero)
        with programme.transaction() as t, pytest.raises(ConfirmationRequise) as demande:
            service.modifier_script(t, numero, SAISIE | site.saisie(), lieux=Lieux(programme))
        assert autre.get_fingerprint() in demande.value.texte()


@pytest.mark.exigence("S6")
@pytest.mark.parametrize("coupes", [[3_000], [2_000, 9_000], [0, 1, 0]])
def test_an_ftp_transfer_that_is_cut_is_resumed(
    programme: Programme, tmp_path: Path, coupes: list[int]
) -> None:
    """The file on the site is whole, under its name alone."""
    with sites.ftp(tmp_path) as site:
        numero = creer(programme, site.saisie())
        site.coupes[:] = coupes
        faite = service.executer_script(programme, numero)

        (depose,) = (site.racine / "coffre").iterdir()
        assert site.coupes == []
        assert depose.name == faite.fichier.rpartition("/")[2]
        assert archive.verifier(depose).script == "Chaque nuit"


@pytest.mark.exigence("S6")
def test_an_sftp_transfer_that_is_cut_is_resumed_both_ways(
    programme: Programme, tmp_path: Path
) -> None:
    """A proxy cuts the connection: while it is sent, then while it is brought back."""
    with sites.sftp(tmp_path) as site:
        coupes: list[int] = []
        with sites.coupeur(site.port, coupes) as port:
            numero = creer(programme, site.saisie() | {"port": str(port)})
            coupes[:] = [10_000_000, 12_000, 9_000]  # the first one lists the folder
            faite = service.executer_script(programme, numero)
            assert coupes == []
            (depose,) = (site.racine / "coffre").iterdir()
            assert archive.verifier(depose).script == "Chaque nuit"
            assert service.restaurer_sauvegarde(programme, faite.id).precaution


@pytest.mark.exigence("S6", "A1")
def test_a_site_that_cuts_for_ever_fails_and_the_next_run_cleans(
    programme: Programme, tmp_path: Path
) -> None:
    """Said in words, the script stays, nothing bears a backup's name; then all is well again."""
    with sites.ftp(tmp_path) as site:
        numero = creer(programme, site.saisie())
        site.coupes[:] = [0] * 40
        with pytest.raises(EmplacementIndisponible, match="coupée"):
            service.executer_script(programme, numero)
        coffre = site.racine / "coffre"
        assert all(p.name.startswith(".") for p in coffre.iterdir())
        assert list((programme.dossier / "envois").iterdir()) == []

        site.coupes.clear()
        service.executer_script(programme, numero)
        assert [p.suffix for p in coffre.iterdir()] == [".clairpaie"]


@pytest.mark.exigence("S6", "S9")
def test_a_site_that_keeps_something_else_is_refused(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are changed on its disk: sent again once, then refused, and nothing is named."""
    with sites.sftp(tmp_path) as site:
        numero = creer(programme, site.saisie())
        nommer = transfert.provisoire
        coffre = site.racine / "coffre"

        def abimer(*args: Any) -> str:
            for fichier in coffre.glob(".*.partiel"):
                octets = bytearray(fichier.read_bytes())
                octets[len(octets) // 2] ^= 1
                fichier.write_bytes(octets)
            return relire(*args)

        relire = transfert._relire
        monkeypatch.setattr(transfert, "_relire", abimer)
        with pytest.raises(RelectureDifferente):
            service.executer_script(programme, numero)
        assert nommer("x") == ".x.partiel"
        assert list(coffre.iterdir()) == []


@pytest.mark.exigence("S6", "A1")
def test_a_site_without_room_keeps_nothing(programme: Programme, tmp_path: Path) -> None:
    """A small disk of its own (skipped, and said, where mounting is refused).

    This server hides that its disk is full: the size that is read back tells.
    """
    (tmp_path / "site").mkdir()
    montage = ["mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", str(tmp_path / "site")]
    if subprocess.run(montage, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk is refused here")
    try:
        with sites.sftp(tmp_path) as site:
            numero = creer(programme, site.saisie())
            with pytest.raises((EmplacementIndisponible, RelectureDifferente)):
                service.executer_script(programme, numero)
            assert list((site.racine / "coffre").glob("*.clairpaie")) == []
    finally:
        subprocess.run(["umount", "-l", str(tmp_path / "site")], check=True)
