"""The coordinator records training: above all that of a lead, which nobody else may record."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.models import Person
from accounts.queries import person_of
from accounts.vocabulary import Role
from centres import queries
from centres.blueprint import blueprint
from centres.pages import button_pressed, not_found, refuse
from centres.permission import standing_of
from centres.presenting import training_rows
from centres.staff_forms import TrainingForm
from centres.staffing import StaffingRefused, record_training, remove_training
from centres.vocabulary import Course
from core.forms import PRESS_AGAIN, Form
from core.work import current_work


@blueprint.get("/network/centres/<centre_id>/people/<person_id>", endpoint="network_person")
@requires(Role.COORDINATOR)
def person_page(centre_id: str, person_id: str) -> str:
    """Somebody of a centre, and their training."""
    return _show(_person(centre_id, person_id), TrainingForm(formdata=None))


@blueprint.post("/network/centres/<centre_id>/people/<person_id>/training", endpoint="network_record_training")
@requires(Role.COORDINATOR)
def record_page(centre_id: str, person_id: str) -> str | Response:
    """Note a course that they completed."""
    person, form = _person(centre_id, person_id), TrainingForm()
    if form.validate():
        try:
            record_training(
                current_work(), person, Course(form.course.data), form.completed_on.data, form.months.data or None
            )
        except StaffingRefused as refusal:
            refuse(form, refusal)
        else:
            flash(f"The training of {person.name} is recorded.", "success")
            return redirect(url_for("centres.network_person", centre_id=centre_id, person_id=person_id))
    return _show(person, form)


@blueprint.post(
    "/network/centres/<centre_id>/people/<person_id>/training/<training_id>/remove", endpoint="network_remove_training"
)
@requires(Role.COORDINATOR)
def remove_page(centre_id: str, person_id: str, training_id: str) -> Response:
    """Take back a record made by mistake."""
    person = _person(centre_id, person_id)
    training = queries.training_of(current_work().session, person.id, training_id) or not_found()
    if button_pressed():
        remove_training(current_work(), training)
        flash("The record was taken back.", "success")
    else:
        flash(PRESS_AGAIN, "warning")
    return redirect(url_for("centres.network_person", centre_id=centre_id, person_id=person_id))


def _person(centre_id: str, person_id: str) -> Person:
    session = current_work().session
    centre = queries.centre_of(session, centre_id) or not_found()
    return person_of(session, centre.id, person_id) or not_found()


def _show(person: Person, form: TrainingForm) -> str:
    work = current_work()
    return render_template(
        "centres/person.html",
        person=person,
        is_me=False,
        standing=standing_of(work, person),
        trainings=training_rows(queries.trainings_of(work.session, person.id)),
        form=form,
        button=Form(formdata=None),
        addresses={
            "back": url_for("centres.network_centre", centre_id=person.team_id),
            "record": url_for("centres.network_record_training", centre_id=person.team_id, person_id=person.id),
            "end": None,
            "role": url_for("centres.network_change_role", centre_id=person.team_id, person_id=person.id),
            "way_back": None,
            "new_key": url_for("centres.new_key", centre_id=person.team_id, person_id=person.id),
        },
        remove="centres.network_remove_training",
        more={"centre_id": person.team_id, "person_id": person.id},
    )
