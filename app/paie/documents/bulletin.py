"""The bulletin on one A4 page, in the legal simplified model.

The address of the employee stands where a window envelope shows it. Lines take the height that
is left: many of them are set smaller, the page stays one. The net before tax is set one and a
half times as large as the lines (arrêté du 25/02/2016 modifié, art. 3).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from app.noyau.argent import Centimes, Millioniemes, afficher_euros, afficher_taux, nombre_decimal
from app.noyau.identifiants import afficher_naf, afficher_nir, afficher_siret
from app.noyau.periodes import afficher_date
from app.noyau.typographie import VIDE
from app.paie.documents.papier import ACCENT, BLANC, DISCRET, FOND, Papier
from app.paie.rules.etats import Etat
from app.paie.rules.imprimes import (
    BulletinImprime,
    CongesImprimes,
    ElementBrut,
    LigneImprimee,
)

MENTIONS = (
    (
        "Dans votre intérêt, et pour vous aider à faire valoir vos droits, conservez ce bulletin "
        "de paie sans limitation de durée."
    ),
    (
        "Pour la définition des termes employés, se reporter au site internet "
        "www.service-public.fr rubrique cotisations sociales."
    ),
)
FILIGRANES = {Etat.BROUILLON: "BROUILLON", Etat.REMPLACE: "REMPLACÉ"}

_X, _LARGE = 34.0, 527.0
_DROITE = _X + _LARGE
_BASE, _TAUX, _SALARIE, _EMPLOYEUR = 351.0, 413.0, 485.0, _DROITE - 5
_PLACE_LIBELLE = 258.0
_FENETRE_X, _FENETRE_Y = 311.0, 130.0
_HAUT_TABLEAU, _BAS_TABLEAU = 262.0, 742.0
_HAUT_CONGES, _CONGES = 731.0, 16.0
_LIGNE_MAX = 13.0
_CORPS_MAX = 8.0
_CORPS_SUR_LIGNE = 0.74
_BANDEAU = 14.0


def imprimer(
    bulletins: Iterable[BulletinImprime],
    titre: str,
    fait_a: datetime,
    *,
    annoncer: Callable[[int], None] = lambda _: None,
) -> Papier:
    """Draw bulletins, a page each; `annoncer` hears how many are done."""
    papier = Papier(titre, fait_a)
    for rang, bulletin in enumerate(bulletins, 1):
        dessiner(papier, bulletin)
        annoncer(rang)
    return papier


def titre(bulletin: BulletinImprime) -> str:
    """Return the title of a file that holds one bulletin."""
    return f"Bulletin de paie {bulletin.mois} - {bulletin.salarie.nom}"


def dessiner(papier: Papier, b: BulletinImprime) -> None:
    """Draw a bulletin on a page of its own."""
    papier.nouvelle_page()
    if b.etat in FILIGRANES:
        papier.filigrane(FILIGRANES[b.etat])
    _entete(papier, b)
    _parties(papier, b)
    _emploi(papier, b)
    _Tableau(papier, b).dessiner()
    if b.conges is not None:
        _conges(papier, b.conges)
    _cumuls(papier, b)
    _mentions(papier)


def _entete(p: Papier, b: BulletinImprime) -> None:
    p.texte(_X, 52, "Bulletin de paie", 18, gras=True, couleur=ACCENT)
    p.texte(_X, 69, b.mois.en_toutes_lettres.capitalize(), 11, gras=True)
    p.texte(_DROITE, 46, f"Période {b.periode}", 8.5, a_droite=True)
    p.texte(_DROITE, 58, f"Date de paiement : {afficher_date(b.paye_le)}", 8.5, a_droite=True)
    if b.numero > 1:
        version = f"Version {b.numero} de ce bulletin"
        p.texte(_DROITE, 70, version, 8.5, couleur=DISCRET, a_droite=True)
    p.fond(_X, 80, _LARGE, 1.5, ACCENT)


def _parties(p: Papier, b: BulletinImprime) -> None:
    """Write who pays and who is paid."""
    place, y = 245.0, 99.0
    for ligne in p.lignes(b.employeur.raison_sociale, place, 9.5, gras=True, maximum=2):
        p.texte(_X, y, ligne, 9.5, gras=True)
        y += 12
    for ligne in b.employeur.adresse:
        p.texte(_X, y, ligne, 8.5, place=place)
        y += 11
    y += 4
    siret = afficher_siret(b.employeur.siret) if b.employeur.siret else VIDE
    naf = afficher_naf(b.employeur.naf) if b.employeur.naf else VIDE
    p.texte(_X, y, f"SIRET {siret}   NAF {naf}", 8, couleur=DISCRET, place=place)
    convention = f"Convention (IDCC) : {b.employeur.convention or VIDE}"
    for ligne in p.lignes(convention, place, 8, maximum=3):
        y += 11
        p.texte(_X, y, ligne, 8, couleur=DISCRET)
    place, y = _DROITE - _FENETRE_X, _FENETRE_Y
    for ligne in p.lignes(b.salarie.designation, place, 10, gras=True, maximum=2):
        p.texte(_FENETRE_X, y, ligne, 10, gras=True)
        y += 13
    for ligne in b.salarie.adresse:
        p.texte(_FENETRE_X, y, ligne, 9.5, place=place)
        y += 13


def _emploi(p: Papier, b: BulletinImprime) -> None:
    """Write the job in a strip of two rows."""
    s, haut = b.salarie, 204.0
    rangs = (
        (("Emploi", s.emploi), ("Classification", s.classification), ("Catégorie", s.categorie)),
        (
            ("Numéro de sécurité sociale", afficher_nir(s.nir) if s.nir else ""),
            ("Matricule", s.matricule),
            ("Contrat", s.contrat),
        ),
    )
    derniers = (
        ("Entrée le", afficher_date(s.entree_le)),
        ("Heures payées", _heures(b.heures)),
    )
    colonnes = (0.0, 190.0, 310.0, 420.0)
    p.fond(_X, haut, _LARGE, 48, FOND)
    for rang, cellules in enumerate(rangs):
        y = haut + 11 + rang * 23
        fins = (*colonnes[1:], _LARGE)
        for debut, fin, (nom, valeur) in zip(
            colonnes, fins, (*cellules, derniers[rang]), strict=True
        ):
            place = fin - debut - 12
            p.texte(_X + 7 + debut, y, nom, 6.3, couleur=DISCRET, place=place)
            p.texte(_X + 7 + debut, y + 9.5, valeur or VIDE, 8.3, place=place)


def _euros(montant: int) -> str:
    return nombre_decimal(montant, 2, 2)


def _heures(heures: int) -> str:
    return nombre_decimal(heures, 2, 2) + " h"


class _Tableau:
    """From the gross to the net to pay, line after line."""

    def __init__(self, papier: Papier, bulletin: BulletinImprime) -> None:
        self._p, self._b = papier, bulletin
        fixes = 3 * _BANDEAU + 25 + 27 + 14  # headings, both nets, spaces
        lignes = len(bulletin.elements) + len(bulletin.lignes) + 3
        lignes += sum(map(bool, (bulletin.avantages_nature, bulletin.indemnites)))
        lignes += 2 + sum(map(bool, (bulletin.heures_exonerees, bulletin.acompte)))
        bas = _BAS_TABLEAU if bulletin.conges is None else _HAUT_CONGES - 5
        self._pas = min(_LIGNE_MAX, (bas - _HAUT_TABLEAU - fixes) / lignes)
        self._corps = min(_CORPS_MAX, self._pas * _CORPS_SUR_LIGNE)
        self._y = _HAUT_TABLEAU

    def dessiner(self) -> None:
        """Draw it."""
        b = self._b
        self._bandeau("Rémunération", ("Nombre", "Taux horaire", "Montant", ""))
        for element in b.elements:
            self._element(element)
        self._total("Salaire brut", b.brut, None)
        self._y += 4
        titres = ("Base", "Taux", "Part salarié", "Part employeur")
        self._bandeau("Cotisations et contributions sociales", titres)
        for ligne in b.lignes:
            self._cotisation(ligne)
        self._total(
            "Total des cotisations et contributions", b.cotisations_salarie, b.cotisations_employeur
        )
        self._total("Montant net social", b.montant_net_social, None)
        if b.avantages_nature:
            self._simple("Avantages en nature, déjà fournis", -b.avantages_nature)
        if b.indemnites:
            self._simple("Remboursements de frais et indemnités non soumises", b.indemnites)
        self._net_avant_impot()
        self._impot()
        self._net_a_payer()

    def _bandeau(self, titre: str, colonnes: Sequence[str]) -> None:
        self._p.fond(_X, self._y, _LARGE, _BANDEAU, ACCENT)
        y = self._y + 9.7
        self._p.texte(_X + 5, y, titre, 7.6, gras=True, couleur=BLANC)
        for x, nom in zip((_BASE, _TAUX, _SALARIE, _EMPLOYEUR), colonnes, strict=True):
            if nom:
                self._p.texte(x, y, nom, 7.3, couleur=BLANC, a_droite=True)
        self._y += _BANDEAU

    def _rang(
        self, libelle: str, cellules: Sequence[str], *, gras: bool = False, retrait: float = 5
    ) -> None:
        """Write one line: its label, then what each column holds."""
        p, y = self._p, self._y + self._pas * 0.71
        place = _PLACE_LIBELLE - retrait
        p.texte(_X + retrait, y, libelle, self._corps, gras=gras, place=place)
        for x, texte in zip((_BASE, _TAUX, _SALARIE, _EMPLOYEUR), cellules, strict=True):
            if texte:
                p.texte(x, y, texte, self._corps, gras=gras, a_droite=True)
        self._y += self._pas

    def _element(self, e: ElementBrut) -> None:
        heures = "" if e.heures is None else _euros(e.heures)
        taux = "" if e.taux is None else nombre_decimal(e.taux, 4, 4)
        self._rang(e.libelle, (heures, taux, _euros(e.montant), ""))

    def _cotisation(self, li: LigneImprimee) -> None:
        self._rang(
            li.libelle,
            (
                "" if li.assiette is None else _euros(li.assiette),
                "" if li.taux is None else afficher_taux(Millioniemes(li.taux)),
                "" if li.salarial is None else _euros(li.salarial),
                "" if li.patronal is None else _euros(li.patronal),
            ),
            gras=li.forte,
            retrait=5 if li.forte else 13,
        )

    def _simple(self, libelle: str, montant: int) -> None:
        self._rang(libelle, ("", "", _euros(montant), ""))

    def _total(self, libelle: str, salarie: int, employeur: int | None) -> None:
        self._p.fond(_X, self._y, _LARGE, self._pas, FOND)
        part = "" if employeur is None else _euros(employeur)
        self._rang(libelle, ("", "", _euros(salarie), part), gras=True)

    def _net_avant_impot(self) -> None:
        corps = self._corps * 1.5
        y = self._y + 18
        self._p.texte(
            _X + 5, y, "Net à payer avant impôt sur le revenu", corps, gras=True, couleur=ACCENT
        )
        montant = afficher_euros(Centimes(self._b.net_avant_impot))
        self._p.texte(_SALARIE, y, montant, corps, gras=True, couleur=ACCENT, a_droite=True)
        self._y += 25

    def _impot(self) -> None:
        b = self._b
        titre = ", ".join(filter(None, ("Impôt sur le revenu", b.nature_du_taux)))
        self._bandeau(titre, ("Base", "Taux", "Montant", "Cumul annuel"))
        imposable = _euros(b.net_imposable)
        cumul = _euros(b.cumuls.net_imposable)
        self._rang("Montant net imposable", ("", "", imposable, cumul))
        if b.heures_exonerees:
            exonerees = _euros(b.heures_exonerees)
            self._rang(
                "Montant des heures suppl. et compl. exonérées d'impôt", ("", "", exonerees, "")
            )
        taux = afficher_taux(Millioniemes(b.taux_impot))
        self._rang(
            "Impôt sur le revenu prélevé à la source",
            (imposable, taux, _euros(b.impot), _euros(b.cumuls.impot)),
            gras=True,
        )
        if b.acompte:
            self._simple("Acompte déjà versé", -b.acompte)

    def _net_a_payer(self) -> None:
        self._y += 5
        self._p.fond(_X, self._y, _LARGE, 27, ACCENT)
        y = self._y + 18.5
        self._p.texte(_X + 7, y, "Net à payer", 13, gras=True, couleur=BLANC)
        montant = afficher_euros(Centimes(self._b.net_a_payer))
        self._p.texte(_DROITE - 7, y, montant, 15, gras=True, couleur=BLANC, a_droite=True)


def _conges(p: Papier, c: CongesImprimes) -> None:
    """Write the paid leave in a strip of one row."""
    p.fond(_X, _HAUT_CONGES, _LARGE, _CONGES, FOND)
    y = _HAUT_CONGES + 10.8
    p.texte(_X + 7, y, "Congés payés", 7, gras=True)
    p.texte(_X + 58, y, "jours ouvrables", 6.3, couleur=DISCRET)
    valeurs = (
        (228, "Acquis ce mois", c.acquis),
        (328, "Pris ce mois", c.pris),
        (424, "Solde N-1", c.anterieurs),
        (520, "Solde N", c.en_cours),
    )
    for retrait, nom, jours in valeurs:
        x = _X + retrait
        p.texte(x - 30, y, nom, 6.8, couleur=DISCRET, a_droite=True)
        p.texte(x, y, nombre_decimal(jours, 2, 2), 7.6, gras=True, a_droite=True)


def _cumuls(p: Papier, b: BulletinImprime) -> None:
    """Write the year so far, and what the employer pays in all."""
    haut, c = 751.0, b.cumuls
    p.fond(_X, haut, _LARGE, 40, FOND)
    valeurs = (
        (98, "Brut", b.brut, c.brut),
        (184, "Plafond sécurité sociale", b.plafond, c.plafond),
        (254, "Net social", b.montant_net_social, c.montant_net_social),
        (326, "Net imposable", b.net_imposable, c.net_imposable),
    )
    p.texte(_X + 7, haut + 22, "Ce mois", 7, couleur=DISCRET)
    p.texte(_X + 7, haut + 33, f"Année {b.mois.annee}", 7, couleur=DISCRET)
    for retrait, nom, mois, annee in valeurs:
        x = _X + retrait
        p.texte(x, haut + 11, nom, 6.3, couleur=DISCRET, a_droite=True)
        p.texte(x, haut + 22, _euros(mois), 7.6, a_droite=True)
        p.texte(x, haut + 33, _euros(annee), 7.6, a_droite=True)
    couts = (
        ("Allègement de cotisations employeur", b.allegement),
        ("Total versé par l'employeur", b.cout_employeur),
    )
    for rang, (nom, montant) in enumerate(couts):
        y = haut + 16.5 + rang * 13.5
        p.texte(_DROITE - 65, y, nom, 6.8, couleur=DISCRET, a_droite=True)
        p.texte(_DROITE - 7, y, _euros(montant), 7.6, gras=True, a_droite=True)


def _mentions(p: Papier) -> None:
    for rang, mention in enumerate(MENTIONS):
        p.texte(_X, 804 + 9 * rang, mention, 6.5, couleur=DISCRET)
