"""The map of the city for a visit: what is chosen is kept with what was typed, sealed, and in no address."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from accounts.access import requires
from centres.blueprint import blueprint
from centres.pages import LOGGING, Gone, browser_key, own_centre, own_visit, visit_gone
from centres.visits import save_visit, what_was_typed
from core.work import current_work
from geography.map_view import MapView
from reporting.map_page import Problem, read_mark, shown_map
from reporting.mapping import numbers_of, view_in
from reporting.page_parts import place_on_page

_NAMES = ("ward", "place", "point")


@blueprint.route("/centre/visits/<visit_id>/map", methods=["GET", "POST"], endpoint="visit_map")
@requires(*LOGGING)
def visit_map_page(visit_id: str) -> str | Response | Gone:
    """Press the place, look, press again; then go on with the visit."""
    work, view, problem = current_work(), view_in(request.args), None
    visit = own_visit(work, visit_id)
    if visit is None or visit.row is None or visit.row.sent:
        return visit_gone()

    def address(of: MapView) -> str:
        named: dict[str, Any] = {**numbers_of(of)}
        return url_for("centres.visit_map", visit_id=visit_id, **named)

    back = url_for("centres.visit", visit_id=visit_id, _anchor="where")
    typed = what_was_typed(visit)
    kept = {**place_on_page(typed), "ward": typed.get("ward", "")}
    if request.method == "POST":
        marked = read_mark(request.form, view, kept)
        if not isinstance(marked, Problem):
            _put(typed, marked.answer)
            save_visit(work, own_centre(work), visit, typed.items(multi=True), browser_key())
            return redirect(back if marked.is_done else f"{address(view)}#map", 303)
        problem = marked
    map_of_city = shown_map(view, kept, address, problem, request.form.get("area"))
    return render_template("centres/visit_map.html", back_url=back, **map_of_city)


def _put(typed: "MultiDict[str, str]", answer: Mapping[str, Any]) -> None:
    """Put what was chosen among what was typed, as if the visit's page had shown it."""
    for name in _NAMES:
        typed[name] = answer.get(name) or ""
    typed["ward_shown"] = typed["ward"]
    typed.poplist("forget_point")
