"""Logging a report for a visitor: one page, saved while it is written, sent once, the screen handed over within it."""

from collections.abc import Callable
from dataclasses import replace

from flask import jsonify, make_response, redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from centres.blueprint import blueprint
from centres.conversation_page import (
    VISIT_ENDED,
    Conversation,
    new_conversation,
    sent_conversation,
)
from centres.forms import secret_of
from centres.handing import hand_over
from centres.keeping import keep_note
from centres.models import Centre
from centres.pages import LOGGING, browser_key, own_centre, trained, with_browser_key
from centres.permission import LoggingRefused
from centres.receipt_page import receipt_for_staff
from centres.services import log_report
from centres.visits import OpenVisit, begin_visit, mark_sent, receipt_of_visit, save_visit, token_of
from centres.vocabulary import NoteKind, Screen
from core.forms import PRESS_AGAIN, Form
from core.work import Work, current_work
from reporting.models import Report
from reporting.services import AlreadySent
from reporting.views import NOTHING_SAID

ALREADY_LOGGED = (
    "The report before is in, with the code that you were shown. This page says something else and was not sent. "
    "Send it to log another report, or let the visitor add it as a message with their code."
)
ALREADY_IN = "The report of this visit is in already. Begin a new visit for another report."


@blueprint.get("/centre/log", endpoint="log_report")
@requires(*LOGGING)
@trained
def log_page() -> str:
    """The questions, worded for a conversation, for a new visit."""
    work = current_work()
    return new_conversation(work, own_centre(work)).show(work)


@blueprint.post("/centre/log", endpoint="send_report")
@requires(*LOGGING)
@trained
def send_page() -> str | Response:
    """Send the visitor's report; sent twice, it is one report with one code."""
    work = current_work()
    centre = own_centre(work)
    page, lasting = sent_conversation(work, centre)
    # Everything is looked at, so that every mistake is told at once.
    holds = page.holds()
    if not lasting or not holds:
        return page.show(work, None if lasting else VISIT_ENDED)
    if page.draft().is_empty:
        return page.show(work, NOTHING_SAID)
    try:
        report = _send(work, page)
    except AlreadySent:
        # Back was pressed and something changed: it must neither be lost nor overwrite what has its code.
        return _under_a_new_visit(work, page).show(work, ALREADY_LOGGED)
    except LoggingRefused as refusal:
        # Suspended, or untrained, since the page was let in: what they typed stays.
        return page.show(work, str(refusal))
    except ValidationError:
        # Only an answer that no form lets in comes here.
        return page.show(work, PRESS_AGAIN)
    browser = browser_key()
    visit = save_visit(work, centre, page.visit, [], browser)
    mark_sent(work, visit, bool(page.form.code_alone.data))
    return with_browser_key(make_response(receipt_for_staff(work, visit, report)), browser)


@blueprint.post("/centre/log/save", endpoint="save_visit")
@requires(*LOGGING)
@trained
def save_page() -> str | Response:
    """Keep what was typed until closing time: when asked for, and by itself while the page is being filled in."""
    work = current_work()
    centre = own_centre(work)
    page, lasting = sent_conversation(work, centre)
    by_itself = request.accept_mimetypes.best == "application/json"
    if not Form().validate():
        return _told("stale", page.visit, work) if by_itself else page.show(work, PRESS_AGAIN)
    if page.visit.row is not None and page.visit.row.sent:
        return _told("sent", page.visit, work) if by_itself else page.show(work, ALREADY_IN)
    browser = browser_key()
    visit = save_visit(work, centre, page.visit, request.form.items(multi=True), browser)
    if by_itself:
        return with_browser_key(_told("saved" if lasting else "saved anew", visit, work), browser)
    return with_browser_key(redirect(url_for("centres.visits"), 303), browser)


@blueprint.post("/centre/log/hand-over", endpoint="hand_over")
@requires(*LOGGING)
@trained
def hand_over_page() -> str | Response:
    """Save what was typed, and hand the screen to the visitor for the private questions."""
    to_the_visitor = redirect(url_for("centres.visitor"), 303)
    return _leave_saved(lambda work, visit: hand_over(work, to_the_visitor, Screen.QUESTIONS, visit))


@blueprint.post("/centre/log/map", endpoint="show_map")
@requires(*LOGGING)
@trained
def show_map_page() -> str | Response:
    """Save what was typed, and go to the map for the place."""
    return _leave_saved(
        lambda _, visit: redirect(url_for("centres.visit_map", visit_id=visit.row.id), 303) if visit.row else None
    )


@blueprint.post("/centre/hand-over", endpoint="hand_over_to_come_back")
@requires(*LOGGING)
def hand_over_to_come_back() -> str | Response:
    """Hand the screen to a visitor who is back with their code."""
    if not Form().validate():
        return render_template("errors/400.html")
    return hand_over(current_work(), redirect(url_for("centres.visitor"), 303), Screen.COME_BACK)


def _leave_saved(leave: Callable[[Work, OpenVisit], Response | None]) -> str | Response:
    """Save what was typed and leave the page; shown again, with why, where the visit cannot be left now."""
    work = current_work()
    centre = own_centre(work)
    page, lasting = sent_conversation(work, centre)
    problem = _not_now(page, lasting)
    if problem:
        return page.show(work, problem)
    browser = browser_key()
    left = leave(work, save_visit(work, centre, page.visit, request.form.items(multi=True), browser))
    return page.show(work, PRESS_AGAIN) if left is None else with_browser_key(left, browser)


def _not_now(page: Conversation, lasting: bool) -> str | None:
    """Why the visit cannot be left for another page, in words; None where it can."""
    if not Form().validate():
        return PRESS_AGAIN
    if not lasting:
        return VISIT_ENDED
    return ALREADY_IN if page.visit.row is not None and page.visit.row.sent else None


def _send(work: Work, page: Conversation) -> Report:
    receipt = receipt_of_visit(work, page.visit.key)
    report = log_report(work, page.centre, page.answers(), receipt, page.taken())
    _keep_notes(work, page.centre, report, page)
    return report


def _keep_notes(work: Work, centre: Centre, report: Report, page: Conversation) -> None:
    secret = signed_in().team_secret
    for kind, field in (
        (NoteKind.FOR_VISITOR, page.form.note),
        (NoteKind.SUPPORT_PLAN, page.form.support_plan),
        (NoteKind.DEBRIEF, page.form.debrief),
    ):
        keep_note(work, centre, report, kind, secret_of(field), secret)


def _under_a_new_visit(work: Work, page: Conversation) -> Conversation:
    return replace(page, visit=begin_visit(work, page.centre), alone={})


def _told(state: str, visit: OpenVisit, work: Work) -> Response:
    """What the page's script hears: how it stands, and the visit as it goes on."""
    return jsonify(state=state, visit=token_of(work, visit))
