"""The public journey: one question a page, check, send, receipt."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, session, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from core.access import public
from core.forms import PRESS_AGAIN, Form
from core.work import Work, current_work
from reporting import drafts
from reporting.blueprint import blueprint
from reporting.drafts import OpenDraft
from reporting.forms import QuestionForm
from reporting.kept_words import told_periods
from reporting.leaving import leave_now, wipe_afterwards
from reporting.page_parts import (
    DRAFT_COOKIE,
    answer_beside,
    fields_of,
    keep_draft,
    place_on_page,
    reading_time,
    show_start,
    way_back,
    writable_draft,
)
from reporting.questions import BY_SLUG, QUESTIONS, Question, after, before, step_of
from reporting.receipt import receipt_of_draft
from reporting.services import AlreadySent, as_reporter, find_by_receipt, submit_report
from reporting.summary import chosen_place, mark_on_page, summary_of
from reporting.vocabulary import Safety
from reporting.whereabouts import has_mark

ALREADY_SENT = (
    "Your report is in already, and this page says something else. It was not sent again. To add something, come back "
    "with your code and write it as a message. Your code still stands on the page that you were shown."
)
NOTHING_SAID = "You have not answered anything yet. Answer at least one question, so that there is something to act on."
MARK_LEFT = "What you chose on the map was removed, because you have chosen something else since."


@blueprint.get("/report", endpoint="start")
@public
def start_page() -> str:
    """The front door: 999 first, what happens to what you tell us, when somebody next reads."""
    kept = _draft(as_reporter(current_work()))
    return show_start(heard_from=kept.heard_from if kept else None)


@blueprint.get("/privacy", endpoint="privacy")
@public
def privacy_page() -> str:
    """What is kept, who can read it, and what cannot be hidden."""
    return render_template("reporting/privacy.html", periods=told_periods(current_work().harbour.settings))


@blueprint.route("/report/<slug>", methods=["GET", "POST"], endpoint="question")
@public
def question_page(slug: str) -> str | Response | tuple[str, int]:
    """One question: shown with what was answered before, kept sealed when it is sent."""
    question = BY_SLUG.get(slug)
    if question is None:
        return render_template("errors/404.html"), 404
    work = as_reporter(current_work())
    found = _draft(work)
    kept = found.answers.get(slug, {}) if found else {}
    if request.method == "GET":
        return _show(question, question.form(data=kept or None), found)
    form = question.form()
    if not form.validate():
        return _show(question, form, found)
    draft = writable_draft(work)
    kept = draft.answers.get(slug, {})
    answer = answer_beside(kept, form)
    if has_mark(kept) and not has_mark(answer) and "forget_point" not in request.form:
        flash(MARK_LEFT, "info")
    drafts.save_answer(work, draft, slug, answer)
    return keep_draft(redirect(_next_page(question, form)), draft)


@blueprint.get("/report/not-safe", endpoint="not_safe")
@public
def not_safe_page() -> str:
    """What to do in danger; the door stays open."""
    return render_template("reporting/not_safe.html", next_url=_url(QUESTIONS[1]), back_url=_url(QUESTIONS[0]))


@blueprint.route("/report/check", methods=["GET", "POST"], endpoint="check")
@public
def check_page() -> str | Response:
    """Check your answers, and send."""
    work = as_reporter(current_work())
    draft = drafts.open_draft(work, request.cookies.get(DRAFT_COOKIE))
    if draft and find_by_receipt(work, draft.receipt):
        return redirect(url_for("reporting.receipt"))
    form = Form()
    problem = None
    if form.validate_on_submit():
        if draft and not draft.is_empty:
            return _send(work, draft)
        problem = NOTHING_SAID
    elif request.method == "POST":
        problem = PRESS_AGAIN
    return _check(draft, form, problem, _url(QUESTIONS[-1]))


@blueprint.route("/report/one-page", methods=["GET", "POST"], endpoint="one_page")
@public
def one_page() -> str | Response:
    """Every question on one page, for those who would rather see it whole."""
    work = as_reporter(current_work())
    # The same form sent again is the same report; opening the page anew gives another draft, and another report.
    draft = (_draft(work) if request.method == "POST" else None) or writable_draft(work)
    forms = all_forms(None if request.method == "POST" else draft)
    where = place_on_page(request.form) if request.method == "POST" else draft.answers.get("where", {})
    problem = None
    if request.method == "POST" and all([form.validate() for _, form in forms]):
        for question, form in forms:
            draft.answers[question.slug] = answer_beside(where, form)
        if not request.cookies.get(DRAFT_COOKIE):
            # Without the cookie a lost reply could not find its report again, so it is set before anything is sent.
            problem = PRESS_AGAIN
        elif draft.is_empty:
            problem = NOTHING_SAID
        else:
            try:
                return _send(work, draft)
            except AlreadySent:
                problem = ALREADY_SENT
    page = render_template(
        "reporting/one_page.html",
        forms=forms,
        problem=problem,
        fields_of=fields_of,
        marked=mark_on_page(where, "forget_point" in request.form),
        heard_from=draft.heard_from,
    )
    return keep_draft(Response(page, mimetype="text/html"), draft)


@blueprint.get("/report/receipt", endpoint="receipt")
@public
def receipt_page() -> str | Response:
    """The code, for as long as the draft's cookie is here."""
    work = as_reporter(current_work())
    key = drafts.key_of_cookie(request.cookies.get(DRAFT_COOKIE))
    receipt = receipt_of_draft(key) if key else None
    report = find_by_receipt(work, receipt) if receipt else None
    if receipt is None or report is None:
        return redirect(url_for("reporting.start"))
    if report.received_at + timedelta(hours=work.harbour.settings.draft_hours) < work.now:
        # A browser that brings its tabs back months later must not show the code to whoever holds it then.
        return wipe_afterwards(_without_cookie(redirect(url_for("reporting.start"))))
    return render_template("reporting/receipt.html", code=receipt.code, report=report, form=Form(), **reading_time())


