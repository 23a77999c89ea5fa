"""One report as its centre sees it: state, notes of its own, call-backs, notes with the desk. Never what was told."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from centres import queries
from centres.blueprint import blueprint
from centres.forms import AsideForm, NoteForm, ReminderForm, secret_of
from centres.handing import hand_over
from centres.keeping import finish_call_back, keep_note, open_notes, open_reminders, promise_call_back
from centres.models import Centre
from centres.pages import LOGGING, own_centre, own_report, wards_in_words
from centres.vocabulary import NoteKind, Screen
from core import audit
from core.access import writes
from core.forms import Form
from core.work import Work, current_work
from reporting.asides import mark_asides_read, open_asides, write_aside
from reporting.models import Report
from reporting.reading import CENTRE
from reporting.vocabulary import Author
from reporting.wording import in_words

KINDS = {
    NoteKind.SUPPORT_PLAN: "Support plan",
    NoteKind.DEBRIEF: "Debrief, how it was for us",
    NoteKind.FOR_VISITOR: "Note for the visitor",
}
_ADDED = [(kind.value, KINDS[kind]) for kind in (NoteKind.SUPPORT_PLAN, NoteKind.DEBRIEF)]
"""The visitor agrees to a note for them while they are here, so that one is written in the visit alone."""


@blueprint.get("/centre/reports/<report_id>", endpoint="report")
@requires(*LOGGING)
@writes
def report_page(report_id: str) -> str:
    """Open what the centre keeps beside a report. The opening is recorded."""
    work = current_work()
    return _show(work, own_report(work, report_id))


@blueprint.post("/centre/reports/<report_id>/notes", endpoint="add_note")
@requires(*LOGGING)
def note_page(report_id: str) -> str | Response:
    """Add a note for the centre's own people."""
    form = NoteForm(prefix="note", kinds=_ADDED)

    def deed(work: Work, centre: Centre, report: Report) -> None:
        keep_note(work, centre, report, NoteKind(form.kind.data), secret_of(form.words), signed_in().team_secret)

    return _act(report_id, form, "The note is kept.", deed)


@blueprint.post("/centre/reports/<report_id>/aside", endpoint="write_aside")
@requires(*LOGGING)
def aside_page(report_id: str) -> str | Response:
    """Write to the desk, apart from the conversation with the visitor."""
    form = AsideForm(prefix="aside")
    return _act(
        report_id,
        form,
        "The desk has your note.",
        lambda work, centre, report: write_aside(work, report, Author.CENTRE, secret_of(form.words)),
    )


@blueprint.post("/centre/reports/<report_id>/reminders", endpoint="add_reminder")
@requires(*LOGGING)
def reminder_page(report_id: str) -> str | Response:
    """Promise a call-back."""
    work = current_work()
    form = ReminderForm(prefix="reminder", people=queries.people_of(work.session, own_centre(work)))

    def deed(work: Work, centre: Centre, report: Report) -> None:
        promise_call_back(work, centre, report, form.due_at(), form.person.data, secret_of(form.words))

    return _act(report_id, form, "The call-back is on your list.", deed)


@blueprint.post("/centre/reminders/<reminder_id>/done", endpoint="reminder_done")
@requires(*LOGGING)
def reminder_done(reminder_id: str) -> Response:
    """The call was made."""
    work = current_work()
    reminder = queries.reminder_of(work.session, own_centre(work), reminder_id) or abort(404)
    if Form().validate():
        finish_call_back(work, reminder)
        flash("The call-back is done.", "success")
    return redirect(url_for("centres.report", report_id=reminder.report_id), 303)


@blueprint.post("/centre/reports/<report_id>/envelope", endpoint="hand_over_envelope")
@requires(*LOGGING)
def hand_over_envelope(report_id: str) -> Response:
    """Hand the screen to the visitor, who opens their envelope with their passphrase."""
    work = current_work()
    report = own_report(work, report_id)
    if not Form().validate():
        return redirect(url_for("centres.report", report_id=report_id), 303)
    return hand_over(work, redirect(url_for("centres.visitor"), 303), Screen.ENVELOPE, report_id=report.id)


def _act(report_id: str, form: Form, done: str, deed: Callable[[Work, Centre, Report], object]) -> str | Response:
    """Do what a form of the page asks, or show the page again with what was typed and why not."""
    work = current_work()
    report = own_report(work, report_id)
    if not form.validate_on_submit():
        return _show(work, report, form)
    deed(work, own_centre(work), report)
    flash(done, "success")
    return redirect(url_for("centres.report", report_id=report_id), 303)


def _show(work: Work, report: Report, bad: Form | None = None) -> str:
    centre, secret = own_centre(work), signed_in().team_secret
    # Opened right after logging, a minute here would be the visitor's.
    audit.record(work.coarsened(), "centre notes opened", report.id)
    asides = open_asides(work, report, CENTRE, secret)
    mark_asides_read(work, report, CENTRE)
    people = queries.people_of(work.session, centre)
    [row] = queries.reports_of(work.session, centre, reference=report.reference)
    return render_template(
        "centres/report.html",
        report=report,
        row=row,
        wards=wards_in_words(row),
        notes=open_notes(work, report, secret),
        reminders=open_reminders(work, report, secret),
        asides=asides,
        names=dict(people),
        kinds=KINDS,
        has_envelope=queries.has_envelope(work.session, report),
        now=work.now,
        button=Form(formdata=None),
        form=bad,
        in_words=in_words,
        **_forms(people, bad),
    )


def _forms(people: list[tuple[str, str]], bad: Form | None) -> dict[str, Any]:
    """Every form of the page; the one that was just sent keeps what was typed."""
    return {
        "note_form": bad if isinstance(bad, NoteForm) else NoteForm(formdata=None, prefix="note", kinds=_ADDED),
        "aside_form": bad if isinstance(bad, AsideForm) else AsideForm(formdata=None, prefix="aside"),
        "reminder_form": bad
        if isinstance(bad, ReminderForm)
        else ReminderForm(formdata=None, prefix="reminder", people=people),
    }
