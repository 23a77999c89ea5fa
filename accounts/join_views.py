"""Joining with an invitation: its code is typed, never part of an address."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.forms import JoinForm
from accounts.invitations import CameBack, InvitationRefused, UnknownInvitation, join
from accounts.pages import at_the_staff_door, blueprint, with_cookie
from accounts.services import EnrolmentRefused, SignedIn, sign_in
from accounts.throttle import spend_guess
from accounts.vocabulary import Role
from core.access import public
from core.codes import MistypedCode
from core.sealing import Secret
from core.work import Work

TOO_MANY = "Too many wrong codes came from this connection. Wait five minutes, then try again."
SIGN_OUT_FIRST = "You are signed in. Sign out first if somebody else is to join on this computer."


@blueprint.route("/join", methods=["GET", "POST"], endpoint="join")
@public
def join_page() -> str | Response:
    """Use an invitation, choose a password, and be signed in."""
    if current_user.is_authenticated:
        flash(SIGN_OUT_FIRST)
        return redirect(url_for("home"))
    form = JoinForm()
    if form.validate_on_submit():
        work = at_the_staff_door()
        newcomer = _join(work, form)
        if newcomer is not None:
            flash(_welcome(newcomer), "success")
            return with_cookie(work, redirect(url_for("home")), sign_in(work, newcomer))
    return render_template("accounts/join.html", form=form)


def _welcome(newcomer: SignedIn) -> str:
    if isinstance(newcomer, CameBack):
        return f"Welcome back, {newcomer.person.name}. Sign in with your new password from now on."
    if newcomer.person.role is Role.PARTNER:
        return f"Welcome, {newcomer.person.name}. You can tell the triage team what you hear."
    return f"Welcome, {newcomer.person.name}. You have joined {newcomer.person.team.name}."


def _join(work: Work, form: JoinForm) -> SignedIn | None:
    """Who joined; None with the reason beside the field. A right code is no guess, however many came before it."""
    try:
        return join(work, form.code.data or "", form.email.data or "", Secret(form.password.data or ""))
    except UnknownInvitation as unknown:
        slowed = not spend_guess("invitation", request.remote_addr or "")
        form.code.errors = [TOO_MANY if slowed else str(unknown)]
    except (InvitationRefused, MistypedCode) as refusal:
        form.code.errors = [str(refusal)]
    except EnrolmentRefused as refusal:
        form.email.errors = [str(refusal)]
    return None
