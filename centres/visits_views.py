"""Open visits: saved for later today, or sent with a code that the visitor does not have yet."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires
from centres.blueprint import blueprint
from centres.conversation_page import saved_conversation
from centres.handing import hand_over
from centres.pages import LOGGING, Gone, known_browser_key, own_centre, own_visit, visit_gone
from centres.receipt_page import receipt_for_staff
from centres.visits import close_visit, open_saved, receipt_of_visit, saved_visits
from centres.vocabulary import Screen
from core.forms import Form
from core.work import current_work
from reporting.services import find_by_receipt

Answer = str | Response | Gone


@blueprint.get("/centre/visits", endpoint="visits")
@requires(*LOGGING)
def visits_page() -> str:
    """The person's own open visits, by time and a word that says nothing."""
    work = current_work()
    browser = known_browser_key()
    rows = saved_visits(work, own_centre(work))
    here = {row.id for row in rows if open_saved(work, row, browser)}
    return render_template("centres/visits.html", rows=rows, here=here, button=Form())


@blueprint.get("/centre/visits/<visit_id>", endpoint="visit")
@requires(*LOGGING)
def visit_page(visit_id: str) -> Answer:
    """Go on with a saved visit, or see the receipt of one that was sent."""
    work = current_work()
    visit = own_visit(work, visit_id)
    if visit is None or visit.row is None:
        return visit_gone()
    if not visit.row.sent:
        return saved_conversation(work, own_centre(work), visit).show(work)
    report = find_by_receipt(work, receipt_of_visit(work, visit.key))
    return receipt_for_staff(work, visit, report) if report else visit_gone()


@blueprint.post("/centre/visits/<visit_id>/hand-over", endpoint="hand_over_code")
@requires(*LOGGING)
def hand_over_code(visit_id: str) -> Answer:
    """Hand the screen to the visitor, for their code and their envelope."""
    work = current_work()
    visit = own_visit(work, visit_id)
    if visit is None or visit.row is None or not visit.row.sent:
        return visit_gone()
    if not Form().validate():
        return redirect(url_for("centres.visit", visit_id=visit_id), 303)
    return hand_over(work, redirect(url_for("centres.visitor"), 303), Screen.CODE, visit)


@blueprint.post("/centre/visits/<visit_id>/close", endpoint="close_visit")
@requires(*LOGGING)
def close_page(visit_id: str) -> Answer:
    """The visitor has their code, or wants nothing kept of what was saved."""
    work = current_work()
    visit = own_visit(work, visit_id)
    if visit is None or visit.row is None:
        return visit_gone()
    if not Form().validate():
        return redirect(url_for("centres.visits"), 303)
    was_sent = visit.row.sent
    close_visit(work, visit.row)
    flash("The visit is closed." if was_sent else "What was saved of the visit is deleted.", "success")
    return redirect(url_for("centres.reports" if was_sent else "centres.visits"), 303)
