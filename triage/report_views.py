"""One report before an officer: everything known, each opening recorded, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from core.access import writes
from core.forms import Form
from core.sealing import SecretKey
from core.work import Work, current_work
from reporting import queries as reports
from reporting.asides import NoCentre
from reporting.reading import DESK, open_messages
from reporting.rules import consent_from_rows, home_is_dangerous
from reporting.vocabulary import AgencyKind, Detail
from reporting.wording import in_words
from triage import queries
from triage.assessing import ReasonNeeded, choose_ward, set_level
from triage.forms import AsideForm, CloseForm, LevelForm, MessageForm, WardForm, secret_of
from triage.models import QueueEntry, Referral
from triage.pages import blueprint, entry_or_404, refuse
from triage.queueing import AlreadyTaken, NotOnDesk
from triage.reading import OpenedStep, open_officer_reason, open_steps
from triage.rules import may_move
from triage.services import (
    CannotClose,
    close_report,
    mark_conversation_read,
    open_for_desk,
    read_asides,
    write_to_centre,
    write_to_reporter,
)
from triage.vocabulary import Level, Mover, Outcome, ReferralState, WardReason

_REFUSALS = (AlreadyTaken, NotOnDesk, ReasonNeeded, CannotClose, NoCentre)


@dataclass(frozen=True, slots=True)
class ShownReferral:
    """A referral with its steps opened, and whether the desk may still take it back."""

    referral: Referral
    steps: list[OpenedStep]
    revocable: bool


@blueprint.get("/desk/reports/<report_id>", endpoint="report")
@requires(Role.OFFICER)
@writes
def report_page(report_id: str) -> str:
    """Open a report. The opening is recorded."""
    return _show(entry_or_404(report_id))


@blueprint.post("/desk/reports/<report_id>/level", endpoint="set_level")
@requires(Role.OFFICER)
def set_level_page(report_id: str) -> str | Response:
    """Set an officer's own level."""
    form = LevelForm(prefix="level")
    return _act(
        report_id,
        form,
        "The level is set.",
        lambda work, entry: set_level(work, entry, Level(form.level.data), secret_of(form.reason)),
    )


@blueprint.post("/desk/reports/<report_id>/ward", endpoint="choose_ward")
@requires(Role.OFFICER)
def choose_ward_page(report_id: str) -> str | Response:
    """Place a report in a ward by hand."""
    form = WardForm(prefix="ward")
    return _act(
        report_id,
        form,
        "The ward is set.",
        lambda work, entry: choose_ward(work, entry, form.ward.data, WardReason(form.why.data)),
    )


@blueprint.post("/desk/reports/<report_id>/message", endpoint="write")
@requires(Role.OFFICER)
def write_page(report_id: str) -> str | Response:
    """Write to the reporter, behind their code."""
    form = MessageForm(prefix="message")
    return _act(
        report_id,
        form,
        "Your message waits behind their code.",
        lambda work, entry: write_to_reporter(work, entry, secret_of(form.words)),
    )


@blueprint.post("/desk/reports/<report_id>/aside", endpoint="write_aside")
@requires(Role.OFFICER)
def aside_page(report_id: str) -> str | Response:
    """Write to the centre that logged the report, apart from the conversation with its reporter."""
    form = AsideForm(prefix="aside")
    return _act(
        report_id,
        form,
        "The centre has your note.",
        lambda work, entry: write_to_centre(work, entry, secret_of(form.words)),
    )


@blueprint.post("/desk/reports/<report_id>/close", endpoint="close")
@requires(Role.OFFICER)
def close_page(report_id: str) -> str | Response:
    """Close a report with an outcome and words to the reporter."""
    form = CloseForm(prefix="close")
    return _act(
        report_id,
        form,
        "The report is closed.",
        lambda work, entry: close_report(work, entry, Outcome(form.outcome.data), secret_of(form.words)),
    )


def _act(report_id: str, form: Form, done: str, deed: Callable[[Work, QueueEntry], None]) -> str | Response:
    """Do what a form of the report page asks, or show the page again with what was typed and why not."""
    entry = entry_or_404(report_id)
    if form.validate_on_submit():
        try:
            deed(current_work(), entry)
        except _REFUSALS as refusal:
            refuse(form, refusal)
        else:
            flash(done, "success")
            return redirect(url_for("triage.report", report_id=report_id))
    return _show(entry, form)


def _show(entry: QueueEntry, bad: Form | None = None) -> str:
    work, secret = current_work(), signed_in().team_secret
    facts = entry.report.facts
    content = open_for_desk(work, entry, secret)
    kept = reports.conversation(work.session, entry.report_id)
    messages = open_messages(work, entry.report, kept, DESK, secret)
    called_back = entry.called_back
    mark_conversation_read(work, entry, kept)
    asides = read_asides(work, entry, secret)
    names = names_of_people(work.session, [entry.taken_by] if entry.taken_by else [])
    return render_template(
        "triage/report.html",
        entry=entry,
        report=entry.report,
        facts=facts,
        content=content,
        called_back=called_back,
        dangerous_home=home_is_dangerous(facts.offender, facts.under_18, facts.setting),
        consent=_consent_in_words(entry),
        messages=messages,
        asides=asides,
        referrals=_referrals(work, entry, secret),
        officer_reason=open_officer_reason(work, entry, secret),
        taken_by_name=names.get(entry.taken_by) if entry.taken_by else None,
        is_mine=entry.taken_by == work.actor.id,
        button=Form(),
        form=bad,
        **_forms(entry, bad),
    )


def _forms(entry: QueueEntry, bad: Form | None) -> dict[str, Any]:
    """Every form of the page; the one that was just sent keeps what was typed."""
    fresh: dict[str, Callable[[], Form]] = {
        "level_form": lambda: LevelForm(formdata=None, prefix="level", level=entry.level_in_force.value),
        "ward_form": lambda: WardForm(formdata=None, prefix="ward"),
        "message_form": lambda: MessageForm(formdata=None, prefix="message"),
        "close_form": lambda: CloseForm(formdata=None, prefix="close"),
        "aside_form": lambda: AsideForm(formdata=None, prefix="aside"),
    }
    kinds = {
        "level_form": LevelForm,
        "ward_form": WardForm,
        "message_form": MessageForm,
        "close_form": CloseForm,
        "aside_form": AsideForm,
    }
    return {name: bad if isinstance(bad, kinds[name]) else make() for name, make in fresh.items()}


def _referrals(work: Work, entry: QueueEntry, secret: SecretKey) -> list[ShownReferral]:
    return [
        ShownReferral(
            referral,
            open_steps(work, referral, DESK, secret),
            may_move(referral.state, ReferralState.REVOKED, Mover.DESK),
        )
        for referral in queries.referrals_of(work.session, entry.report_id)
    ]


def _consent_in_words(entry: QueueEntry) -> list[tuple[str, str]]:
    """For each kind of agency, what it may be told."""
    consent = consent_from_rows(entry.report.consent)
    rows = []
    for kind in AgencyKind:
        details = [in_words(detail) for detail in Detail if (kind, detail) in consent]
        rows.append((in_words(kind), "; ".join(details) or "Nothing"))
    return rows
