"""Signing in and out, and the first officer's set-up."""

import hmac
from urllib.parse import urlsplit

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts import queries
from accounts.access import COOKIE, requires
from accounts.forms import SetUpForm, SignInForm
from accounts.join_views import join_page
from accounts.pages import at_the_staff_door, blueprint, with_cookie
from accounts.partner_views import partners_page
from accounts.services import (
    AccessEnded,
    EnrolmentRefused,
    TeamClosed,
    check_password,
    enrol,
    found_team,
    sign_in,
    sign_out,
)
from accounts.throttle import FROM_EVERYWHERE, spend_guess
from accounts.vocabulary import Role, TeamKind
from core.access import public
from core.forms import PRESS_AGAIN, Form
from core.sealing import Secret
from core.work import Work, current_work

__all__ = ["blueprint", "join_page", "partners_page", "set_up_page", "sign_in_page", "sign_out_page"]


@blueprint.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public
def sign_in_page() -> str | Response | tuple[str, int]:
    """Sign in; a wrong address and a wrong password look and take the same."""
    form = SignInForm()
    if current_user.is_authenticated:
        return redirect(url_for("home"))
    if form.validate_on_submit():
        work = at_the_staff_door()
        email = form.email.data or ""
        if not _may_guess(email.lower()):
            form.password.errors = ["Too many tries for this address. Wait five minutes, then try again."]
            return render_template("accounts/sign_in.html", form=form)
        try:
            found = check_password(work, email, Secret(form.password.data or ""))
        except AccessEnded as ended:
            if isinstance(ended, TeamClosed) and ended.team.kind is TeamKind.CENTRE:
                return render_template("accounts/team_closed.html", team=ended.team, why=ended.why), 403
            form.password.errors = [str(ended)]
            return render_template("accounts/sign_in.html", form=form)
        if found is not None:
            return with_cookie(work, redirect(_safe_next()), sign_in(work, found))
        form.password.errors = ["That email address and password do not belong together. Check both."]
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/sign-out", endpoint="sign_out")
@requires(*Role)
def sign_out_page() -> Response:
    """Close the session and forget the cookie."""
    if not Form().validate():
        flash(PRESS_AGAIN)
        return redirect(url_for("home"))
    sign_out(current_work(), request.cookies.get(COOKIE))
    flash("You are signed out.")
    response = redirect(url_for("accounts.sign_in"))
    response.delete_cookie(COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.route("/set-up", methods=["GET", "POST"], endpoint="set_up")
@public
def set_up_page() -> str | Response:
    """Make the desk's key and its first officer, once, with the code that the start command printed."""
    work = at_the_staff_door()
    if queries.the_desk(work.session) is not None:
        abort(404)
    form = SetUpForm()
    if form.validate_on_submit():
        if not spend_guess("set-up", "") or not _code_is_right(form.code.data or ""):
            form.code.errors = ["That is not the code that the start command printed."]
        elif _found_desk(work, form):
            flash("The desk is ready. Sign in.")
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/set_up.html", form=form)


def _may_guess(email: str) -> bool:
    """Few tries for an address from one place, and more from all places together."""
    here = spend_guess("sign-in here", f"{request.remote_addr} {email}")
    return here and spend_guess("sign-in", email, FROM_EVERYWHERE)


def _found_desk(work: Work, form: SetUpForm) -> bool:
    desk, secret = found_team(work, TeamKind.DESK, "Triage desk")
    password = Secret(form.password.data or "")
    try:
        enrol(work, desk, secret, Role.OFFICER, form.name.data or "", form.email.data or "", password)
    except EnrolmentRefused as refusal:
        work.session.rollback()
        form.password.errors = [str(refusal)]
        return False
    return True


def _code_is_right(code: str) -> bool:
    path = current_app.extensions["harbour"].settings.key_folder / "set-up.code"
    return path.exists() and hmac.compare_digest(path.read_text().strip(), code.strip())


def _safe_next() -> str:
    """Where the person was going, if that is a page of this site; anything else goes home."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if plain and not parts.scheme and not parts.netloc else url_for("home")
