"""Somebody who forgot their password comes back, and who leads a centre changes: by a lead, or the coordinator."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.invitations import NewInvitation, invite_back, invite_back_anew, revoke
from accounts.models import Person
from accounts.queries import invitation_of, person_of
from accounts.services import EnrolmentRefused
from accounts.vocabulary import Role
from centres import queries
from centres.blueprint import blueprint
from centres.keeping import count_sealed_to
from centres.models import Centre
from centres.pages import button_pressed, not_found, own_centre, taken_back
from centres.staff_forms import NewKeyForm, RoleForm
from centres.staffing import StaffingRefused, change_role
from core.forms import PRESS_AGAIN
from core.work import current_work


@blueprint.post("/centre/people/<person_id>/way-back", endpoint="way_back")
@requires(Role.CENTRE_LEAD)
def way_back_page(person_id: str) -> str | Response:
    """A code for a colleague who forgot their password; it carries the centre's key, so nothing is lost."""
    person, me = _colleague(person_id), signed_in()
    back = url_for("centres.person", person_id=person.id)
    try:
        if not button_pressed():
            raise StaffingRefused(PRESS_AGAIN)
        if person.id == me.person.id:
            raise StaffingRefused("You are signed in: you need no way back.")
        return _code(invite_back(current_work(), person, me.team_secret), back)
    except (StaffingRefused, EnrolmentRefused) as refusal:
        flash(str(refusal), "warning")
        return redirect(back)


@blueprint.post("/centre/people/<person_id>/role", endpoint="change_role")
@requires(Role.CENTRE_LEAD)
def role_page(person_id: str) -> Response:
    """Make a colleague a lead, or a lead staff."""
    person = _colleague(person_id)
    _change_role(person)
    # Whoever stepped down themselves has no people to look after.
    if signed_in().person.role is not Role.CENTRE_LEAD:
        return redirect(url_for("centres.reports"))
    return redirect(url_for("centres.person", person_id=person.id))


@blueprint.post("/network/centres/<centre_id>/people/<person_id>/role", endpoint="network_change_role")
@requires(Role.COORDINATOR)
def network_role_page(centre_id: str, person_id: str) -> Response:
    """The same by the coordinator, above all where the only lead cannot get in."""
    _, person = _of_centre(centre_id, person_id)
    _change_role(person)
    return redirect(url_for("centres.network_person", centre_id=centre_id, person_id=person_id))


@blueprint.route("/network/centres/<centre_id>/people/<person_id>/new-key", methods=["GET", "POST"], endpoint="new_key")
@requires(Role.COORDINATOR)
def new_key_page(centre_id: str, person_id: str) -> str | Response:
    """A code for a lead where nobody can open the centre's key: what is lost is said before it is made."""
    centre, person = _of_centre(centre_id, person_id)
    if person.role is not Role.CENTRE_LEAD or person.left_at is not None:
        abort(404)
    work, form = current_work(), NewKeyForm()
    if form.validate_on_submit():
        back = url_for("centres.network_centre", centre_id=centre.id)
        return _code(invite_back_anew(work, person), back)
    notes, words = count_sealed_to(work.session, centre)
    others = [(each_id, name) for each_id, name in queries.people_of(work.session, centre) if each_id != person.id]
    return render_template(
        "centres/new_key.html", centre=centre, person=person, form=form, notes=notes, words=words, others=others
    )


@blueprint.post("/network/centres/<centre_id>/invitations/<invitation_id>/revoke", endpoint="network_revoke_invitation")
@requires(Role.COORDINATOR)
def network_revoke_page(centre_id: str, invitation_id: str) -> Response:
    """Take back a code that the coordinator gave; a centre's own invitations are its lead's."""
    work = current_work()
    centre = queries.centre_of(work.session, centre_id) or not_found()
    invitation = invitation_of(work.session, centre.id, invitation_id) or not_found()
    if person_of(work.session, centre.id, invitation.invited_by or "") is not None:
        abort(404)
    if button_pressed():
        flash(*taken_back(invitation, revoke(work, invitation)))
    else:
        flash(PRESS_AGAIN, "warning")
    return redirect(url_for("centres.network_centre", centre_id=centre.id))


def _change_role(person: Person) -> None:
    form = RoleForm()
    try:
        if not form.validate():
            raise StaffingRefused(PRESS_AGAIN)
        change_role(current_work(), person, Role(form.role.data))
        flash(f"{person.name} is {person.role.value} now.", "success")
    except StaffingRefused as refusal:
        flash(str(refusal), "warning")


def _code(made: NewInvitation, back: str) -> str:
    return render_template("accounts/invitation.html", made=made, back=back)


def _colleague(person_id: str) -> Person:
    work = current_work()
    return person_of(work.session, own_centre(work).id, person_id) or not_found()


def _of_centre(centre_id: str, person_id: str) -> tuple[Centre, Person]:
    session = current_work().session
    centre = queries.centre_of(session, centre_id) or not_found()
    return centre, person_of(session, centre.id, person_id) or not_found()
