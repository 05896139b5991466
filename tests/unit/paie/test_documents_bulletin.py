"""The printed bulletin, read back from its PDF."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.noyau.argent import nombre_decimal
from app.paie.documents import bulletin as document
from app.paie.documents.papier import FICHIERS, composer
from app.paie.rules.etats import Etat
from app.paie.rules.imprimes import BulletinImprime, LigneImprimee
from tests.unit.paie.fabrique import CADRE, EMPLOYEUR, SALARIE, TOUT, bulletin_imprime

LONG = "Association des amis de l'école de musique et de danse traditionnelles du pays de Caux"


def octets(*bulletins: BulletinImprime) -> bytes:
    """Return the file of some bulletins."""
    premier = bulletins[0]
    return document.imprimer(bulletins, document.titre(premier), premier.fait_a).octets()


def lire(*bulletins: BulletinImprime) -> PdfReader:
    """Return the file of some bulletins, opened again."""
    return PdfReader(BytesIO(octets(*bulletins)))


def texte(*bulletins: BulletinImprime) -> str:
    """Return what a reader finds in the file, spaces made plain."""
    return plat("\n".join(page.extract_text() for page in lire(*bulletins).pages))


def plat(contenu: str) -> str:
    """Return a text with plain spaces."""
    return re.sub(r"[\u00a0\u2009\u202f]", " ", contenu)


def euros(montant: int) -> str:
    """Return an amount as the page writes it, with plain spaces."""
    return plat(nombre_decimal(montant, 2, 2))


@pytest.mark.exigence("B4")
def test_every_figure_of_the_bulletin_is_on_the_page() -> None:
    """Lines, totals, nets, tax, year so far: read back from the file, none is missing."""
    b = bulletin_imprime(CADRE, TOUT)
    contenu = texte(b)
    montants = [b.brut, b.cotisations_salarie, b.cotisations_employeur, b.montant_net_social]
    montants += [b.net_avant_impot, b.net_imposable, b.impot, b.net_a_payer, b.allegement]
    montants += [b.cout_employeur, b.plafond, -b.acompte, -b.avantages_nature, b.indemnites]
    montants += [b.heures_exonerees, *(e.montant for e in b.elements), *b.cumuls]
    for ligne in b.lignes:
        assert plat(composer(ligne.libelle)) in contenu
        montants += [m for m in (ligne.assiette, ligne.salarial, ligne.patronal) if m is not None]
    assert [m for m in montants if euros(m) not in contenu] == []


@pytest.mark.exigence("B4")
def test_the_bulletin_bears_the_headings_and_mentions_of_the_legal_model() -> None:
    """The words of the arrêté, in its order."""
    contenu = texte(bulletin_imprime(CADRE, TOUT))
    attendus = (
        "Salaire brut",
        "Santé",
        "Accidents du travail, maladies professionnelles",
        "Retraite",
        "Famille",
        "Assurance chômage",
        "Autres contributions dues par l’employeur",
        "Cotisations statutaires ou prévues par la convention collective",
        "CSG déductible de l’impôt sur le revenu",
        "CSG et CRDS non déductibles de l’impôt sur le revenu",
        "Exonérations et allègements de cotisations",
        "Total des cotisations et contributions",
        "Montant net social",
        "Net à payer avant impôt sur le revenu",
        "Impôt sur le revenu, taux personnalisé",
        "Montant net imposable",
        "Impôt sur le revenu prélevé à la source",
        "Net à payer",
        "Allègement de cotisations employeur",
        "Total versé par l’employeur",
        *(plat(composer(m)) for m in document.MENTIONS),
    )
    places: list[int] = []
    for mots in attendus:
        depuis = places[-1] + 1 if places else 0
        places.append(contenu.find(mots, depuis))
    assert [m for m, place in zip(attendus, places, strict=True) if place < 0] == []


def test_who_pays_and_who_is_paid_are_identified() -> None:
    """Names, addresses, SIRET, NAF, convention, NIR, job, dates."""
    contenu = texte(bulletin_imprime())
    attendus = [EMPLOYEUR.raison_sociale, *EMPLOYEUR.adresse, "732 829 320 00074", "93.12Z"]
    attendus += [EMPLOYEUR.convention, SALARIE.designation, *SALARIE.adresse, SALARIE.emploi]
    attendus += ["2 55 08 14 168 025 38", "01/09/2021", "du 01/06/2026 au 30/06/2026", "151,67 h"]
    attendus += ["Date de paiement : 30/06/2026", SALARIE.classification, SALARIE.matricule]
    assert [a for a in attendus if plat(composer(a)) not in contenu] == []


@pytest.mark.exigence("B4")
@pytest.mark.parametrize("combien", [0, 10, 35, 50])
def test_a_bulletin_holds_on_one_page(combien: int) -> None:
    """However many its lines and long its names, nothing runs over the foot of the page."""
    ligne = LigneImprimee(LONG, 1_234_567, 69_000, 123_456, 123_456)
    long = bulletin_imprime(
        CADRE,
        TOUT,
        lignes=(ligne,) * combien,
        employeur=replace(EMPLOYEUR, raison_sociale=LONG * 2, convention=LONG * 2),
        salarie=replace(SALARIE, designation=LONG, emploi=LONG, classification=LONG),
    )
    lu = lire(long)
    assert len(lu.pages) == 1
    hauteurs: dict[str, float] = {}
    droite = 0.0

    def noter(contenu: str, _cm: Any, tm: list[float], _police: Any, _corps: float) -> None:
        nonlocal droite
        if contenu.strip():
            hauteurs.setdefault(plat(contenu.strip()), tm[5])
            droite = max(droite, tm[4])

    lu.pages[0].extract_text(visitor_text=noter)
    net = next(y for mots, y in hauteurs.items() if mots == "Net à payer")
    assert net > hauteurs["Ce mois"] + 15
    assert droite < 561


def test_the_net_before_tax_is_larger_than_the_lines() -> None:
    """One and a half times at least, whatever the number of lines (arrêté, art. 3)."""
    for b in (bulletin_imprime(), bulletin_imprime(CADRE, TOUT)):
        corps: dict[str, float] = {}

        def noter(
            contenu: str, _cm: Any, _tm: Any, _police: Any, taille: float, lus: Any = corps
        ) -> None:
            lus[contenu.strip()] = taille

        lire(b).pages[0].extract_text(visitor_text=noter)
        assert corps["Net à payer avant impôt sur le revenu"] >= 1.5 * corps["Retraite"] - 0.01


@pytest.mark.parametrize(
    ("etat", "mot"),
    [(Etat.BROUILLON, "BROUILLON"), (Etat.REMPLACE, "REMPLACÉ"), (Etat.VALIDE, "")],
)
def test_only_drafts_and_replaced_versions_say_so(etat: Etat, mot: str) -> None:
    """A word across the page; a validated bulletin has none."""
    contenu = texte(bulletin_imprime(etat=etat))
    assert [m for m in ("BROUILLON", "REMPLACÉ") if m in contenu] == ([mot] if mot else [])


def test_the_same_bulletin_prints_the_same_bytes() -> None:
    """No clock, no chance: another instant, and only then, gives another file."""
    b = bulletin_imprime(CADRE, TOUT)
    assert octets(b) == octets(b)
    assert octets(b) != octets(replace(b, fait_a=b.fait_a.replace(hour=11)))


def test_the_file_says_that_it_is_pdf_a_and_embeds_its_fonts() -> None:
    """PDF/A-2u: identification, colour profile, language, title; each font inside, as a subset."""
    lu = lire(bulletin_imprime())
    racine: Any = lu.root_object
    xmp = racine["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="2"' in xmp
    assert 'pdfaid:conformance="U"' in xmp
    assert racine["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert racine["/Lang"] == "fr-FR"
    titre = "Bulletin de paie 2026-06 - LEFÈVRE Zoé"
    assert titre in xmp
    ressources: Any = lu.pages[0]["/Resources"]
    polices = ressources["/Font"]
    noms = set()
    for police in polices.values():
        descendante = police.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendante["/FontDescriptor"]
        assert "/ToUnicode" in police.get_object()
        noms.add(str(descendante["/BaseFont"]).partition("+")[2])
    assert noms == {"OpenSans", "OpenSansSemibold"}
    assert len(FICHIERS) == len(polices)


def test_characters_that_the_fonts_lack_leave_no_box() -> None:
    """A narrow space becomes a thin one; a letter without glyph its nearest, or a question."""
    assert composer("12\u202f345,67\u202f€") == "12\u2009345,67\u2009€"
    assert composer("Łukasz Nguyễn") == "Łukasz Nguyễn"
    assert composer("Le\u205fBihan\u200d") == "Le Bihan"
    assert composer("山") == "?"


def test_bulletins_of_a_batch_have_a_page_each() -> None:
    """In the order given; who draws hears how many are done."""
    entendus: list[int] = []
    b = bulletin_imprime()
    papier = document.imprimer([b, b, b], "Lot", b.fait_a, annoncer=entendus.append)
    assert len(PdfReader(BytesIO(papier.octets())).pages) == 3
    assert entendus == [1, 2, 3]
