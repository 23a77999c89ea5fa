"""The public directory: every active centre, the nearest ones, and a page for each."""

from typing import Any

from flask import Response, abort, render_template, request, url_for

from centres import queries
from centres.blueprint import blueprint
from centres.directory import Listed, Wanted
from centres.finding import Row, Spot, address_of, local_now, rows, spot_of, wanted_in, ward_at
from centres.forms import NearForm
from centres.opening_words import hours_of, opening_words
from centres.printing import fingerprint_of, print_kept
from centres.public_words import public_words
from centres.sheets import list_sheet
from centres.vocabulary import Scheme
from core.access import kept_for, public
from core.languages import Language
from core.work import current_work
from geography.map_view import MapView
from geography.places import Point
from reporting.locating import city
from reporting.map_page import PRESS_INSIDE
from reporting.mapping import numbers_of, press_in, sheets_of, view_around, view_in, ways_from
from reporting.translations import ENGLISH, writing_in


@blueprint.get("/centres", endpoint="directory")
@public
def directory_page() -> str:
    """All active centres by name, or those that have what the address asks for."""
    wanted = wanted_in(request.args)
    return _list(wanted, rows(current_work(), wanted), NearForm(formdata=None))


@blueprint.route("/centres/near", methods=["GET", "POST"], endpoint="near")
@public
def near_page() -> str:
    """The nearest to a postcode. What was typed is in this answer and nowhere else."""
    wanted, form = wanted_in(request.args), NearForm()
    spot: Spot | None = None
    if form.validate_on_submit():
        try:
            spot = spot_of(form.place.data or "")
        except ValueError as problem:
            form.place.errors = [str(problem)]
    return _list(wanted, rows(current_work(), wanted, spot.point if spot else None), form, spot)


@blueprint.route("/centres/map", methods=["GET", "POST"], endpoint="directory_map")
@public
def map_page() -> str:
    """Every centre on the map; a press on it says which are nearest, and is not kept."""
    view, wanted = view_in(request.args), wanted_in(request.args)
    pressed = press_in(request.form, view) if request.method == "POST" else None
    found = rows(current_work(), wanted, pressed)
    places = [row.centre.point for row in found if row.centre.point]
    return render_template(
        "centres/directory_map.html",
        view=view,
        numbers=numbers_of(view),
        chosen=address_of(wanted),
        sheets=sheets_of(view, pressed, places),
        ways=[(word, words, _look(to, wanted) if to else None) for word, words, to in ways_from(view, None)],
        rows=found,
        pressed=pressed,
        problem=PRESS_INSIDE if request.method == "POST" and pressed is None else None,
        back_url=url_for("centres.directory", **address_of(wanted)),
        **_words(),
    )


@blueprint.get("/centres/<centre_id>", endpoint="directory_entry")
@public
def entry_page(centre_id: str) -> str:
    """One active centre: where it is, when it is open, what it offers."""
    work = current_work()
    centre = queries.active_centre(work.session, centre_id)
    if centre is None:
        abort(404)
    local = local_now(work)
    return render_template(
        "centres/directory_entry.html",
        centre=centre,
        opening=opening_words(centre.week, local),
        is_open=centre.week.is_open(local),
        today=local.weekday(),
        hours=hours_of(centre.week),
        ward=ward_at(centre.point),
        back_url=url_for("centres.directory"),
        **_small_map(centre.point),
        **_words(),
    )


@blueprint.get("/centres/print", endpoint="directory_print")
@public
def print_page() -> str:
    """All centres on one page for a notice board."""
    found = rows(current_work(), Wanted())
    hours = {row.centre.id: hours_of(row.centre.week) for row in found}
    return render_template(
        "centres/directory_print.html",
        rows=found,
        hours=hours,
        today=local_now(current_work()),
        back_url=url_for("centres.directory"),
        **_words(),
    )


@blueprint.get("/centres/print.pdf", endpoint="directory_pdf")
@public
@kept_for(300)
def print_pdf() -> Response:
    """The same as tagged PDF."""
    work = current_work()
    centres: list[Listed] = [row.centre for row in rows(work, Wanted())]
    link = url_for("centres.directory", _external=True)
    made = f"{local_now(work):%-d %B %Y}"
    sheet = list_sheet(centres, writing_in(ENGLISH), link, work.harbour.settings.partnership, made)
    answer = Response(mimetype="application/pdf")
    content = fingerprint_of("list", sheet)
    answer.set_etag(content)
    answer.headers["Content-Disposition"] = 'inline; filename="reporting-centres.pdf"'
    if request.if_none_match.contains(content):
        answer.status_code = 304
        return answer
    answer.set_data(print_kept("list", sheet))
    return answer


def _list(wanted: Wanted, found: list[Row], form: NearForm, spot: Spot | None = None) -> str:
    return render_template(
        "centres/directory.html",
        rows=found,
        any_at_all=bool(found) or bool(queries.active_centres(current_work().session)),
        form=form,
        wanted=wanted,
        chosen=address_of(wanted),
        spot=spot,
        languages=_languages_spoken(),
        schemes=list(Scheme),
        attribution=city().attribution,
        back_url=url_for("reporting.start"),
        **_words(),
    )


def _languages_spoken() -> list[Language]:
    """The languages that any active centre speaks, in the alphabet of their English names."""
    spoken = {language for centre in queries.active_centres(current_work().session) for language in centre.languages}
    return sorted(spoken, key=lambda language: language.english)


def _small_map(point: Point | None) -> dict[str, Any]:
    """The city around one point; nothing for a centre whose place is not known."""
    if point is None:
        return {"sheets": [], "numbers": {}}
    view = view_around([point])
    return {"sheets": sheets_of(view, point), "numbers": numbers_of(view)}


def _look(view: MapView, wanted: Wanted) -> str:
    numbers: dict[str, Any] = {**numbers_of(view), **address_of(wanted)}
    return url_for("centres.directory_map", _anchor="map", **numbers)


def _words() -> dict[str, Any]:
    return {"public_words": public_words}
