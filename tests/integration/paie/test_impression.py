"""Bulletins of a base printed into files: one, a month, the livre de paie."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from app.assemblage import Programme
from app.noyau.periodes import Mois
from app.paie.errors import BulletinIntrouvable, RienAImprimer
from app.paie.models import Bulletin
from app.paie.rules.impression import Forme
from app.paie.service.calculer import BilanCalcul
from app.paie.service.imprimer import imprimer_le_mois, imprimer_un_bulletin
from app.paie.service.imprimes import lire_imprimes
from app.paie.service.livre import lire_livre, preparer_livre
from app.paie.service.portee import Portee
from app.paie.service.saisir import enregistrer_saisies
from app.paie.service.valider import valider_le_mois
from app.socle.errors import DossierIllisible, TacheAnnulee
from tests.integration.paie.conftest import Maison, creer_employeur, embaucher

JANVIER, FEVRIER = Mois(2026, 1), Mois(2026, 2)
TOUS = Portee()
Calculer = Callable[..., BilanCalcul]


@pytest.fixture
def vers(tmp_path: Path) -> Path:
    """The folder that files are written under."""
    dossier = tmp_path / "imprimes"
    dossier.mkdir()
    return dossier


def texte(contenu: bytes) -> str:
    """Return what a reader finds in a PDF, with plain spaces."""
    pages = (page.extract_text() for page in PdfReader(BytesIO(contenu)).pages)
    return re.sub(r"[\u00a0\u2009]", " ", "\n".join(pages))


def bulletin_de(programme: Programme, contrat: int, mois: Mois, etat: str = "") -> int:
    """Return the number of a bulletin."""
    with programme.transaction() as t:
        requete = select(Bulletin.id).where(
            Bulletin.contrat_id == contrat, Bulletin.mois == mois.mois
        )
        if etat:
            requete = requete.where(Bulletin.etat == etat)
        return int(t.session.scalars(requete).one())


@pytest.mark.exigence("B4")
def test_a_bulletin_prints_what_the_base_holds(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Figures of the bulletin, hours of the entry, year so far, records of the employer."""
    calculer(JANVIER)
    saisie = {"heures_sup_25": "4", "heures_absence": "7", "primes_centimes": "150"}
    with programme.transaction() as t:
        enregistrer_saisies(t, FEVRIER, maison.employeur, {maison.contrats[0]: saisie})
    calculer(FEVRIER)
    numero = bulletin_de(programme, maison.contrats[0], FEVRIER)
    with programme.transaction() as t:
        (b,) = lire_imprimes(t, [numero])
        ligne = t.session.get_one(Bulletin, numero)
        pdf = imprimer_un_bulletin(t, numero, date(2026, 2, 26))
        avant = t.session.scalars(
            select(Bulletin.brut_centimes).where(
                Bulletin.contrat_id == maison.contrats[0], Bulletin.mois == 1
            )
        ).one()
        cumul = avant + ligne.brut_centimes
    assert sum(e.montant for e in b.elements) == b.brut == ligne.brut_centimes
    assert sum(li.salarial or 0 for li in b.lignes) == b.cotisations_salarie
    assert sum(li.patronal or 0 for li in b.lignes) == b.cotisations_employeur
    assert [(e.libelle, e.heures) for e in b.elements] == [
        ("Salaire de base", 15_167),
        ("Absences non rémunérées", -700),
        ("Heures supplémentaires à 125 %", 400),
        ("Primes", None),
    ]
    assert b.heures == 15_167 - 700 + 400
    assert b.cumuls.brut == cumul
    assert pdf.nom == "ABEL Anne - 2026-02.pdf"
    contenu = texte(pdf.contenu)
    for mots in ("Judo club", "Madame Anne ABEL", "Date de paiement : 26/02/2026", "BROUILLON"):
        assert mots in contenu


