"""The livre de paie on A4 landscape pages: employers with their totals, then the cotisations."""

from collections.abc import Sequence

from app.noyau.argent import nombre_decimal
from app.noyau.typographie import accorder, grouper
from app.paie.documents.papier import ACCENT, BLANC, DISCRET, FOND, Papier
from app.paie.rules.livre import MONTANTS, Livre, Montants, TotalCotisation, additionner

MIME = "application/pdf"
_X, _LARGE = 30.0, 782.0
_DROITE = _X + _LARGE
_HAUT, _BAS = 74.0, 556.0
_PAS, _CORPS = 12.5, 7.4
_ENTETE = 22.0
_COLONNE = 65.0
_PREMIERE = _DROITE - 4 - _COLONNE * (len(MONTANTS) - 1)
_TITRES = ("Salarié", "Emploi", "État")
_TEXTES = (_X + 5, _X + 122, _X + 218)


def octets(livre: Livre) -> bytes:
    """Return the document."""
    pages = _Pages(livre)
    pages.journal()
    pages.cotisations()
    return pages.papier.octets()


class _Pages:
    """The pages, begun as they fill."""

    def __init__(self, livre: Livre) -> None:
        self._livre = livre
        self._titre = f"Livre de paie de {livre.mois.en_toutes_lettres}"
        self.papier = Papier(self._titre, livre.fait_a, paysage=True)
        self._colonnes: tuple[tuple[float, str], ...] = ()
        self._textes: tuple[tuple[float, str], ...] = ()
        self._y = 0.0

    def journal(self) -> None:
        """Draw the journal: a line a bulletin, a total an employer."""
        fins = (_PREMIERE + _COLONNE * rang for rang in range(len(MONTANTS)))
        self._colonnes = tuple(zip(fins, (titre for _, titre in MONTANTS), strict=True))
        self._textes = tuple(zip(_TEXTES, _TITRES, strict=True))
        self._page()
        plusieurs = len({li.employeur_id for li in self._livre.lignes}) > 1
        for employeur, lignes in self._livre.par_employeur():
            if plusieurs:
                self._place(3)
                self._groupe(employeur)
            for li in lignes:
                self._place()
                identite = (li.nom, li.emploi, li.etat)
                self._rang(identite, [_euros(m) for m in li.montants])
            if plusieurs:
                self._total(f"Total : {_bulletins(len(lignes))}", additionner(lignes))
        if self._livre.lignes:
            self._place()
            tout = f"Total général : {_bulletins(len(self._livre.lignes))}"
            self._total(tout, self._livre.total)

    def cotisations(self) -> None:
        """Draw the totals by cotisation, an organisme after the other."""
        titres = ("Bulletins", "Base", "Part salarié", "Part employeur", "Total")
        fins = (_DROITE - 4 - 100 * rang for rang in range(len(titres) - 1, -1, -1))
        self._colonnes = tuple(zip(fins, titres, strict=True))
        self._textes = ((_X + 5, "Cotisation"),)
        self._page()
        for organisme, siennes in self._livre.par_organisme():
            self._place(3)
            self._groupe(organisme)
            for c in siennes:
                self._place()
                montants = map(_euros, (c.assiette, c.salarial, c.patronal, c.total))
                self._rang((c.libelle,), (grouper(c.bulletins), *montants))
            self._somme(f"Total {organisme}", siennes)
        self._somme("Total général", self._livre.cotisations)

    def _place(self, lignes: int = 1) -> None:
        """Begin a page when so many lines do not hold in this one."""
        if self._y + lignes * _PAS > _BAS:
            self._page()

    def _page(self) -> None:
        p, livre = self.papier, self._livre
        p.nouvelle_page()
        p.texte(_X, 42, self._titre, 15, gras=True, couleur=ACCENT)
        p.texte(_X, 57, livre.perimetre, 9, place=_LARGE - 160)
        edite = f"Édité le {livre.fait_a:%d/%m/%Y à %H:%M}"
        p.texte(_DROITE, 42, edite, 8, couleur=DISCRET, a_droite=True)
        p.texte(_DROITE, 57, f"Page {p.pages}", 8, couleur=DISCRET, a_droite=True)
        p.texte(_X, 576, "Montants en euros.", 6.5, couleur=DISCRET)
        p.fond(_X, _HAUT, _LARGE, _ENTETE, ACCENT)
        for x, titre in self._textes:
            p.texte(x, _HAUT + 13.5, titre, 7.2, gras=True, couleur=BLANC)
        for x, titre in self._colonnes:
            lignes = p.lignes(titre, _COLONNE - 8, 7, maximum=2)
            for rang, ligne in enumerate(lignes):
                y = _HAUT + 13.5 - 4.2 * (len(lignes) - 1) + 8.4 * rang
                p.texte(x, y, ligne, 7, couleur=BLANC, a_droite=True)
        self._y = _HAUT + _ENTETE

    def _groupe(self, titre: str) -> None:
        self.papier.texte(_X + 5, self._y + 9.4, titre, 8, gras=True, couleur=ACCENT)
        self._y += _PAS

    def _rang(self, textes: Sequence[str], nombres: Sequence[str], *, gras: bool = False) -> None:
        p, y = self.papier, self._y + 8.9
        fins = [x for x, _ in self._textes[1:]]
        fins.append(self._colonnes[0][0] - _COLONNE + 10)
        for (x, _), fin, texte in zip(self._textes, fins, textes, strict=False):
            p.texte(x, y, texte, _CORPS, gras=gras, place=0 if gras else fin - x - 5)
        for (x, _), nombre in zip(self._colonnes, nombres, strict=True):
            if nombre:
                p.texte(x, y, nombre, _CORPS, gras=gras, a_droite=True)
        self._y += _PAS
        if not gras:
            p.trait(_X, self._y - 0.5, _LARGE)

    def _total(self, titre: str, montants: Montants) -> None:
        self._place()
        self.papier.fond(_X, self._y, _LARGE, _PAS, FOND)
        self._rang((titre,), [_euros(m) for m in montants], gras=True)
        self._y += 4

    def _somme(self, titre: str, cotisations: Sequence[TotalCotisation]) -> None:
        self._place()
        self.papier.fond(_X, self._y, _LARGE, _PAS, FOND)
        sommes = (
            sum(c.salarial for c in cotisations),
            sum(c.patronal for c in cotisations),
            sum(c.total for c in cotisations),
        )
        self._rang((titre,), ("", "", *map(_euros, sommes)), gras=True)
        self._y += 4


def _euros(montant: int) -> str:
    return nombre_decimal(montant, 2, 2)


def _bulletins(combien: int) -> str:
    return accorder(combien, "bulletin")
