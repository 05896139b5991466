"""Use cases of conventions collectives: load the list, search it, read one."""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select

from app.conventions import rules
from app.conventions.models import ConventionCollective
from app.conventions.rules import CcnProbable, Convention, NafProbable
from app.noyau.typographie import sans_accents
from app.socle import reference
from app.socle.donnees import empreinte, lire_yaml
from app.socle.errors import DonneesInternes
from app.socle.listes import Page, Requete, Vue, paginer
from app.socle.transaction import Transaction

FICHIER = Path(__file__).with_name("data") / "conventions.csv"
NAF = FICHIER.with_name("naf_probables.yaml")
CLE = "conventions"


def lire_table(fichier: Path, colonnes: Sequence[str]) -> list[dict[str, str]]:
    """Read a CSV data file (UTF-8, comma) that has exactly these columns.

    Raises:
        DonneesInternes: other columns, a line that is too long or too short, not UTF-8.
    """
    try:
        with fichier.open(encoding="utf-8", newline="") as flux:
            lecteur = csv.DictReader(flux, strict=True)
            lignes: list[dict[str, str]] = []
            if tuple(lecteur.fieldnames or ()) != tuple(colonnes):
                raise DonneesInternes(fichier.name, "les colonnes ne sont pas celles attendues")
            for ligne in lecteur:
                if None in ligne or None in ligne.values():
                    cause = f"la ligne {lecteur.line_num} n'a pas toutes ses colonnes"
                    raise DonneesInternes(fichier.name, cause)
                lignes.append(ligne)
            return lignes
    except (csv.Error, UnicodeDecodeError, OSError) as erreur:
        raise DonneesInternes(fichier.name, str(erreur)) from erreur


def charger(t: Transaction, fichier: Path = FICHIER) -> bool:
    """Put the list into its table when the data file changed; tells whether it did.

    Raises:
        DonneesInternes, ConventionsRefusees: the file is not as it must be; nothing changes.
    """
    somme = empreinte(fichier)
    if reference.est_a_jour(t.session, CLE, somme):
        return False
    conventions = rules.lire_conventions(lire_table(fichier, rules.COLONNES))
    t.session.execute(delete(ConventionCollective))
    t.session.execute(insert(ConventionCollective), [asdict(c) for c in conventions])
    reference.noter(t.session, CLE, somme)
    return True


def chercher(t: Transaction, texte: str, limite: int = 20) -> list[Convention]:
    """Return conventions by the beginning of the number or by words of the title.

    Every word must match, whatever its case and accents. The number typed in full comes
    first, then conventions of associations, other open ones, attached ones, closed ones.
    """
    mots = sans_accents(texte.replace("’", "'")).split()
    c = ConventionCollective
    requete = select(c).where(*(_correspond(mot) for mot in mots))
    rangs = [(c.idcc == mot.zfill(4), 0) for mot in mots if mot.isdecimal()]
    vivante = c.etat != rules.CLOTUREE
    rangs += [(c.associative & vivante, 1), (c.etat == rules.OUVERTE, 2), (vivante, 3)]
    requete = requete.order_by(case(*rangs, else_=4), c.idcc).limit(limite)
    return [_convention(ligne) for ligne in t.session.scalars(requete)]


def lister_conventions(t: Transaction, vue: Vue) -> Page[Convention]:
    """Return a page of conventions, searched as `chercher` does.

    Filters: `etat` (one of `rules.ETATS`), `associatives` (« 1 »: those of associations).
    """
    c = ConventionCollective
    mots_cherches = sans_accents(vue.recherche.replace("’", "'")).split()
    requete: Requete = select(c).where(*(_correspond(mot) for mot in mots_cherches))
    if vue.filtre("etat") in rules.ETATS:
        requete = requete.where(c.etat == vue.filtre("etat"))
    if vue.filtre("associatives") == "1":
        requete = requete.where(c.associative)
    tris: dict[str, ColumnElement[Any]] = {
        "idcc": c.idcc.expression,
        "titre": func.sans_accents(c.titre),
        "cloturee_le": c.cloturee_le.expression,
    }
    ordre = tris.get(vue.tri, tris["idcc"])
    ordres = [ordre.desc() if vue.descendant else ordre, c.idcc.expression]
    lignes, total, vue = paginer(t, requete, vue, ordres)
    return Page([_convention(ligne) for (ligne,) in lignes], total, vue)


def _correspond(mot: str) -> ColumnElement[bool]:
    c = ConventionCollective
    titres = func.sans_accents(c.titre + " " + c.titre_court)
    dans_les_titres = titres.contains(mot, autoescape=True)
    if not mot.isdecimal():
        return dans_les_titres
    sans_zeros = func.ltrim(c.idcc, "0")
    return or_(
        dans_les_titres,
        c.idcc.startswith(mot, autoescape=True),
        sans_zeros.startswith(mot, autoescape=True),
    )


def lire(t: Transaction, idcc: str) -> Convention | None:
    """Return the convention of an IDCC (four characters); nothing when it is not known."""
    ligne = t.session.get(ConventionCollective, idcc)
    return None if ligne is None else _convention(ligne)


def lire_toutes(t: Transaction) -> dict[str, Convention]:
    """Return every convention by its IDCC, for what looks at many employers at once."""
    return {
        ligne.idcc: _convention(ligne) for ligne in t.session.scalars(select(ConventionCollective))
    }


@cache
def naf_probables() -> tuple[NafProbable, ...]:
    """Return the conventions that NAF codes point to.

    Raises:
        DonneesInternes, ConventionsRefusees: the file is not as it must be.
    """
    connus = {ligne["idcc"] for ligne in lire_table(FICHIER, rules.COLONNES)}
    donnees = lire_yaml(NAF.read_text(encoding="utf-8"), NAF.name)
    return rules.lire_naf_probables(donnees, connus)


def ccn_probable(naf: str, idcc: str, au: date) -> CcnProbable | None:
    """Return the convention that an employer's NAF points to, when its own deserves a look."""
    return rules.ccn_probable(naf_probables(), naf, idcc, au)


def _convention(ligne: ConventionCollective) -> Convention:
    return Convention(
        idcc=ligne.idcc,
        titre=ligne.titre,
        titre_court=ligne.titre_court,
        etat=ligne.etat,
        cloturee_le=ligne.cloturee_le,
        remplacee_par=ligne.remplacee_par,
        associative=ligne.associative,
    )
