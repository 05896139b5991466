"""What an export is made of, its lines aside: query, parameters, columns, instant."""

from dataclasses import dataclass
from datetime import datetime

from app.extractions.rules.colonnes import Colonne, nom_de_fichier
from app.extractions.rules.entete import designer
from app.extractions.rules.parametres import ValeurParametre


@dataclass(frozen=True, slots=True)
class Extraction:
    """A result as documents know it; `cree_a` is France's time, `total` the number of lines."""

    numero: int
    titre: str
    parametres: tuple[ValeurParametre, ...]
    colonnes: tuple[Colonne, ...]
    total: int
    cree_a: datetime

    @property
    def designation(self) -> str:
        """The number and the title of the query."""
        return designer(self.numero, self.titre)

    def nom_de_fichier(self, extension: str) -> str:
        """Return a file name in French: query, dossier when one was chosen, day."""
        dossier = next((p.texte for p in self.parametres if p.nom == "dossier" and p.valeur), "")
        jour = f"{self.cree_a:%Y-%m-%d}"
        return f"{nom_de_fichier(self.designation, dossier)} - {jour}.{extension}"

    def resume(self) -> tuple[tuple[str, str], ...]:
        """Return in words what the lines are: query, parameters, count, instant."""
        return (
            ("Requête", self.designation),
            *((p.libelle, p.texte) for p in self.parametres),
            ("Nombre de lignes", str(self.total)),
            ("Exécutée le", f"{self.cree_a:%d/%m/%Y à %H:%M}"),
        )
