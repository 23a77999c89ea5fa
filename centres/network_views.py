"""The coordinator's side: who asks to be a centre, what was seen to, and what becomes of each."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.invitations import NewInvitation
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from centres import queries
from centres.becoming import (
    NameTaken,
    approve,
    change_life,
    change_place,
    invite_lead_again,
    lacks_lead,
    move,
    name_lead,
    note_checks,
)
from centres.blueprint import blueprint
from centres.ending import contact_ends
from centres.models import Centre
from centres.network_forms import ChecksForm, MoveForm
from centres.pages import button_pressed, not_found, team_of
from centres.place_forms import CentreForm, LeadForm, fields_of_life, fields_of_place
from centres.presenting import life_rows, place_rows
from centres.rules import MoveRefused, moves_for
from centres.tokens import to_be_rotated
from centres.vocabulary import CentreState, Check, Reason
from core.forms import PRESS_AGAIN, Form
from core.work import current_work

_LAST_PAGE = 10_000


@blueprint.get("/network/centres", endpoint="network")
@requires(Role.COORDINATOR)
def network_page() -> str:
    """The centres of one state, beginning with who asks."""
    session = current_work().session
    asked = request.args.get("state", "")
    state = CentreState(asked) if asked in list(CentreState) else CentreState.APPLIED
    return render_template(
        "centres/network.html",
        state=state,
        counts=queries.count_by_state(session),
        states=list(CentreState),
        page=queries.centres_in(session, state, _page_number(request.args.get("page", ""))),
    )


@blueprint.get("/network/centres/<centre_id>", endpoint="network_centre")
@requires(Role.COORDINATOR)
def centre_page(centre_id: str) -> str:
    """One centre or application: what it says, what was seen to, what may become of it."""
    return _show(_centre(centre_id))


@blueprint.post("/network/centres/<centre_id>/checks", endpoint="note_checks")
@requires(Role.COORDINATOR)
def checks_page(centre_id: str) -> str | Response:
    """Save what was seen to."""
    centre, form = _centre(centre_id), ChecksForm()
    if not form.validate():
        return _show(centre, checks=form)
    note_checks(current_work(), centre, [Check(word) for word in form.checks.data or []])
    flash("Saved.", "success")
    return redirect(url_for("centres.network_centre", centre_id=centre.id))


@blueprint.post("/network/centres/<centre_id>/approve", endpoint="approve")
@requires(Role.COORDINATOR)
def approve_page(centre_id: str) -> str | Response:
    """Approve; the lead's code is shown once."""
    return _invite(_centre(centre_id), again=False)


@blueprint.post("/network/centres/<centre_id>/invite-again", endpoint="invite_lead_again")
@requires(Role.COORDINATOR)
def invite_again_page(centre_id: str) -> str | Response:
    """A new code for a lead who has not joined."""
    return _invite(_centre(centre_id), again=True)


@blueprint.post("/network/centres/<centre_id>/lead", endpoint="name_lead")
@requires(Role.COORDINATOR)
def lead_page(centre_id: str) -> str | Response:
    """Say whom to invite, where that was forgotten in time."""
    centre, form = _centre(centre_id), LeadForm()
    if not form.validate():
        return _show(centre, lead=form)
    try:
        name_lead(current_work(), centre, form.lead())
    except MoveRefused as refusal:
        flash(str(refusal), "warning")
    else:
        flash("Saved.", "success")
    return redirect(url_for("centres.network_centre", centre_id=centre.id))


@blueprint.route("/network/centres/<centre_id>/move/<to>", methods=["GET", "POST"], endpoint="move_centre")
@requires(Role.COORDINATOR)
def move_page(centre_id: str, to: str) -> str | Response:
    """Decline, suspend, take back, let go, or look again: what it means, and why."""
    centre = _centre(centre_id)
    state = CentreState(to) if to in set(CentreState) - {CentreState.APPROVED} else not_found()
    form = MoveForm.towards(state)
    if form.validate_on_submit():
        try:
            chosen = form.reason.data
            move(current_work(), centre, state, Reason(chosen) if chosen in set(Reason) else None)
        except MoveRefused as refusal:
            form.reason.errors = [str(refusal)]
        else:
            flash(f"{centre.name}: {_DONE[state]}", "success")
            return redirect(url_for("centres.network_centre", centre_id=centre.id))
    return render_template("centres/move.html", centre=centre, to=state, form=form)


@blueprint.route("/network/centres/<centre_id>/change", methods=["GET", "POST"], endpoint="change_centre")
@requires(Role.COORDINATOR)
def change_page(centre_id: str) -> str | Response:
    """Change anything public."""
    centre = _centre(centre_id)
    form = CentreForm(data={**fields_of_place(centre.place), **fields_of_life(centre.life)})
    if form.validate_on_submit():
        try:
            change_place(current_work(), centre, form.place())
        except NameTaken as taken:
            form.name.errors = [str(taken)]
        else:
            change_life(current_work(), centre, form.life())
            flash("Saved.", "success")
            return redirect(url_for("centres.network_centre", centre_id=centre.id))
    return render_template("centres/change_centre.html", centre=centre, form=form)


_DONE = {
    CentreState.APPLIED: "the application is open again.",
    CentreState.ACTIVE: "its people can sign in again.",
    CentreState.SUSPENDED: "suspended. Its people were signed out.",
    CentreState.DECLINED: "declined. Tell them why.",
    CentreState.LEFT: "it has left. Its people were signed out.",
}


def _centre(centre_id: str) -> Centre:
    return queries.centre_of(current_work().session, centre_id) or not_found()


def _invite(centre: Centre, *, again: bool) -> str | Response:
    work = current_work()
    made: NewInvitation | None = None
    try:
        if not button_pressed():
            raise MoveRefused(PRESS_AGAIN)
        made = invite_lead_again(work, centre) if again else approve(work, centre)
    except MoveRefused as refusal:
        flash(str(refusal), "warning")
    else:
        if made is not None:
            back = url_for("centres.network_centre", centre_id=centre.id)
            return render_template("accounts/invitation.html", made=made, back=back)
        flash(f"{centre.name} is approved again. Its lead signs in and accepts the agreement.", "success")
    return redirect(url_for("centres.network_centre", centre_id=centre.id))


def _show(centre: Centre, checks: ChecksForm | None = None, lead: LeadForm | None = None) -> str:
    work = current_work()
    known, steps = queries.checks_of(work.session, centre), queries.steps_of(work.session, centre)
    moved_at = steps[-1].moved_at if steps else centre.applied_at
    return render_template(
        "centres/network_centre.html",
        centre=centre,
        place=place_rows(centre.place),
        life=life_rows(centre.life),
        checks_form=checks or ChecksForm(formdata=None, data={"checks": [check.value for check in known]}),
        lead_form=(lead or LeadForm(formdata=None)) if lacks_lead(centre) else None,
        unchecked=[check for check in Check if check not in known],
        moves=[to for to in moves_for(centre.state, Role.COORDINATOR) if to is not CentreState.APPROVED],
        steps=steps,
        contact_ends=contact_ends(centre.state, moved_at, centre.lead_named_at, work.harbour.settings.keep),
        names=names_of_people(work.session, {step.moved_by for step in steps if step.moved_by}),
        team=team_of(work, centre),
        copies=to_be_rotated(work, centre),
        button=Form(formdata=None),
    )


def _page_number(asked: str) -> int:
    """A page from 1; anything else is the first."""
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return min(max(number, 1), _LAST_PAGE)