@blueprint.post("/report/receipt", endpoint="receipt_kept")
@public
def receipt_kept() -> Response:
    """The code is written down: nothing of it stays in this browser."""
    if not Form().validate():
        return redirect(url_for("reporting.receipt"))
    response = _without_cookie(redirect(url_for("reporting.thanks")))
    session.clear()
    return response


@blueprint.get("/report/thanks", endpoint="thanks")
@public
def thanks_page() -> str:
    """What happens next, without the code."""
    return render_template("reporting/thanks.html", **reading_time())


@blueprint.post("/report/heard-from", endpoint="forget_heard_from")
@public
def forget_heard_from() -> Response:
    """Not sent here by that centre, or better not said: nothing of it stays."""
    work = as_reporter(current_work())
    draft = _draft(work)
    if Form().validate() and draft is not None and draft.heard_from is not None:
        drafts.note_heard_from(work, draft, None)
    return redirect(url_for("reporting.check") if draft and not draft.is_empty else url_for("reporting.start"))


@blueprint.post("/report/again", endpoint="again")
@public
def start_again() -> Response:
    """Begin another report: the draft before it is wiped."""
    if not Form().validate():
        return redirect(url_for("reporting.start"))
    key = drafts.key_of_cookie(request.cookies.get(DRAFT_COOKIE))
    if key is not None:
        drafts.discard_draft(as_reporter(current_work()), key)
    return _without_cookie(redirect(_url(QUESTIONS[0])))


@blueprint.get("/leave", endpoint="leave")
@public
def leave() -> Response:
    """Exit this page: the browser goes somewhere harmless, and the draft is wiped.

    A GET, so that it is a plain link; the cookie is same-site, so no other site can do this to somebody.
    """
    return wipe_afterwards(leave_now())


def all_forms(draft: OpenDraft | None) -> list[tuple[Question, QuestionForm]]:
    """Every question with its form, filled from a draft or, without one, from the request."""
    if draft is None:
        return [(question, question.form()) for question in QUESTIONS]
    return [(question, question.form(data=draft.answers.get(question.slug))) for question in QUESTIONS]


def _send(work: Work, draft: OpenDraft) -> str | Response:
    try:
        answers = drafts.answers_of(draft)
    except ValidationError:
        # Only an answer that no form lets in comes here; the pages ask again for what does not hold.
        return _check(draft, Form(), PRESS_AGAIN, None)
    submit_report(work, answers, drafts.public_origin(draft), draft.receipt)
    drafts.discard_draft(work, draft.key)
    return keep_draft(redirect(url_for("reporting.receipt")), draft)


def _check(draft: OpenDraft | None, form: Form, problem: str | None, back_url: str | None) -> str:
    return render_template(
        "reporting/check.html",
        form=form,
        rows=summary_of(draft.answers if draft else {}),
        heard_from=draft.heard_from if draft else None,
        problem=problem,
        back_url=back_url,
    )


def _show(question: Question, form: QuestionForm, found: OpenDraft | None) -> str:
    """A question, with what is kept of its answer beside its form."""
    earlier = before(question)
    kept = found.answers.get(question.slug, {}) if found else {}
    return render_template(
        "reporting/question.html",
        question=question,
        form=form,
        chosen=chosen_place(kept),
        marked=has_mark(kept),
        heard_from=found.heard_from if found else None,
        step=step_of(question),
        steps=len(QUESTIONS),
        back_url=_url(earlier) if earlier else url_for("reporting.start"),
        fields_of=fields_of,
    )


def _next_page(question: Question, form: QuestionForm) -> str:
    if "on_the_map" in request.form:
        return url_for("reporting.map", **way_back())
    if "forget_point" in request.form:
        return url_for("reporting.question", slug=question.slug, _anchor="place", **way_back())
    if question.slug == "safe-now" and form.answer().get("safety") == Safety.UNSAFE.value:
        return url_for("reporting.not_safe")
    following = after(question)
    return _url(following) if following and not way_back() else url_for("reporting.check")


def _draft(work: Work) -> OpenDraft | None:
    return drafts.open_draft(work, request.cookies.get(DRAFT_COOKIE))


def _without_cookie(response: Response) -> Response:
    response.delete_cookie(DRAFT_COOKIE)
    return response


def _url(question: Question) -> str:
    return url_for("reporting.question", slug=question.slug)
