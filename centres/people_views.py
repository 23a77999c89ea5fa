"""A lead looks after the people of their own centre: invitations, training, the end of access."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.invitations import invite, revoke
from accounts.models import Person
from accounts.queries import invitation_of, person_of
from accounts.services import EnrolmentRefused
from accounts.vocabulary import Role
from centres import queries
from centres.blueprint import blueprint
from centres.pages import button_pressed, not_found, own_centre, refuse, taken_back, team_of
from centres.permission import standing_of
from centres.presenting import training_rows
from centres.staff_forms import InviteForm, TrainingForm
from centres.staffing import StaffingRefused, end_colleague, record_training, remove_training
from centres.vocabulary import Course
from core.forms import PRESS_AGAIN, Form
from core.work import current_work


@blueprint.get("/centre/people", endpoint="people")
@requires(Role.CENTRE_LEAD)
def people_page() -> str:
    """Who works here, how their training stands, and who is invited."""
    work = current_work()
    centre = own_centre(work)
    return render_template("centres/people.html", centre=centre, team=team_of(work, centre), button=Form(formdata=None))


@blueprint.route("/centre/people/invite", methods=["GET", "POST"], endpoint="invite")
@requires(Role.CENTRE_LEAD)
def invite_page() -> str:
    """Invite one person; the code is shown once."""
    centre, form = own_centre(current_work()), InviteForm()
    if form.validate_on_submit():
        me = signed_in()
        name = " ".join((form.name.data or "").split())
        try:
            made = invite(current_work(), me.person.team, me.team_secret, Role(form.role.data), name)
            return render_template("accounts/invitation.html", made=made, back=url_for("centres.people"))
        except EnrolmentRefused as refusal:
            refuse(form, refusal)
    return render_template("centres/invite.html", centre=centre, form=form)


@blueprint.post("/centre/people/invitations/<invitation_id>/revoke", endpoint="revoke_invitation")
@requires(Role.CENTRE_LEAD)
def revoke_page(invitation_id: str) -> Response:
    """Take an invitation back."""
    work = current_work()
    invitation = invitation_of(work.session, own_centre(work).id, invitation_id) or not_found()
    if button_pressed():
        flash(*taken_back(invitation, revoke(work, invitation)))
    else:
        flash(PRESS_AGAIN, "warning")
    return redirect(url_for("centres.people"))


@blueprint.get("/centre/people/<person_id>", endpoint="person")
@requires(Role.CENTRE_LEAD)
def person_page(person_id: str) -> str:
    """A colleague: their training, and the end of their access."""
    return _person(_colleague(person_id), TrainingForm(formdata=None))


@blueprint.post("/centre/people/<person_id>/training", endpoint="record_training")
@requires(Role.CENTRE_LEAD)
def record_page(person_id: str) -> str | Response:
    """Note a course that a colleague completed."""
    person, form = _colleague(person_id), TrainingForm()
    if form.validate():
        try:
            record_training(
                current_work(), person, Course(form.course.data), form.completed_on.data, form.months.data or None
            )
        except StaffingRefused as refusal:
            refuse(form, refusal)
        else:
            flash(f"The training of {person.name} is recorded.", "success")
            return redirect(url_for("centres.person", person_id=person.id))
    return _person(person, form)


@blueprint.post("/centre/people/<person_id>/training/<training_id>/remove", endpoint="remove_training")
@requires(Role.CENTRE_LEAD)
def remove_page(person_id: str, training_id: str) -> Response:
    """Take back a record made by mistake."""
    person = _colleague(person_id)
    training = queries.training_of(current_work().session, person.id, training_id) or not_found()
    try:
        if not button_pressed():
            raise StaffingRefused(PRESS_AGAIN)
        remove_training(current_work(), training)
        flash("The record was taken back.", "success")
    except StaffingRefused as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("centres.person", person_id=person.id))


@blueprint.post("/centre/people/<person_id>/end", endpoint="end_access")
@requires(Role.CENTRE_LEAD)
def end_page(person_id: str) -> Response:
    """End a colleague's access, at once."""
    person = _colleague(person_id)
    try:
        if not button_pressed():
            raise StaffingRefused(PRESS_AGAIN)
        end_colleague(current_work(), person)
    except StaffingRefused as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("centres.person", person_id=person.id))
    flash(f"{person.name} has no access any more.", "success")
    return redirect(url_for("centres.people"))


def _colleague(person_id: str) -> Person:
    work = current_work()
    return person_of(work.session, own_centre(work).id, person_id) or not_found()


def _person(person: Person, form: TrainingForm) -> str:
    work = current_work()
    return render_template(
        "centres/person.html",
        person=person,
        is_me=person.id == signed_in().person.id,
        standing=standing_of(work, person),
        trainings=training_rows(queries.trainings_of(work.session, person.id)),
        form=form,
        button=Form(formdata=None),
        addresses={
            "back": url_for("centres.people"),
            "record": url_for("centres.record_training", person_id=person.id),
            "end": url_for("centres.end_access", person_id=person.id),
            "role": url_for("centres.change_role", person_id=person.id),
            "way_back": url_for("centres.way_back", person_id=person.id),
            "new_key": None,
        },
        remove="centres.remove_training",
        more={"person_id": person.id},
    )
