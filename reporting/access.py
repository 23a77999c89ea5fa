"""A reporter who is back with their code: the session it opens, and the declaration that lets them in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from accounts.sessions import close_session, open_session, resume_session
from core.access import Access, declare
from core.sealing import SecretKey
from core.work import Work, current_work
from reporting import queries
from reporting.models import Report
from reporting.receipt import Receipt
from reporting.services import as_reporter

COOKIE = "harbour_code"
_KIND = "receipt"
# A reporter's times are floored to the hour, so an end must lie an hour further off to leave at least one.
_LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptHolder:
    """The reporter of this request: their report and the secret half of their key."""

    report: Report
    secret: SecretKey


def let_in(work: Work, report: Report, receipt: Receipt, response: Response) -> Response:
    """Open a session for the holder of a receipt and give its key to their browser."""
    value = open_session(as_reporter(work), _KIND, report.id, receipt.seed, _LASTS)
    secure = work.harbour.settings.secure_cookies
    response.set_cookie(COOKIE, value, httponly=True, samesite="Strict", secure=secure)
    return response


def let_out(work: Work, response: Response) -> Response:
    """Close the session and forget the cookie."""
    close_session(as_reporter(work), request.cookies.get(COOKIE))
    response.delete_cookie(COOKIE)
    return response


def receipt_holder() -> ReceiptHolder:
    """Who is back, in a view that `holds_receipt`."""
    holder: ReceiptHolder = g.receipt_holder
    return holder


def _admit() -> Any:
    work = as_reporter(current_work())
    resumed = resume_session(work, _KIND, request.cookies.get(COOKIE))
    report = queries.report(work.session, resumed.subject_id) if resumed else None
    if resumed is None or report is None:
        return redirect(url_for("reporting.come_back"))
    g.receipt_holder = ReceiptHolder(report, Receipt(resumed.secret).key_pair[1])
    return None


holds_receipt = declare(Access("the holder of the receipt code", _admit))
