"""A centre's own page for its lead, and the agreement that makes it a centre."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.vocabulary import Role
from centres import queries
from centres.becoming import accept_agreement, change_life
from centres.blueprint import blueprint
from centres.models import Centre
from centres.pages import LOGGING, own_centre, team_of
from centres.place_forms import LifeForm, fields_of_life
from centres.presenting import life_rows, place_rows
from centres.rules import AGREEMENT, MoveRefused
from centres.tokens import to_be_rotated
from centres.vocabulary import CentreState
from core.forms import PRESS_AGAIN, Form
from core.work import current_work


@blueprint.get("/centre/details", endpoint="details")
@requires(Role.CENTRE_LEAD)
def details_page() -> str:
    """What visitors are told, and what wants the lead's attention."""
    work = current_work()
    centre = own_centre(work)
    return render_template(
        "centres/details.html",
        centre=centre,
        place=place_rows(centre.place),
        life=life_rows(centre.life),
        wanting=team_of(work, centre).wanting_training,
        newer_agreement=centre.agreement != AGREEMENT,
        copies=len(to_be_rotated(work, centre)),
    )


@blueprint.route("/centre/details/change", methods=["GET", "POST"], endpoint="change_details")
@requires(Role.CENTRE_LEAD)
def change_page() -> str | Response:
    """Change hours, languages, access and words."""
    centre = own_centre(current_work())
    form = LifeForm(data=fields_of_life(centre.life))
    if form.validate_on_submit():
        change_life(current_work(), centre, form.life())
        flash("Saved. Visitors see it from now on.", "success")
        return redirect(url_for("centres.details"))
    return render_template("centres/change_details.html", centre=centre, form=form)


@blueprint.get("/centre/agreement", endpoint="agreement")
@requires(*LOGGING)
def agreement_page() -> str:
    """The agreement, for whoever wants to read it; the lead may accept it."""
    return _agreement(_centre(), Form(formdata=None))


@blueprint.post("/centre/agreement/accept", endpoint="accept_agreement")
@requires(Role.CENTRE_LEAD)
def accept_page() -> str | Response:
    """Accept it: from now on the place is a centre."""
    centre, form = _centre(), Form()
    if not form.validate():
        flash(PRESS_AGAIN, "warning")
        return _agreement(centre, form)
    try:
        accept_agreement(current_work(), centre)
    except MoveRefused as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("centres.agreement"))
    flash(f"{centre.name} is a reporting centre now. Thank you.", "success")
    return redirect(url_for("centres.details"))


def _centre() -> Centre:
    """The signed-in person's own centre, whether its lead agreed yet or not."""
    centre = queries.centre_of(current_work().session, signed_in().person.team_id)
    agrees = centre is not None and centre.state is CentreState.APPROVED
    return centre if centre is not None and agrees else own_centre(current_work())


def _agreement(centre: Centre, form: Form) -> str:
    return render_template(
        "centres/agreement.html",
        centre=centre,
        form=form,
        text=f"centres/agreements/{AGREEMENT}.html",
        version=AGREEMENT,
        accepted=centre.state is CentreState.ACTIVE and centre.agreement == AGREEMENT,
    )
