"""The directory for other people's maps and lists."""

import json
from typing import Any

from flask import Response, request, url_for

from centres import queries
from centres.blueprint import blueprint
from centres.directory import Listed
from centres.feeds import geojson_document, json_document
from core.access import kept_for, public
from core.work import current_work
from reporting.locating import city

_KEPT = 300
"""Seconds. A centre that was suspended is gone from what others kept after five minutes."""


@blueprint.get("/centres.json", endpoint="directory_json")
@public
@kept_for(_KEPT)
def json_feed() -> Response:
    """Every active centre."""
    return _answer(json_document(_centres(), _page_of, _about()), "application/json")


@blueprint.get("/centres.geojson", endpoint="directory_geojson")
@public
@kept_for(_KEPT)
def geojson_feed() -> Response:
    """The same as GeoJSON."""
    return _answer(geojson_document(_centres(), _page_of, _about()), "application/geo+json")


def _centres() -> list[Listed]:
    return sorted(queries.active_centres(current_work().session), key=lambda centre: centre.name.casefold())


def _page_of(centre: Listed) -> str:
    return url_for("centres.directory_entry", centre_id=centre.id, _external=True)


def _about() -> dict[str, str]:
    return {
        "publisher": current_work().harbour.settings.partnership,
        "licence": city().licence,
        "attribution": city().attribution,
    }


def _answer(document: dict[str, Any], kind: str) -> Response:
    answer = Response(json.dumps(document, ensure_ascii=False), mimetype=kind)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
