"""What can be imported: three kinds of file, their columns, and what identifies a line."""

from dataclasses import dataclass

from app.employeurs.rules import CHAMPS_EMPLOYEUR
from app.noyau import champs as c
from app.noyau.champs import Champ
from app.salaries.rules import CHAMPS_CONTRAT, CHAMPS_SALARIE

EMPLOYEURS, SALARIES, CONTRATS = "employeurs", "salaries", "contrats"

_SIRET_EMPLOYEUR = Champ(
    "employeur_siret",
    "SIRET de l'employeur",
    c.SIRET,
    aide="14 chiffres, ou le nom de l'employeur",
    synonymes=("siret", "n° siret", "siret employeur"),
)
_NOM_EMPLOYEUR = Champ(
    "employeur_nom",
    "Employeur",
    c.texte(150),
    aide="raison sociale, telle que dans Clairpaie",
    synonymes=("raison sociale", "association", "dénomination", "nom de l'employeur", "structure"),
)
_DOSSIER = Champ(
    "dossier",
    "Dossier",
    c.texte(80),
    aide="le dossier est créé s'il n'existe pas",
    synonymes=("nom du dossier", "dossier de travail"),
)
_CLES_CONTRAT = (
    Champ(
        "salarie_nir",
        "NIR du salarié",
        c.NIR,
        aide="NIR, ou matricule, ou nom et prénoms",
        synonymes=("nir", "n° ss", "numéro de sécurité sociale", "salarié nir"),
    ),
    Champ("salarie_matricule", "Matricule du salarié", c.texte(20), synonymes=("matricule",)),
    Champ(
        "salarie_nom",
        "Nom du salarié",
        c.texte(60),
        aide="nom de naissance",
        synonymes=("nom", "nom de naissance", "salarié"),
    ),
    Champ("salarie_prenoms", "Prénoms du salarié", c.texte(80), synonymes=("prénom", "prénoms")),
)

Alternatives = tuple[tuple[str, ...], ...]
"""Sets of columns, one of which at least must be whole."""


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind of file.

    `cles` are columns that say what a line hangs on; `champs` those of the record itself.
    `reperes`: for each thing to identify, the sets of columns that do.
    """

    nom: str
    libelle: str
    singulier: str
    cles: tuple[Champ, ...]
    champs: tuple[Champ, ...]
    reperes: tuple[Alternatives, ...]

    @property
    def colonnes(self) -> tuple[Champ, ...]:
        """Every column that a file of this kind may have, in the order of the template."""
        return self.cles + self.champs

    def colonne(self, nom: str) -> Champ:
        """Return a column by its name."""
        return next(champ for champ in self.colonnes if champ.nom == nom)


_EMPLOYEUR: Alternatives = (("employeur_siret",), ("employeur_nom",))
_PERSONNE: Alternatives = (("nir",), ("matricule",), ("nom_naissance", "prenoms"))
_PERSONNE_DU_CONTRAT: Alternatives = (
    ("salarie_nir",),
    ("salarie_matricule",),
    ("salarie_nom", "salarie_prenoms"),
)

GENRES: dict[str, Genre] = {
    EMPLOYEURS: Genre(
        EMPLOYEURS,
        "Employeurs",
        "employeur",
        (_DOSSIER,),
        CHAMPS_EMPLOYEUR,
        ((("siret",), ("raison_sociale",)),),
    ),
    SALARIES: Genre(
        SALARIES,
        "Salariés",
        "salarié",
        (_SIRET_EMPLOYEUR, _NOM_EMPLOYEUR),
        CHAMPS_SALARIE,
        (_EMPLOYEUR, _PERSONNE),
    ),
    CONTRATS: Genre(
        CONTRATS,
        "Contrats de travail",
        "contrat",
        (_SIRET_EMPLOYEUR, _NOM_EMPLOYEUR, *_CLES_CONTRAT),
        CHAMPS_CONTRAT,
        (_PERSONNE_DU_CONTRAT, (("debut_le",),), (("nature",),)),
    ),
}
