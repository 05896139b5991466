"""What people read: correct French in templates, messages, labels, queries and help."""

import re
from collections.abc import Iterator, Sequence

import pytest

from app.employeurs.rules import CHAMPS_DOSSIER, CHAMPS_EMPLOYEUR, CHAMPS_ORGANISME
from app.noyau.champs import Champ
from app.noyau.erreurs import ErreurMetier
from app.noyau.typographie import sans_accents
from app.organismes.rules import CHAMPS_ORGANISME as CHAMPS_CAISSE
from app.prevoyance.rules.fiches import CHAMPS_AUTRE, CHAMPS_PARAMETREE, CHAMPS_RATTACHEMENT
from app.salaries.rules import CHAMPS_CONTRAT, CHAMPS_SALARIE
from app.socle.reglages import REGLAGES
from tests.unit.maison import APP, WEB

ACCENTUES = """
    salarié salariés salariée salariées prévoyance clôture clôturer clôturée régime
    régimes numéro numéros requête requêtes paramètre paramètres paramétrage période
    périodes début durée catégorie qualité échéance créer créé créée modifiée supprimée
    archivée enregistrée téléchargement télécharger caractère caractères prénom prénoms
    décimale décimales démonstration sécurité société vérifier vérification déjà données
    détails intérêt élément éléments étape état éditeur employé réglage réglages
"""
"""Words whose form without accent is always a mistake."""
FAUTES = {sans_accents(mot): mot for mot in ACCENTUES.split() if sans_accents(mot) != mot}
SEULS = {"erreur", "invalide", "impossible", "échec", "erreur."}
_BALISES = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", re.DOTALL)
_ATTRIBUTS = re.compile(r'(?:title|aria-label|placeholder|alt)="([^"{]*)"')
_CODE = re.compile(r"```.*?```|`[^`]*`|https?://\S+|/[a-z/_-]+|--[a-z-]+|[A-Z]+_[A-Z_]+", re.DOTALL)
_MOT = re.compile(r"[A-Za-zÀ-ÿœŒ]+")


def textes(refus: Sequence[type[ErreurMetier]]) -> Iterator[tuple[str, str]]:
    """Return (where, text) of all that a person reads."""
    for gabarit in (WEB / "templates").rglob("*.html"):
        source = gabarit.read_text(encoding="utf-8")
        yield gabarit.name, " ".join([_BALISES.sub(" ", source), *_ATTRIBUTS.findall(source)])
    for aide in (WEB / "aide").glob("*.md"):
        yield aide.name, _CODE.sub(" ", aide.read_text(encoding="utf-8"))
    for classe in refus:
        texte = re.sub(r"{\w+}", " ", f"{classe.message} {classe.remede}")
        yield classe.code, _CODE.sub(" ", texte)
    champs: list[Champ] = [*CHAMPS_DOSSIER, *CHAMPS_EMPLOYEUR, *CHAMPS_ORGANISME, *CHAMPS_CAISSE]
    champs += [*CHAMPS_SALARIE, *CHAMPS_CONTRAT]
    champs += [*CHAMPS_PARAMETREE, *CHAMPS_AUTRE, *CHAMPS_RATTACHEMENT]
    for champ in champs:
        yield (
            champ.nom,
            f"{champ.libelle} {champ.aide} "
            + " ".join(libelle for _, libelle in champ.nature.choix),
        )
    for reglage in REGLAGES:
        yield reglage.cle, f"{reglage.libelle} {reglage.aide}"
    for requete in (APP / "extractions" / "requetes").glob("*.sql"):
        entete = requete.read_text(encoding="utf-8").partition("---*/")[0]
        for ligne in re.findall(r"(?:titre|theme|description|libelle): *([^,}\n]*)", entete):
            yield requete.name, ligne


def test_no_word_lacks_its_accents(refus: Sequence[type[ErreurMetier]]) -> None:
    """« Salarie », « cloture », « prevoyance » never reach a screen."""
    fautes = [
        f"{ou} : {mot}"
        for ou, texte in textes(refus)
        for mot in _MOT.findall(texte)
        if mot.casefold() in FAUTES
    ]
    assert fautes == []


def test_a_refusal_says_more_than_error(refus: Sequence[type[ErreurMetier]]) -> None:
    """Its message is a sentence, and its remedy says what to do."""
    maigres = []
    for classe in refus:
        mots = classe.message.split()
        if len(mots) < 2 and not classe.message.startswith("{"):
            maigres.append(f"{classe.code} : {classe.message}")
        if {m.casefold() for m in mots[:1]} & SEULS:
            maigres.append(f"{classe.code} : {classe.message}")
        if not classe.remede.endswith((".", "?")):
            maigres.append(f"{classe.code} : {classe.remede!r}")
    assert maigres == []


@pytest.mark.parametrize("motif", [r"\bstyle=", r"\bon[a-z]+=\"", r"<script(?![^>]*\bsrc=)"])
def test_templates_hold_no_inline_script_or_style(motif: str) -> None:
    """The content security policy would drop them without a word."""
    fautes = [
        gabarit.name
        for gabarit in (WEB / "templates").rglob("*.html")
        if re.search(motif, gabarit.read_text(encoding="utf-8"))
    ]
    assert fautes == []


def test_colours_are_written_in_one_file() -> None:
    """Only tokens.css holds literal colours, so that light and dark stay in step."""
    fautes = [
        f"{feuille.name} : {trouve}"
        for feuille in (WEB / "static" / "css").rglob("*.css")
        if feuille.name != "tokens.css"
        for trouve in re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)", feuille.read_text("utf-8"))
    ]
    assert fautes == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    """No CDN: what the pages load is in the program."""
    fautes = [
        fichier.name
        for dossier in ("templates", "static/css", "static/js")
        for fichier in (WEB / dossier).rglob("*.*")
        if re.search(r"(?:src|href|url\(|import)[^\n]{0,4}https?://", fichier.read_text("utf-8"))
    ]
    assert fautes == []
