"""A point on the map: the city as a picture to press, or as a list to choose from, without any script."""

from collections.abc import Mapping
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.access import public
from core.work import Work, current_work
from geography.map_view import MapView
from reporting import drafts
from reporting.blueprint import blueprint
from reporting.map_page import Problem, read_mark, shown_map
from reporting.mapping import WIDTHS, city_map, numbers_of, picture_of, view_in
from reporting.page_parts import DRAFT_COOKIE, keep_draft, way_back, writable_draft
from reporting.services import as_reporter

_SLUG = "where"


@blueprint.route("/report/where/map", methods=["GET", "POST"], endpoint="map")
@public
def map_page() -> str | AnyResponse:
    """Press the place, look, press again. What is pressed is kept in the draft, never in an address."""
    work, view, problem = as_reporter(current_work()), view_in(request.args), None
    if request.method == "POST":
        answered = _answered(work, view)
        if isinstance(answered, AnyResponse):
            return answered
        problem = answered
    map_of_city = shown_map(view, _kept(work), _address, problem, request.form.get("area"))
    return render_template("reporting/map.html", back_url=_back(), **map_of_city)


@blueprint.get("/map/city.svg", endpoint="map_picture")
@public
def map_picture() -> Response:
    """The picture itself: wards and main places, nothing of any report."""
    width = request.args.get("width", WIDTHS[0], type=int)
    drawn = picture_of(city_map(), view_in(request.args), width if width in WIDTHS else WIDTHS[0])
    return Response(drawn, mimetype="image/svg+xml")


def _address(view: MapView) -> str:
    named: dict[str, Any] = {**numbers_of(view), **way_back()}
    return url_for("reporting.map", **named)


def _back() -> str:
    """The question, at the part that says what was chosen."""
    return url_for("reporting.question", slug=_SLUG, _anchor="place", **way_back())


def _answered(work: Work, view: MapView) -> AnyResponse | Problem:
    """Keep what was pressed or chosen and say where to go next, or say in words why not."""
    draft = writable_draft(work)
    marked = read_mark(request.form, view, draft.answers.get(_SLUG, {}))
    if isinstance(marked, Problem):
        return marked
    drafts.save_answer(work, draft, _SLUG, marked.answer)
    return keep_draft(redirect(_back() if marked.is_done else f"{_address(view)}#map"), draft)


def _kept(work: Work) -> Mapping[str, Any]:
    """What the draft says about the place."""
    draft = drafts.open_draft(work, request.cookies.get(DRAFT_COOKIE))
    return draft.answers.get(_SLUG, {}) if draft else {}
