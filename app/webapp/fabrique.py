"""Application factory: Flask over the open program, loopback only, one token a launch."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event

from app.socle import journal
from app.socle.base import Base, regler_connexion
from app.socle.contexte import ProgrammeOuvert
from app.socle.plateforme import dossier_des_ressources
from app.socle.web import Bureau, Etage
from app.webapp import errors_web, gabarits, securite
from app.webapp.screens import VUES, blueprints

TAILLE_MAXIMALE = 64 * 1024 * 1024


def creer_app(
    programme: ProgrammeOuvert,
    jeton: str,
    bureau: Bureau | None = None,
    vues: Sequence[str] = VUES,
) -> Flask:
    """Return the application; every request must bear the launch's token.

    Args:
        programme: the open program.
        jeton: per-launch secret, at least 128 bits.
        bureau: the desktop shell, when there is one.
        vues: modules of the screens to serve, all by default.
    """
    web = dossier_des_ressources() / "web"
    app = Flask(
        "clairpaie", template_folder=str(web / "templates"), static_folder=str(web / "static")
    )
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        MAX_CONTENT_LENGTH=TAILLE_MAXIMALE,
        MAX_FORM_MEMORY_SIZE=TAILLE_MAXIMALE,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
        SQLALCHEMY_DATABASE_URI=programme.magasin.moteur.url,
        JETON=jeton,
        AIDE=str(Path(web) / "aide"),
    )
    base = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
    base.init_app(app)
    with app.app_context():
        event.listen(base.engine, "connect", regler_connexion)
    journal.brancher(base.session)
    app.extensions["clairpaie"] = Etage(programme, base.session, bureau)
    gabarits.installer(app)
    securite.installer(app)
    errors_web.installer(app)
    for blueprint in blueprints(vues):
        app.register_blueprint(blueprint)
    return app


def fermer_app(app: Flask) -> None:
    """Close the application's connections to the base."""
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
