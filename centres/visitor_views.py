"""What a visitor sees who was handed the screen: nothing of the centre, and what they write is locked at once."""

from typing import Any

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.services import AccessEnded
from accounts.throttle import spend_guess
from centres.blueprint import blueprint
from centres.envelopes import open_envelope, seal_envelope
from centres.forms import EnvelopeForm, GiveBackForm, PassphraseForm, secret_of
from centres.handing import clear_screen, held_screen, holds_screen, take_back
from centres.receipt_page import sheet
from centres.visits import close_visit, receipt_of_visit, seal_private
from centres.vocabulary import Screen
from core.forms import Form
from core.sealing import Secret
from core.work import current_work
from reporting import queries as reports
from reporting.access import let_out
from reporting.drafts import OpenDraft
from reporting.forms import QuestionForm
from reporting.models import Report
from reporting.page_parts import fields_of
from reporting.questions import QUESTIONS, Question
from reporting.receipt import Receipt
from reporting.services import find_by_receipt

PRIVATE = tuple(question for question in QUESTIONS if question.private)
WRONG_PASSPHRASE = "That does not open an envelope. Check every word, and try again."
TOO_MANY = "That was tried too often. Wait five minutes, then try again."
NOT_THEIRS = "That is not the password of the member of staff who handed over the screen, or it was tried too often."


@blueprint.get("/visitor", endpoint="visitor")
@holds_screen
def visitor_page() -> str | Response:
    """What the screen was handed over for."""
    held = held_screen()
    if held.screen is Screen.QUESTIONS:
        return _ask([(question, question.form()) for question in PRIVATE])
    if held.screen is Screen.CODE:
        return _code()
    if held.screen is Screen.ENVELOPE:
        return render_template("centres/visitor/envelope.html", form=PassphraseForm())
    if held.screen is Screen.DONE:
        return redirect(url_for("centres.give_back"))
    return render_template("centres/visitor/come_back.html", form=Form())


@blueprint.post("/visitor/answers", endpoint="visitor_answers")
@holds_screen
def answers_page() -> str | Response:
    """Lock what the visitor answered alone; from here on no page shows it."""
    work, held = current_work(), held_screen()
    forms = [(question, question.form()) for question in PRIVATE]
    if not all([form.validate() for _, form in forms]):
        return _ask(forms)
    visit = held.visit(work)
    if visit is None or held.screen is not Screen.QUESTIONS:
        return redirect(url_for("centres.visitor"), 303)
    given = {question.slug: form.answer() for question, form in forms}
    seal_private(
        work, visit, {slug: each for slug, each in given.items() if not OpenDraft(visit.key, {slug: each}).is_empty}
    )
    return redirect(url_for("centres.give_back"), 303)


@blueprint.post("/visitor/envelope", endpoint="visitor_envelope")
@holds_screen
def envelope_page() -> str | Response:
    """Lay the code into an envelope under a passphrase of the visitor's own."""
    work, form = current_work(), EnvelopeForm()
    receipt, report = _receipt_in_hand()
    if receipt is None or report is None:
        return redirect(url_for("centres.visitor"), 303)
    if not form.validate():
        return _code(form)
    seal_envelope(work, report, receipt, secret_of(form.passphrase))
    return _code(sealed=True)


@blueprint.post("/visitor/open-envelope", endpoint="visitor_open_envelope")
@holds_screen
def open_envelope_page() -> str | Response:
    """Show the code in the envelope to whoever knows its passphrase."""
    work, held, form = current_work(), held_screen(), PassphraseForm()
    report = reports.report(work.session, held.report_id) if held.report_id else None
    if held.screen is not Screen.ENVELOPE or report is None:
        return redirect(url_for("centres.visitor"), 303)
    if not form.validate():
        return render_template("centres/visitor/envelope.html", form=form)
    if not spend_guess("envelope", report.id):
        form.passphrase.errors = [TOO_MANY]
        return render_template("centres/visitor/envelope.html", form=form)
    receipt = open_envelope(work, report, secret_of(form.passphrase))
    if receipt is None:
        form.passphrase.errors = [WRONG_PASSPHRASE]
        return render_template("centres/visitor/envelope.html", form=form)
    return _show_code(receipt, report, opened=True)


@blueprint.post("/visitor/done", endpoint="visitor_done")
@holds_screen
def done_page() -> Response:
    """The visitor has what they need: no press on Back shows their code, or their report, to whoever comes next."""
    work, held = current_work(), held_screen()
    answer = redirect(url_for("centres.give_back"), 303)
    if not Form().validate() or held.screen is Screen.QUESTIONS:
        return answer
    _close_visit_of_code()
    return let_out(work, clear_screen(work, held, answer))


@blueprint.route("/visitor/give-back", methods=["GET", "POST"], endpoint="give_back")
@holds_screen
def give_back_page() -> str | Response:
    """Give the screen back: only the member of staff who handed it over goes on, with their own password."""
    work, held, form = current_work(), held_screen(), GiveBackForm()
    if form.validate_on_submit():
        try:
            answer = take_back(held, Secret(form.password.data or ""), redirect(_back_at_the_centre(), 303))
        except AccessEnded as why:
            # The centre was suspended while the visitor had the screen: what they wrote stays sealed.
            form.password.errors = [str(why)]
        else:
            if answer is not None:
                _close_visit_of_code()
                return let_out(work, answer)
            form.password.errors = [NOT_THEIRS]
    return render_template("centres/visitor/give_back.html", form=form, screen=held.screen)


def _close_visit_of_code() -> None:
    """The visitor has their code: nobody opens the visit again."""
    work, held = current_work(), held_screen()
    visit = held.visit(work)
    if held.screen is Screen.CODE and visit and visit.row:
        close_visit(work, visit.row)


def _back_at_the_centre() -> str:
    held = held_screen()
    visit = held.visit(current_work())
    if held.screen is Screen.QUESTIONS and visit and visit.row:
        return url_for("centres.visit", visit_id=visit.row.id)
    if held.report_id:
        return url_for("centres.report", report_id=held.report_id)
    return url_for("centres.reports")


def _receipt_in_hand() -> tuple[Receipt | None, Report | None]:
    work, held = current_work(), held_screen()
    if held.screen is not Screen.CODE or held.key is None:
        return None, None
    receipt = receipt_of_visit(work, held.key)
    return receipt, find_by_receipt(work, receipt)


def _code(form: EnvelopeForm | None = None, sealed: bool = False) -> str:
    receipt, report = _receipt_in_hand()
    if receipt is None or report is None:
        return render_template("centres/visitor/give_back.html", form=GiveBackForm(formdata=None), screen="gone")
    return _show_code(receipt, report, form=form or EnvelopeForm(formdata=None), sealed=sealed)


def _show_code(receipt: Receipt, report: Report, **more: Any) -> str:
    shown = {"form": Form(formdata=None), "sealed": False, "opened": False, **more}
    words = sheet(report.language, report.reference)
    return render_template("centres/visitor/code.html", code=receipt.code, **words, **shown)


def _ask(forms: list[tuple[Question, QuestionForm]]) -> str:
    ended = held_screen().visit(current_work()) is None
    return render_template("centres/visitor/questions.html", forms=forms, fields_of=fields_of, ended=ended)
