"""Choosing agencies, seeing exactly what each would receive, sending that, and taking it back."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.vocabulary import Role
from core import audit
from core.access import writes
from core.forms import PRESS_AGAIN, offer
from core.work import current_work
from triage import queries
from triage.forms import ChooseForm, SendForm
from triage.models import Agency, QueueEntry
from triage.pages import blueprint, button_pressed, entry_or_404, not_found, refuse
from triage.queueing import AlreadyTaken, NotOnDesk
from triage.referring import ReferralRefused, obstacle_to, preview_referral, revoke_referral, send_referral
from triage.rules import MoveRefused


@blueprint.get("/desk/reports/<report_id>/refer", endpoint="refer")
@requires(Role.OFFICER)
def refer_page(report_id: str) -> str:
    """Choose agencies; those without consent are named with why."""
    return _choose(entry_or_404(report_id), ChooseForm(formdata=None, meta={"csrf": False}))


@blueprint.get("/desk/reports/<report_id>/refer/preview", endpoint="preview")
@requires(Role.OFFICER)
@writes
def preview_page(report_id: str) -> str:
    """Exactly the words that would leave, for each agency. The opening is recorded."""
    entry = entry_or_404(report_id)
    form = ChooseForm(request.args, meta={"csrf": False})
    form.agency.choices = offer((agency.team_id, agency.team.name) for agency in _agencies())
    if not form.validate():
        return _choose(entry, form)
    return _preview(entry, form.agency.data, SendForm(formdata=None))


@blueprint.post("/desk/reports/<report_id>/refer/preview", endpoint="send")
@requires(Role.OFFICER)
def send_page(report_id: str) -> str | Response:
    """Send what was previewed; when that is no longer what would leave, show it again."""
    entry = entry_or_404(report_id)
    form = SendForm()
    chosen = (form.agencies.data or "").split()
    if form.validate_on_submit():
        try:
            secret = signed_in().team_secret
            sent = send_referral(current_work(), entry, secret, chosen, form.fingerprint.data or "")
        except (ReferralRefused, AlreadyTaken, NotOnDesk) as refusal:
            refuse(form, refusal)
        else:
            names = " and ".join(referral.agency.team.name for referral in sent)
            flash(f"Sent to {names}. The reporter can read that with their code.", "success")
            return redirect(url_for("triage.report", report_id=report_id))
    return _preview(entry, chosen, form)


@blueprint.post("/desk/referrals/<referral_id>/revoke", endpoint="revoke")
@requires(Role.OFFICER)
def revoke_page(referral_id: str) -> Response:
    """Take a referral back."""
    work = current_work()
    referral = queries.referral_of_desk(work.session, referral_id) or not_found()
    try:
        if not button_pressed():
            raise MoveRefused(PRESS_AGAIN)
        revoke_referral(work, entry_or_404(referral.report_id), referral)
        flash(f"Taken back from {referral.agency.team.name}. What they already read cannot be unread.", "success")
    except (MoveRefused, AlreadyTaken, NotOnDesk) as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("triage.report", report_id=referral.report_id))


def _choose(entry: QueueEntry, form: ChooseForm) -> str:
    held = {referral.agency_id for referral in queries.open_referrals(current_work().session, entry.report_id)}
    offered = [(agency, obstacle_to(entry.report, agency, agency.team_id in held)) for agency in _agencies()]
    form.agency.choices = offer((agency.team_id, agency.team.name) for agency, obstacle in offered if not obstacle)
    return render_template(
        "triage/refer.html",
        entry=entry,
        report=entry.report,
        form=form,
        offered=[agency for agency, obstacle in offered if not obstacle],
        barred=[(agency, obstacle) for agency, obstacle in offered if obstacle],
    )


def _preview(entry: QueueEntry, agency_ids: list[str], form: SendForm) -> str:
    work = current_work()
    preview = preview_referral(work, entry.report, signed_in().team_secret, agency_ids)
    audit.record(work, "referral previewed", entry.report_id)
    form.agencies.data = " ".join(one.agency.team_id for one in preview.each)
    form.fingerprint.data = preview.fingerprint
    return render_template("triage/preview.html", entry=entry, report=entry.report, preview=preview, form=form)


def _agencies() -> list[Agency]:
    return queries.agencies(current_work().session)
