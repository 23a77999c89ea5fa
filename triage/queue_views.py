"""The queue: by risk, then clock, then age, each row saying why it stands where it does."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from core.forms import PRESS_AGAIN, Form
from core.work import Work, current_work
from reporting.places import place_of
from reporting.wording import in_words, listed
from triage import queries
from triage.clocks import Due, age_in_words, due_in_words
from triage.models import QueueEntry
from triage.pages import blueprint, button_pressed, entry_or_404
from triage.queueing import AlreadyTaken, NotOnDesk, give_back, take
from triage.reading import ward_names
from triage.rules import ON_DESK
from triage.vocabulary import CalledBack, Shelf, Standing
from triage.wording import for_the_desk, words_for

_LAST_PAGE = 10_000
_MOST_CATEGORIES = 3
_STANDING_MARKS = {
    Standing.WAITING: ("New", "new"),
    Standing.TAKEN: ("Being worked on", "working"),
    Standing.REFERRED: ("With agencies", "waiting"),
    Standing.CLOSED: ("Closed", "done"),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row as it is shown."""

    entry: QueueEntry
    title: str
    details: tuple[str, ...]
    reasons: tuple[str, ...]
    mark: tuple[str, str]
    due: Due | None
    taken_by: str | None


@blueprint.get("/desk/queue", endpoint="queue")
@requires(Role.OFFICER)
def queue_page() -> str:
    """A shelf of the desk: what is to do, what agencies have, what is closed."""
    work = current_work()
    shelf = _shelf(request.args.get("shelf", ""))
    page = queries.queue_page(work.session, shelf, _page_number(request.args.get("page", "")))
    names = names_of_people(work.session, {entry.taken_by for entry in page.entries if entry.taken_by})
    return render_template(
        "triage/queue.html",
        shelf=shelf,
        shelves=list(Shelf),
        page=page,
        rows=[_row(work, entry, names) for entry in page.entries],
        waiting=queries.waiting_count(work.session),
        overdue=queries.waiting_count(work.session, overdue_at=work.now),
        form=Form(),
    )


@blueprint.post("/desk/queue/take-next", endpoint="take_next")
@requires(Role.OFFICER)
def take_next() -> Response:
    """Take the first report that nobody has taken, and open it."""
    work = current_work()
    entry = queries.next_to_take(work.session) if button_pressed() else None
    if entry is None:
        flash("Nobody’s report waits: every one on the queue is taken.", "info")
        return redirect(url_for("triage.queue"))
    return _take_and_open(work, entry, over=False)


@blueprint.post("/desk/reports/<report_id>/take", endpoint="take")
@requires(Role.OFFICER)
def take_page(report_id: str) -> Response:
    """Take a report; a second officer is told who has it."""
    entry = entry_or_404(report_id)
    if not button_pressed():
        flash(PRESS_AGAIN, "warning")
        return redirect(url_for("triage.report", report_id=report_id))
    return _take_and_open(current_work(), entry, over=request.form.get("over") == "yes")


@blueprint.post("/desk/reports/<report_id>/give-back", endpoint="give_back")
@requires(Role.OFFICER)
def give_back_page(report_id: str) -> Response:
    """Give a report back to the queue, or let it wait for the agencies that have it."""
    entry = entry_or_404(report_id)
    try:
        if not button_pressed():
            raise AlreadyTaken(PRESS_AGAIN)
        give_back(current_work(), entry)
    except AlreadyTaken as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("triage.report", report_id=report_id))
    back = "on the queue" if entry.standing in ON_DESK else "with the agencies that have it"
    flash(f"{entry.report.reference} is {back} again.", "success")
    return redirect(url_for("triage.queue"))


def _take_and_open(work: Work, entry: QueueEntry, *, over: bool) -> Response:
    try:
        take(work, entry, over=over)
    except (AlreadyTaken, NotOnDesk) as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("triage.report", report_id=entry.report_id))


def _row(work: Work, entry: QueueEntry, names: dict[str, str]) -> QueueRow:
    facts = entry.report.facts
    return QueueRow(
        entry=entry,
        title=_title(entry),
        details=(_where(work, entry), in_words(facts.kind), _door(entry), age_in_words(entry.received_at, work.now)),
        reasons=tuple(words for words, _ in entry.reasons) or ("No risk answer gave points",),
        mark=_mark(entry),
        due=None if entry.standing is Standing.CLOSED else due_in_words(entry.due_at, work.now),
        taken_by=names.get(entry.taken_by) if entry.taken_by else None,
    )


def _title(entry: QueueEntry) -> str:
    """What happened, in at most three of the reporter's choices."""
    categories = listed(entry.report.facts.categories).split("; ")
    shown = "; ".join(categories[:_MOST_CATEGORIES])
    more = len(categories) - _MOST_CATEGORIES
    return (f"{shown}; and {more} more" if more > 0 else shown) or "What happened was not said"


def _where(work: Work, entry: QueueEntry) -> str:
    report = entry.report
    wards = ward_names(report)
    if wards:
        return " or ".join(wards)
    why = place_of(work, report).unplaced
    return f"Unplaced: {for_the_desk(why)}" if why else "Unplaced"


def _door(entry: QueueEntry) -> str:
    return entry.report.centre_name or entry.report.facts.channel.value.capitalize()


def _mark(entry: QueueEntry) -> tuple[str, str]:
    for why in CalledBack:
        if why in entry.called_back:
            return words_for(why), "declined" if why is CalledBack.DECLINED else "new"
    return _STANDING_MARKS[entry.standing]


def _shelf(asked: str) -> Shelf:
    return Shelf(asked) if asked in list(Shelf) else Shelf.TO_DO


def _page_number(asked: str) -> int:
    """A page from 1; anything else is the first."""
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return min(max(number, 1), _LAST_PAGE)
