"""Error pages in plain words. Whatever the request had begun to write is undone."""

import structlog
from flask import Flask, render_template, request
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from core.db import db
from core.problems import Problem, answer_problem, wants_problems
from reporting.leaving import LEAVE, leave_now
from reporting.services import NobodyToRead

Answer = tuple[str, int] | Response
NOT_OPEN_SECONDS = 300

log = structlog.get_logger()


def register_errors(app: Flask) -> None:
    """One page for each kind of error, never a trace."""
    app.register_error_handler(SecurityError, _answer_strange_host)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(NobodyToRead, _answer_not_open)
    app.register_error_handler(Exception, _answer_unforeseen)


def _answer_http_error(error: HTTPException) -> Answer | HTTPException:
    unforeseen = getattr(error, "original_exception", None)
    if unforeseen is not None:
        return _answer_unforeseen(unforeseen)
    db.session.rollback()
    if error.response is not None:
        return error
    code = error.code or 500
    if code < 400:
        return error
    if wants_problems():
        return answer_problem(error)
    try:
        return render_template(f"errors/{code}.html"), code
    except TemplateNotFound:
        return render_template("errors/400.html" if code < 500 else "errors/500.html"), code


def _answer_strange_host(error: SecurityError) -> Answer:
    """A host that is not ours: a page without any link, for links would be made from that host."""
    if wants_problems():
        return answer_problem(error)
    return render_template("errors/host.html"), 400


def _answer_not_open(error: NobodyToRead) -> Answer:
    db.session.rollback()
    if wants_problems():
        later = {"Retry-After": str(NOT_OPEN_SECONDS)}
        return answer_problem(Problem(503, "The desk has no key yet: send the same again later.", headers=later))
    return render_template("errors/503.html"), 503


def _answer_unforeseen(error: Exception) -> Answer:
    """Only the error's class and place are logged: its words may quote what somebody told us."""
    db.session.rollback()
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else "unknown"
    log.error("unforeseen error", error=type(error).__name__, where=where)
    if request.endpoint == LEAVE:
        return leave_now()
    if wants_problems():
        return answer_problem(InternalServerError())
    return render_template("errors/500.html"), 500
