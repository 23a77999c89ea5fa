"""Coming back with the code: what has happened, messages both ways."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.throttle import spend_guess
from core.access import public, writes
from core.forms import Form
from core.sealing import Secret
from core.work import Work, current_work
from reporting import queries
from reporting.access import ReceiptHolder, holds_receipt, let_in, let_out, receipt_holder
from reporting.blueprint import blueprint
from reporting.models import Message
from reporting.page_parts import reading_time
from reporting.reading import REPORTER, open_messages, open_report
from reporting.receipt import MistypedCode, Receipt, read_code
from reporting.return_forms import CodeForm, ReplyForm
from reporting.rules import consent_from_rows
from reporting.services import as_reporter, find_by_receipt, mark_read_by_reporter, write_message
from reporting.vocabulary import AgencyKind, Author
from reporting.wording import in_words, listed

_PURPOSE = "receipt code"
UNKNOWN_CODE = "We have no report with this code. Check every letter against what you wrote down."
TOO_MANY = "Too many wrong codes came from this connection. Wait five minutes, then try again."


@blueprint.route("/come-back", methods=["GET", "POST"], endpoint="come_back")
@public
def come_back_page() -> str | Response:
    """Type the code. A mistyped one is told before any look-up; a wrong one takes as long as a right one."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _open(read_code(form.code.data or ""), form)
        except MistypedCode as mistake:
            form.code.errors = [str(mistake)]
    return render_template("reporting/come_back.html", form=form)


@blueprint.route("/your-report", methods=["GET", "POST"], endpoint="your_report")
@holds_receipt
@writes
def your_report_page() -> str | Response:
    """What has happened since last time, and a message to the team."""
    work = as_reporter(current_work())
    holder = receipt_holder()
    form = ReplyForm()
    if form.validate_on_submit():
        write_message(work, holder.report, Author.REPORTER, "You", Secret(form.words.data or ""))
        flash("Your message is with the team.", "success")
        return redirect(url_for("reporting.your_report"))
    kept = queries.conversation(work.session, holder.report.id)
    page = _show(work, holder, form, kept)
    if request.method == "GET":
        mark_read_by_reporter(work, kept)
    return page


@blueprint.post("/your-report/close", endpoint="close_report")
@holds_receipt
def close_report() -> Response:
    """Close and leave: the code must be typed again."""
    if not Form().validate():
        return redirect(url_for("reporting.your_report"))
    flash("Your report is closed on this device.")
    return let_out(current_work(), redirect(url_for("reporting.come_back")))


def _open(receipt: Receipt, form: CodeForm) -> str | Response:
    work = as_reporter(current_work())
    report = find_by_receipt(work, receipt)
    if report is not None:
        # A right code is no guess, however many wrong ones came from the same library before it.
        return let_in(work, report, receipt, redirect(url_for("reporting.your_report")))
    slowed = not spend_guess(_PURPOSE, request.remote_addr or "")
    form.code.errors = [TOO_MANY if slowed else UNKNOWN_CODE]
    return render_template("reporting/come_back.html", form=form)


def _show(work: Work, holder: ReceiptHolder, form: ReplyForm, kept: Sequence[Message]) -> str:
    report = holder.report
    messages = open_messages(work, report, kept, REPORTER, holder.secret)
    agencies: set[AgencyKind] = {agency for agency, _ in consent_from_rows(report.consent)}
    return render_template(
        "reporting/your_report.html",
        report=report,
        state=in_words(report.state),
        sharing=listed(agencies),
        messages=messages,
        opened=open_report(work, report, REPORTER, holder.secret),
        form=form,
        **reading_time(),
    )
