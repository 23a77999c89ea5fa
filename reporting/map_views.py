"""A point on the map: the city as a picture to press, or as a list to choose from, without any script."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.access import public
from core.forms import PRESS_AGAIN, Form
from core.work import Work, current_work
from geography.map_view import MapView
from geography.places import Point, Refusal
from reporting import drafts
from reporting.areas import ChosenArea, area_of, areas
from reporting.blueprint import blueprint
from reporting.locating import city
from reporting.mapping import (
    WIDTHS,
    city_map,
    is_in_sight,
    numbers_of,
    picture_of,
    press_in,
    sheets_of,
    view_around,
    view_in,
    ways_from,
    written,
)
from reporting.page_parts import DRAFT_COOKIE, keep_draft, writable_draft
from reporting.schemas import read_point
from reporting.services import as_reporter

_SLUG = "where"
CHOOSE_AREA = "Choose an area or a place from the list, then press “Use this area”."
PRESS_INSIDE = "Press the picture at the place, or choose it from the list of areas."


@blueprint.route("/report/where/map", methods=["GET", "POST"], endpoint="map")
@public
def map_page() -> str | AnyResponse:
    """Press the place, look, press again. What is pressed is kept in the draft, never in an address."""
    view, problem = view_in(request.args), None
    if request.method == "POST":
        answered = _answered(view)
        if isinstance(answered, AnyResponse):
            return answered
        problem = answered
    pin = _pin(as_reporter(current_work()))
    return render_template(
        "reporting/map.html",
        form=Form(formdata=None),
        problem=problem,
        view=view,
        numbers=numbers_of(view),
        sheets=sheets_of(view, pin),
        pin=_in_words(pin) if pin else None,
        pin_in_sight=pin is not None and is_in_sight(view, pin),
        ways=[(word, words, _address(to) if to else None) for word, words, to in ways_from(view, pin)],
        areas=areas(),
        back_url=url_for("reporting.question", slug=_SLUG),
    )


@blueprint.get("/map/city.svg", endpoint="map_picture")
@public
def map_picture() -> Response:
    """The picture itself: wards and main places, nothing of any report."""
    width = request.args.get("width", WIDTHS[0], type=int)
    drawn = picture_of(city_map(), view_in(request.args), width if width in WIDTHS else WIDTHS[0])
    return Response(drawn, mimetype="image/svg+xml")


def _address(view: MapView) -> str:
    numbers: dict[str, Any] = {**numbers_of(view)}
    return url_for("reporting.map", _anchor="map", **numbers)


def _answered(view: MapView) -> AnyResponse | str:
    """Keep what was pressed or chosen and say where to go next, or say in words why not."""
    if not Form().validate():
        return PRESS_AGAIN
    if "forget" in request.form:
        return _keep({"point": ""}, _address(view))
    if "use_area" in request.form:
        chosen = area_of(request.form.get("area", ""))
        return _keep(_answer_of(chosen), url_for("reporting.question", slug=_SLUG)) if chosen else CHOOSE_AREA
    point = press_in(request.form, view)
    return _keep({"point": written(point)}, _address(view)) if point else PRESS_INSIDE


def _answer_of(chosen: ChosenArea) -> dict[str, Any]:
    """What the draft keeps. A ward takes the pin's place, which would be looked at first."""
    return {"point": written(chosen.point)} if chosen.point else {"ward": chosen.ward, "point": ""}


def _keep(changes: dict[str, Any], address: str) -> AnyResponse:
    work = as_reporter(current_work())
    draft = writable_draft(work)
    drafts.save_answer(work, draft, _SLUG, {**draft.answers.get(_SLUG, {}), **changes})
    return keep_draft(redirect(address), draft)


def _pin(work: Work) -> Point | None:
    """The point in the draft."""
    draft = drafts.open_draft(work, request.cookies.get(DRAFT_COOKIE))
    kept = read_point(draft.answers.get(_SLUG, {}).get("point") or "") if draft else None
    return Point(*kept) if kept else None


def _in_words(pin: Point) -> dict[str, Any]:
    """Where the pin stands, and how to look at it."""
    found = city().locate(point=pin)
    words = found.words if isinstance(found, Refusal) else found[0].reason
    return {"words": words, "look": _address(view_around([pin]))}
