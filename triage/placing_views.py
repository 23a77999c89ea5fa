"""Placing a report by hand: what its words may mean, on a map; a pin that can be moved; a ward; and always why."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from core import audit
from core.access import writes
from core.work import Work, current_work
from geography.map_view import MapView
from geography.places import Candidate, Point
from reporting.locating import candidate_at, candidate_of_ward, city, readings_of, ward_name
from reporting.mapping import inline_pictures, numbers_of, press_in, sheets_of, view_around, view_in, ways_from, written
from reporting.places import GivenPlace, place_of
from reporting.schemas import read_point
from reporting.vocabulary import Precision
from triage import queries
from triage.assessing import choose_place
from triage.forms import PIN, WHOLE_WARD, PlaceForm
from triage.models import QueueEntry
from triage.pages import blueprint, entry_or_404, refuse
from triage.queueing import AlreadyTaken, NotOnDesk
from triage.vocabulary import WardReason
from triage.wording import words_for

_PREFIX = "place-"


@dataclass(frozen=True, slots=True, repr=False)
class Board:
    """What lies before the officer: the place as given, each reading of it, and why there are no more."""

    given: GivenPlace
    candidates: list[Candidate]
    refused: list[str]

    def words(self) -> list[tuple[str, str]]:
        """Each reading as a choice of the form: what it is known by, and what people read."""
        return [(_key(each), f"{number}. {each.place}") for number, each in enumerate(self.candidates, 1)]

    def hints(self) -> dict[str, str]:
        """Under each reading, why it is one, and its wards."""
        return {_key(each): f"{each.reason} {_wards(each)}" for each in self.candidates}

    def candidate(self, choice: str) -> Candidate:
        """The reading that was chosen."""
        return next(each for each in self.candidates if _key(each) == choice)


@blueprint.route("/desk/reports/<report_id>/place", methods=["GET", "POST"], endpoint="place")
@requires(Role.OFFICER)
@writes
def place_page(report_id: str) -> str | Response:
    """Look around, move the pin, choose. Nothing exact is ever in an address; each look at the place is on record."""
    entry, work = entry_or_404(report_id), current_work()
    given = place_of(work, entry.report)
    board = Board(given, *readings_of(given))
    form = PlaceForm(board.words())
    if "save" in request.form and form.validate_on_submit():
        try:
            choose_place(work, entry, _chosen(board, form), WardReason(form.why.data))
        except (AlreadyTaken, NotOnDesk, ValueError) as refusal:
            refuse(form, refusal)
        else:
            flash("The place is set.", "success")
            return redirect(url_for("triage.report", report_id=report_id))
    return _show(work, entry, board, form)


def _show(work: Work, entry: QueueEntry, board: Board, form: PlaceForm) -> str:
    audit.record(work, "report opened", entry.report_id, {"part": "place"})
    view, pin = _looked_at(board, form)
    form.pin.data = written(pin) if pin else ""
    form.zoom.data, form.column.data, form.row.data = view.zoom, view.column, view.row
    return render_template(
        "triage/place.html",
        entry=entry,
        report=entry.report,
        place=board.given,
        refused=board.refused,
        form=form,
        hints={**board.hints(), PIN: _where(pin)},
        view=view,
        ways=ways_from(view, pin),
        sheets=sheets_of(view, pin, [each.point for each in board.candidates]),
        addresses=inline_pictures(view),
        placings=_placings(work, entry),
    )


def _looked_at(board: Board, form: PlaceForm) -> tuple[MapView, Point | None]:
    """The view and the pin after what was just pressed; at first all readings, and the pin that an officer set."""
    if request.method == "GET":
        found = board.given.found
        pin = Point(found.lat, found.lon) if found and found.by_hand and found.precision is Precision.POINT else None
        return view_around([*(each.point for each in board.candidates), *([pin] if pin else [])]), pin
    view = view_in(MultiDict({name: request.form.get(f"{_PREFIX}{name}", "") for name in numbers_of(MapView(2))}))
    kept = read_point(form.pin.data or "")
    pin = Point(*kept) if kept else None
    pressed = press_in(request.form, view)
    if pressed is not None:
        form.choice.data = PIN
        return view, pressed
    wanted = request.form.get("look")
    return next((to for word, _, to in ways_from(view, pin) if word == wanted and to), view), pin


def _chosen(board: Board, form: PlaceForm) -> Candidate:
    """What the form asks for; ValueError says why it cannot be."""
    if form.choice.data == WHOLE_WARD:
        return candidate_of_ward(form.ward.data)
    if form.choice.data == PIN:
        lat, lon = read_point(form.pin.data) or (0.0, 0.0)
        return candidate_at(Point(lat, lon))
    return board.candidate(form.choice.data)


def _placings(work: Work, entry: QueueEntry) -> list[dict[str, Any]]:
    """Who chose a place for this report before, when and why."""
    found = queries.placings(work.session, entry.report_id)
    names = names_of_people(work.session, {each.actor_id for each in found if each.actor_id})
    return [
        {
            "who": names.get(each.actor_id or "", "Somebody who has left"),
            "when": each.happened_at,
            "why": words_for(WardReason(each.detail["why"])),
        }
        for each in found
    ]


def _where(pin: Point | None) -> str:
    if pin is None:
        return "Press the map to set it."
    try:
        return candidate_at(pin).reason
    except ValueError as refusal:
        return str(refusal)


def _wards(candidate: Candidate) -> str:
    """The wards of today, with their shares when there are several."""
    shares = candidate.shares(city().current_vintage)
    if len(shares) < 2:
        return "".join(f"Ward: {ward_name(share.ward)}." for share in shares)
    return f"Wards: {', '.join(f'{ward_name(share.ward)} {share.weight:.0%}' for share in shares)}."


def _key(candidate: Candidate) -> str:
    """What a reading is known by in the form. It stays the same while the gazetteer says the same."""
    return f"{written(candidate.point)} {candidate.place}"
