"""Handing the screen to a visitor: the member of staff is signed out, and only their own password brings them back.

While the visitor has the screen, this browser holds no key of the centre. What it holds opens one visit, one envelope,
or nothing at all.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from accounts.access import COOKIE as STAFF_COOKIE
from accounts.access import signed_in
from accounts.models import Person
from accounts.services import SignedIn, check_password, sign_in, sign_out
from accounts.sessions import close_session, open_session, resume_session
from accounts.throttle import spend_guess
from centres.visits import OpenVisit, find_visit
from centres.vocabulary import Screen
from core import audit
from core.access import Access, declare
from core.db import db
from core.sealing import Key, Secret
from core.work import SYSTEM, Work, begin_work, current_work, harbour
from reporting.drafts import key_of_cookie, to_cookie

COOKIE = "harbour_screen"
_KIND = "screen"
LONGEST = timedelta(hours=4)
"""How long a screen is handed over for at most, from the full hour on, where no visit's own end is nearer."""


@dataclass(frozen=True, slots=True, repr=False)
class HeldScreen:
    """A handed-over screen: whose it is, what it shows, and the one visit or report that it is about."""

    person: Person
    screen: Screen
    key: Key | None
    report_id: str | None
    ends_at: datetime

    def visit(self, work: Work) -> OpenVisit | None:
        """The visit it is about, unless that has ended."""
        row = find_visit(work, self.key) if self.key else None
        return OpenVisit(self.key, row.ends_at, row) if self.key and row else None


def hand_over(
    work: Work, response: Response, screen: Screen, visit: OpenVisit | None = None, report_id: str | None = None
) -> Response:
    """Sign the member of staff out of this browser, and give it what the visitor's screen needs."""
    # To the hour, as whatever a visitor causes.
    coarse = work.coarsened()
    ends_at = visit.ends_at if visit else coarse.now + LONGEST
    audit.record(coarse, "screen handed over", work.actor.id, {"screen": screen.value})
    _lend(coarse, response, HeldScreen(signed_in().person, screen, visit.key if visit else None, report_id, ends_at))
    sign_out(coarse, request.cookies.get(STAFF_COOKIE))
    # Tokens of the centre's pages end here: what they sent cannot be sent again by pressing Back.
    session.clear()
    response.delete_cookie(STAFF_COOKIE)
    return response


def clear_screen(work: Work, held: HeldScreen, response: Response) -> Response:
    """The visitor has what they need: until the password is typed, this screen shows nothing of theirs any more."""
    close_session(work, request.cookies.get(COOKIE))
    _lend(work.coarsened(), response, HeldScreen(held.person, Screen.DONE, None, held.report_id, held.ends_at))
    return response


def take_back(held: HeldScreen, password: Secret, response: Response) -> Response | None:
    """Sign the same member of staff in again; None when the password is not theirs, or was guessed at too often."""
    if not spend_guess("hand back", held.person.id):
        return None
    work = begin_work(harbour(), db.session(), SYSTEM)
    found: SignedIn | None = check_password(work, held.person.email, password)
    if found is None:
        return None
    close_session(work, request.cookies.get(COOKIE))
    session.clear()
    response.delete_cookie(COOKIE)
    secure = work.harbour.settings.secure_cookies
    response.set_cookie(STAFF_COOKIE, sign_in(work, found), httponly=True, samesite="Lax", secure=secure)
    return response


def held_screen() -> HeldScreen:
    """The screen of this request, in a view that `holds_screen`."""
    held: HeldScreen = g.held_screen
    return held


def _lend(work: Work, response: Response, held: HeldScreen) -> None:
    about = {
        "screen": held.screen.value,
        "key": to_cookie(held.key) if held.key else "",
        "report": held.report_id or "",
        "ends": int(held.ends_at.timestamp()),
    }
    value = open_session(work, _KIND, held.person.id, json.dumps(about).encode(), held.ends_at - work.now)
    response.set_cookie(COOKIE, value, httponly=True, samesite="Strict", secure=work.harbour.settings.secure_cookies)


def turned_to_the_visitor() -> tuple[str, int] | None:
    """What pages for staff answer while this browser's screen is with a visitor, in every tab; None when it is not."""
    return (render_template("centres/visitor/handed_over.html"), 403) if _held(current_work()) else None


def _held(work: Work) -> HeldScreen | None:
    """The screen that this browser holds, unless it ended or whoever handed it over has left."""
    resumed = resume_session(work, _KIND, request.cookies.get(COOKIE))
    person = work.session.get(Person, resumed.subject_id) if resumed else None
    if resumed is None or person is None or person.left_at is not None:
        return None
    about = json.loads(resumed.secret)
    ends_at = datetime.fromtimestamp(about["ends"], work.now.tzinfo)
    return HeldScreen(person, Screen(about["screen"]), key_of_cookie(about["key"]), about["report"] or None, ends_at)


def _admit() -> Any:
    held = _held(current_work())
    if held is None:
        return redirect(url_for("accounts.sign_in"))
    g.held_screen = held
    return None


holds_screen = declare(Access("a visitor who was handed the screen", _admit))
