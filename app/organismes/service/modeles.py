"""The list of known organismes, read from the data file, that a new record may start from."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import select

from app.conventions.service import lire_table
from app.organismes import rules
from app.organismes.errors import OrganismeIntrouvable
from app.organismes.models import Organisme
from app.organismes.rules import Modele
from app.socle.listes import PAR_PAGE, Page, Vue
from app.socle.transaction import Transaction

FICHIER = Path(__file__).parent.with_name("data") / "organismes.csv"


@cache
def modeles_connus() -> tuple[Modele, ...]:
    """Return every known organisme.

    Raises:
        DonneesInternes, ModelesRefuses: the file is not as it must be.
    """
    return tuple(rules.lire_modeles(lire_table(FICHIER, rules.COLONNES_MODELES)))


def lister_modeles(t: Transaction, famille: str, vue: Vue) -> Page[Modele]:
    """Return a page of the known organismes of a family, each with the record that it has.

    Raises:
        FamilleInconnue: no such family.
    """
    rules.famille_connue(famille)
    trouves = rules.chercher_modeles(modeles_connus(), famille, t.aujourd_hui, vue.recherche)
    pages = max(1, -(-len(trouves) // PAR_PAGE))
    numero = max(1, min(vue.page, pages))
    montres = trouves[(numero - 1) * PAR_PAGE : numero * PAR_PAGE]
    deja = _deja(t, famille, montres)
    lignes = [m.deja(deja.get(rules.cle(m.nom))) for m in montres]
    return Page(lignes, len(trouves), vue.avec(page=numero))


def _deja(t: Transaction, famille: str, modeles: Sequence[Modele]) -> dict[str, int]:
    """Return the numbers of the records of a family by key, among those of these names."""
    cles = {rules.cle(m.nom) for m in modeles}
    requete = select(Organisme.cle, Organisme.id).where(
        Organisme.famille == famille, Organisme.cle.in_(cles)
    )
    return {cle: int(numero) for cle, numero in t.session.execute(requete)}


def lire_modele(numero: int) -> Modele:
    """Return a known organisme by its rank in the file.

    Raises:
        OrganismeIntrouvable: none of that rank.
    """
    connus = modeles_connus()
    if not 1 <= numero <= len(connus):
        raise OrganismeIntrouvable
    return connus[numero - 1]
