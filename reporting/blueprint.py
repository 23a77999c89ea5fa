"""The room's blueprint, which its views share."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)
