"""Imports every table, so that the metadata is whole (Alembic, tests, composition root)."""

from app.conventions import models as conventions
from app.employeurs import models as employeurs
from app.extractions import models as extractions
from app.opco import models as opco
from app.organismes import models as organismes
from app.paie import models as paie
from app.prevoyance import models as prevoyance
from app.salaries import models as salaries
from app.sauvegardes import models as sauvegardes
from app.socle import journal, reference, taches
from app.socle.base import Base

METADATA = Base.metadata
MODULES = (
    *(conventions, employeurs, extractions, opco, organismes, paie, prevoyance, salaries),
    *(journal, reference, sauvegardes, taches),
)
