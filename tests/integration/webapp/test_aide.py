"""The help, inside the program."""

from typing import Any

import pytest

from app.webapp.aide import lire_fiches
from tests.unit.maison import WEB


@pytest.mark.parametrize("nom", [f.nom for f in lire_fiches(WEB / "aide")])
def test_every_page_of_help_opens(client: Any, nom: str) -> None:
    """Rendered, with its title."""
    reponse = client.get(f"/aide/{nom}")
    assert reponse.status_code == 200
    assert "<h1" in reponse.text


def test_a_code_leads_to_its_explanation(client: Any) -> None:
    """Whatever its case; an unknown one is refused with an example."""
    assert client.get("/aide/messages/tec-201").headers["Location"] == "/aide/programme#TEC-201"
    refus = client.get("/aide/messages/zzz-999")
    assert refus.status_code == 404
    assert "WEB-102" in refus.text
    assert client.get("/aide/nulle-part").status_code == 404


def test_the_contents_list_every_page(client: Any) -> None:
    """And the messages by code."""
    page = client.get("/aide/").text
    for fiche in lire_fiches(WEB / "aide"):
        assert f'href="/aide/{fiche.nom}"' in page
    assert 'href="/aide/programme#TEC-205"' in client.get("/aide/messages").text
