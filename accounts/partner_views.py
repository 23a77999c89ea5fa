"""The coordinator looks after community partners: invites them, takes invitations back, ends their access."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.forms import PartnerForm
from accounts.invitations import NewInvitation, revoke
from accounts.models import Person, Team
from accounts.pages import blueprint
from accounts.partners import PartnerRefused, end_partner, invite_partner, let_back_in, make_way_back
from accounts.queries import invitation_as, open_invitations_as, people_in_kind, people_of, team_of_kind
from accounts.vocabulary import Role, TeamKind
from core.forms import PRESS_AGAIN, Form
from core.work import Work, current_work


@blueprint.get("/network/partners", endpoint="partners")
@requires(Role.COORDINATOR)
def partners_page() -> str:
    """Who tells the desk what they hear without working at a centre, who is invited, and whose access ended."""
    work = current_work()
    people = people_in_kind(work.session, TeamKind.PARTNER)
    return render_template(
        "accounts/partners.html",
        there=[person for person in people if person.team.closed is None],
        ended=[person for person in people if person.team.closed is not None],
        invited=open_invitations_as(work.session, Role.PARTNER, work.now),
        button=Form(formdata=None),
    )


@blueprint.route("/network/partners/invite", methods=["GET", "POST"], endpoint="invite_partner")
@requires(Role.COORDINATOR)
def invite_page() -> str:
    """Invite one person of an organisation; the code is shown once."""
    form = PartnerForm()
    if form.validate_on_submit():
        try:
            made = invite_partner(current_work(), form.name.data or "", form.organisation.data or "")
        except PartnerRefused as refusal:
            form.name.errors = [str(refusal)]
        else:
            return _code(made)
    return render_template("accounts/invite_partner.html", form=form)


@blueprint.post("/network/partners/invitations/<invitation_id>/revoke", endpoint="revoke_partner_invitation")
@requires(Role.COORDINATOR)
def revoke_page(invitation_id: str) -> Response:
    """Take an invitation back."""
    work = current_work()
    invitation = invitation_as(work.session, Role.PARTNER, invitation_id) or abort(404)
    if Form().validate():
        revoke(work, invitation)
        flash(f"The invitation of {invitation.name} was taken back.", "success")
    else:
        flash(PRESS_AGAIN, "warning")
    return redirect(url_for("accounts.partners"))


@blueprint.get("/network/partners/<team_id>", endpoint="partner")
@requires(Role.COORDINATOR)
def partner_page(team_id: str) -> str:
    """One partner, and what may be done about their access."""
    return render_template("accounts/partner.html", person=_person(_team(team_id)), button=Form(formdata=None))


@blueprint.post("/network/partners/<team_id>/way-back", endpoint="partner_way_back")
@requires(Role.COORDINATOR)
def way_back_page(team_id: str) -> str | Response:
    """A code for a partner who forgot their password; shown once."""
    team = _team(team_id)
    try:
        if not Form().validate():
            raise PartnerRefused(PRESS_AGAIN)
        return _code(make_way_back(current_work(), _person(team)))
    except PartnerRefused as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("accounts.partner", team_id=team.id))


@blueprint.post("/network/partners/<team_id>/end", endpoint="end_partner")
@requires(Role.COORDINATOR)
def end_page(team_id: str) -> Response:
    """End a partner's access, at once."""
    return _changed(_team(team_id), end_partner, "{name} has no access any more.")


@blueprint.post("/network/partners/<team_id>/let-in", endpoint="let_partner_in")
@requires(Role.COORDINATOR)
def let_in_page(team_id: str) -> Response:
    """Let a partner in again."""
    return _changed(_team(team_id), let_back_in, "{name} can sign in again.")


def _changed(team: Team, change: Callable[[Work, Team], None], told: str) -> Response:
    try:
        if not Form().validate():
            raise PartnerRefused(PRESS_AGAIN)
        change(current_work(), team)
    except PartnerRefused as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("accounts.partner", team_id=team.id))
    flash(told.format(name=_person(team).name), "success")
    return redirect(url_for("accounts.partners"))


def _code(made: NewInvitation) -> str:
    return render_template("accounts/invitation.html", made=made, back=url_for("accounts.partners"))


def _team(team_id: str) -> Team:
    return team_of_kind(current_work().session, TeamKind.PARTNER, team_id) or abort(404)


def _person(team: Team) -> Person:
    [person] = people_of(current_work().session, team.id)
    return person
