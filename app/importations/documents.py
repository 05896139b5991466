"""Workbooks of the imports: the template of each kind of file, and the list of findings."""

import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from app.importations.rules.genres import Genre
from app.noyau.champs import Champ
from app.noyau.erreurs import Constat
from app.noyau.typographie import typographier

MODE_D_EMPLOI = "Mode d'emploi"
_LISTES = "Listes"
_LIGNES_DU_MODELE = 5_000
_TEXTE, _DATE = "@", "DD/MM/YYYY"
_EN_TEXTE = frozenset(
    ("nir", "siret", "iban", "bic", "naf", "rna", "idcc", "code_postal", "telephone", "texte")
)
_REQUIS = PatternFill("solid", start_color="14577F")
_LIBRE = PatternFill("solid", start_color="51606D")
_BLANC = Font(bold=True, color="FFFFFF")
_HAUT = Alignment(vertical="top", wrap_text=True)
_ACCEPTE = {
    "date": "Une date : JJ/MM/AAAA",
    "euros": "Un montant en euros, au centime près",
    "taux": "Un pourcentage : 2,11 (ou 2,11 %)",
    "heures": "Des heures décimales : 151,67",
    "entier": "Un nombre entier",
    "nir": "15 caractères, clé comprise, avec ou sans espaces",
    "siret": "14 chiffres, avec ou sans espaces",
    "iban": "Un IBAN, avec ou sans espaces",
    "bic": "8 ou 11 caractères",
    "naf": "4 chiffres et une lettre",
    "rna": "W suivi de 9 caractères",
    "idcc": "Le numéro de la convention, 4 chiffres",
    "code_postal": "5 chiffres",
    "courriel": "Une adresse électronique",
    "telephone": "10 chiffres, ou + et l'indicatif du pays",
    "texte": "Du texte",
}
_CONSIGNES = (
    "Remplissez la première feuille, une ligne par {singulier}, sans changer les intitulés.",
    "L'ordre des colonnes est libre ; celles qui ne servent pas peuvent être supprimées.",
    "Une cellule vide n'efface jamais une valeur déjà connue de Clairpaie.",
    "Le même fichier peut être importé plusieurs fois : rien n'est créé en double.",
)


def modele(genre: Genre) -> bytes:
    """Return the template of a kind of file: headings to fill under, and how to."""
    classeur = Workbook()
    feuille: Any = classeur.active
    feuille.title = genre.libelle
    feuille.freeze_panes = "A2"
    listes = classeur.create_sheet(_LISTES)
    for rang, champ in enumerate(genre.colonnes, 1):
        _entete(feuille, rang, champ, est_requis=_role(genre, champ) != "Non")
        _preparer_colonne(feuille, listes, rang, champ)
    feuille.row_dimensions[1].height = 32
    _mode_d_emploi(classeur.create_sheet(MODE_D_EMPLOI, 1), genre)
    listes.sheet_state = "hidden"
    return _octets(classeur)


def _entete(feuille: Any, rang: int, champ: Champ, *, est_requis: bool) -> None:
    cellule = feuille.cell(1, rang, champ.libelle)
    cellule.font, cellule.fill = _BLANC, _REQUIS if est_requis else _LIBRE
    cellule.alignment = Alignment(vertical="center", wrap_text=True)


def _preparer_colonne(feuille: Any, listes: Any, rang: int, champ: Champ) -> None:
    """Give a column its width, its format, and its list of choices."""
    lettre = get_column_letter(rang)
    dimension = feuille.column_dimensions[lettre]
    dimension.width = max(12, min(40, champ.nature.largeur, 60) + 2)
    if champ.nature.nom in _EN_TEXTE:
        dimension.number_format = _TEXTE
    elif champ.nature.nom == "date":
        dimension.number_format = _DATE
    if not champ.nature.choix:
        return
    place = listes.max_column + 1 if listes["A1"].value else 1
    for ligne, (_, libelle) in enumerate(champ.nature.choix, 1):
        listes.cell(ligne, place, libelle)
    colonne = get_column_letter(place)
    validation = DataValidation(
        type="list",
        formula1=f"{_LISTES}!${colonne}$1:${colonne}${len(champ.nature.choix)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=champ.libelle[:32],
        error="Choisissez une valeur de la liste.",
    )
    validation.add(f"{lettre}2:{lettre}{_LIGNES_DU_MODELE}")
    feuille.add_data_validation(validation)


