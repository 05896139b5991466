"""What the screens of prévoyance share: the blueprint."""

from flask import Blueprint

bp = Blueprint("prevoyance", __name__, url_prefix="/prevoyance")
