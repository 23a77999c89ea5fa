"""The blueprint that the pages of the centres room share."""

from flask import Blueprint

blueprint = Blueprint("centres", __name__)
