"""Exit this page: gone at once, whatever the database does; what is to be wiped is wiped after the answer has left."""

import structlog
from flask import Flask, current_app, redirect, request, session
from werkzeug.wrappers import Response

from accounts.sessions import close_session
from core.db import db, writing
from core.work import REPORTER, begin_work, harbour
from reporting import drafts
from reporting.access import COOKIE as CODE_COOKIE
from reporting.page_parts import DRAFT_COOKIE

LEAVE = "reporting.leave"

log = structlog.get_logger()


def leave_now() -> Response:
    """Somewhere harmless, without a cookie of ours and without a look at the database."""
    session.clear()
    response = redirect(harbour().settings.safe_exit_url, 303)
    response.delete_cookie(DRAFT_COOKIE)
    response.delete_cookie(CODE_COOKIE)
    return response


def wipe_afterwards(response: Response) -> Response:
    """Delete the draft and close the reporter's session, once the browser has its answer."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    draft, code = request.cookies.get(DRAFT_COOKIE), request.cookies.get(CODE_COOKIE)
    if draft or code:
        response.call_on_close(lambda: _wipe(app, draft, code))
    return response


def _wipe(app: Flask, draft: str | None, code: str | None) -> None:
    """A failure leaves a row that nobody can open: the only key was in the cookie."""
    try:
        with app.app_context(), writing():
            work = begin_work(harbour(), db.session(), REPORTER)
            key = drafts.key_of_cookie(draft)
            if key is not None:
                drafts.discard_draft(work, key)
            close_session(work, code)
            db.session.commit()
    except Exception as error:
        log.warning("not wiped", error=type(error).__name__)
