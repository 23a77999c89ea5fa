"""What the centre's own pages share: who they are for, and whose they are."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn

from flask import abort, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from accounts.access import signed_in
from accounts.models import Invitation
from accounts.models import Team as OwnTeam
from accounts.queries import open_invitations, people_of
from accounts.vocabulary import Closure, Role
from centres import queries
from centres.blueprint import blueprint
from centres.models import Centre
from centres.permission import standing_of, today
from centres.presenting import Colleague, Team
from centres.standing import Standing, standing
from centres.visit_models import Visit
from centres.visits import OpenVisit, open_saved
from centres.vocabulary import CentreState
from centres.wording import MOVING, in_words, tone_of
from core.forms import Form, came_from_our_page
from core.sealing import Key, new_key
from core.work import Work, current_work, harbour
from reporting.drafts import key_of_cookie, to_cookie
from reporting.locating import city, ward_name
from reporting.models import Report
from reporting.queries import CentreRow

LOGGING = (Role.CENTRE_LEAD, Role.CENTRE_STAFF)
"""Everybody of a centre."""
BROWSER_COOKIE = "harbour_visits"
Gone = tuple[str, int]


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What templates of the room say stored words with."""
    return {"word_for": in_words, "tone_for": tone_of, "my_standing": my_standing, "leads": leads, "moving": MOVING}


def own_centre(work: Work) -> Centre:
    """The signed-in person's own active centre; nobody names another. Before its lead agreed, that page comes first.

    Whoever is still there while the centre is not, because it was suspended or left, is told so.
    """
    centre = queries.centre_of(work.session, signed_in().person.team_id)
    if centre is None:
        abort(403)
    if centre.state is CentreState.APPROVED:
        abort(redirect(url_for("centres.agreement")))
    if centre.state is not CentreState.ACTIVE:
        abort(make_response(closed_page(signed_in().person.team, centre), 403))
    return centre


def closed_page(team: OwnTeam, centre: Centre) -> str:
    """The same words as at the sign-in page."""
    why = Closure.SUSPENDED if centre.state is CentreState.SUSPENDED else Closure.LEFT
    return render_template("accounts/team_closed.html", team=team, why=why)


@blueprint.app_template_global("closed_since")
def closed_since(team_id: str, why: Closure) -> datetime | None:
    """Since when a centre is suspended, or has left; None for a team that is no centre."""
    return queries.stands_since(current_work().session, team_id, CentreState(why.value))


def my_standing() -> Standing:
    """How whoever is signed in stands with their training."""
    return standing_of(current_work(), signed_in().person)


def leads() -> bool:
    """Whether whoever is signed in is a lead of their centre."""
    return signed_in().person.role is Role.CENTRE_LEAD


def trained(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view that logs run only for somebody with valid training; what they had typed is kept in the page."""

    @wraps(view)
    def only_trained(*arguments: Any, **names: Any) -> Any:
        own_centre(current_work())
        if my_standing().may_log:
            return view(*arguments, **names)
        sent = list(request.form.items(multi=True)) if came_from_our_page() else []
        return render_template("centres/training_needed.html", standing=my_standing(), sent=sent), 403

    return only_trained


def team_of(work: Work, centre: Centre) -> Team:
    """The people of a centre, for its lead or the coordinator."""
    trainings = queries.trainings_of_team(work.session, centre.id)
    people = people_of(work.session, centre.id)
    there = tuple(
        Colleague(person, standing((each.trained for each in trainings.get(person.id, ())), today(work)))
        for person in people
        if person.left_at is None
    )
    left = tuple(person for person in people if person.left_at is not None)
    return Team(there, left, tuple(open_invitations(work.session, centre.id, work.now)))


def not_found() -> NoReturn:
    """Answer as if it did not exist, whether it does or not."""
    abort(404)


def button_pressed() -> bool:
    """Whether a bare button was pressed with a good token."""
    return bool(Form().validate_on_submit())


def refuse(form: Form, words: object) -> None:
    """Show a refusal above what was typed."""
    form.form_errors = [*form.form_errors, str(words)]


def taken_back(invitation: Invitation, done: bool) -> tuple[str, str]:
    """What to say after an invitation was to be taken back, and in which tone."""
    if not done:
        return f"Too late: the code of {invitation.name} was used already. You can end their access.", "warning"
    return f"The invitation of {invitation.name} was taken back.", "success"


def own_report(work: Work, report_id: str) -> Report:
    """A report that the signed-in person's centre logged; any other is not found."""
    return queries.report_of(work.session, own_centre(work), report_id) or abort(404)


def browser_key() -> Key:
    """The key of this browser, under which it finds its saved visits again; a new one where it has none."""
    return known_browser_key() or new_key()


def known_browser_key() -> Key | None:
    """The key that this browser holds, if any."""
    return key_of_cookie(request.cookies.get(BROWSER_COOKIE))


def with_browser_key(response: Response, key: Key) -> Response:
    """Let the browser keep its key until it is closed."""
    secure = harbour().settings.secure_cookies
    response.set_cookie(BROWSER_COOKIE, to_cookie(key), httponly=True, samesite="Strict", secure=secure)
    return response


def own_visit(work: Work, visit_id: str) -> OpenVisit | None:
    """The signed-in person's own open visit, in the browser that saved it; None for any other."""
    centre = own_centre(work)
    row = work.session.scalar(select(Visit).where(Visit.id == visit_id))
    is_own = row is not None and (row.centre_id, row.person_id) == (centre.id, work.actor.id)
    if row is None or not is_own or row.ends_at <= work.now:
        return None
    return open_saved(work, row, known_browser_key())


def visit_gone() -> Gone:
    """The page in place of a visit that is over, or somebody else's."""
    return render_template("centres/visit_gone.html"), 404


def wards_in_words(row: CentreRow) -> str:
    """A report's wards of today, the likeliest first; empty while it is not placed."""
    current = city().current_vintage
    return " or ".join(ward_name(ward) for vintage, ward in row.wards if vintage == current)