def _role(genre: Genre, champ: Champ) -> str:
    """Tell whether a column must be filled: « Oui », « Oui, ou … », « Non »."""
    if champ.obligatoire:
        return "Oui"
    for alternatives in genre.reperes:
        if any(champ.nom in noms for noms in alternatives):
            if len(alternatives) == 1:
                return "Oui"
            autres = [
                " et ".join(f"« {genre.colonne(n).libelle} »" for n in noms)
                for noms in alternatives
                if champ.nom not in noms
            ]
            return "Oui, ou bien " + ", ou ".join(autres)
    return "Non"


def _mode_d_emploi(feuille: Any, genre: Genre) -> None:
    for ligne, consigne in enumerate(_CONSIGNES, 1):
        feuille.cell(ligne, 1, typographier(consigne.format(singulier=genre.singulier)))
    debut = len(_CONSIGNES) + 2
    titres = ("Colonne", "À remplir", "Valeurs acceptées", "Exemple", "Remarque")
    for rang, titre in enumerate(titres, 1):
        cellule = feuille.cell(debut, rang, titre)
        cellule.font, cellule.fill = _BLANC, _REQUIS
    for ligne, champ in enumerate(genre.colonnes, debut + 1):
        nature = champ.nature
        acceptees = (
            " ; ".join(libelle for _, libelle in nature.choix)
            if nature.choix
            else _ACCEPTE[nature.nom]
        )
        textes = (champ.libelle, _role(genre, champ), acceptees, nature.exemple, champ.aide)
        for rang, texte in enumerate(textes, 1):
            cellule = feuille.cell(ligne, rang)
            _poser(cellule, typographier(texte))
            cellule.alignment = _HAUT
            cellule.number_format = _TEXTE
    for lettre, largeur in zip("ABCDE", (34, 44, 52, 30, 36), strict=True):
        feuille.column_dimensions[lettre].width = largeur
    feuille.freeze_panes = feuille.cell(debut + 1, 1)


def releve(constats: Iterable[Constat]) -> bytes:
    """Return the findings as a workbook: line, column, problem, remedy, code."""
    classeur = Workbook()
    feuille: Any = classeur.active
    feuille.title = "À corriger"
    feuille.freeze_panes = "A2"
    for rang, titre in enumerate(("Ligne", "Colonne", "Problème", "Que faire", "Code"), 1):
        cellule = feuille.cell(1, rang, titre)
        cellule.font, cellule.fill = _BLANC, _REQUIS
    for ligne, constat in enumerate(constats, 2):
        feuille.cell(ligne, 1, constat.ligne)
        textes = (constat.colonne, constat.message, constat.remede, constat.code)
        for rang, texte in enumerate(textes, 2):
            cellule = feuille.cell(ligne, rang)
            _poser(cellule, typographier(texte))
            cellule.alignment = _HAUT
    for lettre, largeur in zip("ABCDE", (8, 30, 70, 70, 11), strict=True):
        feuille.column_dimensions[lettre].width = largeur
    feuille.auto_filter.ref = feuille.dimensions
    return _octets(classeur)


def _poser(cellule: Any, texte: str) -> None:
    """Put text in a cell as text: what looks like a formula is none."""
    cellule.value = ILLEGAL_CHARACTERS_RE.sub("", texte)
    cellule.data_type = "s"


def _octets(classeur: Workbook) -> bytes:
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()
