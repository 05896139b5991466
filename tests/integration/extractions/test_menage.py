"""Results of a former launch are swept when the screens are served."""

from pathlib import Path

from app.assemblage import ouvrir
from app.extractions.service.resultats import dossier_des_resultats
from app.extractions.views import _vider
from app.webapp.fabrique import creer_app, fermer_app


class Etat:
    """What Flask hands to a blueprint's recorder."""

    def __init__(self, app: object) -> None:
        self.app = app


def test_results_of_the_launch_before_are_deleted(tmp_path: Path) -> None:
    """Nothing shows them any more: the folder goes."""
    programme = ouvrir(tmp_path / "donnees")
    app = creer_app(programme, "jeton")
    ancien = dossier_des_resultats(programme.magasin.chemin) / ("a" * 24)
    ancien.mkdir(parents=True)
    (ancien / "resultat.sqlite3").write_bytes(b"x")

    _vider(Etat(app))  # type: ignore[arg-type]

    assert not ancien.exists()
    fermer_app(app)
    programme.fermer()
