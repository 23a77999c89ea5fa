"""Oversight: the coordinator's page of every centre, and each centre's page of its own numbers."""

from flask import render_template

from accounts.access import requires
from accounts.vocabulary import Role
from centres.blueprint import blueprint
from centres.oversight import heard_where, numbers_of, oversee, reach_of_centres
from centres.oversight_presentation import draw_months, draw_reach
from centres.oversight_queries import centres_overseen
from centres.pages import LOGGING, own_centre, team_of
from core.work import current_work


@blueprint.get("/network/oversight", endpoint="oversight")
@requires(Role.COORDINATOR)
def oversight_page() -> str:
    """Every centre's year, who has gone quiet, and where no centre is near."""
    work = current_work()
    centres = centres_overseen(work.session)
    wards = reach_of_centres(centres)
    return render_template(
        "centres/oversight.html",
        numbers=oversee(work, {centre.id: team_of(work, centre).training_in_words for centre in centres}),
        wards=wards,
        heard=heard_where(work),
        reach=draw_reach(wards, centres),
        draw_months=draw_months,
    )


@blueprint.get("/centre/numbers", endpoint="numbers")
@requires(*LOGGING)
def numbers_page() -> str:
    """A centre's own year."""
    work = current_work()
    return render_template(
        "centres/numbers.html", numbers=numbers_of(work, own_centre(work)), draw_months=draw_months, issued=None
    )
