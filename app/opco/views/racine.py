"""What the screens of the OPCO share: the blueprint."""

from flask import Blueprint

bp = Blueprint("opco", __name__, url_prefix="/opco")
