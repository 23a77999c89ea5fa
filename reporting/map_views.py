"""A point on the map: the city as a plain picture, pressed without any script."""

from functools import cache

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.access import public
from core.forms import Form
from core.work import current_work
from geography.drawing import draw_city, point_on_picture
from geography.picture import fitting_height
from reporting import drafts
from reporting.blueprint import blueprint
from reporting.locating import city
from reporting.page_parts import DRAFT_COOKIE, keep_draft
from reporting.services import as_reporter

# Browsers send a press in rendered pixels, so the picture is never scaled: it must fit a small phone as it is.
WIDTH = 300
_SLUG = "where"


@blueprint.route("/report/where/map", methods=["GET", "POST"], endpoint="map")
@public
def map_page() -> str | AnyResponse:
    """Press the place; it is kept in the draft as a point."""
    form = Form()
    pressed = _pressed()
    if pressed is not None and form.validate():
        work = as_reporter(current_work())
        draft = drafts.open_draft(work, request.cookies.get(DRAFT_COOKIE)) or drafts.start_draft()
        point = point_on_picture(*pressed, WIDTH, _height(), city().boundary_set())
        answer = {**draft.answers.get(_SLUG, {}), "point": f"{point.lat:.6f},{point.lon:.6f}"}
        drafts.save_answer(work, draft, _SLUG, answer)
        return keep_draft(redirect(url_for("reporting.question", slug=_SLUG)), draft)
    back = url_for("reporting.question", slug=_SLUG)
    return render_template("reporting/map.html", form=form, width=WIDTH, height=_height(), back_url=back)


@blueprint.get("/map/city.svg", endpoint="map_picture")
@public
def map_picture() -> Response:
    """The picture itself: wards and their names, nothing of any report."""
    return Response(_picture(), mimetype="image/svg+xml")


@cache
def _height() -> int:
    return fitting_height(city().boundary_set(), WIDTH)


@cache
def _picture() -> str:
    return draw_city(city().boundary_set(), WIDTH, _height())


def _pressed() -> tuple[float, float] | None:
    """Where the picture was pressed, in its own pixels; None when it was not, or from a keyboard (0, 0)."""
    x, y = request.form.get("at.x", type=float), request.form.get("at.y", type=float)
    if x is None or y is None or not (0 <= x <= WIDTH and 0 <= y <= _height()) or x == y == 0:
        return None
    return x, y
