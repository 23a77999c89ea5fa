"""What the centre's own pages share: who they are for, and whose they are."""

from flask import abort, request
from werkzeug.wrappers import Response

from accounts.access import signed_in
from accounts.vocabulary import Role
from centres import queries
from centres.models import Centre
from core.sealing import Key, new_key
from core.work import Work, harbour
from reporting.drafts import key_of_cookie, to_cookie
from reporting.locating import city, ward_name
from reporting.models import Report
from reporting.queries import CentreRow

LOGGING = (Role.CENTRE_LEAD, Role.CENTRE_STAFF)
"""Everybody of a centre."""
BROWSER_COOKIE = "harbour_visits"


def own_centre(work: Work) -> Centre:
    """The signed-in person's own centre; nobody names another."""
    centre = queries.centre_of(work.session, signed_in().person.team_id)
    if centre is None:
        abort(403)
    return centre


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


def wards_in_words(row: CentreRow) -> str:
    """A report's wards of today, the likeliest first; empty while it is not placed."""
    today = city().current_vintage
    return " or ".join(ward_name(ward) for vintage, ward in row.wards if vintage == today)
