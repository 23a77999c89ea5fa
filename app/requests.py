"""One request: who acts, whether the view lets them in, one commit at its end, then a worker is woken."""

from typing import Any

from flask import Flask, Response, abort, current_app, g, request

from accounts.access import actor_of_request
from accounts.pages import blueprint as accounts_room
from centres.handing import turned_to_the_visitor
from core.access import Access, access_of, public
from core.db import db, declare_intent
from core.outbox import take_handed
from core.queue import wake
from core.work import REPORTER, begin_work, harbour

_READS = {"GET", "HEAD", "OPTIONS"}


def install_requests(app: Flask) -> None:
    """Begin and end every request's unit of work."""
    app.view_functions["static"] = public(app.view_functions["static"])
    app.before_request(_begin)
    app.after_request(_commit)


def _begin() -> Any:
    view = current_view()
    if request.endpoint == "static":
        return None
    declare_intent(writes=request.method not in _READS or getattr(view, "writes", False))
    actor = actor_of_request() or REPORTER
    g.work = begin_work(harbour(), db.session(), actor)
    access = access_of(view)
    if request.endpoint is None:
        return None
    if access is None:
        abort(404)
    return (_is_for_staff(access) and turned_to_the_visitor()) or access.admit()


def _is_for_staff(access: Access) -> bool:
    """Whether a page is for people with a role, or a door by which they come in."""
    return bool(access.roles) or request.blueprint == accounts_room.name


def current_view() -> Any:
    """The view function of this request, or None when no route matched."""
    return current_app.view_functions.get(request.endpoint or "")


def _commit(response: Response) -> Response:
    """The one commit point. An error page has rolled back before it comes here, so there is nothing left to write."""
    if request.endpoint == "static" or "work" not in g:
        return response
    session = db.session()
    session.commit()
    handed = take_handed(session)
    if handed:
        wake(harbour().settings, current_app.extensions["carrier"], handed)
    return response
