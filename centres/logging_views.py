"""Logging a report for a visitor."""

from flask import render_template
from werkzeug.wrappers import Response

from accounts.access import requires
from centres.blueprint import blueprint
from centres.forms import VisitForm
from centres.models import Centre
from centres.pages import LOGGING, own_centre, trained
from centres.services import log_report
from core.work import current_work
from reporting import drafts
from reporting.drafts import OpenDraft
from reporting.forms import QuestionForm
from reporting.page_parts import reading_time, sharing_words
from reporting.questions import Question
from reporting.services import AlreadySent
from reporting.views import NOTHING_SAID, all_forms

ALREADY_LOGGED = (
    "The report before is in, with the code that you were shown. This page says something else and was not sent. "
    "Send it to log another report, or let the visitor add it as a message with their code."
)
AskedForms = list[tuple[Question, QuestionForm]]


@blueprint.get("/centre/log", endpoint="log_report")
@requires(*LOGGING)
@trained
def log_page() -> str:
    """The questions, worded for a conversation, for a new visit."""
    draft = drafts.start_draft()
    return _ask(own_centre(current_work()), VisitForm(formdata=None, data={"visit": draft.cookie}), all_forms(draft))


@blueprint.post("/centre/log", endpoint="send_report")
@requires(*LOGGING)
@trained
def send_page() -> str | Response:
    """Send the visitor's report; sent twice, it is one report with one code."""
    work = current_work()
    centre = own_centre(work)
    visit = VisitForm()
    forms = all_forms(None)
    key = drafts.key_of_cookie(visit.visit.data)
    holds = all([visit.validate(), *[form.validate() for _, form in forms]])
    if key is None:
        visit.visit.data = drafts.start_draft().cookie
        holds = False
    if not holds or key is None:
        return _ask(centre, visit, forms)
    draft = OpenDraft(key, {question.slug: form.answer() for question, form in forms})
    if draft.is_empty:
        return _ask(centre, visit, forms, NOTHING_SAID)
    try:
        report = log_report(work, centre, drafts.answers_of(draft), draft.receipt)
    except AlreadySent:
        # Back was pressed and something changed: it must neither be lost nor overwrite what has its code.
        visit.visit.data = drafts.start_draft().cookie
        return _ask(centre, visit, forms, ALREADY_LOGGED)
    code = draft.receipt.code
    return render_template("centres/receipt.html", report=report, code=code, **reading_time())


def _ask(centre: Centre, visit: VisitForm, forms: AskedForms, problem: str | None = None) -> str:
    return render_template(
        "centres/log.html", centre=centre, visit=visit, forms=forms, problem=problem, **sharing_words()
    )
