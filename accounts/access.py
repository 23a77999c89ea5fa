"""Who is signed in, and the declaration that lets roles in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, Request, abort, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.services import STAFF_SESSION, SignedIn
from accounts.sessions import mark_used, resume_session
from accounts.vocabulary import Role
from core.access import Access, View, declare
from core.db import db, may_write, writing
from core.forms import came_from_our_page
from core.sealing import SecretKey
from core.work import SYSTEM, Actor, Work, begin_work, harbour

COOKIE = "harbour_session"
_TOUCH_EVERY = timedelta(minutes=5)


class CurrentPerson(UserMixin):
    """The signed-in person of this request, as Flask-Login knows them."""

    def __init__(self, signed_in: SignedIn) -> None:
        self.signed_in = signed_in
        self.id = signed_in.person.id
        self.name = signed_in.person.name
        self.role = signed_in.person.role
        self.role_name = signed_in.person.role.value
        self.team_name = signed_in.person.team.name


def requires(*roles: Role) -> Callable[[View], View]:
    """Declare that a view is for these roles, signed in."""
    allowed = frozenset(roles)

    def admit() -> Any:
        if not current_user.is_authenticated:
            if came_from_our_page():
                # A session ends while somebody is still typing: what they sent stays in the page, to be sent again.
                return render_template("accounts/sign_in_again.html", sent=list(request.form.items(multi=True)))
            came_for = request.full_path if request.method == "GET" else None
            return redirect(url_for("accounts.sign_in", next=came_for))
        return None if current_user.role in allowed else abort(403)

    return declare(Access(", ".join(sorted(allowed)), admit, frozenset(role.value for role in allowed)))


def signed_in() -> SignedIn:
    """The person of this request with their team's opened key; only in views that require a role."""
    person: CurrentPerson = current_user._get_current_object()
    return person.signed_in


def install_login(app: Flask) -> None:
    """Let Flask-Login find the person by our own cookie, and keep no hash of address and browser."""
    manager = LoginManager()
    # Without its context processor: an error page must not ask the database who is there.
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None
    manager._session_identifier_generator = lambda: ""
    manager.request_loader(_person_of_cookie)


def actor_of_request() -> Actor | None:
    """The signed-in person as an actor, or None."""
    return current_user.signed_in.actor if current_user.is_authenticated else None


def _person_of_cookie(request: Request) -> CurrentPerson | None:
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    installation = harbour()
    work = begin_work(installation, db.session(), SYSTEM)
    idle = timedelta(minutes=installation.settings.idle_minutes)
    resumed = resume_session(work, STAFF_SESSION, cookie, idle)
    person = work.session.get(Person, resumed.subject_id) if resumed else None
    if resumed is None or person is None or person.left_at is not None or person.team.closed is not None:
        return None
    if resumed.used_at + _TOUCH_EVERY < work.now:
        _touch(work, resumed.lookup)
    return CurrentPerson(SignedIn(person, SecretKey(resumed.secret)))


def _touch(work: Work, lookup: str) -> None:
    """Note the use in the request's own transaction where it writes; it holds SQLite's one write lock already."""
    if may_write():
        mark_used(work.session, lookup, work.now)
        return
    with writing(), Session(db.engine) as session:
        mark_used(session, lookup, work.now)
        session.commit()
