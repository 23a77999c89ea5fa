"""Every feature's pages."""

from flask import Flask

import accounts.views
import app.administration
import centres.views
import reporting.blueprint
import reporting.intelligence_views
import reporting.map_views
import reporting.return_views
import reporting.views
import trends.views
import triage.views


def register_blueprints(flask_app: Flask) -> None:
    """Put every room's views on the URL map."""
    for blueprint in (
        accounts.views.blueprint,
        reporting.blueprint.blueprint,
        centres.views.blueprint,
        triage.views.blueprint,
        trends.views.blueprint,
        app.administration.blueprint,
    ):
        flask_app.register_blueprint(blueprint)