def test_a_replaced_version_prints_as_such(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Its figures stay; the page says that another stands in its place."""
    calculer(JANVIER)
    with programme.transaction() as t:
        valider_le_mois(t, JANVIER, TOUS)
    with programme.transaction() as t:
        prime = {maison.contrats[0]: {"primes_centimes": "100"}}
        enregistrer_saisies(t, JANVIER, maison.employeur, prime)
    calculer(JANVIER)
    ancien = bulletin_de(programme, maison.contrats[0], JANVIER, "remplace")
    nouveau = bulletin_de(programme, maison.contrats[0], JANVIER, "brouillon")
    valide = bulletin_de(programme, maison.contrats[1], JANVIER)
    with programme.transaction() as t:
        assert "REMPLACÉ" in texte(imprimer_un_bulletin(t, ancien).contenu)
        assert "Version 2 de ce bulletin" in texte(imprimer_un_bulletin(t, nouveau).contenu)
        net = texte(imprimer_un_bulletin(t, valide).contenu)
        assert "REMPLACÉ" not in net
        assert "BROUILLON" not in net
        with pytest.raises(BulletinIntrouvable):
            imprimer_un_bulletin(t, 9_999)


def test_the_same_bulletin_prints_the_same_bytes(
    programme: Programme, maison: Maison, calculer: Calculer
) -> None:
    """Today or in ten years, while the records stay."""
    calculer(JANVIER)
    numero = bulletin_de(programme, maison.contrats[0], JANVIER)
    contenus = []
    for _ in range(2):
        with programme.transaction() as t:
            contenus.append(imprimer_un_bulletin(t, numero).contenu)
    assert contenus[0] == contenus[1]


@pytest.mark.exigence("B4")
def test_a_month_is_printed_one_file_a_person(
    programme: Programme, maison: Maison, calculer: Calculer, vers: Path
) -> None:
    """A folder a month, one an employer; namesakes have each their own, odd names are safe."""
    autre = creer_employeur(programme, raison_sociale="Club : été/hiver")
    embaucher(programme, autre, "Abel")
    embaucher(programme, autre, "Abel")
    calculer(JANVIER)
    with programme.transaction() as t:
        bilan = imprimer_le_mois(t, JANVIER, TOUS, vers, forme=Forme.SALARIE)
    assert bilan.fichiers == (
        "2026-01/Club été hiver/ABEL Anne - 2026-01 (2).pdf",
        "2026-01/Club été hiver/ABEL Anne - 2026-01.pdf",
        "2026-01/Judo club/ABEL Anne - 2026-01.pdf",
        "2026-01/Judo club/BRUNO Anne - 2026-01.pdf",
        "2026-01/Judo club/COSTE Anne - 2026-01.pdf",
    )
    assert {f.relative_to(vers).as_posix() for f in vers.rglob("*.pdf")} == set(bilan.fichiers)
    assert [d.name for d in vers.iterdir()] == ["2026-01"]
    seul = (vers / bilan.fichiers[3]).read_bytes()
    numero = bulletin_de(programme, maison.contrats[1], JANVIER)
    with programme.transaction() as t:
        assert seul == imprimer_un_bulletin(t, numero).contenu


@pytest.mark.usefixtures("maison")
def test_a_month_is_printed_one_file_an_employer_or_all_in_one(
    programme: Programme, calculer: Calculer, vers: Path
) -> None:
    """By name of employer, then of employee; as many pages as bulletins."""
    autre = creer_employeur(programme, raison_sociale="Aïkido")
    embaucher(programme, autre, "Zola")
    calculer(JANVIER)
    with programme.transaction() as t:
        par_employeur = imprimer_le_mois(t, JANVIER, TOUS, vers, forme=Forme.EMPLOYEUR)
        unique = imprimer_le_mois(t, JANVIER, TOUS, vers, forme=Forme.UNIQUE)
        seul = imprimer_le_mois(
            t, JANVIER, Portee(employeur=autre), vers / "seul", forme=Forme.UNIQUE
        )
    assert par_employeur.fichiers == (
        "2026-01/Aïkido - 2026-01.pdf",
        "2026-01/Judo club - 2026-01.pdf",
    )
    lu = PdfReader(vers / par_employeur.fichiers[1])
    assert len(lu.pages) == 3
    lu.close()
    lu = PdfReader(vers / unique.fichiers[0])
    noms = [re.findall(r"Anne ([A-Z]+)", page.extract_text())[0] for page in lu.pages]
    lu.close()
    assert noms == ["ZOLA", "ABEL", "BRUNO", "COSTE"]
    assert (unique.bulletins, seul.bulletins) == (4, 1)


class Impatient:
    """Someone who asks to stop after a few bulletins."""

    def __init__(self, apres: int) -> None:
        self.apres = apres

    def etape(self, libelle: str, fait: int = 0, total: int = 0) -> None:
        """Stop once enough is done."""
        if fait >= self.apres and total:
            raise TacheAnnulee

    def annule(self) -> bool:
        """Never asked so."""
        return False


@pytest.mark.usefixtures("maison")
@pytest.mark.parametrize("forme", list(Forme))
def test_a_cancelled_batch_leaves_what_stood_there(
    programme: Programme, calculer: Calculer, vers: Path, forme: Forme
) -> None:
    """Neither a new file, nor a temporary one; the former ones as they were."""
    calculer(JANVIER)
    ancien = vers / "2026-01" / "Judo club" / "ABEL Anne - 2026-01.pdf"
    ancien.parent.mkdir(parents=True)
    ancien.write_bytes(b"ancien")
    with programme.transaction() as t, pytest.raises(TacheAnnulee):
        imprimer_le_mois(t, JANVIER, TOUS, vers, forme=forme, suivi=Impatient(2))
    assert [f for f in vers.rglob("*") if f.is_file()] == [ancien]
    assert ancien.read_bytes() == b"ancien"
    with programme.transaction() as t:
        imprimer_le_mois(t, JANVIER, TOUS, vers, forme=Forme.SALARIE)
    assert ancien.read_bytes() != b"ancien"


@pytest.mark.usefixtures("maison")
def test_what_prevents_from_printing_is_said(
    programme: Programme, calculer: Calculer, vers: Path
) -> None:
    """Nothing computed; a file stands where the folder should."""
    with programme.transaction() as t:
        with pytest.raises(RienAImprimer, match="janvier 2026"):
            imprimer_le_mois(t, JANVIER, TOUS, vers)
        with pytest.raises(RienAImprimer):
            lire_livre(t, JANVIER, TOUS)
    calculer(JANVIER)
    (vers / "2026-01").write_text("un fichier")
    with programme.transaction() as t, pytest.raises(DossierIllisible):
        imprimer_le_mois(t, JANVIER, TOUS, vers)
    assert [f.name for f in vers.iterdir()] == ["2026-01"]


@pytest.mark.usefixtures("maison")
def test_the_livre_adds_up_to_the_bulletins(programme: Programme, calculer: Calculer) -> None:
    """Totals of its lines, of its cotisations, of the base: the same; both formats hold them."""
    calculer(JANVIER)
    with programme.transaction() as t:
        livre = lire_livre(t, JANVIER, TOUS)
        bulletins = list(t.session.scalars(select(Bulletin)))
        sommes = [sum(b.brut_centimes for b in bulletins)]
        sommes += [sum(b.cout_employeur_centimes for b in bulletins)]
        salarial = sum(b.cotisations_salarie_centimes for b in bulletins)
        patronal = sum(b.cotisations_employeur_centimes for b in bulletins)
        xlsx = preparer_livre(t, JANVIER, TOUS, "xlsx")
        pdf = preparer_livre(t, JANVIER, TOUS, "pdf")
    assert [livre.total.brut, livre.total.cout_employeur] == sommes
    assert sum(c.salarial for c in livre.cotisations) == salarial
    assert sum(c.patronal for c in livre.cotisations) == patronal
    assert [li.nom for li in livre.lignes] == ["ABEL Anne", "BRUNO Anne", "COSTE Anne"]
    assert {c.organisme for c in livre.cotisations} >= {"Urssaf", "Agirc-Arrco"}
    assert xlsx.nom == "livre-de-paie-2026-01.xlsx"
    assert load_workbook(BytesIO(xlsx.contenu))["Journal"]["F5"].value == sommes[0] / 100
    assert "Total général : 3 bulletins" in texte(pdf.contenu)
