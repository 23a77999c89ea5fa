"""Placing a report by hand: what its words may mean, on a map; a pin that can be moved; a ward; and always why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from core import audit
from core.access import writes
from core.forms import Form
from core.work import Work, current_work
from geography.map_view import MapView
from geography.places import Candidate, Point
from reporting.locating import candidate_at, candidate_of_ward, city, readings_of, ward_name
from reporting.mapping import (
    inline_pictures,
    middle_of_ward,
    numbers_of,
    press_in,
    pressed_by_keyboard,
    sheets_of,
    view_around,
    view_in,
    ways_from,
    written,
)
from reporting.places import GivenPlace, place_of
from reporting.schemas import read_point
from reporting.vocabulary import Precision
from triage import queries
from triage.assessing import choose_place
from triage.forms import PIN, WHOLE_WARD, PlaceForm
from triage.looking import Look
from triage.models import QueueEntry
from triage.pages import blueprint, entry_or_404, refuse
from triage.queueing import AlreadyTaken, NotOnDesk
from triage.vocabulary import WardReason
from triage.wording import for_the_desk, precision_words, words_for

_PREFIX = "place-"
NEEDS_A_POINTER = "The picture needs a mouse or a finger. Choose a place or a ward from the list."


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

    def spots(self) -> list[Point]:
        """Where each reading's number stands: a whole ward's in the middle of its room."""
        return [middle_of_ward(ward) if (ward := _whole_ward(each)) else each.point for each in self.candidates]


@blueprint.route("/desk/reports/<report_id>/place", methods=["GET", "POST"], endpoint="place")
@requires(Role.OFFICER)
@writes
def place_page(report_id: str) -> str | Response:
    """Look around, move the pin, choose. Nothing exact is readable in an address; each look is on record."""
    entry, work = entry_or_404(report_id), current_work()
    given = place_of(work, entry.report)
    board = Board(given, *readings_of(given))
    if request.method == "GET":
        look = Look.opened(work, entry.report, request.args.get("look", "")) or _first_look(entry, board)
        said = {"choice": look.choice, "ward": look.ward, "why": look.why}
        return _show(work, entry, board, PlaceForm(board.words(), data=said), look)
    form = PlaceForm(board.words())
    if "save" in request.form:
        return _save(work, entry, board, form)
    if pressed_by_keyboard(request.form):
        form.choice.errors = [NEEDS_A_POINTER]
        return _show(work, entry, board, form, _look_in(form))
    kept = _moved(_look_in(form)).kept(work, entry.report)
    return redirect(url_for("triage.place", report_id=report_id, look=kept, _anchor="map"), 303)


def _save(work: Work, entry: QueueEntry, board: Board, form: PlaceForm) -> str | Response:
    """Set the place, or show the page again with what was chosen and why not."""
    if form.validate():
        try:
            choose_place(work, entry, _chosen(board, form), WardReason(form.why.data))
        except (AlreadyTaken, NotOnDesk) as refusal:
            refuse(form, refusal)
        except ValueError as refusal:
            form.choice.errors = [for_the_desk(str(refusal))]
        else:
            flash("The place is set.", "success")
            return redirect(url_for("triage.report", report_id=entry.report_id))
    return _show(work, entry, board, form, _look_in(form))


def _show(work: Work, entry: QueueEntry, board: Board, form: PlaceForm, look: Look) -> str:
    audit.record(work, "report opened", entry.report_id, {"part": "place"})
    view, pin = look.view, look.pin
    form.pin.data = written(pin) if pin else ""
    form.zoom.data, form.column.data, form.row.data = view.zoom, view.column, view.row
    sheets = sheets_of(view, pin, board.spots())
    names = names_of_people(work.session, [entry.taken_by] if entry.taken_by else [])
    return render_template(
        "triage/place.html",
        entry=entry,
        report=entry.report,
        place=board.given,
        refused=board.refused,
        form=form,
        button=Form(formdata=None),
        taken_by_name=names.get(entry.taken_by) if entry.taken_by else None,
        is_mine=entry.taken_by == work.actor.id,
        hints={**board.hints(), PIN: _where(pin)},
        view=view,
        ways=ways_from(view, pin),
        sheets=sheets,
        addresses=inline_pictures(view, sheets),
        placings=_placings(work, entry),
    )


def _first_look(entry: QueueEntry, board: Board) -> Look:
    """All readings, and the place that stands as what is chosen."""
    found = board.given.found
    if found is None:
        return Look(view_around(board.spots()))
    stands = Point(found.lat, found.lon)
    if found.by_hand and found.precision is Precision.POINT:
        return Look(view_around([*board.spots(), stands]), stands, PIN)
    same = (_key(each) for each in board.candidates if (each.place, each.point) == (found.name, stands))
    choice, ward = next(same, ""), ""
    if not choice and found.by_hand:
        ward = next((ward for ward in _wards_now(entry) if candidate_of_ward(ward).point == stands), "")
    return Look(view_around(board.spots()), None, choice or (WHOLE_WARD if ward else ""), ward)


def _wards_now(entry: QueueEntry) -> Iterator[str]:
    """The wards of today that a report is placed in."""
    return (placed.ward for placed in entry.report.placements if placed.vintage == city().current_vintage)


def _look_in(form: PlaceForm) -> Look:
    """Where one looked when a form was sent, and what stood in it."""
    sent = request.form
    view = view_in(MultiDict({name: sent.get(f"{_PREFIX}{name}", "") for name in numbers_of(MapView(2))}))
    pin = read_point(form.pin.data or "")
    return Look(view, Point(*pin) if pin else None, form.choice.data or "", form.ward.data or "", form.why.data or "")


def _moved(look: Look) -> Look:
    """The look after what was just pressed: the picture, or a way to move it."""
    pressed = press_in(request.form, look.view)
    if pressed is not None:
        return replace(look, pin=pressed, choice=PIN)
    wanted = request.form.get("look")
    view = next((to for word, _, to in ways_from(look.view, look.pin) if word == wanted and to), look.view)
    return replace(look, view=view)


def _chosen(board: Board, form: PlaceForm) -> Candidate:
    """What the form asks for; ValueError says why it cannot be."""
    if form.choice.data == WHOLE_WARD:
        return candidate_of_ward(form.ward.data)
    if form.choice.data == PIN:
        lat, lon = read_point(form.pin.data) or (0.0, 0.0)
        return candidate_at(Point(lat, lon))
    return board.candidate(form.choice.data)


def _placings(work: Work, entry: QueueEntry) -> list[dict[str, Any]]:
    """Who chose a place for this report before, which, when and why."""
    found = queries.placings(work.session, entry.report_id)
    names = names_of_people(work.session, {each.actor_id for each in found if each.actor_id})
    return [
        {
            "who": names.get(each.actor_id or "", "Somebody who has left"),
            "when": each.happened_at,
            "what": _place_on_record(each.detail),
            "why": words_for(WardReason(each.detail["why"])),
        }
        for each in found
    ]


def _place_on_record(detail: dict[str, str]) -> str:
    wards = [ward_name(ward, detail.get("vintage")) for ward in detail.get("wards", "").split()]
    return ", ".join(filter(None, (" and ".join(wards), precision_words(detail["precision"]))))


def _where(pin: Point | None) -> str:
    if pin is None:
        return "Press the map to set it."
    try:
        return candidate_at(pin).reason
    except ValueError as refusal:
        return for_the_desk(str(refusal))


def _wards(candidate: Candidate) -> str:
    """The wards of today, with their shares when there are several."""
    shares = candidate.shares(city().current_vintage)
    if len(shares) < 2:
        return "".join(f"Ward: {ward_name(share.ward)}." for share in shares)
    return f"Wards: {', '.join(f'{ward_name(share.ward)} {share.weight:.0%}' for share in shares)}."


def _whole_ward(candidate: Candidate) -> str | None:
    """The ward of today that a reading is all of, if it is one."""
    shares = candidate.shares(city().current_vintage)
    if len(shares) != 1 or candidate.precision.value != Precision.AREA.value:
        return None
    whole = candidate_of_ward(shares[0].ward)
    return shares[0].ward if (whole.place, whole.point) == (candidate.place, candidate.point) else None


def _key(candidate: Candidate) -> str:
    """What a reading is known by in the form. It stays the same while the gazetteer says the same."""
    return f"{written(candidate.point)} {candidate.place}"
