"""An agency's pages: what was referred to it, opened with its own key, and its answers."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.vocabulary import Role
from core import audit
from core.access import writes
from core.forms import Form
from core.work import Work, current_work
from triage import queries
from triage.answering import accept, decline, note_progress, record_outcome
from triage.forms import DeclineForm, OutcomeForm, ProgressForm, secret_of
from triage.models import Referral
from triage.pages import blueprint, not_found, refuse
from triage.reading import AGENCY, open_package, open_steps
from triage.rules import MoveRefused, moves_of
from triage.vocabulary import Mover, Outcome


@blueprint.get("/agency/referrals", endpoint="referrals")
@requires(Role.CASEWORKER)
def referrals_page() -> str:
    """What was referred to this caseworker's agency: no word of it before it is opened."""
    team = signed_in().person.team
    found = queries.referrals_for_agency(current_work().session, team.id)
    return render_template("triage/referrals.html", team=team, referrals=found)


@blueprint.get("/agency/referrals/<referral_id>", endpoint="referral")
@requires(Role.CASEWORKER)
@writes
def referral_page(referral_id: str) -> str:
    """Open one referral. The opening is recorded."""
    return _show(_referral_or_404(referral_id))


@blueprint.post("/agency/referrals/<referral_id>/accept", endpoint="accept")
@requires(Role.CASEWORKER)
def accept_page(referral_id: str) -> str | Response:
    """Take a referral on."""
    return _act(referral_id, Form(), "Accepted. The person who reported can read that with their code.", accept)


@blueprint.post("/agency/referrals/<referral_id>/decline", endpoint="decline")
@requires(Role.CASEWORKER)
def decline_page(referral_id: str) -> str | Response:
    """Give a referral back, with why."""
    form = DeclineForm(prefix="decline")
    return _act(
        referral_id,
        form,
        "Declined. The desk has it back, with your reason.",
        lambda work, referral: decline(work, referral, secret_of(form.reason)),
    )


@blueprint.post("/agency/referrals/<referral_id>/progress", endpoint="progress")
@requires(Role.CASEWORKER)
def progress_page(referral_id: str) -> str | Response:
    """Say how it goes."""
    form = ProgressForm(prefix="progress")
    return _act(
        referral_id,
        form,
        "Your note is with the desk.",
        lambda work, referral: note_progress(work, referral, secret_of(form.note)),
    )


@blueprint.post("/agency/referrals/<referral_id>/outcome", endpoint="outcome")
@requires(Role.CASEWORKER)
def outcome_page(referral_id: str) -> str | Response:
    """Say what was done."""
    form = OutcomeForm(prefix="outcome")
    return _act(
        referral_id,
        form,
        "Thank you. The person who reported can read it with their code.",
        lambda work, referral: record_outcome(work, referral, Outcome(form.outcome.data), secret_of(form.words)),
    )


def _referral_or_404(referral_id: str) -> Referral:
    team_id = signed_in().person.team_id
    return queries.referral_for_agency(current_work().session, team_id, referral_id) or not_found()


def _act(referral_id: str, form: Form, done: str, deed: Callable[[Work, Referral], None]) -> str | Response:
    referral = _referral_or_404(referral_id)
    if form.validate_on_submit():
        try:
            deed(current_work(), referral)
        except MoveRefused as refusal:
            refuse(form, refusal)
        else:
            flash(done, "success")
            return redirect(url_for("triage.referral", referral_id=referral_id))
    return _show(referral, form)


def _show(referral: Referral, bad: Form | None = None) -> str:
    work, secret = current_work(), signed_in().team_secret
    shut = AGENCY not in referral.package.wraps
    reference, lines = ("", []) if shut else open_package(work, referral, AGENCY, secret)
    audit.record(work, "referral opened", referral.id, {"report": referral.report_id})
    return render_template(
        "triage/referral.html",
        referral=referral,
        reference=reference,
        lines=lines,
        shut=shut,
        steps=open_steps(work, referral, AGENCY, secret),
        moves=moves_of(referral.state, Mover.AGENCY),
        form=bad,
        accept_form=Form(formdata=None),
        decline_form=bad if isinstance(bad, DeclineForm) else DeclineForm(formdata=None, prefix="decline"),
        progress_form=bad if isinstance(bad, ProgressForm) else ProgressForm(formdata=None, prefix="progress"),
        outcome_form=bad if isinstance(bad, OutcomeForm) else OutcomeForm(formdata=None, prefix="outcome"),
    )
