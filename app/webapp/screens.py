"""Explicit list of the screens: blueprints, and the volet de navigation."""

from dataclasses import dataclass

from app.conventions.views import bp as conventions
from app.employeurs.views import bp as employeurs
from app.extractions.views import bp as extractions
from app.importations.views import bp as importations
from app.opco.views import bp as opco
from app.paie.views import bp as paie
from app.salaries.views import bp as salaries
from app.webapp.accueil import bp as accueil
from app.webapp.maintenance import bp as maintenance

BLUEPRINTS = (
    accueil,
    employeurs,
    salaries,
    paie,
    conventions,
    opco,
    extractions,
    importations,
    maintenance,
)


@dataclass(frozen=True, slots=True)
class Module:
    """An entry of the volet de navigation."""

    nom: str
    adresse: str
    icone: str
    fenetre: bool = False
    touche: str = ""


NAVIGATION = (
    Module("Dossiers", "/employeurs/dossiers", "dossier", touche="1"),
    Module("Employeurs", "/employeurs/", "employeur", touche="2"),
    Module("Salariés", "/salaries/", "salarie", touche="3"),
    Module("Bulletins", "/bulletins/", "bulletin", touche="4"),
    Module("Paramétrage (Taux)", "/conventions/", "taux", touche="5"),
    Module("Extractions de données", "/extractions/", "extraction", touche="6"),
    Module("Centre de maintenance", "/maintenance/", "maintenance", fenetre=True, touche="7"),
)

MAINTENANCE: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Maintenir",
        (
            ("État du programme", "/maintenance/", "base"),
            ("Journal des modifications", "/maintenance/journal", "journal"),
        ),
    ),
    ("Administrer", (("Réglages", "/maintenance/reglages", "reglage"),)),
)
"""Volet of the Centre de maintenance: headings, then (name, address, icon)."""
