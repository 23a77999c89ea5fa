"""The blueprint of signing in and joining, and what its pages share."""

from flask import Blueprint
from werkzeug.wrappers import Response

from accounts.access import COOKIE
from core.db import db
from core.work import SYSTEM, Work, begin_work, harbour

blueprint = Blueprint("accounts", __name__)


def at_the_staff_door() -> Work:
    """The request's transaction for somebody not signed in yet who is no reporter: its times are exact."""
    return begin_work(harbour(), db.session(), SYSTEM)


def with_cookie(work: Work, response: Response, value: str) -> Response:
    """The answer, with the cookie of a session just opened."""
    settings = work.harbour.settings
    response.set_cookie(COOKIE, value, httponly=True, samesite="Lax", secure=settings.secure_cookies)
    return response
