"""A point on the map: the city as a picture to press, or as a list to choose from, without any script."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.access import public
from core.forms import Form
from core.work import Work, current_work
from geography.map_view import MapView
from geography.places import Point, Refusal
from reporting import drafts, whereabouts
from reporting.areas import area_of, areas, word_of
from reporting.blueprint import blueprint
from reporting.locating import city, point_words
from reporting.mapping import (
    WIDTHS,
    city_map,
    is_in_sight,
    numbers_of,
    picture_of,
    press_in,
    pressed_by_keyboard,
    sheets_of,
    shows_city,
    view_around,
    view_in,
    ways_from,
    written,
)
from reporting.page_parts import DRAFT_COOKIE, keep_draft, way_back, writable_draft
from reporting.schemas import read_point
from reporting.services import as_reporter

_SLUG = "where"
_LIST, _PICTURE = "#areas", "#map"
CHOOSE_AREA = "Choose an area or a place from the list, then press “Use this area”."
PRESS_INSIDE = "Press the picture at the place, or choose from the list of areas."
NEEDS_A_POINTER = "The picture needs a mouse or a finger. Choose from the list of areas."
STALE_PRESS = "This page had been open for a long time. Press the picture again."
STALE_LIST = "This page had been open for a long time. Choose from the list again, then press “Use this area”."
TAKES_THE_PLACE = "It takes the place of what you chose before."

Problem = tuple[str, str]
"""What is wrong, and where on the page it can be mended."""


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
    kept = _kept(as_reporter(current_work()))
    pin = _pin(kept)
    numbers: dict[str, Any] = {**numbers_of(view)}
    addresses = {width: url_for("reporting.map_picture", width=width, **numbers) for width in WIDTHS}
    return render_template(
        "reporting/map.html",
        form=Form(formdata=None),
        problem=problem,
        view=view,
        here=url_for("reporting.map", **numbers, **way_back()),
        addresses=addresses,
        sheets=sheets_of(view, pin),
        pin=_in_words(pin) if pin else None,
        pin_in_sight=pin is not None and is_in_sight(view, pin),
        shows_city=shows_city(view),
        whole_city=_address(MapView()),
        ways=[(word, words, _address(to) if to else None) for word, words, to in ways_from(view, pin)],
        areas=areas(),
        chosen=request.form.get("area") or word_of(kept),
        back_url=_back(),
    )


@blueprint.get("/map/city.svg", endpoint="map_picture")
@public
def map_picture() -> Response:
    """The picture itself: wards and main places, nothing of any report."""
    width = request.args.get("width", WIDTHS[0], type=int)
    drawn = picture_of(city_map(), view_in(request.args), width if width in WIDTHS else WIDTHS[0])
    return Response(drawn, mimetype="image/svg+xml")


def _address(view: MapView) -> str:
    named: dict[str, Any] = {**numbers_of(view), **way_back()}
    return url_for("reporting.map", _anchor="map", **named)


def _back() -> str:
    """The question, at the part that says what was chosen."""
    return url_for("reporting.question", slug=_SLUG, _anchor="place", **way_back())


def _answered(view: MapView) -> AnyResponse | Problem:
    """Keep what was pressed or chosen and say where to go next, or say in words why not."""
    from_list = "use_area" in request.form
    if not Form().validate():
        return (STALE_LIST, _LIST) if from_list else (STALE_PRESS, _PICTURE)
    if "forget" in request.form:
        return _keep(whereabouts.without_mark, _address(view))
    if from_list:
        area = area_of(request.form.get("area", ""))
        return _keep(lambda kept: whereabouts.with_choice(kept, **area), _back()) if area else (CHOOSE_AREA, _LIST)
    point = press_in(request.form, view)
    if point is None:
        return (NEEDS_A_POINTER if pressed_by_keyboard(request.form) else PRESS_INSIDE), _LIST
    return _keep(lambda kept: whereabouts.with_choice(kept, point=written(point)), _address(view))


def _keep(change: Callable[[Mapping[str, Any]], dict[str, Any]], address: str) -> AnyResponse:
    work = as_reporter(current_work())
    draft = writable_draft(work)
    kept = draft.answers.get(_SLUG, {})
    answer = change(kept)
    if answer.get("point") and (kept.get("ward") or kept.get("place")):
        flash(TAKES_THE_PLACE, "map")
    drafts.save_answer(work, draft, _SLUG, answer)
    return keep_draft(redirect(address), draft)


def _kept(work: Work) -> Mapping[str, Any]:
    """What the draft says about the place."""
    draft = drafts.open_draft(work, request.cookies.get(DRAFT_COOKIE))
    return draft.answers.get(_SLUG, {}) if draft else {}


def _pin(kept: Mapping[str, Any]) -> Point | None:
    point = read_point(kept.get("point") or "")
    return Point(*point) if point else None


def _in_words(pin: Point) -> dict[str, Any]:
    """Where the pin stands, what is wrong with that, and how to look at it."""
    found = city().locate(point=pin)
    wrong = found.words if isinstance(found, Refusal) else ""
    return {"words": point_words(pin), "wrong": wrong, "look": _address(view_around([pin]))}
